/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See reply_cited.h. Called by reply.c.
 */
#include "mail/reply/reply_cited.h"

#include <string.h>

#include "mail/word/reply_match.h"

#define MAX_LINES       20 /* of what is cited */
#define MAX_ASKED       16
#define MAX_BELOW_BYTES 20000
#define MIN_BELOW_BYTES 40 /* or the program quotes next to nothing, and has nothing to be compared with */

static void append_folded(GString *out, const struct line *l)
{
    gsize n = l->n_bytes, from = 0;

    while (from < n && strchr("> \t", l->at[from]) != NULL)
        from++;
    fold(out, l->at + from, n - from);
    g_string_append_c(out, ' ');
}

static const char *text_below(const GArray *lines, guint quote, struct cited *below)
{
    if (below->text == NULL) {
        GString *text = g_string_new(NULL);
        for (guint i = quote; i < lines->len && text->len < MAX_BELOW_BYTES; i++)
            append_folded(text, line_at(lines, i));
        below->text = g_string_free(text, FALSE);
    }
    return below->text;
}

bool cited_from_elsewhere(const GArray *lines, guint from, guint end, guint quote, struct cited *below)
{
    if (end - from > MAX_LINES || below->n_asked++ >= MAX_ASKED)
        return false;
    g_autoptr(GString) line = g_string_new(NULL);
    for (guint i = from; i < end; i++) {
        g_string_truncate(line, 0);
        append_folded(line, line_at(lines, i));
        const char *words = g_strstrip(line->str);
        if (line_quotes_attribution(line_at(lines, i)) ||
            (*words != '\0' && strstr(text_below(lines, quote, below), words) != NULL))
            return false;
    }
    return strlen(text_below(lines, quote, below)) >= MIN_BELOW_BYTES;
}
