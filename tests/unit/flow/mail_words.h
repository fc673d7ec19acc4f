/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both parts of a mail must say the same: what of them are words.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Letters only; of HTML what stands between the tags, from <body> on, without buttons, which plain text has not, and
 * with the address behind a link such as "Antworten", which plain text has below it. Caller frees. */
char *words_of(const char *text, bool is_html);
guint count_of(const char *text, const char *part);
