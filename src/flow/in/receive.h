/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The story of one incoming mail, from what a reader understood to rows and notices, inside the caller's transaction.
 * intake (through the writer), deliver and retry all come here.
 */
#pragma once

#include "flow/gateway.h"
#include "mail/message/message.h"

struct envelope {
    char *id;              /* born with the first byte: log lines, spool files, rows */
    gint64 received_at;
    char *sender;          /* "" null path; NULL only until deliver knows better */
    GPtrArray *recipients; /* char *, at least one */
};
struct envelope *envelope_new(const char *sender, gint64 now);
void envelope_free(struct envelope *env);
/* A new id: 9 characters of time, 7 random; sorts by time. Caller frees. */
char *envelope_new_id(gint64 now);

/* What a mail server may be told about a recipient before any byte of the mail: NULL take it, else the SMTP reply
 * ("550 5.1.1 ..."); owned. On failure of the database the 451. */
char *receive_check_recipient(struct gateway *g, const char *address);

/* What must be on the disk before the transaction begins: large mails. False: 451. */
bool receive_keep_bytes(struct gateway *g, GBytes *bytes, struct err *e);

/* Stores, decides and applies. M NULL: no reader could read it, and FAILURE says why. LOG_OUT (may be NULL) gets one
 * line per recipient: "recipient-route verdict rule". On false the caller undoes the transaction and answers 451. */
bool receive_message(struct gateway *g, const struct envelope *env, GBytes *bytes, const struct message *m,
                     const char *failure, GPtrArray *verdicts_out, struct err *e);

struct receive_verdict { /* of VERDICTS_OUT, in the order of the recipients */
    char *recipient;
    enum verdict_kind kind;
    char *rule;
};
void receive_verdict_free(struct receive_verdict *v);
