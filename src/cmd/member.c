/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost member: who is in a forum, as what, and how they are told.
 */
#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "mail/compose.h"
#include "store/forums.h"
#include "store/persons.h"

#include <stdio.h>
#include <string.h>

static const char usage[] = "add FORUM ADDRESS | remove FORUM ADDRESS | list FORUM";

struct member_options {
    char *role, *delivery, *name, *language;
    gboolean json;
};

static void member_options_clear(struct member_options *o)
{
    g_free(o->role);
    g_free(o->delivery);
    g_free(o->name);
    g_free(o->language);
}

/* The person of ADDRESS, made if there is none. */
static bool find_or_add(struct door *d, const struct member_options *o, const char *address, row_id *id_out,
                        struct err *e)
{
    g_autofree char *lower = g_utf8_strdown(address, -1);
    person_auto p = persons_by_address(d->gateway->db, lower, e);

    if (p != NULL) {
        *id_out = p->id;
        if (o->name == NULL && o->language == NULL)
            return true;
        if (o->name != NULL) {
            g_free(p->public_name);
            p->public_name = *o->name != '\0' ? g_strdup(o->name) : NULL;
        }
        if (o->language != NULL) {
            g_free(p->language);
            p->language = g_strdup(o->language);
        }
        return persons_update(d->gateway->db, p, e);
    }
    if (e->kind != ERR_NONE)
        return false;
    struct person fresh = {.address = (char *)address, .public_name = o->name, .language = o->language,
                           .digest_hour = -1};
    return persons_add(d->gateway->db, &fresh, clock_now(), id_out, e);
}

static bool member_add(struct door *d, const struct member_options *o, const struct forum *f, const char *address,
                       struct err *e)
{
    struct member m = {.forum_id = f->id, .role = ROLE_MEMBER, .delivery = DELIVERY_DAILY, .joined_at = clock_now()};

    if (o->role != NULL && (!role_parse(o->role, &m.role) || m.role == ROLE_NONE))
        return err_set(e, ERR_INPUT, "--role is reader, member, lead, moderator or office, not '%s'", o->role);
    if (o->delivery != NULL && !delivery_parse(o->delivery, &m.delivery))
        return err_set(e, ERR_INPUT, "--delivery is each, daily, weekly or none, not '%s'", o->delivery);
    if (!outgoing_is_address(address))
        return err_set(e, ERR_INPUT, "'%s' is not a mail address", address);
    return db_begin(d->gateway->db, e) && find_or_add(d, o, address, &m.person_id, e) &&
           members_put(d->gateway->db, &m, e) && db_commit(d->gateway->db, e);
}

static bool member_remove(struct door *d, const struct forum *f, const char *address, struct err *e)
{
    g_autofree char *lower = g_utf8_strdown(address, -1);
    person_auto p = persons_by_address(d->gateway->db, lower, e);
    bool found = false;

    if (p != NULL && !(db_begin(d->gateway->db, e) && members_remove(d->gateway->db, f->id, p->id, &found, e) &&
                       db_commit(d->gateway->db, e)))
        return false;
    return found || err_set(e, ERR_ABSENT, "%s is not a member of %s", address, f->name);
}

static bool member_list(struct door *d, const struct forum *f, bool as_json, struct err *e)
{
    g_autoptr(GPtrArray) members = members_of_forum(d->gateway->db, f->id, e);

    for (guint i = 0; members != NULL && i < members->len; i++) {
        const struct member *m = members->pdata[i];
        person_auto p = persons_by_id(d->gateway->db, m->person_id, e);
        if (p == NULL)
            return false;
        if (!as_json) {
            printf("%-40s %-9s %-7s %s\n", p->address != NULL ? p->address : "-", role_name(m->role),
                   delivery_name(m->delivery), p->public_name != NULL ? p->public_name : "");
            continue;
        }
        JsonBuilder *b = json_begin();
        json_text(b, "address", p->address);
        json_number(b, "person", p->id);
        json_text(b, "role", role_name(m->role));
        json_text(b, "delivery", delivery_name(m->delivery));
        json_text(b, "public_name", p->public_name);
        json_time(b, "joined_at", m->joined_at, d);
        json_print(b);
    }
    return members != NULL;
}

int cmd_member(const struct cmd_context *context, int argc, char **argv)
{
    __attribute__((cleanup(member_options_clear))) struct member_options o = {0};
    const GOptionEntry entries[] = {
        {"role", 0, 0, G_OPTION_ARG_STRING, &o.role, "reader, member (default), lead, moderator or office", "ROLE"},
        {"delivery", 0, 0, G_OPTION_ARG_STRING, &o.delivery, "each, daily (default), weekly or none", "HOW"},
        {"name", 0, 0, G_OPTION_ARG_STRING, &o.name, "public name; without it none is shown", "NAME"},
        {"language", 0, 0, G_OPTION_ARG_STRING, &o.language, "of mails to this person", "CODE"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &o.json, "one JSON object a line", NULL},
        G_OPTION_ENTRY_NULL};
    err_auto struct err e = {0};
    struct door d = {0};
    int code;

    if (!door_options(&argc, &argv, usage, "Adds, changes, removes and lists a forum's members.", entries, &code))
        return code;
    const char *verb = argc > 1 ? argv[1] : "";
    bool is_list = strcmp(verb, "list") == 0;
    if (argc != (is_list ? 3 : 4))
        return door_usage("member", usage);
    if (!door_open(context, is_list ? DB_READ : DB_WRITE, &d, &code))
        return code;
    forum_auto f = forums_by_name(d.gateway->db, argv[2], &e);
    if (f == NULL)
        err_set(&e, ERR_ABSENT, "there is no forum '%s'; `forumpost forum list` shows them", argv[2]);
    bool ok = f != NULL && (is_list                       ? member_list(&d, f, o.json, &e)
                            : strcmp(verb, "add") == 0    ? member_add(&d, &o, f, argv[3], &e)
                            : strcmp(verb, "remove") == 0 ? member_remove(&d, f, argv[3], &e)
                                                          : err_set(&e, ERR_INPUT, "'%s' is not one of %s", verb, usage));
    code = ok ? 0 : door_fail("member", &e);
    door_close(&d);
    return code;
}
