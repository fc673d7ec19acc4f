/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost duty: who moderates when.
 */
#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "cmd/journal.h"
#include "flow/phase.h"
#include "flow/step/rota.h"
#include "store/duties.h"
#include "store/forums.h"
#include "store/persons.h"

#include <stdio.h>
#include <string.h>

/* Who the first two arguments name, as somebody who moderates there. */
static bool find(struct door *d, struct duty *out, struct err *e)
{
    forum_auto f = door_forum(d, d->argv[0], e);
    person_auto p = f != NULL ? door_person(d, d->argv[1], e) : NULL;
    g_autofree struct member *m = p != NULL ? members_find(d->gateway->db, f->id, p->id, e) : NULL;

    if (p == NULL || e->kind != ERR_NONE)
        return false;
    if (m == NULL || (m->role != ROLE_MODERATOR && m->role != ROLE_LEAD))
        return err_set(e, ERR_RULE, "'%s' does not moderate '%s'; `forumpost member set %s %s --role moderator` makes them",
                       d->argv[1], f->name, f->name, d->argv[1]);
    *out = (struct duty){.forum_id = f->id, .person_id = p->id, .kind = door_has(d, "away") ? DUTY_AWAY : DUTY_ON};
    return true;
}

/* "none", or nothing, is no end. */
static bool read_days(const struct door *d, struct duty *duty, struct err *e)
{
    const char *from = door_text(d, "from"), *to = door_text(d, "to");
    bool has_end = to != NULL && strcmp(to, "none") != 0;

    if (from != NULL && (duty->from_at = phase_day(d->gateway, from, false)) == 0)
        return err_set(e, ERR_VALUE, "--from is a day like 2026-04-10, not '%s'", from);
    if (has_end && (duty->to_at = phase_day(d->gateway, to, true)) == 0)
        return err_set(e, ERR_VALUE, "--to is a day like 2026-04-10, or none, not '%s'", to);
    return !has_end || duty->to_at > duty->from_at || err_set(e, ERR_VALUE, "it does not end before it begins");
}

static bool duty_set_verb(struct door *d, struct err *e)
{
    struct duty duty;

    return find(d, &duty, e) && read_days(d, &duty, e) && rota_add(d->gateway, &duty, 0, clock_now(), e);
}

static bool duty_remove_verb(struct door *d, struct err *e)
{
    struct duty duty;
    gint64 n = 0;

    if (!find(d, &duty, e) || !read_days(d, &duty, e) || !rota_end(d->gateway, &duty, 0, clock_now(), &n, e))
        return false;
    return n > 0 ||
           err_set(e, ERR_ABSENT, "there is nothing like that; `forumpost duty list %s` shows what there is", d->argv[0]);
}

static void print_row(struct door *d, const struct duty *duty, const struct forum *f, const struct person *p)
{
    g_autofree char *from = phase_date(d->gateway, duty->from_at, false);
    g_autofree char *to = duty->to_at != 0 ? phase_date(d->gateway, duty->to_at, true) : NULL;

    if (!d->as_json) {
        printf("%-14s %s  %-10s  %-4s %s\n", f->name, from, to != NULL ? to : "open", duty_kind_name(duty->kind),
               p->address != NULL ? p->address : "-");
        return;
    }
    JsonBuilder *b = json_begin();
    json_text(b, "forum", f->name);
    json_text(b, "person", p->public_name);
    json_id(b, "person_id", p->id);
    json_text(b, "kind", duty_kind_name(duty->kind));
    json_text(b, "from", from);
    json_text(b, "to", to);
    json_print(b);
}

static bool duty_list_verb(struct door *d, struct err *e)
{
    forum_auto only = d->argv[0] != NULL ? door_forum(d, d->argv[0], e) : NULL;
    g_autoptr(GPtrArray) all =
        e->kind == ERR_NONE ? duties_of_forum(d->gateway->db, only != NULL ? only->id : 0, clock_now(), e) : NULL;

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct duty *duty = all->pdata[i];
        forum_auto f = forums_by_id(d->gateway->db, duty->forum_id, e);
        person_auto p = f != NULL ? persons_by_id(d->gateway->db, duty->person_id, e) : NULL;
        if (p == NULL)
            return false;
        print_row(d, duty, f, p);
    }
    return all != NULL;
}

static const struct door_option options[] = {
    {"from", DOOR_TEXT, "DATE", "its first day, as 2026-04-01", 0, 0, 0},
    {"to", DOOR_TEXT, "DATE", "its last day; none, or nothing: no end", 0, 0, 0},
    {"away", DOOR_FLAG, NULL, "not on duty, but away: others are asked", 0, 0, 0},
    {0},
};
static const struct door_verb verbs[] = {
    {"set", "FORUM ADDRESS", "from! to away", DOOR_CHANGES, duty_set_verb,
     "from then on texts that wait go to this moderator first"},
    {"remove", "FORUM ADDRESS", "from to away", DOOR_CHANGES, duty_remove_verb,
     "what touches these days, without days all of it"},
    {"list", "[FORUM]", "json", DOOR_READS, duty_list_verb, "who has duty, who is away, now and later"},
    {0},
};
static const struct door_spec spec =
    {"duty", "Who moderates when. Where nobody has duty everybody who moderates is asked about a text that waits.", verbs,
     options};

int cmd_duty(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
