/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who reported which post (MELDEN), each mailbox once.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

struct post_report {
    row_id post_id, mailbox, forum_id;
    gint64 at;
    bool is_proved; /* somebody we know, and it was them */
};

/* *CHANGED_OUT false: that mailbox said so before, with the same proof. */
bool post_reports_add(struct db *db, const struct post_report *r, bool *changed_out, struct err *e);
/* How many mailboxes reported POST; of these proved ones since it was last decided about. */
bool post_reports_count(struct db *db, row_id post, gint64 *n_out, gint64 *n_proved_out, struct err *e);
/* About posts of FORUM since SINCE, counted up to MOST. -1 failure. */
gint64 post_reports_recent(struct db *db, row_id forum, gint64 since, gint64 most, struct err *e);
