/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What moderators may do to a text that waits, beside releasing and rejecting it (flow/step/content.h); what its author says to that;
 * and what becomes of a complaint. By mail, at the desk, at the command line: whoever calls has asked whether that person may. Inside
 * the caller's transaction. Of two at once the second finds the text decided, or elsewhere, and changes nothing.
 *
 * H is a hold of kind review. MESSAGE: the mail that says so, 0 none. What is said is kept in `remark` as long as the hold's texts.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/access.h"

enum review {
    REVIEW_DONE,
    REVIEW_DECIDED,    /* somebody decided before */
    REVIEW_IS_THERE,   /* it waits in that very forum */
    REVIEW_NOT_ALONE,  /* only a new public idea can move: a contribution goes where its idea goes */
    REVIEW_ENOUGH,     /* asked LIMIT_QUESTIONS times */
    REVIEW_IMPOSSIBLE, /* it cannot appear any more */
};

/* The idea that waits belongs into forum TO. Where every text is read first it waits there, for that forum's moderators; else it is
 * published there, released by MODERATOR (0: the operator). Its author hears of it either way. */
bool review_move(struct gateway *g, const struct hold *h, const struct forum *to, row_id moderator, row_id message, gint64 now,
                 enum review *found_out, struct err *e);
/* Its author is asked QUESTION; until the answer, LIMIT_QUESTION_DAYS at most, no deputy is asked. */
bool review_ask(struct gateway *g, const struct hold *h, const char *question, row_id moderator, row_id message, gint64 now,
                enum review *found_out, struct err *e);
/* Who asked its author last; 0 nobody, or the operator. */
bool review_asker(struct gateway *g, const struct hold *h, row_id *person_out, struct err *e);
/* REVIEW_ENOUGH: LIMIT_REMARKS were said. The author's answer: the moderator who asked and those on duty are sent the text once more, with question and answer. Nothing of it becomes public. */
bool review_answer(struct gateway *g, const struct hold *h, const char *text, row_id message, gint64 now, enum review *found_out,
                   struct err *e);

/* By the clock: what time brings about for H (struct hold: next), and when it is looked at again. */
bool review_next(struct gateway *g, const struct hold *h, gint64 now, struct err *e);

/* H was rejected, its text removed, or a passage taken out, and its author is of another mind: goes to those who had no part in it and can
 * be reached, other moderators, else who leads, else the office, without any to the operator. Its author hears that it came. Once a
 * decision (REVIEW_DECIDED), within LIMIT_COMPLAIN_DAYS (REVIEW_IMPOSSIBLE); what comes while it waits goes with it. REVIEW_ENOUGH: LIMIT_REMARKS
 * were said, and the operator has the mail. */
bool review_complain(struct gateway *g, const struct hold *h, const char *text, row_id message, gint64 now,
                     enum review *found_out, struct err *e);
/* Does a complaint about H wait to be decided? */
bool review_has_complaint(const struct hold *h);
/* Is PERSON one of those who may decide about the complaint that waits about H? */
bool review_may_judge(struct gateway *g, const struct hold *h, row_id person, gint64 now, bool *may_out, struct err *e);
/* By the clock: whoever decides about the complaint is reminded; after LIMIT_JUDGE_S the others hear, too, and the operator. */
bool review_remind(struct gateway *g, const struct hold *h, gint64 now, struct err *e);
/* Nobody who was asked about it may decide any more, or can be reached: whoever may now is asked at once. */
bool review_hand_over(struct gateway *g, const struct hold *h, gint64 now, struct err *e);
/* PERSON, who had no part in it (the caller asked), decides: the text is published after all, or stands there as before. */
bool review_overrule(struct gateway *g, const struct hold *h, row_id person, gint64 now, enum review *found_out, struct err *e);
/* Or it stays rejected; TEXT is for its author, NULL none. */
bool review_uphold(struct gateway *g, const struct hold *h, const char *text, row_id person, row_id message, gint64 now,
                   enum review *found_out, struct err *e);
