/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "zu 3: ..." at the head of an answer: the contribution that it answers, by its number. Pure.
 */
#pragma once

#include <glib.h>

/* TEXT: what somebody newly wrote. The number that its first paragraph begins with; 0 none, or paragraphs of it begin with different
 * ones: then nobody can say what the whole is about. A greeting above it is no paragraph. */
gint64 reference_of(const char *text);
