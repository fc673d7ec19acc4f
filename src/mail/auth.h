/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What our own mail server found about the sender (Authentication-Results, RFC 8601). Verifying is its work;
 * reading the right field is ours: anybody can write such a field into a mail.
 */
#pragma once

#include "mail/entity.h"
#include "mail/message.h"

/* The topmost field whose authserv-id is AUTHSERV_ID (case-insensitive); NULL if there is none or AUTHSERV_ID
 * is NULL. */
struct authentication *auth_read(const struct entity *root, const char *authserv_id);
