/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One header field at a time, written as RFC 5322 and RFC 2047 want it: folded at 78 columns, encoded words of at
 * most 75 characters that hold whole characters only, and never a control character, whatever the value is.
 * Each function appends a complete field with its CRLF. Used by compose.c only.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Free text (Subject, ...). Runs of white space become one blank. */
void header_out_text(GString *out, const char *name, const char *text);
/* A display name (may be NULL) and an address that is ready to be written. */
void header_out_mailbox(GString *out, const char *name, const char *display, const char *address);
/* Message ids without <>; those that cannot be written are left out, and the field if none stays. */
void header_out_ids(GString *out, const char *name, const char *const *ids, guint n_ids);
/* A value with structure (List-*, ...): ASCII words stay as they are, others become encoded words. False, and nothing
 * is written, if NAME is no field name or a word inside <> or quotes is not ASCII or too long for any line. */
bool header_out_raw(GString *out, const char *name, const char *value);
/* True if ID can be written as <ID>. */
bool header_out_is_id(const char *id);
