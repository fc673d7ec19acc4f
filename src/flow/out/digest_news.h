/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The posts of digests, read once for all the readers of a batch: who hears of which is told in memory, by the conditions that chose
 * them (forum/digest.h).
 */
#pragma once

#include "flow/gateway.h"

struct digest_news;
struct digest_news *digest_news_new(void);
void digest_news_free(struct digest_news *x);
void digest_news_forget(struct digest_news *x); /* what changed meanwhile is seen */

/* What belongs in D, as digests_posts() has it: struct post without texts, which are X's as long as it lives and nothing else is asked.
 * NULL: the database failed. */
GPtrArray *digest_news_of(struct digest_news *x, struct db *db, const struct digest *d, struct err *e);
