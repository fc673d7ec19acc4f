/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an author cites with "> " above the mail that the program quotes: words of somebody else, which that mail does not say.
 * For reply.c.
 */
#pragma once

#include "mail/reply/reply_lines.h"

/* What a program quoted, as it is compared; all 0 at first. The caller frees the text. */
struct cited {
    char *text; /* folded, without marks; NULL not asked for yet */
    guint n_asked;
};

/* Do the marked lines [FROM, END) say what stands nowhere from line QUOTE on, nor who wrote them to whom? The first few times only;
 * then false. */
bool cited_from_elsewhere(const GArray *lines, guint from, guint end, guint quote, struct cited *below);
