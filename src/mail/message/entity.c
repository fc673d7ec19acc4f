/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looking things up in a tree of entities, walking it, freeing it. See entity.h; structure.c makes the tree.
 */
#include "mail/message/entity.h"

#include "base/letter.h"
const struct header *entity_header(const struct entity *e, const char *name)
{
    for (guint i = 0; i < e->headers->len; i++) {
        const struct header *h = g_ptr_array_index(e->headers, i);
        if (letter_same(h->name, name))
            return h;
    }
    return NULL;
}

const char *entity_value(const struct entity *e, const char *name)
{
    const struct header *h = entity_header(e, name);

    return h != NULL ? h->value : NULL;
}

const char *entity_raw(const struct entity *e, const char *name)
{
    const struct header *h = entity_header(e, name);

    return h != NULL ? h->raw : NULL;
}

guint entity_count(const struct entity *e, const char *name)
{
    guint n = 0;

    for (guint i = 0; i < e->headers->len; i++)
        n += letter_same(((const struct header *)g_ptr_array_index(e->headers, i))->name, name);
    return n;
}

const struct entity *entity_skip(const struct entity *root, const struct entity *e)
{
    while (e != root && e->parent != NULL) {
        const GPtrArray *siblings = e->parent->children;
        guint at;
        if (g_ptr_array_find((GPtrArray *)siblings, e, &at) && at + 1 < siblings->len)
            return g_ptr_array_index(siblings, at + 1);
        e = e->parent;
    }
    return NULL;
}

const struct entity *entity_next(const struct entity *root, const struct entity *e)
{
    if (e->children != NULL && e->children->len > 0)
        return g_ptr_array_index(e->children, 0);
    return entity_skip(root, e);
}

void embedded_free(struct embedded *f)
{
    g_free(f->name);
    g_bytes_unref(f->content);
    g_free(f);
}

void entity_free(struct entity *e)
{
    if (e == NULL)
        return;
    g_ptr_array_unref(e->headers);
    g_free(e->type);
    g_free(e->declared_type);
    g_free(e->charset);
    g_free(e->name);
    g_free(e->disposition);
    g_free(e->content_id);
    g_free(e->report_type);
    g_clear_pointer(&e->content, g_bytes_unref);
    g_free(e->text);
    g_clear_pointer(&e->embedded, g_ptr_array_unref);
    g_clear_pointer(&e->children, g_ptr_array_unref);
    g_free(e);
}
