/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions to the tables attributions.def, heads.def and signatures.def. Every text given here is folded (reply_match.h)
 * unless it says otherwise.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "mail/word/subject.h"

enum head_role { ROLE_NONE, ROLE_FROM, ROLE_SENT, ROLE_TO, ROLE_CC, ROLE_SUBJECT, ROLE_OTHER };
#define N_ROLES (ROLE_OTHER + 1)

enum attribution {
    ATTRIBUTION_NONE,
    ATTRIBUTION_NAME, /* only says who wrote */
    ATTRIBUTION_FULL,
};
/* Is TEXT the sentence above a quote? A row that begins with a word says where the sentence starts; one that
 * begins with a gap fits more easily and is asked for apart. TEXT is plain (reply_sentence.h). */
enum attribution words_attribution(const char *text, gsize n, bool begins_with_gap);
/* The word before the colon of a line in a header block. */
enum head_role words_role(const char *word, gsize n);
/* What stands between the signs of a separator. */
enum marker_kind words_marker(const char *text, gsize n);
/* A line that a mail program wrote about itself. */
bool words_are_advert(const char *text, gsize n);
/* The same of the last line of a text, alone there: a person may write this as well. Also what links to where only mail programs
 * link to, or names a device or program in a language that the tables do not know. */
bool words_are_last_advert(const char *text, gsize n);
/* Holds TEXT a phrase of a list's or tracker's foot? */
bool words_have_footer(const char *text);
/* Is TEXT the closing formula of a letter, alone in its line? */
bool words_are_closing(const char *text);

/* For the test of the table: row I of all texts in it, NULL after the last. */
const char *words_row(gsize i);
