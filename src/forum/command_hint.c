/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See command_hint.h.
 */
#include "forum/command_hint.h"

#include "forum/command_words.h"
#include "forum/order.h"

#include <string.h>

#define MOST_BYTES 200 /* of a line that can be a word and what belongs to it */

/* Words of everybody that are written by mistake above a text; others ("Liste", "Suche") begin many a sentence. */
static bool is_of_everybody(enum command c)
{
    return c == COMMAND_STOP || c == COMMAND_SUPPORT || c == COMMAND_UNSUPPORT || c == COMMAND_FOLLOW || c == COMMAND_DELETE;
}

static bool is_of_staff(const char *line, enum role role, enum command *out)
{
    struct block_line l = {0};
    bool is_order = role > ROLE_MEMBER && strchr(line, ':') != NULL && order_read(line, &l);

    *out = is_order ? l.command : COMMAND_NONE;
    g_free(l.name);
    g_free(l.argument);
    return is_order && command_row(*out)->takes == TAKES_TEXT;
}

enum command command_hint(const char *text, enum role role, char **written_out)
{
    const char *from = text + strspn(text, " \t\r\n");
    gsize n_line = strcspn(from, "\r\n");
    g_autofree char *line = g_strndup(from, MIN(n_line, MOST_BYTES));
    g_autofree char *word = g_strndup(line, strcspn(line, " ,:;.!"));
    enum command c = COMMAND_NONE;

    *written_out = NULL;
    if (!is_of_staff(line, role, &c)) {
        c = command_words_find(word, NULL);
        c = is_of_everybody(c) ? c : COMMAND_NONE;
    }
    if (c != COMMAND_NONE)
        *written_out = g_strdup(word);
    return c;
}
