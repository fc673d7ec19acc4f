/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which ideas are about the same: by the stems of their words, German and English. Pure; finding the candidates is the index's affair
 * (flow/view/similar.h). A stem is a word without its ending, folded; "Fahrräder" and "Fahrradweg" have "fahrrad" in common.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The stems of TITLE and of the beginning of TEXT, each once, without words that say nothing; those of the title first, then the
 * longest, which are the rarest. At most MOST (0: all). char *, owned. */
GPtrArray *similar_stems(const char *title, const char *text, guint most);
/* What the full-text index is asked for one stem: every word that begins with it. Caller frees. */
char *similar_expression(const char *stem);
/* How much of STEMS, each with its weight (gdouble, as many), another idea with STEMS_OF_OTHER has: 0 to 1. *N_COMMON_OUT: how many. */
double similar_score(const GPtrArray *stems, const GArray *weights, const GPtrArray *stems_of_other, guint *n_common_out);
/* The weight of a stem that N texts have, of whom nobody counts more than MOST. */
double similar_weight(guint n, guint most);
/* Is that enough to name it? */
bool similar_is_near(double score, guint n_common);
