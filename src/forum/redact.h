/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Passages that a moderator takes out of somebody's text: `"a passage" "another one" personendaten`, in the quotation marks of any
 * language. Pure. A passage is found however its lines were wrapped; the rest of the text stays to the letter.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct redaction {
    GPtrArray *passages; /* char * */
    char *reason;        /* what stands beside them: a word of reason.def, or a sentence; "" none */
};
/* False: ARGUMENT (NULL none) names no passage, or more than LIMIT_PASSAGES; OUT is empty. */
bool redaction_read(const char *argument, struct redaction *out);
void redaction_clear(struct redaction *r);

/* What stands in place of a passage in a text of LANGUAGE (may be NULL). */
const char *redaction_mark(const char *language);
/* TEXT with MARK in place of each; *FOUND (one a passage, may be NULL) is set where one stands in it. NULL: none does. Caller frees. */
char *redaction_apply(const struct redaction *r, const char *text, const char *mark, bool *found);
/* The same in the quoted lines of an answer alone: what its author says stays. */
char *redaction_apply_quoted(const struct redaction *r, const char *text, const char *mark);
/* Is REDACTED what is left of ORIGINAL, and nothing else was changed since? */
bool redaction_is_of(const char *redacted, const char *original, const char *mark);

#define redaction_auto __attribute__((cleanup(redaction_clear))) struct redaction
