/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one way in which an idea's state changes: the table says whether (forum/life.h), then state, history, journal and what is
 * owed to author and followers are written together, in the caller's transaction.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/life.h"

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
/* Is it part of a proposal that lives, and alone leads it? */
bool idea_is_led(struct gateway *g, const struct idea *idea, bool *out, struct err *e);
/* Of a group whose lead is withdrawn or removed the oldest other is the lead; who comes back comes back alone.
 * A proposal takes its ideas along, and what is part of one that lives is led by it alone (LIFE_IN_PROPOSAL).
 * *FOUND_OUT: LIFE_GRANTED if it was done; else nothing was changed. False: the database failed. */
bool idea_step(struct gateway *g, const struct idea *idea, const struct idea_change *c, gint64 now, enum life_answer *found_out,
               struct err *e);
/* Each idea of PROPOSAL, which is called TITLE, goes where the furthest living one of its proposals stands; if none of them lives it ends as
 * HOW's TO says (not pursued), or is in deliberation again. What was withdrawn, removed or merged meanwhile stays where it is until it comes
 * back, and goes there then. False: the database failed. */
bool idea_take_along(struct gateway *g, row_id proposal, const char *title, const struct idea_change *how, gint64 now,
                     struct err *e);
/* The same for one idea, which was taken into PROPOSAL, or out of it. Whoever follows it hears of that even if it leads nowhere. */
bool idea_join(struct gateway *g, row_id idea, row_id proposal, const char *title, bool is_in, const struct idea_change *how,
               gint64 now, struct err *e);
/* History and journal of what is no step of a state, and whether it is told. KIND: the journal's; NULL none. */
bool idea_write_down(struct gateway *g, const struct idea *idea, const struct idea_change *c, const char *kind, const char *from,
                     const char *to, enum told told, gint64 now, struct err *e);
/* A step, where a refusal is an error. */
bool idea_must_step(struct gateway *g, const struct idea *idea, const struct idea_change *c, gint64 now, struct err *e);
/* Where it comes from is where it was before it was withdrawn, removed or hidden. */
enum idea_state idea_before(const struct idea *idea);
/* A new idea, in the state that it begins with: *ID_OUT. */
bool idea_begin(struct gateway *g, const struct idea *idea, row_id message, gint64 now, row_id *id_out, struct err *e);

/* The idea NUMBER, as somebody who leads IDEA may name it: what they could not read they cannot name. NULL: there is none. */
struct idea *idea_named(struct gateway *g, const struct idea *idea, row_id number, struct err *e);
/* NUMBER goes on with INTO, or no more. *FOUND_OUT as above; LIFE_NO_STEP also where INTO is not open, or would go on with it. */
bool idea_merge(struct gateway *g, const struct idea *idea, const struct idea *into, const struct idea_change *who, gint64 now,
                enum life_answer *found_out, struct err *e);
bool idea_unmerge(struct gateway *g, const struct idea *idea, const struct idea_change *who, gint64 now,
                  enum life_answer *found_out, struct err *e);
/* Its next step is due before AT (0: no more said); who follows it is told. LIFE_NO_STEP: it is not open. */
bool idea_set_deadline(struct gateway *g, const struct idea *idea, gint64 at, const struct idea_change *who, gint64 now,
                       enum life_answer *found_out, struct err *e);
/* Shown in another forum, too, or no more; its home alone leads it. LIFE_IS_THERE: it is so; LIFE_NO_STEP: as below, or it stands there
 * by what it goes on with, or FORUM takes nothing any more. */
bool idea_show_in(struct gateway *g, const struct idea *idea, const struct forum *forum, bool shown,
                  const struct idea_change *who, gint64 now, enum life_answer *found_out, struct err *e);
/* To another forum; what was in deliberation is assigned there. LIFE_IS_THERE: it is that one; LIFE_NO_STEP: nobody may read
 * it, or only the members of its forum. */
bool idea_move(struct gateway *g, const struct idea *idea, const struct forum *to, const struct idea_change *who, gint64 now,
               enum life_answer *found_out, struct err *e);
