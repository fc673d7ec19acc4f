/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Getting a newsletter, and getting it no more. Every change adds to the record of consent in the same transaction. All
 * of these run inside a transaction of the caller's. For mails (flow/deed) and pages alike.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/list.h"
#include "mail/message/message.h"

/* How somebody said it; borrowed, all but WAY may be NULL or 0. */
struct said {
    enum way way;
    const struct message *mail; /* that said it: who sent it by what our mail server found */
    const char *message_key;    /* of that mail */
    row_id message;
    const char *words; /* import: where and when they consented */
};

enum subscribe_outcome {
    SUBSCRIBE_ASKED,   /* a confirm mail is on its way */
    SUBSCRIBE_WAITING, /* the limits let no more confirm mails go: the last one can still be answered */
    SUBSCRIBE_ALREADY, /* gets it already; nothing is sent */
    SUBSCRIBE_REFUSED, /* members only: the operator subscribes */
};

/* Somebody, who may be anybody, wants ADDRESS (as written) to get L. Whoever shows this to a stranger shows the same for every
 * outcome but REFUSED. LANGUAGE: of the asking, NULL not known. */
bool subscribe_ask(struct gateway *g, const struct list *l, const char *address, const char *language, const struct said *how,
                   gint64 now, enum subscribe_outcome *out, struct err *e);
/* The owner of the address said yes to the question. *CHANGED_OUT false: nothing waits for a yes (any more). */
bool subscribe_confirm(struct gateway *g, const struct subscription *s, const struct said *how, gint64 now, bool *changed_out,
                       struct err *e);
/* In without a question: an import with proof, or the operator for a list of members only. */
bool subscribe_add(struct gateway *g, const struct list *l, const char *address, const char *language, const struct said *how,
                   gint64 now, bool *changed_out, struct err *e);
/* Ends it at once; what is queued is not sent. Twice does no harm: *CHANGED_OUT. STATE: unsubscribed or suspended. */
bool subscribe_end(struct gateway *g, const struct subscription *s, enum subscription_state state, const struct said *how,
                   gint64 now, bool *changed_out, struct err *e);
/* Reports about KEY (persons_key()) switched it off, WAY_BOUNCE or WAY_COMPLAINT: every subscription that is active is
 * suspended, what is queued is not sent. */
bool subscribe_suspend(struct gateway *g, const char *key, enum way way, gint64 now, struct err *e);
/* It is written to again: what was suspended is active, unasked, for the yes still stands, and the newest issues that were missed
 * follow (LIMIT_ISSUES_MISSED). WAY: of whom that came. */
bool subscribe_revive(struct gateway *g, const char *key, enum way way, gint64 now, struct err *e);
