/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The life of an incoming mail in one page: the mail server asks about a recipient, hands over the bytes, a reader
 * understands them, the writer decides and stores, and only then is it answered. What no reader survives is set aside
 * in the spool and stored as unread; what is our fault is answered 451. Newcomers start here.
 */
#include "flow/in/intake.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "flow/in/recipient.h"
#include "flow/quota.h"
#include "flow/reader/reader.h"
#include "flow/in/receive.h"
#include "flow/reload.h"
#include "flow/in/writer.h"
#include "store/lock.h"
#include "wire/listen.h"

#include <glib-unix.h>
#include <malloc.h>

#define HEAP_STEP_BYTES (1024 * 1024)

struct intake {
    const struct settings *settings;
    struct reader_pool *readers;
    struct gateway *g; /* reads only; what the mail server asks at RCPT */
    struct writer *writer;
    struct listener *listener;
    GMainLoop *loop;
    guint n_in_flight;
    bool is_drained;
    bool is_broken; /* no reader will ever come again */
};

struct mail { /* between its last byte and its answers */
    struct intake *in;
    guint64 session;
    guint n_recipients;
    struct envelope *env;
    GBytes *bytes;
    char *id;
};

static void mail_free(struct mail *mail)
{
    envelope_free(mail->env);
    g_bytes_unref(mail->bytes);
    g_free(mail->id);
    g_free(mail);
}

/* The end of the story: every recipient shares the fate of the message. */
static void answer(struct mail *mail, const char *reply)
{
    struct intake *in = mail->in;

    for (guint i = 0; i < mail->n_recipients; i++)
        listener_answer(in->listener, mail->session, i, reply);
    in->n_in_flight--;
    if (in->is_drained && in->n_in_flight == 0)
        g_main_loop_quit(in->loop);
    mail_free(mail);
}

static void on_written(enum err_kind outcome, const GPtrArray *verdicts, void *user)
{
    struct mail *mail = user;
    g_autofree char *reply =
        outcome == ERR_NONE ? g_strdup_printf("250 2.6.0 Kept as %s", mail->id) : g_strdup(err_lmtp_reply(outcome));

    for (guint i = 0; verdicts != NULL && i < verdicts->len; i++) {
        const struct receive_verdict *v = verdicts->pdata[i];
        g_autofree char *recipient = log_address(v->recipient);
        log_event(LOG_LEVEL_INFO, mail->id, "mail.verdict", "to", recipient, "is", verdict_name(v->kind), "by", v->rule, NULL);
    }
    answer(mail, reply);
}

static void on_read(enum reader_outcome outcome, struct message *m, const char *reason, void *user)
{
    struct mail *mail = user;

    switch (outcome) {
    case READER_OK:
    case READER_FATAL:
        break; /* the writer sets aside what could not be read */
    case READER_LATER:
        log_event(LOG_LEVEL_WARN, mail->id, "mail.later", "why", reason, NULL);
        answer(mail, err_lmtp_reply(ERR_LATER));
        return;
    case READER_GONE:
        log_event(LOG_LEVEL_ERROR, mail->id, "mail.later", "why", reason, NULL);
        answer(mail, err_lmtp_reply(ERR_LATER));
        return;
    }
    writer_put(mail->in->writer, g_steal_pointer(&mail->env), mail->bytes, m, reason, on_written, mail);
}

static char *on_rcpt(void *user, const char *sender, const char *address)
{
    struct intake *in = user;

    (void)sender;
    return recipient_check(in->g, address);
}

