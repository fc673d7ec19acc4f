/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What became of notices that were on their way, until it is durable. Private to outbox.c.
 */
#pragma once

#include "flow/gateway.h"

struct outcome {
    struct notice *notice; /* owned, as all of it */
    enum notice_state state;
    gint64 at;
    char *reply;
    char *status;  /* enhanced status code of a refusal; NULL none */
    char *words;   /* proof to be kept; NULL none */
    char *entries; /* of a digest: what it showed; NULL none */
    char *bounced; /* the address that was refused, lower case; NULL if nothing was said about it */
    bool is_returned, is_postponed;
};

void outcome_free(struct outcome *x);
/* ALL (struct outcome) into the database, in the caller's transaction. *HAS_TOLD_OUT: the operator is owed a mail now. */
bool outcome_write(struct gateway *g, const GPtrArray *all, bool *has_told_out, struct err *e);
