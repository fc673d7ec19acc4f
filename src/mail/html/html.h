/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HTML mail to plain text: paragraphs, lists and table rows as lines, links as text with their address.
 * Quotes (blockquote with cite, gmail_quote, ...) become lines that start with "> ", ">> " and so on; the
 * attribution line that a mail program marks as one (gmail_attr, moz-cite-prefix) becomes the first line of
 * its quote. Where Outlook starts the old mail (a div with a line above it, #divRplyFwdMsg, #appendonsend)
 * and for <hr> stands a line of 32 underscores, as Outlook writes it itself, for what follows may be a quote
 * or a forward. A signature that the mail program marks as one gets a line "-- " above it.
 *
 * What a reader would not see (display:none, zero size, white on white, ...) is left out and reported. Linear
 * time, limits before the parser.
 */
#pragma once

#include <glib.h>

#define HTML_RULE "________________________________"

/* HTML is UTF-8. Adds "hidden-text", "html-too-long" and "html-too-many-attributes" to DEFECTS. Caller frees.
 */
char *html_to_text(const char *html, GPtrArray *defects);
/* The same without what stands in for images (alt): the words that somebody wrote. Reports nothing. Caller frees. */
char *html_to_words(const char *html);
