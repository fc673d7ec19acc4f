/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The blocks of an issue, written as Markdown from what is public when they are asked for: {{neue_ideen}}, {{antworten}},
 * {{vorschlaege}}, {{fristen}}; see issue.h.
 */
#include "flow/step/issue.h"

#include "base/limits.h"
#include "forum/access.h"
#include "forum/route.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/issues.h"
#include "store/posts.h"
#include "text/wrap.h"

#include <string.h>

#define QUOTE_CHARS 300

struct blocks {
    struct gateway *g;
    const struct list *list;
    const struct issue *issue;
    bool is_german;
    GString *out;
    struct err *e;
};

static const char *word(const struct blocks *b, const char *german, const char *english)
{
    return b->is_german ? german : english;
}

static void add_idea(struct blocks *b, row_id post, bool quotes)
{
    post_auto p = posts_by_id(b->g->db, post, b->e);
    idea_auto i = p != NULL ? ideas_by_id(b->g->db, p->idea_id, b->e) : NULL;

    if (i == NULL || p->state != POST_PUBLISHED || i->ring != RING_PUBLIC || !access_may_read(i, ROLE_NONE, false))
        return; /* an answer stays when its idea is taken back */
    g_autofree char *title = markdown_escape(i->title), *address = route_idea_address(i->id, b->g->domain);
    if (!quotes) {
        g_string_append_printf(b->out, "- %s: <%s>\n", title, address);
        return;
    }
    g_autofree char *unwrapped = text_unwrap(p->text), *shown = text_shorten(unwrapped, QUOTE_CHARS),
                    *text = markdown_escape(shown);
    g_string_append_printf(b->out, "**%s**\n\n> %s\n\n%s <%s>\n\n", title, text,
                           word(b, "Lesen und mitreden:", "Read and take part:"), address);
}

static bool add_posts(struct blocks *b, bool answers, const char *none)
{
    const struct issue *i = b->issue;
    g_autoptr(GArray) posts =
        answers ? issues_news_answers(b->g->db, i->from_place, i->to_place, b->list->forum_id, LIMIT_ISSUE_NEWS, b->e)
                : issues_news_ideas(b->g->db, i->from_place, i->to_place, b->list->forum_id, LIMIT_ISSUE_NEWS, b->e);

    for (guint k = 0; posts != NULL && k < posts->len; k++)
        add_idea(b, g_array_index(posts, row_id, k), answers);
    if (posts != NULL && posts->len == 0)
        g_string_append(b->out, none);
    return posts != NULL && b->e->kind == ERR_NONE;
}

static bool add_ideas(struct blocks *b)
{
    return add_posts(b, false,
                     word(b, "Seit der letzten Ausgabe gibt es keine neue Idee.", "There is no new idea since the last issue."));
}

static bool add_answers(struct blocks *b)
{
    return add_posts(b, true,
                     word(b, "Seit der letzten Ausgabe gibt es keine neue Antwort.",
                          "There is no new answer since the last issue."));
}

static bool in_state(struct blocks *b, enum idea_state state, guint *n)
{
    g_autoptr(GArray) ids = issues_in_state(b->g->db, idea_state_name(state), b->list->forum_id, LIMIT_ISSUE_NEWS, b->e);

    for (guint k = 0; ids != NULL && k < ids->len; k++, (*n)++) {
        idea_auto i = ideas_by_id(b->g->db, g_array_index(ids, row_id, k), b->e);
        g_autofree char *title = i != NULL ? markdown_escape(i->title) : NULL;
        g_autofree char *address = i != NULL ? route_idea_address(i->id, b->g->domain) : NULL;
        if (i != NULL)
            g_string_append_printf(b->out, "- %s: <%s>\n", title, address);
    }
    return ids != NULL && b->e->kind == ERR_NONE;
}

/* What ideas became. */
static bool add_proposals(struct blocks *b)
{
    static const enum idea_state states[] = {IDEA_PROPOSAL, IDEA_ADOPTED, IDEA_IN_PROGRESS, IDEA_DONE};
    guint n = 0;

    for (guint k = 0; k < G_N_ELEMENTS(states); k++)
        if (!in_state(b, states[k], &n))
            return false;
    if (n == 0)
        g_string_append(b->out, word(b, "Zurzeit gibt es keinen Projektvorschlag.", "There is no project proposal at present."));
    return true;
}

/* Forums that will close, and when. */
static bool add_deadlines(struct blocks *b)
{
    g_autoptr(GPtrArray) forums = forums_all(b->g->db, b->e);
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    guint n = 0;

    for (guint k = 0; forums != NULL && k < forums->len; k++) {
        const struct forum *f = forums->pdata[k];
        if (f->closed_at <= g_date_time_to_unix(now) || (b->list->forum_id != 0 && f->id != b->list->forum_id))
            continue;
        g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(f->closed_at);
        g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, b->g->settings->zone);
        g_autofree char *title = markdown_escape(f->title),
                        *date = g_date_time_format(local, b->is_german ? "%d.%m.%Y" : "%Y-%m-%d");
        g_string_append_printf(b->out, "- %s: %s %s\n", title, word(b, "bis", "until"), date);
        n++;
    }
    if (forums != NULL && n == 0)
        g_string_append(b->out, word(b, "Zurzeit läuft keine Frist ab.", "No deadline is coming up."));
    return forums != NULL;
}

static const struct {
    const char *name;
    bool (*add)(struct blocks *b);
} known[] = {
    {"{{neue_ideen}}", add_ideas},  {"{{new_ideas}}", add_ideas},       {"{{antworten}}", add_answers},
    {"{{answers}}", add_answers},   {"{{vorschlaege}}", add_proposals}, {"{{proposals}}", add_proposals},
    {"{{fristen}}", add_deadlines}, {"{{deadlines}}", add_deadlines},
};

/* The block that P begins with; -1 none. */
static int block_at(const char *p)
{
    for (guint k = 0; k < G_N_ELEMENTS(known); k++)
        if (g_str_has_prefix(p, known[k].name))
            return (int)k;
    return -1;
}

char *issue_source(struct gateway *g, const struct list *l, const struct issue *i, const char *language, struct err *e)
{
    struct blocks b =
        {.g = g, .list = l, .issue = i, .is_german = g_str_has_prefix(language, "de"), .out = g_string_new(NULL), .e = e};
    bool ok = true;

    for (const char *p = i->source; ok && *p != '\0';) {
        int block = *p == '{' ? block_at(p) : -1;
        if (block < 0) {
            g_string_append_c(b.out, *p++);
            continue;
        }
        ok = known[block].add(&b);
        p += strlen(known[block].name);
    }
    char *text = g_string_free(b.out, FALSE);
    if (!ok)
        g_clear_pointer(&text, g_free);
    return text;
}
