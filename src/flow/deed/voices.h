/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * DAFÜR 17, NICHT MEHR 17, FOLGEN 17: lines of everybody about an idea that they name. The caller holds a savepoint.
 */
#pragma once

#include "flow/deed/deed.h"
#include "flow/step/told.h"

bool voices_are(enum command c);
/* What comes of being for IDEA: CAME_ASKED, nothing proves the writer; CAME_UNPROVED, and too much waits for their yes already, or
 * none could count. */
bool voices_check(const struct deed *d, const struct idea *idea, enum came *out, struct err *e);
/* ID: the idea. */
bool voices_do(const struct deed *d, const struct block_line *line, row_id id, const char **why_out, struct err *e);
bool voices_ask(const struct deed *d, row_id idea, struct err *e);
/* The mail that says so, where it was the only line; WHY as voices_do() found it. */
bool voices_tell(const struct deed *d, const struct block_line *line, row_id id, const char *why, struct err *e);
