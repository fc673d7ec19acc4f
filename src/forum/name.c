/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Public names; see name.h.
 */
#include "forum/name.h"

#include "base/limits.h"

#include <string.h>

#define MAX_MARKS   2 /* in a row; more are a tower, no letter */
#define MAX_DIGITS  5 /* more are a telephone number */
#define SPELLED     4 /* letters that stand apart */
#define LONG_WORD   8 /* letters of a word that is no accident where it runs across others */
#define WHOLE_CHARS 5 /* a protected word as short as this must be the whole name */

/* What an office, the moderation or the program itself would be called, in the languages of our mails and of those who
 * write to us; may stand nowhere in a name. */
static const char *const built_in[] = {
    "Ministerium",     "Minister",         "Ministry",       "Staatskanzlei",    "Landesregierung",
    "Bundesregierung", "Moderation",       "Moderator",      "Moderatorin",      "Redaktion",
    "Editorial",       "Geschäftsstelle",  "Forum",          "Forumpost",        "Offiziell",
    "Official",        "Administrator",    "Administration", "Chancellery",      "Bakanlık",
    "Moderatör",       "Ministerstwo",     "Moderacja",      "Redakcja",         "Land NRW",
    "Landtag",         "Bezirksregierung", "Staatssekretär", "Regierungsbezirk", "Министерство",
    "Міністерство",    "Модератор",        "Форум",          "Администрация",    "Редакция",
};

/* Signs that a name may hold beside letters, digits and marks. */
static bool is_sign_of_names(gunichar c)
{
    return c == ' ' || c == 0xa0 || c == '+' || c == '`' || c == 0xb4;
}

