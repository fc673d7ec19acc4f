/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost explain ID: what a mail was taken for, what was decided for each recipient and by which rule, and all that
 * followed from it.
 */
#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "store/events.h"
#include "store/messages.h"

#include <stdio.h>

struct telling {
    struct door *d;
    JsonBuilder *json; /* NULL: for people */
};

static bool tell_event(const struct event *ev, void *user)
{
    struct telling *t = user;

    if (t->json == NULL) {
        g_autofree char *at = door_time(t->d, ev->at);
        printf("  %s  %s%s%s\n", at, ev->kind, ev->detail != NULL ? ": " : "", ev->detail != NULL ? ev->detail : "");
        return true;
    }
    json_builder_begin_object(t->json);
    json_time(t->json, "at", ev->at, t->d);
    json_text(t->json, "kind", ev->kind);
    json_text(t->json, "detail", ev->detail);
    json_builder_end_object(t->json);
    return true;
}

static void tell_message(struct telling *t, const struct stored_message *m)
{
    if (t->json != NULL) {
        json_text(t->json, "message", m->key);
        json_time(t->json, "received_at", m->received_at, t->d);
        json_text(t->json, "kind", m->kind);
        json_text(t->json, "subject", m->subject);
        json_text(t->json, "message_id", m->message_id);
        json_number(t->json, "bytes", m->n_bytes);
        json_text(t->json, "failed", m->failed);
        return;
    }
    g_autofree char *at = door_time(t->d, m->received_at);
    printf("%s  %s  %s, %" G_GINT64_FORMAT " bytes\nSubject: %s\n", m->key, at, m->kind, m->n_bytes, m->subject);
    if (m->failed != NULL)
        printf("No reader could read it: %s\n", m->failed);
}

static void tell_verdict(struct telling *t, const struct recipient_verdict *v)
{
    if (t->json == NULL) {
        printf("For %s: %s, decided by %s\n", v->recipient, verdict_name(v->verdict.kind), v->verdict.reason);
        return;
    }
    json_builder_begin_object(t->json);
    json_text(t->json, "recipient", v->recipient);
    json_text(t->json, "verdict", verdict_name(v->verdict.kind));
    json_text(t->json, "reason", v->verdict.reason);
    json_id(t->json, "post", v->verdict.post_id);
    json_id(t->json, "hold", v->verdict.hold_id);
    json_builder_end_object(t->json);
}

static void array(struct telling *t, const char *name)
{
    if (t->json == NULL) {
        puts("");
        return;
    }
    json_builder_set_member_name(t->json, name);
    json_builder_begin_array(t->json);
}

static void array_end(struct telling *t)
{
    if (t->json != NULL)
        json_builder_end_array(t->json);
}

static bool tell(struct telling *t, const char *key, struct err *e)
{
    struct db *db = t->d->gateway->db;
    stored_message_auto m = messages_by_key(db, key, e);

    if (m == NULL)
        return err_set(e, ERR_ABSENT, "there is no message '%s'; the id stands in the log and in our 250", key);
    g_autoptr(GPtrArray) verdicts = verdicts_of(db, m->id, e);
    if (verdicts == NULL)
        return false;
    tell_message(t, m);
    array(t, "verdicts");
    for (guint i = 0; i < verdicts->len; i++)
        tell_verdict(t, verdicts->pdata[i]);
    array_end(t);
    array(t, "events");
    bool ok = events_each(db, m->id, 0, tell_event, t, e);
    array_end(t);
    return ok;
}

static bool explain(struct door *d, struct err *e)
{
    g_autoptr(JsonBuilder) b = d->as_json ? json_begin() : NULL;
    struct telling t = {.d = d, .json = b};

    if (!tell(&t, d->argv[0], e))
        return false;
    if (b != NULL)
        json_print(g_steal_pointer(&b));
    return true;
}

static const struct door_verb verbs[] = {
    {"", "ID", "json", DOOR_READS, explain, "ID stands in the log and in our 250"},
    {0},
};
static const struct door_spec spec = {"explain", "Tells what became of a mail, and why.", verbs, NULL};

int cmd_explain(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
