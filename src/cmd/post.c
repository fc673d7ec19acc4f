/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost post: one contribution, and taking it down. `idea withdraw|remove|restore` are the same for an idea's first
 * post (cmd/idea.c).
 */
#include "base/clock.h"
#include "base/limits.h"
#include "cmd/idea_life.h"
#include "cmd/journal.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "cmd/post.h"
#include "flow/step/takedown.h"
#include "forum/given.h"
#include "store/ideas.h"
#include "store/persons.h"
#include "store/posts.h"

#include <stdio.h>
#include <string.h>

struct post *door_post(const struct door *d, const char *given, struct err *e)
{
    const char *mark = strchr(given, '#');
    g_autofree char *before = mark != NULL ? g_strndup(given, (gsize)(mark - given)) : g_strdup(given);
    row_id first, number;

    if (!(mark != NULL ? door_idea_id(d, before, &first, e) : door_id(before, "a post", &first, e)) ||
        (mark != NULL && !door_id(mark + 1, "a post in it", &number, e)))
        return NULL;
    struct post *p = mark != NULL ? posts_by_number(d->gateway->db, first, number, e) : posts_by_id(d->gateway->db, first, e);
    if (p == NULL)
        err_set(e, ERR_ABSENT, "there is no post %s; `forumpost idea show NUMBER --all` shows those of an idea", given);
    return p;
}

static void print_json(const struct door *d, const struct post *p, const char *name)
{
    JsonBuilder *b = json_begin();

    json_number(b, "post", p->id);
    json_number(b, "idea", p->idea_id);
    json_number(b, "number", p->number);
    json_text(b, "kind", post_kind_name(p->kind));
    json_text(b, "state", post_state_name(p->state));
    json_text(b, "person", name);
    json_time(b, "at", p->at, d);
    json_time(b, "taken_at", p->taken_at, d);
    json_text(b, "reason", p->taken_reason);
    json_time(b, "deleted_at", p->forgotten_at, d);
    json_text(b, "text", p->forgotten_at == 0 ? p->text : NULL);
    json_print(b);
}

static void print_text(const struct door *d, const struct post *p, const char *name)
{
    g_autofree char *at = door_time(d, p->at), *taken_at = door_time(d, p->taken_at);
    g_autofree char *gone_at = door_time(d, p->forgotten_at);

    printf("Post %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT "#%" G_GINT64_FORMAT ", %s, %s, %s, by %s\n", p->id, p->idea_id,
           p->number, post_kind_name(p->kind), post_state_name(p->state), at, name != NULL ? name : "(without name)");
    if (p->taken_at != 0)
        printf("not public since %s%s%s\n", taken_at, p->taken_reason != NULL ? ": " : "",
               p->taken_reason != NULL ? p->taken_reason : "");
    if (p->forgotten_at != 0)
        printf("its text was deleted %s\n", gone_at);
    else
        printf("\n%s\n", p->text);
}

static bool post_show(struct door *d, struct err *e)
{
    post_auto p = door_post(d, d->argv[0], e);
    person_auto author = p != NULL ? persons_by_id(d->gateway->db, p->person_id, e) : NULL;

    if (author == NULL)
        return false;
    if (d->as_json)
        print_json(d, p, author->public_name);
    else
        print_text(d, p, author->public_name);
    return true;
}

bool door_take_down(struct door *d, const struct post *p, enum post_state state, struct err *e)
{
    g_autofree char *reason = given_line("a reason", door_text(d, "reason"), LIMIT_REASON_CHARS, e);

    if (reason == NULL || !takedown_post(d->gateway, p, state, reason, clock_now(), e))
        return false;
    door_say(d,
             "post %" G_GINT64_FORMAT " is %s; no mail that leaves from now on has it. What was sent before cannot be "
             "called back. Its author is told the reason.",
             p->id, post_state_name(state));
    return true;
}

static bool post_hide(struct door *d, struct err *e)
{
    post_auto p = door_post(d, d->argv[0], e);

    return p != NULL && door_take_down(d, p, POST_HIDDEN, e);
}

static bool post_remove(struct door *d, struct err *e)
{
    post_auto p = door_post(d, d->argv[0], e);

    return p != NULL && door_take_down(d, p, POST_REMOVED, e);
}

static bool post_restore(struct door *d, struct err *e)
{
    post_auto p = door_post(d, d->argv[0], e);
    const char *reason = p != NULL ? door_reason(d, e) : NULL;

    return p != NULL && e->kind == ERR_NONE && takedown_undo(d->gateway, p, reason, clock_now(), e);
}

static const struct door_option options[] = {
    {"reason", DOOR_TEXT, "TEXT", "why; its author reads it, too", 0, 0, 0},
    {0},
};
static const struct door_verb verbs[] = {
    {"show", "ID", "json", DOOR_READS, post_show, "one with its text; ID is its number in the journal, or IDEA#NUMBER"},
    {"hide", "ID", "reason!", DOOR_CHANGES, post_hide, "not public for a while"},
    {"remove", "ID", "reason!", DOOR_CHANGES, post_remove, "not public any more; deleted after [retention] removed_days"},
    {"restore", "ID", "reason", DOOR_CHANGES, post_restore, "public again, what was hidden or removed"},
    {0},
};
static const struct door_spec spec = {"post", "One contribution, and taking it down.", verbs, options};

int cmd_post(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
