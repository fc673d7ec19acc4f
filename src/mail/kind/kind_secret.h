/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mails that nobody here can read, in the forms that clients and servers make of them; see kind_secret.c.
 */
#pragma once

#include "mail/message/entity.h"
#include "mail/message/message.h"

/* Why M is encrypted or protected; NULL if it is not. */
const char *kind_secret(const struct message *m, const struct entity *root);
