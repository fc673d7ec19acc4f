/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mailboxes that were asked about mails of unproved senders, and those that do not want to be. They have no address
 * here: the id is gateway_mailbox().
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

struct mailbox_state {
    gint64 asked_at;   /* 0: never, or long ago */
    gint64 stopped_at; /* answered STOPP to a question; 0 never, or long ago */
};
bool mailboxes_get(struct db *db, gint64 mailbox, struct mailbox_state *out, struct err *e);
bool mailboxes_set_asked(struct db *db, gint64 mailbox, gint64 now, struct err *e);
bool mailboxes_set_stopped(struct db *db, gint64 mailbox, gint64 now, struct err *e);
/* Takes STOPP back: somebody there said yes. */
bool mailboxes_set_willing(struct db *db, gint64 mailbox, struct err *e);
/* Its last question counts as asked at NOW, if that is earlier. */
bool mailboxes_set_answered(struct db *db, gint64 mailbox, gint64 now, struct err *e);
/* How many were asked in [SINCE, NOW], counted up to MOST. -1 failure. */
gint64 mailboxes_count_asked(struct db *db, gint64 since, gint64 now, gint64 most, struct err *e);
/* Times that lie in the future become NOW: the clock was set back. */
bool mailboxes_clamp(struct db *db, gint64 now, struct err *e);
bool mailboxes_forget(struct db *db, gint64 before, struct err *e);
