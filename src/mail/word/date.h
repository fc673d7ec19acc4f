/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Date fields (RFC 5322 3.3 and what programs write instead).
 */
#pragma once

/* RFC 3339 with the sender's offset, NULL if no instant can be read from it. Caller frees. */
char *date_to_rfc3339(const char *field);
