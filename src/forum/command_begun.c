/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See command_begun.h.
 */
#include "forum/command_begun.h"

#include "forum/command_tail.h"
#include "forum/command_words.h"

#include <string.h>

#define FIRST_LINES 20 /* among them stands what a text begins with */

static bool is_told_of(enum command c, bool is_word)
{
    bool is_line = c == COMMAND_ANSWER || c == COMMAND_NOTE || c == COMMAND_CORRECT; /* "Neu wäre eine Brücke" is a sentence */

    return c == COMMAND_STOP || c == COMMAND_DELETE || c == COMMAND_SUPPORT || (is_line && !is_word);
}

enum command command_begun_with(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", FIRST_LINES + 1);
    enum command found = COMMAND_NONE;

    for (char **l = lines; *l != NULL; l++) {
        char *line = g_strstrip(*l);
        bool is_before = command_is_blank(line) || command_is_quote(line) || command_words_formula(line) == FORMULA_GREETING;
        if (is_before && command_words_match(line) == COMMAND_NONE)
            continue;
        found = command_words_may_begin(line) ? command_of(line) : COMMAND_NONE;
        if (is_told_of(found, false))
            return found;
        line[strcspn(line, " \t")] = '\0';
        found = command_words_match(line);
        return is_told_of(found, true) ? found : COMMAND_NONE;
    }
    return COMMAND_NONE;
}