static bool has_odd_signs(const char *name)
{
    guint n_marks = 0;

    for (const char *p = name; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        bool is_filler = c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || c == 0x2800 || c == 0x34f ||
                         (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
        n_marks = g_unichar_ismark(c) ? n_marks + 1 : 0;
        bool is_common = g_unichar_isalnum(c) || g_unichar_ismark(c) || g_unichar_ispunct(c) || is_sign_of_names(c);
        bool is_symbol = !is_sign_of_names(c) &&
                         (g_unichar_type(c) == G_UNICODE_MATH_SYMBOL || g_unichar_type(c) == G_UNICODE_OTHER_SYMBOL ||
                          g_unichar_type(c) == G_UNICODE_CURRENCY_SYMBOL || g_unichar_type(c) == G_UNICODE_MODIFIER_SYMBOL);
        if (is_filler || is_symbol || !is_common || n_marks > MAX_MARKS)
            return true;
    }
    return false;
}

/* Scripts in which names are written today (Unicode Standard Annex 31, table 5). */
static bool is_living(GUnicodeScript s)
{
    static const GUnicodeScript living[] = {
        G_UNICODE_SCRIPT_LATIN,   G_UNICODE_SCRIPT_GREEK,    G_UNICODE_SCRIPT_CYRILLIC, G_UNICODE_SCRIPT_ARMENIAN,
        G_UNICODE_SCRIPT_HEBREW,  G_UNICODE_SCRIPT_ARABIC,   G_UNICODE_SCRIPT_THAANA,   G_UNICODE_SCRIPT_DEVANAGARI,
        G_UNICODE_SCRIPT_BENGALI, G_UNICODE_SCRIPT_GURMUKHI, G_UNICODE_SCRIPT_GUJARATI, G_UNICODE_SCRIPT_ORIYA,
        G_UNICODE_SCRIPT_TAMIL,   G_UNICODE_SCRIPT_TELUGU,   G_UNICODE_SCRIPT_KANNADA,  G_UNICODE_SCRIPT_MALAYALAM,
        G_UNICODE_SCRIPT_SINHALA, G_UNICODE_SCRIPT_THAI,     G_UNICODE_SCRIPT_LAO,      G_UNICODE_SCRIPT_TIBETAN,
        G_UNICODE_SCRIPT_MYANMAR, G_UNICODE_SCRIPT_GEORGIAN, G_UNICODE_SCRIPT_HANGUL,   G_UNICODE_SCRIPT_ETHIOPIC,
        G_UNICODE_SCRIPT_KHMER,   G_UNICODE_SCRIPT_HIRAGANA, G_UNICODE_SCRIPT_KATAKANA, G_UNICODE_SCRIPT_BOPOMOFO,
        G_UNICODE_SCRIPT_HAN,
    };

    for (gsize i = 0; i < G_N_ELEMENTS(living); i++)
        if (living[i] == s)
            return true;
    return false;
}

/* Scripts that are written together in East Asia, where also Latin letters stand between. */
static bool is_east_asian(GUnicodeScript s)
{
    return s == G_UNICODE_SCRIPT_HAN || s == G_UNICODE_SCRIPT_HIRAGANA || s == G_UNICODE_SCRIPT_KATAKANA ||
           s == G_UNICODE_SCRIPT_BOPOMOFO || s == G_UNICODE_SCRIPT_HANGUL;
}

static bool go_together(GUnicodeScript a, GUnicodeScript b)
{
    return a == b || (is_east_asian(a) && is_east_asian(b)) || (is_east_asian(a) && b == G_UNICODE_SCRIPT_LATIN) ||
           (a == G_UNICODE_SCRIPT_LATIN && is_east_asian(b));
}

static bool is_mixed(const char *name)
{
    g_autofree char *plain = g_utf8_normalize(name, -1, G_NORMALIZE_NFKC);
    GUnicodeScript first = G_UNICODE_SCRIPT_COMMON;

    for (const char *p = plain; *p != '\0'; p = g_utf8_next_char(p)) {
        GUnicodeScript s = g_unichar_get_script(g_utf8_get_char(p));
        if (s == G_UNICODE_SCRIPT_COMMON || s == G_UNICODE_SCRIPT_INHERITED)
            continue;
        if (!is_living(s) || (first != G_UNICODE_SCRIPT_COMMON && !go_together(first, s)))
            return true;
        first = first == G_UNICODE_SCRIPT_COMMON || first == G_UNICODE_SCRIPT_LATIN ? s : first;
    }
    return false;
}

static bool has_address(const char *name)
{
    g_autofree char *lower = g_utf8_strdown(name, -1);
    guint n_digits = 0;

    for (const char *p = lower; *p != '\0'; p = g_utf8_next_char(p))
        n_digits += g_unichar_isdigit(g_utf8_get_char(p));
    return strchr(lower, '@') != NULL || strstr(lower, "://") != NULL || strstr(lower, "www.") != NULL || n_digits > MAX_DIGITS;
}

static bool has_letter(const char *name)
{
    for (const char *p = name; *p != '\0'; p = g_utf8_next_char(p))
        if (g_unichar_isalpha(g_utf8_get_char(p)))
            return true;
    return false;
}

enum name_fault name_form(const char *name)
{
    if (g_utf8_strlen(name, -1) > LIMIT_GIVEN_NAME_CHARS)
        return NAME_LONG;
    if (has_address(name))
        return NAME_ADDRESS;
    if (has_odd_signs(name) || !has_letter(name))
        return NAME_SIGNS;
    return is_mixed(name) ? NAME_MIXED : NAME_FINE;
}

static char *squeeze(const char *skeleton)
{
    g_auto(GStrv) words = g_strsplit(skeleton, " ", -1);

    return g_strjoinv("", words);
}

/* A title's short form: "Neue Mobilität – wie ...", "Staatskanzlei (Demo)". */
static char *short_form(const char *phrase)
{
    static const char *const ends[] = {" \u2013 ", " - ", " (", ": "};
    gsize n = strlen(phrase);

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        const char *end = strstr(phrase, ends[i]);
        if (end != NULL && (gsize)(end - phrase) < n)
            n = (gsize)(end - phrase);
    }
    return g_strndup(phrase, n);
}

/* Does WORD, a built-in one, stand in a name? Across words only from the beginning of one or to the end of one: "Staats kanzlei",
 * but not "Rolf O. Rummel". */
static bool stands_in(const char *skeleton, const char *squeezed, const char *word)
{
    gsize n = strlen(word);

    if (strstr(skeleton, word) != NULL)
        return true;
    for (const char *at = strstr(squeezed, word); at != NULL; at = strstr(at + 1, word)) {
        gsize from = (gsize)(at - squeezed), place = 0;
        bool begins = from == 0, ends = squeezed[from + n] == '\0';
        for (const char *p = skeleton; *p != '\0'; p++) {
            if (*p == ' ') {
                begins |= place == from;
                ends |= place == from + n;
            } else {
                place++;
            }
        }
        if (begins && (ends || n >= LONG_WORD))
            return true;
        if (ends && n >= LONG_WORD)
            return true;
    }
    return false;
}

/* "S t a a t s k a n z l e i": most words are letters. The letters as one word, drawn anew; NULL it is no such name. Caller frees. */
static char *spelled_out(const char *skeleton, const char *squeezed)
{
    g_auto(GStrv) words = g_strsplit(skeleton, " ", -1);
    guint n_letters = 0;

    for (char **w = words; *w != NULL; w++)
        n_letters += g_utf8_strlen(*w, -1) == 1;
    return n_letters >= SPELLED && 2 * n_letters > g_strv_length(words) ? name_skeleton(squeezed) : NULL;
}

