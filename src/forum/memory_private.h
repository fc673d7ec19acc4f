/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A text as words and lines, and sets of hashes; private to forum/memory*.c.
 */
#pragma once

#include "forum/memory.h"

#define SHINGLE         4
#define MEMORY_LONG_RUN 12   /* words in a row that are somebody's, wherever they stand */
#define FIRST_SLOTS     1024 /* of a set of hashes; a power of 2, as every number of slots */

struct word {
    const char *at;
    guint n_bytes;
    guint64 hash;
    guint line;
    bool is_link;
    bool is_ours;
    guint run; /* words of ours in a row around this one, links not counted */
};
struct line {
    const char *at;
    guint n_bytes, n_words, n_ours;
    bool is_marked, is_ours;
    guint n_known;   /* of its words, whatever the run */
    bool is_authors; /* the mark is ours, the words are not */
};

struct words {
    GArray *words; /* struct word */
    GArray *lines; /* struct line */
};
/* The caller ends it with memory_words_free(). */
struct words memory_words_read(const char *text);
void memory_words_free(struct words *w);
static inline struct word *memory_word_at(const struct words *w, guint i)
{
    return &g_array_index(w->words, struct word, i);
}
/* Marks the words of W that are ours; false: none is. Then how long the run is that each stands in. */
bool memory_mark_words(struct words *w, GBytes *const *memories, gsize n_memories);
void memory_measure_runs(struct words *w);
/* TEXT, whose words W are marked and measured, with MARK_TEXT for each run of LEAST or more; NULL if there is none. Caller frees. */
char *memory_replace_runs(const char *text, const struct words *w, guint least, const char *mark_text);
/* Calls back with each shingle: its hash and where its words stand. Links are single, other words four in a row. */
void memory_each_shingle(const struct words *w, void (*take)(void *user, guint64 hash, const guint *at, guint n), void *user);

/* A set of hashes: open addressing, at most half full. Strangers choose the words, so that a hash finds its slot by a factor that
 * nobody outside knows. */
struct hashes {
    guint64 *slots; /* 0: free */
    gsize n, n_slots;
    guint64 factor;
};
void memory_hashes_init(struct hashes *h, gsize n_slots); /* its slots are the caller's */
/* A new set of what all memories hold; damaged ones are skipped. */
void memory_hashes_join(GBytes *const *memories, gsize n_memories, struct hashes *out);
/* What a set of texts holds. */
const struct hashes *memory_set_hashes(const struct memory_set *set);
/* Where HASH, which is not 0, is or may be put. */
guint64 *memory_slot(const struct hashes *h, guint64 hash);
