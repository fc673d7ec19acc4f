/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A MIME entity (RFC 2045) as plain data: what the readers of meaning (kind, dsn, reply, html, tnef) look at,
 * so that GMime is asked for dates alone (word/date.c). A tree of entities is made by entity_parse() (mime/structure.h) within the limits
 * of base/limits.h, and freed as a whole. Nothing here points into GMime.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct header {
    char *name;    /* as written */
    char *raw;     /* as written after the colon, unfolded (one line); 8-bit text made valid UTF-8; never NULL */
    char *value;   /* decoded (RFC 2047), valid UTF-8, no controls; never NULL */
    bool is_loose; /* blanks before the colon, or behind a line that is no field: other programs may not see it */
};

enum transfer { TRANSFER_IDENTITY, TRANSFER_BASE64, TRANSFER_QP, TRANSFER_UU };

/* Where a leaf lies in the mail as it came, still encoded. N 0: nowhere (it came out of something that was encoded itself). */
struct raw_place {
    gsize at, n;
    enum transfer transfer;
};

struct embedded {
    char *name; /* as in struct entity */
    GBytes *content;
};
void embedded_free(struct embedded *f);

struct entity {
    GPtrArray *headers;       /* struct header, in order; owned */
    char *type;               /* "text/plain", lower case; the default of the context if absent or broken */
    char *declared_type;      /* as given, lower case, NULL if there was none */
    char *charset;            /* as declared, lower case, NULL if none */
    char *name;               /* file name: decoded, base name only, no controls, no bidi; NULL if none */
    char *disposition;        /* "attachment", "inline", NULL if none */
    char *content_id;         /* without <>, NULL if none */
    bool is_flowed, is_delsp; /* RFC 3676 */
    char *report_type;        /* of multipart/report: "delivery-status", ...; NULL */
    /* Decoded bytes of a leaf (before any charset conversion) or of an attached message; NULL for most
     * multiparts. What needs no decoding is not copied: BYTES given to entity_parse() must live as long. */
    GBytes *content;
    struct raw_place raw;
    char *text;            /* of a text leaf: UTF-8, LF, flowed lines joined; NULL for others */
    GPtrArray *embedded;   /* struct embedded: files inside the text (uuencode, yEnc; TEXT is without them) or
                          * inside winmail.dat (TEXT is its body then); NULL if none */
    GPtrArray *children;   /* struct entity: parts of a multipart, or the one root of an attached message; NULL
                          * if leaf; empty for a multipart in which no part was found: its body is CONTENT and
                          * TEXT then */
    struct entity *parent; /* NULL at the root */
};

/* First field of that name (case-insensitive) or NULL. */
const struct header *entity_header(const struct entity *e, const char *name);
/* Decoded / raw value of the first such field, or NULL. */
const char *entity_value(const struct entity *e, const char *name);
const char *entity_raw(const struct entity *e, const char *name);
guint entity_count(const struct entity *e, const char *name);
/* Preorder walk: the entity after E inside ROOT, NULL at the end. `for (e = root; e; e = entity_next(root,
 * e))`. */
const struct entity *entity_next(const struct entity *root, const struct entity *e);
/* Next one after E without going into its children. */
const struct entity *entity_skip(const struct entity *root, const struct entity *e);
void entity_free(struct entity *e);

typedef struct entity entity_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(entity_autoptr_t, entity_free)
#define entity_auto g_autoptr(entity_autoptr_t) /* `entity_auto e = ...;` */
