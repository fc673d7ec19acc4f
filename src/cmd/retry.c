/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost retry: lists the mails that no reader survived and puts them through again, say after an upgrade. They
 * are read in a sandboxed reader, like the first time, since one of them may still be deadly. A mail that goes
 * through gets a new id; the journal joins it to the old one.
 */
#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "cmd/reading.h"
#include "flow/in/take.h"
#include "flow/spool.h"
#include "store/events.h"
#include "store/messages.h"

#include <stdio.h>

/* The journal joins the new id to the old one, which is USER. */
static bool journal(struct gateway *g, const struct incoming *in, void *user, struct err *e)
{
    stored_message_auto old = messages_by_key(g->db, user, e);
    struct event ev = {.at = clock_now(),
                       .kind = "message.retried",
                       .about.message = old != NULL ? old->id : 0,
                       .detail = in->env->id};

    return e->kind == ERR_NONE && events_add(g->db, &ev, e);
}

/* Only after the commit is the mail taken out of the spool; a crash in between makes a duplicate, which is known as
 * one the next time. */
static bool retry_one(struct door *d, struct reader_pool *pool, const char *id, struct err *e)
{
    const char *spool = d->settings.storage_spool;
    spooled_auto s = spool_failed_load(spool, id, e);
    message_auto m = s != NULL ? reading_one(pool, s->bytes, s->id, e) : NULL;
    g_autoptr(GPtrArray) verdicts = g_ptr_array_new_with_free_func((GDestroyNotify)receive_verdict_free);

    if (m == NULL)
        return false;
    struct envelope *env = envelope_new(s->sender, clock_now());
    env->came_at = s->received_at;
    for (char **r = s->recipients; *r != NULL; r++)
        g_ptr_array_add(env->recipients, g_strdup(*r));
    struct incoming in = {env, s->bytes, m, NULL};
    bool ok = take_mail(d->gateway, NULL, &in, journal, s->id, verdicts, e) && spool_failed_remove(spool, id, e);
    for (guint i = 0; ok && i < verdicts->len; i++) {
        const struct receive_verdict *v = verdicts->pdata[i];
        printf("%s is now %s: %s: %s (%s)\n", id, env->id, v->recipient, verdict_name(v->kind), v->rule);
    }
    envelope_free(env);
    return ok;
}

/* Goes on after a mail that still fails; the first failure decides the exit code. */
static int retry_each(struct door *d, struct reader_pool *pool, char **ids)
{
    int code = 0;

    for (char **id = ids; *id != NULL; id++) {
        err_auto struct err e = {0};
        if (!retry_one(d, pool, *id, &e) && code == 0)
            code = door_fail("retry", &e);
        else if (e.kind != ERR_NONE)
            door_fail("retry", &e);
    }
    return code;
}

static void print_one(const struct door *d, const struct spooled *s)
{
    g_autofree char *recipients = g_strjoinv(", ", s->recipients);

    if (!d->as_json) {
        g_autofree char *at = door_time(d, s->received_at);
        printf("%s  %s  from <%s> for %s: %s\n", s->id, at, s->sender, recipients, s->reason);
        return;
    }
    JsonBuilder *b = json_begin();
    json_text(b, "message", s->id);
    json_time(b, "received_at", s->received_at, d);
    json_text(b, "sender", s->sender);
    json_text(b, "recipients", recipients);
    json_text(b, "reason", s->reason);
    json_print(b);
}

static bool list(const struct door *d, struct err *e)
{
    g_autoptr(GPtrArray) all = spool_failed_list(d->settings.storage_spool, e);

    for (guint i = 0; all != NULL && i < all->len; i++)
        print_one(d, all->pdata[i]);
    return all != NULL;
}

/* The ids of all that is set aside, or a copy of IDS. */
static char **chosen(const struct settings *settings, bool all, char **ids, struct err *e)
{
    g_autoptr(GPtrArray) found = all ? spool_failed_list(settings->storage_spool, e) : NULL;
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();

    if (!all)
        return g_strdupv(ids);
    for (guint i = 0; found != NULL && i < found->len; i++)
        g_strv_builder_add(names, ((const struct spooled *)found->pdata[i])->id);
    return e->kind == ERR_NONE ? g_strv_builder_end(names) : NULL;
}

static bool retry(struct door *d, struct err *e)
{
    bool all = door_has(d, "all");

    if (all && d->argv[0] != NULL)
        return err_set(e, ERR_INPUT, "it takes ids or --all, not both");
    if (!all && d->argv[0] == NULL)
        return list(d, e);
    g_auto(GStrv) ids = chosen(&d->settings, all, d->argv, e);
    reader_pool_auto pool = ids != NULL ? reading_pool(&d->settings, e) : NULL; /* before the database is open */
    if (pool == NULL || !door_database(d, DB_WRITE, e))
        return false;
    d->code = retry_each(d, pool, ids);
    return true;
}

static const struct door_option options[] = {
    {.name = "all", .letter = 'a', .kind = DOOR_FLAG, .help = "every mail that is set aside"},
    {0},
};
static const struct door_verb verbs[] = {
    {"", "[ID...]", "all json", DOOR_SETTINGS, retry, "without ids and --all: the list"},
    {0},
};
static const struct door_spec spec = {"retry",
                                      "Lists the mails that could not be read and were set aside, or puts them through again.",
                                      verbs, options};

int cmd_retry(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
