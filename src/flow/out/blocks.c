/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See blocks.h.
 */
#include "flow/out/blocks.h"

#include "base/hash.h"

#include <string.h>

struct blocks {
    GHashTable *known; /* key -> struct text_block */
    gsize most_bytes, n_bytes;
};

struct blocks *blocks_new(gsize most_bytes)
{
    struct blocks *x = g_new0(struct blocks, 1);

    x->known = g_hash_table_new_full(hash_text, g_str_equal, g_free, (GDestroyNotify)text_block_unref);
    x->most_bytes = most_bytes;
    return x;
}

void blocks_forget(struct blocks *x)
{
    g_hash_table_remove_all(x->known);
    x->n_bytes = 0;
}

void blocks_free(struct blocks *x)
{
    if (x == NULL)
        return;
    g_hash_table_unref(x->known);
    g_free(x);
}

struct text_block *blocks_find(struct blocks *x, const char *key)
{
    struct text_block *b = g_hash_table_lookup(x->known, key);

    return b != NULL ? text_block_ref(b) : NULL;
}

void blocks_keep(struct blocks *x, const char *key, struct text_block *b)
{
    gsize n = strlen(key) + text_block_n_bytes(b);

    if (x->n_bytes + n > x->most_bytes)
        blocks_forget(x);
    if (n > x->most_bytes)
        return;
    x->n_bytes += n;
    g_hash_table_insert(x->known, g_strdup(key), text_block_ref(b));
}
