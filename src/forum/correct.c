/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See correct.h.
 */
#include "forum/correct.h"

#include "base/hash.h"
#include "base/limits.h"
#include "forum/command.h"
#include "forum/contact.h"
#include "forum/fold.h"

#include <string.h>

#define LEAST_WORDS 5 /* "Das finde ich auch" shares most of its words with many a text */

char *correct_text(const char *text, bool *is_marked_out)
{
    for (const char *line = text; *line != '\0';) {
        gsize n = strcspn(line, "\n"), n_word = strcspn(line, ":\n");
        g_autofree char *word = g_strndup(line, n_word);
        if (command_of(word) == COMMAND_CORRECT) {
            *is_marked_out = line[n_word] == ':';
            char *rest = g_strdup(line + n_word + (*is_marked_out ? 1 : 0));
            if (*g_strstrip(rest) != '\0' && !contact_is_courtesy(rest)) /* a greeting takes no text's place */
                return rest;
            g_free(rest);
            return NULL;
        }
        line += n + (line[n] == '\n');
    }
    return NULL;
}

bool correct_is_alike(const char *text, const char *old)
{
    g_autofree char *folded = fold_words(text), *known = fold_words(old);
    g_auto(GStrv) words = g_strsplit(folded, " ", -1), others = g_strsplit(known, " ", -1);
    g_autoptr(GHashTable) there = g_hash_table_new(hash_text, g_str_equal);
    guint n = 0, n_shared = 0;

    for (char **w = others; *w != NULL; w++)
        g_hash_table_add(there, *w);
    for (char **w = words; *w != NULL; w++, n++)
        n_shared += g_hash_table_contains(there, *w);
    return n_shared >= LEAST_WORDS && n_shared * 100 >= n * LIMIT_CORRECT_SHARE;
}
