/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parts of a mail that a person wrote, in their order. Each part is weighed inside its multipart: of an alternative one form
 * is taken, the plain one if it says what the HTML says; of a mixed one all parts are, but what only repeats another one.
 */
#pragma once

#include "mail/message/entity.h"

struct piece {
    const struct entity *entity; /* not owned */
    char *text;                  /* UTF-8, what is read in it */
    bool is_html;
    bool is_small_print; /* a list, a scanner or a mail server wrote it, nobody else */
    GPtrArray *defects;  /* char *, of making text of it; NULL if there was nothing to make */
};

/* struct piece *, owned by the array; parts without a word are left out. Files are asked only if there is no other text
 * (*IS_FROM_FILE_OUT), an attached mail never. Caller unrefs. */
GPtrArray *body_pieces(const struct entity *root, bool *is_from_file_out, GPtrArray *defects);
/* Is it a text that a person reads: not a calendar, a card, a style sheet, nor the machine's form of another part? */
bool body_is_readable(const struct entity *e);
/* Meant as a file, not as what the person says: so named or so marked. */
bool body_is_file(const struct entity *e);
/* winmail.dat: what is in it counts, not itself. */
bool body_is_unpacked(const struct entity *e);
