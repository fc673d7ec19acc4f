/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server's side of an LMTP dialogue (RFC 2033): bytes in, bytes and events out. It owns no socket, reads
 * no clock and knows nothing of what a mail means, so its test is a transcript and its fuzzer a few lines.
 * LHLO only; PIPELINING, ENHANCEDSTATUSCODES, 8BITMIME, SMTPUTF8, SIZE.
 *
 * Lines end in CRLF and in nothing else. A bare CR or LF in a command makes it a 500; inside a message it is
 * content, kept as it came: it never ends a line, so "LF . CRLF", "CRLF . LF" and their like never end the
 * message and no second command can be smuggled in (tests/wire/smuggle-*.lmtp).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* One message as it came, handed over whole. All members owned; sender "" is the null path. */
struct lmtp_message {
    char *sender;
    GPtrArray *recipients; /* char *, at least one: those that were accepted, in order */
    GByteArray *bytes;     /* dot-unstuffed, CRLF as received, without the final dot */
    bool is_smtputf8;      /* MAIL said SMTPUTF8 */
    bool is_8bit;          /* MAIL said BODY=8BITMIME */
};
void lmtp_message_free(struct lmtp_message *m);
typedef struct lmtp_message lmtp_message_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lmtp_message_autoptr_t, lmtp_message_free)
#define lmtp_message_auto g_autoptr(lmtp_message_autoptr_t)

struct lmtp_callbacks {
    /* May ADDRESS have mail from SENDER? NULL accepts; otherwise a whole reply ("550 5.1.1 No such forum
     * here"), which is freed with g_free. */
    char *(*rcpt)(void *user, const char *sender, const char *address);
    /* A message is complete; M belongs to the callee. The dialogue waits until lmtp_answer was called once
     * for each of its recipients, at once from within the callback or any time later. */
    void (*message)(void *user, struct lmtp_message *m);
    /* May a message grow to BYTES? False: it is read to its end, dropped, and answered 452. Called with 0
     * when nothing is held any more. May be NULL. */
    bool (*room)(void *user, gsize bytes);
};

/* Zero or NULL means the value of base/limits.h. */
struct lmtp_config {
    const char *name;    /* who greets; "localhost" if NULL */
    gsize message_bytes; /* LIMIT_MESSAGE_BYTES */
    guint n_recipients;  /* LIMIT_LMTP_RECIPIENTS */
    guint n_errors;      /* LIMIT_LMTP_ERRORS */
};

struct lmtp;

/* CALLBACKS must outlive the dialogue. The greeting is in the output at once. */
struct lmtp *lmtp_new(const struct lmtp_callbacks *callbacks, void *user, const struct lmtp_config *config);
void lmtp_free(struct lmtp *l);

/* Takes N bytes from the client. While the dialogue waits for answers, what was pipelined is kept, up to
 * LIMIT_LMTP_AHEAD_BYTES (then 421): a caller had better not read its socket while lmtp_is_waiting. */
void lmtp_feed(struct lmtp *l, const char *bytes, gsize n);
/* What is to be sent. The caller writes it and erases from the front what it wrote. */
GString *lmtp_output(struct lmtp *l);
/* Answers recipient INDEX (from 0) with a whole reply without CRLF. Replies leave in the recipients' order;
 * with the last one the dialogue goes on, with what was pipelined first. A second answer for one recipient is
 * ignored. True if this was the last one that was missing. */
bool lmtp_answer(struct lmtp *l, guint index, const char *reply);
/* Says REPLY ("421 4.3.2 ...") and ends. Nothing is said between a message and its answers. */
void lmtp_close(struct lmtp *l, const char *reply);

bool lmtp_is_waiting(const struct lmtp *l); /* a message was handed over and not all answers are there */
bool lmtp_is_busy(const struct lmtp *l);    /* waiting, or in the middle of a message's bytes */
bool lmtp_is_closed(const struct lmtp *l);  /* hang up when the output is written */
