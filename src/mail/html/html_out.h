/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The writing side of html_to_text(): words to lines, with quote marks, blank lines between paragraphs and no
 * blanks too many. Part of html.c.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct html_out {
    GString *text;
    guint depth;        /* of quotes */
    guint indent;       /* of list items, in blanks */
    guint n_breaks;     /* line ends that are due before the next word: 1 a line, 2 a paragraph */
    bool space_due;     /* a blank before the next word of this line */
    bool cell_due;      /* a gap between table cells */
    bool is_tight;      /* no empty line after the one just written */
    gsize line_start;   /* where the current line begins in TEXT */
    gssize attribution; /* where a marked attribution begins, -1 if none is open */
};

struct html_out *html_out_new(gsize size);
/* Words: runs of white space become one blank; zero-width characters vanish, *HIDDEN_OUT is set for text in
 * them. */
void html_out_words(struct html_out *o, const char *s, gsize n, bool *hidden_out);
/* As it stands, line by line. */
void html_out_preformatted(struct html_out *o, const char *s, gsize n);
void html_out_break(struct html_out *o, guint n_breaks); /* at least so many line ends before the next word */
void html_out_newline(struct html_out *o);               /* <br>: one more line end */
void html_out_cell(struct html_out *o);
bool html_out_at_line_start(const struct html_out *o);
/* An attribution starts here; html_out_quote() takes it into the quote, if nothing else was written since. */
void html_out_attribution(struct html_out *o);
void html_out_quote(struct html_out *o);
void html_out_unquote(struct html_out *o);
/* The text; frees the rest. */
char *html_out_finish(struct html_out *o);
