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
/* The same for a LIKE over titles: all titles with the first of the words, and more (case of umlauts). */
char *find_title_pattern(const char *words);
/* Does TITLE have all of the words, whatever their case? */
bool find_is_in_title(const char *words, const char *title);
