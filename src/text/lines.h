/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a line of plain text is, for those who wrap, join and mark up (wrap.c, unwrap.c, html.c, layout.c).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

enum line_kind {
    LINE_BLANK,
    LINE_HEADING,
    LINE_SUBHEADING,
    LINE_TOPIC,
    LINE_ENTRY,
    LINE_FOOTER,
    LINE_LANGUAGE,
    LINE_WORD,
    LINE_PEOPLE,
    LINE_BUTTON,
    LINE_QUIET,
    LINE_LINK,
    LINE_BRAND,
    LINE_WAY,
    LINE_BLOCK,  /* text: its number */
    LINE_QUOTE,  /* starts with ">" and then a blank, another ">" or nothing */
    LINE_BULLET, /* "- ", "* ", "• " */
    LINE_NUMBER, /* "1. ", "12) " */
    LINE_INDENTED,
    LINE_TEXT,
};

struct line {
    enum line_kind kind;
    const char *text;  /* behind mark, quote signs or bullet */
    gsize n_bytes;     /* of text, without blanks at its end */
    const char *whole; /* the line from its start, mark included */
    gsize n_whole;     /* without blanks at its end */
    guint depth;       /* of a quote */
    guint number;      /* of a numbered item */
};

/* Reads the line at AT and returns where the next one starts; AT must not be at the end of the text. */
const char *line_read(const char *at, struct line *out);
/* Of a button, quiet button or link: label 0, address 1, text or subject 2. Caller frees. */
char *line_field(const struct line *l, guint index);
/* Was the break between LINE and NEXT made by somebody who wraps at COLUMNS? True if NEXT's first word did not fit. */
bool line_is_soft_break(const struct line *line, const struct line *next, guint columns);
