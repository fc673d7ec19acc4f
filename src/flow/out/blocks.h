/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was written for one reader and stands in many mails (text/block.h), by a key that says all that its words hang on.
 */
#pragma once

#include "text/block.h"

struct blocks;
/* Keeps at most MOST_BYTES. */
struct blocks *blocks_new(gsize most_bytes);
void blocks_free(struct blocks *x);
/* A reference, the caller's; NULL: not there. */
struct text_block *blocks_find(struct blocks *x, const char *key);
/* Takes a reference. Where there is no room all others go: those that are still wanted come back at once. */
void blocks_keep(struct blocks *x, const char *key, struct text_block *b);
void blocks_forget(struct blocks *x);
