/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See language.h.
 */
#include "mail/word/language.h"

#include "base/hash.h"
#include "base/letter.h"

#include <string.h>

#define LOOK_BYTES 1200 /* of the text */
#define WORD_BYTES 24   /* no word of the table is longer */

enum {
    DE = 1 << 0,
    EN = 1 << 1,
    FR = 1 << 2,
    NL = 1 << 3,
    IT = 1 << 4,
    ES = 1 << 5,
    PT = 1 << 6,
    PL = 1 << 7,
    TR = 1 << 8,
    SV = 1 << 9,
    DA = 1 << 10,
    NO = 1 << 11,
    CS = 1 << 12
};
#define N_LANGUAGES 13
static const char *const names[N_LANGUAGES] = {"de", "en", "fr", "nl", "it", "es", "pt", "pl", "tr", "sv", "da", "no", "cs"};

static const struct word {
    const char *text;
    gsize n;         /* bytes of it */
    guint languages; /* a set of bits */
} words[] = {
#define WORD(text, languages) {text, sizeof(text) - 1, languages},
#include "mail/word/languages.def"
#undef WORD
};

/* Letters that are not Latin, counted by what they can be */
struct scripts {
    guint n_latin, n_cyrillic, n_ukrainian, n_russian, n_greek, n_arabic, n_persian, n_hebrew, n_han, n_kana, n_hangul;
};

static void count_letter(struct scripts *s, gunichar c)
{
    if (c < 0x250) {
        s->n_latin++;
    } else if (c >= 0x400 && c < 0x530) {
        s->n_cyrillic++;
        s->n_ukrainian += c == 0x456 || c == 0x457 || c == 0x454 || c == 0x491;
        s->n_russian += c == 0x44b || c == 0x44d || c == 0x451 || c == 0x44a;
    } else if (c >= 0x370 && c < 0x400) {
        s->n_greek++;
    } else if (c >= 0x590 && c < 0x600) {
        s->n_hebrew++;
    } else if (c >= 0x600 && c < 0x700) {
        s->n_arabic++;
        s->n_persian += c == 0x67e || c == 0x686 || c == 0x698 || c == 0x6af;
    } else if (c >= 0x3040 && c < 0x3100) {
        s->n_kana++;
    } else if (c >= 0x4e00 && c < 0xa000) {
        s->n_han++;
    } else if (c >= 0xac00 && c < 0xd7b0) {
        s->n_hangul++;
    }
}

/* The language whose letters make up most of the text; NULL for Latin ones. */
static const char *by_script(const struct scripts *s)
{
    guint n_east = s->n_han + s->n_kana;
    const struct {
        guint n;
        const char *name;
    } found[] = {
        {s->n_cyrillic, s->n_ukrainian > s->n_russian ? "uk" : "ru"},
        {s->n_greek, "el"},
        {s->n_hebrew, "he"},
        {s->n_arabic, s->n_persian > 0 ? "fa" : "ar"},
        {n_east * 3, s->n_kana > 0 ? "ja" : "zh"}, /* one sign says as much as several letters */
        {s->n_hangul * 2, "ko"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(found); i++)
        if (found[i].n > s->n_latin && found[i].n >= 6)
            return found[i].name;
    return NULL;
}

#define N_SLOTS 2048 /* a power of 2, more than twice as many as words */
G_STATIC_ASSERT(2 * G_N_ELEMENTS(words) < N_SLOTS);

/* Where each word's row is: slots of row numbers from 1, 0 free; who finds a slot taken goes to the next. Made once; lives as long as
 * the process. */
static const guint16 *word_slots(void)
{
    static gsize made;

    if (g_once_init_enter(&made)) {
        guint16 *slots = g_new0(guint16, N_SLOTS);
        for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
            guint slot = hash_slot(words[i].text, words[i].n, N_SLOTS);
            while (slots[slot] != 0)
                slot = (slot + 1) & (N_SLOTS - 1);
            slots[slot] = (guint16)(i + 1);
        }
        g_once_init_leave(&made, GPOINTER_TO_SIZE(slots));
    }
    return GSIZE_TO_POINTER(made);
}

