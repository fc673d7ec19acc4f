/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the eye sees of a name; see name.h. A table of letters, not all of Unicode's confusables: a name is of one script
 * (name_form), so only scripts of which a whole word can look Latin need a row.
 */
#include "forum/name.h"

#include <string.h>

/* Letters that look like the Latin letter behind them, after marks and compatibility forms are gone. A capital has its
 * own row only where it looks like another letter than the small one. */
static const struct look {
    gunichar letter;
    char latin;
    /* clang-format off */
} looks[] = {
    /* Latin letters of other alphabets and small capitals */
    {0x0131, 'i'}, {0x0142, 'l'}, {0x00f8, 'o'}, {0x0111, 'd'}, {0x0251, 'a'}, {0x0261, 'g'}, {0x0269, 'i'}, {0x1d00, 'a'},
    {0x0299, 'b'}, {0x1d04, 'c'}, {0x1d05, 'd'}, {0x1d07, 'e'}, {0xa730, 'f'}, {0x0262, 'g'}, {0x029c, 'h'}, {0x026a, 'i'},
    {0x1d0a, 'j'}, {0x1d0b, 'k'}, {0x029f, 'l'}, {0x1d0d, 'm'}, {0x0274, 'n'}, {0x1d0f, 'o'}, {0x1d18, 'p'}, {0x0280, 'r'},
    {0xa731, 's'}, {0x1d1b, 't'}, {0x1d1c, 'u'}, {0x1d20, 'v'}, {0x1d21, 'w'}, {0x028f, 'y'}, {0x1d22, 'z'}, {0x0185, 'b'},
    {0x0188, 'c'}, {0x0257, 'd'}, {0x01dd, 'e'}, {0x0192, 'f'}, {0x0268, 'i'}, {0x0199, 'k'}, {0x019a, 'l'}, {0x0271, 'm'},
    {0x019e, 'n'}, {0x0275, 'o'}, {0x01a5, 'p'}, {0x027d, 'r'}, {0x01ad, 't'}, {0x0288, 't'}, {0x028b, 'v'}, {0x01b4, 'y'},
    {0x01b6, 'z'}, {0x0180, 'b'}, {0x0253, 'b'}, {0x0260, 'g'}, {0x0266, 'h'}, {0x0289, 'u'}, {0x024d, 'r'}, {0x024f, 'y'},
    /* Cyrillic */
    {0x0430, 'a'}, {0x0432, 'b'}, {0x0435, 'e'}, {0x0437, 'e'}, {0x0438, 'u'}, {0x0439, 'u'}, {0x043a, 'k'}, {0x043c, 'm'},
    {0x043d, 'h'}, {0x043e, 'o'}, {0x0440, 'p'}, {0x0441, 'c'}, {0x0442, 't'}, {0x0443, 'y'}, {0x0445, 'x'}, {0x0455, 's'},
    {0x0456, 'i'}, {0x0457, 'i'}, {0x0458, 'j'}, {0x0433, 'r'}, {0x043f, 'n'}, {0x044c, 'b'}, {0x044f, 'r'}, {0x04bb, 'h'},
    {0x0501, 'd'}, {0x051b, 'q'}, {0x051d, 'w'}, {0x0461, 'w'}, {0x0448, 'w'}, {0x0475, 'v'}, {0x04cf, 'l'}, {0x0446, 'u'},
    {0x0493, 'f'}, {0x0454, 'e'}, {0x0431, 'b'}, {0x0491, 'r'}, {0x0447, 'y'},
    /* Greek */
    {0x03b1, 'a'}, {0x0392, 'b'}, {0x03b2, 'b'}, {0x03f2, 'c'}, {0x03b5, 'e'}, {0x0396, 'z'}, {0x03b6, 'z'}, {0x0397, 'h'},
    {0x03b7, 'n'}, {0x03b9, 'i'}, {0x03ba, 'k'}, {0x039c, 'm'}, {0x03bc, 'u'}, {0x039d, 'n'}, {0x03bd, 'v'}, {0x03bf, 'o'},
    {0x03c1, 'p'}, {0x03c3, 'o'}, {0x03a3, 'e'}, {0x03c2, 's'}, {0x03c4, 't'}, {0x03c5, 'u'}, {0x03a5, 'y'}, {0x03c7, 'x'},
    {0x03c9, 'w'}, {0x03b3, 'y'}, {0x03f3, 'j'},
    /* Armenian */
    {0x0585, 'o'}, {0x057d, 'u'}, {0x054d, 'u'}, {0x0578, 'n'}, {0x0570, 'h'}, {0x0581, 'g'}, {0x0566, 'q'}, {0x0575, 'j'},
    {0x056c, 'l'}, {0x0555, 'o'}, {0x054f, 's'}, {0x0584, 'p'}, {0x0568, 'p'}, {0x0572, 'n'},
    /* Digits and strokes between letters */
    {'0', 'o'}, {'1', 'l'}, {'3', 'e'}, {'4', 'a'}, {'5', 's'}, {'7', 't'}, {'|', 'l'}, {'$', 's'}, {0x20ac, 'e'},
};
/* clang-format on */

