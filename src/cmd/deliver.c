/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost deliver: one mail from standard input, for a pipe transport. It is read in a sandboxed reader like every other
 * mail, forked before the database is opened; one that no reader survives is kept and set aside. Exit codes of sysexits;
 * 75 whenever unsure, so that the mail server keeps the mail; nothing on stderr, since mail servers put that into bounces.
 */
#include "base/clock.h"
#include "base/limits.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "cmd/reading.h"
#include "flow/aside.h"
#include "flow/facts.h"
#include "flow/receive.h"

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
    bool ok = (m != NULL || aside_keep(&d->settings, env, bytes, failure, &e)) &&
              receive_keep_bytes(d->gateway, bytes, &e) && db_begin(d->gateway->db, &e) &&
              receive_message(d->gateway, env, bytes, m, failure, NULL, &e) && db_commit(d->gateway->db, &e);
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
        g_autofree char *refusal = receive_check_recipient(d->gateway, *r);
        if (refusal != NULL)
            code = *refusal == '5' ? EX_NOUSER : EX_TEMPFAIL;
        g_ptr_array_add(env->recipients, g_strdup(*r));
    }
    g_autoptr(GBytes) bytes = code == 0 ? read_all(&too_large) : NULL;
    if (code == 0 && bytes == NULL)
        code = too_large ? EX_DATAERR : EX_TEMPFAIL;
    if (code == 0)
        code = read_and_store(d, pool, env, bytes);
    envelope_free(env);
    return code;
}

/* The readers are forked before the database is opened, so the settings are read once more for them. */
static struct reader_pool *start_reader(const struct cmd_context *context)
{
    settings_auto struct settings settings = {0};
    err_auto struct err e = {0};

    return settings_load(context->config_path, &settings, &e) ? reading_pool(&settings, &e) : NULL;
}

/* What the mail server set, for those that do not take arguments. */
static const char *from_environment(const char *const *names)
{
    for (; *names != NULL; names++)
        if (g_getenv(*names) != NULL)
            return g_getenv(*names);
    return NULL;
}

int cmd_deliver(const struct cmd_context *context, int argc, char **argv)
{
    static const char *const recipient_names[] = {"ORIGINAL_RECIPIENT", "RECIPIENT", NULL};
    static const char *const sender_names[] = {"SENDER", NULL};
    g_auto(GStrv) recipients = NULL;
    g_autofree char *sender = NULL;
    const GOptionEntry entries[] = {
        {"recipient", 'r', 0, G_OPTION_ARG_STRING_ARRAY, &recipients, "address it came for; may be repeated; else ORIGINAL_RECIPIENT or RECIPIENT", "ADDRESS"},
        {"sender", 'f', 0, G_OPTION_ARG_STRING, &sender, "envelope sender, '' for the null path; else SENDER, Return-Path, From", "ADDRESS"},
        G_OPTION_ENTRY_NULL};
    struct door d = {0};
    int code;

    if (!door_options(&argc, &argv, "< MAIL", "Takes one mail from standard input, for a pipe transport.", entries, &code))
        return code;
    if (recipients == NULL && from_environment(recipient_names) != NULL)
        recipients = g_strsplit(from_environment(recipient_names), "\n", 2);
    if (recipients == NULL || argc != 1)
        return door_usage("deliver", "it needs -r ADDRESS, or RECIPIENT in the environment");
    if (sender == NULL)
        sender = g_strdup(from_environment(sender_names));
    /* From here on silence: whatever is wrong with us, the mail server must keep the mail. */
    (void)!freopen("/dev/null", "w", stderr);
    (void)!freopen("/dev/null", "w", stdout);
    reader_pool_auto pool = start_reader(context);
    if (pool == NULL || !door_open(context, DB_WRITE, &d, &code))
        return EX_TEMPFAIL;
    code = deliver(&d, pool, sender, recipients);
    door_close(&d);
    return code;
}
