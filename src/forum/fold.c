/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Folding; see fold.h.
 */
#include "forum/fold.h"

#include <stdbool.h>
#include <string.h>

/* Letters whose stroke or missing dot is no accent that can be taken off. */
static gunichar plain_letter(gunichar c)
{
    switch (c) {
    case 0x0131: return 'i'; /* dotless i */
    case 0x0142: return 'l';
    case 0x00f8: return 'o';
    case 0x0111: return 'd';
    default: return c;
    }
}

/* A hyphen or an apostrophe, of which there are many. */
static bool is_joiner(gunichar c)
{
    return c == '-' || c == '\'' || c == 0x2010 || c == 0x2011 || c == 0x2019 || c == 0x2018 || c == 0x02bc ||
           c == 0x00b4 || c == '`';
}

static bool is_invisible(gunichar c)
{
    GUnicodeType t = g_unichar_type(c);

    return t == G_UNICODE_FORMAT || t == G_UNICODE_NON_SPACING_MARK || t == G_UNICODE_ENCLOSING_MARK ||
           t == G_UNICODE_SPACING_MARK || c == 0x115f || c == 0x3164;
}

char *fold_words(const char *text)
{
    g_autofree char *lower = g_utf8_casefold(text, -1);
    g_autofree char *apart = g_utf8_normalize(lower, -1, G_NORMALIZE_NFKD);
    GString *out = g_string_new(NULL);
    bool gap = false;

    for (const char *p = apart != NULL ? apart : ""; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_unichar_tolower(g_utf8_get_char(p)); /* a full-width capital shows only now */
        if (is_invisible(c))
            continue;
        if (g_unichar_isalnum(c)) {
            if (gap && out->len > 0)
                g_string_append_c(out, ' ');
            gap = false;
            g_string_append_unichar(out, plain_letter(c));
        } else if (!is_joiner(c) || gap || !g_unichar_isalnum(g_utf8_get_char(g_utf8_next_char(p)))) {
            gap = true;
        }
    }
    return g_string_free(out, FALSE);
}
