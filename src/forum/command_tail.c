/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What may stand around a word in a mail and says nothing itself: blank lines, quotation, greetings, names, signatures.
 */
#include "forum/command_tail.h"

#include "forum/command_words.h"
#include "forum/contact.h"
#include "forum/fold.h"

#include <string.h>

#define MAX_TAIL_LINES   40
#define MAX_SENDER_BYTES 80 /* of a line below a formula */

bool command_is_blank(const char *line)
{
    char first[FOLD_FIRST_BYTES];

    if (fold_first_word(line, first))
        return *first == '\0';
    g_autofree char *folded = fold_words(line);
    return *folded == '\0';
}

/* "-- ", "__", "***": what follows is a signature. */
bool command_is_rule(const char *line)
{
    gsize n = strspn(line, "-_=*~ \t");

    return n >= 2 && line[n] == '\0';
}

bool command_is_quote(const char *line)
{
    return *line == '>' || *line == '|';
}

bool command_is_tail(char *const *lines)
{
    bool closed = false;
    int n = 0;

    for (; *lines != NULL; lines++) {
        if (command_is_rule(*lines))
            return true;
        if (command_is_blank(*lines) || command_is_quote(*lines))
            continue;
        if (++n > MAX_TAIL_LINES)
            return false;
        if (command_words_formula(*lines) == FORMULA_CLOSING)
            closed = true;
        else if (g_ascii_strncasecmp(*lines, "name:", 5) != 0 && !contact_is_name(*lines, closed) &&
                 !contact_is_line(*lines, strlen(*lines)))
            return false;
    }
    return true;
}

/* Below a formula: something, and nothing that reads like a sentence. */
static bool is_sender(char *const *lines)
{
    guint n = 0;

    for (; *lines != NULL; lines++) {
        g_autofree char *line = g_strstrip(g_strdup(*lines));
        gsize length = strlen(line);
        if (length > MAX_SENDER_BYTES ||
            (length > 0 && strchr(".?!", line[length - 1]) != NULL && !contact_is_line(line, length)))
            return false;
        n += length > 0;
    }
    return n > 0;
}

static char *without_sender(const char *text, bool is_office)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GString) out = g_string_new(NULL);

    for (char **l = lines; *l != NULL; l++) {
        g_autofree char *line = g_strstrip(g_strdup(*l));
        if (command_words_formula(line) == FORMULA_CLOSING && out->len > 0 && is_sender(l + 1))
            break;
        if (out->len == 0 || is_office || !contact_is_line(line, strlen(line)))
            g_string_append_printf(out, "%s\n", *l);
    }
    g_strstrip(out->str);
    return is_office ? contact_mask_but_phones(out->str, "de", NULL) : contact_mask(out->str, "de", NULL, NULL);
}

char *command_without_sender(const char *text)
{
    return without_sender(text, false);
}

char *command_words_of_office(const char *text)
{
    return without_sender(text, true);
}
