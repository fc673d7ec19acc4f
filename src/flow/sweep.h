/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What time alone brings about: confirmations that nobody gave expire and their texts are deleted.
 */
#pragma once

#include "flow/gateway.h"

/* In transactions of its own, in small steps, so that intake never waits long. *N_OUT (may be NULL): how many. */
bool sweep_run(struct gateway *g, gint64 now, gint64 *n_out, struct err *e);
