/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As much of CSS as decides whether text can be seen, and the marks by which mail programs tell a quote. Part
 * of html.c.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define COLOUR_NONE (-1)

enum html_font { HTML_FONT_UNSAID, HTML_FONT_TINY, HTML_FONT_READABLE };

/* What an element says of its text by its own attributes */
struct html_style {
    gint32 colour, background; /* 0xrrggbb, COLOUR_NONE if not said */
    enum html_font font;       /* an element inside may say otherwise, as with colours */
    bool is_hidden;            /* whatever the colours and sizes are, with all that is inside */
    bool is_preformatted;
    bool has_rule_above; /* border-top:solid, Outlook's line above an old mail */
    bool has_no_border;  /* border:none, a blockquote that only indents */
};

/* ATTRS as SAX gives them: name, value, ..., NULL; may be NULL. Names are lower case. */
void html_style_read(const char *const *attrs, struct html_style *style_out);
const char *html_attr(const char *const *attrs, const char *name);
/* The class list holds CLASS. */
bool html_has_class(const char *const *attrs, const char *class);
