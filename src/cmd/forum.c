/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost forum: the forums and their other names.
 */
#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "forum/route.h"
#include "store/forums.h"

#include <stdio.h>
#include <string.h>

static const char usage[] = "add NAME | close NAME | open NAME | alias NAME OTHER | list";

struct forum_options {
    char *title, *ministry, *moderation, *language;
    gboolean json;
};

static void forum_options_clear(struct forum_options *o)
{
    g_free(o->title);
    g_free(o->ministry);
    g_free(o->moderation);
    g_free(o->language);
}

/* A name that can be a local part and cannot be taken for an address with another meaning. */
static bool is_forum_name(const char *name)
{
    static const char *const taken[] = {"postmaster", "abuse", "hilfe", "help", "ja", "moderation", "bounce"};

    for (gsize i = 0; i < G_N_ELEMENTS(taken); i++)
        if (strcmp(taken[i], name) == 0)
            return false;
    gsize n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-._");
    return n > 0 && n <= 40 && name[n] == '\0' && g_ascii_isalnum(name[0]) && g_ascii_isalnum(name[n - 1]) &&
           !g_str_has_prefix(name, "idee-") && !g_str_has_prefix(name, "idea-");
}

static void replace(char **field, const char *text)
{
    g_free(*field);
    *field = g_strdup(text);
}

static bool fill_forum(struct door *d, const struct forum_options *o, const char *name, struct forum *f,
                       struct err *e)
{
    if (o->moderation != NULL && !moderation_parse(o->moderation, &f->moderation))
        return err_set(e, ERR_INPUT, "--moderation is none or pre, not '%s'", o->moderation);
    if (f->name == NULL && o->title == NULL)
        return err_set(e, ERR_INPUT, "a new forum needs --title 'What it is called'");
    if (f->name == NULL)
        f->name = g_strdup(name);
    if (f->language == NULL)
        f->language = g_strdup(d->settings.initiative_languages[0]);
    if (o->title != NULL)
        replace(&f->title, o->title);
    if (o->ministry != NULL)
        replace(&f->ministry, o->ministry);
    if (o->language != NULL)
        replace(&f->language, o->language);
    return true;
}

static bool forum_add(struct door *d, const struct forum_options *o, const char *given, struct err *e)
{
    g_autofree char *name = route_fold_name(given);

    if (name == NULL || !is_forum_name(name))
        return err_set(e, ERR_INPUT, "'%s' cannot be a forum's address; use letters, digits and - like 'mobilitaet'", given);
    forum_auto f = forums_by_name(d->gateway->db, name, e);
    if (f == NULL && e->kind == ERR_NONE)
        f = g_new0(struct forum, 1);
    if (f == NULL || !fill_forum(d, o, name, f, e))
        return false;
    row_id id;
    if (!db_begin(d->gateway->db, e) || !forums_put(d->gateway->db, f, clock_now(), &id, e) ||
        !db_commit(d->gateway->db, e))
        return false;
    printf("%s@%s\n", f->name, d->gateway->domain);
    return true;
}

static struct forum *need_forum(struct door *d, const char *name, struct err *e)
{
    struct forum *f = forums_by_name(d->gateway->db, name, e);

    if (f == NULL)
        err_set(e, ERR_ABSENT, "there is no forum '%s'; `forumpost forum list` shows them", name);
    return f;
}

static bool forum_set_closed(struct door *d, const char *name, gint64 closed_at, struct err *e)
{
    forum_auto f = need_forum(d, name, e);
    row_id id;

    if (f == NULL)
        return false;
    f->closed_at = closed_at;
    return db_begin(d->gateway->db, e) && forums_put(d->gateway->db, f, clock_now(), &id, e) &&
           db_commit(d->gateway->db, e);
}

static bool forum_alias(struct door *d, const char *name, const char *other, struct err *e)
{
    forum_auto f = need_forum(d, name, e);
    g_autofree char *folded = route_fold_name(other);

    if (f == NULL)
        return false;
    if (folded == NULL || !is_forum_name(folded))
        return err_set(e, ERR_INPUT, "'%s' cannot be an address", other);
    return db_begin(d->gateway->db, e) && forums_put_alias(d->gateway->db, folded, f->id, e) &&
           db_commit(d->gateway->db, e);
}

static void print_forum(struct door *d, const struct forum *f, bool as_json)
{
    g_autofree char *address = route_forum_address(f->name, d->gateway->domain);

    if (!as_json) {
        printf("%-40s %-8s %-5s %s%s\n", address, f->ministry != NULL ? f->ministry : "-",
               moderation_name(f->moderation), f->title, f->closed_at != 0 ? " (closed)" : "");
        return;
    }
    JsonBuilder *b = json_begin();
    json_text(b, "name", f->name);
    json_text(b, "address", address);
    json_text(b, "title", f->title);
    json_text(b, "ministry", f->ministry);
    json_text(b, "moderation", moderation_name(f->moderation));
    json_text(b, "language", f->language);
    json_time(b, "closed_at", f->closed_at, d);
    json_print(b);
}

static bool forum_list(struct door *d, bool as_json, struct err *e)
{
    g_autoptr(GPtrArray) all = forums_all(d->gateway->db, e);

    for (guint i = 0; all != NULL && i < all->len; i++)
        print_forum(d, all->pdata[i], as_json);
    return all != NULL;
}

int cmd_forum(const struct cmd_context *context, int argc, char **argv)
{
    __attribute__((cleanup(forum_options_clear))) struct forum_options o = {0};
    const GOptionEntry entries[] = {
        {"title", 0, 0, G_OPTION_ARG_STRING, &o.title, "what it is called", "TEXT"},
        {"ministry", 0, 0, G_OPTION_ARG_STRING, &o.ministry, "who leads it", "NAME"},
        {"moderation", 0, 0, G_OPTION_ARG_STRING, &o.moderation, "none: published at once; pre: released by a moderator", "none|pre"},
        {"language", 0, 0, G_OPTION_ARG_STRING, &o.language, "of mails to people whose language is not known", "CODE"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &o.json, "one JSON object a line", NULL},
        G_OPTION_ENTRY_NULL};
    err_auto struct err e = {0};
    struct door d = {0};
    int code;

    if (!door_options(&argc, &argv, usage, "Adds or changes forums, closes and opens them, lists them.", entries, &code))
        return code;
    const char *verb = argc > 1 ? argv[1] : "";
    bool is_list = strcmp(verb, "list") == 0;
    int wanted = is_list ? 2 : strcmp(verb, "alias") == 0 ? 4 : 3;
    if (argc != wanted)
        return door_usage("forum", usage);
    if (!door_open(context, is_list ? DB_READ : DB_WRITE, &d, &code))
        return code;
    bool ok = strcmp(verb, "add") == 0     ? forum_add(&d, &o, argv[2], &e)
              : is_list                    ? forum_list(&d, o.json, &e)
              : strcmp(verb, "close") == 0 ? forum_set_closed(&d, argv[2], clock_now(), &e)
              : strcmp(verb, "open") == 0  ? forum_set_closed(&d, argv[2], 0, &e)
              : strcmp(verb, "alias") == 0 ? forum_alias(&d, argv[2], argv[3], &e)
                                           : err_set(&e, ERR_INPUT, "'%s' is not one of %s", verb, usage);
    code = ok ? 0 : door_fail("forum", &e);
    door_close(&d);
    return code;
}
