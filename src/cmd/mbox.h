/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The messages of a mailbox file, one at a time (RFC 4155; mboxrd and mboxo). Only the one message is in
 * memory.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

struct mbox {
    FILE *file;
    GByteArray *line;    /* the line that was read last */
    bool is_after_empty; /* the line before it was empty: a "From " here separates */
    bool has_line;       /* LINE still waits to be used */
};

void mbox_open(struct mbox *b, FILE *file); /* FILE stays the caller's */
/* Fills MESSAGE (emptied first) with the next message, without its "From " line and with ">From " unquoted.
 * Of more than N_MAX bytes the rest is dropped and *IS_CUT_OUT set. False at the end of the file. */
bool mbox_next(struct mbox *b, GByteArray *message, gsize n_max, bool *is_cut_out);
void mbox_close(struct mbox *b);
