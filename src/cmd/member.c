/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost member: who is in a forum, as what, and how they are told.
 */
#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "cmd/journal.h"
#include "forum/given.h"
#include "store/forums.h"
#include "store/persons.h"

#include <stdio.h>

static bool member_list(struct door *d, struct err *e)
{
    forum_auto f = door_forum(d, d->argv[0], e);
    g_autoptr(GPtrArray) members = f != NULL ? members_of_forum(d->gateway->db, f->id, e) : NULL;

    for (guint i = 0; members != NULL && i < members->len; i++) {
        const struct member *m = members->pdata[i];
        person_auto p = persons_by_id(d->gateway->db, m->person_id, e);
        if (p == NULL)
            return false;
        if (!d->as_json) {
            printf("%-40s %-9s %-7s %s\n", p->address != NULL ? p->address : "-", role_name(m->role), delivery_name(m->delivery),
                   p->public_name != NULL ? p->public_name : "");
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

static enum role given_role(const struct door *d)
{
    enum role role = ROLE_NONE;

    if (door_text(d, "role") != NULL)
        role_parse(door_text(d, "role"), &role);
    return role;
}

/* ---- The person: made if nobody has the address; name and language change only if they are named. */
static bool change_person(const struct door *d, struct person *p, struct err *e)
{
    changes_auto struct changes changed = {0};

    if (!door_fill_person(d, p, given_role(d), e))
        return false;
    changes_note(&changed, d, "name language");
    if (changes_text(&changed) == NULL)
        return true;
    return persons_update(d->gateway->db, p, e) &&
           journal(d, &(struct event){.kind = "person.set", .about.person = p->id, .detail = changes_text(&changed)}, e);
}

static bool add_person(const struct door *d, const char *given, row_id *id_out, struct err *e)
{
    person_auto p = g_new0(struct person, 1);

    p->address = given_address(given, d->gateway->domain, e);
    p->digest_hour = -1;
    return p->address != NULL && door_fill_person(d, p, given_role(d), e) &&
           persons_add(d->gateway->db, p, clock_now(), id_out, e) &&
           journal(d, &(struct event){.kind = "person.added", .about.person = *id_out}, e);
}

static bool find_or_add(const struct door *d, const char *given, row_id *id_out, struct err *e)
{
    g_autofree char *key = persons_key(given);
    person_auto p = persons_by_address(d->gateway->db, key, e);

    if (p == NULL)
        return e->kind == ERR_NONE && add_person(d, given, id_out, e);
    *id_out = p->id;
    return change_person(d, p, e);
}

/* ---- The membership */
/* WAS is what they were, NULL nothing; what is not named stays. */
static bool put(const struct door *d, const struct forum *f, row_id person, const struct member *was, struct err *e)
{
    struct member m = {.role = was != NULL ? was->role : ROLE_MEMBER, .delivery = was != NULL ? was->delivery : DELIVERY_DAILY};
    const char *role = door_text(d, "role"), *delivery = door_text(d, "delivery");

    if (role != NULL)
        role_parse(role, &m.role);
    if (delivery != NULL)
        delivery_parse(delivery, &m.delivery);
    if (was != NULL && m.role == was->role && m.delivery == was->delivery)
        return true;
    m.forum_id = f->id;
    m.person_id = person;
    m.joined_at = clock_now();
    g_autofree char *detail = g_strdup_printf("%s, %s", role_name(m.role), delivery_name(m.delivery));
    struct event ev = {.kind = (was != NULL ? "member.set" : "member.added"),
                       .about.forum = f->id,
                       .about.person = person,
                       .detail = detail};
    return members_put(d->gateway->db, &m, e) && journal(d, &ev, e);
}

static bool put_in(const struct door *d, const struct forum *f, row_id person, struct err *e)
{
    g_autofree struct member *was = members_find(d->gateway->db, f->id, person, e);

    return e->kind == ERR_NONE && put(d, f, person, was, e);
}

/* An office everywhere is the initiative's, in every forum to come, too; who is something else everywhere is none. */
static bool name_initiative(const struct door *d, row_id person, struct err *e)
{
    if (door_text(d, "role") == NULL)
        return true;
    bool is_office = given_role(d) == ROLE_OFFICE;
    struct event ev = {.kind = "member.initiative", .about.person = person, .detail = is_office ? "office" : "none"};

    return members_set_initiative(d->gateway->db, person, is_office, e) && journal(d, &ev, e);
}

/* In each forum that there is. */
static bool add_everywhere(const struct door *d, const char *given, struct err *e)
{
    g_autoptr(GPtrArray) all = forums_all(d->gateway->db, e);
    row_id person;

    if (all == NULL || !find_or_add(d, given, &person, e))
        return false;
    for (guint i = 0; i < all->len; i++)
        if (!put_in(d, all->pdata[i], person, e))
            return false;
    return name_initiative(d, person, e);
}

static bool member_add(struct door *d, struct err *e)
{
    bool is_all = door_has(d, "all");

    if (is_all != (d->argv[1] == NULL))
        return err_set(e, ERR_INPUT, "it is `forumpost member add FORUM ADDRESS`, or `forumpost member add --all ADDRESS`");
    if (is_all)
        return add_everywhere(d, d->argv[0], e);
    forum_auto f = door_forum(d, d->argv[0], e);
    row_id person;

    return f != NULL && find_or_add(d, d->argv[1], &person, e) && put_in(d, f, person, e);
}

/* The member that the first two arguments name; ERR_ABSENT if they are none. */
static struct member *find(const struct door *d, struct forum **forum_out, struct person **person_out, struct err *e)
{
    *forum_out = door_forum(d, d->argv[0], e);
    *person_out = *forum_out != NULL ? door_person(d, d->argv[1], e) : NULL;
    struct member *m = *person_out != NULL ? members_find(d->gateway->db, (*forum_out)->id, (*person_out)->id, e) : NULL;

    if (m == NULL && *person_out != NULL)
        err_set(e, ERR_ABSENT, "'%s' is not in the forum '%s'; `forumpost member list %s` shows who is", d->argv[1],
                (*forum_out)->name, (*forum_out)->name);
    return m;
}

static bool member_set(struct door *d, struct err *e)
{
    forum_auto f = NULL;
    person_auto p = NULL;
    g_autofree struct member *was = find(d, &f, &p, e);

    if (!door_any(d))
        return err_set(e, ERR_INPUT, "name what shall change: --role, --delivery, --name or --language");
    return was != NULL && change_person(d, p, e) && put(d, f, p->id, was, e);
}

static bool member_remove(struct door *d, struct err *e)
{
    forum_auto f = NULL;
    person_auto p = NULL;
    g_autofree struct member *m = find(d, &f, &p, e);
    bool found = false;

    if (m == NULL || !members_remove(d->gateway->db, f->id, p->id, &found, e))
        return false;
    return journal(d,
                   &(struct event){.kind = "member.removed",
                                   .about.forum = f->id,
                                   .about.person = p->id,
                                   .detail = role_name(m->role)},
                   e);
}

static const struct door_option options[] = {
    {"role", DOOR_WORD, "reader|member|lead|moderator|office", "member for a new one", 0, 0, 0},
    {"delivery", DOOR_WORD, "each|daily|weekly|none", "how they are told; daily for a new one", 0, 0, 0},
    {"name", DOOR_TEXT, "NAME", "their public name; '' shows none", 0, 0, 0},
    {"language", DOOR_TEXT, "CODE", "of mails to this person", 0, 0, 0},
    {"all", DOOR_FLAG, NULL, "in every forum; with --role office the office of the initiative, in every forum to come, too", 0, 0,
     0},
    {0},
};
#define FIELDS "role delivery name language"
static const struct door_verb verbs[] = {
    {"list", "FORUM", "json", DOOR_READS, member_list, "who is in a forum"},
    {"add", "[FORUM] ADDRESS", FIELDS " all", DOOR_CHANGES, member_add,
     "make somebody a member; of one who is, change what is named"},
    {"set", "FORUM ADDRESS", FIELDS, DOOR_CHANGES, member_set, "change what is named of a member"},
    {"remove", "FORUM ADDRESS", "", DOOR_CHANGES, member_remove, "no member any more"},
    {0},
};
static const struct door_spec spec = {"member", "Who is in a forum, as what, and how they are told.", verbs, options};

int cmd_member(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
