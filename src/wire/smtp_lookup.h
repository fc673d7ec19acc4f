/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looking up the relay's name without waiting for it: in a thread of its own, since the system's resolver blocks. Paths
 * and numbers need no thread.
 */
#pragma once

#include "base/err.h"
#include "wire/endpoint.h"

struct smtp_lookup;

/* ADDRESS as for endpoint_parse(); copied. */
struct smtp_lookup *smtp_lookup_start(const char *address);
/* True when it is over: then *ENDPOINT_OUT, or E and its kind. */
bool smtp_lookup_is_over(struct smtp_lookup *l, struct endpoint *endpoint_out, struct err *e);
/* At any time; a thread that still runs frees what is left. NULL is fine. */
void smtp_lookup_free(struct smtp_lookup *l);
