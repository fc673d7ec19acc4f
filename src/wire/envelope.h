/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The arguments of MAIL and RCPT (RFC 5321 4.1.2): a path in angle brackets and its parameters. Syntax only;
 * whether an address exists is nobody's matter here.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct envelope_args {
    char *address;     /* owned; "" for the null path; without brackets and source route */
    gint64 size_bytes; /* SIZE=, -1 if not given */
    bool is_smtputf8;
    bool is_8bit;
};
void envelope_args_clear(struct envelope_args *args);

/* ARGUMENT is what follows the verb, e.g. "FROM:<anna@example.net> SIZE=1234"; IS_MAIL tells FROM from TO.
 * Returns NULL, or the reply that refuses it ("501 5.1.7 ..."). Non-ASCII addresses must be UTF-8, whether or
 * not SMTPUTF8 was said: gateways forget it, and nothing is gained by bouncing a citizen. */
const char *envelope_parse(const char *argument, bool is_mail, struct envelope_args *args_out);
