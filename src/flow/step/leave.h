/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing more, please: what a person is not told of any more, from one idea to everything. The person stays what they
 * are in a forum (a moderator is still asked to decide); only what is sent changes. Doing it twice does no harm.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/route.h"

/* ID as in forum/route.h. MESSAGE: the mail that said so, for the journal. */
bool leave_stop(struct gateway *g, row_id person, enum leave what, row_id id, row_id message, gint64 now, struct err *e);
