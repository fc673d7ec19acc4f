/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of steps and what is asked of it; see life.h.
 */
#include "forum/life.h"

#include "forum/fold.h"

#include <string.h>

#define IDEA_DRAFT LIFE_DRAFT
#define IN(state)  (1U << IDEA_##state)
#define BY(who)    (1U << WHO_##who)
#define CALLED(state, text)
#define STEP(f, t, w, ...)          {.from = (f), .to = (t), .who = (w), __VA_ARGS__},
#define PROPOSAL_STEP(f, t, w, ...) {.from = (f), .to = (t), .who = (w), .is_proposal = true, __VA_ARGS__},
static const struct life_row rows[] = {
#include "forum/life.def"
};
#undef STEP
#undef PROPOSAL_STEP
#undef CALLED

#define STEP(...)
#define PROPOSAL_STEP(...)
#define CALLED(state, text) {IDEA_##state, text},
static const struct called {
    enum idea_state state;
    const char *words;
} called[] = {
#include "forum/life.def"
};
#undef STEP
#undef PROPOSAL_STEP
#undef CALLED

/* What a state of an idea lets happen. */
static const struct {
    bool takes_posts, takes_support, is_readable;
} lives[] = {
    [IDEA_SUBMITTED] = {false, false, false}, [IDEA_EXPIRED] = {false, false, false},
    [IDEA_CONFIRMED] = {false, false, false}, [IDEA_IN_REVIEW] = {false, false, false},
    [IDEA_PUBLISHED] = {true, true, true},    [IDEA_REJECTED] = {false, false, false},
    [IDEA_ASSIGNED] = {true, true, true},     [IDEA_MERGED] = {true, true, true}, /* as its lead; that is asked in its stead */
    [IDEA_FORWARDED] = {true, false, true},   [IDEA_IN_DELIBERATION] = {true, true, true},
    [IDEA_PROPOSAL] = {true, true, true},     [IDEA_ADOPTED] = {true, true, true},
    [IDEA_IN_PROGRESS] = {true, true, true},  [IDEA_DONE] = {true, false, true},
    [IDEA_NOT_PURSUED] = {true, false, true}, [IDEA_WITHDRAWN] = {false, false, false},
    [IDEA_REMOVED] = {false, false, false},
};

bool life_takes_posts(enum idea_state s)
{
    return lives[s].takes_posts;
}

bool life_takes_support(enum idea_state s)
{
    return lives[s].takes_support;
}

bool life_is_over(enum idea_state s)
{
    return lives[s].takes_posts && !lives[s].takes_support;
}

bool life_is_readable(enum idea_state s)
{
    return lives[s].is_readable;
}

bool who_of_role(enum role role, enum who *out)
{
    switch (role) {
    case ROLE_MODERATOR:
        *out = WHO_MODERATOR;
        return true;
    case ROLE_LEAD:
        *out = WHO_LEAD;
        return true;
    case ROLE_OFFICE:
        *out = WHO_OFFICE;
        return true;
    case ROLE_NONE:
    case ROLE_READER:
    case ROLE_MEMBER:
        return false;
    }
    return false;
}

static bool leads_there(const struct life_row *row, const struct life_question *q)
{
    unsigned from = q->is_new ? LIFE_NEW : 1U << q->from;

    return (row->from & from) != 0 && row->is_proposal == q->is_proposal &&
           (row->to == q->to || (row->to == LIFE_BEFORE && q->to == q->before && !q->is_new));
}

/* Whatever a person may, the operator may for them. */
static bool is_theirs(const struct life_row *row, const struct life_question *q)
{
    unsigned persons = BY(AUTHOR) | BY(MODERATOR) | BY(LEAD) | BY(OFFICE);
    bool is_other_office = row->of_initiative && q->who == WHO_OFFICE && !q->is_initiative;

    return ((row->who & 1U << q->who) != 0 && !is_other_office) || (q->who == WHO_OPERATOR && (row->who & persons) != 0);
}

enum life_answer life_step(const struct life_question *q, const struct life_row **row_out)
{
    bool has_reason = q->reason != NULL && *q->reason != '\0';
    enum life_answer answer = LIFE_NO_STEP;

    if (!q->is_new && q->from == q->to)
        return LIFE_IS_THERE;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct life_row *row = &rows[i];
        if (!leads_there(row, q))
            continue;
        if (!is_theirs(row, q)) {
            answer = MAX(answer, LIFE_NOT_YOURS);
        } else if (row->needs_reason && !has_reason) {
            answer = LIFE_NO_REASON;
        } else if (row->needs_second && !q->has_second && q->who != WHO_OPERATOR) {
            return LIFE_NEEDS_SECOND;
        } else {
            *row_out = row;
            return LIFE_GRANTED;
        }
    }
    return answer;
}

const char *life_answer_sentence(enum life_answer a)
{
    static const char *const sentences[] = {
        [LIFE_GRANTED] = "it may be done",
        [LIFE_IS_THERE] = "it is in that state already",
        [LIFE_NO_STEP] = "no step leads there",
        [LIFE_NOT_YOURS] = "that step is somebody else's",
        [LIFE_NO_REASON] = "that step needs a reason, which author and public read",
        [LIFE_NEEDS_SECOND] = "that step needs a second person",
        [LIFE_IN_PROPOSAL] = "it is part of a proposal and goes where that goes",
        [LIFE_IS_ASKED] = "a second person is asked whether it shall be so",
        [LIFE_DAY_OVER] = "that day is over; the next step can be due today or later",
    };

    return sentences[a];
}

static unsigned next_of(enum idea_state from, bool is_proposal, enum who who, bool is_initiative)
{
    const struct life_question q = {.who = who, .is_initiative = is_initiative};
    unsigned next = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (rows[i].by_word && rows[i].is_proposal == is_proposal && (rows[i].from & 1U << from) != 0 && is_theirs(&rows[i], &q))
            next |= 1U << rows[i].to;
    return next;
}

unsigned life_next(enum idea_state from, enum who who, bool is_initiative)
{
    return next_of(from, false, who, is_initiative);
}

unsigned life_next_of_proposal(enum idea_state from, enum who who, bool is_initiative)
{
    return next_of(from, true, who, is_initiative);
}

bool life_state_called(const char *words, enum idea_state *out)
{
    g_autofree char *wanted = fold_words(words);

    for (gsize i = 0; i < G_N_ELEMENTS(called); i++) {
        g_auto(GStrv) each = g_strsplit(called[i].words, "|", -1);
        for (char **word = each; *word != NULL; word++) {
            g_autofree char *folded = fold_words(*word);
            if (strcmp(folded, wanted) == 0) {
                *out = called[i].state;
                return true;
            }
        }
    }
    return false;
}
