/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What changes at one idea: its state, and the history, the journal and what is owed to author and followers with it, in the caller's
 * transaction. What that brings about at other ideas is idea_step.h's, the only caller of idea_change_state().
 */
#pragma once

#include "flow/gateway.h"
#include "forum/life.h"
#include "store/ideas.h"

struct idea_change { /* borrowed */
    enum idea_state to;
    enum who who;
    row_id person;      /* who did it, and so is not told; 0 nobody known */
    row_id second;      /* who agreed, where two persons must; 0 nobody */
    row_id message;     /* the mail that said so; 0 none */
    row_id post;        /* the idea's first; 0 not looked up */
    const char *reason; /* NULL none */
    row_id into;        /* of a merge */
    row_id proposal;    /* that it goes along with; 0 none */
    row_id forum;       /* that the journal names; 0 the idea's */
    const char *called; /* what the history calls TO, and who follows it hears, soon; NULL as ever */
    const char *was;    /* of what is no step of a state (struct stage); NULL none */
    bool is_asked;      /* the caller asked who may */
    bool is_written;    /* the caller writes the journal's line */
};

/* HOW's WHO is an office, and that of the initiative? (Of who else nothing is asked.) */
bool idea_is_by_initiative(struct gateway *g, const struct idea_change *how);
/* Where it comes from is where it was before it was withdrawn, removed or hidden. */
enum idea_state idea_before(const struct idea *idea);
/* May it still be led anywhere, or is it done? What came to nothing is neither. */
bool idea_is_living(enum idea_state discussion);
/* *OUT: the discussion of the furthest public proposal that an idea is part of, and its number; NULL: of none. Caller frees. */
bool idea_discussion(struct gateway *g, const struct idea *idea, row_id *proposal_out, struct idea **out, struct err *e);
/* Is it part of a proposal that lives, and alone leads it? */
bool idea_is_led(struct gateway *g, const struct idea *idea, bool *out, struct err *e);
/* History (which calls it TO) and journal of what is no step of a state, and whether it is told. KIND: the journal's; NULL none. */
bool idea_write_down(struct gateway *g, const struct idea *idea, const struct idea_change *c, const char *kind, const char *from,
                     const char *to, enum told told, gint64 now, struct err *e);
/* A new idea, in the state that it begins with: *ID_OUT. */
bool idea_begin(struct gateway *g, const struct idea *idea, row_id message, gint64 now, row_id *id_out, struct err *e);
/* IDEA, which is the discussion of PROPOSAL (0: of none), is what C says, if *FOUND_OUT is LIFE_GRANTED, by *ROW_OUT; else nothing was
 * changed. */
bool idea_change_state(struct gateway *g, const struct idea *idea, const struct idea_change *c, row_id proposal, gint64 now,
                       const struct life_row **row_out, enum life_answer *found_out, struct err *e);
