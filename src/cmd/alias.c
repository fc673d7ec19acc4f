/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost forum alias: other local parts that lead to a forum.
 */
#include "cmd/alias.h"

#include "cmd/journal.h"
#include "cmd/newsletter.h"
#include "forum/given.h"
#include "forum/route.h"
#include "store/forums.h"

#include <stdio.h>
#include <string.h>

static void print_alias(const struct door *d, const struct forum_alias *a)
{
    if (!d->as_json) {
        printf("%s@%s  reaches %s\n", a->name, d->gateway->domain, a->forum);
        return;
    }
    JsonBuilder *b = json_begin();
    json_text(b, "name", a->name);
    json_text(b, "forum", a->forum);
    json_print(b);
}

bool alias_list(struct door *d, struct err *e)
{
    forum_auto f = d->argv[0] != NULL ? door_forum(d, d->argv[0], e) : NULL;
    g_autoptr(GPtrArray) all = e->kind == ERR_NONE ? forums_aliases(d->gateway->db, e) : NULL;

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct forum_alias *a = all->pdata[i];
        if (f == NULL || a->forum_id == f->id)
            print_alias(d, a);
    }
    return all != NULL;
}

/* *IS_THERE_OUT: it leads to F already. */
static bool is_free(const struct door *d, const char *name, const struct forum *f, bool *is_there_out, struct err *e)
{
    forum_auto has = forums_by_name(d->gateway->db, name, e);

    *is_there_out = has != NULL && has->id == f->id && strcmp(name, f->name) != 0;
    if (has == NULL || *is_there_out)
        return e->kind == ERR_NONE && newsletter_spares(d, name, e);
    if (strcmp(has->name, name) == 0)
        return err_set(e, ERR_VALUE, "'%s' is the address of the forum '%s' itself", name, has->title);
    return err_set(e, ERR_VALUE, "'%s' leads to the forum '%s'; `forumpost forum alias remove %s` frees it", name, has->name,
                   name);
}

bool alias_add(struct door *d, struct err *e)
{
    forum_auto f = door_forum(d, d->argv[0], e);
    g_autofree char *name = f != NULL ? given_forum_name(d->argv[1], e) : NULL;
    bool is_there;

    if (name == NULL || !is_free(d, name, f, &is_there, e))
        return false;
    if (is_there)
        return true;
    return forums_put_alias(d->gateway->db, name, f->id, e) &&
           journal(d, &(struct event){.kind = "forum.alias-added", .about.forum = f->id, .detail = name}, e);
}

bool alias_remove(struct door *d, struct err *e)
{
    g_autofree char *name = route_fold_name(d->argv[0]); /* what may be no name any more can still be one */
    forum_auto f = name != NULL ? forums_by_name(d->gateway->db, name, e) : NULL;
    bool found = false;

    if (name == NULL)
        return err_set(e, ERR_ABSENT, "no forum is called so; `forumpost forum alias list` shows other names");
    if (f == NULL && e->kind != ERR_NONE)
        return false;
    if (f != NULL && strcmp(f->name, name) == 0)
        return err_set(e, ERR_RULE, "'%s' is the forum's own address, which stays; `forumpost forum close %s` ends it", name,
                       name);
    if (!forums_remove_alias(d->gateway->db, name, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_ABSENT, "no forum has the other name '%s'; `forumpost forum alias list` shows them", name);
    return journal(d, &(struct event){.kind = "forum.alias-removed", .about.forum = f != NULL ? f->id : 0, .detail = name}, e);
}
