/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost event: the journal, oldest first.
 */
#include "cmd/commands.h"
#include "cmd/door.h"
#include "store/events.h"
#include "store/messages.h"

#include <stdio.h>
#include <string.h>

static const char usage[] = "list | verify";

struct listing {
    struct door *d;
    bool as_json;
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

    if (!l->as_json) {
        g_autofree char *at = door_time(l->d, ev->at);
        const char *key = message_key(l, ev->message_id);
        printf("%8" G_GINT64_FORMAT "  %s  %-16s  %-20s", ev->id, at, key != NULL ? key : "-", ev->kind);
        if (ev->idea_id != 0)
            printf(" idea %" G_GINT64_FORMAT, ev->idea_id);
        if (ev->hold_id != 0)
            printf(" hold %" G_GINT64_FORMAT, ev->hold_id);
        if (ev->notice_id != 0)
            printf(" notice %" G_GINT64_FORMAT, ev->notice_id);
        printf("%s%s\n", ev->detail != NULL ? "  " : "", ev->detail != NULL ? ev->detail : "");
        return true;
    }
    JsonBuilder *b = json_begin();
    json_number(b, "event", ev->id);
    json_time(b, "at", ev->at, l->d);
    json_text(b, "kind", ev->kind);
    json_text(b, "message", message_key(l, ev->message_id));
    json_id(b, "person", ev->person_id);
    json_id(b, "forum", ev->forum_id);
    json_id(b, "idea", ev->idea_id);
    json_id(b, "post", ev->post_id);
    json_id(b, "hold", ev->hold_id);
    json_id(b, "notice", ev->notice_id);
    json_text(b, "detail", ev->detail);
    json_print(b);
    return true;
}

static bool event_list(struct door *d, const char *key, gint64 idea, bool as_json, struct err *e)
{
    struct listing l = {.d = d, .as_json = as_json};
    row_id message = 0;

    if (key != NULL) {
        stored_message_auto m = messages_by_key(d->gateway->db, key, e);
        if (m == NULL)
            return err_set(e, ERR_ABSENT, "there is no message %s", key);
        message = m->id;
    }
    bool ok = events_each(d->gateway->db, message, idea, print_event, &l, e);
    g_free(l.key);
    return ok;
}

static bool event_verify(struct door *d, struct err *e)
{
    row_id broken;

    if (!events_verify(d->gateway->db, &broken, e))
        return false;
    if (broken != 0)
        return err_set(e, ERR_CONFIG, "the journal is broken at event %" G_GINT64_FORMAT
                       ": it or the one before it was changed or removed", broken);
    puts("the journal is whole");
    return true;
}

int cmd_event(const struct cmd_context *context, int argc, char **argv)
{
    gboolean json = FALSE;
    gint64 idea = 0;
    g_autofree char *message = NULL;
    const GOptionEntry entries[] = {
        {"message", 0, 0, G_OPTION_ARG_STRING, &message, "only what this mail led to", "ID"},
        {"idea", 0, 0, G_OPTION_ARG_INT64, &idea, "only about this idea", "NUMBER"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, "one JSON object a line", NULL},
        G_OPTION_ENTRY_NULL};
    err_auto struct err e = {0};
    struct door d = {0};
    int code;

    if (!door_options(&argc, &argv, usage, "Reads the journal; verify checks its chain of hashes.", entries, &code))
        return code;
    bool is_verify = argc == 2 && strcmp(argv[1], "verify") == 0;
    if (!is_verify && !(argc == 2 && strcmp(argv[1], "list") == 0))
        return door_usage("event", usage);
    if (!door_open(context, DB_READ, &d, &code))
        return code;
    code = (is_verify ? event_verify(&d, &e) : event_list(&d, message, idea, json, &e)) ? 0 : door_fail("event", &e);
    door_close(&d);
    return code;
}
