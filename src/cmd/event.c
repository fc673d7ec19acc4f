/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost event: the journal, oldest first.
 */
#include "cmd/commands.h"
#include "cmd/door.h"
#include "store/events.h"
#include "store/ideas.h"
#include "store/messages.h"

#include <stdio.h>

struct listing {
    const struct door *d;
    row_id message; /* the one whose key is KEY; events of one mail stand together */
    char *key;
};

/* The id of the event's message as people know it: from our 250 and the log. NULL if it has none. */
static const char *message_key(struct listing *l, row_id message)
{
    if (message != l->message) {
        err_auto struct err e = {0};
        stored_message_auto m = message != 0 ? messages_by_id(l->d->gateway->db, message, &e) : NULL;
        g_free(l->key);
        l->key = m != NULL ? g_strdup(m->key) : NULL;
        l->message = message;
    }
    return l->key;
}

static bool print_event(const struct event *ev, void *user)
{
    struct listing *l = user;

    if (!l->d->as_json) {
        g_autofree char *at = door_time(l->d, ev->at);
        const char *key = message_key(l, ev->about.message);
        printf("%8" G_GINT64_FORMAT "  %s  %-16s  %-20s", ev->id, at, key != NULL ? key : "-", ev->kind);
        if (ev->about.idea != 0)
            printf(" idea %" G_GINT64_FORMAT, ev->about.idea);
        if (ev->about.hold != 0)
            printf(" hold %" G_GINT64_FORMAT, ev->about.hold);
        if (ev->notice_id != 0)
            printf(" notice %" G_GINT64_FORMAT, ev->notice_id);
        if (ev->actor != NULL)
            printf("  by %s", ev->actor);
        printf("%s%s\n", ev->detail != NULL ? "  " : "", ev->detail != NULL ? ev->detail : "");
        return true;
    }
    JsonBuilder *b = json_begin();
    json_number(b, "event", ev->id);
    json_time(b, "at", ev->at, l->d);
    json_text(b, "kind", ev->kind);
    json_text(b, "message", message_key(l, ev->about.message));
    json_id(b, "person", ev->about.person);
    json_id(b, "forum", ev->about.forum);
    json_id(b, "idea", ev->about.idea);
    json_id(b, "post", ev->about.post);
    json_id(b, "hold", ev->about.hold);
    json_id(b, "notice", ev->notice_id);
    json_text(b, "actor", ev->actor);
    json_text(b, "detail", ev->detail);
    json_print(b);
    return true;
}

/* The row of the mail that people know by KEY. */
static bool find_message(struct door *d, const char *key, row_id *id_out, struct err *e)
{
    stored_message_auto m = messages_by_key(d->gateway->db, key, e);

    if (m == NULL)
        return err_set(e, ERR_ABSENT, "there is no message '%s'; its id stands in the log and in our 250", key);
    *id_out = m->id;
    return true;
}

static bool find_idea(struct door *d, row_id id, struct err *e)
{
    idea_auto idea = ideas_by_id(d->gateway->db, id, e);

    return idea != NULL || err_set(e, ERR_ABSENT, "there is no idea %" G_GINT64_FORMAT "; `forumpost idea list` shows them", id);
}

static bool event_list(struct door *d, struct err *e)
{
    struct listing l = {.d = d};
    row_id message = 0, idea = door_number(d, "idea", 0);

    if (door_has(d, "message") && door_has(d, "idea"))
        return err_set(e, ERR_INPUT, "--message and --idea do not go together; give one of them");
    if (door_has(d, "message") && !find_message(d, door_text(d, "message"), &message, e))
        return false;
    if (idea != 0 && !find_idea(d, idea, e))
        return false;
    bool ok = events_each(d->gateway->db, message, idea, print_event, &l, e);
    g_free(l.key);
    return ok;
}

static bool event_verify(struct door *d, struct err *e)
{
    row_id broken;

    if (!events_verify(d->gateway->db, &broken, e))
        return false;
    if (d->as_json) {
        JsonBuilder *b = json_begin();
        json_flag(b, "whole", broken == 0);
        json_id(b, "broken", broken);
        json_print(b);
    }
    if (broken != 0)
        return err_set(e, ERR_CONFIG,
                       "the journal is broken at event %" G_GINT64_FORMAT
                       ": it or the one before it was changed or removed; compare it with a backup",
                       broken);
    if (!d->as_json)
        puts("the journal is whole");
    return true;
}

static const struct door_option options[] = {
    {"message", DOOR_TEXT, "ID", "only what this mail led to", 0, 0, 0},
    {"idea", DOOR_NUMBER, "NUMBER", "only about this idea", 1, G_MAXINT64, 0},
    {0},
};
static const struct door_verb verbs[] = {
    {"list", "", "message idea json", DOOR_READS, event_list, "who did what, when, because of which mail; oldest first"},
    {"verify", "", "json", DOOR_READS | DOOR_GIVES_WAY, event_verify, "is the chain of hashes whole?"},
    {0},
};
static const struct door_spec spec = {"event", "The journal.", verbs, options};

int cmd_event(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
