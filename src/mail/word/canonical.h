/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One mailbox, one key, however its address is written: for counting who was asked and who wrote how much. Never for
 * writing to somebody, and never for deciding who somebody is: another provider may give both spellings to two people.
 */
#pragma once

#include <glib.h>

/* ADDRESS in lower case, its domain as U-labels and without a final dot; quotes of the local part gone; `+detail` cut off
 * (RFC 5233); for Gmail without dots and as gmail.com. What has no "@" comes back in lower case. Caller frees. */
char *canonical_address(const char *address);
