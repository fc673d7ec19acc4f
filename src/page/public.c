/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See public.h.
 */
#include "page/public.h"

#include "forum/access.h"
#include "forum/route.h"

#include <string.h>

/* Signs fill up as an idea goes on; each only repeats the word beside it. */
static const char *sign_of(enum idea_state state)
{
    switch (state) {
    case IDEA_SUBMITTED:
    case IDEA_EXPIRED:
    case IDEA_CONFIRMED:
    case IDEA_IN_REVIEW:
    case IDEA_PUBLISHED:
        return "○";
    case IDEA_ASSIGNED:
        return "◔";
    case IDEA_IN_DELIBERATION:
        return "◑";
    case IDEA_PROPOSAL:
        return "◕";
    case IDEA_ADOPTED:
        return "●";
    case IDEA_IN_PROGRESS:
        return "◉";
    case IDEA_DONE:
        return "✓";
    case IDEA_MERGED:
        return "⤷";
    case IDEA_FORWARDED:
        return "→";
    case IDEA_REJECTED:
    case IDEA_NOT_PURSUED:
    case IDEA_WITHDRAWN:
    case IDEA_REMOVED:
        return "✕";
    }
    return "○";
}

static const char *class_of(enum idea_state state)
{
    if (state == IDEA_NOT_PURSUED || state == IDEA_REMOVED || state == IDEA_REJECTED)
        return "no";
    return state == IDEA_ADOPTED || state == IDEA_IN_PROGRESS || state == IDEA_DONE ? "yes" : NULL;
}

bool public_may_read(const struct idea *idea)
{
    return idea->ring == RING_PUBLIC && access_may_read(idea, ROLE_NONE, false);
}

char *public_name(const struct page *p, row_id person, struct err *e)
{
    person_auto row = person != 0 ? persons_by_id(p->g->db, person, e) : NULL;

    return row != NULL ? g_strdup(row->public_name) : NULL;
}

void public_set_maybe(struct value *data, const char *key, const char *text)
{
    if (text != NULL && *text != '\0')
        value_set_line(data, key, text);
    else
        value_set_bool(data, key, false);
}

void public_set_state(const struct page *p, struct value *data, enum idea_state state)
{
    g_autofree char *key = g_strconcat("state_", idea_state_name(state), NULL);

    value_set_string(data, "state_word", templates_word(p->t, p->language, key));
    value_set_string(data, "state_sign", sign_of(state));
    public_set_maybe(data, "state_class", class_of(state));
}

void public_set_head(const struct page *p, struct value *data, const char *path, const char *feed)
{
    const struct settings *s = p->g->settings;
    bool is_first = strcmp(p->language, s->initiative_languages[0]) == 0;

    value_set(data, "feed_path", value_take(g_strconcat(p->prefix, feed, NULL)));
    if (*s->web_url != '\0')
        value_set(data, "canonical_url",
                  value_take(g_strconcat(s->web_url, is_first ? "" : "/", is_first ? "" : p->language, path, NULL)));
}

static void set_count(struct value *data, const char *key, gint64 n)
{
    g_autofree char *is_one = g_strconcat("is_one_", key, NULL);

    value_set_number(data, key, n);
    value_set_bool(data, is_one, n == 1);
}

struct value *public_idea(const struct page *p, const struct idea *idea, struct err *e)
{
    gint64 n_supporters, n_organisations;
    g_autofree char *name = public_name(p, idea->author_id, e);
    forum_auto forum = forums_by_id(p->g->db, idea->forum_id, e);

    if (e->kind != ERR_NONE || !ideas_count_supporters(p->g->db, idea->id, &n_supporters, e) ||
        !ideas_count_organisations(p->g->db, idea->id, &n_organisations, e))
        return NULL;
    struct value *one = value_map();
    value_set_number(one, "number", idea->id);
    value_set(one, "idea_path", value_take(g_strdup_printf("%s/idee/%" G_GINT64_FORMAT, p->prefix, idea->id)));
    value_set_line(one, "title", idea->title);
    public_set_state(p, one, idea->state);
    set_count(one, "n_posts", idea->n_posts);
    set_count(one, "n_supporters", n_supporters);
    value_set_bool(one, "has_supporters", n_supporters > 0);
    set_count(one, "n_organisations", n_organisations);
    value_set_bool(one, "has_organisations", n_organisations > 0);
    public_set_maybe(one, "author", name);
    page_set_date(p, one, "published", idea->published_at);
    public_set_maybe(one, "forum_title", forum != NULL ? forum->title : NULL);
    return one;
}

bool public_set_ideas(const struct page *p, struct value *data, const char *key, const GPtrArray *ideas, struct err *e)
{
    struct value *list = value_list();

    value_set(data, key, list);
    for (guint i = 0; i < ideas->len; i++) {
        struct value *one = public_idea(p, ideas->pdata[i], e);
        if (one == NULL)
            return false;
        value_append(list, one);
    }
    return true;
}

void public_set_door(struct value *data, const char *key, const char *address, const char *subject, const char *body)
{
    const char *at = strrchr(address, '@');
    struct value *map = value_map();
    GString *mailto = g_string_new(NULL);

    g_string_append_uri_escaped(mailto, address, "@+", FALSE);
    if (subject != NULL)
        g_string_append_uri_escaped(g_string_append(mailto, "?subject="), subject, NULL, FALSE);
    if (body != NULL)
        g_string_append_uri_escaped(g_string_append(mailto, subject != NULL ? "&body=" : "?body="), body, NULL, FALSE);
    value_set(map, "local", value_take(g_strndup(address, (gsize)(at - address))));
    value_set_string(map, "domain", at + 1);
    value_set(map, "mailto", value_take(g_string_free(mailto, FALSE)));
    value_set(data, key, map);
}

char *public_subject(const struct idea *idea)
{
    return g_strdup_printf("Re: %s [idee-%" G_GINT64_FORMAT "]", idea->title, idea->id);
}

void public_set_forum(const struct page *p, struct value *data, const struct forum *forum)
{
    g_autofree char *address = route_forum_address(forum->name, p->g->domain);

    value_set_line(data, "forum_title", forum->title);
    value_set(data, "forum_path", value_take(g_strconcat(p->prefix, "/forum/", forum->name, NULL)));
    public_set_maybe(data, "ministry", forum->ministry);
    public_set_door(data, "forum_door", address, NULL, NULL);
    value_set_bool(data, "is_closed", forum->closed_at != 0 && forum->closed_at <= p->now);
    if (forum->closed_at != 0)
        page_set_date(p, data, "closes", forum->closed_at);
}
