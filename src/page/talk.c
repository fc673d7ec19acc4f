/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a page knows of the discussion that it shows; see talk.h.
 */
#include "page/talk.h"

#include "base/limits.h"
#include "page/public.h"

#include <string.h>

static gpointer keep(GHashTable *table, row_id id, gpointer row)
{
    g_hash_table_insert(table, g_memdup2(&id, sizeof id), row);
    return row;
}

static const struct voice *voice_of(struct talk *t, row_id person)
{
    gpointer known = NULL;

    if (g_hash_table_lookup_extended(t->voices, &person, NULL, &known) || t->e->kind != ERR_NONE)
        return known;
    return keep(t->voices, person, persons_voice(t->p->g->db, person, t->idea->forum_id, t->e));
}

const char *talk_name_of(struct talk *t, row_id person)
{
    const struct voice *v = voice_of(t, person);

    return v != NULL && v->public_name != NULL ? v->public_name : "";
}

bool talk_is_member(struct talk *t, row_id person)
{
    const struct voice *v = voice_of(t, person);

    return v != NULL && v->is_member;
}

const char *talk_office_of(struct talk *t)
{
    if (t->office == NULL && t->e->kind == ERR_NONE) {
        forum_auto forum = forums_by_id(t->p->g->db, t->idea->forum_id, t->e);
        t->office = g_strdup(forum == NULL ? "" : forum->ministry != NULL ? forum->ministry : forum->title);
    }
    return t->office != NULL ? t->office : "";
}

const struct post *talk_post_of(struct talk *t, row_id id)
{
    gpointer known = NULL;

    if (id == 0 || g_hash_table_lookup_extended(t->by_id, &id, NULL, &known) || t->e->kind != ERR_NONE)
        return known;
    post_auto post = posts_by_id(t->p->g->db, id, t->e);
    if (post == NULL || post->idea_id != t->idea->id || !posts_is_shown(post))
        return keep(t->by_id, id, NULL);
    g_ptr_array_add(t->elsewhere, post);
    return keep(t->by_id, id, g_steal_pointer(&post));
}

gint64 talk_page_of(const struct post *post)
{
    return (post->number - 1) / LIMIT_PAGE_POSTS + 1;
}

char *talk_path_of_page(const struct talk *t, gint64 page)
{
    return page == 1 ? g_strconcat(t->p->prefix, t->path, NULL)
                     : g_strdup_printf("%s%s/seite/%" G_GINT64_FORMAT, t->p->prefix, t->path, page);
}

char *talk_way_to(const struct talk *t, const struct post *post)
{
    g_autofree char *path =
        post != NULL && talk_page_of(post) != t->page ? talk_path_of_page(t, talk_page_of(post)) : g_strdup("");

    return post != NULL ? g_strdup_printf("%s#post-%" G_GINT64_FORMAT, path, post->number) : g_steal_pointer(&path);
}

const char *talk_other_language(const struct page *p, const char *language)
{
    bool is_other = language != NULL && g_ascii_strncasecmp(language, p->language, strcspn(p->language, "-")) != 0;

    return is_other ? language : NULL;
}

/* About what TEXT takes as HTML: a line and a link have tags around them, a sign of syntax is a word. */
static gsize html_bytes(const char *text)
{
    static const guchar more[256] = {['\n'] = 58, ['@'] = 58, [':'] = 38, ['&'] = 5, ['<'] = 5, ['>'] = 5, ['"'] = 5, ['\''] = 5};
    gsize n = 0;

    for (const guchar *c = (const guchar *)text; *c != '\0'; c++)
        n += 2 + more[*c];
    return n;
}

bool talk_has_room(struct talk *t, const char *text)
{
    gsize n = html_bytes(text);
    bool has = t->n_bytes + n <= LIMIT_PAGE_WORDS_BYTES;

    t->n_bytes += has ? n : 0;
    return has;
}

void talk_set_words(struct talk *t, struct value *data, const char *text, bool has_room)
{
    page_set_words(data, "words", has_room ? text : templates_word(t->p->t, t->p->language, "words_elsewhere"), has_room);
}

void talk_set_edited(struct talk *t, struct value *one, const struct post *post)
{
    value_set_bool(one, "edited", false);
    if (post->edited_at != 0 && post->is_edit_shown)
        page_set_date(t->p, one, "edited", post->edited_at);
}

struct talk talk_new(struct page *p, const struct idea *idea, gint64 page, struct err *e)
{
    struct talk t = {.p = p, .idea = idea, .page = page, .e = e};
    gint64 first = (page - 1) * LIMIT_PAGE_POSTS + 1;

    t.voices = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)voice_free);
    t.by_id = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    t.elsewhere = g_ptr_array_new_with_free_func((GDestroyNotify)post_free);
    t.posts = posts_shown_between(p->g->db, idea->id, first, first + LIMIT_PAGE_POSTS - 1, e);
    for (guint i = 0; t.posts != NULL && i < t.posts->len; i++)
        keep(t.by_id, ((struct post *)t.posts->pdata[i])->id, t.posts->pdata[i]);
    return t;
}

void talk_clear(struct talk *t)
{
    g_hash_table_unref(t->voices);
    g_hash_table_unref(t->by_id);
    g_ptr_array_unref(t->elsewhere);
    g_clear_pointer(&t->posts, g_ptr_array_unref);
    g_free(t->office);
}
