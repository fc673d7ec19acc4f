/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * News of several ideas for one person go out in one mail, and not more often than rates_news_at() allows (forum/rates.h).
 */
#pragma once

#include "flow/gateway.h"

/* CLAIMED (struct notice, owned): a batch as it was just claimed, inside that transaction. Taken out of it: what is told with others,
 * which is ended here and told by a mail that is due now (*MORE_OUT), and what must wait. */
bool together_join(struct gateway *g, GPtrArray *claimed, gint64 now, bool *more_out, struct err *e);
