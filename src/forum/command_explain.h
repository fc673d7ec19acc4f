/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HILFE WORD: which words of command.def somebody may mean who asks about one. Pure.
 */
#pragma once

#include "forum/command.h"

#define MOST_EXPLAINED 3

struct explained {
    guint n;
    enum command commands[MOST_EXPLAINED];
    char *words[MOST_EXPLAINED]; /* as command.def writes them; owned */
    bool is_known;               /* it is one of ours; else those are the nearest ones */
    const char *language;        /* of a known word, static; NULL not known */
};
/* WORD is folded (forum/fold.h). */
void command_explain(const char *word, struct explained *out);
void explained_clear(struct explained *x);
typedef struct explained explained_auto_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(explained_auto_t, explained_clear)

/* Can somebody ask so about a word? One word, or a phrase of ours: "Hilfe wie melde ich mich ab" is a question to a person. */
bool command_can_explain(const char *word);
