/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is new in a text: quotes of earlier mail, forwarded mail, signature and client adverts are told apart from
 * what the author wrote now. Pure; linear time; in doubt the line is the author's. The wording is data: attributions.def, heads.def, subjects.def, signatures.def.
 */
#pragma once

#include "mail/message/message.h"

struct reply {
    char *text;                  /* what the author newly wrote, with answers between and below quotes; "" where that is nothing:
                                  * a bare quote, a forward without a note, an advert or a signature alone */
    char *signature;             /* "" if none */
    char *elided;                /* quoted or forwarded text that was cut, "" if none */
    struct forwarded *forwarded; /* NULL if the body holds no forwarded mail */
};

/* What the header says about the body; all of it borrowed, all of it may be NULL. */
struct reply_context {
    const char *subject;      /* helps to see a forward ("WG: ...") */
    bool is_answer;           /* the mail has In-Reply-To or References */
    bool is_first;            /* a whole header says that it answers nothing: only an address above a quote proves one */
    const GPtrArray *to, *cc; /* struct mailbox: who is answered is named above the quote */
    const char *own_domain;   /* an address there is ours, so what stands around it is, too */
};
struct reply_context reply_context_of(const struct message *m, const char *own_domain);

/* BODY is UTF-8 with LF. Quotes from HTML (blockquote, gmail_quote, Outlook's border-top div, ...) come as lines that
 * start with "> ", as html_to_text() writes them.
 * Nothing is lost: text, signature and elided together hold every word of BODY. */
void reply_split(const char *body, const struct reply_context *context, struct reply *out);
void reply_clear(struct reply *r);

/* Where answers stand: what the author newly wrote in one go, and what was quoted between it and the piece before. The texts of
 * all pieces together are the text of reply_split(). A quote below the last words is a piece without text. */
struct reply_piece {
    char *above, *text; /* "" where there is nothing */
};
GPtrArray *reply_pieces(const char *body, const struct reply_context *context); /* struct reply_piece */
