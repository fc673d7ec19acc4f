/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost phase: what is taken when.
 */
#include "base/clock.h"
#include "base/limits.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "cmd/journal.h"
#include "cmd/topic.h"
#include "flow/step/late.h"
#include "store/forums.h"
#include "store/phases.h"

#include <stdio.h>
#include <string.h>

/* "none" for --to is no end. */
static bool day_of(const struct door *d, const char *option, bool is_end, gint64 *out, struct err *e)
{
    const char *given = door_text(d, option);

    if (given == NULL)
        return true;
    *out = is_end && strcmp(given, "none") == 0 ? 0 : phase_day(d->gateway, given, is_end);
    return *out != 0 || (is_end && strcmp(given, "none") == 0) ||
           err_set(e, ERR_VALUE, "--%s is a day like 2026-04-10%s, not '%s'", option, is_end ? ", or none" : "", given);
}

/* What was given replaces what P has. */
static bool read_options(struct door *d, struct phase *p, struct err *e)
{
    const char *allows = door_text(d, "allows"), *forum = door_text(d, "forum");

    if (!day_of(d, "from", false, &p->from_at, e) || !day_of(d, "to", true, &p->to_at, e))
        return false;
    if (allows != NULL && (p->allows = phase_kinds_parse(allows)) == 0)
        return err_set(e, ERR_VALUE, "--allows is one or several of idea,reply,support,feedback,inner");
    if (p->to_at != 0 && p->to_at <= p->from_at)
        return err_set(e, ERR_VALUE, "a phase does not end before it begins");
    if (forum == NULL)
        return true;
    forum_auto f = door_forum(d, forum, e);
    p->forum_id = f != NULL ? f->id : 0;
    return f != NULL;
}

static bool put(struct door *d, const struct phase *p, const struct phase *was, struct err *e)
{
    const char *title = door_text(d, "title");

    if (title == NULL && door_text(d, "language") != NULL)
        return err_set(e, ERR_INPUT, "--language is that of --title");
    return (title == NULL || topic_put(d, TOPIC_PHASE, p->name, title, e)) &&
           late_set_phase(d->gateway, p, was, 0, 0, clock_now(), e);
}

static bool phase_add_verb(struct door *d, struct err *e)
{
    struct phase p = {.name = d->argv[0]};
    g_autoptr(GPtrArray) all = topic_is_name(p.name, e) ? phases_all(d->gateway->db, e) : NULL;
    const struct phase *was = all != NULL ? phase_like(all, p.name) : NULL;

    if (all == NULL)
        return false;
    if (was != NULL)
        return err_set(e, ERR_RULE, "there is a phase %s; `forumpost phase change` changes it", was->name);
    return read_options(d, &p, e) && put(d, &p, NULL, e);
}

static bool phase_change_verb(struct door *d, struct err *e)
{
    struct phase *was = phases_by_name(d->gateway->db, d->argv[0], e);

    if (was == NULL)
        return e->kind == ERR_NONE &&
               err_set(e, ERR_ABSENT, "there is no phase %s; `forumpost phase list` shows them", d->argv[0]);
    struct phase p = *was;
    bool ok = read_options(d, &p, e) && put(d, &p, was, e);
    if (ok && p.to_at != was->to_at)
        door_say(d, "phase %s ends on another day; everybody who takes part is told", p.name);
    phase_free(was);
    return ok;
}

static void print_json(struct door *d, const struct phase *p, const char *title, const char *forum)
{
    g_autofree char *from = phase_date(d->gateway, p->from_at, false);
    g_autofree char *to = p->to_at != 0 ? phase_date(d->gateway, p->to_at, true) : NULL;
    gint64 now = clock_now();
    JsonBuilder *b = json_begin();

    json_text(b, "name", p->name);
    json_text(b, "title", title);
    json_text(b, "forum", forum);
    json_text(b, "from", from);
    json_text(b, "to", to);
    json_builder_set_member_name(b, "allows");
    json_builder_begin_array(b);
    for (guint bit = 0; phase_kind_names[bit] != NULL; bit++)
        if ((p->allows & G_GINT64_CONSTANT(1) << bit) != 0)
            json_builder_add_string_value(b, phase_kind_names[bit]);
    json_builder_end_array(b);
    json_flag(b, "open", now >= p->from_at && (p->to_at == 0 || now < p->to_at));
    json_number(b, "extended", p->n_changes);
    json_print(b);
}

static bool phase_list_verb(struct door *d, struct err *e)
{
    g_autoptr(GPtrArray) all = phases_all(d->gateway->db, e);
    g_autoptr(GPtrArray) titles = all != NULL ? topics_all(d->gateway->db, TOPIC_PHASE, e) : NULL;

    for (guint i = 0; titles != NULL && i < all->len; i++) {
        const struct phase *p = all->pdata[i];
        const char *known = topic_title(titles, p->name, d->settings.initiative_languages[0]),
                   *title = known != NULL ? known : p->name;
        forum_auto f = p->forum_id != 0 ? forums_by_id(d->gateway->db, p->forum_id, e) : NULL;
        if (d->as_json) {
            print_json(d, p, title, f != NULL ? f->name : NULL);
            continue;
        }
        g_autofree char *from = phase_date(d->gateway, p->from_at, false);
        g_autofree char *to = p->to_at != 0 ? phase_date(d->gateway, p->to_at, true) : g_strdup("open");
        printf("%-14s %s  %-10s  %-12s %s\n", p->name, from, to, f != NULL ? f->name : "everywhere", title);
    }
    return titles != NULL && e->kind == ERR_NONE;
}

static const struct door_option options[] = {
    {"from", DOOR_TEXT, "DATE", "its first day, as 2026-02-01", 0, 0, 0},
    {"to", DOOR_TEXT, "DATE", "its last day; none: no end", 0, 0, 0},
    {"allows", DOOR_TEXT, "KINDS", "what it takes: idea,reply,support,feedback,inner", 0, 0, 0},
    {"title", DOOR_TEXT, "TEXT", "what it is called", 0, 0, 0},
    {"language", DOOR_TEXT, "TAG", "of the title; without it the initiative's first", 0, 0, 0},
    {"forum", DOOR_TEXT, "NAME", "of this forum alone", 0, 0, 0},
    {0},
};
static const struct door_verb verbs[] = {
    {"add", "NAME", "from! to! allows! title language forum", DOOR_CHANGES, phase_add_verb, "make one"},
    {"change", "NAME", "from to allows title language forum", DOOR_CHANGES, phase_change_verb, "change one; another end is told"},
    {"list", "", "json", DOOR_READS, phase_list_verb, "all of them"},
    {0},
};
static const struct door_spec spec = {"phase", "What is taken when. Without any phase everything is, always.", verbs, options};

int cmd_phase(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
