/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is left out of a text, gathered; see incomplete.h.
 */
#include "flow/step/incomplete.h"

#include "base/limits.h"
#include "forum/command_begun.h"
#include "forum/contact.h"
#include "forum/left_out.h"
#include "store/messages.h"

#include <string.h>

/* Adds the name of the forum that ADDRESS leads to, unless it is FORUM. */
static bool add_other_forum(struct gateway *g, const char *address, const struct forum *forum, GPtrArray *names, struct err *e)
{
    struct route route;

    route_parse(address, g->domain, g->key, &route);
    forum_auto other = route.kind == ROUTE_FORUM ? facts_find_forum(g, route.name, e) : NULL;
    route_clear(&route);
    bool is_other = other != NULL && other->id != forum->id;
    if (is_other && !g_ptr_array_find_with_equal_func(names, other->name, g_str_equal, NULL))
        g_ptr_array_add(names, g_strdup(other->name));
    return e->kind == ERR_NONE;
}

/* A new idea stands in one forum: these are the others that it was sent to. */
static char **other_forums(struct gateway *g, const struct message *m, const struct forum *forum, const GPtrArray *recipients,
                           struct err *e)
{
    const GPtrArray *const fields[] = {m->to, m->cc};
    GPtrArray *names = g_ptr_array_new();

    for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
        for (guint k = 0; k < fields[i]->len; k++)
            if (!add_other_forum(g, ((const struct mailbox *)fields[i]->pdata[k])->address, forum, names, e))
                break;
    for (guint i = 0; i < recipients->len && e->kind == ERR_NONE; i++)
        add_other_forum(g, recipients->pdata[i], forum, names, e);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

/* Was the mail sent to a forum, though it is about an idea? What it answers said so. */
static bool is_led(struct gateway *g, const struct looked_up *l)
{
    struct route route;

    if (l->idea == NULL || l->recipient == NULL)
        return false;
    route_parse(l->recipient, g->domain, g->key, &route);
    bool is_forum = route.kind == ROUTE_FORUM && route.act == ACT_NONE;
    route_clear(&route);
    return is_forum;
}

/* What the reader took for a signature goes without being asked about: its contact lines are counted, too. */
static guint contact_lines_in(const char *signature)
{
    g_auto(GStrv) lines = g_strsplit(signature, "\n", -1);
    guint n = 0;

    for (char **l = lines; *l != NULL; l++)
        n += contact_is_line(*l, strlen(*l));
    return n;
}

bool incomplete_note(struct gateway *g, const struct message *m, row_id message, const struct looked_up *l,
                     const GPtrArray *recipients, guint n_contact_lines, guint n_masked, bool *any_out, struct err *e)
{
    struct left_out out;

    left_out_count(m, &out);
    out.n_masked = n_masked;
    out.is_led = is_led(g, l);
    out.n_contact_lines = n_contact_lines + contact_lines_in(m->signature);
    enum command word = command_begun_with(l->facts.text != NULL ? l->facts.text : m->text);
    bool is_there = (command_row(word)->where & (l->idea != NULL ? WHERE_IDEA : WHERE_FORUM)) != 0;
    out.word = is_there ? g_strdup(command_row(word)->name) : NULL;
    if (l->forum != NULL && l->idea == NULL)
        out.forums = other_forums(g, m, l->forum, recipients, e);
    g_autofree char *line = left_out_write(&out);
    left_out_clear(&out);
    *any_out = line != NULL;
    return e->kind == ERR_NONE && (line == NULL || messages_set_left_out(g->db, message, line, e));
}

static bool takes_too(const struct forum *forum, const struct forum *home, gint64 now)
{
    bool is_closed = forum->closed_at != 0 && forum->closed_at <= now;

    return forum->id != home->id && !is_closed;
}

GPtrArray *incomplete_also(struct gateway *g, const struct forum *home, const char *line, gint64 now, struct err *e)
{
    g_autoptr(GPtrArray) also = g_ptr_array_new_with_free_func((GDestroyNotify)forum_free);
    struct left_out l;

    left_out_read(line, &l);
    for (char **name = l.forums; name != NULL && *name != NULL && also->len + 1 < LIMIT_FORUMS_OF_A_MAIL; name++) {
        forum_auto forum = facts_find_forum(g, *name, e);
        if (forum != NULL && takes_too(forum, home, now))
            g_ptr_array_add(also, g_steal_pointer(&forum));
    }
    left_out_clear(&l);
    return e->kind == ERR_NONE ? g_steal_pointer(&also) : NULL;
}
