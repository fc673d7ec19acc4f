/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Folding; see fold.h.
 */
#include "forum/fold.h"

#include "base/letter.h"

#include <stdbool.h>
#include <string.h>

/* Letters whose stroke or missing dot is no accent that can be taken off. */
static gunichar plain_letter(gunichar c)
{
    switch (c) {
    case 0x0131:
        return 'i'; /* dotless i */
    case 0x0142:
        return 'l';
    case 0x00f8:
        return 'o';
    case 0x0111:
        return 'd';
    default:
        return c;
    }
}

/* A hyphen or an apostrophe, of which there are many. */
static bool is_joiner(gunichar c)
{
    return c == '-' || c == '\'' || c == 0x2010 || c == 0x2011 || c == 0x2019 || c == 0x2018 || c == 0x02bc || c == 0x00b4 ||
           c == '`';
}

static bool is_invisible(gunichar c)
{
    GUnicodeType t = g_unichar_type(c);

    return t == G_UNICODE_FORMAT || t == G_UNICODE_NON_SPACING_MARK || t == G_UNICODE_ENCLOSING_MARK ||
           t == G_UNICODE_SPACING_MARK || c == 0x115f || c == 0x3164;
}

static char *fold_slowly(const char *text)
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

/* What the letters that German texts are made of fold to: themselves and "ä" to "a". NULL: C has to be asked about. */
static const char *quick_letter(gunichar c)
{
    switch (c) {
    case 0xe4:
    case 0xc4:
        return "a";
    case 0xf6:
    case 0xd6:
        return "o";
    case 0xfc:
    case 0xdc:
        return "u";
    case 0xdf:
        return "ss";
    default:
        return NULL;
    }
}

enum sign { SIGN_LETTER, SIGN_JOINER, SIGN_GAP, SIGN_UNKNOWN };

/* What stands at P: a letter goes to *TO, its bytes to *N_OUT. A joiner is one only between letters. */
static inline enum sign sign_at(const guchar *p, char **to, gsize *n_out)
{
    *n_out = 1;
    if (g_ascii_isalnum(*p)) {
        *(*to)++ = letter_lower((char)*p);
        return SIGN_LETTER;
    }
    if (*p >= 0x80) {
        const char *letter = *p == 0xc3 && p[1] != '\0' ? quick_letter((gunichar)(0xc0 | (p[1] & 0x3f))) : NULL;
        *n_out = 2;
        for (const char *l = letter; l != NULL && *l != '\0'; l++)
            *(*to)++ = *l;
        return letter != NULL ? SIGN_LETTER : SIGN_UNKNOWN;
    }
    if (*p != '-' && *p != '\'' && *p != '`')
        return SIGN_GAP;
    if (p[1] >= 0x80)
        return p[1] == 0xc3 && p[2] != '\0' ? SIGN_JOINER : SIGN_UNKNOWN; /* what comes next is ours, or we give up there */
    return g_ascii_isalnum(p[1]) ? SIGN_JOINER : SIGN_GAP;
}

/* Of TEXT if it is all ASCII and German letters, as nearly all lines are: what the long way would say. NULL: it is not. */
static char *fold_quickly(const char *text)
{
    char *out = g_malloc(strlen(text) + 2), *to = out; /* nothing grows; a blank stands for a sign that is gone */
    bool gap = false;
    gsize n;

    for (const guchar *p = (const guchar *)text; *p != '\0'; p += n) {
        char *before = to;
        to += gap && to > out; /* room for the blank, if a letter comes */
        char *letter = to;
        switch (sign_at(p, &to, &n)) {
        case SIGN_LETTER:
            if (letter > before)
                *before = ' ';
            gap = false;
            break;
        case SIGN_JOINER:
            to = before;
            break;
        case SIGN_GAP:
            to = before;
            gap = true;
            break;
        case SIGN_UNKNOWN:
            g_free(out);
            return NULL;
        }
    }
    *to = '\0';
    return out;
}

bool fold_first_word(const char *text, char word_out[FOLD_FIRST_BYTES])
{
    char *to = word_out;
    gsize n;

    for (const guchar *p = (const guchar *)text; *p != '\0' && to + 3 < word_out + FOLD_FIRST_BYTES; p += n) {
        enum sign sign = sign_at(p, &to, &n);
        if (sign == SIGN_UNKNOWN)
            return false;
        if (sign == SIGN_GAP && to > word_out)
            break;
    }
    *to = '\0';
    return true;
}

char *fold_words(const char *text)
{
    char *quick = fold_quickly(text);

    return quick != NULL ? quick : fold_slowly(text);
}
