/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The index is asked for each stem: whoever has several of them is looked at; see similar.h.
 */
#include "flow/view/similar.h"

#include "base/limits.h"
#include "forum/similar.h"
#include "store/ideas.h"
#include "store/posts.h"
#include "store/search.h"

struct candidate {
    row_id post;
    double weight; /* of the stems found in it */
};

static gint by_post(gconstpointer a, gconstpointer b)
{
    const struct candidate *x = a, *y = b;

    return x->post < y->post ? -1 : x->post > y->post;
}

static gint by_weight(gconstpointer a, gconstpointer b)
{
    const struct candidate *x = a, *y = b;

    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return x->post > y->post ? -1 : x->post < y->post;
}

/* One a post, with all that it has. */
static void join(GArray *candidates)
{
    guint n = 0;

    g_array_sort(candidates, by_post);
    for (guint i = 0; i < candidates->len; i++) {
        const struct candidate *c = &g_array_index(candidates, struct candidate, i);
        struct candidate *last = n > 0 ? &g_array_index(candidates, struct candidate, n - 1) : NULL;
        if (last != NULL && last->post == c->post)
            last->weight += c->weight;
        else
            g_array_index(candidates, struct candidate, n++) = *c;
    }
    g_array_set_size(candidates, n);
    g_array_sort(candidates, by_weight);
}

/* Which posts have the stems, and how much each stem says. */
static bool look_up(struct gateway *g, const GPtrArray *stems, GArray *candidates, GArray *weights, struct err *e)
{
    for (guint i = 0; i < stems->len; i++) {
        g_autofree char *expression = similar_expression(stems->pdata[i]);
        g_autoptr(GArray) found = search_newest(g->db, expression, LIMIT_SIMILAR_POSTS, e);
        if (found == NULL)
            return false;
        double weight = similar_weight(found->len, LIMIT_SIMILAR_POSTS);
        g_array_append_val(weights, weight);
        for (guint k = 0; k < found->len; k++)
            g_array_append_val(candidates, ((struct candidate){g_array_index(found, row_id, k), weight}));
    }
    join(candidates);
    return true;
}

struct near {
    struct idea *idea;
    double score;
};

static void near_clear(gpointer n)
{
    idea_free(((struct near *)n)->idea);
}

static gint by_score(gconstpointer a, gconstpointer b)
{
    const struct near *x = a, *y = b;

    return x->score > y->score ? -1 : x->score < y->score;
}

static bool is_among(const GArray *seen, row_id idea)
{
    for (guint i = 0; i < seen->len; i++)
        if (g_array_index(seen, row_id, i) == idea)
            return true;
    return false;
}

/* Whoever goes on with another idea names that one: once, by whatever of its group is nearest. */
static void add_near(GArray *out, struct idea *idea, double score)
{
    for (guint i = 0; i < out->len; i++) {
        struct near *n = &g_array_index(out, struct near, i);
        if (n->idea->id != idea->id)
            continue;
        n->score = MAX(n->score, score);
        idea_free(idea);
        return;
    }
    g_array_append_val(out, ((struct near){idea, score}));
}

/* ID as the world may read it; NULL it may not, or E. */
static struct idea *public_one(struct gateway *g, row_id id, struct err *e)
{
    bool is_public = false;

    return search_is_public(g->db, id, &is_public, e) && is_public ? ideas_by_id(g->db, id, e) : NULL;
}

/* How near its own title and text are. OWN: which ideas are not meant. */
static bool weigh(struct gateway *g, row_id id, const GArray *own_ids, const GPtrArray *stems, const GArray *weights, GArray *out,
                  struct err *e)
{
    idea_auto idea = public_one(g, id, e);
    bool is_merged = idea != NULL && idea->lead_id != 0;
    idea_auto lead = is_merged && !is_among(own_ids, idea->lead_id) ? public_one(g, idea->lead_id, e) : NULL;
    guint n_common;

    if (idea == NULL || (is_merged && lead == NULL))
        return e->kind == ERR_NONE;
    post_auto first = posts_by_number(g->db, id, 1, e);
    if (first == NULL || first->state != POST_PUBLISHED)
        return e->kind == ERR_NONE;
    g_autoptr(GPtrArray) own = similar_stems(idea->title, first->text, 0);
    double score = similar_score(stems, weights, own, &n_common);
    if (similar_is_near(score, n_common))
        add_near(out, is_merged ? g_steal_pointer(&lead) : g_steal_pointer(&idea), score);
    return true;
}

/* Each discussion once, those with the most in common first. */
static bool weigh_each(struct gateway *g, const GArray *candidates, const GArray *own, const GPtrArray *stems,
                       const GArray *weights, GArray *out, struct err *e)
{
    g_autoptr(GArray) seen = g_array_copy((GArray *)own);

    for (guint i = 0; i < candidates->len && seen->len < own->len + LIMIT_SIMILAR_LOOKED_AT; i++) {
        post_auto post = posts_by_id(g->db, g_array_index(candidates, struct candidate, i).post, e);
        if (post == NULL && e->kind != ERR_NONE)
            return false;
        if (post == NULL || is_among(seen, post->idea_id))
            continue;
        g_array_append_val(seen, post->idea_id);
        if (!weigh(g, post->idea_id, own, stems, weights, out, e))
            return false;
    }
    return true;
}

GPtrArray *similar_ideas(struct gateway *g, const struct idea *idea, const char *text, struct err *e)
{
    g_autoptr(GPtrArray) stems = similar_stems(idea->title, text, LIMIT_SIMILAR_STEMS);
    g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(struct candidate));
    g_autoptr(GArray) weights = g_array_new(FALSE, FALSE, sizeof(double)), own = g_array_new(FALSE, FALSE, sizeof(row_id));
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct near));

    g_array_set_clear_func(found, near_clear);
    g_array_append_val(own, idea->id);
    if (idea->lead_id != 0)
        g_array_append_val(own, idea->lead_id);
    if (!look_up(g, stems, candidates, weights, e) || !weigh_each(g, candidates, own, stems, weights, found, e))
        return NULL;
    g_array_sort(found, by_score);
    GPtrArray *out = g_ptr_array_new_with_free_func((GDestroyNotify)idea_free);
    for (guint i = 0; i < MIN(found->len, LIMIT_SIMILAR); i++)
        g_ptr_array_add(out, g_steal_pointer(&g_array_index(found, struct near, i).idea));
    return out;
}
