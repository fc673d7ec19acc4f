/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is left to tell of what happened to an idea: what was undone again before anybody was told is not. Pure.
 */
#pragma once

#include "forum/model.h"

/* Takes out of STEPS (struct stage, oldest first, of one idea, all since something was told) what came to nothing: states that led
 * back to the first one, moves that led home, days of the next step that were set back, another forum, a proposal or a merged idea that
 * came and went, or went and came. */
void undone_sift(GPtrArray *steps);
