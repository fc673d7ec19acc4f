/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A forum that reads first what people write trusts who had enough texts released and none refused (forum/rates.h). That is worked out
 * of the posts, whenever it is asked; the journal has when a decision changed it. Inside the caller's transaction.
 */
#pragma once

#include "flow/gateway.h"

struct trusted { /* who, where, and what was true before the decision */
    row_id person, forum;
    bool was;
};
bool trust_before(struct gateway *g, row_id person, row_id forum, gint64 now, struct trusted *out, struct err *e);
/* After it: person.trusted or person.untrusted, or nothing. */
bool trust_after(struct gateway *g, const struct trusted *t, gint64 now, struct err *e);
