/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See undone.h. A step is one of a chain of its kind; a chain whose last step leads to where its first one came from is nothing.
 */
#include "forum/undone.h"

#include <string.h>

/* What comes and goes: the word for either, and the prefix of what it is about; "" what it is about stands in `was`. */
static const struct pair {
    const char *comes, *goes;
} pairs[] = {{"also:", "not-also:"}, {"in-proposal:", "out-of-proposal:"}, {"merged:", "unmerged"}};

struct link {
    const char *chain;       /* steps of one chain have the same, and the same about */
    const char *about;       /* "" of the idea itself */
    const char *from, *then; /* the same word: the same place */
};

static bool is_paired(const struct stage *s, struct link *out)
{
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        bool comes = g_str_has_prefix(s->to_state, pairs[i].comes);
        const char *word = comes ? pairs[i].comes : pairs[i].goes;
        if (!comes && !g_str_has_prefix(s->to_state, pairs[i].goes))
            continue;
        const char *about = s->to_state + strlen(word);
        *out = (struct link){pairs[i].comes, *about == '\0' && s->was != NULL ? s->was : about, comes ? "out" : "in",
                             comes ? "in" : "out"};
        return true;
    }
    return false;
}

static struct link link_of(const struct stage *s)
{
    const char *colon = strchr(s->to_state, ':');
    struct link out;

    if (is_paired(s, &out))
        return out;
    if (colon == NULL)
        return (struct link){"state", "", s->from_state, s->to_state};
    return (struct link){*s->to_state == 'm' ? "moved" : "deadline", "", s->was, colon + 1};
}

static bool is_same_chain(const struct link *a, const struct link *b)
{
    return strcmp(a->chain, b->chain) == 0 && strcmp(a->about, b->about) == 0;
}

/* Those of the same chain from the step FIRST on, their places, descending. */
static GArray *chain_from(const GPtrArray *steps, guint first)
{
    struct link begin = link_of(steps->pdata[first]);
    GArray *places = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint i = steps->len; i > first; i--) {
        struct link next = link_of(steps->pdata[i - 1]);
        guint place = i - 1;
        if (is_same_chain(&begin, &next))
            g_array_append_val(places, place);
    }
    return places;
}

void undone_sift(GPtrArray *steps)
{
    for (guint i = 0; i < steps->len;) {
        g_autoptr(GArray) chain = chain_from(steps, i);
        struct link begin = link_of(steps->pdata[i]), end = link_of(steps->pdata[g_array_index(chain, guint, 0)]);
        bool is_nothing = begin.from != NULL && strcmp(begin.from, end.then) == 0;
        for (guint k = 0; is_nothing && k < chain->len; k++)
            g_ptr_array_remove_index(steps, g_array_index(chain, guint, k));
        i += !is_nothing;
    }
}
