/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The answer to "which one?": "3", "Nr. 3 und 5", "die dritte", "Ich meine die 4, danke", "keine". See portions.h. Every word of the
 * line must be known, or it is no choice: "nicht die 3", "3 oder 5" and "alle" are asked about again.
 */
#include "forum/portions_private.h"

#include <string.h>

#include "forum/command_words.h"

#define MAX_CHOICE_WORDS 12
#define MAX_CHOICE_BYTES 120

/* What may stand around a number and says nothing else. */
static const char *const fillers[] = {
    "ich",    "meine",  "meinte",      "meinen", "wir",    "war",     "waren",   "ist",     "sind",    "das",     "dies",
    "es",     "für",    "fuer",        "die",    "den",    "der",     "dem",     "zu",      "zum",     "zur",     "auf",
    "bei",    "an",     "idee",        "ideen",  "nummer", "nummern", "nr",      "punkt",   "punkte",  "eintrag", "beitrag",
    "thema",  "text",   "antwort",     "bitte",  "danke",  "dank",    "vielen",  "gemeint", "gedacht", "gehört",  "gehoert",
    "gilt",   "und",    "natürlich",   "also",   "ja",     "i",       "mean",    "meant",   "it",      "is",      "was",
    "that",   "this",   "the",         "for",    "to",     "number",  "numbers", "no",      "item",    "idea",    "entry",
    "one",    "please", "thanks",      "thank",  "you",    "and",     "chodzi",  "o",       "numer",   "proszę",  "dziękuję",
    "numara", "lütfen", "teşekkürler", "ve",     "fikir",  "pomysł",  "davon",   "von",     "diesen",  "ihnen",   "gar",
    "beide",  "both",   "of",          "them",   "these",
};

