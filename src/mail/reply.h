/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is new in a text: quotes of earlier mail, forwarded mail, signature and client adverts are told apart from
 * what the author wrote now. Pure; linear time; in doubt the line is the author's. The rules are data: quotes.def.
 */
#pragma once

#include "mail/message.h"

struct reply {
    char *text;                  /* what the author newly wrote, with answers between and below quotes */
    char *signature;             /* "" if none */
    char *elided;                /* quoted or forwarded text that was cut, "" if none */
    struct forwarded *forwarded; /* NULL if the body holds no forwarded mail */
};

/* BODY is UTF-8 with LF. Quotes from HTML (blockquote, gmail_quote, Outlook's border-top div, ...) come as lines that
 * start with "> ", as html_to_text() writes them. SUBJECT helps to see a forward ("WG: ..."); may be NULL.
 * Nothing is lost: text, signature and elided together hold every word of BODY. */
void reply_split(const char *body, const char *subject, struct reply *out);
void reply_clear(struct reply *r);
