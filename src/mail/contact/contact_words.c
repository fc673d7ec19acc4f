/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words before a number: they say what kind of number it is. See contact.h.
 */
#include "mail/contact/contact.h"

#include <string.h>

#define MAX_BACK 60 /* bytes that are looked at */

static bool is_of_word(gunichar c)
{
    return g_unichar_isalnum(c) || c == 0x260e || c == 0x260f || c == 0x2706 || (c >= 0x1f4de && c <= 0x1f4f2); /* telephones */
}

static void set_word(char *word, gsize size, const char *from, const char *to)
{
    if (g_utf8_get_char(from) >= 0x2600 && g_utf8_get_char(from) != (gunichar)-1) {
        g_strlcpy(word, "tel", size); /* its picture */
        return;
    }
    g_autofree char *lower = g_utf8_strdown(from, to - from);
    g_strlcpy(word, strlen(lower) < size ? lower : "", size);
}

void contact_words_before(const char *text, gsize at, struct contact_before *out)
{
    const char *least = text + (at > MAX_BACK ? at - MAX_BACK : 0), *p = text + at;

    memset(out, 0, sizeof *out);
    while (least < p && ((guchar)*least & 0xc0) == 0x80)
        least++;
    for (guint i = 0; i < G_N_ELEMENTS(out->words); i++) {
        const char *to, *q = NULL;
        for (to = p; to > least && (q = g_utf8_find_prev_char(least, to)) != NULL && *q != '\n' && !is_of_word(g_utf8_get_char(q));)
            to = q;
        if (to <= least || q == NULL || *q == '\n')
            return;
        for (p = to; p > least && (q = g_utf8_find_prev_char(least, p)) != NULL && (is_of_word(g_utf8_get_char(q)) || (*q == '-' && p < to));)
            p = q;
        if (p == to)
            return;
        set_word(out->words[i], sizeof out->words[i], p, to);
    }
}
