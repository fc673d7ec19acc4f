/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every reader of reports begins with: which parts of a mail are its own, their text, the mail that came back, an
 * address as reports write it. Knows no kind of report.
 */
#pragma once

#include "mail/message/entity.h"
#include "mail/message/message.h"

/* At most N_MAX bytes of TEXT, valid UTF-8. (g_strndup() would write all N_MAX.) Caller frees. */
char *dsn_cut(const char *text, gsize n_max);
/* A part that is a whole mail. */
bool dsn_is_attached_mail(const struct entity *e);
/* The next entity of the mail itself: attached mails are passed over. */
const struct entity *dsn_next_own(const struct entity *root, const struct entity *e);
/* The text of a leaf, UTF-8, whatever its type. Caller frees. */
char *dsn_leaf_text(const struct entity *e);
/* The report's own words: plain text outside of attached mails, else the body. Caller frees. */
char *dsn_report_text(const struct message *m, const struct entity *root);
/* The mail that came back into m->original, if a part of ROOT holds it: whole, or as its header. */
void dsn_find_original(struct message *m, const struct entity *root);
/* An address out of "rfc822; <a@b>", "<a@b>", "a@b (comment)", "utf-8;\x{fc}@b": clean, "" if there is none.
 */
char *dsn_address(const char *value);
