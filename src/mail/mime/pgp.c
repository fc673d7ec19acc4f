/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See pgp.h.
 */
#include "mail/mime/pgp.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static bool is_line(const char *line, gsize n, const char *word)
{
    while (n > 0 && g_ascii_isspace(line[n - 1]))
        n--;
    return n == strlen(word) && memcmp(line, word, n) == 0;
}

static bool begins(const char *line, gsize n, const char *word)
{
    return n >= strlen(word) && memcmp(line, word, strlen(word)) == 0;
}

enum place { PLACE_TEXT, PLACE_HASH, PLACE_SIGNED, PLACE_ARMOUR };

/* What the line is part of, seen from the line before; *IS_TEXT_OUT if it is to be read. */
static enum place step(enum place place, const char *line, gsize n, bool *is_text_out)
{
    *is_text_out = false;
    if (place == PLACE_ARMOUR)
        return begins(line, n, "-----END PGP ") ? PLACE_TEXT : PLACE_ARMOUR;
    if (is_line(line, n, "-----BEGIN PGP SIGNED MESSAGE-----"))
        return PLACE_HASH;
    if (begins(line, n, "-----BEGIN PGP "))
        return PLACE_ARMOUR;
    if (place == PLACE_HASH)
        return is_line(line, n, "") ? PLACE_SIGNED : PLACE_HASH;
    *is_text_out = true;
    return place;
}

static guint n_words(const char *text, gsize n_bytes)
{
    guint n = 0;
    bool in_word = false;

    for (const char *end = text + n_bytes; text < end && *text != '\0'; text++) {
        n += !in_word && !g_ascii_isspace(*text);
        in_word = !g_ascii_isspace(*text);
    }
    return n;
}

#define PGP_BEGIN    "-----BEGIN PGP MESSAGE-----"
#define PGP_END      "-----END PGP MESSAGE-----"
#define WORDS_BESIDE 40 /* of a greeting, or of the foot of a list */

bool pgp_is_message(const char *text)
{
    const char *start = text + strspn(text, " \t\n");
    bool is_start = g_str_has_prefix(start, PGP_BEGIN);
    const char *begin = is_start ? start : strstr(text, "\n" PGP_BEGIN);

    if (begin == NULL)
        return false;
    const char *end = strstr(begin, "\n" PGP_END);
    const char *rest = end != NULL ? end + strlen("\n" PGP_END) : "";
    return is_start || n_words(text, (gsize)(begin - text)) + n_words(rest, strlen(rest)) <= WORDS_BESIDE;
}

char *pgp_unwrap(char *text)
{
    if (strstr(text, "-----BEGIN PGP ") == NULL || pgp_is_message(text))
        return text;
    GString *out = g_string_sized_new(strlen(text));
    enum place place = PLACE_TEXT;
    for (const char *line = text, *next; *line != '\0'; line = next) {
        const char *end = strchrnul(line, '\n');
        bool is_text;
        next = *end == '\n' ? end + 1 : end;
        place = step(place, line, (gsize)(end - line), &is_text);
        if (is_text && place == PLACE_SIGNED && begins(line, (gsize)(end - line), "- "))
            line += 2;
        if (is_text)
            g_string_append_len(out, line, next - line);
    }
    g_free(text);
    return g_string_free(out, FALSE);
}
