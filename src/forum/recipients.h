/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whose turn is when of the addresses that one mail came to. Pure.
 */
#pragma once

#include "mail/message/message.h"

/* RECIPIENTS (char *, lower case, of our domain): the more an address says, the earlier its turn: a reply's token before an idea
 * before a forum; of forums the one that its author named first in M's To and Cc. M NULL: it could not be read. */
void recipients_sort(GPtrArray *recipients, const struct message *m);
