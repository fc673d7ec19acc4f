/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See news_item.h.
 */
#include "flow/out/news_item.h"

#include "forum/access.h"
#include "forum/list.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/issues.h"
#include "store/lists.h"
#include "store/posts.h"
#include "store/proposals.h"
#include "text/markdown.h"

#include <stdio.h>
#include <string.h>

struct making {
    struct gateway *g;
    const struct event *ev;
    struct news_item *item;
    struct value *data;
    struct err *e;
};

struct kind {
    const char *event, *word, *template;
    bool (*set)(struct making *m); /* false: nothing to tell, or E */
};

void news_item_clear(struct news_item *x)
{
    g_clear_pointer(&x->title, g_free);
    g_clear_pointer(&x->text, g_free);
    g_clear_pointer(&x->url, g_free);
}

static bool may_read(const struct idea *idea)
{
    return idea->ring == RING_PUBLIC && access_may_read(idea, ROLE_NONE, false);
}

static void set_forum(struct making *m, row_id id)
{
    forum_auto forum = forums_by_id(m->g->db, id, m->e);

    if (forum != NULL)
        value_set_line(m->data, "forum_title", forum->title);
}

/* What was taken back and came again is no news. */
static bool is_first(struct making *m)
{
    bool has_earlier;

    return events_has_earlier(m->g->db, m->ev, &has_earlier, m->e) && !has_earlier;
}

static bool set_idea(struct making *m)
{
    idea_auto idea = ideas_by_id(m->g->db, m->ev->about.idea, m->e);

    if (idea == NULL || !may_read(idea) || !is_first(m))
        return false;
    m->item->number = idea->id;
    m->item->url = g_strdup_printf("%s/idee/%" G_GINT64_FORMAT, m->g->settings->web_url, idea->id);
    value_set_line(m->data, "title", idea->title);
    set_forum(m, idea->forum_id);
    return m->e->kind == ERR_NONE;
}

static bool set_official(struct making *m)
{
    idea_auto idea = ideas_by_id(m->g->db, m->ev->about.idea, m->e);
    post_auto post = idea != NULL ? posts_by_id(m->g->db, m->ev->about.post, m->e) : NULL;
    row_id proposal = 0;

    if (post == NULL || post->state != POST_PUBLISHED || !may_read(idea) ||
        !proposals_of_discussion(m->g->db, idea->id, &proposal, m->e))
        return false;
    m->item->number = proposal != 0 ? proposal : idea->id;
    m->item->url = g_strdup_printf("%s/%s/%" G_GINT64_FORMAT "#post-%" G_GINT64_FORMAT, m->g->settings->web_url,
                                   proposal != 0 ? "vorschlag" : "idee", m->item->number, post->number);
    value_set_line(m->data, "title", idea->title);
    set_forum(m, idea->forum_id);
    return m->e->kind == ERR_NONE;
}

static bool set_proposal(struct making *m)
{
    row_id proposal = 0;
    if (m->ev->detail != NULL && g_str_has_suffix(m->ev->detail, " draft"))
        return false;
    idea_auto discussion = ideas_by_id(m->g->db, m->ev->about.idea, m->e);

    if (discussion == NULL || !may_read(discussion) || !proposals_of_discussion(m->g->db, discussion->id, &proposal, m->e) ||
        proposal == 0)
        return false;
    g_autoptr(GArray) parts = proposals_ideas(m->g->db, proposal, m->e);
    for (guint i = 0; parts != NULL && i < parts->len; i++) {
        idea_auto part = ideas_by_id(m->g->db, g_array_index(parts, row_id, i), m->e);
        if (part == NULL || part->ring != RING_PUBLIC)
            return false;
    }
    m->item->number = proposal;
    m->item->url = g_strdup_printf("%s/vorschlag/%" G_GINT64_FORMAT, m->g->settings->web_url, proposal);
    value_set_line(m->data, "title", discussion->title);
    set_forum(m, discussion->forum_id);
    return m->e->kind == ERR_NONE;
}

static bool set_issue(struct making *m)
{
    gint64 list, number;

    if (m->ev->detail == NULL || sscanf(m->ev->detail, "list %" G_GINT64_FORMAT " issue %" G_GINT64_FORMAT, &list, &number) != 2)
        return false;
    list_auto l = lists_by_id(m->g->db, list, m->e);
    issue_auto i = l != NULL ? issues_by_number(m->g->db, list, number, m->e) : NULL;
    if (i == NULL || l->is_members_only || i->forum_id != 0 || i->role != NULL || i->joined_after != 0)
        return false;
    struct markdown text;
    markdown_read(i->source, &text);
    m->item->number = number;
    m->item->url = g_strdup_printf("%s/newsletter/%s/%" G_GINT64_FORMAT, m->g->settings->web_url, l->name, number);
    value_set_line(m->data, "title", text.title != NULL && *text.title != '\0' ? text.title : i->subject);
    value_set_line(m->data, "list_title", l->title);
    markdown_clear(&text);
    return true;
}

static const struct kind kinds[] = {
    {"idea.published", "idea", "channel-idea", set_idea},
    {"post.official", "official", "channel-official", set_official},
    {"proposal.added", "proposal", "channel-proposal", set_proposal}, /* in public at once */
    {"proposal.proposed", "proposal", "channel-proposal", set_proposal},
    {"issue.sent", "issue", "channel-issue", set_issue},
};

static const struct kind *kind_of(const struct event *ev)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (strcmp(kinds[i].event, ev->kind) == 0)
            return &kinds[i];
    return NULL;
}

bool news_is_told(const struct event *ev)
{
    return kind_of(ev) != NULL;
}

bool news_item_make(struct gateway *g, const struct templates *t, const struct event *ev, struct news_item *out, struct err *e)
{
    const struct kind *kind = kind_of(ev);
    value_auto data = value_map();
    struct making m = {g, ev, out, data, e};
    struct written w = {0};

    *out = (struct news_item){.event_id = ev->id, .at = ev->at, .kind = kind != NULL ? kind->word : ""};
    if (kind == NULL || !kind->set(&m))
        return false;
    value_set_number(data, "number", out->number);
    value_set_line(data, "item_url", out->url);
    value_set_line(data, "initiative", g->settings->initiative_title);
    if (!templates_write(t, g->settings->initiative_languages[0], kind->template, data, &w, e))
        return false;
    out->title = g_strdup(w.subject);
    out->text = g_strchomp(g_strdup(w.body));
    written_clear(&w);
    return true;
}
