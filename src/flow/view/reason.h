/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why something was removed, as people read it: the row keeps a code of reason.def, alone or before words of its own.
 */
#pragma once

#include "text/templates.h"

/* WHICH: "" what everybody may read, "_private" what its author reads, "_fix" what they can do. NULL: it has no code. Borrowed. */
const char *view_reason_sentence(const struct templates *t, const char *language, const char *reason, const char *which);
/* The code; NULL none. Caller frees. */
char *view_reason_code(const char *reason);
/* The words beside the code; all of it where there is none; "" none. Borrowed. */
const char *view_reason_words(const char *reason);
/* What everybody may read: sentence and words. NULL stays NULL. Caller frees. */
char *view_reason(const struct templates *t, const char *language, const char *reason);
