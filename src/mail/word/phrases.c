/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Phrases found in linear time: see phrases.h. At each beginning of a word only the few phrases with the same
 * first byte are compared.
 */
#include "mail/word/phrases.h"

#include "base/letter.h"

#include <stdbool.h>
#include <string.h>

void phrases_init(struct phrases *p, const struct phrase *rows, gsize n_rows)
{
    memset(p, 0, sizeof *p);
    p->rows = rows;
    g_assert(n_rows <= G_N_ELEMENTS(p->next));
    for (gsize row = n_rows; row-- > 0;) {
        guchar c = (guchar)rows[row].text[0];

        p->next[row] = p->first[c];
        p->first[c] = (guint16)(row + 1);
    }
}

static bool is_word_byte(char c)
{
    return g_ascii_isalnum(c) || (guchar)c >= 0x80;
}

/* A phrase may begin where a word begins, or anywhere if the text has no blanks between words (CJK) or C is
 * no letter. */
static bool is_start(const char *text, const char *at)
{
    return at == text || !is_word_byte(at[-1]) || !g_ascii_isalnum(*at);
}

const struct phrase *phrases_best(const struct phrases *p, const char *folded)
{
    guint best = G_MAXUINT;

    for (const char *at = folded; *at != '\0'; at++) {
        if (!is_start(folded, at))
            continue;
        for (guint row = p->first[(guchar)*at]; row != 0 && row - 1 < best; row = p->next[row - 1])
            if (g_str_has_prefix(at, p->rows[row - 1].text))
                best = row - 1;
    }
    return best == G_MAXUINT ? NULL : &p->rows[best];
}

const struct phrase *phrases_at_start(const struct phrases *p, const char *folded)
{
    const struct phrase *best = NULL;

    for (guint row = p->first[(guchar)folded[0]]; row != 0; row = p->next[row - 1])
        if (g_str_has_prefix(folded, p->rows[row - 1].text) &&
            (best == NULL || strlen(p->rows[row - 1].text) > strlen(best->text)))
            best = &p->rows[row - 1];
    return best;
}

const struct phrase *phrases_first(const struct phrases *p, const char *folded, const char **at_out)
{
    for (const char *at = folded; *at != '\0'; at++) {
        const struct phrase *found = is_start(folded, at) ? phrases_at_start(p, at) : NULL;

        if (found != NULL) {
            *at_out = at;
            return found;
        }
    }
    return NULL;
}

static gunichar fold_char(gunichar c)
{
    if (c == 0x2018 || c == 0x2019 || c == 0xb4)
        return '\'';
    if (c == 0x201c || c == 0x201d || c == 0x201e || c == 0xab || c == 0xbb)
        return '"';
    return g_unichar_isspace(c) ? ' ' : g_unichar_tolower(c);
}

char *phrases_fold(const char *text, gssize n)
{
    gsize n_text = n < 0 ? strlen(text) : strnlen(text, (gsize)n);
    g_autofree char *valid = g_utf8_validate_len(text, n_text, NULL) ? NULL : g_utf8_make_valid(text, (gssize)n_text);
    const char *at = valid != NULL ? valid : text, *end = at + (valid != NULL ? strlen(valid) : n_text);
    char *out = g_malloc((gsize)(end - at) * 2 + 8), *to = out; /* a lower-case letter may be a byte longer */

    while (at < end) {
        gunichar c = (guchar)*at;
        if (c < 0x80) {
            c = c == '`' ? '\'' : g_ascii_isspace(c) || c == '\v' ? ' ' : (guchar)letter_lower((char)c);
            at++;
        } else {
            c = fold_char(g_utf8_get_char(at));
            at = g_utf8_next_char(at);
        }
        if (c == ' ' && (to == out || to[-1] == ' '))
            continue;
        if (c < 0x80)
            *to++ = (char)c;
        else
            to += g_unichar_to_utf8(c, to);
    }
    *to = '\0';
    return out;
}
