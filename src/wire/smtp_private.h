/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The connection's inside, shared by smtp.c (bytes, mails, what we say) and smtp_hear.c (what a reply means).
 */
#pragma once

#include "wire/smtp.h"
#include "wire/smtp_reply.h"

#include <libetpan/mailstream_types.h>

#define SMTP_MAX_ASKED 8

enum asked {
    ASKED_CONNECT,  /* nothing, and no reply: the socket says when it is done */
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
    gsize n_written; /* of OUT */
    enum asked asked[SMTP_MAX_ASKED];
    guint n_asked;

    bool has_pipelining, has_size, has_utf8, has_8bit;
    bool is_ready, is_quitting, is_closed, is_turning;
    char *failure;
    gint64 since_us; /* since when the first of ASKED has been waited for; monotonic */
    guint n_taken;

    struct smtp_mail *envelope;   /* its MAIL, RCPT, DATA are on the way */
    bool has_dots;                /* a line of `envelope` begins with one: it has to be stuffed */
    struct smtp_mail *body;       /* its bytes are */
    struct smtp_reply refusal;    /* of `envelope`; code 0 while there is none */
    enum smtp_outcome refused_as; /* what the refusal means */
};

/* Queues WHAT as asked: the reply to it will come after those to what was asked before. */
void smtp_ask(struct smtp *c, enum asked what);
/* Takes the first of what was asked off the queue; the wait for the next one begins. */
enum asked smtp_asked_next(struct smtp *c);
/* Says a line with what it asks for; the envelope is c->envelope, the body c->body. */
void smtp_say_rcpt(struct smtp *c);
void smtp_say_data(struct smtp *c);
void smtp_say_body(struct smtp *c);
/* Asks the owner for mail and says its envelope, all of it if the server takes commands ahead. */
void smtp_take_next(struct smtp *c);
void smtp_say_quit_if_done(struct smtp *c); /* nothing is on its way and no more is wanted */
/* Gives *MAIL (if any) back to the owner with REPLY. */
void smtp_give_back(struct smtp *c, struct smtp_mail **mail, enum smtp_outcome outcome, const struct smtp_reply *reply);
/* The envelope goes back with the refusal that was noted. */
void smtp_end_refused(struct smtp *c);
/* The connection is of no use any more. The first reason is kept. */
void smtp_fail(struct smtp *c, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* smtp_hear.c: one reply, for what was asked first. */
void smtp_hear(struct smtp *c, struct smtp_reply *r);
