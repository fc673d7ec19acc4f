/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost field, forumpost goal: what proposals serve.
 */
#include "cmd/topic.h"

#include "base/clock.h"
#include "base/limits.h"
#include "cmd/commands.h"
#include "cmd/journal.h"
#include "forum/given.h"
#include "forum/phase.h"
#include "store/events.h"

#include <stdio.h>
#include <string.h>

bool topic_is_name(const char *name, struct err *e)
{
    return phase_is_name(name) ||
           err_set(e, ERR_VALUE, "a name begins with a letter and is a word of a-z, 0-9 and -, not '%s'", name);
}

bool topic_put(struct door *d, enum topic_kind kind, const char *name, const char *title, struct err *e)
{
    const char *language = door_text(d, "language");

    g_autofree char *line = given_line("a title", title, LIMIT_TITLE_CHARS, e);
    g_autofree char *known = line == NULL ? NULL
                                          : given_language(language != NULL ? language : d->settings.initiative_languages[0],
                                                           d->settings.initiative_languages, e);
    return known != NULL && topics_put(d->gateway->db, kind, name, known, line, e);
}

static bool add(struct door *d, enum topic_kind kind, const char *event, struct err *e)
{
    g_autofree char *detail = g_strdup_printf("name=%s", d->argv[0]);

    return topic_is_name(d->argv[0], e) && topic_put(d, kind, d->argv[0], door_text(d, "title"), e) &&
           journal(d, &(struct event){.at = clock_now(), .kind = event, .detail = detail}, e);
}

/* The titles of one name, which stand together. */
static void print_one(struct door *d, const GPtrArray *all, guint first, guint end)
{
    const struct topic *t = all->pdata[first];

    if (!d->as_json) {
        for (guint i = first; i < end; i++)
            printf("%-20s %-3s %s\n", t->name, ((const struct topic *)all->pdata[i])->language,
                   ((const struct topic *)all->pdata[i])->title);
        return;
    }
    JsonBuilder *b = json_begin();
    json_text(b, "name", t->name);
    json_builder_set_member_name(b, "title");
    json_builder_begin_object(b);
    for (guint i = first; i < end; i++)
        json_text(b, ((const struct topic *)all->pdata[i])->language, ((const struct topic *)all->pdata[i])->title);
    json_builder_end_object(b);
    json_number(b, "ideas", t->n_ideas);
    json_number(b, "proposals", t->n_proposals);
    json_print(b);
}

static bool list(struct door *d, enum topic_kind kind, struct err *e)
{
    g_autoptr(GPtrArray) all = topics_all(d->gateway->db, kind, e);

    for (guint i = 0, end; all != NULL && i < all->len; i = end) {
        for (end = i + 1; end < all->len; end++)
            if (strcmp(((const struct topic *)all->pdata[end])->name, ((const struct topic *)all->pdata[i])->name) != 0)
                break;
        print_one(d, all, i, end);
    }
    return all != NULL;
}

static bool field_add(struct door *d, struct err *e)
{
    return add(d, TOPIC_FIELD, "field.added", e);
}

static bool field_list(struct door *d, struct err *e)
{
    return list(d, TOPIC_FIELD, e);
}

static bool goal_add(struct door *d, struct err *e)
{
    return add(d, TOPIC_GOAL, "goal.added", e);
}

static bool goal_list(struct door *d, struct err *e)
{
    return list(d, TOPIC_GOAL, e);
}

static const struct door_option options[] = {
    {"title", DOOR_TEXT, "TEXT", "what it is called", 0, 0, 0},
    {"language", DOOR_TEXT, "TAG", "of the title; without it the initiative's first", 0, 0, 0},
    {0},
};
static const struct door_verb field_verbs[] = {
    {"add", "NAME", "title! language", DOOR_CHANGES, field_add, "add one, or its title in another language"},
    {"list", "", "json", DOOR_READS, field_list, "all of them"},
    {0},
};
static const struct door_verb goal_verbs[] = {
    {"add", "NAME", "title! language", DOOR_CHANGES, goal_add, "add one, or its title in another language"},
    {"list", "", "json", DOOR_READS, goal_list, "all of them"},
    {0},
};
static const struct door_spec field_spec = {"field", "The initiative's fields of action, which proposals serve.", field_verbs,
                                            options};
static const struct door_spec goal_spec = {"goal", "The initiative's goals, which proposals serve.", goal_verbs, options};

int cmd_field(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&field_spec, context, argc, argv);
}

int cmd_goal(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&goal_spec, context, argc, argv);
}
