/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a session with a mail server says, and how it gives mails back; see smtp_private.h.
 */
#include "wire/smtp_private.h"

#include "base/limits.h"
#include "wire/smtp_check.h"

void smtp_ask(struct smtp *c, enum asked what)
{
    g_assert(c->n_asked < SMTP_MAX_ASKED);
    if (c->n_asked == 0)
        c->since_us = g_get_monotonic_time();
    c->asked[c->n_asked++] = what;
}

enum asked smtp_asked_next(struct smtp *c)
{
    enum asked what = c->asked[0];

    memmove(c->asked, c->asked + 1, --c->n_asked * sizeof c->asked[0]);
    c->since_us = g_get_monotonic_time();
    return what;
}

void smtp_give_back(struct smtp *c, struct smtp_mail **mail, enum smtp_outcome outcome, const struct smtp_reply *reply)
{
    struct smtp_result result = {.outcome = outcome, .code = reply->code, .status = reply->status, .text = reply->text};

    if (*mail != NULL)
        c->callbacks->done(c->user, g_steal_pointer(mail), &result);
}

void smtp_end_refused(struct smtp *c)
{
    smtp_give_back(c, &c->envelope, c->refused_as, &c->refusal);
    smtp_reply_clear(&c->refusal);
    c->refusal.code = 0;
}

static void give_back_lost(struct smtp *c, struct smtp_mail **mail)
{
    struct smtp_reply reply = {.status = "", .text = c->failure};

    smtp_give_back(c, mail, SMTP_LOST, &reply);
}

void smtp_fail(struct smtp *c, const char *format, ...)
{
    va_list args;

    if (c->is_closed)
        return;
    va_start(args, format);
    c->failure = g_strdup_vprintf(format, args);
    va_end(args);
    c->is_closed = true;
    c->is_ready = false;
    give_back_lost(c, &c->body);
    if (c->refusal.code != 0)
        smtp_end_refused(c);
    give_back_lost(c, &c->envelope);
}

static void say_mail(struct smtp *c)
{
    g_string_append_printf(c->out, "MAIL FROM:<%s>", c->envelope->sender);
    if (c->has_size)
        g_string_append_printf(c->out, " SIZE=%" G_GSIZE_FORMAT, c->envelope->bytes->len);
    if (c->envelope->is_8bit && c->has_8bit)
        g_string_append(c->out, " BODY=8BITMIME");
    if (c->envelope->needs_utf8)
        g_string_append(c->out, " SMTPUTF8");
    g_string_append(c->out, "\r\n");
    smtp_ask(c, ASKED_MAIL);
}

void smtp_say_rcpt(struct smtp *c)
{
    g_string_append_printf(c->out, "RCPT TO:<%s>\r\n", c->envelope->recipient);
    smtp_ask(c, ASKED_RCPT);
}

void smtp_say_data(struct smtp *c)
{
    g_string_append(c->out, "DATA\r\n");
    smtp_ask(c, ASKED_DATA);
}

void smtp_say_body(struct smtp *c)
{
    if (c->has_dots)
        smtp_append_stuffed(c->out, c->body->bytes);
    else
        g_string_append_len(c->out, c->body->bytes->str, (gssize)c->body->bytes->len);
    g_string_append(c->out, ".\r\n");
    smtp_ask(c, ASKED_BODY);
}

void smtp_say_quit_if_done(struct smtp *c)
{
    if (!c->is_quitting || c->n_asked > 0 || c->is_closed)
        return;
    g_string_append(c->out, "QUIT\r\n");
    smtp_ask(c, ASKED_QUIT);
    c->is_ready = false;
}

void smtp_take_next(struct smtp *c)
{
    if (!c->is_ready || c->envelope != NULL || (c->n_asked > 0 && !c->has_pipelining))
        return;
    while (!c->is_quitting && (c->envelope = c->callbacks->next(c->user)) != NULL) {
        const struct smtp_reply *reason = smtp_check(c->envelope, c->has_utf8, &c->has_dots);

        if (reason == NULL)
            break;
        smtp_give_back(c, &c->envelope, SMTP_REFUSED, reason);
    }
    if (c->envelope == NULL)
        return;
    if (++c->n_taken >= LIMIT_SMTP_REUSE)
        c->is_quitting = true;
    say_mail(c);
    if (c->has_pipelining) {
        smtp_say_rcpt(c);
        smtp_say_data(c);
    }
}
