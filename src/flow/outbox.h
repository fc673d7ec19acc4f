/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The database's side of sending: claimed notices that wait to be rendered, and the outcomes that wait to be recorded.
 * Claiming and recording share one transaction.
 */
#pragma once

#include "flow/gateway.h"
#include "text/templates.h"
#include "wire/smtp.h"

struct outbox;

struct outbox *outbox_new(struct gateway *g, const struct templates *t);
void outbox_free(struct outbox *o);
/* Makes the claims of a dispatcher that is gone due again. */
bool outbox_recover(struct outbox *o, struct err *e);

/* Records the outcomes so far, and claims MOST further notices (0: none). */
bool outbox_sync(struct outbox *o, gint64 now, guint most, struct err *e);
/* The next mail, rendered now; NULL if none is left. Give it back with outbox_done(). */
struct smtp_mail *outbox_next(struct outbox *o, gint64 now);
/* Keeps what became of MAIL for the next sync, and frees it. */
void outbox_done(struct outbox *o, struct smtp_mail *mail, const struct smtp_result *result, gint64 now);

guint outbox_n_claimed(const struct outbox *o);  /* not yet given out */
guint outbox_n_outcomes(const struct outbox *o); /* not yet recorded */
gint64 outbox_n_sent(const struct outbox *o);    /* taken by the relay so far */
/* Due now or earlier, without claiming. -1 failure. */
gint64 outbox_is_due(struct outbox *o, gint64 now, struct err *e);
