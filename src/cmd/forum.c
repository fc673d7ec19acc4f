/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost forum: the forums, what they are called and whether they are open; their other names are in alias.c.
 */
#include "base/clock.h"
#include "base/limits.h"
#include "cmd/alias.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "cmd/journal.h"
#include "cmd/newsletter.h"
#include "forum/given.h"
#include "forum/route.h"
#include "store/forums.h"

#include <stdio.h>

/* ---- Looking */
static void forum_members(JsonBuilder *b, const struct door *d, const struct forum *f)
{
    g_autofree char *address = route_forum_address(f->name, d->gateway->domain);

    json_text(b, "name", f->name);
    json_text(b, "address", address);
    json_text(b, "title", f->title);
    json_text(b, "ministry", f->ministry);
    json_text(b, "moderation", moderation_name(f->moderation));
    json_text(b, "undecided", undecided_name(f->undecided));
    json_text(b, "language", f->language);
    json_time(b, "closed_at", f->closed_at, d);
}

static void print_forum(const struct door *d, const struct forum *f)
{
    g_autofree char *address = route_forum_address(f->name, d->gateway->domain);

    if (!d->as_json) {
        printf("%-40s %-8s %-5s %s%s\n", address, f->ministry != NULL ? f->ministry : "-", moderation_name(f->moderation),
               f->title, f->closed_at != 0 ? " (closed)" : "");
        return;
    }
    JsonBuilder *b = json_begin();
    forum_members(b, d, f);
    json_print(b);
}

static bool forum_list(struct door *d, struct err *e)
{
    g_autoptr(GPtrArray) all = forums_all(d->gateway->db, e);

    for (guint i = 0; all != NULL && i < all->len; i++)
        print_forum(d, all->pdata[i]);
    return all != NULL;
}

static void json_aliases(JsonBuilder *b, const GPtrArray *all, const struct forum *f)
{
    json_builder_set_member_name(b, "aliases");
    json_builder_begin_array(b);
    for (guint i = 0; i < all->len; i++) {
        const struct forum_alias *a = all->pdata[i];
        if (a->forum_id == f->id)
            json_builder_add_string_value(b, a->name);
    }
    json_builder_end_array(b);
}

static bool forum_show(struct door *d, struct err *e)
{
    forum_auto f = door_forum(d, d->argv[0], e);
    struct forum_uses uses;

    if (f == NULL || !forums_uses(d->gateway->db, f->id, &uses, e))
        return false;
    g_autoptr(GPtrArray) aliases = forums_aliases(d->gateway->db, e);
    if (aliases == NULL)
        return false;
    if (d->as_json) {
        JsonBuilder *b = json_begin();
        forum_members(b, d, f);
        json_number(b, "ideas", uses.n_ideas);
        json_number(b, "members", uses.n_members);
        json_aliases(b, aliases, f);
        json_print(b);
        return true;
    }
    print_forum(d, f);
    printf("language %s, %" G_GINT64_FORMAT " ideas, %" G_GINT64_FORMAT " members\n", f->language, uses.n_ideas, uses.n_members);
    for (guint i = 0; i < aliases->len; i++) {
        const struct forum_alias *a = aliases->pdata[i];
        if (a->forum_id == f->id)
            printf("also %s@%s\n", a->name, d->gateway->domain);
    }
    return true;
}

/* ---- Changing */
/* Puts what was named into F and its names into CHANGED. What was not named stays as it is. */
static bool fill(const struct door *d, struct forum *f, struct changes *changed, struct err *e)
{
    const char *title = door_text(d, "title"), *ministry = door_text(d, "ministry"), *language = door_text(d, "language"),
               *moderation = door_text(d, "moderation"), *undecided = door_text(d, "undecided");

    if (title != NULL)
        row_text_set(&f->title, given_line("a title", title, LIMIT_TITLE_CHARS, e));
    if (ministry != NULL && *ministry == '\0') /* nobody leads it any more */
        row_text_set(&f->ministry, NULL);
    else if (ministry != NULL)
        row_text_set(&f->ministry, given_line("a ministry's name", ministry, LIMIT_GIVEN_NAME_CHARS, e));
    if (language != NULL)
        row_text_set(&f->language, given_language(language, d->settings.initiative_languages, e));
    if (moderation != NULL)
        moderation_parse(moderation, &f->moderation);
    if (undecided != NULL)
        undecided_parse(undecided, &f->undecided);
    changes_note(changed, d, "title ministry language moderation undecided");
    return e->kind == ERR_NONE;
}

static bool is_free(const struct door *d, const char *name, struct err *e)
{
    forum_auto f = forums_by_name(d->gateway->db, name, e);

    if (f == NULL)
        return e->kind == ERR_NONE && newsletter_spares(d, name, e);
    if (g_strcmp0(f->name, name) == 0)
        return err_set(e, ERR_VALUE, "there is a forum '%s' already; `forumpost forum set %s` changes it", name, name);
    return err_set(e, ERR_VALUE, "'%s' is another name of the forum '%s'; `forumpost forum alias remove %s` frees it", name,
                   f->name, name);
}

