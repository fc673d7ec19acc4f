/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a program wrote, seen by its words alone: no field and no subject says so. Pure; linear.
 */
#pragma once

#include "mail/message/message.h"

#include <stdbool.h>

/* Looks at the new text of M (reply.h), which so far is a person's; true if a program wrote it, and then M says so. A short text only,
 * and one that says so itself; answers us with nothing but what notes of absence and offices' receipts are made of; sends us behind
 * a link to prove that we are no machine; or repeats the fields of our mail, as receipts do. In doubt it stays a person's. */
bool kind_note(struct message *m);
