/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the elements of HTML mean for plain text. Part of html.c.
 */
#pragma once

enum element {
    ELEMENT_INLINE,
    ELEMENT_BLOCK,     /* a line of its own */
    ELEMENT_PARAGRAPH, /* an empty line around it */
    ELEMENT_QUOTE,
    ELEMENT_LIST,
    ELEMENT_ITEM,
    ELEMENT_ROW,
    ELEMENT_CELL,
    ELEMENT_PRE,
    ELEMENT_LINK,
    ELEMENT_IMAGE,
    ELEMENT_BREAK,
    ELEMENT_RULE,
    ELEMENT_SILENT, /* never text: script, style, head */
};

/* ELEMENT_INLINE for one that is not known. */
enum element html_element_of(const char *name);