static bool forum_add(struct door *d, struct err *e)
{
    forum_auto f = g_new0(struct forum, 1);
    changes_auto struct changes changed = {0};
    row_id id;

    f->name = given_forum_name(d->argv[0], e);
    f->language = g_strdup(d->settings.initiative_languages[0]);
    if (f->name == NULL || !is_free(d, f->name, e) || !fill(d, f, &changed, e) ||
        !forums_put(d->gateway->db, f, clock_now(), &id, e) || !members_add_initiative(d->gateway->db, id, clock_now(), e))
        return false;
    door_say(d, "%s@%s", f->name, d->gateway->domain);
    return journal(d, &(struct event){.kind = "forum.added", .about.forum = id, .detail = f->name}, e);
}

static bool put(struct door *d, const struct forum *f, const char *kind, const char *detail, struct err *e)
{
    row_id id;

    return forums_put(d->gateway->db, f, clock_now(), &id, e) &&
           journal(d, &(struct event){.kind = kind, .about.forum = f->id, .detail = detail}, e);
}

static bool forum_set(struct door *d, struct err *e)
{
    forum_auto f = door_forum(d, d->argv[0], e);
    changes_auto struct changes changed = {0};

    if (!door_any(d))
        return err_set(e, ERR_INPUT, "name what shall change: --title, --ministry, --moderation, --undecided or --language");
    if (f == NULL || !fill(d, f, &changed, e))
        return false;
    return put(d, f, "forum.set", changes_text(&changed), e);
}

static bool forum_close(struct door *d, struct err *e)
{
    forum_auto f = door_forum(d, d->argv[0], e);

    if (f == NULL || f->closed_at != 0)
        return f != NULL; /* as it should be */
    f->closed_at = clock_now();
    return put(d, f, "forum.closed", NULL, e);
}

static bool forum_open(struct door *d, struct err *e)
{
    forum_auto f = door_forum(d, d->argv[0], e);

    if (f == NULL || f->closed_at == 0)
        return f != NULL;
    f->closed_at = 0;
    return put(d, f, "forum.opened", NULL, e);
}

/* Only a forum that was never used can go; nobody's words or memberships go with it. */
static bool forum_remove(struct door *d, struct err *e)
{
    forum_auto f = door_forum(d, d->argv[0], e);
    struct forum_uses uses;

    if (f == NULL || !forums_uses(d->gateway->db, f->id, &uses, e))
        return false;
    if (uses.n_ideas + uses.n_members + uses.n_holds + uses.n_notices > 0)
        return err_set(e, ERR_RULE,
                       "the forum '%s' has %" G_GINT64_FORMAT " ideas, %" G_GINT64_FORMAT " members, %" G_GINT64_FORMAT
                       " held texts and %" G_GINT64_FORMAT " mails of ours; `forumpost forum close %s` ends it and keeps them",
                       f->name, uses.n_ideas, uses.n_members, uses.n_holds, uses.n_notices, f->name);
    err_auto struct err failed = {0};
    if (!forums_remove(d->gateway->db, f->id, &failed))
        return failed.kind == ERR_RULE
                   ? err_set(e, ERR_RULE,
                             "something still belongs to the forum '%s'; `forumpost forum close %s` ends it and keeps that",
                             f->name, f->name)
                   : err_set(e, failed.kind, "%s", failed.text);
    return journal(d, &(struct event){.kind = "forum.removed", .about.forum = f->id, .detail = f->name}, e);
}

static const struct door_option options[] = {
    {"title", DOOR_TEXT, "TEXT", "what it is called", 0, 0, 0},
    {"ministry", DOOR_TEXT, "NAME", "who leads it; '' for nobody", 0, 0, 0},
    {"moderation", DOOR_WORD, "none|pre", "none: published at once; pre: released by a moderator", 0, 0, 0},
    {"undecided", DOOR_WORD, "hold|release",
     "a text about which no moderator decides within three days: it waits, appears, or does not", 0, 0, 0},
    {"language", DOOR_TEXT, "CODE", "of mails to people whose language is not known", 0, 0, 0},
    {0},
};
#define FIELDS "ministry moderation undecided language"
static const struct door_verb verbs[] = {
    {"list", "", "json", DOOR_READS, forum_list, "every forum"},
    {"show", "NAME", "json", DOOR_READS, forum_show, "one, with its other names"},
    {"add", "NAME", "title! " FIELDS, DOOR_CHANGES, forum_add, "make one; its address is NAME@ the initiative's domain"},
    {"set", "NAME", "title " FIELDS, DOOR_CHANGES, forum_set, "change what is named, and nothing else"},
    {"close", "NAME", "", DOOR_CHANGES, forum_close, "take nothing more; what is there stays"},
    {"open", "NAME", "", DOOR_CHANGES, forum_open, "take mails again"},
    {"remove", "NAME", "", DOOR_CHANGES, forum_remove, "take away one that was never used"},
    {"alias list", "[NAME]", "json", DOOR_READS, alias_list, "other names, of all forums or of one"},
    {"alias add", "NAME OTHER", "", DOOR_CHANGES, alias_add, "mails to OTHER reach NAME, too"},
    {"alias remove", "OTHER", "", DOOR_CHANGES, alias_remove, "no longer"},
    {"alias", "NAME OTHER", "", DOOR_CHANGES, alias_add, "the same as alias add"},
    {0},
};
static const struct door_spec spec = {"forum", "The forums, their addresses and who leads them.", verbs, options};

int cmd_forum(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
