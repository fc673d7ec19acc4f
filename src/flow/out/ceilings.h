/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much of what forums bring one reader gets (forum/rates.h): what is more waits for the morning, posts in one digest.
 * And how many mails about one waiting text each who moderates gets: what is more stands in a list.
 */
#pragma once

#include "flow/gateway.h"

/* CLAIMED (struct notice, owned): a batch as it was just claimed, inside that transaction. What is over a ceiling is taken out of it and put
 * off; of posts that is a mail of their own, a digest that is due in the morning and that what comes until then goes along with;
 * of waiting texts their list, which may be due now (*MORE_OUT). */
bool ceilings_keep(struct gateway *g, GPtrArray *claimed, gint64 now, bool *more_out, struct err *e);
