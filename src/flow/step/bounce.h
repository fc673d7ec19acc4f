/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What comes back: each report about a mail of ours is kept, counted as forum/bounce.h says, and can be undone. Reports
 * come as mails to the address that only we and the server they come from know; our own relay says the same at once.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/bounce.h"

/* A delivery or feedback report that came as MESSAGE, for NOTICE (NULL: forgotten long ago; then only the journal hears of
 * it). */
bool bounce_report(struct gateway *g, const struct message *m, const struct notice *notice, row_id message, gint64 now,
                   struct err *e);
/* The relay refused NOTICE with REPLY, for good, because of KIND (BOUNCE_NOTHING: for another reason; not counted).
 * ADDRESS: persons_key(). */
bool bounce_refused(struct gateway *g, const struct notice *notice, const char *address, enum bounce_kind kind,
                    const char *status, const char *reply, gint64 now, struct err *e);
/* By the clock: probes that are due go out; whose came back with nothing is written to again; reports that were kept long
 * enough are forgotten. In a transaction of the caller's. */
bool bounce_clock(struct gateway *g, gint64 now, struct err *e);
/* ADDRESS (persons_key()) is written to again, whatever was reported, and hears what was missed. False and ERR_ABSENT:
 * nobody has it. */
bool bounce_undo(struct gateway *g, const char *address, gint64 now, struct err *e);
