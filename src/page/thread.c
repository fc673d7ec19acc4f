/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Posts below the posts that they answer; see thread.h. Of a long discussion only the page is read.
 */
#include "page/thread.h"

#include "base/limits.h"
#include "page/article.h"
#include "page/public.h"

#define MOST_LEVELS 4 /* answers to answers stay at this one */

/* CHILDREN: by the id of what they answer, GPtrArray of struct post; 0 for what stands on the first level. */
static void append_flat(struct talk *t, GHashTable *children, row_id parent, struct value *list)
{
    const GPtrArray *below = g_hash_table_lookup(children, &parent);

    for (guint i = 0; below != NULL && i < below->len; i++) {
        const struct post *post = below->pdata[i];
        struct value *one = article_of(t, post);
        value_set_bool(one, "has_below", false);
        value_append(list, one);
        append_flat(t, children, post->id, list);
    }
}

/* The posts that answer PARENT, each with its answers below it, down to MOST_LEVELS. */
static struct value *answers(struct talk *t, GHashTable *children, row_id parent, guint level)
{
    const GPtrArray *below = g_hash_table_lookup(children, &parent);
    struct value *list = value_list();

    for (guint i = 0; below != NULL && i < below->len; i++) {
        const struct post *post = below->pdata[i];
        struct value *one = article_of(t, post);
        value_append(list, one);
        struct value *more = level < MOST_LEVELS ? answers(t, children, post->id, level + 1) : value_list();
        value_set_bool(one, "has_below", value_length(more) > 0);
        value_set(one, "answers", more);
        if (level == MOST_LEVELS)
            append_flat(t, children, post->id, list);
    }
    return list;
}

/* Which posts stand below which. What answers nothing we show, or the idea itself, stands on the first level; a parent's number
 * is lower than its answer's, so there is no circle. */
static GHashTable *children_of(struct talk *t)
{
    GHashTable *children = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_ptr_array_unref);

    for (guint i = 0; i < t->posts->len; i++) {
        const struct post *post = t->posts->pdata[i], *parent = talk_post_of(t, post->parent_id);
        bool is_here = parent != NULL && talk_page_of(parent) == t->page;
        bool is_below = is_here && parent->number < post->number && parent->kind != POST_IDEA;
        row_id above = is_below ? parent->id : 0;
        if (post->kind == POST_IDEA)
            continue;
        GPtrArray *list = g_hash_table_lookup(children, &above);
        if (list == NULL) {
            list = g_ptr_array_new();
            g_hash_table_insert(children, g_memdup2(&above, sizeof above), list);
        }
        g_ptr_array_add(list, (gpointer)post);
    }
    return children;
}

/* The other pages; and on the first one a place for each post that stands there. */
static void set_pages(struct talk *t, struct value *data, gint64 n_pages)
{
    struct value *pages = value_list(), *elsewhere = value_list();

    for (gint64 k = 1; n_pages > 1 && k <= n_pages; k++) {
        struct value *one = value_map();
        value_set_number(one, "page_number", k);
        value_set(one, "page_path", value_take(talk_path_of_page(t, k)));
        value_set_bool(one, "is_here", k == t->page);
        value_append(pages, one);
    }
    bool is_first = t->page == 1 && n_pages > 1 && t->e->kind == ERR_NONE;
    g_autoptr(GArray) numbers = is_first ? posts_shown_numbers(t->p->g->db, t->idea->id, LIMIT_PAGE_POSTS, t->e) : NULL;
    for (guint i = 0; numbers != NULL && i < numbers->len; i++) {
        const struct post post = {.number = g_array_index(numbers, gint64, i)};
        struct value *one = value_map();
        value_set_number(one, "number", post.number);
        value_set(one, "post_href", value_take(talk_way_to(t, &post)));
        value_append(elsewhere, one);
    }
    value_set_bool(data, "has_pages", n_pages > 1);
    value_set(data, "pages", pages);
    value_set_bool(data, "has_elsewhere", value_length(elsewhere) > 0);
    value_set(data, "elsewhere", elsewhere);
}

/* What the idea itself says. */
static void set_opening(struct talk *t, struct value *data, const struct post *opening)
{
    bool is_here = opening != NULL && t->page == 1;

    value_set_bool(data, "has_text", is_here);
    if (!is_here)
        return;
    value_set_number(data, "text_number", opening->number);
    talk_set_words(t, data, opening->text, talk_has_room(t, opening->text));
    talk_set_edited(t, data, opening);
    public_set_maybe(data, "text_language", talk_other_language(t->p, opening->language));
}

static void set_counts(struct value *data, gint64 n_answers)
{
    value_set_number(data, "n_answers", n_answers);
    value_set_bool(data, "is_one_answer", n_answers == 1);
    value_set_bool(data, "has_answers", n_answers > 0);
}

static void set_discussion(struct talk *t, struct value *data)
{
    g_autoptr(GHashTable) children = children_of(t);
    post_auto first = posts_opening(t->p->g->db, t->idea->id, t->e);
    post_auto official = t->e->kind == ERR_NONE ? posts_last_official(t->p->g->db, t->idea->id, t->e) : NULL;
    const struct post *opening = first != NULL && first->state == POST_PUBLISHED ? first : NULL;

    set_opening(t, data, opening);
    set_counts(data, t->idea->n_posts - (opening != NULL));
    struct value *thread = answers(t, children, 0, 1);
    value_set_bool(data, "has_thread", value_length(thread) > 0);
    value_set(data, "answers", thread);
    if (official != NULL) {
        value_set_number(data, "official_number", official->number);
        value_set(data, "official_href", value_take(talk_way_to(t, official)));
        page_set_date(t->p, data, "official_date", official->at);
    }
}

gint64 thread_page_of(const struct page *p)
{
    gint64 page;

    return g_ascii_string_to_signed(p->part[1], 10, 2, G_MAXINT64 / LIMIT_PAGE_POSTS, &page, NULL) ? page : 0;
}

bool thread_set(struct page *p, struct value *data, const struct idea *idea, const char *path, gint64 page, const char *address,
                const char *subject, struct err *e)
{
    gint64 last = posts_shown_last(p->g->db, idea->id, e), n_pages = MAX(last - 1, 0) / LIMIT_PAGE_POSTS + 1;

    if (last < 0 || page > n_pages)
        return false;
    struct talk t = talk_new(p, idea, page, e);
    t.address = address;
    t.subject = subject;
    t.path = path;
    t.frame = article_frame(&t);
    if (t.posts != NULL) {
        set_discussion(&t, data);
        set_pages(&t, data, n_pages);
    }
    public_set_door(data, "door", address, subject, NULL);
    public_set_door(data, "support_door", address, subject, templates_word(p->t, p->language, "word_support"));
    public_set_door(data, "follow_door", address, subject, templates_word(p->t, p->language, "word_follow"));
    talk_clear(&t);
    return e->kind == ERR_NONE;
}
