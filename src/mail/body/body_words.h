/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Do two forms of a text say the same? Their words are compared, whatever stands between them: lines, marks, order. Linear. Pure.
 */
#pragma once

#include <glib.h>

/* A set of words, made by word_set_new(); freed with g_hash_table_unref(). */
typedef GHashTable word_set;

word_set *word_set_new(void);
/* The words of TEXT outside quotes (lines that begin with ">") and addresses in angles; a sign of Chinese or Japanese is a word. At
 * most LIMIT_FORM_WORDS in one set. */
void word_set_add(word_set *set, const char *text);
/* How many words of A are in B, too. */
guint word_set_shared(word_set *a, word_set *b);
/* Letters of HTML outside tags, about. */
gsize html_letters(const char *html);
