/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost stats: a few numbers about the whole; how many of what, how long the queue is.
 */
#include "cmd/commands.h"
#include "cmd/door.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/notices.h"
#include "store/persons.h"

#include <stdio.h>

struct counts {
    gint64 ideas, posts, published;
};

static bool count_idea(const struct idea *idea, void *user)
{
    struct counts *c = user;

    c->ideas++;
    c->posts += idea->n_posts;
    c->published += idea->published_at != 0;
    return true;
}

static void tell(JsonBuilder *b, const char *name, gint64 value)
{
    if (b != NULL)
        json_number(b, name, value);
    else
        printf("%-16s %8" G_GINT64_FORMAT "\n", name, value);
}

static bool count(struct door *d, JsonBuilder *b, struct err *e)
{
    struct db *db = d->gateway->db;
    struct counts c = {0};
    g_autoptr(GPtrArray) forums = forums_all(db, e);
    g_autoptr(GPtrArray) persons = forums != NULL ? persons_all(db, e) : NULL;
    g_autoptr(GPtrArray) holds = persons != NULL ? holds_open(db, e) : NULL;

    if (holds == NULL || !ideas_each(db, 0, NULL, count_idea, &c, e))
        return false;
    tell(b, "forums", forums->len);
    tell(b, "persons", persons->len);
    tell(b, "ideas", c.ideas);
    tell(b, "ideas_published", c.published);
    tell(b, "posts", c.posts);
    tell(b, "holds_open", holds->len);
    for (int s = NOTICE_DUE; s <= NOTICE_DROPPED; s++) {
        g_autofree char *name = g_strconcat("notices_", notice_state_name((enum notice_state)s), NULL);
        gint64 n;
        if (!notices_count(db, (enum notice_state)s, &n, e))
            return false;
        tell(b, name, n);
    }
    return true;
}

static bool stats(struct door *d, struct err *e)
{
    g_autoptr(JsonBuilder) b = d->as_json ? json_begin() : NULL;
    bool ok = count(d, b, e);

    if (ok && b != NULL)
        json_print(g_steal_pointer(&b));
    return ok;
}

static const struct door_verb verbs[] = {
    {"", "", "json", DOOR_READS, stats, NULL},
    {0},
};
static const struct door_spec spec = {"stats", "Counts forums, people, ideas, posts, holds and mails.", verbs, NULL};

int cmd_stats(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
