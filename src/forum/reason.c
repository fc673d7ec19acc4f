/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of reasons; see reason.h.
 */
#include "forum/reason.h"

#include "forum/fold.h"

#include <glib.h>
#include <string.h>

#define MAX_WORD_BYTES 60

static const struct row {
    const char *code, *words;
    bool needs_text;
} rows[] = {
#define REASON(code, words, needs_text) {code, words, needs_text},
#include "forum/reason.def"
#undef REASON
};

static bool fits(const struct row *row, const char *folded)
{
    g_auto(GStrv) words = g_strsplit(row->words, "|", -1);
    bool found = false;

    for (char **w = words; *w != NULL && !found; w++) {
        g_autofree char *word = fold_words(*w);
        found = strcmp(word, folded) == 0;
    }
    return found;
}

static const struct row *row_of(const char *word, gsize n)
{
    g_autofree char *spaced = g_strdelimit(g_strndup(word, n), "_", ' '); /* a code is a word, too */
    g_autofree char *folded = n <= MAX_WORD_BYTES ? fold_words(spaced) : g_strdup("");

    for (gsize i = 0; i < G_N_ELEMENTS(rows) && *folded != '\0'; i++)
        if (fits(&rows[i], folded) || (strlen(rows[i].code) == n && strncmp(rows[i].code, word, n) == 0))
            return &rows[i];
    return NULL;
}

struct reason reason_read(const char *given)
{
    struct reason r = {REASON_OTHER, given != NULL ? given + strspn(given, " \t\r\n") : ""};
    gsize n = strcspn(r.text, ":\n");
    const struct row *row = row_of(r.text, n);

    if (row == NULL)
        return r;
    const char *behind = r.text + n;
    r.code = row->code;
    r.text = behind + strspn(behind, ": \t\r\n");
    return r;
}

bool reason_is_enough(const struct reason *r)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (strcmp(rows[i].code, r->code) == 0)
            return !rows[i].needs_text || *r->text != '\0';
    return *r->text != '\0';
}

char *reason_words(const char *given)
{
    struct reason r = reason_read(given);

    if (!reason_is_enough(&r))
        return NULL;
    if (strcmp(r.code, REASON_OTHER) == 0)
        return g_strdup(r.text);
    return *r.text != '\0' ? g_strdup_printf("%s: %s", r.code, r.text) : g_strdup(r.code);
}

bool reason_is_word(const char *word)
{
    return row_of(word, strlen(word)) != NULL;
}

const char *reason_code(unsigned i)
{
    return i < G_N_ELEMENTS(rows) ? rows[i].code : NULL;
}
