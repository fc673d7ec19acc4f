/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The public name that somebody asks for, inside the caller's transaction. A name that forum/name.h refuses, or that could
 * be read as somebody else's, is shown nowhere: the text goes on without a name, and its author is asked for another one.
 * Nothing waits for the answer, and an earlier name does not come back: who wanted another one may have had a reason.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/name.h"

/* Does what a NAME line in ANSWER asks for P, who writes in IDEA (0: a new one). *FAULT_OUT: NAME_FINE, also without
 * such a line. P is only changed in memory. */
bool names_take(struct gateway *g, struct person *p, const char *answer, row_id idea, enum name_fault *fault_out, struct err *e);
/* P becomes an organisation called NAME, and its name says so wherever it is shown; no person's may. Without a name it stays one. */
bool names_take_organisation(struct gateway *g, struct person *p, const char *name, enum name_fault *fault_out, struct err *e);
/* The same for the author of H, whose text was confirmed before; stored and noted in the journal. */
bool names_change(struct gateway *g, const struct hold *h, const char *answer, row_id message, gint64 now,
                  enum name_fault *fault_out, struct err *e);
/* The mail that tells the outcome. */
enum purpose names_purpose(enum name_fault fault);
