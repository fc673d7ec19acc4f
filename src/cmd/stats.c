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

static bool stats(struct door *d, JsonBuilder *b, struct err *e)
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

int cmd_stats(const struct cmd_context *context, int argc, char **argv)
{
    gboolean json = FALSE;
    const GOptionEntry entries[] = {{"json", 0, 0, G_OPTION_ARG_NONE, &json, "one JSON object", NULL},
                                    G_OPTION_ENTRY_NULL};
    err_auto struct err e = {0};
    struct door d = {0};
    int code;

    if (!door_options(&argc, &argv, "", "Counts forums, people, ideas, posts, holds and mails.", entries, &code))
        return code;
    if (!door_open(context, DB_READ, &d, &code))
        return code;
    JsonBuilder *b = json ? json_begin() : NULL;
    bool ok = stats(&d, b, &e);
    if (ok && b != NULL)
        json_print(b);
    code = ok ? 0 : door_fail("stats", &e);
    door_close(&d);
    return code;
}
