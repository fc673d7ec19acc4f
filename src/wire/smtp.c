/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The SMTP dialogue as a table of what a reply can be the answer to; see smtp.h. What was asked is kept in a short
 * queue, each reply is for its head. libetpan carries the bytes (and would carry TLS: STARTTLS belongs between
 * on_ehlo and a second EHLO, with the certificate verified by us and
 * nothing kept in `in` from before it).
 */
#include "wire/smtp.h"

#include "base/limits.h"
#include "wire/smtp_dial.h"
#include "wire/smtp_reply.h"

#include <libetpan/mailstream.h>
#include <string.h>

#define READ_BYTES (16 * 1024) /* more than the stream's own buffer, which is then left out of the way */
#define MAX_ASKED  8

enum asked {
    ASKED_GREETING, /* nothing: the server speaks first */
    ASKED_EHLO,
    ASKED_HELO,
    ASKED_MAIL,
    ASKED_RCPT,
    ASKED_DATA,
    ASKED_BODY, /* the final dot of `body` */
    ASKED_VOID, /* a final dot for nobody: DATA was accepted although RCPT was not */
    ASKED_RSET,
    ASKED_QUIT,
};

struct smtp {
    mailstream *stream;
    const struct smtp_callbacks *callbacks;
    void *user;
    char *name;
    GString *in, *out;
    enum asked asked[MAX_ASKED];
    guint n_asked;

    bool has_pipelining, has_size, has_utf8;
    bool is_ready, is_quitting, is_closed, is_turning;
    char *failure;
    gint64 heard_at_us;
    guint n_taken;

    struct smtp_mail *envelope;   /* its MAIL, RCPT, DATA are on the way */
    bool has_dots;                /* a line of `envelope` begins with one: it has to be stuffed */
    struct smtp_mail *body;       /* its bytes are */
    struct smtp_reply refusal;    /* of `envelope`; code 0 while there is none */
    enum smtp_outcome refused_as; /* what the refusal means */
};

static void ask(struct smtp *c, enum asked what)
{
    g_assert(c->n_asked < MAX_ASKED);
    c->asked[c->n_asked++] = what;
}

static void give_back(struct smtp *c, struct smtp_mail **mail, enum smtp_outcome outcome, const struct smtp_reply *reply)
{
    struct smtp_result result = {.outcome = outcome, .code = reply->code, .status = reply->status, .text = reply->text};

    if (*mail != NULL)
        c->callbacks->done(c->user, g_steal_pointer(mail), &result);
}

static void end_refused(struct smtp *c)
{
    give_back(c, &c->envelope, c->refused_as, &c->refusal);
    smtp_reply_clear(&c->refusal);
    c->refusal.code = 0;
}

static void give_back_lost(struct smtp *c, struct smtp_mail **mail)
{
    struct smtp_reply reply = {.status = (char *)"", .text = c->failure};

    give_back(c, mail, SMTP_LOST, &reply);
}

/* The connection is of no use any more. The first reason is kept. */
static void fail(struct smtp *c, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void fail(struct smtp *c, const char *format, ...)
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
        end_refused(c);
    give_back_lost(c, &c->envelope);
}

/* --- what we send -------------------------------------------------------------------------------------------- */

static bool is_sendable_address(const struct smtp_mail *mail, const char *address)
{
    bool is_ascii = true;

    if (strlen(address) > LIMIT_SMTP_ADDRESS_BYTES || !g_utf8_validate(address, -1, NULL))
        return false;
    for (const char *p = address; *p != '\0'; p++) {
        if ((guchar)*p <= 0x20 || *p == 0x7f || *p == '<' || *p == '>')
            return false;
        is_ascii = is_ascii && (guchar)*p < 0x80;
    }
    return is_ascii || mail->needs_utf8;
}

/* Lines end in CRLF, no other CR or LF is anywhere, none is over 998 octets (RFC 5322 2.1.1), the last one ends.
 * *HAS_DOTS_OUT: one begins with a dot. */
