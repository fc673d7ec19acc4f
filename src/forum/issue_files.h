/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What of an editor's mail becomes the issue: its words, and which of its files go along. Pure.
 */
#pragma once

#include "mail/message/message.h"

/* A file that its writer attached: no picture of the mail's own form (a signature's logo), no signature of a program, and one
 * that lies in the mail by itself. What does not go along is named in the preview. */
bool issue_file_goes_along(const struct attachment *a);
/* Whether it is nobody's contribution, so that no word need be lost about it. */
bool issue_file_is_decoration(const struct attachment *a);
/* At most LIMIT_ISSUE_FILES, together at most LIMIT_ISSUE_FILES_BYTES. */
bool issue_files_fit(const GPtrArray *attachments); /* struct attachment */
/* The Markdown: what is new in the mail, and in a mail that answers nobody what stands behind ">", too. There it is no quote of
 * a mail but somebody's words that the issue frames. What Outlook makes of links is Markdown's. Caller frees. */
char *issue_words(const struct message *m);
