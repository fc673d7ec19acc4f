/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See parts.h.
 */
#include "page/parts.h"

#include "base/hash.h"

#include <string.h>

struct parts {
    GHashTable *table; /* struct parts_key -> GBytes */
    gsize n_bytes;
};

static guint hash_key(gconstpointer key)
{
    return (guint)hash_word(key, sizeof(struct parts_key));
}

static gboolean is_same_key(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(struct parts_key)) == 0;
}

struct parts *parts_new(void)
{
    struct parts *k = g_new0(struct parts, 1);

    k->table = g_hash_table_new_full(hash_key, is_same_key, g_free, (GDestroyNotify)g_bytes_unref);
    return k;
}

void parts_free(struct parts *k)
{
    if (k == NULL)
        return;
    g_hash_table_unref(k->table);
    g_free(k);
}

void parts_forget(struct parts *k)
{
    g_hash_table_remove_all(k->table);
    k->n_bytes = 0;
}

GBytes *parts_find(const struct parts *k, const struct parts_key *key)
{
    return g_hash_table_lookup(k->table, key);
}

void parts_put(struct parts *k, const struct parts_key *key, GBytes *part)
{
    gsize n = g_bytes_get_size(part);

    if (n > PARTS_BYTES)
        return;
    if (k->n_bytes + n > PARTS_BYTES)
        parts_forget(k);
    k->n_bytes += n;
    g_hash_table_insert(k->table, g_memdup2(key, sizeof *key), g_bytes_ref(part));
}
