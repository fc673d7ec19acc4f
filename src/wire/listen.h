/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The LMTP server's sockets on the default GLib main loop: accepts, reads, writes, watches the limits on
 * sessions, time and memory, and stops gracefully. One thread; all callbacks come from the main loop. What is
 * said on a connection is lmtp.h's matter, what a mail leads to is the caller's.
 */
#pragma once

#include "base/err.h"
#include "wire/lmtp.h"

#include <glib.h>
#include <stdbool.h>

struct listener_callbacks {
    /* As in lmtp.h. Synchronous: must be quick. */
    char *(*rcpt)(void *user, const char *sender, const char *address);
    /* A message is complete; M belongs to the callee, who later calls listener_answer(SESSION, ...) once per
     * recipient from the main thread, or from within. SESSION is a number that is never used twice. */
    void (*message)(void *user, guint64 session, struct lmtp_message *m);
    /* After listener_stop: the last session has ended. Not the place to free the listener in. May be NULL. */
    void (*drained)(void *user);
    /* For the log: "session.refused", "session.timeout", "session.not-accepted", and a detail. May be NULL. */
    void (*trouble)(void *user, const char *event, const char *detail);
};

/* Zero or NULL means the value of base/limits.h. */
struct listener_config {
    const char *address; /* "unix:PATH" or "inet:ADDRESS:PORT" ("inet:[::1]:10024"); see endpoint.h */
    guint mode;          /* of the unix socket; 0 means 0660 */
    const char *name;    /* the name in the greeting */
    guint n_sessions;    /* LIMIT_LMTP_SESSIONS; 421 beyond */
    guint idle_s;        /* LIMIT_LMTP_IDLE_S; does not run while a session waits for our answers */
    guint total_s;       /* LIMIT_LMTP_TOTAL_S; a message that waits for our answers is finished first */
    gsize held_bytes;    /* LIMIT_LMTP_HELD_BYTES of all sessions' messages together; 452 beyond */
};

struct listener;

/* NULL with a sentence in E: port 25 (RFC 2033 section 5), address in use, no permission, not a socket. A
 * unix socket that nobody serves any more is replaced. CALLBACKS must outlive the listener; CONFIG is copied.
 * Connections are taken from the next turn of the main loop on. */
struct listener *listener_new(const struct listener_config *config, const struct listener_callbacks *callbacks, void *user,
                              struct err *e);
/* Answers recipient INDEX of SESSION's message ("250 2.6.0 Stored as ..."). False if the session has gone
 * meanwhile. */
bool listener_answer(struct listener *l, guint64 session, guint index, const char *reply);
/* No new sessions; those without a message in flight get 421; the others end after their answers. Then
 * `drained`. */
void listener_stop(struct listener *l);
guint listener_n_sessions(const struct listener *l);
/* The TCP port that was bound (for "inet:127.0.0.1:0" in tests), 0 for a unix socket. */
guint16 listener_port(const struct listener *l);
/* Closes everything at once; unanswered messages are the sender's to repeat. Removes the unix socket. */
void listener_free(struct listener *l);
