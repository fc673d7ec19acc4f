/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether an address is one of ours, asked before the mail comes.
 */
#pragma once

#include "flow/gateway.h"

/* What a mail server may be told about a recipient before any byte of the mail: NULL take it, else the SMTP reply
 * ("550 5.1.1 ..."); owned. On failure of the database the 451. */
char *recipient_check(struct gateway *g, const char *address);