/* The row of WORD, of N bytes, NULL if there is none. */
static const struct word *find_word(const char *word, gsize n)
{
    const guint16 *slots = word_slots();

    for (guint slot = hash_slot(word, n, N_SLOTS); slots[slot] != 0; slot = (slot + 1) & (N_SLOTS - 1)) {
        const struct word *row = &words[slots[slot] - 1];
        if (row->n == n && memcmp(row->text, word, n) == 0)
            return row;
    }
    return NULL;
}

/* A word of few languages says more. */
static void count_word(const char *word, gsize n_word, guint *scores)
{
    const struct word *w = find_word(word, n_word);

    if (w == NULL)
        return;
    guint n = (guint)__builtin_popcount(w->languages), weight = n == 1 ? 12 : n == 2 ? 6 : n == 3 ? 4 : 12 / (n + 1);
    for (guint i = 0; i < N_LANGUAGES; i++)
        scores[i] += w->languages & 1u << i ? weight : 0;
}

static inline bool is_plain_letter(char c)
{
    return (guchar)((c | 0x20) - 'a') < 26;
}

/* The next letter of a word, kept as far as there is room. */
static gsize add_letter(gunichar c, char *word, gsize n_word, struct scripts *scripts)
{
    count_letter(scripts, c);
    return n_word + (n_word < WORD_BYTES ? (gsize)g_unichar_to_utf8(c, word + n_word) : 0);
}

/* Reads the beginning of TEXT; returns how many words it has. */
static guint count(const char *text, struct scripts *scripts, guint *scores)
{
    char word[WORD_BYTES + 8];
    gsize n_word = 0;
    guint n_words = 0;

    for (const char *at = text; at - text < LOOK_BYTES; at = (guchar)*at < 0x80 ? at + 1 : g_utf8_next_char(at)) {
        if (is_plain_letter(*at) || (*at == '\'' && n_word > 0)) {
            scripts->n_latin++;
            if (n_word < WORD_BYTES)
                word[n_word++] = letter_lower(*at);
        } else if ((guchar)*at >= 0x80 && g_unichar_isalpha(g_utf8_get_char(at))) {
            n_word = add_letter(g_unichar_tolower(g_utf8_get_char(at)), word, n_word, scripts);
        } else if (n_word > 0) {
            n_words++;
            if (n_word < WORD_BYTES)
                count_word(word, n_word, scores);
            n_word = 0;
        }
        if (*at == '\0')
            break;
    }
    return n_words;
}

#define SURE_SCORE 24 /* two words that only this language has */

char *language_guess(const char *text)
{
    struct scripts scripts = {0};
    guint scores[N_LANGUAGES] = {0}, best = 0, second = 0;
    guint n_words = count(text, &scripts, scores);
    const char *by_letters = by_script(&scripts);

    if (by_letters != NULL)
        return g_strdup(by_letters);
    for (guint i = 1; i < N_LANGUAGES; i++)
        if (scores[i] > scores[best])
            best = i;
    for (guint i = 0; i < N_LANGUAGES; i++)
        if (i != best)
            second = MAX(second, scores[i]);
    bool is_sure = scores[best] >= MIN(SURE_SCORE, n_words * 8) && scores[best] >= 12 && scores[best] * 3 > second * 4;
    bool is_dense = scores[best] >= n_words; /* about every tenth word is a known one */
    return is_sure && is_dense ? g_strdup(names[best]) : NULL;
}

guint language_of_word(const char *word, gsize n)
{
    G_STATIC_ASSERT(N_LANGUAGES <= MAX_LANGUAGES);
    const struct word *w = n > 0 && n <= WORD_BYTES ? find_word(word, n) : NULL;
    return w != NULL ? w->languages : 0;
}
