/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Folding lines and laying patterns over them; see reply_match.h and attributions.def. Called by reply_words.c
 * only, knows no words itself but the lists of products and apologies that a gap of an advert may or must
 * hold.
 */
#include "mail/word/reply_match.h"

#include "base/letter.h"

#include <string.h>

#define MAX_DEVICE_WORDS  7
#define MAX_THING_WORDS   2
#define STAMP_START_BYTES 24 /* a date begins within these, after the name of a day */

enum gap { GAP_NONE, GAP_ANY, GAP_DATE, GAP_WHO, GAP_MAIL, GAP_STAMP, GAP_DEVICE, GAP_PRODUCT, GAP_THING };

static const char *const products[] = {
#define PRODUCT(word) word,
#include "mail/word/signatures.def"
};

static bool is_invisible(gunichar c)
{
    return c == 0xad || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) ||
           c == 0xfeff;
}

bool is_colon(gunichar c)
{
    switch (c) {
    case ':':
    case 0xff1a:
    case 0xfe55:
    case 0x17d6:
    case 0x1361:
    case 0x1365:
    case 0x1366:
    case 0x55d:
    case 0x5c3:
        return true;
    default:
        return false;
    }
}

/* What C, no sign of ASCII, is folded to; ' ' for each kind of blank, 0 for what is not seen. */
static gunichar folded(gunichar c)
{
    if (c == 0xa0 || c == 0x3000 || g_unichar_isspace(c))
        return ' ';
    if (is_invisible(c))
        return 0;
    return is_colon(c) ? ':' : g_unichar_tolower(c);
}

/* The signs of ASCII from P on up to another or END; returns where it stopped. *IS_BLANK: a blank was seen and not written. */
static const char *fold_ascii(GString *out, const char *p, const char *end, bool *is_blank)
{
    const char *stop = p;
    gsize n = out->len;

    while (stop < end && (guchar)*stop < 0x80)
        stop++;
    g_string_set_size(out, n + (gsize)(stop - p) + 1); /* one blank may wait from before */
    for (; p < stop; p++) {
        char c = letter_lower(*p);
        if (c <= ' ') {
            *is_blank = true;
            continue;
        }
        if (*is_blank && n > 0 && c != ':' && out->str[n - 1] != ' ')
            out->str[n++] = ' ';
        *is_blank = false;
        out->str[n++] = c;
    }
    g_string_truncate(out, n);
    return stop;
}

