/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See body_words.h.
 */
#include "mail/body/body_words.h"

#include "base/hash.h"
#include "base/letter.h"
#include "base/limits.h"

#include <stdbool.h>
#include <string.h>

#define FIRST_SLOTS 256 /* a power of 2, as every number of slots */
#define WORD_BYTES  64  /* of a word; what is longer begins the same */

struct word_set {
    guint64 *slots; /* 0: free. At most half of them are taken */
    guint n, n_slots;
};

word_set *word_set_new(void)
{
    word_set *set = g_new0(word_set, 1);

    set->n_slots = FIRST_SLOTS;
    set->slots = g_new0(guint64, set->n_slots);
    return set;
}

void word_set_free(word_set *set)
{
    g_free(set->slots);
    g_free(set);
}

guint word_set_size(const word_set *set)
{
    return set->n;
}

/* Where HASH is, or may be put. */
static guint64 *slot_of(const word_set *set, guint64 hash)
{
    guint i = (guint)hash & (set->n_slots - 1);

    while (set->slots[i] != 0 && set->slots[i] != hash)
        i = (i + 1) & (set->n_slots - 1);
    return &set->slots[i];
}

static void grow(word_set *set)
{
    word_set larger = {.n = set->n, .n_slots = 2 * set->n_slots};

    larger.slots = g_new0(guint64, larger.n_slots);
    for (guint i = 0; i < set->n_slots; i++)
        if (set->slots[i] != 0)
            *slot_of(&larger, set->slots[i]) = set->slots[i];
    g_free(set->slots);
    *set = larger;
}

/* Letter by letter in lower case: both forms of a text come through here, so that it need not be the folding of a standard. */
static guint64 hash_folded(const char *from, gsize n)
{
    char folded[WORD_BYTES + 8];
    gsize n_folded = 0;

    for (const char *at = from; at < from + n && n_folded < WORD_BYTES; at = g_utf8_next_char(at)) {
        if ((guchar)*at < 0x80) {
            folded[n_folded++] = letter_lower(*at);
            continue;
        }
        gunichar c = g_unichar_tolower(g_utf8_get_char(at));
        if (c == 0xdf) { /* "ß", in capitals SS */
            folded[n_folded++] = 's';
            c = 's';
        }
        n_folded += (gsize)g_unichar_to_utf8(c == 0x3c2 ? 0x3c3 : c, folded + n_folded); /* the sigma at the end of a word */
    }
    return hash_word(folded, n_folded);
}

static void add_word(word_set *set, const char *from, const char *to)
{
    if (from >= to || set->n >= LIMIT_FORM_WORDS)
        return;
    guint64 hash = hash_folded(from, (gsize)(to - from));
    guint64 *slot = slot_of(set, hash != 0 ? hash : 1);

    if (*slot != 0)
        return;
    *slot = hash != 0 ? hash : 1;
    if (2 * ++set->n > set->n_slots)
        grow(set);
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
        gunichar c = (guchar)*at < 0x80 ? (gunichar)*at : g_utf8_get_char(at);
        next = g_utf8_next_char(at);
        if (c < 0x80 && g_ascii_isalnum((char)c))
            continue;
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

guint word_set_shared(const word_set *a, const word_set *b)
{
    guint n = 0;

    for (guint i = 0; i < a->n_slots; i++)
        n += a->slots[i] != 0 && *slot_of(b, a->slots[i]) != 0;
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
