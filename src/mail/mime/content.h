/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the Content-* fields of an entity say (RFC 2045, 2183, 2231), and its bytes decoded by them.
 */
#pragma once

#include "mail/message/entity.h"
#include "mail/mime/budget.h"

struct content_fields { /* what only the building of the tree needs */
    enum transfer transfer;
    char *boundary; /* NULL if none */
};
void content_fields_clear(struct content_fields *f);
typedef struct content_fields content_fields_auto_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(content_fields_auto_t, content_fields_clear)

/* Fills type, charset, name, ... of E from its headers; DEFAULT_TYPE is the context's (RFC 2046 5.1.5). A
 * field that breaks the grammar is read tolerantly and marked, since the next reader may take it for
 * something else. */
void content_read_fields(struct entity *e, const char *default_type, struct content_fields *f_out, GPtrArray *defects);
/* ENCODED must outlive the result where nothing needs decoding, or BUDGET has nothing left for it. Never NULL. */
GBytes *content_decode(enum transfer transfer, const char *encoded, gsize n, struct budget *budget);
/* Of a multipart in which no part was found: its content as text. */
void content_read_loose(struct entity *e, struct budget *budget);
/* Of a text leaf with content: its text, and the files in it. */
void content_read_text(struct entity *e, struct budget *budget);
