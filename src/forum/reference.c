/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See reference.h. Always a word, a number and a colon: "zu 3 Euro" and "Zu 3. möchte ich sagen" are sentences.
 */
#include "forum/reference.h"

#include "forum/command_words.h"

#include <string.h>

#define MAX_DIGITS 6

/* The number behind "zu", "re", "to" and what may stand between; 0 none. */
static gint64 number_of(const char *line)
{
    static const char *const words[] = {"zu", "re", "to", "do"}, *const between[] = {"beitrag", "nummer", "post", "nr.",
                                                                                     "nr",      "no.",    "#"};
    const char *p = line + strspn(line, " \t*_");
    bool is_word = false;

    for (gsize i = 0; i < G_N_ELEMENTS(words) && !is_word; i++)
        is_word = g_ascii_strncasecmp(p, words[i], 2) == 0 && strchr(" \t:", p[2]) != NULL && p[2] != '\0';
    if (!is_word)
        return 0;
    p += 2 + strspn(p + 2, " \t:");
    for (gsize i = 0; i < G_N_ELEMENTS(between); i++)
        if (g_ascii_strncasecmp(p, between[i], strlen(between[i])) == 0) {
            p += strlen(between[i]);
            p += strspn(p, " \t");
            break;
        }
    gsize n = strspn(p, "0123456789");
    const char *behind = p + n + strspn(p + n, " \t*_");
    return n > 0 && n <= MAX_DIGITS && *behind == ':' ? g_ascii_strtoll(p, NULL, 10) : 0;
}

gint64 reference_of(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    gint64 first = 0;
    bool is_head = true, has_begun = false;

    for (char **l = lines; *l != NULL; l++) {
        char *line = g_strstrip(*l);
        bool is_greeting = !has_begun && command_words_formula(line) == FORMULA_GREETING && number_of(line) == 0;
        gint64 number = is_head ? number_of(line) : 0;
        is_head = *line == '\0' || is_greeting;
        if (is_head)
            continue;
        if (!has_begun && number == 0)
            return 0;
        if (number != 0 && has_begun && number != first)
            return 0;
        first = has_begun ? first : number;
        has_begun = true;
    }
    return first;
}
