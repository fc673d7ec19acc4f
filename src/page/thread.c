/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Posts below the posts that they answer; see thread.h. Of a long discussion only the page is read.
 */
#include "page/thread.h"

#include "base/hash.h"
#include "base/limits.h"
#include "flow/view/reason.h"
#include "page/parts.h"
#include "page/public.h"
#include "store/versions.h"

#include <string.h>

#define MOST_LEVELS 4 /* answers to answers stay at this one */

struct talk {
    struct page *p;
    const struct idea *idea;
    GPtrArray *posts;              /* struct post, by number: of this page */
    GHashTable *voices;            /* person -> struct voice, those asked for */
    GHashTable *by_id;             /* post's id -> post, of POSTS and those they answer; NULL it is not shown */
    GPtrArray *elsewhere;          /* struct post: of these the ones on other pages */
    const char *address, *subject; /* of the idea, or of the proposal that it discusses */
    const char *path;              /* of its page */
    gint64 page;                   /* that is shown, from 1 */
    gsize n_bytes;                 /* of texts that are on the page */
    char *office;                  /* owned; NULL not asked yet */
    guint64 frame;                 /* of what all articles of the page are made from alike, for their keys */
    struct err *e;
};

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

static const char *name_of(struct talk *t, row_id person)
{
    const struct voice *v = voice_of(t, person);

    return v != NULL && v->public_name != NULL ? v->public_name : "";
}

/* A member's answer carries the mark of the forum; an office's only where it was made as one. */
static bool is_member(struct talk *t, row_id person)
{
    const struct voice *v = voice_of(t, person);

    return v != NULL && v->is_member;
}

/* For whom an official answer speaks: the ministry that leads the forum, else the forum. Looked up once. */
static const char *office_of(struct talk *t)
{
    if (t->office == NULL && t->e->kind == ERR_NONE) {
        forum_auto forum = forums_by_id(t->p->g->db, t->idea->forum_id, t->e);
        t->office = g_strdup(forum == NULL ? "" : forum->ministry != NULL ? forum->ministry : forum->title);
    }
    return t->office != NULL ? t->office : "";
}

/* Of this discussion, if it is shown; also from another page. */
static const struct post *post_of(struct talk *t, row_id id)
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

static gint64 page_of(const struct post *post)
{
    return (post->number - 1) / LIMIT_PAGE_POSTS + 1;
}

static char *path_of_page(const struct talk *t, gint64 page)
{
    return page == 1 ? g_strconcat(t->p->prefix, t->path, NULL)
                     : g_strdup_printf("%s%s/seite/%" G_GINT64_FORMAT, t->p->prefix, t->path, page);
}

/* A link to POST from here: "#post-7" on the same page; "" of NULL. Caller frees. */
static char *way_to(const struct talk *t, const struct post *post)
{
    g_autofree char *path = post != NULL && page_of(post) != t->page ? path_of_page(t, page_of(post)) : g_strdup("");

    return post != NULL ? g_strdup_printf("%s#post-%" G_GINT64_FORMAT, path, post->number) : g_steal_pointer(&path);
}

static void set_doors(struct talk *t, struct value *one, const struct post *post)
{
    g_autofree char *body = g_strdup_printf("zu %" G_GINT64_FORMAT ": ", post->number);
    g_autofree char *report = g_strdup_printf("%.*s, %" G_GINT64_FORMAT, (int)strcspn(t->address, "@"), t->address, post->number);

    public_set_door(one, "answer_door", t->address, t->subject, body);
    if (*t->p->g->settings->initiative_contact != '\0')
        public_set_door(one, "report_door", t->p->g->settings->initiative_contact, report, NULL);
}

/* Languages are compared by what stands before the hyphen. */
static const char *other_language(const struct page *p, const char *language)
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

/* A page that cannot be written is nobody's: somebody's megabytes must not hide what others wrote. */
static bool has_room(struct talk *t, const char *text)
{
    gsize n = html_bytes(text);
    bool has = t->n_bytes + n <= LIMIT_PAGE_WORDS_BYTES;

    t->n_bytes += has ? n : 0;
    return has;
}

static void set_words(struct talk *t, struct value *data, const char *text, bool has_room)
{
    page_set_words(data, "words", has_room ? text : templates_word(t->p->t, t->p->language, "words_elsewhere"), has_room);
}

