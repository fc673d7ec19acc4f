/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which of several texts of ours a quote is from; see memory.h.
 */
#include "forum/memory_private.h"

#define SHARED G_MAXUINT

struct memory_index {
    struct hashes keys;
    guint *owners; /* of each slot: the text that has it, or SHARED */
};
struct owning {
    struct memory_index *x;
    guint which;
};

static void own(void *user, guint64 hash, const guint *at, guint n)
{
    struct owning *o = user;
    guint64 *slot = memory_slot(&o->x->keys, hash != 0 ? hash : 1);
    guint *owner = &o->x->owners[slot - o->x->keys.slots];

    (void)at;
    (void)n;
    *owner = *slot == 0 || *owner == o->which ? o->which : SHARED;
    *slot = hash != 0 ? hash : 1;
}

struct memory_index *memory_index_new(const char *const *texts, guint n)
{
    struct memory_index *x = g_new0(struct memory_index, 1);
    struct words *all = g_new0(struct words, n + 1);
    gsize n_words = 0, n_slots = FIRST_SLOTS;

    for (guint i = 0; i < n; i++) {
        all[i] = memory_words_read(texts[i]);
        n_words += all[i].words->len;
    }
    while (n_slots < 2 * n_words)
        n_slots *= 2;
    memory_hashes_init(&x->keys, n_slots);
    x->owners = g_new0(guint, n_slots);
    for (guint i = 0; i < n; i++) {
        memory_each_shingle(&all[i], own, &(struct owning){x, i});
        memory_words_free(&all[i]);
    }
    g_free(all);
    return x;
}

void memory_index_free(struct memory_index *x)
{
    g_free(x->keys.slots);
    g_free(x->owners);
    g_free(x);
}

struct finding {
    const struct memory_index *x;
    const struct words *words;
    GArray *hits;
};

static void find_owner(void *user, guint64 hash, const guint *at, guint n)
{
    struct finding *f = user;
    const guint64 *slot = memory_slot(&f->x->keys, hash != 0 ? hash : 1);
    const struct word *last = memory_word_at(f->words, at[n - 1]);
    struct memory_hit hit = {.which = f->x->owners[slot - f->x->keys.slots], .end = last->at + last->n_bytes};

    if (*slot != 0 && hit.which != SHARED)
        g_array_append_val(f->hits, hit);
}

GArray *memory_index_find(const struct memory_index *x, const char *text)
{
    struct words w = memory_words_read(text);
    GArray *hits = g_array_new(FALSE, FALSE, sizeof(struct memory_hit));

    memory_each_shingle(&w, find_owner, &(struct finding){x, &w, hits});
    memory_words_free(&w);
    return hits;
}