static char latin_of(gunichar c)
{
    if (c < 0x80 && !g_ascii_isdigit((gchar)c) && c != '|' && c != '$')
        return '\0';
    for (gsize i = 0; i < G_N_ELEMENTS(looks); i++)
        if (looks[i].letter == c)
            return looks[i].latin;
    return '\0';
}

static bool is_left_off(gunichar c)
{
    GUnicodeType t = g_unichar_type(c);

    return t == G_UNICODE_FORMAT || t == G_UNICODE_CONTROL || t == G_UNICODE_NON_SPACING_MARK || t == G_UNICODE_ENCLOSING_MARK ||
           c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0x2800;
}

/* Writes the letter C so that what is commonly confused comes out the same. */
static void put(GString *out, char c)
{
    char last = out->len > 0 ? out->str[out->len - 1] : ' ';

    if (c == 'i' || c == 'j')
        c = 'l';
    if (c == last || (c == 'e' && strchr("aou", last) != NULL))
        return; /* doubled, or an umlaut written out */
    if (c == 'n' && last == 'r')
        out->str[out->len - 1] = 'm';
    else
        g_string_append_c(out, c);
}

static void put_letter(GString *out, gunichar c)
{
    char latin = latin_of(c);
    gunichar lower = g_unichar_tolower(c);

    latin = latin != '\0' ? latin : latin_of(lower);
    if (latin != '\0')
        put(out, latin);
    else if (lower == 0xdf || lower == 0x1e9e)
        put(out, 's');
    else if (lower == 0xe6)
        put(out, 'a');
    else if (lower == 0x153)
        put(out, 'o');
    else if (lower < 0x80)
        put(out, (char)lower);
    else
        g_string_append_unichar(out, lower);
}

/* Plain letters need no table and no normal form, and most names are nothing else. */
static char *skeleton_of_ascii(const char *text)
{
    GString *out = g_string_sized_new(strlen(text) + 1);
    bool gap = false;

    for (const char *p = text; *p != '\0'; p++) {
        char latin = latin_of((gunichar)*p);
        bool is_seen = g_ascii_isalnum(*p) || latin != '\0';
        if (g_ascii_iscntrl(*p))
            continue;
        if (is_seen && gap && out->len > 0)
            g_string_append_c(out, ' ');
        if (is_seen)
            put(out, latin != '\0' ? latin : g_ascii_tolower(*p));
        gap = !is_seen;
    }
    return g_string_free(out, FALSE);
}

char *name_skeleton(const char *text)
{
    if (g_str_is_ascii(text))
        return skeleton_of_ascii(text);
    g_autofree char *apart = g_utf8_normalize(text, -1, G_NORMALIZE_NFKD);
    GString *out = g_string_new(NULL);
    bool gap = false;

    for (const char *p = apart != NULL ? apart : ""; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (is_left_off(c))
            continue;
        bool is_seen = g_unichar_isalnum(c) || latin_of(c) != '\0';
        if (is_seen && gap && out->len > 0)
            g_string_append_c(out, ' ');
        if (is_seen)
            put_letter(out, c);
        gap = !is_seen;
    }
    return g_string_free(out, FALSE);
}