/* What is left of a post that was taken back or removed. */
static struct value *stub_value(struct talk *t, const struct post *post)
{
    struct value *one = value_map();

    value_set_number(one, "number", post->number);
    value_set_bool(one, "is_gone", true);
    value_set_bool(one, "is_withdrawn", post->state == POST_WITHDRAWN);
    page_set_date(t->p, one, "taken", post->taken_at);
    g_autofree char *reason = view_reason(t->p->t, t->p->language, post->taken_reason);
    public_set_maybe(one, "reason", reason);
    return one;
}

/* An office stands by what it said: earlier versions of an official answer are read, too, the newest first. */
static void set_earlier(struct talk *t, struct value *one, const struct post *post)
{
    g_autoptr(GPtrArray) all =
        post->kind == POST_OFFICIAL && t->e->kind == ERR_NONE ? versions_of_post(t->p->g->db, post->id, t->e) : NULL;
    struct value *list = value_list();

    for (guint i = all != NULL ? all->len : 0; i > 0; i--) {
        const struct version *v = all->pdata[i - 1];
        struct value *entry = value_map();
        page_set_time(t->p, entry, "until", v->at);
        set_words(t, entry, v->text, has_room(t, v->text));
        value_append(list, entry);
    }
    value_set(one, "earlier", list);
}

/* That those who answered or supported it read something else. */
static void set_edited(struct talk *t, struct value *one, const struct post *post)
{
    value_set_bool(one, "edited", false);
    if (post->edited_at != 0 && post->is_edit_shown)
        page_set_date(t->p, one, "edited", post->edited_at);
}

/* What is written of POST without the posts below it, for the part _article. */
static struct value *article_value(struct talk *t, const struct post *post, bool has_room)
{
    const struct post *parent = post_of(t, post->parent_id);
    bool is_role = post->kind == POST_OFFICIAL || post->kind == POST_NOTE;

    if (post->state != POST_PUBLISHED)
        return stub_value(t, post);
    struct value *one = value_map();
    value_set_number(one, "number", post->number);
    value_set_bool(one, "is_gone", false);
    page_set_time(t->p, one, "written", post->at);
    public_set_maybe(one, "author", name_of(t, post->person_id));
    value_set_bool(one, "is_official", post->kind == POST_OFFICIAL);
    public_set_maybe(one, "office", post->kind == POST_OFFICIAL ? office_of(t) : NULL);
    value_set_bool(one, "is_note", post->kind == POST_NOTE);
    value_set_bool(one, "is_from_member", post->kind == POST_REPLY && is_member(t, post->person_id));
    value_set_string(one, "post_class",
                     post->kind == POST_OFFICIAL ? "post official"
                     : post->kind == POST_NOTE   ? "post note"
                                                 : "post");
    value_set_string(one, "words_class", is_role ? "body" : "words");
    public_set_maybe(one, "text_language", other_language(t->p, post->language));
    value_set_bool(one, "is_answer", parent != NULL);
    value_set_number(one, "answers_number", parent != NULL ? parent->number : 0);
    value_set(one, "answers_href", value_take(way_to(t, parent)));
    public_set_maybe(one, "answers_author",
                     parent != NULL && parent->state == POST_PUBLISHED ? name_of(t, parent->person_id) : NULL);
    set_words(t, one, post->text, has_room);
    set_earlier(t, one, post);
    set_edited(t, one, post);
    set_doors(t, one, post);
    return one;
}

static guint64 mark(const char *text)
{
    return text != NULL ? hash_word(text, strlen(text)) : 0;
}

/* What all articles of the page have from it: its language and prefix, and where answers go. */
static guint64 frame_of(const struct talk *t)
{
    g_autofree char *all = g_strjoin("\x1f", t->p->language, t->p->prefix, t->path, t->address, t->subject, NULL);

    return mark(all);
}

