/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How numbers are shown to the world: groups of persons that are so small that somebody could be known again are not named, nor
 * what would give them away by subtraction. Pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define FIGURES_FEWEST 5 /* persons in a group that is named */

/* Which of the N cells of one table, all of persons, are hidden (HIDDEN_OUT, N flags): every one from 1 to FIGURES_FEWEST - 1, and,
 * since who knows the sum can subtract, the next smallest ones until at least two are hidden and they hold FIGURES_FEWEST persons
 * together. An empty cell hides nobody. *SUM_OUT (may be NULL): is the sum of the table to be hidden, too, because no such cell is
 * left? */
void figures_hide(const gint64 *cells, gsize n, bool *hidden_out, bool *sum_out);
/* Of N numbers, which are sorted; the middle one, or the mean of the two. 0 of none. */
gint64 figures_median(gint64 *numbers, gsize n);
/* PART of WHOLE in percent, rounded; 0 of nothing. */
gint64 figures_percent(gint64 part, gint64 whole);
