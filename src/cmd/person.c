/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost person: who takes part, their names and addresses; only the operator sees this.
 */
#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "mail/compose.h"
#include "store/persons.h"

#include <stdio.h>
#include <string.h>

static const char usage[] = "list | show ADDRESS | set ADDRESS | address ADDRESS OTHER | revive ADDRESS";

struct person_options {
    char *name, *language;
    int hour, weekday;
    gboolean json;
};

static void person_options_clear(struct person_options *o)
{
    g_free(o->name);
    g_free(o->language);
}

static void print_person(struct door *d, const struct person *p, bool as_json)
{
    if (!as_json) {
        g_autofree char *confirmed = door_time(d, p->confirmed_at);
        printf("%6" G_GINT64_FORMAT "  %-40s %-20s confirmed %s%s\n", p->id, p->address != NULL ? p->address : "-",
               p->public_name != NULL ? p->public_name : "(without name)", confirmed,
               p->is_suspended ? "  suspended: mail came back" : "");
        return;
    }
    JsonBuilder *b = json_begin();
    json_number(b, "person", p->id);
    json_text(b, "address", p->address);
    json_text(b, "public_name", p->public_name);
    json_text(b, "language", p->language);
    json_time(b, "confirmed_at", p->confirmed_at, d);
    json_builder_set_member_name(b, "suspended");
    json_builder_add_boolean_value(b, p->is_suspended);
    json_print(b);
}

static bool person_list(struct door *d, bool as_json, struct err *e)
{
    g_autoptr(GPtrArray) all = persons_all(d->gateway->db, e);

    for (guint i = 0; all != NULL && i < all->len; i++)
        print_person(d, all->pdata[i], as_json);
    return all != NULL;
}

static bool person_set(struct door *d, const struct person_options *o, struct person *p, struct err *e)
{
    if (o->hour < -1 || o->hour > 23 || o->weekday < 0 || o->weekday > 7)
        return err_set(e, ERR_INPUT, "--hour is 0 to 23 (-1: the initiative's), --weekday 1 Monday to 7 (0: the initiative's)");
    if (o->name != NULL) {
        g_free(p->public_name);
        p->public_name = *o->name != '\0' ? g_strdup(o->name) : NULL;
    }
    if (o->language != NULL) {
        g_free(p->language);
        p->language = g_strdup(o->language);
    }
    p->digest_hour = o->hour;
    p->digest_weekday = o->weekday;
    return db_begin(d->gateway->db, e) && persons_update(d->gateway->db, p, e) && db_commit(d->gateway->db, e);
}

static bool person_address(struct door *d, const struct person *p, const char *other, struct err *e)
{
    if (!outgoing_is_address(other))
        return err_set(e, ERR_INPUT, "'%s' is not a mail address", other);
    return db_begin(d->gateway->db, e) && persons_add_address(d->gateway->db, p->id, other, e) &&
           db_commit(d->gateway->db, e);
}

static bool act(struct door *d, const struct person_options *o, const char *verb, char **argv, struct err *e)
{
    if (strcmp(verb, "list") == 0)
        return person_list(d, o->json, e);
    g_autofree char *lower = g_utf8_strdown(argv[2], -1);
    person_auto p = persons_by_address(d->gateway->db, lower, e);
    if (p == NULL)
        return err_set(e, ERR_ABSENT, "nobody here has the address %s", argv[2]);
    if (strcmp(verb, "show") == 0)
        print_person(d, p, o->json);
    else if (strcmp(verb, "set") == 0)
        return person_set(d, o, p, e);
    else if (strcmp(verb, "address") == 0)
        return person_address(d, p, argv[3], e);
    else if (strcmp(verb, "revive") == 0)
        return db_begin(d->gateway->db, e) && persons_revive(d->gateway->db, lower, e) &&
               db_commit(d->gateway->db, e);
    else
        return err_set(e, ERR_INPUT, "'%s' is not one of %s", verb, usage);
    return true;
}

int cmd_person(const struct cmd_context *context, int argc, char **argv)
{
    __attribute__((cleanup(person_options_clear))) struct person_options o = {.hour = -1};
    const GOptionEntry entries[] = {
        {"name", 0, 0, G_OPTION_ARG_STRING, &o.name, "public name; '' shows none", "NAME"},
        {"language", 0, 0, G_OPTION_ARG_STRING, &o.language, "of mails to this person", "CODE"},
        {"hour", 0, 0, G_OPTION_ARG_INT, &o.hour, "of their digest", "0-23"},
        {"weekday", 0, 0, G_OPTION_ARG_INT, &o.weekday, "of their weekly digest, 1 is Monday", "1-7"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &o.json, "one JSON object a line", NULL},
        G_OPTION_ENTRY_NULL};
    err_auto struct err e = {0};
    struct door d = {0};
    int code;

    if (!door_options(&argc, &argv, usage, "Shows and changes people; revive writes again to an address that bounced.",
                      entries, &code))
        return code;
    const char *verb = argc > 1 ? argv[1] : "";
    bool is_reading = strcmp(verb, "list") == 0 || strcmp(verb, "show") == 0;
    if (argc != (strcmp(verb, "list") == 0 ? 2 : strcmp(verb, "address") == 0 ? 4 : 3))
        return door_usage("person", usage);
    if (!door_open(context, is_reading ? DB_READ : DB_WRITE, &d, &code))
        return code;
    code = act(&d, &o, verb, argv, &e) ? 0 : door_fail("person", &e);
    door_close(&d);
    return code;
}
