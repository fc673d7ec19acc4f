/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What may stand around a word in a mail and says nothing itself: blank lines, quotation, greetings, names, signatures.
 */
#include "forum/command_tail.h"

#include "forum/command_words.h"
#include "forum/contact.h"
#include "forum/fold.h"

#define MAX_TAIL_LINES 40

bool command_is_blank(const char *line)
{
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
