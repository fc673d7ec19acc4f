/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words and phrases of a search; see find.h.
 */
#include "forum/find.h"

#include "base/hash.h"
#include "base/limits.h"

#include <string.h>

#define FIND_PREFIX   3
#define TELLING_CHARS 5 /* shorter words stand in every text */

struct term {
    char *text;
    bool is_phrase;
};

static void term_free(void *data)
{
    struct term *term = data;

    g_free(term->text);
    g_free(term);
}

static bool has_word(const char *text)
{
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c))
        if (g_unichar_isalnum(g_utf8_get_char(c)))
            return true;
    return false;
}

static bool is_quote(gunichar c)
{
    return c == '"' || c == 0x201E || c == 0x201C || c == 0x201D || c == 0x00AB || c == 0x00BB;
}

static void take(GPtrArray *terms, GString *text, bool is_phrase)
{
    if (terms->len < LIMIT_FIND_WORDS && has_word(text->str)) {
        struct term *term = g_new(struct term, 1);
        term->text = g_strdup(g_strstrip(text->str));
        term->is_phrase = is_phrase;
        g_ptr_array_add(terms, term);
    }
    g_string_truncate(text, 0);
}

/* WORDS: valid UTF-8. A quotation mark that nobody closes ends with the text. */
static GPtrArray *terms_of(const char *words)
{
    GPtrArray *terms = g_ptr_array_new_with_free_func(term_free);
    g_autoptr(GString) text = g_string_new(NULL);
    bool is_phrase = false;

    for (const char *at = words; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (is_quote(c)) {
            take(terms, text, is_phrase);
            is_phrase = !is_phrase;
        } else if (!is_phrase && g_unichar_isspace(c)) {
            take(terms, text, false);
        } else {
            g_string_append_unichar(text, c);
        }
    }
    take(terms, text, is_phrase);
    return terms;
}

char *find_expression(const char *words)
{
    g_autoptr(GPtrArray) terms = terms_of(words);
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < terms->len; i++) {
        const struct term *term = terms->pdata[i];
        bool is_prefix = !term->is_phrase && g_utf8_strlen(term->text, -1) >= FIND_PREFIX;
        /* Every quotation mark ended a term, so none is left inside. */
        g_string_append_printf(out, "%s\"%s\"%s", i > 0 ? " AND " : "", term->text, is_prefix ? "*" : "");
    }
    return out->len > 0 ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}

char *find_title_pattern(const char *words)
{
    g_autoptr(GPtrArray) terms = terms_of(words);
    GString *out = g_string_new("%");

    if (terms->len > 0) {
        const char *text = ((const struct term *)terms->pdata[0])->text;
        for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c))
            /* SQLite knows the case of ASCII alone. */
            g_string_append_c(out, g_ascii_isalnum(*c) ? *c : '_');
        g_string_append_c(out, '%');
    }
    return g_string_free(out, FALSE);
}

bool find_is_in_title(const char *words, const char *title)
{
    g_autoptr(GPtrArray) terms = terms_of(words);
    g_autofree char *folded = g_utf8_casefold(title, -1);

    for (guint i = 0; i < terms->len; i++) {
        g_autofree char *term = g_utf8_casefold(((const struct term *)terms->pdata[i])->text, -1);
        if (strstr(folded, term) == NULL)
            return false;
    }
    return terms->len > 0;
}

/* ---- What is like it */
static gint by_length(gconstpointer a, gconstpointer b)
{
    const char *one = *(const char *const *)a, *other = *(const char *const *)b;
    glong difference = g_utf8_strlen(other, -1) - g_utf8_strlen(one, -1);

    return difference != 0 ? (difference > 0 ? 1 : -1) : strcmp(one, other);
}

/* The MOST longest words of TEXT that OUT has not yet. */
static void add_telling(GString *out, GHashTable *seen, const char *text, guint most)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *folded = g_utf8_casefold(text, -1);

    for (const char *at = folded; *at != '\0';) {
        const char *begin = at;
        while (*at != '\0' && g_unichar_isalnum(g_utf8_get_char(at)))
            at = g_utf8_next_char(at);
        if (g_utf8_strlen(begin, at - begin) >= TELLING_CHARS)
            g_ptr_array_add(words, g_strndup(begin, (gsize)(at - begin)));
        if (*at != '\0')
            at = g_utf8_next_char(at);
    }
    g_ptr_array_sort(words, by_length);
    for (guint i = 0; i < words->len && most > 0; i++) {
        if (!g_hash_table_add(seen, g_strdup(words->pdata[i])))
            continue;
        g_string_append_printf(out, "%s\"%s\"", out->len > 0 ? " OR " : "", (const char *)words->pdata[i]);
        most--;
    }
}

char *find_similar(const char *title, const char *text)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    g_autoptr(GString) out = g_string_new(NULL);

    add_telling(out, seen, title, LIMIT_FIND_WORDS);
    add_telling(out, seen, text, LIMIT_FIND_WORDS);
    return out->len > 0 ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}