static void on_message(void *user, guint64 session, struct lmtp_message *m)
{
    struct intake *in = user;
    struct mail *mail = g_new0(struct mail, 1);
    g_autofree char *sender = g_utf8_make_valid(m->sender, -1);

    mail->in = in;
    mail->session = session;
    mail->n_recipients = m->recipients->len;
    mail->env = envelope_new(sender, clock_now());
    g_ptr_array_extend_and_steal(mail->env->recipients, g_steal_pointer(&m->recipients));
    m->recipients = g_ptr_array_new();
    mail->id = g_strdup(mail->env->id);
    mail->bytes = g_byte_array_free_to_bytes(g_steal_pointer(&m->bytes));
    m->bytes = g_byte_array_new();
    lmtp_message_free(m);
    in->n_in_flight++;
    reader_pool_read(in->readers, mail->bytes, mail->id, sender, on_read, mail);
    if (g_bytes_get_size(mail->bytes) <= LIMIT_BLOB_INLINE_BYTES) /* a large one would hold up the sessions */
        envelope_weigh(mail->env, mail->bytes);
}

static void on_drained(void *user)
{
    struct intake *in = user;

    in->is_drained = true;
    if (in->n_in_flight == 0)
        g_main_loop_quit(in->loop);
}

static void on_trouble(void *user, const char *event, const char *detail)
{
    (void)user;
    log_event(LOG_LEVEL_WARN, NULL, event, "detail", detail, NULL);
}

static gboolean on_stop_signal(gpointer user)
{
    struct intake *in = user;

    log_event(LOG_LEVEL_INFO, NULL, "intake.stopping", NULL);
    listener_stop(in->listener);
    reader_pool_hurry(in->readers);
    return G_SOURCE_REMOVE;
}

/* Whoever killed the nursery: this process has come to its end, and the supervisor starts another. */
static void on_readers_broken(void *user)
{
    struct intake *in = user;

    in->is_broken = true;
    listener_stop(in->listener);
}

static bool serve(struct intake *in, intake_ready *ready, void *user, struct err *e)
{
    static const struct listener_callbacks callbacks = {on_rcpt, on_message, on_drained, on_trouble};
    g_autofree char *address = conf_endpoint_text(&in->settings->intake_listen);
    struct listener_config config = {.address = address,
                                     .mode = (guint)in->settings->intake_socket_mode,
                                     .name = in->settings->initiative_domain};
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);

    in->loop = loop;
    in->listener = listener_new(&config, &callbacks, in, e);
    if (in->listener == NULL)
        return false;
    reader_pool_on_broken(in->readers, on_readers_broken, in);
    g_unix_signal_add(SIGTERM, on_stop_signal, in);
    g_unix_signal_add(SIGINT, on_stop_signal, in);
    struct reload *reload = reload_listen(in->settings, NULL, NULL); /* the readers ignore SIGHUP */
    log_event(LOG_LEVEL_INFO, NULL, "intake.ready", "listen", address, NULL);
    if (ready != NULL)
        ready(user);
    g_main_loop_run(loop);
    reload_stop(reload);
    listener_free(in->listener);
    return !in->is_broken || err_set(e, ERR_LATER, "the readers' nursery was killed; intake must be started again");
}

bool intake_run(const struct settings *settings, intake_ready *ready, void *user, struct err *e)
{
    struct read_options options = {.own_domain = settings->initiative_domain,
                                   .authserv_id = settings->intake_authserv_id,
                                   .authserv_hops = (guint)settings->intake_authserv_hops,
                                   .without_sums = true};
    struct intake in = {.settings = settings};
    struct lock *lock = lock_take(settings->storage_database, "intake", LOCK_PATIENCE_S, e);

    if (lock == NULL)
        return false;
    /* A group of mails comes and goes as a whole: without these the heap grows and shrinks with every commit. */
    mallopt(M_TOP_PAD, HEAP_STEP_BYTES);
    mallopt(M_TRIM_THRESHOLD, 8 * HEAP_STEP_BYTES);
    in.readers = reader_pool_new((guint)settings->intake_readers, &options, e);
    in.writer = in.readers != NULL ? writer_new(settings, e) : NULL;
    in.g = in.writer != NULL ? gateway_open(settings, DB_READ, e) : NULL;
    bool ok = in.g != NULL && serve(&in, ready, user, e);
    gateway_close(in.g);
    writer_free(in.writer);
    if (in.readers != NULL)
        reader_pool_free(in.readers);
    lock_free(lock);
    return ok;
}
