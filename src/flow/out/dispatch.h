/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The process that sends: notices that are due are claimed in small batches, rendered from what is then true,
 * handed to the relay over several connections, and what became of each is recorded. A crash repeats at most
 * what was in flight, under the same Message-ID. While the relay is away nothing is claimed: notices wait in
 * the database.
 */
#pragma once

#include "flow/settings.h"

enum dispatch_mode {
    DISPATCH_SERVE, /* until SIGTERM or SIGINT, then finishes what is in flight */
    DISPATCH_ONCE,  /* until nothing is due */
};

/* Called once it can work. */
typedef void dispatch_ready(void *user);

/* *N_SENT_OUT (may be NULL): taken by the relay. False: ERR_LATER if the relay cannot be reached (once), or
 * the database cannot be used. */
bool dispatch_run(const struct settings *settings, enum dispatch_mode mode, dispatch_ready *ready, void *user, gint64 *n_sent_out,
                  struct err *e);