static bool is_sendable_body(const GString *bytes, bool *has_dots_out)
{
    const char *at = bytes->str, *end = bytes->str + bytes->len;

    *has_dots_out = false;
    while (at < end) {
        const char *lf = memchr(at, '\n', (gsize)(end - at));

        if (lf == NULL || lf == at || lf[-1] != '\r' || lf - at > 999)
            return false;
        if (memchr(at, '\r', (gsize)(lf - at)) != lf - 1)
            return false;
        *has_dots_out = *has_dots_out || *at == '.';
        at = lf + 1;
    }
    return true;
}

/* Why MAIL cannot be sent over this connection, as the reply a server would give; NULL if it can. */
static const struct smtp_reply *unsendable(struct smtp *c, const struct smtp_mail *mail)
{
    static const struct smtp_reply bad_address = {0, (char *)"5.1.3", (char *)"the address cannot be written in SMTP"};
    static const struct smtp_reply bad_body = {0, (char *)"5.6.0", (char *)"the mail's lines cannot be sent by SMTP"};
    static const struct smtp_reply no_utf8 = {0, (char *)"5.6.7", (char *)"the relay does not offer SMTPUTF8"};

    if (!is_sendable_address(mail, mail->sender) || !is_sendable_address(mail, mail->recipient) ||
        *mail->recipient == '\0')
        return &bad_address;
    if (!is_sendable_body(mail->bytes, &c->has_dots))
        return &bad_body;
    return mail->needs_utf8 && !c->has_utf8 ? &no_utf8 : NULL;
}

static void say_mail(struct smtp *c)
{
    g_string_append_printf(c->out, "MAIL FROM:<%s>", c->envelope->sender);
    if (c->has_size)
        g_string_append_printf(c->out, " SIZE=%" G_GSIZE_FORMAT, c->envelope->bytes->len);
    if (c->envelope->needs_utf8)
        g_string_append(c->out, " SMTPUTF8");
    g_string_append(c->out, "\r\n");
    ask(c, ASKED_MAIL);
}

static void say_rcpt(struct smtp *c)
{
    g_string_append_printf(c->out, "RCPT TO:<%s>\r\n", c->envelope->recipient);
    ask(c, ASKED_RCPT);
}

static void say_data(struct smtp *c)
{
    g_string_append(c->out, "DATA\r\n");
    ask(c, ASKED_DATA);
}

/* Each line that begins with a dot gets one more (RFC 5321 4.5.2). */
static void append_stuffed(GString *out, const GString *bytes)
{
    const char *at = bytes->str, *end = at + bytes->len;

    while (at < end) {
        const char *next = (const char *)memchr(at, '\n', (gsize)(end - at)) + 1; /* is_sendable_body: it is there */

        if (*at == '.')
            g_string_append_c(out, '.');
        g_string_append_len(out, at, next - at);
        at = next;
    }
}

static void say_body(struct smtp *c)
{
    if (c->has_dots)
        append_stuffed(c->out, c->body->bytes);
    else
        g_string_append_len(c->out, c->body->bytes->str, (gssize)c->body->bytes->len);
    g_string_append(c->out, ".\r\n");
    ask(c, ASKED_BODY);
}

static void say_quit_if_done(struct smtp *c)
{
    if (!c->is_quitting || c->n_asked > 0 || c->is_closed)
        return;
    g_string_append(c->out, "QUIT\r\n");
    ask(c, ASKED_QUIT);
    c->is_ready = false;
}

/* Asks for mail and says its envelope, all of it if the server takes commands ahead. */
static void take_next(struct smtp *c)
{
    if (!c->is_ready || c->envelope != NULL || (c->n_asked > 0 && !c->has_pipelining))
        return;
    while (!c->is_quitting && (c->envelope = c->callbacks->next(c->user)) != NULL) {
        const struct smtp_reply *reason = unsendable(c, c->envelope);

        if (reason == NULL)
            break;
        give_back(c, &c->envelope, SMTP_REFUSED, reason);
    }
    if (c->envelope == NULL)
        return;
    if (++c->n_taken >= LIMIT_SMTP_REUSE)
        c->is_quitting = true;
    say_mail(c);
    if (c->has_pipelining) {
        say_rcpt(c);
        say_data(c);
    }
}

