/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What may not go out by SMTP, whoever made it: addresses that break out of their line, bodies whose lines
 * are none.
 */
#pragma once

#include "wire/smtp.h"
#include "wire/smtp_reply.h"

/* Why MAIL cannot be sent to a relay that has SMTPUTF8 or not, as the reply (code 0) a server would give;
 * NULL if it can. *HAS_DOTS_OUT: a line begins with a dot. */
const struct smtp_reply *smtp_check(const struct smtp_mail *mail, bool has_utf8, bool *has_dots_out);
/* Appends BYTES, which were checked; each line that begins with a dot gets one more (RFC 5321 4.5.2). */
void smtp_append_stuffed(GString *out, const GString *bytes);
