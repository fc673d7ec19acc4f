/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What programs put in front of a subject: "AW: [2] WG:", "[list]", "***SPAM***", "EXTERN:", in any language (subjects.def) and with
 * any colon. Pure, linear.
 */
#pragma once

#include <stdbool.h>

enum marker_kind { MARKER_NONE, MARKER_REPLY, MARKER_FORWARD };

/* What the marks say: the first one of an answer or a forward. SUBJECT (not folded) may be NULL. */
enum marker_kind subject_kind(const char *subject);
/* The subject without them. TAKES_WEAK: also marks that are words of somebody's language ("Pro:", "Ad:"), which otherwise count only
 * beside a sure one. Never NULL; caller frees. */
char *subject_base(const char *subject, bool takes_weak);
