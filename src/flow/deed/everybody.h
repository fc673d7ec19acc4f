/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line of the words of everybody: what stands in its way, and what it brings about. The caller holds a savepoint.
 */
#pragma once

#include "flow/deed/deed.h"
#include "flow/step/told.h"

/* Which forum or idea the line is about: the one named, else the one written to; 0 none. */
row_id everybody_about(const struct deed *d, const struct block_line *line);
/* Is its writer asked before it does something, whatever proves them? (Those of other rows are asked by everybody_check().) */
bool everybody_is_always_asked(const struct block_line *line);
/* Does LINE change something, and its writer, whom nothing proves, is asked before it does? */
bool everybody_is_below(const struct deed *d, const struct block_line *line);
/* *OUT: CAME_DONE, nothing; CAME_ASKED: its writer is asked about it. */
bool everybody_check(const struct deed *d, const struct block_line *line, enum came *out, struct err *e);
/* *WHY_OUT: a word, static, for what the answer says of it; NULL none. */
bool everybody_carry_out(const struct deed *d, const struct block_line *line, const char **why_out, struct err *e);
bool everybody_ask(const struct deed *d, const struct block_line *line, struct err *e);
