/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See body_words.h.
 */
#include "mail/body/body_words.h"

#include "base/hash.h"
#include "base/limits.h"

#include <stdbool.h>
#include <string.h>

word_set *word_set_new(void)
{
    return g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
}

static void add_word(word_set *set, const char *from, const char *to)
{
    if (from < to && g_hash_table_size(set) < LIMIT_FORM_WORDS)
        g_hash_table_add(set, to - from == 1 ? g_strndup(from, 1) : g_utf8_casefold(from, to - from));
}

static bool is_own_word(gunichar c)
{
    return c >= 0x2e80 && g_unichar_iswide(c);
}

/* The words between AT and END, which are of one line. */
static void add_line(word_set *set, const char *at, const char *end)
{
    const char *word = at;
    bool any_close = true; /* a ">" may still come */

    for (const char *next; at < end; at = next) {
        gunichar c = g_utf8_get_char(at);
        next = g_utf8_next_char(at);
        bool is_address = c == '<' && (g_str_has_prefix(next, "http") || g_str_has_prefix(next, "mailto:"));
        if (g_unichar_isalnum(c) && !is_own_word(c))
            continue;
        add_word(set, word, at);
        if (g_unichar_isalnum(c))
            add_word(set, at, next);
        const char *close = is_address && any_close ? memchr(next, '>', (gsize)(end - next)) : NULL;
        any_close = any_close && (!is_address || close != NULL);
        next = close != NULL ? close + 1 : next;
        word = next;
    }
    add_word(set, word, end);
}

void word_set_add(word_set *set, const char *text)
{
    for (const char *line = text, *end; *line != '\0'; line = *end == '\0' ? end : end + 1) {
        end = strchrnul(line, '\n');
        if (line[strspn(line, " \t")] != '>')
            add_line(set, line, end);
    }
}

guint word_set_shared(word_set *a, word_set *b)
{
    GHashTableIter i;
    gpointer word;
    guint n = 0;

    g_hash_table_iter_init(&i, a);
    while (g_hash_table_iter_next(&i, &word, NULL))
        n += g_hash_table_contains(b, word);
    return n;
}

/* The end of an element whose content nobody reads or of a comment, AT if it is none. What is not closed has no end. */
static const char *skip_silent(const char *at)
{
    static const char *const silent[] = {"style", "script", "title"};

    for (guint i = 0; i < G_N_ELEMENTS(silent); i++) {
        gsize n = strlen(silent[i]);
        if (g_ascii_strncasecmp(at + 1, silent[i], n) != 0 || g_ascii_isalnum(at[1 + n]))
            continue;
        for (const char *close = strstr(at, "</"); close != NULL; close = strstr(close + 2, "</"))
            if (g_ascii_strncasecmp(close + 2, silent[i], n) == 0)
                return close;
        return at + strlen(at);
    }
    if (!g_str_has_prefix(at, "<!--"))
        return at;
    const char *close = strstr(at, "-->");
    return close != NULL ? close : at + strlen(at);
}

#define ENTITY_BYTES 12 /* "&thetasym;" */

gsize html_letters(const char *html)
{
    gsize n = 0;

    for (const char *at = html; *at != '\0';) {
        if (*at == '<') {
            at = strchrnul(skip_silent(at), '>');
        } else if (*at == '&') {
            gsize entity = 1;
            while (entity < ENTITY_BYTES && (g_ascii_isalnum(at[entity]) || at[entity] == '#'))
                entity++;
            bool is_entity = at[entity] == ';';
            n += is_entity && strncmp(at, "&nbsp", 5) != 0;
            at += is_entity ? entity : 0;
        } else {
            n += !g_ascii_isspace(*at);
        }
        at += *at != '\0';
    }
    return n;
}
