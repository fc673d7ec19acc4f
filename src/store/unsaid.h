/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What others have of a text that was taken back, removed or deleted, or of a passage that a moderator took out: a run of twelve words
 * or more of it in their posts, and what they quoted of it below "> ", is not shown. Until its time to come back is over their whole
 * words are kept beside (whole), so that nothing is lost; a post's own text (post.text) is what is shown, so that every page, mail,
 * file and search shows the same. In titles and in reasons of steps they go when they are deleted, not before. What its author wrote elsewhere stays, and so do words that somebody else had said before, and a
 * text of its own that is the same in another discussion (a campaign's letter).
 *
 * Posts write through here (posts.c): what comes later is looked at when it comes, in its own transaction. What is there already is
 * found by the clock (flow/clock/unsaid.c), but for the newest of the same discussion, which are done at once.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"
#include "forum/unsaid.h"

struct db;

enum unsaid_state {
    UNSAID_TAKEN, /* not shown in what others say */
    UNSAID_BACK,  /* shown again */
    UNSAID_GONE,  /* deleted there, too */
};
/* What the clock does, one after the other. */
enum unsaid_pass {
    UNSAID_ORIGIN,     /* whoever said the same words before, publicly: they are not its author's own */
    UNSAID_OTHERS,     /* who said them later */
    UNSAID_DISCUSSION, /* in its own discussion, where lines of it may be quoted */
    UNSAID_SWEEP,      /* back, gone: all that was found */
    UNSAID_TITLES,     /* gone: titles of ideas and proposals that others gave later */
    UNSAID_REASONS,    /* gone: what others said later of a step */
    UNSAID_HOLDS,      /* gone: texts that wait */
    UNSAID_MAILS,      /* gone: the mails with which answers came */
    UNSAID_END,        /* the row itself */
    UNSAID_RESTS,      /* nothing is to be done: the index unsaid_to_do ends here */
};
struct unsaid { /* owned */
    row_id id, post_id, idea_id, person_id, hold_id;
    enum unsaid_mark mark;
    enum unsaid_state state;
    gint64 at;
    GBytes *words;
    const char *phrases, *said;
    gint64 place, from_line, after;
    int pass;
};
void unsaid_free(struct unsaid *u); /* NULL is nothing */

/* P, as it was before, is not public any more (state STATE); it is again; its text is deleted in the same transaction. */
bool unsaid_take(struct db *db, const struct post *p, enum post_state state, gint64 now, struct err *e);
bool unsaid_give_back(struct db *db, row_id post, gint64 now, struct err *e);
bool unsaid_forget(struct db *db, const struct post *p, gint64 now, struct err *e);
/* PASSAGES (char *) were taken out of P by the decision HOLD (0 none); that was undone. */
bool unsaid_redact(struct db *db, const struct post *p, const GPtrArray *passages, row_id hold, gint64 now, struct err *e);
bool unsaid_redact_undo(struct db *db, row_id hold, gint64 now, struct err *e);
/* Passages taken out at BEFORE or earlier are deleted, MOST at most. */
bool unsaid_forget_redacted(struct db *db, gint64 before, gint64 most, struct err *e);

/* What P says with all words of others; of most that is its text. Caller frees; NULL: E is set. */
char *unsaid_whole(struct db *db, const struct post *p, struct err *e);

/* For posts.c: TEXT as P (id 0: it is new) will show it. unsaid_written() keeps what unsaid_shown() found once the row is there. */
struct unsaid_found {
    char *text;  /* as it is shown; NULL as it is */
    char *whole; /* what is kept beside; NULL nothing */
    GArray *by;  /* row_id: for the sake of which of unsaid */
};
/* TEXT stands in the row of P, and in the index of words. */
bool unsaid_show(struct db *db, const struct post *p, const char *text, struct err *e);
bool unsaid_shown(struct db *db, const struct post *p, const char *text, struct unsaid_found *out, struct err *e);
bool unsaid_written(struct db *db, row_id post, const struct unsaid_found *found, struct err *e);
void unsaid_found_clear(struct unsaid_found *found);
/* P, whose row is there, becomes public (again): does it have words that were taken back meanwhile? */
bool unsaid_review(struct db *db, row_id post, gint64 now, struct err *e);
/* One step of the clock, in a transaction of its own that it begins and ends. *MORE_OUT: there may be more to do. */
bool unsaid_work(struct db *db, gint64 now, bool *more_out, struct err *e);

typedef struct unsaid unsaid_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(unsaid_autoptr_t, unsaid_free)
#define unsaid_auto       g_autoptr(unsaid_autoptr_t)
#define unsaid_found_auto __attribute__((cleanup(unsaid_found_clear))) struct unsaid_found
