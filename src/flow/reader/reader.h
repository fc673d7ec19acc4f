/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pool of readers: sandboxed processes that turn the bytes of a mail into a struct message. Whoever takes hostile
 * mail beside an open database reads it here: intake, deliver, retry.
 *
 * reader_pool_new() forks a small process, the nursery, which loads what reading needs and from then on forks the
 * readers: at the start, and whenever one has died or has served its time. So the caller may have threads, an open
 * database and signal handlers later; but it must call reader_pool_new() BEFORE it makes its first thread (GLib makes
 * one for g_unix_signal_add), opens the database or a listening socket. Everything else runs in the caller's main
 * loop (the default GMainContext); the pool is not for use from other threads.
 *
 * A mail that takes its reader down is read once more in a fresh one, alone, since somebody else may have killed the
 * process; when that fails too (or at once if it ran into the limit on CPU time or memory), it is the mail's fault.
 *
 * An expensive mail holds up nobody: what takes more than LIMIT_READER_QUICK_MS of CPU time is stopped and read anew by a
 * patient reader, one such mail after the other, beside the quick ones. Whoever has sent some goes there at once, and the
 * other mails of that domain wait while anything else does (reader_ledger.h).
 */
#pragma once

#include "base/err.h"
#include "mail/message/message.h"

struct reader_pool;

enum reader_outcome {
    READER_OK,    /* read; the message is there */
    READER_FATAL, /* this mail takes readers down: set it aside, answer 250, report */
    READER_LATER, /* it takes long to read, and so do too many that came before it: 451, it shall come again */
    READER_GONE,  /* no reader can be had, or the pool is closing: our fault, 451 */
};

/* Called once for each reader_pool_read(), from the main loop and never from within reader_pool_read(). M is the
 * callee's to keep on READER_OK and NULL otherwise; REASON is a sentence without full stop otherwise,
 * valid during the call, and NULL on READER_OK. */
typedef void reader_done(enum reader_outcome outcome, struct message *m, const char *reason, void *user);

/* N_READERS processes. OPTIONS is copied. NULL and E if the processes cannot be made. */
struct reader_pool *reader_pool_new(guint n_readers, const struct read_options *options, struct err *e);
/* Reads BYTES (a reference is kept until DONE is called) when a reader is free; waits in the order of its lane. ID is
 * the message's, for the log; SENDER the one of its envelope, "" for the null path. There is no limit on what waits but
 * in the slow lane: the caller's limit on sessions is one. */
void reader_pool_read(struct reader_pool *pool, GBytes *bytes, const char *id, const char *sender, reader_done *done, void *user);
/* The same for a command that reads one mail and waits for it; runs the main loop. Sets *M_OUT or *REASON_OUT; both
 * become the caller's. */
enum reader_outcome reader_pool_read_now(struct reader_pool *pool, GBytes *bytes, const char *id, struct message **m_out,
                                         char **reason_out);

/* The caller wants to end: what waits for the patient reader is answered READER_LATER, and so is what would from now on. */
void reader_pool_hurry(struct reader_pool *pool);

/* BROKEN is called once, from the main loop, when the nursery is gone (somebody killed it): nothing can be read any
 * more, and the caller should end and be started anew. */
void reader_pool_on_broken(struct reader_pool *pool, void (*broken)(void *user), void *user);

struct reader_stats {
    guint64 n_read, n_fatal, n_later, n_gone; /* answers given, by outcome */
    guint64 n_died, n_retired;                /* readers lost; readers replaced because they had served their time */
    guint64 cpu_us;                           /* CPU time of the readers for what they answered */
    guint n_waiting, n_in_flight, n_readers;
};
void reader_pool_stats(const struct reader_pool *pool, struct reader_stats *stats_out);

/* Not to be called from within a DONE. Everything that waits is answered READER_GONE; the readers and the nursery are killed and waited for. */
void reader_pool_free(struct reader_pool *pool);

typedef struct reader_pool reader_pool_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(reader_pool_autoptr_t, reader_pool_free)
#define reader_pool_auto g_autoptr(reader_pool_autoptr_t)
