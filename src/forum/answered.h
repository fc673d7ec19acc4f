/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "Das kenne ich aus eigener Erfahrung." says nothing without the line that it answers. Who writes between the lines of a quote keeps
 * them; what stands above or below a whole quote needs none. Pure, linear in both texts.
 */
#pragma once

#include <glib.h>

/* TEXT, the new words of a mail whose whole text is BODY, with what each of its parts answers above it, marked with "> ": the end of
 * the paragraph of PARENT (the post that is answered) that stood right above it in BODY, at most LIMIT_ANSWERED_BYTES. Only words of
 * PARENT are kept, and only if the answers stand between its words. NULL: there is nothing to keep. Caller frees. */
char *answered_keep(const char *body, const char *text, const char *parent);

/* Who answers their own answer quotes that, too, and no mail of ours has it. TEXT without the paragraphs that say what WRITTEN (char *,
 * what its author said before) says and stand in BODY right below a line that is neither new nor ours: the one by which a program says
 * whose words follow. REST: BODY without the lines of ours. NULL: there are none, or nothing would be left. Caller frees. */
char *answered_drop_written(const char *body, const char *rest, const char *text, const GPtrArray *written);

/* TEXT with MARK in place of what its quoted lines ("> ") have of one of SAID (char *): the whole line if it is in it, or has some words
 * in a row that are. For lines as answered_keep() leaves them, which are too short for memory_replace(). NULL: it has none. Caller frees. */
char *answered_forget(const char *text, const GPtrArray *said, const char *mark);

/* TEXT with MARK in place of all that it quotes, for what it was is not known any more. NULL: it quotes nothing. Caller frees. */
char *answered_forget_all(const char *text, const char *mark);
