/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What others have of a text that is taken back: the runs of its words, and where to look for them; see memory.h.
 */
#include "forum/memory.h"

#include "forum/memory_private.h"

#include <string.h>

#define PHRASE_WORDS 4
/* A run of MEMORY_LONG_RUN words holds nine places where four of them begin, and so a whole one of these blocks. */
#define BLOCK_WORDS ((MEMORY_LONG_RUN - PHRASE_WORDS + 2) / 2)

char *memory_replace(const char *text, GBytes *memory, const char *mark_text)
{
    struct words w = memory_words_read(text);

    memory_mark_words(&w, &memory, 1);
    memory_measure_runs(&w);
    char *out = memory_replace_runs(text, &w, MEMORY_LONG_RUN, mark_text);
    memory_words_free(&w);
    return out;
}

static bool is_in_run(const struct word *word)
{
    return word->is_ours && word->run >= MEMORY_LONG_RUN;
}

bool memory_is_same(const char *text, GBytes *memory)
{
    struct words w = memory_words_read(text);
    gsize n_known =
        g_bytes_get_size(memory) / sizeof(guint64) + SHINGLE - 1; /* words, about: each run but the last three begins at one */
    gsize n_ours = 0, n_words = 0;

    memory_mark_words(&w, &memory, 1);
    memory_measure_runs(&w);
    for (guint i = 0; i < w.words->len; i++) {
        n_words += !memory_word_at(&w, i)->is_link;
        n_ours += is_in_run(memory_word_at(&w, i));
    }
    memory_words_free(&w);
    return n_ours > 0 && n_ours * 10 >= n_words * 9 && n_ours * 10 >= n_known * 9;
}

struct taking {
    const struct words *words;
    GHashTable *all; /* of guint64 */
    bool is_any;
};

static void take_out(void *user, guint64 hash, const guint *at, guint n)
{
    struct taking *t = user;
    bool is_run = is_in_run(memory_word_at(t->words, at[0])) && is_in_run(memory_word_at(t->words, at[n - 1]));
    guint64 kept = hash != 0 ? hash : 1;

    t->is_any |= is_run && g_hash_table_remove(t->all, &kept);
}

static GBytes *pack(GHashTable *all)
{
    GArray *out = g_array_sized_new(FALSE, FALSE, sizeof(guint64), g_hash_table_size(all));
    GHashTableIter each;
    gpointer hash;

    g_hash_table_iter_init(&each, all);
    while (g_hash_table_iter_next(&each, &hash, NULL))
        g_array_append_vals(out, hash, 1);
    gsize n = out->len * sizeof(guint64);
    return g_bytes_new_take(g_array_free(out, FALSE), n);
}

GBytes *memory_without(GBytes *memory, const char *text)
{
    struct words w = memory_words_read(text);
    g_autoptr(GHashTable) all = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    struct taking t = {.words = &w, .all = all};
    gsize n;
    const guint8 *bytes = g_bytes_get_data(memory, &n);

    for (gsize i = 0; i + sizeof(guint64) <= n; i += sizeof(guint64))
        g_hash_table_add(all, g_memdup2(bytes + i, sizeof(guint64)));
    if (memory_mark_words(&w, &memory, 1)) {
        memory_measure_runs(&w);
        memory_each_shingle(&w, take_out, &t);
    }
    memory_words_free(&w);
    return t.is_any ? pack(all) : NULL;
}

/* How good words FROM to TO of W are to look for: long words are rare, and what stands beside letters in them another index may read
 * in another way. 0: they do not stand together. */
static guint worth(const struct words *w, guint from, guint to)
{
    guint n_bytes = 1;
    bool is_plain = true;

    for (guint i = from; i < to; i++) {
        const struct word *word = i < w->words->len ? memory_word_at(w, i) : NULL;
        if (word == NULL || word->is_link)
            return 0;
        for (const char *p = word->at; p < word->at + word->n_bytes; p = g_utf8_next_char(p))
            is_plain &= g_unichar_isalnum(g_utf8_get_char(p)) != 0;
        n_bytes += word->n_bytes;
    }
    return is_plain ? n_bytes + 1000 : n_bytes;
}

static char *phrase(const struct words *w, guint from, guint to)
{
    GString *out = g_string_new(NULL);

    for (guint i = from; i < to; i++) {
        g_string_append(out, i > from ? " " : "");
        g_string_append_len(out, memory_word_at(w, i)->at, memory_word_at(w, i)->n_bytes);
    }
    return g_string_free(out, FALSE);
}

/* The best one that begins at one of the words FROM to TO; shorter ones where links leave no room. */
static void add_best(GPtrArray *out, const struct words *w, guint from, guint to)
{
    for (guint n = PHRASE_WORDS; n > 0; n /= 2) {
        guint best = 0, at = 0;
        for (guint i = from; i < to; i++) {
            guint good = worth(w, i, i + n);
            at = good > best ? i : at;
            best = MAX(good, best);
        }
        if (best > 0) {
            g_ptr_array_add(out, phrase(w, at, at + n));
            return;
        }
    }
}

GPtrArray *memory_phrases(const char *text)
{
    struct words w = memory_words_read(text);
    GPtrArray *out = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; w.words->len >= MEMORY_LONG_RUN && i < w.words->len; i += BLOCK_WORDS)
        add_best(out, &w, i, MIN(i + BLOCK_WORDS, w.words->len));
    memory_words_free(&w);
    return out;
}
