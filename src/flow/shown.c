/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See shown.h.
 */
#include "flow/shown.h"

#include "base/limits.h"
#include "forum/digest.h"
#include "store/digests.h"
#include "store/ideas.h"
#include "store/posts.h"

void shown_free(struct shown *s)
{
    if (s == NULL)
        return;
    g_ptr_array_unref(s->posts);
    g_hash_table_unref(s->ideas);
    g_free(s->entries);
    g_free(s);
}

const struct idea *shown_idea(const struct shown *s, guint entry)
{
    return g_hash_table_lookup(s->ideas, &s->entries[entry].idea);
}

static const struct idea *idea_of(struct gateway *g, struct shown *s, row_id id, struct err *e)
{
    struct idea *idea = g_hash_table_lookup(s->ideas, &id);

    if (idea == NULL && (idea = ideas_by_id(g->db, id, e)) != NULL)
        g_hash_table_insert(s->ideas, &idea->id, idea);
    return idea;
}

/* Takes POST, which may be gone. */
static bool add(struct gateway *g, struct shown *s, guint number, struct post *post, struct err *e)
{
    const struct idea *idea = post != NULL ? idea_of(g, s, post->idea_id, e) : NULL;

    if (idea == NULL) {
        post_free(post);
        return e->kind == ERR_NONE;
    }
    g_ptr_array_add(s->posts, post);
    s->entries = g_renew(struct portions_entry, s->entries, s->posts->len);
    s->entries[s->n_entries++] = (struct portions_entry){number, idea->id, post->id, idea->title, post->text};
    return true;
}

/* As its row says. */
static bool read_row(struct gateway *g, struct shown *s, const char *entries, struct err *e)
{
    row_id post;
    guint number;
    bool ok = true;

    while (ok && digest_shown_next(&entries, &number, &post))
        ok = add(g, s, number, posts_by_id(g->db, post, e), e);
    return ok && e->kind == ERR_NONE;
}

/* As the mail would be made now. */
static bool derive(struct gateway *g, struct shown *s, const struct digest *d, struct err *e)
{
    g_autoptr(GPtrArray) posts = digests_posts(g->db, d, e);
    row_id last = 0;
    guint number = 0;
    bool ok = posts != NULL;

    for (guint i = 0; ok && i < MIN(posts->len, LIMIT_DIGEST_POSTS); i++) {
        row_id id = ((const struct post *)posts->pdata[i])->id;
        struct post *post = posts_by_id(g->db, id, e); /* with all of its text */
        number += post != NULL && post->idea_id != last;
        last = post != NULL ? post->idea_id : last;
        ok = add(g, s, number, post, e);
    }
    return ok;
}

struct shown *shown_of(struct gateway *g, row_id digest, struct err *e)
{
    g_autofree struct digest *d = digests_by_id(g->db, digest, e);
    g_autofree char *entries = d != NULL ? digests_entries(g->db, digest, e) : NULL;

    if (d == NULL || e->kind != ERR_NONE)
        return NULL;
    shown_auto s = g_new0(struct shown, 1);
    s->digest = digest;
    s->person = d->person_id;
    s->posts = g_ptr_array_new_with_free_func((GDestroyNotify)post_free);
    s->ideas = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)idea_free);
    bool ok = entries != NULL ? read_row(g, s, entries, e) : derive(g, s, d, e);
    return ok && s->n_entries > 0 ? g_steal_pointer(&s) : NULL;
}