/* --- what we hear -------------------------------------------------------------------------------------------- */

static bool is_yes(const struct smtp_reply *r)
{
    return r->code / 100 == 2;
}

static enum smtp_outcome outcome_of(const struct smtp_reply *r)
{
    if (is_yes(r))
        return SMTP_TAKEN;
    return r->code / 100 == 5 ? SMTP_REFUSED : SMTP_LATER;
}

static void on_greeting(struct smtp *c, struct smtp_reply *r)
{
    if (!is_yes(r)) {
        fail(c, "the relay greets with %d %s", r->code, r->text);
        return;
    }
    g_string_append_printf(c->out, "EHLO %s\r\n", c->name);
    ask(c, ASKED_EHLO);
}

static void note_extension(struct smtp *c, const char *line)
{
    gsize n = strcspn(line, " \n");

    if (n == 10 && g_ascii_strncasecmp(line, "PIPELINING", n) == 0)
        c->has_pipelining = true;
    else if (n == 4 && g_ascii_strncasecmp(line, "SIZE", n) == 0)
        c->has_size = true;
    else if (n == 8 && g_ascii_strncasecmp(line, "SMTPUTF8", n) == 0)
        c->has_utf8 = true;
}

static void on_ehlo(struct smtp *c, struct smtp_reply *r)
{
    if (r->code / 100 == 5) {
        g_string_append_printf(c->out, "HELO %s\r\n", c->name);
        ask(c, ASKED_HELO);
        return;
    }
    if (!is_yes(r)) {
        fail(c, "the relay answers EHLO with %d %s", r->code, r->text);
        return;
    }
    for (const char *line = strchr(r->text, '\n'); line != NULL; line = strchr(line + 1, '\n'))
        note_extension(c, line + 1);
    c->is_ready = true;
    take_next(c);
}

static void on_helo(struct smtp *c, struct smtp_reply *r)
{
    if (!is_yes(r)) {
        fail(c, "the relay answers HELO with %d %s", r->code, r->text);
        return;
    }
    c->is_ready = true;
    take_next(c);
}

/* The first refusal counts; what follows it is its echo. */
static void refuse(struct smtp *c, struct smtp_reply *r, enum smtp_outcome outcome)
{
    if (c->refusal.code != 0)
        return;
    c->refusal = *r;
    c->refused_as = outcome;
    *r = (struct smtp_reply){0};
}

static void reset_after_refusal(struct smtp *c)
{
    end_refused(c);
    g_string_append(c->out, "RSET\r\n");
    ask(c, ASKED_RSET);
    if (c->has_pipelining)
        take_next(c);
}

static void on_mail(struct smtp *c, struct smtp_reply *r)
{
    if (!is_yes(r))
        refuse(c, r, SMTP_LATER); /* our sender, or the relay as a whole: nothing the recipient could help */
    if (c->has_pipelining)
        return;
    if (c->refusal.code != 0)
        reset_after_refusal(c);
    else
        say_rcpt(c);
}

static void on_rcpt(struct smtp *c, struct smtp_reply *r)
{
    if (!is_yes(r))
        refuse(c, r, outcome_of(r));
    if (c->has_pipelining)
        return;
    if (c->refusal.code != 0)
        reset_after_refusal(c);
    else
        say_data(c);
}

static void on_data(struct smtp *c, struct smtp_reply *r)
{
    if (r->code / 100 != 3) {
        refuse(c, r, is_yes(r) ? SMTP_LATER : outcome_of(r));
        reset_after_refusal(c);
    } else if (c->refusal.code != 0) {
        g_string_append(c->out, ".\r\n");
        ask(c, ASKED_VOID);
    } else {
        c->body = g_steal_pointer(&c->envelope);
        say_body(c);
        take_next(c);
    }
}

static void on_body(struct smtp *c, struct smtp_reply *r)
{
    give_back(c, &c->body, outcome_of(r), r);
    take_next(c);
}

