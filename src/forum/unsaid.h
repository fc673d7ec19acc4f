/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands in place of words that were taken back, in what others say.
 */
#pragma once

enum unsaid_mark {
    UNSAID_WISH,     /* their author took them back, or was erased */
    UNSAID_REMOVED,  /* they were removed */
    UNSAID_REDACTED, /* a moderator took the passage out */
};
/* In a text of LANGUAGE (NULL unknown). */
const char *unsaid_mark(enum unsaid_mark why, const char *language);
