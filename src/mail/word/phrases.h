/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Phrases of machines, found in text in linear time: tables of them lie in *.def files that a person can read
 * and extend. Text is folded first, so that case, wrapping and typographic apostrophes do not matter. Pure.
 */
#pragma once

#include <glib.h>

struct phrase {
    const char *text; /* folded: lower case, single blanks; matches where a word begins */
    int value;        /* what it stands for, the table's own meaning */
    const char *note; /* more of it, NULL if none */
};

/* An index over a table, built in a moment; ROWS must outlive it. */
struct phrases {
    const struct phrase *rows;
    guint16 first[256]; /* row + 1 of the first phrase that begins with that byte */
    guint16 next[1024]; /* row + 1 of the next one with the same first byte, in the table's order */
};

/* At most 1,024 rows. */
void phrases_init(struct phrases *p, const struct phrase *rows, gsize n_rows);
/* The row of the table's order that comes first among those that occur in FOLDED; NULL if none does. */
const struct phrase *phrases_best(const struct phrases *p, const char *folded);
/* The phrase that occurs earliest; *AT_OUT is where. NULL if none does. */
const struct phrase *phrases_first(const struct phrases *p, const char *folded, const char **at_out);
/* The longest phrase that FOLDED begins with, NULL if none. */
const struct phrase *phrases_at_start(const struct phrases *p, const char *folded);

/* TEXT (UTF-8, N bytes at most, -1: all) in lower case, every run of white space one blank, quotes straight.
 */
char *phrases_fold(const char *text, gssize n);
