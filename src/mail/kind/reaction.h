/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reactions: a click on an emoji that comes as a mail. Gmail and RFC 9078 mark them by a part, Outlook by a line that its server
 * writes. Nothing in such a mail is a sentence of its author.
 */
#pragma once

#include "mail/message/entity.h"
#include "mail/message/message.h"

/* The emoji; NULL if M is no reaction. Caller frees. */
char *reaction_of(const struct message *m, const struct entity *root);
