/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names that nobody may have as their own, and mails whose From or text would be taken for an office's: they are read before they
 * appear (forum/name.h, forum/mark.h).
 */
#pragma once

#include "flow/gateway.h"
#include "mail/message/message.h"

/* Names of the operator, of forums and ministries, and what the settings add; char *, NULL at the end. NULL: the database failed. */
GPtrArray *pose_protected_names(struct gateway *g, struct err *e);
/* Is PERSON (0 nobody whom we know) called NAME like an office, or like somebody of staff? *WHY_OUT: WHY_NAME or WHY_FORUM. */
bool pose_find_name(struct gateway *g, const char *name, row_id person, bool is_proved, enum why *why_out, struct err *e);
/* Is M, whose new words are TEXT, from PERSON (0 not known), to be read first? *WHY_OUT: WHY_NAME, WHY_IMPOSTOR; WHY_FORUM if not.
 * Whoever leads or moderates a forum, or speaks for one, is called as they are called, if From is proved. */
bool pose_find(struct gateway *g, const struct message *m, const char *text, row_id person, bool is_proved, enum why *why_out,
               struct err *e);
/* What it keeps in a gateway. NULL is fine. */
void pose_free(struct pose *p);
