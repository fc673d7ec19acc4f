/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pool's end of one reader: requests go out in order, answers come back in order. Everything that comes back is
 * taken as hostile: bounded in size, in the order asked for, and a variant of exactly our making. Never blocks.
 * Only reader.c and reader_care.c use it.
 */
#pragma once

#include "flow/reader/reader.h"
#include "flow/reader/child.h"
#include "flow/reader/ledger.h"

#include <sys/types.h>

struct request {
    guint64 number;
    GBytes *bytes;
    char *id, *sender;
    gint64 since_us; /* when it was handed in; monotonic time */
    enum reader_lane lane;
    reader_done *done;
    void *user;
    guint n_deaths; /* readers that died over it */
};
void request_free(struct request *q);

struct reader {
    struct reader_pool *pool; /* whose it is; not used here */
    pid_t pid;
    int fd;
    guint in_watch, out_watch; /* GLib source ids, 0 if none */
    GQueue sent;               /* struct request: unanswered, oldest first */
    gsize n_sent_bytes;        /* their size together */
    GList *writing;            /* link of `sent` that is being written, NULL if all is written */
    gsize n_written;           /* bytes of it that are gone, its head counted */
    GByteArray *inbox;         /* an answer not complete yet */
    gint64 head_since_us;      /* monotonic time since which the oldest request is the reader's business */
    guint n_assigned;          /* requests ever given to it */
    guint32 max_rss_kib;
    bool is_patient;     /* it reads what takes long */
    bool is_slow;        /* the oldest request takes long; the ones behind it were taken back */
    bool is_overdue;     /* it ran into the wall-clock limit and is being killed */
    bool is_disbelieved; /* it answered nonsense and is being killed */
};

struct reader *reader_link_new(pid_t pid, int fd);
/* Requests still in it are freed without an answer. */
void reader_link_free(struct reader *r);

/* Takes over Q and writes as much as can be. */
void reader_link_add(struct reader *r, struct request *q);
/* Writes on. True if nothing is left to write, or the reader is gone (which the next receive tells). */
bool reader_link_flush(struct reader *r);
/* Takes what has come. False at the end of the stream. */
bool reader_link_receive(struct reader *r);

enum link_answer { LINK_NONE, LINK_ANSWER, LINK_NONSENSE };
/* The next complete answer, with its request taken off the queue; both become the caller's. */
enum link_answer reader_link_next(struct reader *r, struct request **request_out, struct message **message_out,
                                  guint32 *cpu_us_out);
/* Puts all but the oldest N_KEPT requests back at the front of their lanes, in order. */
void reader_link_take_back(struct reader *r, guint n_kept, GQueue lanes[N_LANES]);
