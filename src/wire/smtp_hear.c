/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a reply means, as a table by what it answers; see smtp_private.h. STARTTLS would belong between
 * on_ehlo and a second EHLO: libetpan carries TLS, the certificate is verified by us, and nothing that was
 * read before is kept.
 */
#include "wire/smtp_private.h"

#include <string.h>

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
        smtp_fail(c, "the relay greets with %d %s", r->code, r->text);
        return;
    }
    g_string_append_printf(c->out, "EHLO %s\r\n", c->name);
    smtp_ask(c, ASKED_EHLO);
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
    else if (n == 8 && g_ascii_strncasecmp(line, "8BITMIME", n) == 0)
        c->has_8bit = true;
}

static void on_ehlo(struct smtp *c, struct smtp_reply *r)
{
    if (r->code / 100 == 5) {
        g_string_append_printf(c->out, "HELO %s\r\n", c->name);
        smtp_ask(c, ASKED_HELO);
        return;
    }
    if (!is_yes(r)) {
        smtp_fail(c, "the relay answers EHLO with %d %s", r->code, r->text);
        return;
    }
    for (const char *line = strchr(r->text, '\n'); line != NULL; line = strchr(line + 1, '\n'))
        note_extension(c, line + 1);
    c->is_ready = true;
    smtp_take_next(c);
}

static void on_helo(struct smtp *c, struct smtp_reply *r)
{
    if (!is_yes(r)) {
        smtp_fail(c, "the relay answers HELO with %d %s", r->code, r->text);
        return;
    }
    c->is_ready = true;
    smtp_take_next(c);
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
    smtp_end_refused(c);
    g_string_append(c->out, "RSET\r\n");
    smtp_ask(c, ASKED_RSET);
    if (c->has_pipelining)
        smtp_take_next(c);
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
        smtp_say_rcpt(c);
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
        smtp_say_data(c);
}

static void on_data(struct smtp *c, struct smtp_reply *r)
{
    if (r->code / 100 != 3) {
        refuse(c, r, is_yes(r) ? SMTP_LATER : outcome_of(r));
        reset_after_refusal(c);
    } else if (c->refusal.code != 0) {
        g_string_append(c->out, ".\r\n");
        smtp_ask(c, ASKED_VOID);
    } else {
        c->body = g_steal_pointer(&c->envelope);
        smtp_say_body(c);
        smtp_take_next(c);
    }
}

static void on_body(struct smtp *c, struct smtp_reply *r)
{
    smtp_give_back(c, &c->body, outcome_of(r), r);
    smtp_take_next(c);
}

static void on_void(struct smtp *c, struct smtp_reply *r)
{
    (void)r;
    smtp_end_refused(c);
    smtp_take_next(c);
}

static void on_rset(struct smtp *c, struct smtp_reply *r)
{
    if (!is_yes(r))
        smtp_fail(c, "the relay answers RSET with %d %s", r->code, r->text);
    else
        smtp_take_next(c);
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
    [ASKED_CONNECT] = {NULL, false}, [ASKED_GREETING] = {on_greeting, true}, [ASKED_EHLO] = {on_ehlo, true},
    [ASKED_HELO] = {on_helo, true},  [ASKED_MAIL] = {on_mail, false},        [ASKED_RCPT] = {on_rcpt, false},
    [ASKED_DATA] = {on_data, false}, [ASKED_BODY] = {on_body, false},        [ASKED_VOID] = {on_void, false},
    [ASKED_RSET] = {on_rset, false}, [ASKED_QUIT] = {on_quit, true},
};

void smtp_hear(struct smtp *c, struct smtp_reply *r)
{
    enum asked what;

    if (c->n_asked == 0 || table[c->asked[0]].handler == NULL) {
        smtp_fail(c, "the relay says, unasked: %d %s", r->code, r->text);
        return;
    }
    what = c->asked[0];
    if (r->code == 421 && !table[what].may_close) {
        smtp_fail(c, "the relay closes: %d %s", r->code, r->text);
        return;
    }
    smtp_asked_next(c);
    table[what].handler(c, r);
}