static void on_void(struct smtp *c, struct smtp_reply *r)
{
    (void)r;
    end_refused(c);
    take_next(c);
}

static void on_rset(struct smtp *c, struct smtp_reply *r)
{
    if (!is_yes(r))
        fail(c, "the relay answers RSET with %d %s", r->code, r->text);
    else
        take_next(c);
}

static void on_quit(struct smtp *c, struct smtp_reply *r)
{
    (void)r;
    c->is_closed = true;
}

static const struct {
    void (*handler)(struct smtp *c, struct smtp_reply *r);
    bool may_close; /* a 421 here is an answer like any other */
} table[] = {
    [ASKED_GREETING] = {on_greeting, true}, [ASKED_EHLO] = {on_ehlo, true},  [ASKED_HELO] = {on_helo, true},
    [ASKED_MAIL] = {on_mail, false},        [ASKED_RCPT] = {on_rcpt, false}, [ASKED_DATA] = {on_data, false},
    [ASKED_BODY] = {on_body, false},        [ASKED_VOID] = {on_void, false}, [ASKED_RSET] = {on_rset, false},
    [ASKED_QUIT] = {on_quit, true},
};

static void hear(struct smtp *c, struct smtp_reply *r)
{
    enum asked what;

    if (c->n_asked == 0) {
        fail(c, "the relay says, unasked: %d %s", r->code, r->text);
        return;
    }
    what = c->asked[0];
    if (r->code == 421 && !table[what].may_close) {
        fail(c, "the relay closes: %d %s", r->code, r->text);
        return;
    }
    memmove(c->asked, c->asked + 1, --c->n_asked * sizeof c->asked[0]);
    table[what].handler(c, r);
}

/* --- bytes --------------------------------------------------------------------------------------------------- */

static void flush(struct smtp *c)
{
    if (c->is_closed || c->out->len == 0)
        return;
    if (mailstream_write(c->stream, c->out->str, c->out->len) < 0 || mailstream_flush(c->stream) < 0)
        fail(c, "the connection to the relay broke while sending");
    g_string_truncate(c->out, 0);
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
            fail(c, "the relay does not answer in SMTP");
            break;
        }
        at += n;
        hear(c, &reply);
        smtp_reply_clear(&reply);
    }
    g_string_erase(c->in, 0, (gssize)at);
}

static void settle(struct smtp *c)
{
    say_quit_if_done(c);
    flush(c);
}

void smtp_turn(struct smtp *c)
{
    char buffer[READ_BYTES];
    ssize_t n;

    if (c->is_closed)
        return;
    n = mailstream_read(c->stream, buffer, sizeof buffer);
    if (n <= 0) {
        if (c->n_asked > 0 && c->asked[0] == ASKED_QUIT)
            c->is_closed = true;
        else
            fail(c, "the relay closed the connection");
        return;
    }
    c->heard_at_us = g_get_monotonic_time();
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
    if (c->n_asked == 0)
        c->heard_at_us = g_get_monotonic_time(); /* the wait for an answer begins now */
    take_next(c);
    settle(c);
}

void smtp_quit(struct smtp *c)
{
    c->is_quitting = true;
    if (!c->is_turning)
        settle(c);
}

void smtp_check_time(struct smtp *c, gint64 now_us)
{
    if (c->n_asked > 0 && now_us - c->heard_at_us > LIMIT_SMTP_TIMEOUT_S * G_USEC_PER_SEC)
        fail(c, "the relay did not answer within %d seconds", LIMIT_SMTP_TIMEOUT_S);
}

struct smtp *smtp_open(const struct endpoint *endpoint, const char *name, const struct smtp_callbacks *callbacks,
                       void *user, struct err *e)
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
    c->heard_at_us = g_get_monotonic_time();
    ask(c, ASKED_GREETING);
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
    fail(c, "the connection was given up");
    mailstream_close(c->stream);
    smtp_reply_clear(&c->refusal);
    g_string_free(c->in, TRUE);
    g_string_free(c->out, TRUE);
    g_free(c->failure);
    g_free(c->name);
    g_free(c);
}
