/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A connection's mails and bytes; see smtp.h. What was asked is kept in a short queue, each reply is for its
 * head (smtp_hear.c). libetpan carries the bytes.
 */
#include "wire/smtp_private.h"

#include "base/limits.h"
#include "wire/smtp_dial.h"

#include <libetpan/mailstream.h>
#include <poll.h>

#define READ_BYTES (16 * 1024)

/* ---- what we send */

/* ---- bytes */

static bool is_connecting(const struct smtp *c)
{
    return c->n_asked > 0 && c->asked[0] == ASKED_CONNECT;
}

static bool has_to_write(const struct smtp *c)
{
    return c->n_written < c->out->len;
}

/* As much as the relay takes now. What it gave as a reason to hang up is read before the connection counts as broken. */
static void flush(struct smtp *c)
{
    gssize n = 0;

    if (c->is_closed || is_connecting(c))
        return;
    while (has_to_write(c) && (smtp_dial_ready(smtp_fd(c), POLLOUT) & POLLOUT) != 0) {
        n = smtp_dial_write(c->stream, c->out->str + c->n_written, c->out->len - c->n_written);
        if (n <= 0)
            break;
        c->n_written += (gsize)n;
    }
    if (has_to_write(c) || c->out->len == 0)
        return;
    g_string_truncate(c->out, 0);
    c->n_written = 0;
    if (c->n_asked > 0 && c->asked[0] == ASKED_BODY)
        c->since_us = g_get_monotonic_time(); /* the mail is out: the wait for its end begins */
}

static void hear_all(struct smtp *c)
{
    gsize at = 0;

    while (!c->is_closed && at < c->in->len) {
        struct smtp_reply reply = {0};
        gsize n = 0;
        enum smtp_read read = smtp_reply_read(c->in->str + at, c->in->len - at, &reply, &n);

        if (read == SMTP_READ_MORE)
            break;
        if (read == SMTP_READ_BAD) {
            smtp_fail(c, "the relay does not answer in SMTP");
            break;
        }
        at += n;
        smtp_hear(c, &reply);
        smtp_reply_clear(&reply);
    }
    g_string_erase(c->in, 0, (gssize)at);
}

static void settle(struct smtp *c)
{
    smtp_say_quit_if_done(c);
    flush(c);
}

/* True when there is a connection to read from. */
static bool finish_connecting(struct smtp *c)
{
    int code;

    if (!is_connecting(c))
        return true;
    if (smtp_dial_ready(smtp_fd(c), POLLOUT) == 0)
        return false;
    code = smtp_dial_result(smtp_fd(c));
    if (code != 0) {
        smtp_fail(c, "cannot connect to the relay: %s", g_strerror(code));
        return false;
    }
    smtp_asked_next(c);
    smtp_ask(c, ASKED_GREETING);
    return true;
}

static void on_end(struct smtp *c)
{
    if (c->n_asked > 0 && c->asked[0] == ASKED_QUIT)
        c->is_closed = true;
    else
        smtp_fail(c, "the relay closed the connection");
}

void smtp_turn(struct smtp *c)
{
    char buffer[READ_BYTES];
    gssize n;

    if (c->is_closed || !finish_connecting(c))
        return;
    if ((smtp_dial_ready(smtp_fd(c), POLLIN) & POLLIN) == 0) {
        flush(c);
        return;
    }
    n = smtp_dial_read(c->stream, buffer, sizeof buffer);
    if (n < 0) {
        on_end(c);
        return;
    }
    g_string_append_len(c->in, buffer, n);
    c->is_turning = true;
    hear_all(c);
    c->is_turning = false;
    if (c->n_asked > 0 && !c->is_closed)
        smtp_dial_acknowledge(smtp_fd(c));
    settle(c);
}

void smtp_wake(struct smtp *c)
{
    if (c->is_turning)
        return;
    smtp_take_next(c);
    settle(c);
}

void smtp_quit(struct smtp *c)
{
    c->is_quitting = true;
    if (!c->is_turning)
        settle(c);
}

static const struct {
    int limit_s;
    const char *what;
} phases[] = {
    [ASKED_CONNECT] = {LIMIT_SMTP_CONNECT_S, "take the connection"},
    [ASKED_GREETING] = {LIMIT_SMTP_GREETING_S, "greet"},
    [ASKED_EHLO] = {LIMIT_SMTP_EHLO_S, "answer EHLO"},
    [ASKED_HELO] = {LIMIT_SMTP_EHLO_S, "answer HELO"},
    [ASKED_MAIL] = {LIMIT_SMTP_ENVELOPE_S, "answer MAIL"},
    [ASKED_RCPT] = {LIMIT_SMTP_ENVELOPE_S, "answer RCPT"},
    [ASKED_DATA] = {LIMIT_SMTP_ENVELOPE_S, "answer DATA"},
    [ASKED_BODY] = {LIMIT_SMTP_END_S, "say whether it took the mail"},
    [ASKED_VOID] = {LIMIT_SMTP_ENVELOPE_S, "answer the end of nothing"},
    [ASKED_RSET] = {LIMIT_SMTP_ENVELOPE_S, "answer RSET"},
    [ASKED_QUIT] = {LIMIT_SMTP_QUIT_S, "say goodbye"},
};

void smtp_check_time(struct smtp *c, gint64 now_us)
{
    bool is_writing = c->n_asked > 0 && c->asked[0] == ASKED_BODY && has_to_write(c);

    if (c->n_asked == 0 || c->is_closed)
        return;
    int limit_s = is_writing ? LIMIT_SMTP_DATA_S : phases[c->asked[0]].limit_s;
    const char *what = is_writing ? "read the mail" : phases[c->asked[0]].what;
    if (now_us - c->since_us > limit_s * G_USEC_PER_SEC)
        smtp_fail(c, "the relay did not %s within %d seconds", what, limit_s);
}

void smtp_cut(struct smtp *c, const char *why)
{
    smtp_fail(c, "%s", why);
}

short smtp_events(const struct smtp *c)
{
    return is_connecting(c) ? POLLOUT : has_to_write(c) ? POLLIN | POLLOUT : POLLIN;
}

struct smtp *smtp_open(const struct endpoint *endpoint, const char *name, const struct smtp_callbacks *callbacks, void *user,
                       struct err *e)
{
    mailstream *stream = smtp_dial(endpoint, e);
    struct smtp *c;

    if (stream == NULL)
        return NULL;
    c = g_new0(struct smtp, 1);
    c->stream = stream;
    c->callbacks = callbacks;
    c->user = user;
    c->name = g_strdup(name);
    c->in = g_string_new(NULL);
    c->out = g_string_new(NULL);
    smtp_ask(c, ASKED_CONNECT);
    return c;
}

int smtp_fd(const struct smtp *c)
{
    return mailstream_low_get_fd(mailstream_get_low(c->stream));
}

bool smtp_is_closed(const struct smtp *c)
{
    return c->is_closed;
}

const char *smtp_failure(const struct smtp *c)
{
    return c->failure;
}

bool smtp_is_busy(const struct smtp *c)
{
    return c->envelope != NULL || c->body != NULL;
}

bool smtp_is_ready(const struct smtp *c)
{
    return c->is_ready && !c->is_quitting;
}

void smtp_free(struct smtp *c)
{
    if (c == NULL)
        return;
    smtp_fail(c, "the connection was given up");
    mailstream_close(c->stream);
    smtp_reply_clear(&c->refusal);
    g_string_free(c->in, TRUE);
    g_string_free(c->out, TRUE);
    g_free(c->failure);
    g_free(c->name);
    g_free(c);
}
