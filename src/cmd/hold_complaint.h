/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Complaints at the command line: about a text that was refused, removed or redacted, its author is of another mind. Where nobody of the
 * forum can decide, the operator does.
 */
#pragma once

#include "cmd/door.h"
#include "forum/model.h"

#include <json-glib/json-glib.h>

/* The text that H was about, and what was said about it: a complaint, questions, notes. B NULL: for people. */
bool hold_print_about(const struct door *d, JsonBuilder *b, const struct hold *h, struct err *e);
/* BY decides about the complaint (0: the operator): REASON NULL: it is right, the text appears after all; else the decision stands, and
 * why. */
bool hold_decide_complaint(struct door *d, const struct hold *h, row_id by, const char *reason, struct err *e);
