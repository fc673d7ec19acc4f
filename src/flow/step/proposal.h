/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A proposal is made of ideas and takes them along, wherever it goes (idea_step.h); whoever follows or supports one of them hears of
 * each step by the mail about that idea. It begins as a draft, an inner discussion of its forum's members that nobody else may know of;
 * once it is public it has a discussion of its own, and the inner one stays with the members. In the caller's transaction.
 */
#pragma once

#include "flow/step/idea_step.h"
#include "store/topics.h"

enum proposed {
    PROPOSED_DONE,
    PROPOSED_NO_TITLE, /* none, or longer than LIMIT_TITLE_CHARS */
    PROPOSED_NO_IDEA,  /* none named, or no such idea */
    PROPOSED_OTHER,    /* that idea is part of another proposal, or is one */
    PROPOSED_INNER,    /* it stands in the members' ring; a proposal is public */
    PROPOSED_NOT_OPEN, /* it cannot become part of one from where it is */
    PROPOSED_NOT_HERE, /* the proposal is not where that can be done */
    PROPOSED_LAST,     /* it would be made of nothing */
    PROPOSED_NO_TOPIC, /* no such field or goal */
    N_PROPOSED,
};
struct proposed_found {
    enum proposed what;
    row_id idea;  /* that it is about; 0 none */
    row_id other; /* PROPOSED_OTHER: which proposal */
};
/* A word for templates ("no_title"), a sentence for the command line (caller frees). */
const char *proposed_word(enum proposed p);
char *proposed_sentence(const struct proposed_found *f);

struct proposal_plan { /* borrowed */
    const struct forum *forum;
    const char *title;
    const char *text;     /* NULL: none; what the proposal says */
    const char *language; /* of the text */
    const GArray *ideas;  /* row_id */
    row_id person;        /* who writes it; 0: the author of the first idea */
    row_id message;       /* 0 none */
    bool is_public;       /* no draft */
};
/* *ID_OUT: its number. FOUND_OUT: PROPOSED_DONE, or why nothing was done. False: the database failed. */
bool proposal_begin(struct gateway *g, const struct proposal_plan *plan, gint64 now, row_id *id_out,
                    struct proposed_found *found_out, struct err *e);
/* An idea becomes part of it, or no more (REASON is read by who follows that idea). DISCUSSION is the proposal's. */
bool proposal_add_idea(struct gateway *g, row_id proposal, const struct idea *discussion, row_id idea,
                       const struct idea_change *who, gint64 now, struct proposed_found *found_out, struct err *e);
bool proposal_drop_idea(struct gateway *g, row_id proposal, const struct idea *discussion, row_id idea,
                        const struct idea_change *who, gint64 now, struct proposed_found *found_out, struct err *e);
/* Another title; a field or goal (NAME, as people write it) that it serves. */
bool proposal_rename(struct gateway *g, row_id proposal, const struct idea *discussion, const char *title,
                     const struct idea_change *who, gint64 now, struct proposed_found *found_out, struct err *e);
bool proposal_serve(struct gateway *g, row_id proposal, const struct idea *discussion, enum topic_kind kind, const char *name,
                    const struct idea_change *who, gint64 now, struct proposed_found *found_out, struct err *e);
/* One step on, or back where the life of proposals knows that. From a draft: to IDEA_PROPOSAL (a lead or the office makes it public),
 * to IDEA_ADOPTED (which makes it public, too), or to IDEA_NOT_PURSUED, which only its members hear of. *FOUND_OUT: LIFE_GRANTED if it
 * was done. */
bool proposal_lead(struct gateway *g, row_id proposal, const struct idea *discussion, const struct idea_change *c, gint64 now,
                   enum life_answer *found_out, struct err *e);
/* Where WHO may lead by a word from where it is: 1 << enum idea_state of each; and what stands in the way of one such step (of C->person
 * it is asked whether they are the initiative's office; nothing is changed). IDEA is PROPOSAL's discussion, or with PROPOSAL 0 an idea. */
unsigned proposal_next(const struct idea *idea, row_id proposal, enum who who, bool is_initiative);
enum life_answer proposal_judge(struct gateway *g, const struct idea *idea, row_id proposal, const struct idea_change *c);
/* Does leading DISCUSSION to TO make public what only members read? And what everybody reads then: title, blank line, text, which may have
 * changed when somebody says yes to it. Caller frees; NULL the database failed. */
bool proposal_is_publication(const struct idea *discussion, enum idea_state to);
char *proposal_public_words(struct gateway *g, const struct idea *discussion, struct err *e);
/* draft, proposed, adopted, in_progress, done, not_pursued, removed. */
const char *proposal_state_name(const struct idea *discussion);
bool proposal_state_parse(const char *name, enum idea_state *out);
bool proposal_is_draft(const struct idea *discussion);
