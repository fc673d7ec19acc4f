/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which of the files that came with an editor's mail go along with the issue. Pure.
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
