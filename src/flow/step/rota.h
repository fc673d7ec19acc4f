/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The moderators' rota: whom a text that waits is shown to (forum/duty.h says who that is), and what changes it. Inside the caller's
 * transaction.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/duty.h"

/* Who is asked about H now; who, where these did not decide in time. row_id; caller owns. */
GArray *rota_first(struct gateway *g, const struct hold *h, gint64 now, struct err *e);
GArray *rota_deputies(struct gateway *g, const struct hold *h, gint64 now, struct err *e);
/* Who leads the forum, and its office. */
GArray *rota_superiors(struct gateway *g, const struct hold *h, gint64 now, struct err *e);

/* Which forums PERSON moderates: FORUM if it is one, 0 all. row_id; caller owns. */
GArray *rota_forums(struct gateway *g, row_id person, row_id forum, struct err *e);

/* As struct duty says, beside what is there. MESSAGE: the mail that says so, 0 none. Of who is away from now on others are asked what
 * only they were asked. */
bool rota_add(struct gateway *g, const struct duty *d, row_id message, gint64 now, struct err *e);
/* From NOW until D's end, instead of what was said about now. */
bool rota_put(struct gateway *g, const struct duty *d, row_id message, gint64 now, struct err *e);
/* What D's person has of D's kind between D's times ends: all of it that touches them. *N_OUT: how many (may be NULL). */
bool rota_end(struct gateway *g, const struct duty *d, row_id message, gint64 now, gint64 *n_out, struct err *e);