static bool is_one_of(const char *word, const char *const *words, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

/* "dritte", "third", "üçüncü": 3; 0 none. */
static gint64 ordinal(const char *word)
{
    static const char *const stems[][4] = {
        {"erst", "first", "birinci", "pierwsz"},        {"zweit", "second", "ikinci", "drug"},
        {"dritt", "third", "üçüncü", "trzeci"},         {"viert", "fourth", "dördüncü", "czwart"},
        {"fünft", "fifth", "beşinci", "piąt"},          {"sechst", "sixth", "altıncı", "szóst"},
        {"siebt", "seventh", "yedinci", "siódm"},       {"acht", "eighth", "sekizinci", "ósm"},
        {"neunt", "ninth", "dokuzuncu", "dziewiąt"},    {"zehnt", "tenth", "onuncu", "dziesiąt"},
        {"elft", "eleventh", "on birinci", "jedenast"}, {"zwölft", "twelfth", "on ikinci", "dwunast"},
    };
    static const char *const endings[] = {"", "e", "er", "es", "en", "em", "a", "y", "ą", "ej"};

    for (gsize i = 0; i < G_N_ELEMENTS(stems); i++)
        for (gsize k = 0; k < G_N_ELEMENTS(stems[i]); k++) {
            gsize n = strlen(stems[i][k]);
            if (strncmp(word, stems[i][k], n) == 0 && is_one_of(word + n, endings, G_N_ELEMENTS(endings)))
                return (gint64)i + 1;
        }
    return 0;
}

/* "3", "drei", "dritte"; 0 none. */
static gint64 number_in(const char *word)
{
    static const char *const cardinals[][2] = {{"eins", ""},     {"zwei", "two"},  {"drei", "three"},   {"vier", "four"},
                                               {"fünf", "five"}, {"sechs", "six"}, {"sieben", "seven"}, {"acht", "eight"},
                                               {"neun", "nine"}, {"zehn", "ten"},  {"elf", "eleven"},   {"zwölf", "twelve"}};
    gsize n = strspn(word, "0123456789");

    if (*word == '\0')
        return 0;
    if (n > 0)
        return word[n] == '\0' && n <= 6 ? g_ascii_strtoll(word, NULL, 10) : 0;
    for (gsize i = 0; i < G_N_ELEMENTS(cardinals); i++)
        if (strcmp(word, cardinals[i][0]) == 0 || strcmp(word, cardinals[i][1]) == 0)
            return (gint64)i + 1;
    return ordinal(word);
}

/* The words of LINE, folded, without signs. g_strfreev() */
static char **words_of(const char *line)
{
    g_autofree char *folded = g_utf8_casefold(line, -1);

    g_strdelimit(folded, "#.,;:!()[]*_>\"'\t&+/", ' ');
    return g_strsplit(folded, " ", -1);
}

/* "keine", "gar keine davon" */
static bool is_none(const char *line)
{
    static const char *const nones[] = {"keine", "keiner", "keins", "keinen", "none", "hiçbiri", "żaden"};
    g_auto(GStrv) words = words_of(line);
    guint n = 0;

    for (char **w = words; *w != NULL; w++) {
        bool is_it = is_one_of(*w, nones, G_N_ELEMENTS(nones));
        if (!is_it && **w != '\0' && !is_one_of(*w, fillers, G_N_ELEMENTS(fillers)))
            return false;
        n += is_it;
    }
    return n == 1;
}

static bool read_title(const char *line, const struct portions_entry *entries, guint n_entries, struct name *out)
{
    gint found = names_title(line, entries, n_entries);
    guint which = (guint)MAX(found, 0);

    if (found < 0)
        return false;
    *out = (struct name){.entries = g_array_new(FALSE, FALSE, sizeof(guint))};
    g_array_append_val(out->entries, which);
    return true;
}

/* The numbers among words that say nothing else. False: another word is there, or no number. */
static bool read_loosely(const char *line, const struct portions_entry *entries, guint n_entries, struct name *out)
{
    g_auto(GStrv) words = words_of(line);

    *out = (struct name){.entries = g_array_new(FALSE, FALSE, sizeof(guint))};
    for (char **w = words; *w != NULL && !out->is_unknown; w++) {
        bool is_last = strncmp(*w, "letzte", 6) == 0 || strcmp(*w, "last") == 0;
        gint64 number = is_last && n_entries > 0 ? (gint64)entries[n_entries - 1].number : number_in(*w);
        gint entry = number > 0 ? names_entry(entries, n_entries, number) : -1;
        guint which = (guint)MAX(entry, 0);
        out->is_unknown = number > 0 ? entry < 0 : **w != '\0' && !is_one_of(*w, fillers, G_N_ELEMENTS(fillers));
        if (entry >= 0)
            g_array_append_val(out->entries, which);
    }
    if (!out->is_unknown && out->entries->len > 0 && g_strv_length(words) <= MAX_CHOICE_WORDS)
        return true;
    g_clear_pointer(&out->entries, g_array_unref);
    return false;
}

/* "Viele Grüße", and a name below it. */
static bool is_closing(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    bool found = false;

    for (char **l = lines; *l != NULL; l++) {
        if (*g_strstrip(*l) == '\0')
            continue;
        g_auto(GStrv) words_in = g_strsplit(*l, " ", -1);
        if (command_words_formula(*l) == FORMULA_CLOSING)
            found = true;
        else if (!found || g_strv_length(words_in) > MAX_NAME_WORDS)
            return false;
    }
    return found;
}

static void add_each_once(GArray *all, const GArray *entries)
{
    for (guint i = 0; i < entries->len; i++) {
        bool is_there = false;
        for (guint k = 0; k < all->len; k++)
            is_there |= g_array_index(all, guint, k) == g_array_index(entries, guint, i);
        if (!is_there)
            g_array_append_val(all, g_array_index(entries, guint, i));
    }
}

/* Behind a greeting of its own line. */
static const char *behind_greeting(const char *text)
{
    const char *p = text + strspn(text, " \t\r\n");
    gsize n = strcspn(p, "\n");
    g_autofree char *line = g_strstrip(g_strndup(p, n));

    return command_words_formula(line) == FORMULA_GREETING ? p + n + strspn(p + n, " \t\r\n") : p;
}

enum chosen portions_choose(const char *text, const struct portions_entry *entries, guint n_entries, GArray **entries_out,
                            char **beside_out)
{
    const char *p = behind_greeting(text);
    gsize len = strcspn(p, "\n");
    g_autofree char *line = g_strndup(p, len), *beside = g_strstrip(g_strdup(p + len));
    bool has_colon = false, is_said = *beside != '\0' && !is_closing(beside);
    struct name name = {0};

    *beside_out = NULL;
    *entries_out = g_array_new(FALSE, FALSE, sizeof(guint));
    g_strstrip(g_strdelimit(line, "*_>.!", ' '));
    if (len > MAX_CHOICE_BYTES)
        return CHOSEN_NOTHING;
    if (is_none(line)) /* with words below it, what they mean is not known: asked again, nothing is dropped */
        return is_said ? CHOSEN_NOTHING : CHOSEN_NONE;
    for (char *c = line; *c != '\0'; c++) /* "3 5" */
        if (*c == ' ' && c > line && g_ascii_isdigit(c[-1]) && g_ascii_isdigit(c[1]))
            *c = ',';
    if (!names_read_whole(line, entries, n_entries, &has_colon, &name) && !read_loosely(line, entries, n_entries, &name) &&
        !read_title(line, entries, n_entries, &name))
        return CHOSEN_NOTHING;
    if (name.is_unknown || (is_said && has_colon)) {
        g_clear_pointer(&name.entries, g_array_unref);
        return CHOSEN_NOTHING;
    }
    *beside_out = is_said ? g_steal_pointer(&beside) : NULL;
    add_each_once(*entries_out, name.entries);
    g_array_unref(name.entries);
    return CHOSEN_ENTRIES;
}
