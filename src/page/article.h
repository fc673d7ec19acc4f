/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One post on a page, without those below it: its words, or what is left of one that was taken back or removed. Written once for all
 * pages that show it so (page/parts.h).
 */
#pragma once

#include "page/talk.h"

/* A map with the part article of POST; caller owns it. */
struct value *article_of(struct talk *t, const struct post *post);
/* For T's frame: what all articles of the page have from it, its language and prefix, and where answers go. */
guint64 article_frame(const struct talk *t);
