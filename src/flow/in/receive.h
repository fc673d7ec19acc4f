/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The story of one incoming mail, from what a reader understood to rows and notices, inside the caller's transaction.
 * Every door comes here through flow/in/take.h.
 */
#pragma once

#include "flow/gateway.h"
#include "flow/in/envelope.h"
#include "flow/in/foresee.h"
#include "mail/message/message.h"

/* What must be on the disk before the transaction begins: large mails. False: 451. */
bool receive_keep_bytes(struct gateway *g, GBytes *bytes, struct err *e);

/* Stores, decides and applies. M NULL: no reader could read it, and FAILURE says why. VERDICTS_OUT (may be
 * NULL) gets a struct receive_verdict for each recipient, in their order. On false the caller undoes the transaction and answers 451. */
bool receive_message(struct gateway *g, const struct envelope *env, GBytes *bytes, const struct message *m, const char *failure,
                     GPtrArray *verdicts_out, struct err *e);

/* The same with what was worked out before (foresee.h; NULL: nothing). */
bool receive_foreseen(struct gateway *g, const struct envelope *env, GBytes *bytes, const struct message *m, const char *failure,
                      const struct foreseen *foreseen, GPtrArray *verdicts_out, struct err *e);

struct receive_verdict { /* of VERDICTS_OUT, in the order of the recipients */
    char *recipient;
    enum verdict_kind kind;
    char *rule;
};
void receive_verdict_free(struct receive_verdict *v);
