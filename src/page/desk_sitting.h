/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who sits at the desk before an idea or a proposal, and what comes of the forms that its page has. A button's word names an act, which
 * calls the function that the mail's word calls (flow/step). A form names the last step, and the last word of an office or the
 * moderation, that it showed; if there was another one meanwhile, nothing is done, and what happened is shown.
 */
#pragma once

#include "flow/step/idea_step.h"
#include "flow/step/official.h"
#include "page/desk.h"
#include "store/ideas.h"

/* What came of a form; its word makes a value of the template: is_done, is_changed ... */
enum outcome {
    OUTCOME_NONE,
    OUTCOME_DONE,
    OUTCOME_SHOWN, /* what becomes public is shown first; a yes to it is another form */
    OUTCOME_ASKED,
    OUTCOME_STALE,
    OUTCOME_CHANGED,
    OUTCOME_REASON,
    OUTCOME_LONG,
    OUTCOME_UNKNOWN,
    OUTCOME_STEP,
    OUTCOME_PROPOSAL,
    OUTCOME_EMPTY,
    OUTCOME_NO_SECOND,
    OUTCOME_TITLE,
    OUTCOME_IDEA,
    OUTCOME_LAST,
    N_OUTCOMES,
};

struct sitting { /* borrowed */
    struct page *p;
    const struct session *s;
    const struct idea *idea; /* or the discussion of PROPOSAL */
    row_id proposal;         /* 0: an idea */
    enum role role;
    const char *reason, *tried; /* TRIED: the word of the form that was sent; NULL none */
};

/* *OUT: what came of it; or the page is answered (a way to what was made). False: the database failed. */
typedef bool act_fn(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e);
struct act {
    const char *answer;   /* NULL: the end of a table */
    enum command command; /* whose roles may; COMMAND_NONE: the act asks the life of ideas itself */
    act_fn *fn;
};
act_fn act_state, act_move, act_merge, act_unmerge, act_answer, act_note, act_remove, act_propose, act_plus, act_minus, act_title,
    act_field, act_goal;

typedef bool sitting_show(const struct sitting *at, enum outcome outcome, struct err *e);
/* What the form that was sent does, by one of ACTS, and then SHOW. */
bool sitting_answer(struct sitting *at, const struct act *acts, sitting_show *show, struct err *e);

bool outcome_is_wrong(enum outcome outcome);
/* seen; the key of OUTCOME; is_wrong; tried_WORD of each of ACTS, if it went wrong; reason. */
bool sitting_set(const struct sitting *at, struct value *data, const struct act *acts, enum outcome outcome, struct err *e);
/* may_state, states: value, word, needs_reason, needs_second, is_selected. */
void sitting_set_states(const struct sitting *at, struct value *data);
/* may_answer, may_note: what an office or the moderation may say here; typed_text, typed_to, is_draft. */
void sitting_set_saying(const struct sitting *at, struct value *data, enum outcome outcome);
/* publishes: what a yes makes public: shown (its mark), publish_state, publish_word, publish_reason, has_words. */
bool sitting_set_publishing(const struct sitting *at, struct value *data, enum outcome outcome, struct err *e);
/* The mark of what stands there, for the form that says yes to it. Caller frees; NULL the database failed. */
char *sitting_mark(const struct sitting *at, struct err *e);
/* may_remove: the idea or a contribution of it; is_removal: that was done; typed_post. */
void sitting_set_removing(const struct sitting *at, struct value *data, enum outcome outcome);
/* words, text_language: what was written first. */
bool sitting_set_text(const struct sitting *at, struct value *data, struct err *e);
bool sitting_show_page(const struct sitting *at, enum outcome outcome, const char *name, struct value *data, struct err *e);
/* Can whoever sits there lead it to TO? */
bool sitting_may_step(const struct sitting *at, enum idea_state to, bool *needs_reason_out, bool *needs_second_out);
