/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who may lead an idea where: one table (life.def) and one function that reads it. Pure. What a step brings about is
 * flow/step/idea_step.h's, and nothing else sets a state.
 */
#pragma once

#include "forum/model.h"

/* In which capacity somebody acts. The operator at the command line may whatever any person may. */
enum who { WHO_AUTHOR, WHO_MODERATOR, WHO_LEAD, WHO_OFFICE, WHO_OPERATOR, WHO_TIMER, WHO_GATEWAY };
#define N_WHO 7
const char *who_name(enum who w); /* "author", ... as in the history */
extern const char *const who_names[];
/* What a role in the idea's forum may act as; false: as nobody who leads ideas. */
bool who_of_role(enum role role, enum who *out);

/* When author, followers and supporters hear of it, in one mail with what else happens until then. */
enum told { TOLD_NOBODY, TOLD_SOON, TOLD_MORNING };

#define LIFE_NEW    (1U << 31)             /* from: it is not there yet */
#define LIFE_DRAFT  ((enum idea_state)30)  /* from and to: a proposal that only its forum's members know of */
#define LIFE_BEFORE ((enum idea_state)100) /* to: what it was before the step that remembers */

struct life_row {
    unsigned from;      /* 1 << enum idea_state of each, or LIFE_NEW */
    enum idea_state to; /* or LIFE_BEFORE */
    unsigned who;       /* 1 << enum who of each */
    bool is_proposal;   /* of a proposal; else of an idea */
    bool by_word;       /* `stand WORD` and `idea state N STATE` make it; else it has its own deed */
    bool of_initiative; /* of offices only that of the initiative */
    bool needs_reason;  /* which author and public read */
    bool needs_second;  /* T4: two persons, or the operator at the command line */
    bool remembers;     /* what it was before */
    enum told told;
};

enum life_answer {
    LIFE_GRANTED,
    LIFE_IS_THERE,  /* it is in that state already */
    LIFE_NO_STEP,   /* nobody can go there from here */
    LIFE_NOT_YOURS, /* somebody else can */
    LIFE_NO_REASON,
    LIFE_NEEDS_SECOND,
    LIFE_IN_PROPOSAL, /* idea_step()'s: its proposal alone leads it */
    LIFE_IS_ASKED,    /* second_ask()'s: it waits for another person */
    LIFE_DAY_OVER,    /* idea_set_deadline()'s: nothing can be due on that day any more */
};
struct life_question { /* borrowed */
    bool is_new;       /* else FROM */
    bool is_proposal, has_second;
    bool is_initiative;           /* WHO_OFFICE: that of the initiative */
    enum idea_state from, before; /* BEFORE: what is remembered; FROM if nothing is */
    enum idea_state to;
    enum who who;
    const char *reason; /* NULL or "": none */
};
/* *ROW_OUT: the row that grants it (LIFE_GRANTED only). */
enum life_answer life_step(const struct life_question *q, const struct life_row **row_out);

const char *life_answer_sentence(enum life_answer a);
/* The states that WHO (IS_INITIATIVE: of the initiative's office) can lead to by a word from FROM; 1 << enum idea_state of each. */
unsigned life_next(enum idea_state from, enum who who, bool is_initiative);
unsigned life_next_of_proposal(enum idea_state from, enum who who, bool is_initiative);
/* "in Beratung", "adopted", "in_progress": the state that WORDS, as written, name. */
bool life_state_called(const char *words, enum idea_state *out);

/* What a state lets happen. */
bool life_takes_posts(enum idea_state s);
bool life_takes_support(enum idea_state s);
bool life_is_over(enum idea_state s); /* takes posts, which are read first: done, not pursued, forwarded */
bool life_is_readable(enum idea_state s);
