/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Posts below the posts that they answer, and the steps of an idea; see thread.h.
 */
#include "page/thread.h"

#include "base/hash.h"
#include "base/limits.h"
#include "flow/view/reason.h"
#include "page/parts.h"
#include "page/public.h"
#include "store/steps.h"

#include <string.h>

#define MOST_LEVELS 4 /* answers to answers stay at this one */

struct talk {
    struct page *p;
    const struct idea *idea;
    const GPtrArray *posts;        /* struct post, by number */
    GHashTable *voices;            /* person -> struct voice */
    GHashTable *by_id;             /* post's id -> post, of POSTS */
    const char *address, *subject; /* of the idea, or of the proposal that it discusses */
    const char *path;              /* of its page */
    gint64 page;                   /* that is shown, from 1 */
    gsize n_bytes;                 /* of texts that are on the page */
    char *office;                  /* owned; NULL not asked yet */
    guint64 frame;                 /* of what all articles of the page are made from alike, for their keys */
    struct err *e;
};

static const char *name_of(struct talk *t, row_id person)
{
    const struct voice *v = g_hash_table_lookup(t->voices, &person);

    return v != NULL && v->public_name != NULL ? v->public_name : "";
}

/* A member's answer carries the mark of the forum; an office's only where it was made as one. */
static bool is_member(struct talk *t, row_id person)
{
    const struct voice *v = g_hash_table_lookup(t->voices, &person);

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

static const struct post *post_of(const struct talk *t, row_id id)
{
    return g_hash_table_lookup(t->by_id, &id);
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
static GHashTable *children_of(const struct talk *t)
{
    GHashTable *children = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_ptr_array_unref);

    for (guint i = 0; i < t->posts->len; i++) {
        const struct post *post = t->posts->pdata[i], *parent = post_of(t, post->parent_id);
        bool is_here = parent != NULL && page_of(parent) == t->page;
        bool is_below = is_here && parent->number < post->number && parent->kind != POST_IDEA;
        row_id above = is_below ? parent->id : 0;
        if (post->kind == POST_IDEA || page_of(post) != t->page)
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
    for (guint i = 0; t->page == 1 && i < t->posts->len; i++) {
        const struct post *post = t->posts->pdata[i];
        if (page_of(post) == 1)
            continue;
        struct value *one = value_map();
        value_set_number(one, "number", post->number);
        value_set(one, "post_href", value_take(way_to(t, post)));
        value_append(elsewhere, one);
    }
    value_set_bool(data, "has_pages", n_pages > 1);
    value_set(data, "pages", pages);
    value_set_bool(data, "has_elsewhere", value_length(elsewhere) > 0);
    value_set(data, "elsewhere", elsewhere);
}

static void set_discussion(struct talk *t, struct value *data)
{
    g_autoptr(GHashTable) children = children_of(t);
    guint n_answers = 0;
    const struct post *official = NULL;

    value_set_bool(data, "has_text", false);
    for (guint i = 0; i < t->posts->len; i++) {
        const struct post *post = t->posts->pdata[i];
        if (post->kind == POST_IDEA && post->state == POST_PUBLISHED && t->page == 1) {
            value_set_bool(data, "has_text", true);
            value_set_number(data, "text_number", post->number);
            set_words(t, data, post->text, has_room(t, post->text));
            public_set_maybe(data, "text_language", other_language(t->p, post->language));
        }
        n_answers += post->kind != POST_IDEA && post->state == POST_PUBLISHED;
        if (post->kind == POST_OFFICIAL && post->state == POST_PUBLISHED)
            official = post;
    }
    value_set_number(data, "n_answers", n_answers);
    value_set_bool(data, "is_one_answer", n_answers == 1);
    value_set_bool(data, "has_answers", n_answers > 0);
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

bool thread_set(struct page *p, struct value *data, const struct idea *idea, const char *path, gint64 page, const char *address,
                const char *subject, struct err *e)
{
    g_autoptr(GPtrArray) posts = posts_of_idea(p->g->db, idea->id, true, e);
    g_autoptr(GPtrArray) people = posts != NULL ? persons_voices(p->g->db, idea->id, idea->forum_id, e) : NULL;
    g_autoptr(GHashTable) voices = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autoptr(GHashTable) by_id = g_hash_table_new(g_int64_hash, g_int64_equal);

    for (guint i = 0; posts != NULL && i < posts->len; i++)
        g_hash_table_insert(by_id, &((struct post *)posts->pdata[i])->id, posts->pdata[i]);
    for (guint i = 0; people != NULL && i < people->len; i++)
        g_hash_table_insert(voices, &((struct voice *)people->pdata[i])->id, people->pdata[i]);
    struct talk t = {.p = p,
                     .idea = idea,
                     .posts = posts,
                     .voices = voices,
                     .by_id = by_id,
                     .address = address,
                     .subject = subject,
                     .path = path,
                     .page = page,
                     .e = e};
    gint64 n_pages = posts != NULL && posts->len > 0 ? page_of(posts->pdata[posts->len - 1]) : 1;

    if (page > n_pages)
        return false;
    t.frame = frame_of(&t);
    if (people != NULL) {
        set_discussion(&t, data);
        set_pages(&t, data, n_pages);
    }
    public_set_door(data, "door", address, subject, NULL);
    public_set_door(data, "support_door", address, subject, templates_word(p->t, p->language, "word_support"));
    public_set_door(data, "follow_door", address, subject, templates_word(p->t, p->language, "word_follow"));
    g_free(t.office);
    return e->kind == ERR_NONE;
}

/* ---- The history */
/* What a step came to: a state's word, or what happened beside the states. */
static void set_step(struct page *p, struct value *one, const struct stage *x, struct err *e)
{
    enum idea_state state;
    const char *to = x->to_state, *colon = strchr(to, ':');

    if (idea_state_parse(to, &state)) {
        g_autofree char *key = g_strconcat("state_", to, NULL);
        value_set_string(one, "word", templates_word(p->t, p->language, key));
    } else if (g_str_has_prefix(to, "moved:")) {
        forum_auto forum = forums_by_name(p->g->db, colon + 1, e);
        value_set_bool(one, "is_moved", true);
        value_set_line(one, "moved_to", forum != NULL ? forum->title : colon + 1);
    } else if (g_str_has_prefix(to, "also:") || g_str_has_prefix(to, "not-also:")) {
        forum_auto forum = forums_by_name(p->g->db, colon + 1, e);
        value_set_bool(one, *to == 'a' ? "is_also" : "is_not_also", true);
        value_set_line(one, "moved_to", forum != NULL ? forum->title : colon + 1);
    } else if (g_str_has_prefix(to, "deadline:")) {
        value_set_bool(one, "is_deadline", true);
        public_set_maybe(one, "due", strcmp(colon + 1, "none") != 0 ? colon + 1 : NULL);
    } else if (g_str_has_prefix(to, "merged:")) {
        value_set_bool(one, "is_merged", true);
        value_set_string(one, "merged_number", colon + 1);
        value_set(one, "merged_path", value_take(g_strconcat(p->prefix, "/idee/", colon + 1, NULL)));
    } else {
        value_set_bool(one, "is_back", true);
    }
    g_autofree char *reason = view_reason(p->t, p->language, x->reason);
    public_set_maybe(one, "reason", reason);
    page_set_date(p, one, "at", x->at);
}

bool thread_set_steps(struct page *p, struct value *data, const struct idea *idea, struct err *e)
{
    g_autoptr(GPtrArray) steps = steps_of_idea(p->g->db, idea->id, 0, e);
    struct value *list = value_list();

    value_set(data, "steps", list);
    for (guint i = 0; steps != NULL && i < steps->len && e->kind == ERR_NONE; i++) {
        struct value *one = value_map();
        set_step(p, one, steps->pdata[i], e);
        value_set_bool(one, "is_now", i + 1 == steps->len);
        value_append(list, one);
    }
    value_set_bool(data, "has_steps", value_length(list) > 0);
    return e->kind == ERR_NONE;
}
