/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an editor wrote in Markdown (CommonMark, libcmark), as a master text (text/wrap.h) from which both parts of a mail come.
 * Raw HTML is left out, pictures become their description: nothing that a mail of ours shows is fetched from elsewhere.
 *
 *     # title               the mail's heading, where it stands first; other headings one below, third ones two below
 *     > words               somebody's words, framed
 *     [text](address)       a link; in plain text the address stands below the line
 *     **[text](address)**   alone in its paragraph: a button
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct markdown_link {
    char *label; /* of a picture its description, "" none */
    char *url;
};
struct markdown {
    char *master;                /* without the title */
    char *title;                 /* of the first heading, if it is the first thing; NULL */
    GPtrArray *links, *pictures; /* struct markdown_link */
    bool has_html;               /* raw HTML was left out */
};

/* SOURCE is UTF-8. Never fails: what is no Markdown is text. */
void markdown_read(const char *source, struct markdown *out);
void markdown_clear(struct markdown *m);
/* TEXT so that nothing in it means anything in Markdown; one line. Caller frees. */
char *markdown_escape(const char *text);
