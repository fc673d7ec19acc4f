/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Issues of newsletters. A released one becomes mails step by step: each step queues a bounded number of notices and moves
 * the cursor in one transaction, so a million subscribers neither wait nor block anybody, and a step that was not committed
 * is made again.
 */
#pragma once

#include "base/err.h"
#include "forum/list.h"

struct db;

#define DROPPED_STOPPED "stopped" /* last_reply of a notice whose issue was stopped */

struct issue *issues_by_id(struct db *db, row_id id, struct err *e); /* NULL none */
struct issue *issues_by_number(struct db *db, row_id list, gint64 number, struct err *e);
GPtrArray *issues_of(struct db *db, row_id list, struct err *e);                      /* struct issue, by number */
bool issues_add(struct db *db, const struct issue *i, row_id *id_out, struct err *e); /* a draft; gives it its number */
/* From draft to released; *CHANGED_OUT false: somebody was quicker. */
bool issues_release(struct db *db, row_id id, row_id editor, gint64 release_at, bool *changed_out, struct err *e);
bool issues_stop(struct db *db, row_id id, bool *changed_out, struct err *e);
/* What was queued and not sent because of the stop is due again, too. */
bool issues_resume(struct db *db, row_id id, gint64 at, bool *changed_out, struct err *e);

/* What goes along with it; CONTENT is there. */
bool issues_add_file(struct db *db, row_id id, const struct issue_file *f, struct err *e);
GPtrArray *issues_files(struct db *db, row_id id, struct err *e); /* struct issue_file without content, in order */
GBytes *issues_file_content(struct db *db, row_id file, struct err *e);

/* Queues mails for at most MOST subscribers of the issue whose turn it is. *N_OUT: notices; *MORE_OUT: there is an issue
 * under way that was not finished by this step. In a transaction. */
bool issues_step(struct db *db, gint64 now, gint64 most, gint64 *n_out, bool *more_out, struct err *e);
gint64 issues_next_at(struct db *db, struct err *e); /* when the next one may go; 0 none, -1 failure */
/* Did one end at SINCE or later? */
bool issues_has_ended(struct db *db, gint64 since, bool *out, struct err *e);
bool issues_count(struct db *db, row_id id, gint64 n_sent, gint64 n_failed, gint64 n_dropped, struct err *e);

/* The newest issues of its list that began at SINCE or later, MOST at most, go to S, which did not get them; *N_OUT: how many. Of one that
 * got there nothing is sent again. In a transaction. */
bool issues_send_missed(struct db *db, const struct subscription *s, gint64 since, gint64 most, gint64 now, gint64 *n_out,
                        struct err *e);

/* Place up to which earlier issues of LIST told; place of what was published last; when the last issue started. 0 none. */
bool issues_last_place(struct db *db, row_id list, gint64 *out, struct err *e);
bool issues_news_place(struct db *db, gint64 *out, struct err *e);
bool issues_last_start(struct db *db, row_id list, gint64 *out, struct err *e);

/* Who gets it now, by language and by forum. */
struct issue_count {
    char *word;
    gint64 n;
};
GPtrArray *issues_languages(struct db *db, row_id id, struct err *e); /* struct issue_count, most first */
GPtrArray *issues_forums(struct db *db, row_id id, struct err *e);

/* Ids of public posts in (from, to] of FORUM (0 all), at most MOST: new ideas, official answers. */
GArray *issues_news_ideas(struct db *db, gint64 from, gint64 to, row_id forum, gint64 most, struct err *e);
/* Public ideas in STATE, newest first. */
GArray *issues_in_state(struct db *db, const char *state, row_id forum, gint64 most, struct err *e);
GArray *issues_news_answers(struct db *db, gint64 from, gint64 to, row_id forum, gint64 most, struct err *e);
