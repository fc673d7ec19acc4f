/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mails we owe because of a mail, that are not about a contribution: automatic answers within the limits of RFC 3834, and
 * word to the operator.
 */
#pragma once

#include "flow/facts.h"

/* An automatic answer, unless the mailbox had its share today (LIMIT_REPLIES_PER_DAY of all
 * kinds together, one of a kind). The rules have decided that answering is safe. */
bool answer_send(struct gateway *g, const struct looked_up *l, enum purpose purpose, const char *to, const char *language,
                 row_id message, gint64 now, struct err *e);
/* The same with WHY, a word for the template; NULL none. */
bool answer_send_why(struct gateway *g, const struct looked_up *l, enum purpose purpose, const char *why, const char *to,
                     const char *language, row_id message, gint64 now, struct err *e);
/* To [initiative] contact. DETAIL (NULL none) is shown, cut to a readable length. At most one mail goes to the operator
 * in LIMIT_OPERATOR_EVERY_S: what comes meanwhile is kept (store/reports.h) and told in one mail with a list. */
bool answer_tell_operator(struct gateway *g, enum purpose purpose, row_id message, const char *detail, gint64 now, struct err *e);
/* What somebody wrote about their own data: to [initiative] data_protection alone, each mail by itself, since its law sets a term;
 * where that is empty, or beyond LIMIT_OFFICER_PER_DAY, as above. */
bool answer_tell_officer(struct gateway *g, row_id message, const char *detail, gint64 now, struct err *e);
/* The same for what goes on and on: nothing if it was reported within LIMIT_OPERATOR_ONCE_S. */
bool answer_tell_operator_once(struct gateway *g, enum purpose purpose, row_id message, const char *detail, gint64 now,
                               struct err *e);
/* By the clock: the mail to the operator, if one is owed and may go. */
bool answer_tell_reports(struct gateway *g, gint64 now, struct err *e);
