/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What of an author's mail does not become part of the text, so that nothing vanishes without a word: pictures and
 * files, contact lines below the name, other forums that the mail went to; and where it stands, if its address did not say so. Pure.
 */
#pragma once

#include "mail/message/message.h"

#include <stdbool.h>

struct left_out {
    guint n_pictures, n_files, n_contact_lines;
    guint n_masked; /* telephone numbers and the like inside the text */
    char **forums;  /* names; NULL none; owned */
    bool is_led;    /* the mail went to a forum, and answers what we sent about an idea: there it stands */
    char *word;     /* the command with which the text begins, its name (command_row); NULL none; owned */
};

/* Counts the attachments of M. Small pictures inside the text (a logo, a smiley) are nobody's contribution. */
void left_out_count(const struct message *m, struct left_out *out);
/* One line for the database, NULL if nothing was left out; and back (anything unknown is passed over). Caller frees. */
char *left_out_write(const struct left_out *l);
void left_out_read(const char *line, struct left_out *out);
void left_out_clear(struct left_out *l);
