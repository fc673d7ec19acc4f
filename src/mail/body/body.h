/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which parts of a mail are its readable text, and which are attachments; by content, not by position. Pure.
 */
#pragma once

#include "mail/message/entity.h"
#include "mail/message/message.h"

/* Fills body, command_text (of the body as a whole: quotes are still in it), body_from, attachments, parts, structure; adds to defects. M is fresh from message_new(). */
void body_choose(struct message *m, const struct entity *root);
/* After it: what each part's bytes add up to (SHA-256), which only who shows parts to people wants to know; "" until then. */
void body_sum_parts(struct message *m, const struct entity *root);
