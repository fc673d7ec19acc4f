/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines that name an entry of a digest; private to forum/portions*.c.
 */
#pragma once

#include "forum/portions.h"

#define MAX_NAME_WORDS 4 /* below a closing */

struct names { /* what the whole mail says about how its author counts */
    const struct portions_entry *entries;
    guint n_entries;
    bool has_words; /* "zu 3:", "#3", "3:" stand in it: then "1." and "2)" are lists */
    bool is_list;   /* "1. ..., 2. ...": points of an argument as well as entries */
};
struct name {
    GArray *entries;  /* guint, indices; NULL if it is unknown; the caller's */
    bool is_unknown;  /* a number that no entry has, or one that two may be meant by */
    const char *rest; /* where its author's text goes on, within the line */
};

void names_init(struct names *n, const GPtrArray *pieces, const struct portions_entry *entries, guint n_entries);
void names_clear(struct names *n);
/* Does LINE, of N bytes, name entries? IS_START: a paragraph begins here, or the line above names one, too. IS_BELOW: an entry
 * is quoted above, so that a bare "1." is a list. */
bool names_find(const struct names *n, const char *line, gsize n_bytes, bool is_start, bool is_below, struct name *out);
/* Is LINE nothing but the names of entries? OUT as above; *HAS_COLON_OUT: words of its author's may follow. */
bool names_read_whole(const char *line, const struct portions_entry *entries, guint n_entries, bool *has_colon_out,
                      struct name *out);
/* The newest entry with that number; below 0 none. */
gint names_entry(const struct portions_entry *entries, guint n_entries, gint64 number);
/* The newest entry whose title LINE is, and nothing else; -1 none, or several discussions have it. */
gint names_title(const char *line, const struct portions_entry *entries, guint n_entries);
/* The entry whose heading LINE is, marks of a quote before it or not; -1 none. */
gint names_heading(const char *line, gsize n_bytes, const struct portions_entry *entries, guint n_entries);
