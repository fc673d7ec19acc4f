/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes to a tree of entities. A mail is read where it lies: a part is a range of bytes, only what is encoded
 * is copied. Broken MIME is read as what its sender's program meant, and marked: a part that is not found
 * here is hidden from us but perhaps not from the next reader.
 *
 * GMime is not used for this: it takes 0.5 GB for a million header fields, loses what follows a NUL, reads no
 * part of a multipart whose boundary is unclear and no attached message that is encoded, and cannot say where
 * a part lies.
 */
#include "mail/mime/structure.h"

#include "base/limits.h"
#include "mail/message/defect.h"
#include "mail/message/entity.h"
#include "mail/mime/budget.h"
#include "mail/mime/cms.h"
#include "mail/mime/content.h"
#include "mail/mime/field.h"
#include "mail/mime/split.h"
#include "mail/word/charset.h"

#include <string.h>

struct builder {
    struct field_budget fields;
    struct budget budget;
    GPtrArray *defects;
};

static struct entity *read_entity(struct builder *b, const char *from, const char *to, struct entity *parent, guint depth);

static struct entity *entity_new(struct entity *parent)
{
    struct entity *e = g_new0(struct entity, 1);

    e->headers = g_ptr_array_new_with_free_func((GDestroyNotify)header_free);
    e->parent = parent;
    return e;
}

static GPtrArray *children_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)entity_free);
}

static bool may_descend(struct builder *b, guint depth)
{
    if (depth >= LIMIT_DEPTH)
        defect_add(b->defects, "too-deep");
    else if (b->budget.n_parts == 0)
        defect_add(b->defects, "too-many-parts");
    else
        return true;
    return false;
}

static GArray *find_parts(struct builder *b, const char *from, const char *to, const char *boundary)
{
    GArray *parts = boundary != NULL ? split_parts(from, to, boundary, &b->budget) : NULL;
    g_autofree char *guess = parts == NULL || parts->len == 0 ? split_guess_boundary(from, to, &b->budget) : NULL;

    if (guess != NULL) {
        defect_add(b->defects, "bad-boundary");
        g_clear_pointer(&parts, g_array_unref);
        parts = split_parts(from, to, guess, &b->budget);
    }
    return parts != NULL ? parts : g_array_new(FALSE, FALSE, sizeof(struct split_part));
}

/* The body of a multipart; without any part in it, it is text that somebody may have meant. An encoding is
 * not allowed here (RFC 2045 6.4), but met. */
static void read_multipart(struct builder *b, struct entity *e, const struct content_fields *f, const char *from, const char *to,
                           guint depth)
{
    g_autoptr(GArray) parts = find_parts(b, from, to, f->boundary);

    if (parts->len == 0) {
        defect_add(b->defects, "no-parts");
        e->content = content_decode(f->transfer, from, (gsize)(to - from), &b->budget);
        gsize n;
        const char *data = g_bytes_get_data(e->content, &n);
        if (f->transfer == TRANSFER_BASE64 || f->transfer == TRANSFER_QP) {
            g_array_unref(parts);
            parts = find_parts(b, data, data + n, f->boundary);
        }
    }
    e->children = children_new();
    if (parts->len == 0)
        content_read_loose(e, &b->budget);
    for (guint i = 0; i < parts->len; i++) {
        const struct split_part *p = &g_array_index(parts, struct split_part, i);
        if (!may_descend(b, depth + 1))
            return;
        g_ptr_array_add(e->children, read_entity(b, p->from, p->to, e, depth + 1));
    }
}

static bool is_attached_message(const char *type)
{
    return strcmp(type, "message/rfc822") == 0 || strcmp(type, "message/global") == 0 || strcmp(type, "message/news") == 0 ||
           strcmp(type, "message/rfc2822") == 0;
}

static bool is_smime(const char *type)
{
    return strcmp(type, "application/pkcs7-mime") == 0 || strcmp(type, "application/x-pkcs7-mime") == 0;
}

/* What is only signed is read like a part (RFC 8551 3.5.2). Each layer is paid for, for layers may lie in layers. */
static void read_signed(struct builder *b, struct entity *e, guint depth)
{
    gsize n;
    GBytes *inside = g_bytes_get_size(e->content) <= b->budget.n_decoded_bytes ? cms_signed_content(e->content) : NULL;

    if (inside == NULL)
        return;
    g_bytes_unref(e->content); /* the entity inside lies in these bytes, and lives no longer */
    e->content = inside;
    const char *data = g_bytes_get_data(inside, &n);
    b->budget.n_decoded_bytes -= n;
    e->children = children_new();
    g_ptr_array_add(e->children, read_entity(b, data, data + n, e, depth + 1));
}

/* FROM may lie in bytes that were decoded before. */
static struct raw_place place_of(const struct builder *b, enum transfer transfer, const char *from, const char *to)
{
    guintptr start = (guintptr)b->fields.bytes, end = start + b->fields.n_bytes, at = (guintptr)from;
    bool is_inside = at >= start && at <= end && (guintptr)to <= end;

    return is_inside ? (struct raw_place){at - start, (gsize)(to - from), transfer} : (struct raw_place){0};
}

/* A leaf, or an attached message with its root as the only child. */
static void read_content(struct builder *b, struct entity *e, const struct content_fields *f, const char *from, const char *to,
                         guint depth)
{
    e->content = content_decode(f->transfer, from, (gsize)(to - from), &b->budget);
    e->raw = place_of(b, f->transfer, from, to);
    content_read_text(e, &b->budget);
    if (is_smime(e->type) && may_descend(b, depth + 1)) {
        read_signed(b, e, depth);
        return;
    }
    if (is_attached_message(e->type) && may_descend(b, depth + 1)) {
        gsize n;
        const char *data = g_bytes_get_data(e->content, &n);
        e->children = children_new();
        g_ptr_array_add(e->children, read_entity(b, data, data + n, e, depth + 1));
    }
}

static struct entity *read_entity(struct builder *b, const char *from, const char *to, struct entity *parent, guint depth)
{
    struct entity *e = entity_new(parent);
    bool in_digest = parent != NULL && strcmp(parent->type, "multipart/digest") == 0;
    g_auto(content_fields_auto_t) f = {0};

    b->budget.n_parts -= MIN(b->budget.n_parts, 1);
    const char *body = from < to ? field_read_block(from, to, e->headers, &b->fields) : to;
    content_read_fields(e, in_digest ? "message/rfc822" : "text/plain", &f, b->defects);
    if (g_str_has_prefix(e->type, "multipart/"))
        read_multipart(b, e, &f, body, to, depth);
    else
        read_content(b, e, &f, body, to, depth);
    return e;
}

struct entity *entity_parse(const char *bytes, gsize n_bytes, GPtrArray *defects)
{
    struct builder b = {.defects = defects};

    b.fields = (struct field_budget){.n_lines = LIMIT_HEADER_LINES_ALL,
                                     .n_left_bytes = LIMIT_HEADER_BYTES_ALL,
                                     .defects = defects,
                                     .bytes = bytes,
                                     .n_bytes = n_bytes};
    b.budget = (struct budget){.n_parts = LIMIT_PARTS,
                               .n_delimiters = LIMIT_DELIMITERS,
                               .n_text_bytes = LIMIT_TEXT_ALL_BYTES,
                               .n_decoded_bytes = LIMIT_DECODED_BYTES,
                               .defects = defects};
    struct entity *root = read_entity(&b, bytes, bytes + n_bytes, NULL, 0);
    g_free(b.fields.fallback_charset);
    return root;
}
