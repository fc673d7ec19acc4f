/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From lines of the journal to pages; see news.h. Too many pages are no harm, they are compared; too few are.
 */
#include "page/news.h"

#include "store/events.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/issues.h"
#include "store/posts.h"
#include "store/proposals.h"
#include "store/steps.h"

#include <string.h>

#define SLACK_S 60 /* from a row's time to its commit */

void news_clear(struct news *c)
{
    g_clear_pointer(&c->ideas, g_hash_table_unref);
    g_clear_pointer(&c->proposals, g_hash_table_unref);
    g_clear_pointer(&c->forums, g_hash_table_unref);
}

static void add(GHashTable *set, row_id id)
{
    if (id != 0 && !g_hash_table_contains(set, &id)) {
        row_id *own = g_memdup2(&id, sizeof id);
        g_hash_table_insert(set, own, own);
    }
}

static void add_all(GHashTable *set, const GArray *ids)
{
    for (guint i = 0; ids != NULL && i < ids->len; i++)
        add(set, g_array_index(ids, row_id, i));
}

struct reading {
    struct news *c;
    GHashTable *persons, *posts; /* whose texts, which posts' ideas */
};

/* What stands on any number of pages. */
static bool is_of_all(const char *kind)
{
    static const char *const prefixes[] = {"forum.", "phase.",      "topic.", "field.",
                                           "goal.",  "initiative.", "demo.",  "backup.restored"};

    for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++)
        if (g_str_has_prefix(kind, prefixes[i]))
            return true;
    return false;
}

static bool read_event(const struct event *ev, void *user)
{
    struct reading *r = user;
    bool is_person = g_str_has_prefix(ev->kind, "person.") || g_str_has_prefix(ev->kind, "member.");
    bool is_issue = g_str_has_prefix(ev->kind, "issue.") || g_str_has_prefix(ev->kind, "newsletter.");

    r->c->is_all |= is_of_all(ev->kind);
    bool is_apart = ev->detail != NULL && strstr(ev->detail, "from=merged") != NULL;
    r->c->is_moved |= is_apart || strcmp(ev->kind, "idea.moved") == 0 || strcmp(ev->kind, "idea.merged") == 0 ||
                      g_str_has_prefix(ev->kind, "idea.forum-");
    add(r->c->ideas, ev->about.idea);
    if (ev->about.idea == 0)
        add(r->posts, ev->about.post);
    if (is_person)
        add(r->persons, ev->about.person);
    r->c->has_letters |= is_issue;
    r->c->is_any |= is_issue || is_person || ev->about.idea != 0 || ev->about.post != 0;
    return true;
}

/* A name stands at each text of its owner, and somebody who is gone supports nothing any more. */
static bool add_of_person(struct gateway *g, GHashTable *ideas, row_id person, struct err *e)
{
    g_autoptr(GPtrArray) posts = posts_of_person(g->db, person, e);
    g_autoptr(GPtrArray) supports = posts != NULL ? supports_of_person(g->db, person, e) : NULL;

    for (guint i = 0; supports != NULL && i < posts->len; i++)
        add(ideas, ((struct post *)posts->pdata[i])->idea_id);
    for (guint i = 0; supports != NULL && i < supports->len; i++)
        add(ideas, ((struct backing *)supports->pdata[i])->idea_id);
    return supports != NULL;
}

static bool resolve(struct gateway *g, struct reading *r, struct err *e)
{
    GHashTableIter all;
    gpointer id;

    g_hash_table_iter_init(&all, r->posts);
    while (g_hash_table_iter_next(&all, &id, NULL) && e->kind == ERR_NONE) {
        post_auto post = posts_by_id(g->db, *(row_id *)id, e);
        if (post != NULL)
            add(r->c->ideas, post->idea_id);
    }
    g_hash_table_iter_init(&all, r->persons);
    while (g_hash_table_iter_next(&all, &id, NULL))
        if (!add_of_person(g, r->c->ideas, *(row_id *)id, e))
            return false;
    return e->kind == ERR_NONE;
}

/* Ideas of one group count and name each other, and so do a proposal and what it is made of. */
static bool add_neighbours(struct gateway *g, struct news *c, row_id id, GHashTable *more, struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, id, e);
    row_id proposal = 0, discussion = 0;

    if (idea == NULL)
        return e->kind == ERR_NONE;
    g_autoptr(GArray) forums = ideas_forums(g->db, id, e);
    add_all(c->forums, forums);
    if (forums == NULL)
        return false;
    g_autoptr(GArray) group = ideas_group(g->db, idea->lead_id != 0 ? idea->lead_id : id, e);
    add_all(more, group);
    if (group == NULL || !proposals_of_idea(g->db, id, &proposal, e) ||
        (proposal == 0 && !proposals_of_discussion(g->db, id, &proposal, e)))
        return false;
    if (proposal == 0)
        return true;
    g_autoptr(GArray) parts = proposals_ideas(g->db, proposal, e);
    add(c->proposals, proposal);
    add_all(more, parts);
    if (parts == NULL || !proposals_discussion(g->db, proposal, &discussion, e))
        return false;
    add(more, discussion);
    return true;
}

static bool add_all_neighbours(struct gateway *g, struct news *c, struct err *e)
{
    g_autoptr(GHashTable) more = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    GHashTableIter all;
    gpointer id;

    g_hash_table_iter_init(&all, c->ideas);
    while (g_hash_table_iter_next(&all, &id, NULL))
        if (!add_neighbours(g, c, *(row_id *)id, more, e))
            return false;
    g_hash_table_iter_init(&all, more);
    while (g_hash_table_iter_next(&all, &id, NULL))
        add(c->ideas, *(row_id *)id);
    return true;
}

/* A forum that takes nothing any more says so on every page of its ideas. An issue can be read when its last mail was queued, which is
 * no line of the journal. */
static bool read_time(struct gateway *g, gint64 at, gint64 now, struct news *c, struct err *e)
{
    g_autoptr(GPtrArray) forums = forums_all(g->db, e);

    for (guint i = 0; forums != NULL && i < forums->len; i++) {
        gint64 closed = ((struct forum *)forums->pdata[i])->closed_at;
        c->is_all |= closed > at && closed <= now;
    }
    bool has_ended = false;
    if (forums == NULL || !issues_has_ended(g->db, at - SLACK_S, &has_ended, e))
        return false;
    c->has_letters |= has_ended;
    c->is_any |= has_ended;
    return true;
}

bool news_read(struct gateway *g, row_id after, gint64 at, gint64 now, struct news *out, struct err *e)
{
    g_autoptr(GHashTable) persons = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GHashTable) posts = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    struct reading r = {out, persons, posts};

    out->ideas = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    out->proposals = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    out->forums = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    return read_time(g, at, now, out, e) && events_after(g->db, after, read_event, &r, e) &&
           (out->is_all || (resolve(g, &r, e) && add_all_neighbours(g, out, e)));
}