/* The built-in words as they are compared; once (see forum/mark.c). */
static char *const *built_in_runs(void)
{
    char **runs = g_dataset_get_data(built_in, "runs");

    if (runs != NULL)
        return runs;
    runs = g_new0(char *, G_N_ELEMENTS(built_in));
    for (gsize i = 0; i < G_N_ELEMENTS(built_in); i++) {
        g_autofree char *word = name_skeleton(built_in[i]);
        runs[i] = squeeze(word);
    }
    g_dataset_set_data(built_in, "runs", runs);
    return runs;
}

/* Most phrases are passed over by their length or their first letter: what is drawn is not half as short as what is written. */
static bool may_stand_in(const char *squeezed, const char *phrase)
{
    gsize n = strlen(squeezed);
    char first = g_ascii_tolower(*phrase);

    if (n == 0 || (gsize)g_utf8_strlen(phrase, -1) > 2 * n + 2)
        return false;
    return !g_ascii_isalpha(*phrase) || strchr(squeezed, first == 'i' || first == 'j' ? 'l' : first) != NULL || first == 'r';
}

/* A name that is compared with many others, or a part of it. */
struct known {
    char *written, *skeleton, *squeezed;
    bool is_whole; /* only the whole name is protected */
};

struct name_list {
    GArray *all; /* struct known */
};

static void known_clear(gpointer data)
{
    struct known *k = data;

    g_free(k->written);
    g_free(k->skeleton);
    g_free(k->squeezed);
}

static void add_known(struct name_list *list, const char *name)
{
    struct known k = {.written = g_strdup(name), .skeleton = name_skeleton(name)};

    k.squeezed = squeeze(k.skeleton);
    k.is_whole = g_utf8_strlen(name, -1) <= WHOLE_CHARS;
    g_array_append_val(list->all, k);
}

struct name_list *name_list_new(void)
{
    struct name_list *list = g_new0(struct name_list, 1);

    list->all = g_array_new(FALSE, FALSE, sizeof(struct known));
    g_array_set_clear_func(list->all, known_clear);
    return list;
}

void name_list_add(struct name_list *list, const char *name)
{
    g_autofree char *part = short_form(name);

    add_known(list, name);
    if (strcmp(part, name) != 0)
        add_known(list, part);
}

void name_list_free(struct name_list *list)
{
    if (list == NULL)
        return;
    g_array_unref(list->all);
    g_free(list);
}

static bool stands_as_words(const char *skeleton, const char *words)
{
    gsize n = strlen(words);

    for (const char *at = strstr(skeleton, words); at != NULL; at = strstr(at + 1, words))
        if ((at == skeleton || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
            return true;
    return false;
}

/* The SKELETON of a name: does K stand in it, whole words or run together? */
static bool says(const char *skeleton, const char *squeezed, const struct known *k)
{
    if (*k->skeleton == '\0' || !may_stand_in(squeezed, k->written))
        return false;
    if (k->is_whole)
        return strcmp(skeleton, k->skeleton) == 0;
    return stands_as_words(skeleton, k->skeleton) || (strchr(k->skeleton, ' ') != NULL && strstr(squeezed, k->squeezed) != NULL);
}

bool name_list_protects(const struct name_list *list, const char *name)
{
    g_autofree char *skeleton = name_skeleton(name);
    g_autofree char *squeezed = squeeze(skeleton), *spelled = spelled_out(skeleton, squeezed);
    char *const *runs = built_in_runs();

    for (gsize i = 0; i < G_N_ELEMENTS(built_in); i++)
        if (stands_in(skeleton, squeezed, runs[i]) || (spelled != NULL && strstr(spelled, runs[i]) != NULL))
            return true;
    for (guint i = 0; i < list->all->len; i++)
        if (says(skeleton, squeezed, &g_array_index(list->all, struct known, i)))
            return true;
    return false;
}

bool name_is_protected(const char *name, const char *const *protected_names)
{
    struct name_list *list = name_list_new();

    for (const char *const *p = protected_names; p != NULL && *p != NULL; p++)
        name_list_add(list, *p);
    bool is_protected = name_list_protects(list, name);
    name_list_free(list);
    return is_protected;
}

enum name_fault name_examine(const char *name, const char *const *protected_names)
{
    enum name_fault fault = name_form(name);

    return fault != NAME_FINE ? fault : name_is_protected(name, protected_names) ? NAME_PROTECTED : NAME_FINE;
}

bool name_turns(const char *name)
{
    for (const char *p = name; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
            return true;
    }
    return false;
}

char *name_run(const char *name)
{
    g_autofree char *skeleton = name_skeleton(name);

    return squeeze(skeleton);
}

bool name_is_like(const char *a, const char *b)
{
    g_autofree char *run_a = name_run(a), *run_b = name_run(b);

    return *run_a != '\0' && strcmp(run_a, run_b) == 0;
}
