/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Several reasons why a text waits for a moderator (enum why), as bits: 1 << WHY_LINKS. Pure.
 */
#pragma once

#include "forum/model.h"

#define WHYS(why) (1u << (why))

/* The one that weighs most; WHY_FORUM if there is none. */
enum why whys_first(guint whys);
/* The names of all of them but EXCEPT, the heaviest first, with SEPARATOR between; NULL: none is left. Caller frees. */
char *whys_words(guint whys, guint except, const char *separator);
/* What whys_words() made with a blank (NULL: nothing). */
guint whys_parse(const char *words);
/* All the reasons of H. */
guint whys_of(const struct hold *h);
