/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A compiled template, between template.c (which makes it) and expand.c (which walks it).
 */
#pragma once

#include "text/template.h"

enum piece_kind {
    PIECE_TEXT,     /* literal */
    PIECE_VARIABLE, /* escaped */
    PIECE_RAW,      /* as it is: {{{name}}} or {{&name}} */
    PIECE_SECTION,
    PIECE_INVERTED,
    PIECE_PARTIAL,
};

struct piece {
    enum piece_kind kind;
    char *text;    /* the literal, or the name as written */
    gsize n_bytes; /* of a literal */
    GStrv path;    /* of a name: its parts, empty for "."; of a partial: one string, the blanks before it */
    guint end;     /* of a section: index of the first piece after its inside */
};

struct template
{
    char *name;
    char *source; /* kept for partials that are indented */
    GArray *pieces;
};
