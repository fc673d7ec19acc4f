/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See inner.h.
 */
#include "flow/inner.h"

#include "base/limits.h"
#include "store/ideas.h"
#include "store/posts.h"

static void inner_clear(gpointer data)
{
    struct inner *in = data;

    g_array_unref(in->ideas);
    g_ptr_array_unref(in->titles);
    memory_set_free(in->said);
}

void inner_unref(struct inner *in)
{
    if (in != NULL)
        g_rc_box_release_full(in, inner_clear);
}

static void forget(gpointer in)
{
    inner_unref(in);
}

void inner_free(GHashTable *kept)
{
    if (kept != NULL)
        g_hash_table_unref(kept);
}

void inner_remember(struct gateway *g, row_id idea, struct memory_set *said, struct err *e)
{
    g_autoptr(GPtrArray) texts = posts_texts(g->db, idea, LIMIT_INNER_REMEMBERED, e);

    for (guint i = 0; i < texts->len; i++)
        memory_set_add(said, texts->pdata[i]);
}

static struct inner *read_all(struct gateway *g, row_id forum, gint64 stamp, gint64 now, struct err *e)
{
    g_autoptr(GPtrArray) ideas = ideas_among_members(g->db, forum, LIMIT_INNER_DISCUSSIONS, e);
    struct inner *in = g_rc_box_new0(struct inner);

    in->ideas = g_array_new(FALSE, FALSE, sizeof(row_id));
    in->titles = g_ptr_array_new_with_free_func(g_free);
    in->said = memory_set_new();
    in->stamp = stamp;
    in->read_at = now;
    for (guint i = 0; ideas != NULL && i < ideas->len && e->kind == ERR_NONE; i++) {
        const struct idea *idea = ideas->pdata[i];
        g_array_append_val(in->ideas, idea->id);
        g_ptr_array_add(in->titles, g_utf8_casefold(idea->title, -1));
        inner_remember(g, idea->id, in->said, e);
    }
    if (e->kind == ERR_NONE)
        return in;
    inner_unref(in);
    return NULL;
}

/* For want of room all others are forgotten. */
static void keep(struct gateway *g, row_id forum, struct inner *in)
{
    gsize n_bytes = memory_set_bytes(in->said);
    GHashTableIter each;
    gpointer kept;

    g_hash_table_remove(g->inner, &forum);
    g_hash_table_iter_init(&each, g->inner);
    while (g_hash_table_iter_next(&each, NULL, &kept))
        n_bytes += memory_set_bytes(((struct inner *)kept)->said);
    if (n_bytes > LIMIT_INNER_KEPT_BYTES)
        g_hash_table_remove_all(g->inner);
    g_hash_table_insert(g->inner, g_memdup2(&forum, sizeof forum), g_rc_box_acquire(in));
}

struct inner *inner_of(struct gateway *g, row_id forum, gint64 now, struct err *e)
{
    gint64 stamp;

    if (!ideas_among_members_stamp(g->db, forum, LIMIT_INNER_DISCUSSIONS, &stamp, e))
        return NULL;
    if (g->inner == NULL)
        g->inner = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, forget);
    struct inner *in = g_hash_table_lookup(g->inner, &forum);
    if (in != NULL && in->stamp == stamp && now >= in->read_at && now - in->read_at < LIMIT_INNER_KEPT_S)
        return g_rc_box_acquire(in);
    in = read_all(g, forum, stamp, now, e);
    if (in != NULL)
        keep(g, forum, in);
    return in;
}
