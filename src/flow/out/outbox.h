/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The queue of notices as dispatch sees it: what is due is claimed in small batches by stream and time, what
 * became of each is recorded, both in one transaction. A batch is as large as lasts for part of a second, so
 * that a confirmation overtakes ten thousand newsletters however slow the relay is.
 */
#pragma once

#include "flow/gateway.h"
#include "flow/out/render.h"

struct outbox;

/* Claims of a dispatcher that was killed are due again. */
bool outbox_release_dead(struct gateway *g, struct err *e);
/* The queue of the STREAMS (a bit each); G is borrowed. PER_MINUTE: most mails of each stream, 0 no limit. */
struct outbox *outbox_new(struct gateway *g, unsigned streams, const gint64 *per_minute);
void outbox_free(struct outbox *o);

/* The next notice to be sent, the caller's; claims more if need be. NULL: nothing is due, or the database
 * does not answer (*FAILED_OUT; E is filled, tried again at the next outbox_look). */
struct notice *outbox_next(struct outbox *o, bool *failed_out, struct err *e);
/* What became of N, which is taken over: SENT and DROPPED end it, DUE puts it off until AT. Kept in memory
 * until outbox_write. */
void outbox_record(struct outbox *o, struct notice *n, enum notice_state state, gint64 at, const char *reply);
/* The same of a mail that was sent; of MAIL is kept what it said, where that is proof, and what it showed, where it is a digest. */
void outbox_record_sent(struct outbox *o, struct notice *n, gint64 at, const char *reply, const struct rendered *mail);
/* N, which is taken over, will never arrive: FAILED, an event, a mail to the operator; and counted as a
 * delivery report if the relay's refusal is about RECIPIENT's address. STATUS: the enhanced status code. */
void outbox_refuse(struct outbox *o, struct notice *n, const char *recipient, bool is_about_address, const char *status,
                   const char *reply);
/* N was not tried (taken over): it is due at AT. */
void outbox_postpone(struct outbox *o, struct notice *n, gint64 at);
/* N was not tried (taken over): it is due as before. */
void outbox_return(struct outbox *o, struct notice *n);
/* Makes what was recorded durable. False: all of it is kept and can be written later. */
bool outbox_write(struct outbox *o, struct err *e);
guint outbox_n_unwritten(const struct outbox *o);
/* Has anything become due since nothing was? Cheap: reads no row unless another connection has written. */
bool outbox_look(struct outbox *o, gint64 now);
/* A guess: is there more to be had from outbox_next? */
bool outbox_is_waiting(const struct outbox *o);
/* What is claimed and not given out is due again (recorded; write it). */
void outbox_release(struct outbox *o);
/* True if what was rendered from may have changed since the last call. */
bool outbox_has_changed(struct outbox *o);
