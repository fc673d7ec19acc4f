/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who wrote a mail, if that is beyond doubt: what a mail server proved must be about the very mailbox that we show and
 * write to, and a From that two programs may read differently proves nobody.
 */
#pragma once

#include "mail/message/entity.h"
#include "mail/message/message.h"

/* The domain (A-labels, lower case) of the one mailbox in the one From field of ROOT. NULL unless the field is what RFC
 * 5322 3.4 calls a mailbox: `Name <a@b>`, `<a@b>`, `a@b`, comments beside them; no list, no group, no route, no comment
 * inside the address, no domain literal; and unless M (whose From has been read) holds the same address. Encoded words
 * are names, never addresses. Caller frees. */
char *author_domain(const struct entity *root, const struct message *m);
