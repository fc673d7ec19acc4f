/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Would a provider's relay take our mail? TLS, its certificate and the login are tried as for a mail; none is sent.
 */
#pragma once

#include "wire/way_out.h"

/* What was found, as half a sentence (caller frees). NULL: E says what is in the way, and whose turn it is. */
char *curl_probe(const struct way_out_spec *spec, struct err *e);
