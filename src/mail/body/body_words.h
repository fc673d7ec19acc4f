/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Do two forms of a text say the same? Their words are compared, whatever stands between them: lines, marks, order. Linear. Pure.
 */
#pragma once

#include <glib.h>

/* A set of words, kept as their hashes. */
typedef struct word_set word_set;

word_set *word_set_new(void);
void word_set_free(word_set *set);
/* The words of TEXT outside quotes (lines that begin with ">") and addresses in angles; a sign of Chinese or Japanese is a word. At
 * most LIMIT_FORM_WORDS in one set. */
void word_set_add(word_set *set, const char *text);
/* How many there are. */
guint word_set_size(const word_set *set);
/* How many words of A are in B, too. */
guint word_set_shared(const word_set *a, const word_set *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(word_set, word_set_free)

/* Letters of HTML outside tags, about. */
gsize html_letters(const char *html);
