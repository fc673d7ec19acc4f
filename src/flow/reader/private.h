/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pool's inside, shared by queue.c (who reads what, answers), order.c (how many readers), care.c (their births,
 * ends and time) and reader.c.
 */
#pragma once

#include "flow/reader/reader.h"
#include "flow/reader/ledger.h"
#include "flow/reader/link.h"
#include "flow/reader/nursery.h"

struct reader_pool {
    guint n_wanted;          /* quick readers */
    bool is_in_hurry;        /* nothing waits for the patient reader any more */
    guint n_ordered[2];      /* readers asked of the nursery and not there yet; [1]: patient ones */
    gint64 barren_until_us;  /* no reader is ordered before this; 0: no trouble */
    GPtrArray *readers;      /* struct reader */
    GQueue waiting[N_LANES]; /* struct request */
    GQueue refused;          /* likewise; they will be answered that they shall come again */
    struct ledger *ledger;
    guint64 n_numbers; /* requests ever made */
    struct nursery nursery;
    guint nursery_watch, tick, failing, refusing; /* GLib source ids */
    char *gone_reason;                            /* why nothing could be read when there was no reader */
    void (*broken)(void *user);
    void *broken_user;
    struct reader_stats stats;
};

/* queue.c: answers Q and frees it. */
void pool_finish(struct reader_pool *p, struct request *q, enum reader_outcome outcome, struct message *m, const char *reason);
/* Q was too slow for a quick reader: it waits for the patient one, or comes again later if too many do. */
void pool_postpone(struct reader_pool *p, struct request *q);
/* Each of DOOMED (struct request) fails because there is no reader. */
void pool_finish_all(struct reader_pool *p, GQueue *doomed);
/* Hands out what waits and orders the readers that are missing; care_wake() is the caller's. */
void pool_feed(struct reader_pool *p);
bool pool_is_waiting(const struct reader_pool *p);
/* Delivers what R has answered completely; false on nonsense. */
bool pool_deliver(struct reader_pool *p, struct reader *r);

/* order.c: how many there are of a kind. */
guint care_count(const struct reader_pool *p, bool is_patient);
/* Orders the readers that are missing. */
void care_order(struct reader_pool *p);
/* Lets go of a reader; it is killed, since closing its socket would not stop it from computing. */
void care_dismiss(struct reader_pool *p, struct reader *r);
/* care.c: waits for the first readers. */
bool care_await(struct reader_pool *p, struct err *e);
/* There is something to look after: runs the tick until there is not. */
void care_wake(struct reader_pool *p);
void care_watch_nursery(struct reader_pool *p);
