/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words and phrases of a search; see find.h.
 */
#include "forum/find.h"

#include "base/limits.h"
#include "forum/fold.h"

#include <string.h>

#define FIND_PREFIX 3

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

/* ---- One word in all its forms */
/* Is it letters and digits alone? Others are looked for as they are typed. */
static bool is_word(const char *text)
{
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c))
        if (!g_unichar_isalnum(g_utf8_get_char(c)))
            return false;
    return *text != '\0';
}

/* WORD (lower case) without its ending, in German and mostly in English; the letters before it tell what it is about. Endings as the
 * Snowball stemmer for German has them in its first step, and that of women in the plural. */
static char *stem_of(const char *word)
{
    static const char *const endings[] = {"innen", "ern", "em", "en", "er", "es", "e"};
    gsize n = strlen(word);

    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
        gsize n_ending = strlen(endings[i]);
        if (g_str_has_suffix(word, endings[i]) && g_utf8_strlen(word, (gssize)(n - n_ending)) >= FIND_PREFIX)
            return g_strndup(word, n - n_ending);
    }
    bool has_s = n > FIND_PREFIX && word[n - 1] == 's' && strchr("bdfghklmnrt", word[n - 2]) != NULL;
    return g_strndup(word, n - (has_s && g_utf8_strlen(word, (gssize)n - 1) >= FIND_PREFIX));
}

static char *replace_all(const char *text, const char *from, const char *to)
{
    g_auto(GStrv) parts = g_strsplit(text, from, -1);

    return g_strjoinv(to, parts);
}

static void add_once(GPtrArray *forms, char *form)
{
    if (g_ptr_array_find_with_equal_func(forms, form, g_str_equal, NULL))
        g_free(form);
    else
        g_ptr_array_add(forms, form);
}

/* WORD as it may be written elsewhere: the index knows ä as a, and ß as itself. */
static GPtrArray *spellings(const char *word)
{
    static const char *const other[][2] = {{"ae", "a"}, {"oe", "o"}, {"ue", "u"}, {"ss", "ß"}, {"ß", "ss"}};
    GPtrArray *forms = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(forms, g_strdup(word));
    for (gsize i = 0; i < G_N_ELEMENTS(other); i++)
        for (guint k = 0, n = forms->len; k < n; k++)
            if (strstr(forms->pdata[k], other[i][0]) != NULL)
                add_once(forms, replace_all(forms->pdata[k], other[i][0], other[i][1]));
    return forms;
}

static void append_form(GString *out, const char *form, bool is_prefix)
{
    g_string_append_printf(out, "%s\"%s\"%s", out->len > 0 && out->str[out->len - 1] != '(' ? " OR " : "", form,
                           is_prefix ? "*" : "");
}

/* WORD as it is and with each of its endings, as whole words. */
static char *endings_of(const char *word)
{
    static const char *const endings[] = {"", "e", "en", "em", "er", "ern", "es", "s", "n", "innen"};
    g_autofree char *lower = g_utf8_strdown(word, -1), *stem = stem_of(lower);
    g_autoptr(GPtrArray) forms = spellings(lower), stems = spellings(stem);
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < stems->len; i++)
        for (gsize k = 0; k < G_N_ELEMENTS(endings); k++)
            add_once(forms, g_strconcat(stems->pdata[i], endings[k], NULL));
    for (guint i = 0; i < forms->len; i++)
        append_form(out, forms->pdata[i], false);
    return g_string_free(out, FALSE);
}

/* A long stem as the beginning of words; a short one (Orte: Ort) would begin too many, so it is one word of its own. */
static char *forms_of(const char *word)
{
    g_autofree char *lower = g_utf8_strdown(word, -1), *stem = stem_of(lower);
    g_autoptr(GPtrArray) forms = NULL, short_ones = NULL;
    bool is_long = g_utf8_strlen(stem, -1) > FIND_PREFIX;
    GString *out = g_string_new(NULL);

    forms = spellings(is_long ? stem : lower);
    for (guint i = 0; i < forms->len; i++)
        append_form(out, forms->pdata[i], g_utf8_strlen(forms->pdata[i], -1) >= FIND_PREFIX);
    if (!is_long && strcmp(stem, lower) != 0)
        append_form(out, stem, false);
    return g_string_free(out, FALSE);
}

static char *expression_of(const char *words, bool are_whole)
{
    g_autoptr(GPtrArray) terms = terms_of(words);
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < terms->len; i++) {
        const struct term *term = terms->pdata[i];
        bool is_prefix = !are_whole && !term->is_phrase && g_utf8_strlen(term->text, -1) >= FIND_PREFIX;
        bool has_forms = !term->is_phrase && is_word(term->text);
        g_autofree char *forms = !has_forms ? NULL : are_whole ? endings_of(term->text) : forms_of(term->text);
        bool is_choice = forms != NULL && strstr(forms, " OR ") != NULL;
        /* Every quotation mark ended a term, so none is left inside. */
        g_string_append(out, i > 0 ? " AND " : "");
        if (forms != NULL)
            g_string_append_printf(out, is_choice ? "(%s)" : "%s", forms);
        else
            g_string_append_printf(out, "\"%s\"%s", term->text, is_prefix ? "*" : "");
    }
    return out->len > 0 ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}

char *find_expression(const char *words)
{
    return expression_of(words, false);
}

char *find_whole(const char *words)
{
    return expression_of(words, true);
}

/* ---- Titles */
/* A word as a title has it, folded: one that is shorter than the pieces of the index with the blank before it. */
static char *within_title(const char *form)
{
    g_autofree char *folded = fold_words(form);
    glong n = g_utf8_strlen(folded, -1);

    return n >= FIND_PREFIX ? g_steal_pointer(&folded) : g_strdup_printf(n == 1 ? " %s " : " %s", folded);
}

/* What a title must hold for TERM, without the ending of a word. Folded, so without any sign. */
static GPtrArray *in_titles(const struct term *term)
{
    g_autofree char *lower = g_utf8_strdown(term->text, -1),
                    *stem = !term->is_phrase && is_word(lower) ? stem_of(lower) : g_strdup(lower);
    g_autoptr(GPtrArray) written = spellings(stem);
    GPtrArray *forms = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < written->len; i++) {
        g_autofree char *form = within_title(written->pdata[i]);
        if (strcmp(form, " ") != 0)
            add_once(forms, g_steal_pointer(&form));
    }
    return forms;
}

char *find_title_words(const char *title)
{
    g_autofree char *folded = fold_words(title);

    return g_strconcat(" ", folded, " ", NULL);
}

char *find_titles(const char *words)
{
    g_autoptr(GPtrArray) terms = terms_of(words);
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < terms->len; i++) {
        g_autoptr(GPtrArray) forms = in_titles(terms->pdata[i]);
        if (forms->len == 0)
            return NULL;
        g_string_append(out, i > 0 ? " AND (" : "(");
        for (guint k = 0; k < forms->len; k++)
            append_form(out, forms->pdata[k], false);
        g_string_append_c(out, ')');
    }
    return out->len > 0 ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}

bool find_is_in_title(const char *words, const char *title)
{
    g_autoptr(GPtrArray) terms = terms_of(words);
    g_autofree char *whole = find_title_words(title);

    for (guint i = 0; i < terms->len; i++) {
        g_autoptr(GPtrArray) forms = in_titles(terms->pdata[i]);
        bool is_there = false;
        for (guint k = 0; k < forms->len && !is_there; k++)
            is_there = strstr(whole, forms->pdata[k]) != NULL;
        if (!is_there)
            return false;
    }
    return terms->len > 0;
}
