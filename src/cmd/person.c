/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost person: who takes part, their names and addresses; only the operator sees this.
 */
#include "base/clock.h"
#include "base/limits.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "cmd/journal.h"
#include "cmd/person_show.h"
#include "flow/step/bounce.h"
#include "flow/step/erase.h"
#include "forum/given.h"
#include "store/persons.h"

#include <stdio.h>

static void print_person(const struct door *d, const struct person *p)
{
    if (!d->as_json) {
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
    json_flag(b, "suspended", p->is_suspended);
    json_print(b);
}

static bool person_list(struct door *d, struct err *e)
{
    g_autoptr(GPtrArray) all = persons_all(d->gateway->db, e);

    for (guint i = 0; all != NULL && i < all->len; i++)
        print_person(d, all->pdata[i]);
    return all != NULL;
}

/* Only what was named changes. */
static bool fill(const struct door *d, struct person *p, struct err *e)
{
    p->digest_hour = (int)door_number(d, "hour", p->digest_hour);
    p->digest_weekday = (int)door_number(d, "weekday", p->digest_weekday);
    return door_fill_person(d, p, ROLE_NONE, e);
}

static bool person_set(struct door *d, struct err *e)
{
    person_auto p = door_person(d, d->argv[0], e);
    changes_auto struct changes changed = {0};

    if (!door_any(d))
        return err_set(e, ERR_INPUT, "name what shall change: --name, --language, --hour or --weekday");
    if (p == NULL || !fill(d, p, e) || !persons_update(d->gateway->db, p, e))
        return false;
    changes_note(&changed, d, "name language hour weekday");
    return journal(d, &(struct event){.kind = "person.set", .about.person = p->id, .detail = changes_text(&changed)}, e);
}

static bool person_address(struct door *d, struct err *e)
{
    person_auto p = door_person(d, d->argv[0], e);
    g_autofree char *other = p != NULL ? given_address(d->argv[1], d->gateway->domain, e) : NULL;
    g_autofree char *key = other != NULL ? persons_key(other) : NULL;
    person_auto has = key != NULL ? persons_by_address(d->gateway->db, key, e) : NULL;

    if (key == NULL || (has == NULL && e->kind != ERR_NONE))
        return false;
    if (has != NULL && has->id != p->id)
        return err_set(e, ERR_VALUE, "'%s' is the address of another person (number %" G_GINT64_FORMAT ")", other, has->id);
    if (has != NULL)
        return true; /* theirs already */
    return persons_add_address(d->gateway->db, p->id, other, e) &&
           journal(d, &(struct event){.kind = "person.address", .about.person = p->id}, e);
}

static bool person_revive(struct door *d, struct err *e)
{
    person_auto p = door_person(d, d->argv[0], e);
    g_autofree char *key = persons_key(d->argv[0]);

    return p != NULL && bounce_undo(d->gateway, key, clock_now(), e);
}

static bool person_erase(struct door *d, struct err *e)
{
    g_autofree char *reason = given_line("a reason", door_text(d, "reason"), LIMIT_REASON_CHARS, e);
    struct erase_report r;

    if (reason == NULL || !erase_person(d->gateway, d->argv[0], reason, clock_now(), &r, e))
        return false;
    door_say(d,
             "erased: %u contributions, %u texts that waited, %u mails, name, addresses and everything that waited to be sent.",
             r.n_texts, r.n_waiting, r.n_mails + r.n_failed);
    if (r.person != 0)
        door_say(d, "left: the number %" G_GINT64_FORMAT ", today's date and the reason.", r.person);
    door_say(d, "What was sent to others cannot be called back. Backups, and a copy that an upgrade kept beside the database, "
                "still have it.");
    return true;
}

static const struct door_option options[] = {
    {"reason", DOOR_TEXT, "TEXT", "why; it stays", 0, 0, 0},
    {"name", DOOR_TEXT, "NAME", "public name; '' shows none", 0, 0, 0},
    {"language", DOOR_TEXT, "CODE", "of mails to this person", 0, 0, 0},
    {"hour", DOOR_NUMBER, "0-23", "of their digest; -1: the initiative's", -1, 23, 0},
    {"weekday", DOOR_NUMBER, "1-7", "of their weekly digest, 1 is Monday; 0: the initiative's", 0, 7, 0},
    {0},
};
static const struct door_verb verbs[] = {
    {"list", "", "json", DOOR_READS, person_list, "everybody"},
    {"show", "ADDRESS", "json", DOOR_READS, person_show, "everything that is held about one"},
    {"set", "ADDRESS", "name language hour weekday", DOOR_CHANGES, person_set, "change what is named, and nothing else"},
    {"address", "ADDRESS OTHER", "", DOOR_CHANGES, person_address, "note a further address of the same person"},
    {"revive", "ADDRESS", "", DOOR_CHANGES, person_revive, "write again to an address that bounced"},
    {"erase", "ADDRESS", "reason!", DOOR_CHANGES, person_erase, "delete everything that is held about one; cannot be undone"},
    {0},
};
static const struct door_spec spec = {"person", "People, their names and addresses.", verbs, options};

int cmd_person(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