/* All that article_value() looks at: whose name is another now gets another key. */
static struct parts_key article_key(struct talk *t, const struct post *post, bool has_room)
{
    const struct post *parent = post_of(t, post->parent_id);
    bool is_shown = post->state == POST_PUBLISHED, is_parent_shown = parent != NULL && parent->state == POST_PUBLISHED;
    bool is_from_member = is_shown && post->kind == POST_REPLY && is_member(t, post->person_id);
    bool is_elsewhere = parent != NULL && page_of(parent) != t->page;
    struct parts_key key = {{
        t->frame,
        (guint64)post->id,
        (guint64)post->number,
        (guint64)post->state | (guint64)post->kind << 8 | (guint64)has_room << 16 | (guint64)is_from_member << 17 |
            (guint64)is_parent_shown << 18 | (guint64)is_elsewhere << 19,
        (guint64)(is_shown ? post->at : post->taken_at),
        mark(is_shown ? post->text : post->taken_reason),
        mark(post->language),
        is_shown ? mark(name_of(t, post->person_id)) : 0,
        parent != NULL ? (guint64)parent->number : 0,
        is_parent_shown ? mark(name_of(t, parent->person_id)) : 0,
        is_shown && post->kind == POST_OFFICIAL ? mark(office_of(t)) : 0,
        is_shown && post->is_edit_shown ? (guint64)post->edited_at : 0,
    }};

    return key;
}

/* Written once for all pages that show it so. */
static GBytes *article(struct talk *t, const struct post *post)
{
    bool fits = post->state != POST_PUBLISHED || has_room(t, post->text);
    const struct parts_key key = article_key(t, post, fits);
    GBytes *kept = t->p->parts != NULL ? parts_find(t->p->parts, &key) : NULL;

    if (kept != NULL)
        return g_bytes_ref(kept);
    value_auto data = article_value(t, post, fits);
    GString *out = g_string_sized_new(2048);
    if (!templates_write_page(t->p->t, t->p->language, "_article", data, out, t->e))
        g_string_truncate(out, 0);
    kept = g_string_free_to_bytes(out);
    if (t->p->parts != NULL && t->e->kind == ERR_NONE)
        parts_put(t->p->parts, &key, kept);
    return kept;
}

static struct value *post_value(struct talk *t, const struct post *post)
{
    g_autoptr(GBytes) written = article(t, post);
    struct value *one = value_map();

    value_set(one, "article", value_written(written));
    return one;
}

/* CHILDREN: by the id of what they answer, GPtrArray of struct post; 0 for what stands on the first level. */
static void append_flat(struct talk *t, GHashTable *children, row_id parent, struct value *list)
{
    const GPtrArray *below = g_hash_table_lookup(children, &parent);

    for (guint i = 0; below != NULL && i < below->len; i++) {
        const struct post *post = below->pdata[i];
        struct value *one = post_value(t, post);
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
        struct value *one = post_value(t, post);
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
        const struct post *post = t->posts->pdata[i], *parent = post_of(t, post->parent_id);
        bool is_here = parent != NULL && page_of(parent) == t->page;
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
        value_set(one, "page_path", value_take(path_of_page(t, k)));
        value_set_bool(one, "is_here", k == t->page);
        value_append(pages, one);
    }
    bool is_first = t->page == 1 && n_pages > 1 && t->e->kind == ERR_NONE;
    g_autoptr(GArray) numbers = is_first ? posts_shown_numbers(t->p->g->db, t->idea->id, LIMIT_PAGE_POSTS, t->e) : NULL;
    for (guint i = 0; numbers != NULL && i < numbers->len; i++) {
        const struct post post = {.number = g_array_index(numbers, gint64, i)};
        struct value *one = value_map();
        value_set_number(one, "number", post.number);
        value_set(one, "post_href", value_take(way_to(t, &post)));
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
    set_words(t, data, opening->text, has_room(t, opening->text));
    set_edited(t, data, opening);
    public_set_maybe(data, "text_language", other_language(t->p, opening->language));
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
        value_set(data, "official_href", value_take(way_to(t, official)));
        page_set_date(t->p, data, "official_date", official->at);
    }
}

gint64 thread_page_of(const struct page *p)
{
    gint64 page;

    return g_ascii_string_to_signed(p->part[1], 10, 2, G_MAXINT64 / LIMIT_PAGE_POSTS, &page, NULL) ? page : 0;
}

static struct talk talk_new(struct page *p, const struct idea *idea, gint64 page, struct err *e)
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

static void talk_clear(struct talk *t)
{
    g_hash_table_unref(t->voices);
    g_hash_table_unref(t->by_id);
    g_ptr_array_unref(t->elsewhere);
    g_clear_pointer(&t->posts, g_ptr_array_unref);
    g_free(t->office);
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
    t.frame = frame_of(&t);
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