void fold(GString *out, const char *s, gsize n)
{
    g_autofree char *composed = NULL;
    /* Apple writes some letters as base and accent (U+0300..U+036F: lead bytes 0xcc, 0xcd) */
    if (memchr(s, 0xcc, n) || memchr(s, 0xcd, n)) {
        composed = g_utf8_normalize(s, (gssize)n, G_NORMALIZE_NFC);
        if (composed) {
            s = composed;
            n = strlen(composed);
        }
    }
    bool is_blank = true;
    for (const char *p = s, *end = s + n; p < end;) {
        if ((guchar)*p < 0x80) {
            p = fold_ascii(out, p, end, &is_blank);
            continue;
        }
        gunichar c = g_utf8_get_char_validated(p, end - p);
        gsize length = 1;
        if (c == (gunichar)-1 || c == (gunichar)-2)
            c = (guchar)*p; /* never from a message; a caller's slip must not read past the end */
        else
            length = (gsize)(g_utf8_next_char(p) - p);
        p += length;
        c = folded(c);
        if (c == 0)
            continue;
        if (c == ' ') {
            is_blank = true;
            continue;
        }
        if (is_blank && out->len && c != ':' && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
        is_blank = false;
        if (c < 0x80)
            g_string_append_c(out, (char)c);
        else
            g_string_append_unichar(out, c);
    }
}

char *fold_line(const char *s, gsize n)
{
    GString *out = g_string_sized_new(n + 1);
    fold(out, s, n);
    return g_string_free(out, FALSE);
}

bool has_digit(const char *text, gsize n)
{
    for (const char *p = text, *end = text + n; p < end; p = g_utf8_next_char(p))
        if (g_ascii_isdigit(*p) || ((guchar)*p >= 0x80 && g_unichar_isdigit(g_utf8_get_char(p))))
            return true;
    return false;
}

bool has_address(const char *text, gsize n)
{
    const char *at = memchr(text, '@', n);
    for (const char *end = text + n; at; at = memchr(at + 1, '@', (gsize)(end - at - 1)))
        if (at > text && at + 1 < end && !strchr(" <(\"", at[-1]) && !strchr(" >)\"", at[1]))
            return true;
    return false;
}

static gsize count_words(const char *text, gsize n)
{
    gsize words = n > 0;
    for (gsize i = 0; i < n; i++)
        words += text[i] == ' ';
    return words;
}

/* Name of a device or a program: a few words without a clause between them. */
static bool is_device(const char *text, gsize n)
{
    if (!n || count_words(text, n) > MAX_DEVICE_WORDS)
        return false;
    for (gsize i = 0; i < n; i++)
        if (strchr(",;:?!", text[i]) || (text[i] == '.' && i + 1 < n && text[i + 1] == ' '))
            return false;
    return true;
}

static bool has_product(const char *text, gsize n)
{
    for (gsize i = 0; i < G_N_ELEMENTS(products); i++) {
        const char *hit = g_strstr_len(text, (gssize)n, products[i]);
        if (hit && (hit == text || !g_ascii_isalnum(hit[-1]) || !g_ascii_isalpha(*hit)))
            return true;
    }
    return false;
}

/* "fri, 3 may 2024 at 16:32 name <a@b>": digits soon, then a time, then an address in brackets that ends it
 */
static bool is_stamp(const char *text, gsize n)
{
    const char *at = memchr(text, '@', n), *open = memchr(text, '<', n);
    if (!at || !open || open > at || text[n - 1] != '>' || memchr(open, ' ', n - (gsize)(open - text)))
        return false;
    for (const char *p = text + 1; p + 2 < at; p++)
        if ((*p == ':' || *p == '.') && g_ascii_isdigit(p[-1]) && g_ascii_isdigit(p[1]) && g_ascii_isdigit(p[2]))
            return has_digit(text, MIN(n, STAMP_START_BYTES));
    return false;
}

static bool gap_fits(enum gap gap, const char *text, gsize n)
{
    while (n && *text == ' ') {
        text++;
        n--;
    }
    while (n && text[n - 1] == ' ')
        n--;
    switch (gap) {
    case GAP_NONE:
        return n == 0;
    case GAP_ANY:
        return true;
    case GAP_DATE:
        return has_digit(text, n);
    case GAP_WHO:
        return n > 0;
    case GAP_MAIL:
        return has_address(text, n);
    case GAP_STAMP:
        return is_stamp(text, n);
    case GAP_DEVICE:
        return is_device(text, n) && (has_digit(text, n) || has_product(text, n));
    case GAP_THING:
        return is_device(text, n) && count_words(text, n) <= MAX_THING_WORDS;
    case GAP_PRODUCT:
        return is_device(text, n) && has_product(text, n);
    }
    return false;
}

static enum gap gap_of(const char *name, gsize n)
{
    static const struct {
        const char *name;
        enum gap gap;
    } names[] = {{"date", GAP_DATE}, {"who", GAP_WHO},       {"mail", GAP_MAIL},       {"stamp", GAP_STAMP},
                 {"any", GAP_ANY},   {"device", GAP_DEVICE}, {"product", GAP_PRODUCT}, {"thing", GAP_THING}};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (strlen(names[i].name) == n && !memcmp(names[i].name, name, n))
            return names[i].gap;
    return GAP_NONE;
}

/* Punctuation, and the scripts that write words without blanks (three bytes each). */
static bool needs_no_blank(char c)
{
    return g_ascii_ispunct(c) || (guchar)c >= 0xe2 || ((guchar)c >= 0x80 && (guchar)c < 0xc0);
}

/* The piece (N bytes) at TEXT[at]: where it ends, or 0. A blank fits nothing where a neighbour is
 * punctuation or of such a script. */
static gsize piece_at(const char *piece, gsize n, const char *text, gsize n_text, gsize at)
{
    for (gsize i = 0; i < n; i++) {
        if (at < n_text && text[at] == piece[i])
            at++;
        else if (piece[i] != ' ' || !((at > 0 && needs_no_blank(text[at - 1])) || (at < n_text && needs_no_blank(text[at])) ||
                                      at == n_text || at == 0))
            return 0;
    }
    return at;
}

/* First place of the piece from AT on: sets where it starts, gives where it ends, or 0. */
static gsize piece_after(const char *piece, gsize n, const char *text, gsize n_text, gsize at, gsize *start_out)
{
    char first = *piece == ' ' && n > 1 ? piece[1] : *piece;
    for (gsize i = at; i < n_text; i++) {
        const char *hit = memchr(text + i, first, n_text - i);
        if (!hit)
            return 0;
        i = (gsize)(hit - text);
        gsize from = *piece == ' ' && i > at && text[i - 1] == ' ' ? i - 1 : i;
        gsize end = piece_at(piece, n, text, n_text, from);
        if (end) {
            *start_out = from;
            return end;
        }
    }
    return 0;
}

/* The last piece must end the text. */
static gsize piece_at_end(const char *piece, gsize n, const char *text, gsize n_text, gsize at, gsize *start_out)
{
    for (gsize shorter = 0; shorter <= 2 && shorter < n; shorter++) {
        gsize length = n - shorter;
        if (n_text < at + length || piece_at(piece, n, text, n_text, n_text - length) != n_text)
            continue;
        *start_out = n_text - length;
        return n_text;
    }
    return 0;
}

bool pattern_may_fit(const char *pattern, gsize n_pattern, const char *text, gsize n_text)
{
    char last = pattern[n_pattern - 1];
    return n_text > 0 && (*pattern == '{' || *pattern == *text) && (last == '}' || last == text[n_text - 1]);
}

bool pattern_fits(const char *pattern, const char *text, gsize n_text)
{
    gsize at = 0;
    enum gap gap = GAP_NONE;
    for (const char *p = pattern; *p;) {
        if (*p == '{') {
            gsize n = strcspn(p + 1, "}");
            gap = gap_of(p + 1, n);
            p += n + 2;
            continue;
        }
        gsize n = strcspn(p, "{"), start = at, end;
        if (gap == GAP_NONE)
            end = piece_at(p, n, text, n_text, at);
        else if (!p[n])
            end = piece_at_end(p, n, text, n_text, at, &start);
        else
            end = piece_after(p, n, text, n_text, at, &start);
        if (!end || !gap_fits(gap, text + at, start - at))
            return false;
        at = end;
        gap = GAP_NONE;
        p += n;
    }
    return gap_fits(gap, text + at, n_text - at);
}
