/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One SMTP connection to a relay (RFC 5321), kept and used for many mails, each to one recipient. With
 * PIPELINING (RFC 2920) a mail's body and the next mail's envelope leave in one write, so a mail costs one
 * round trip.
 *
 * The connection never waits: its owner polls smtp_fd() for smtp_events() and calls smtp_turn(); mails are asked
 * for with next() when they can be sent at once, and come back with done(). What the relay does not take yet is
 * kept. Each phase has its time as a whole (LIMIT_SMTP_*_S), so a relay that trickles gains nothing. Many
 * connections fit into one thread. SIGPIPE must be ignored in the process. Addresses and bodies that would break the dialogue are
 * refused here, whoever made them.
 */
#pragma once

#include "base/err.h"
#include "wire/endpoint.h"

#include <glib.h>
#include <stdbool.h>

struct smtp_mail {
    char *sender; /* "" is the null path */
    char *recipient;
    GString *bytes;  /* CRLF, 7 bit unless it says so, not dot-stuffed */
    bool is_8bit;    /* said so with BODY=8BITMIME (RFC 6152); a relay that does not know that gets it all the same */
    bool needs_utf8; /* an address is not ASCII: refused if the relay has no SMTPUTF8 */
    void *user;      /* the owner's */
};

enum smtp_outcome {
    SMTP_TAKEN,   /* 2xx: the relay has it */
    SMTP_LATER,   /* 4xx to this mail, or 5xx that is not about it (MAIL FROM refused) */
    SMTP_REFUSED, /* 5xx to its recipient or its content; or not sendable at all */
    SMTP_LOST,    /* the connection ended before an answer; the mail may have been taken or not */
    SMTP_UNTRIED, /* no connection came about: it was not even begun (curl_pool.h only) */
};

struct smtp_result {
    enum smtp_outcome outcome;
    int code;           /* 0 if no reply led to it */
    const char *status; /* "5.1.1" or "" */
    const char *text;   /* the reply's lines, or what happened */
};

struct smtp_callbacks {
    /* The next mail to be sent now, or NULL. It belongs to the connection until done(). */
    struct smtp_mail *(*next)(void *user);
    /* MAIL goes back to the owner. RESULT is valid during the call. */
    void (*done)(void *user, struct smtp_mail *mail, const struct smtp_result *result);
};

struct smtp;

/* Begins to connect; what follows, greeting and EHLO as NAME included, happens in smtp_turn. NULL: ERR_LATER and
 * a sentence. CALLBACKS must outlive the connection, ENDPOINT need not. */
struct smtp *smtp_open(const struct endpoint *endpoint, const char *name, const struct smtp_callbacks *callbacks, void *user,
                       struct err *e);
int smtp_fd(const struct smtp *c);
/* What to poll for: POLLIN, and POLLOUT while there is something to write. It changes with every call below. */
short smtp_events(const struct smtp *c);
/* Reads and writes what can be read and written at once. */
void smtp_turn(struct smtp *c);
/* There may be mail again: asks next() if the connection can take one. */
void smtp_wake(struct smtp *c);
/* Ends the connection if the phase it is in has lasted too long. NOW_US: monotonic. Call it once a second or so. */
void smtp_check_time(struct smtp *c, gint64 now_us);
/* Ends it at once, for the reason WHY; mails on their way come back as SMTP_LOST. */
void smtp_cut(struct smtp *c, const char *why);
/* Takes no more mail, finishes what is on its way, says QUIT, closes. */
void smtp_quit(struct smtp *c);
/* Closed: nothing is on its way any more; free it. smtp_failure() says why, NULL after an orderly QUIT. */
bool smtp_is_closed(const struct smtp *c);
const char *smtp_failure(const struct smtp *c);
bool smtp_is_busy(const struct smtp *c);  /* a mail is on its way */
bool smtp_is_ready(const struct smtp *c); /* greeted each other, closing is not begun */
/* Mails on their way come back as SMTP_LOST first. */
void smtp_free(struct smtp *c);
