/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Part of a master text that stands in many mails, made plain text and HTML once. A line of MARK_BLOCK and a number in a master
 * is where one stands (text/wrap.h); it looks as if its words stood there, whole paragraphs or one item of a list. It may have
 * holes, for what each reader has otherwise, such as addresses of their own. Pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct mail_look;
struct text_block; /* never changes; counted */

/* HOLES: what of MASTER is a hole, in the order in which it stands there; ends with NULL. */
struct text_block *text_block_make(const char *master, const struct mail_look *look, char *const *holes);
struct text_block *text_block_ref(struct text_block *b);
void text_block_unref(struct text_block *b);
/* All holes were found, and WORD stands nowhere else: so the block may stand in mails to others. */
bool text_block_is_free_of(const struct text_block *b, const char *word);
gsize text_block_n_bytes(const struct text_block *b);

struct text_place { /* one in a mail */
    struct text_block *block;
    GStrv fills; /* for the holes; NULL: as it was made */
};
/* Array of struct text_place, which owns what they hold. */
GArray *text_places_new(void);

/* ---- for those who write masters (wrap.c, html.c, block_make.c) */
struct text_block_form {
    bool starts_blank, ends_blank; /* an empty line before, behind it, which is not in the text */
    bool is_item;                  /* of a bullet list: its HTML is <li> without the end tag */
};
/* From both forms. */
struct text_block *text_block_new(const char *plain, const char *html, const struct text_block_form *form, char *const *holes);
/* The place that the line's text says; NULL there is none. */
const struct text_place *text_places_at(const GArray *places, const char *number);
const struct text_block_form *text_block_form(const struct text_block *b);
void text_place_put_plain(GString *out, const struct text_place *p);
void text_place_put_html(GString *out, const struct text_place *p);
