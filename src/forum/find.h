/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What somebody looks for, in their words. Pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* WORDS as an expression of FTS5 (its manual, 3.): all of them, each also as the beginning of a longer one (Tarif: Tarife,
 * Tarifgebiet) if it has FIND_PREFIX letters; a phrase in quotation marks as it stands. A word's ending does not matter (Radwegen:
 * Radweg, Radwege; Häuser: Haus), nor how umlauts and ß are typed (Buerger, Strasse). At most LIMIT_FIND_WORDS count. NULL: there is
 * nothing to look for. Nothing in WORDS is ever an operator. Caller frees.
 *
 * Why endings are taken off here and not in the index: it then stays one that every SQLite reads, in any language, and the beginning
 * of words, which people type anyway, does the rest. */
char *find_expression(const char *words);
/* The same of whole words with their endings, no beginnings of longer ones: whatever the index holds, the newest that fit are found without
 * reading more of it than they take (a beginning makes FTS5 join all that begin so, first). Caller frees. */
char *find_whole(const char *words);
/* The same for the index of titles (store/words.h): titles that have all the WORDS, each where it stands in one of theirs; a word of one
 * letter is a whole word there, one of two begins one. What find_is_in_title() says yes to. NULL: nothing can. Caller frees. */
char *find_titles(const char *words);
/* TITLE as that index has it. Caller frees. */
char *find_title_words(const char *title);
/* Does TITLE have all of the words? */
bool find_is_in_title(const char *words, const char *title);
