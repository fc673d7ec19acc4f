/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pool of readers: sandboxed processes that turn the bytes of a mail into a struct message. Whoever takes hostile
 * mail in a long-running process (intake) reads it here; `deliver` and `inspect` call message_read() themselves.
 *
 * reader_pool_new() forks a small process, the nursery, which loads what reading needs and from then on forks the
 * readers: at the start, and whenever one has died or has served its time. So the caller may have threads, an open
 * database and signal handlers later; but it must call reader_pool_new() BEFORE it makes its first thread (GLib makes
 * one for g_unix_signal_add), opens the database or a listening socket. Everything else runs in the caller's main
 * loop (the default GMainContext); the pool is not for use from other threads.
 *
 * A mail that takes its reader down is read once more in a fresh one, alone, since somebody else may have killed the
 * process; when that fails too (or at once if it ran into the limit on CPU time or memory), it is the mail's fault.
 */
#pragma once

#include "base/err.h"
#include "mail/message.h"

struct reader_pool;

enum reader_outcome {
    READER_OK,    /* read; the message is there */
    READER_FATAL, /* this mail takes readers down: set it aside, answer 250, report */
    READER_GONE,  /* no reader can be had, or the pool is closing: our fault, 451 */
};

/* Called once for each reader_pool_read(), from the main loop and never from within reader_pool_read(). M is the
 * callee's to keep on READER_OK and NULL otherwise; REASON is a sentence without full stop for READER_FATAL and
 * READER_GONE, valid during the call, and NULL on READER_OK. */
typedef void reader_done(enum reader_outcome outcome, struct message *m, const char *reason, void *user);

/* N_READERS processes. OPTIONS is copied. NULL and E if the processes cannot be made. */
struct reader_pool *reader_pool_new(guint n_readers, const struct read_options *options, struct err *e);
/* Reads BYTES (a reference is kept until DONE is called) when a reader is free; waits in order. ID is the message's,
 * for the log. There is no limit on what waits: the caller's limit on sessions is one. */
void reader_pool_read(struct reader_pool *pool, GBytes *bytes, const char *id, reader_done *done, void *user);

/* BROKEN is called once, from the main loop, when the nursery is gone (somebody killed it): nothing can be read any
 * more, and the caller should end and be started anew. */
void reader_pool_on_broken(struct reader_pool *pool, void (*broken)(void *user), void *user);

struct reader_stats {
    guint64 n_read, n_fatal, n_gone; /* answers given, by outcome */
    guint64 n_died, n_retired;       /* readers lost; readers replaced because they had served their time */
    guint64 cpu_us;                  /* CPU time of the readers for what they answered */
    guint n_waiting, n_in_flight, n_readers;
};
void reader_pool_stats(const struct reader_pool *pool, struct reader_stats *stats_out);

/* Not to be called from within a DONE. Everything that waits is answered READER_GONE; the readers and the nursery are killed and waited for. */
void reader_pool_free(struct reader_pool *pool);

typedef struct reader_pool reader_pool_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(reader_pool_autoptr_t, reader_pool_free)
#define reader_pool_auto g_autoptr(reader_pool_autoptr_t)
