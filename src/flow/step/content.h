/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The steps of a contribution, each inside the caller's transaction: it waits for its author's yes, it waits for a
 * moderator, it is published, it is rejected; and whom we tell. The rules decided before (forum/policy.h).
 */
#pragma once

#include "flow/gateway.h"
#include "forum/policy.h"

struct content { /* borrowed */
    const struct forum *forum;
    const struct idea *idea; /* NULL: a new idea */
    row_id parent;           /* 0: the idea's first post */
    enum ring ring;
    row_id person;       /* author; 0 not known yet (then only content_ask) */
    const char *address; /* of the author, lower case */
    const char *title, *text;
    const char *language; /* NULL unknown */
    row_id message;
    enum yes yes;   /* of content_ask(): what the author's yes brings about */
    enum why pose;  /* WHY_NAME: From is called like an office; else WHY_FORUM */
    guint whys;     /* what it says is a reason to read it first (forum/whys.h) */
    bool is_proved; /* From was proved */
    bool is_told;   /* its author hears of it together with other texts of the same mail, or must not be answered: no receipt */
    bool is_incomplete; /* something of the mail was left out: its author is told in any case */
    const bool *late;   /* whether it comes late, if that was looked up (phase_is_late()); NULL: it was not */
    gint64 came_at;     /* of content_keep_late(): when it came first */
    gint64 at;
};

/* Keeps it until its author says yes; asks by mail if MAY_ASK, now or when its turn comes (flow/step/ask.h). */
bool content_ask(struct gateway *g, const struct content *c, bool may_ask, row_id *hold_out, struct err *e);
/* No phase takes it: kept closed until one that does is extended over the second in which it came (flow/step/late.h), or its time is over. */
bool content_keep_late(struct gateway *g, const struct content *c, bool may_ask, row_id *hold_out, struct err *e);
/* Publishes it now, or gives it to the moderators if IS_READ_FIRST, or where it would be taken for an office's. HOLD_OUT is 0 unless it waits. */
bool content_add(struct gateway *g, const struct content *c, bool is_read_first, row_id *post_out, row_id *hold_out,
                 struct err *e);
/* The three deeds below ask again whether the text may be published, in the transaction that publishes it, and decide
 * the hold before they act: whoever comes second, or too late, changes nothing. *FOUND_OUT says what they found;
 * ACCESS_GRANTED: done. */

/* The author of H (confirm) said yes in a mail whose new text is ANSWER. */
bool content_confirm(struct gateway *g, const struct hold *h, const struct forum *forum, const char *answer,
                     const char *from_written, gint64 now, row_id *post_out, enum access *found_out, struct err *e);
/* Whoever said yes to H: found, made, or made confirmed; a NAME line in ANSWER sets the public name. */
bool content_person(struct gateway *g, const struct hold *h, const char *answer, const char *written, gint64 now,
                    row_id *person_out, struct err *e);
/* Not theirs, or not any more: everything of it is deleted in this transaction. */
bool content_disown(struct gateway *g, const struct hold *h, gint64 now, struct err *e);
/* A moderator decided H (review). A text that can no longer appear can still be rejected. REASON: "werbung", "werbung: text" or text
 * (forum/reason.h says whether it is enough). What else moderators may do is flow/step/review.h. */
bool content_release(struct gateway *g, const struct hold *h, row_id moderator, gint64 now, enum access *found_out,
                     struct err *e);
/* The same, but what appears is TEXT, and whoever calls tells its author. */
bool content_release_cut(struct gateway *g, const struct hold *h, row_id moderator, const char *text, gint64 now,
                         enum access *found_out, struct err *e);
bool content_reject(struct gateway *g, const struct hold *h, row_id moderator, const char *reason, gint64 now,
                    enum access *found_out, struct err *e);
