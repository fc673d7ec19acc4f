/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Memories and sets of hashes; see memory.h.
 */
#include "forum/memory_private.h"

#include <string.h>

#include "base/hash.h"

void memory_hashes_init(struct hashes *h, gsize n_slots)
{
    *h = (struct hashes){.n_slots = n_slots, .slots = g_new0(guint64, n_slots), .factor = hash_word("", 0) | 1};
}

guint64 *memory_slot(const struct hashes *h, guint64 hash)
{
    gsize i = (gsize)((hash * h->factor) >> 32) & (h->n_slots - 1);

    while (h->slots[i] != 0 && h->slots[i] != hash)
        i = (i + 1) & (h->n_slots - 1);
    return &h->slots[i];
}

static void hashes_add(struct hashes *h, guint64 hash)
{
    guint64 *slot = memory_slot(h, hash != 0 ? hash : 1);

    if (*slot != 0)
        return;
    *slot = hash != 0 ? hash : 1;
    if (2 * ++h->n <= h->n_slots)
        return;
    struct hashes larger;
    memory_hashes_init(&larger, 2 * h->n_slots);
    for (gsize i = 0; i < h->n_slots; i++)
        if (h->slots[i] != 0)
            *memory_slot(&larger, h->slots[i]) = h->slots[i];
    larger.n = h->n;
    g_free(h->slots);
    *h = larger;
}

static void keep_hash(void *user, guint64 hash, const guint *at, guint n)
{
    (void)at;
    (void)n;
    hashes_add(user, hash);
}

/* Takes the slots. */
static GBytes *hashes_pack(struct hashes *set)
{
    gsize n = 0;

    for (gsize i = 0; i < set->n_slots; i++)
        if (set->slots[i] != 0)
            set->slots[n++] = set->slots[i];
    set->slots = g_renew(guint64, set->slots, MAX(n, 1));
    return g_bytes_new_take(set->slots, n * sizeof *set->slots);
}

struct memory_set {
    struct hashes all;
};

struct memory_set *memory_set_new(void)
{
    struct memory_set *set = g_new(struct memory_set, 1);

    memory_hashes_init(&set->all, FIRST_SLOTS);
    return set;
}

void memory_set_free(struct memory_set *set)
{
    if (set != NULL)
        g_free(set->all.slots);
    g_free(set);
}

gsize memory_set_bytes(const struct memory_set *set)
{
    return set->all.n_slots * sizeof *set->all.slots;
}

const struct hashes *memory_set_hashes(const struct memory_set *set)
{
    return &set->all;
}

void memory_set_add(struct memory_set *set, const char *text)
{
    struct words w = memory_words_read(text);

    memory_each_shingle(&w, keep_hash, &set->all);
    memory_words_free(&w);
}

void memory_set_add_memory(struct memory_set *set, GBytes *memory)
{
    gsize n;
    const guint8 *bytes = g_bytes_get_data(memory, &n);

    for (gsize i = 0; i + sizeof(guint64) <= n; i += sizeof(guint64)) {
        guint64 hash;
        memcpy(&hash, bytes + i, sizeof hash);
        hashes_add(&set->all, hash);
    }
}

bool memory_set_is_empty(const struct memory_set *set)
{
    return set->all.n == 0;
}

GBytes *memory_set_end(struct memory_set *set)
{
    GBytes *memory = hashes_pack(&set->all);

    g_free(set);
    return memory;
}

GBytes *memory_of(const char *text)
{
    struct memory_set *set = memory_set_new();

    memory_set_add(set, text);
    return memory_set_end(set);
}

void memory_hashes_join(GBytes *const *memories, gsize n_memories, struct hashes *out)
{
    gsize n_all = 0, n_slots = FIRST_SLOTS;

    for (gsize i = 0; i < n_memories; i++)
        n_all += g_bytes_get_size(memories[i]) / sizeof(guint64);
    while (n_slots < 2 * n_all)
        n_slots *= 2;
    memory_hashes_init(out, n_slots);
    for (gsize i = 0; i < n_memories; i++) {
        gsize n;
        const guint8 *bytes = g_bytes_get_data(memories[i], &n);
        for (gsize j = 0; n % sizeof(guint64) == 0 && j < n; j += sizeof(guint64)) {
            guint64 hash;
            memcpy(&hash, bytes + j, sizeof hash);
            hashes_add(out, hash);
        }
    }
}

GBytes *memory_join(GBytes *const *memories, gsize n_memories)
{
    struct hashes all;

    memory_hashes_join(memories, n_memories, &all);
    return hashes_pack(&all);
}
