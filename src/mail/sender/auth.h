/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What our own mail server found about the sender (Authentication-Results, RFC 8601). Verifying is its work; reading the
 * right fields, and whom they speak of, is ours: anybody can write such a field into a mail.
 */
#pragma once

#include "mail/message/entity.h"
#include "mail/message/message.h"

/* All fields together that bear OPTIONS->authserv_id (case-insensitive) and stand where our mail server writes: no more
 * than OPTIONS->authserv_hops Received fields above them. NULL if there is none that parses, or the id is NULL or empty.
 * AUTHOR: author_domain() of the mail, NULL where nobody is beyond doubt. */
struct authentication *auth_read(const struct entity *root, const struct read_options *options, const char *author);
