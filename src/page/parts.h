/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parts of pages as a template wrote them, kept for the next page that has the same part: a page that is made anew because one post
 * came has fifty others as they were. A key says everything that a part was made from, so that nothing kept is ever out of date: numbers
 * as they are, texts as hash_word() of them, which is keyed, so nobody can write two texts that are one. Pure.
 */
#pragma once

#include <glib.h>

#define PARTS_BYTES (16 * 1024 * 1024) /* of all; then it begins anew */
#define PARTS_WORDS 12

struct parts_key {
    guint64 words[PARTS_WORDS];
};

struct parts;
struct parts *parts_new(void);
void parts_free(struct parts *k);   /* NULL is nothing */
void parts_forget(struct parts *k); /* other templates write other parts */
/* NULL: it is not there. Borrowed. */
GBytes *parts_find(const struct parts *k, const struct parts_key *key);
void parts_put(struct parts *k, const struct parts_key *key, GBytes *part);
