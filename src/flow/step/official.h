/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an office says. An official answer needs two persons: somebody of the forum's office drafts it, and another one of the office or
 * who leads the forum releases it; until then nobody else reads it. The draft is a post of kind official that waits, and a hold of kind
 * second that names it. Only what went this way is POST_OFFICIAL, so the mark of an official answer never comes from a name.
 * A note of the moderators (POST_NOTE) needs one person, decides nothing, and is shown as what it is.
 *
 * The mail (ANTWORT, FREI, ABLEHNEN, LÖSCHEN), the command line and the desk call the same functions, in their transaction. Each
 * asks role, state and persons anew: *FOUND_OUT is OFFICIAL_DONE if it was done; else nothing was changed and official_sentence()
 * says why. False: the database failed.
 */
#pragma once

#include "flow/step/idea_step.h"

enum official {
    OFFICIAL_DONE,
    OFFICIAL_NOT_YOURS, /* not that person's to do: they have not the role in this forum (any more) */
    OFFICIAL_NO_SECOND, /* nobody else could release it */
    OFFICIAL_NOT_HERE,  /* the idea is not public, or no more */
    OFFICIAL_EMPTY,     /* it says nothing, or more than LIMIT_OFFICIAL_CHARS */
    OFFICIAL_SAME,      /* who wrote it does not release it */
    OFFICIAL_DECIDED,   /* it was decided before */
    OFFICIAL_LOST,      /* who wrote it has not the role for it any more; it can only be refused */
    OFFICIAL_CHANGED,   /* of a step: the idea has gone on meanwhile, and no such step leads from where it is */
    N_OFFICIALS,
};

struct official_text {       /* borrowed */
    const struct idea *idea; /* or a proposal's discussion */
    row_id parent;           /* the post that is answered; 0 the idea itself */
    row_id person;           /* who writes */
    const char *text;
    const char *language; /* NULL: the forum's */
    row_id message;       /* the mail that brought it; 0 none */
};

/* A step of an idea or a proposal that two persons must decide (life.h's needs_second) waits the same way: C->person asks; whoever could
 * release an official answer here can release it. *FOUND_OUT: OFFICIAL_DONE if it waits. The other functions take such a hold, too:
 * official_release() makes the step, if the life of ideas still knows it (else OFFICIAL_CHANGED). */
bool second_ask(struct gateway *g, const struct idea *idea, const struct idea_change *c, gint64 now, enum official *found_out,
                struct err *e);

/* STAND: the step that C->person commands by word, of IDEA or of the proposal whose discussion it is; what two persons must decide
 * waits for the second one. *FOUND_OUT: LIFE_GRANTED it is done, LIFE_IS_ASKED it waits; else nothing was changed. */
bool second_lead(struct gateway *g, const struct idea *idea, const struct idea_change *c, gint64 now, enum life_answer *found_out,
                 struct err *e);

/* Keeps the draft, asks everybody who can release it, and shows its writer how it will stand. *HOLD_OUT: the hold. It expires after
 * LIMIT_SECOND_S. */
bool official_draft(struct gateway *g, const struct official_text *t, gint64 now, row_id *hold_out, enum official *found_out,
                    struct err *e);
/* Public: told to author, supporters, followers and members; its time is NOW, and BY stands in the hold (decided_by) and the journal. */
bool official_release(struct gateway *g, const struct hold *h, row_id by, gint64 now, enum official *found_out, struct err *e);
/* Not released: who wrote it is told REASON, which must say something. */
bool official_refuse(struct gateway *g, const struct hold *h, row_id by, const char *reason, gint64 now, enum official *found_out,
                     struct err *e);
/* Its writer takes it back. */
bool official_take_back(struct gateway *g, const struct hold *h, row_id by, gint64 now, enum official *found_out, struct err *e);
/* NEU: PERSON, who could release it, writes another TEXT: it goes back to who wrote the draft, who now could release it, and no more who wrote
 * the new one. */
bool official_revise(struct gateway *g, const struct hold *h, row_id person, const char *text, gint64 now,
                     enum official *found_out, struct err *e);
/* P, an official answer that is public, is to say TEXT: PERSON of its office drafts it, another one releases it, as the answer itself. What it
 * said before stays readable as its earlier version. */
bool official_correct(struct gateway *g, const struct post *p, row_id person, const char *text, row_id message, gint64 now,
                      row_id *hold_out, enum official *found_out, struct err *e);
/* By the clock: nobody decided for a working day, others who could release it are asked. */
bool official_ask_others(struct gateway *g, const struct hold *h, gint64 now, struct err *e);
/* Nobody decided in time: the clock's. Its writer is told. */
bool official_expire(struct gateway *g, const struct hold *h, gint64 now, struct err *e);
/* A note of who moderates or leads the forum, public at once. */
bool official_note(struct gateway *g, const struct official_text *t, gint64 now, row_id *post_out, enum official *found_out,
                   struct err *e);

/* What stands in the way of PERSON's releasing or refusing H: OFFICIAL_DONE nothing. For who shows buttons. */
bool official_may_decide(struct gateway *g, const struct hold *h, row_id person, enum official *found_out, struct err *e);

/* A word for templates ("not_yours") and a sentence for the command line. */
const char *official_word(enum official o);
const char *official_sentence(enum official o);
