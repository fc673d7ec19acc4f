/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers of ideas as an office's files have them, RK-2026-0042: where somebody commands us they stand for the idea's own, in any case, with
 * blanks or other hyphens between, without the noughts. Pure: whether there is such an idea, of that year, the caller says.
 */
#pragma once

#include <glib.h>

/* The number of the idea that is filed under NUMBER of YEAR; where there is none FILE_NUMBER_NONE, so that its command finds none. */
typedef gint64 file_number_fn(gint64 year, gint64 number, void *user);
#define FILE_NUMBER_NONE G_GINT64_CONSTANT(999999999999)

/* LINE with plain numbers in place of those that begin with PREFIX ("RK"); NULL: it has none. Caller frees. */
char *file_number_line(const char *line, const char *prefix, file_number_fn *find, void *user);
/* TEXT, what somebody newly wrote, the same in its commands alone: the lines at its head, before a colon. What is said, sought or published
 * stays as it was written. NULL: nothing is another. Caller frees. */
char *file_number_text(const char *text, const char *prefix, file_number_fn *find, void *user);
