/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One deed for one recipient of one mail: the rules decided (forum/policy.h), the facts are looked up, the transaction is open. A
 * deed changes rows and owes mails; it may add to the verdict what came of it. False: nothing of the mail is kept, and it is
 * tried again.
 */
#pragma once

#include "flow/facts.h"
#include "flow/step/idea_step.h"
#include "flow/step/official.h"
#include "flow/step/public_words.h"

struct deed { /* borrowed */
    struct gateway *g;
    const struct message *m;
    const char *sender;               /* of the envelope, "" null path */
    const GPtrArray *recipients;      /* char *, of the envelope */
    const char *from;                 /* lower case, NULL none usable */
    row_id message;                   /* the mail's row */
    const char *message_key;          /* the id born with its first byte */
    gint64 now;                       /* when it came */
    const struct hold *waiting;       /* the text of a weaker copy, which waits for its author's yes; NULL none */
    const struct public_words *ready; /* made of the mail's text before, perhaps of another; NULL none */
    const struct looked_up *l;
    const struct decision *decision;
    struct verdict *verdict; /* post_id and hold_id name what is answered; a deed that makes another says so */
    enum purpose answer;     /* what is answered: the rule's, unless the deed chooses another */
    const char *why;         /* a word for that answer, static; NULL none */
    char *told;              /* or what came of each of its commands (flow/step/told.h); owned by who does the deed */
    bool is_voice;           /* its writer, who is asked about its text, is asked with it whether they are for the idea */
    bool is_part;            /* one of several answers in the mail: what became of all of them is told together */
    bool is_kept;            /* set by a deed: nothing came of it yet, but its text waits */
    bool leaves_nothing;     /* set by a deed: the mail is about a text of which nothing is kept, and quotes it */
};

#define DEED(id, name, what) bool deed_##name(struct deed *d, struct err *e);
#include "forum/deed.def"
#undef DEED

/* One answer to an entry of the digest that D's mail answers, decided by itself, with words that came at CAME_AT; TOLD gets its line
 * (flow/step/answers.h). */
bool deed_answer_entry(struct deed *d, const struct portion *p, gint64 came_at, GString *told, struct err *e);
/* The mail that says what became of all of them, if there is anything to say. */
bool deed_tell_answers(struct deed *d, const GString *told, bool is_worth_it, struct err *e);
/* What the step that a mail commanded came to: the answer. */
void deed_answer_step(struct deed *d, enum life_answer found);
/* What became of what an office says: done is answered by its own mail. */
void deed_answer_official(struct deed *d, enum official found);
struct proposed_found;
void deed_answer_proposal(struct deed *d, const struct proposed_found *found);
/* In which capacity its writer acts; the rule asked that it is one. */
struct idea_change deed_change(const struct deed *d);
/* The deed that was decided. */
bool deed_do(struct deed *d, struct err *e);
