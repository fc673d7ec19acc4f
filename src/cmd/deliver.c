/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost deliver: one mail from standard input, for a pipe transport. It is read in a sandboxed reader like every other
 * mail, forked before the database is opened; one that no reader survives is kept and set aside. Exit codes of sysexits;
 * 75 whenever unsure, so that the mail server keeps the mail; nothing on stderr, since mail servers put that into bounces.
 */
#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "cmd/reading.h"
#include "flow/facts.h"
#include "flow/in/recipient.h"
#include "flow/in/take.h"

#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

/* All of standard input, NULL if it is too large or cannot be read. */
static GBytes *read_all(bool *too_large_out)
{
    g_autoptr(GByteArray) all = g_byte_array_new();
    guint8 chunk[65536];
    ssize_t n;

    *too_large_out = false;
    while ((n = read(STDIN_FILENO, chunk, sizeof chunk)) > 0) {
        g_byte_array_append(all, chunk, (guint)n);
        if (all->len > LIMIT_MESSAGE_BYTES) {
            *too_large_out = true;
            return NULL;
        }
    }
    return n < 0 ? NULL : g_byte_array_free_to_bytes(g_steal_pointer(&all));
}

/* A mail server that did not say from whom it came has written it down, or knows no better than From. Only a null path that
 * was said is one: the mail of a machine (RFC 5321 4.5.5). */
static char *guess_sender(const struct message *m)
{
    g_autofree char *from = facts_from_address(m);

    return g_strdup(m->return_path != NULL ? m->return_path : from != NULL ? from : "");
}

/* M NULL: no reader survived it, and FAILURE says why. */
static int store(struct door *d, struct envelope *env, GBytes *bytes, const struct message *m, const char *failure)
{
    err_auto struct err e = {0};

    if (env->sender == NULL)
        env->sender = m != NULL ? guess_sender(m) : g_strdup("");
    quota_auto q = quota_new();
    struct incoming in = {env, bytes, m, failure};
    bool ok = take_mail(d->gateway, q, &in, NULL, NULL, NULL, &e);
    return ok ? 0 : EX_TEMPFAIL;
}

static int read_and_store(struct door *d, struct reader_pool *pool, struct envelope *env, GBytes *bytes)
{
    struct message *read;
    g_autofree char *failure = NULL;
    enum reader_outcome outcome = reader_pool_read_now(pool, bytes, env->id, &read, &failure);
    message_auto m = read;

    switch (outcome) {
    case READER_OK:
    case READER_FATAL:
        return store(d, env, bytes, m, failure);
    case READER_LATER:
    case READER_GONE:
        break;
    }
    return EX_TEMPFAIL;
}

static int deliver(struct door *d, struct reader_pool *pool, const char *sender, char **recipients)
{
    struct envelope *env = envelope_new(sender, clock_now());
    int code = 0;
    bool too_large;

    for (char **r = recipients; *r != NULL && code == 0; r++) {
        g_autofree char *refusal = recipient_check(d->gateway, *r);
        if (refusal != NULL)
            code = *refusal == '5' ? EX_NOUSER : EX_TEMPFAIL;
        g_ptr_array_add(env->recipients, g_strdup(*r));
    }
    g_autoptr(GBytes) bytes = code == 0 ? read_all(&too_large) : NULL;
    env->received_at = env->came_at = clock_now(); /* the last byte counts, as over LMTP */
    if (code == 0 && bytes == NULL)
        code = too_large ? EX_DATAERR : EX_TEMPFAIL;
    if (code == 0)
        code = read_and_store(d, pool, env, bytes);
    envelope_free(env);
    return code;
}

/* What the mail server set, for those that do not take arguments. */
static const char *from_environment(const char *const *names)
{
    for (; *names != NULL; names++)
        if (g_getenv(*names) != NULL)
            return g_getenv(*names);
    return NULL;
}

/* From here on silence: whatever is wrong with us, the mail server must keep the mail. */
static int deliver_silently(struct door *d, const char *sender, char **recipients)
{
    err_auto struct err e = {0};

    (void)!freopen("/dev/null", "w", stderr);
    (void)!freopen("/dev/null", "w", stdout);
    if (!settings_load(d->config_path, &d->settings, &e))
        return EX_TEMPFAIL;
    log_setup((enum log_level)d->settings.log_level, "deliver");
    reader_pool_auto pool = reading_pool(&d->settings, &e); /* before the database is open */
    if (pool == NULL || !door_database(d, DB_WRITE, &e))
        return EX_TEMPFAIL;
    db_set_actor(d->gateway->db, NULL); /* the mail's author acts, not the mail server's user */
    return deliver(d, pool, sender, recipients);
}

static bool run(struct door *d, struct err *e)
{
    static const char *const recipient_names[] = {"ORIGINAL_RECIPIENT", "RECIPIENT", NULL};
    static const char *const sender_names[] = {"SENDER", NULL};
    g_auto(GStrv) recipients = g_strdupv(door_list(d, "recipient"));
    const char *sender = door_has(d, "sender") ? door_text(d, "sender") : from_environment(sender_names);

    if (recipients == NULL && from_environment(recipient_names) != NULL)
        recipients = g_strsplit(from_environment(recipient_names), "\n", 2);
    if (recipients == NULL)
        return err_set(e, ERR_INPUT, "it needs -r ADDRESS, or RECIPIENT in the environment");
    d->code = deliver_silently(d, sender, recipients);
    return true;
}

static const struct door_option options[] = {
    {.name = "recipient",
     .letter = 'r',
     .kind = DOOR_LIST,
     .argument = "ADDRESS",
     .help = "whom it came for; may be repeated; else ORIGINAL_RECIPIENT or RECIPIENT"},
    {.name = "sender",
     .letter = 'f',
     .kind = DOOR_TEXT,
     .argument = "ADDRESS",
     .help = "envelope sender, '' for the null path; else SENDER, Return-Path, From"},
    {0},
};
static const struct door_verb verbs[] = {
    {"", "", "recipient sender", DOOR_NOTHING | DOOR_SERVES, run, "the mail comes on standard input"},
    {0},
};
static const struct door_spec spec = {"deliver", "Takes one mail from standard input, for a pipe transport.", verbs, options};

int cmd_deliver(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
