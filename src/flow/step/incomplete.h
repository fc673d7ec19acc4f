/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing of a mail vanishes without a word: what is not part of the text is remembered beside the mail, and its author
 * and its readers are told (templates: left_out, has_contact_lines, other_forums).
 */
#pragma once

#include "flow/facts.h"

/* Of the mail M, which is row MESSAGE and came for RECIPIENTS (char *); N_CONTACT_LINES were cut below the author's name,
 * N_MASKED places inside the text.
 * *ANY_OUT: something is left out. */
bool incomplete_note(struct gateway *g, const struct message *m, row_id message, const struct looked_up *l,
                     const GPtrArray *recipients, guint n_contact_lines, guint n_masked, bool *any_out, struct err *e);
/* Of the forums that LINE (messages_left_out()) names those in which a new idea of HOME stands, too, because its mail went there: as many
 * as LIMIT_FORUMS_OF_A_MAIL, if they are open. struct forum; NULL: the database failed. */
GPtrArray *incomplete_also(struct gateway *g, const struct forum *home, const char *line, gint64 now, struct err *e);
