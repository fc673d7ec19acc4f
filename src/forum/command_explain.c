/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See command_explain.h.
 */
#include "forum/command_explain.h"

#include "forum/command_language.h"
#include "forum/command_words.h"
#include "forum/fold.h"

#include <string.h>

#define LONGEST   24 /* bytes of a word that is compared */
#define MOST_AWAY 2  /* letters between what was written and what is meant */

void explained_clear(struct explained *x)
{
    for (guint i = 0; i < x->n; i++)
        g_clear_pointer(&x->words[i], g_free);
    x->n = 0;
}

/* How many letters must be put in, left out or exchanged. */
static guint distance(const char *a, const char *b)
{
    guint before[LONGEST + 1], now[LONGEST + 1];
    gsize n_a = strlen(a), n_b = strlen(b);

    if (n_a > LONGEST || n_b > LONGEST)
        return MOST_AWAY + 1;
    for (guint k = 0; k <= n_b; k++)
        before[k] = k;
    for (guint i = 0; i < n_a; i++) {
        now[0] = i + 1;
        for (guint k = 0; k < n_b; k++) {
            guint exchanged = before[k] + (a[i] != b[k]);
            now[k + 1] = MIN(MIN(before[k + 1], now[k]) + 1, exchanged);
        }
        memcpy(before, now, sizeof before);
    }
    return before[n_b];
}

static void add(struct explained *x, enum command c, const char *word)
{
    for (guint i = 0; i < x->n; i++)
        if (x->commands[i] == c)
            return;
    if (x->n == MOST_EXPLAINED)
        return;
    x->commands[x->n] = c;
    x->words[x->n++] = g_strdup(word);
}

/* Is the pattern one word, with or without an argument? Its choices; NULL it is a phrase. g_strfreev() */
static char **choices(const char *pattern)
{
    g_auto(GStrv) parts = g_strsplit(pattern, " ", -1);

    for (guint i = 1; parts[0] != NULL && parts[i] != NULL; i++)
        if (strchr("#%*", *parts[i]) == NULL && !g_str_has_suffix(parts[i], "?"))
            return NULL;
    return parts[0] != NULL && !g_str_has_suffix(parts[0], "?") ? g_strsplit(parts[0], "|", -1) : NULL;
}

static const char *language_of(const char *pattern, const char *folded)
{
    for (guint i = 0; command_languages[i] != NULL; i++) {
        g_autofree char *said = command_words_in(pattern, command_languages[i]);
        g_auto(GStrv) words = said != NULL ? choices(said) : NULL;
        for (char **w = words; w != NULL && *w != NULL; w++) {
            g_autofree char *word = fold_words(*w);
            if (strcmp(word, folded) == 0)
                return command_languages[i];
        }
    }
    return NULL;
}

/* Adds the words that are AWAY letters from WORD. */
static void add_away(struct explained *x, const char *word, guint away)
{
    const char *pattern;
    enum command c;

    for (guint n = 0; (pattern = command_words_row(n, &c)) != NULL; n++) {
        g_auto(GStrv) words = choices(pattern);
        for (char **w = words; w != NULL && *w != NULL; w++) {
            g_autofree char *folded = fold_words(*w);
            if (strlen(folded) <= 2 * away || distance(word, folded) != away)
                continue;
            add(x, c, *w);
            if (away == 0 && x->language == NULL)
                x->language = language_of(pattern, folded);
        }
    }
}

void command_explain(const char *word, struct explained *out)
{
    enum command phrase = command_words_find(word, NULL);

    *out = (struct explained){0};
    add_away(out, word, 0);
    if (out->n == 0 && strchr(word, ' ') != NULL && phrase != COMMAND_NONE && phrase != COMMAND_EXPLAIN)
        add(out, phrase, word);
    out->is_known = out->n > 0;
    for (guint away = 1; away <= MOST_AWAY && !out->is_known; away++)
        add_away(out, word, away);
}

bool command_can_explain(const char *word)
{
    enum command phrase = command_words_find(word, NULL);

    return *word != '\0' && (strchr(word, ' ') == NULL || (phrase != COMMAND_NONE && phrase != COMMAND_EXPLAIN));
}
