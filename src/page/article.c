/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One post on a page; see article.h.
 */
#include "page/article.h"

#include "base/hash.h"
#include "flow/view/reason.h"
#include "page/parts.h"
#include "page/public.h"
#include "store/versions.h"

#include <string.h>

static guint64 mark(const char *text)
{
    return text != NULL ? hash_word(text, strlen(text)) : 0;
}

guint64 article_frame(const struct talk *t)
{
    g_autofree char *all = g_strjoin("\x1f", t->p->language, t->p->prefix, t->path, t->address, t->subject, NULL);

    return mark(all);
}

static void set_doors(struct talk *t, struct value *one, const struct post *post)
{
    g_autofree char *body = g_strdup_printf("zu %" G_GINT64_FORMAT ": ", post->number);
    g_autofree char *report = g_strdup_printf("%.*s, %" G_GINT64_FORMAT, (int)strcspn(t->address, "@"), t->address, post->number);

    public_set_door(one, "answer_door", t->address, t->subject, body);
    if (*t->p->g->settings->initiative_contact != '\0')
        public_set_door(one, "report_door", t->p->g->settings->initiative_contact, report, NULL);
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
        talk_set_words(t, entry, v->text, talk_has_room(t, v->text));
        value_append(list, entry);
    }
    value_set(one, "earlier", list);
}

/* What is written of POST without the posts below it, for the part _article. */
static struct value *article_value(struct talk *t, const struct post *post, bool has_room)
{
    const struct post *parent = talk_post_of(t, post->parent_id);
    bool is_role = post->kind == POST_OFFICIAL || post->kind == POST_NOTE;

    if (post->state != POST_PUBLISHED)
        return stub_value(t, post);
    struct value *one = value_map();
    value_set_number(one, "number", post->number);
    value_set_bool(one, "is_gone", false);
    page_set_time(t->p, one, "written", post->at);
    public_set_maybe(one, "author", talk_name_of(t, post->person_id));
    value_set_bool(one, "is_official", post->kind == POST_OFFICIAL);
    public_set_maybe(one, "office", post->kind == POST_OFFICIAL ? talk_office_of(t) : NULL);
    value_set_bool(one, "is_note", post->kind == POST_NOTE);
    value_set_bool(one, "is_from_member", post->kind == POST_REPLY && talk_is_member(t, post->person_id));
    value_set_string(one, "post_class",
                     post->kind == POST_OFFICIAL ? "post official"
                     : post->kind == POST_NOTE   ? "post note"
                                                 : "post");
    value_set_string(one, "words_class", is_role ? "body" : "words");
    public_set_maybe(one, "text_language", talk_other_language(t->p, post->language));
    value_set_bool(one, "is_answer", parent != NULL);
    value_set_number(one, "answers_number", parent != NULL ? parent->number : 0);
    value_set(one, "answers_href", value_take(talk_way_to(t, parent)));
    public_set_maybe(one, "answers_author",
                     parent != NULL && parent->state == POST_PUBLISHED ? talk_name_of(t, parent->person_id) : NULL);
    talk_set_words(t, one, post->text, has_room);
    set_earlier(t, one, post);
    talk_set_edited(t, one, post);
    set_doors(t, one, post);
    return one;
}

/* All that article_value() looks at: whose name is another now gets another key. */
static struct parts_key article_key(struct talk *t, const struct post *post, bool has_room)
{
    const struct post *parent = talk_post_of(t, post->parent_id);
    bool is_shown = post->state == POST_PUBLISHED, is_parent_shown = parent != NULL && parent->state == POST_PUBLISHED;
    bool is_from_member = is_shown && post->kind == POST_REPLY && talk_is_member(t, post->person_id);
    bool is_elsewhere = parent != NULL && talk_page_of(parent) != t->page;
    struct parts_key key = {{
        t->frame,
        (guint64)post->id,
        (guint64)post->number,
        (guint64)post->state | (guint64)post->kind << 8 | (guint64)has_room << 16 | (guint64)is_from_member << 17 |
            (guint64)is_parent_shown << 18 | (guint64)is_elsewhere << 19,
        (guint64)(is_shown ? post->at : post->taken_at),
        mark(is_shown ? post->text : post->taken_reason),
        mark(post->language),
        is_shown ? mark(talk_name_of(t, post->person_id)) : 0,
        parent != NULL ? (guint64)parent->number : 0,
        is_parent_shown ? mark(talk_name_of(t, parent->person_id)) : 0,
        is_shown && post->kind == POST_OFFICIAL ? mark(talk_office_of(t)) : 0,
        is_shown && post->is_edit_shown ? (guint64)post->edited_at : 0,
    }};

    return key;
}

/* Written once for all pages that show it so. */
static GBytes *article(struct talk *t, const struct post *post)
{
    bool fits = post->state != POST_PUBLISHED || talk_has_room(t, post->text);
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

struct value *article_of(struct talk *t, const struct post *post)
{
    g_autoptr(GBytes) written = article(t, post);
    struct value *one = value_map();

    value_set(one, "article", value_written(written));
    return one;
}
