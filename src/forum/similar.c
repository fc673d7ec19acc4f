/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stems and how many of them two texts share; see similar.h.
 */
#include "forum/similar.h"

#include <math.h>
#include <string.h>

#define TEXT_CHARS    1000 /* of a text that are looked at */
#define WORD_CHARS    40
#define LEAST_LETTERS 4 /* of a stem */
#define PREFIX_BYTES  6
#define LEAST_COMMON  3
#define LEAST_SCORE   0.35

/* Longest first; what is left must still be a word. */
static const char *const endings[] = {
    "lichkeiten", "lichkeit", "ungen", "heiten", "keiten", "lichen", "ischen", "ation", "heit", "keit", "ung", "lich", "isch",
    "ings",       "ing",      "ies",   "ern",    "en",     "er",     "es",     "em",    "ed",   "e",    "n",   "s",    "y",
};

static const char *const empty_words[] = {
    "aber",      "alle",   "allen",   "alles",  "also",    "auch",   "bitte",  "damit",  "danke", "dann",     "dass",   "dazu",
    "dein",      "denn",   "deshalb", "diese",  "diesem",  "diesen", "dieser", "dieses", "doch",  "dort",     "durch",  "eine",
    "einem",     "einen",  "einer",   "eines",  "einfach", "etwas",  "euch",   "gibt",   "ganz",  "geht",     "grusse", "gruss",
    "guten",     "haben",  "hallo",   "hatte",  "heute",   "hier",   "idee",   "immer",  "jede",  "jeden",    "jeder",  "kann",
    "kein",      "keine",  "konnen",  "konnte", "lassen",  "machen", "mehr",   "mein",   "meine", "menschen", "mochte", "muss",
    "mussen",    "nach",   "nicht",   "noch",   "nur",     "oder",   "ohne",   "schon",  "sehr",  "sein",     "seine",  "sich",
    "sind",      "sollte", "sollten", "soll",   "sondern", "uber",   "unser",  "unsere", "unter", "viel",     "viele",  "vielen",
    "vorschlag", "weil",   "wenn",    "werden", "wieder",  "wird",   "wurde",  "wurden", "ware",  "zwischen", "about",  "also",
    "because",   "been",   "could",   "from",   "have",    "hello",  "idea",   "just",   "like",  "many",     "more",   "much",
    "people",    "please", "should",  "some",   "than",    "thank",  "thanks", "that",   "their", "them",     "then",   "there",
    "these",     "they",   "this",    "very",   "want",    "were",   "what",   "when",   "where", "which",    "will",   "with",
    "would",     "your",
};

static bool says_nothing(const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(empty_words); i++)
        if (strcmp(empty_words[i], word) == 0)
            return true;
    return false;
}

static void cut_ending(GString *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
        gsize n = strlen(endings[i]);
        if (word->len >= n + LEAST_LETTERS && strcmp(word->str + word->len - n, endings[i]) == 0) {
            g_string_truncate(word, word->len - n);
            return;
        }
    }
}

static bool is_among(const GPtrArray *stems, const char *stem)
{
    for (guint i = 0; i < stems->len; i++)
        if (strcmp(stems->pdata[i], stem) == 0)
            return true;
    return false;
}

static void end_word(GString *word, guint n_chars, GPtrArray *out)
{
    if (n_chars >= LEAST_LETTERS && n_chars <= WORD_CHARS && !says_nothing(word->str)) {
        cut_ending(word);
        if (!is_among(out, word->str))
            g_ptr_array_add(out, g_strdup(word->str));
    }
    g_string_truncate(word, 0);
}

/* Letters without their marks, as the index has them. */
static void add_stems(const char *text, GPtrArray *out)
{
    g_autofree char *start = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), TEXT_CHARS));
    g_autofree char *plain = g_utf8_normalize(start, -1, G_NORMALIZE_ALL);
    g_autoptr(GString) word = g_string_new(NULL);
    guint n_chars = 0;

    for (const char *p = plain != NULL ? plain : ""; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_ismark(c))
            continue;
        if (g_unichar_isalnum(c)) {
            g_string_append_unichar(word, g_unichar_tolower(c));
            n_chars++;
            continue;
        }
        end_word(word, n_chars, out);
        n_chars = 0;
    }
    end_word(word, n_chars, out);
}

static gint by_length(gconstpointer a, gconstpointer b)
{
    gsize x = strlen(*(char *const *)a), y = strlen(*(char *const *)b);

    return x > y ? -1 : x < y;
}

GPtrArray *similar_stems(const char *title, const char *text, guint most)
{
    GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) of_text = g_ptr_array_new_with_free_func(g_free);

    add_stems(title, out);
    add_stems(text, of_text);
    g_ptr_array_sort(of_text, by_length);
    for (guint i = 0; i < of_text->len; i++)
        if (!is_among(out, of_text->pdata[i]))
            g_ptr_array_add(out, g_strdup(of_text->pdata[i]));
    if (most != 0 && out->len > most)
        g_ptr_array_set_size(out, (gint)most);
    return out;
}

/* Letters and digits alone: nothing of it is read as the index's language. A short stem begins too many words. */
char *similar_expression(const char *stem)
{
    return g_strdup_printf(strlen(stem) >= PREFIX_BYTES ? "\"%s\"*" : "\"%s\"", stem);
}

double similar_weight(guint n, guint most)
{
    return log(1.0 + (double)most / (double)MAX(n, 1));
}

static bool has(const GPtrArray *stems, const char *stem)
{
    gsize n = strlen(stem);

    for (guint i = 0; i < stems->len; i++) {
        const char *other = stems->pdata[i];
        gsize n_other = strlen(other), n_both = MIN(n, n_other);
        if (memcmp(stem, other, n_both) == 0 && (n == n_other || n_both > LEAST_LETTERS))
            return true; /* "fahrrad" and "fahrradweg" */
    }
    return false;
}

double similar_score(const GPtrArray *stems, const GArray *weights, const GPtrArray *stems_of_other, guint *n_common_out)
{
    double all = 0, common = 0;

    *n_common_out = 0;
    for (guint i = 0; i < stems->len; i++) {
        double weight = g_array_index(weights, double, i);
        all += weight;
        if (!has(stems_of_other, stems->pdata[i]))
            continue;
        common += weight;
        *n_common_out += 1;
    }
    return all > 0 ? common / all : 0;
}

bool similar_is_near(double score, guint n_common)
{
    return score >= LEAST_SCORE && n_common >= LEAST_COMMON;
}
