/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes to a tree of entities. GMime finds the parts; transfer encodings, parameters, charsets and flowed text are
 * decoded by our own decoders from the bytes of each part. The only file that reads mail with GMime.
 */
#include "base/limits.h"
#include "mail/charset.h"
#include "mail/decode.h"
#include "mail/defect.h"
#include "mail/entity.h"
#include "mail/param.h"

#include <gmime/gmime.h>
#include <string.h>

static void object_clear(void *slot)
{
    g_clear_object((GObject **)slot);
}
#define MIME_AUTO(type) __attribute__((cleanup(object_clear))) type * /* GMime's types have no autoptr */

struct builder {
    const char *bytes; /* of the whole message, as GMime sees it */
    gsize n_bytes;
    GPtrArray *defects;
    guint n_parts;
};

static void header_free(gpointer data)
{
    struct header *h = data;

    if (h->value != h->raw)
        g_free(h->value);
    g_free(h->name);
    g_free(h->raw);
    g_free(h);
}

/* One line, without the blanks around it. */
static char *unfold(const char *raw)
{
    while (g_ascii_isspace(*raw))
        raw++;
    gsize n = strlen(raw);
    while (n > 0 && g_ascii_isspace(raw[n - 1]))
        n--;
    char *line = g_strndup(raw, n), *to = line;
    for (const char *from = line; *from != '\0'; from++)
        if (*from != '\r' && *from != '\n')
            *to++ = *from;
    *to = '\0';
    return line;
}

/* Most fields are plain ASCII without encoded words: their value is their raw text. */
static bool is_plain(const char *raw)
{
    for (const guchar *p = (const guchar *)raw; *p != '\0'; p++)
        if (*p < 0x20 || *p >= 0x7f || (*p == '=' && p[1] == '?'))
            return false;
    return true;
}

static void add_header(struct builder *b, GPtrArray *headers, const char *name, const char *raw)
{
    struct header *h = g_new(struct header, 1);
    bool broken = false;

    h->name = g_strdup(name);
    h->raw = unfold(raw);
    h->value = is_plain(h->raw) ? h->raw : decode_words(h->raw, strlen(h->raw), &broken);
    if (broken)
        defect_add(b->defects, "8bit-header");
    g_ptr_array_add(headers, h);
}

static void add_headers(struct builder *b, GPtrArray *headers, GMimeObject *object)
{
    GMimeHeaderList *list = g_mime_object_get_header_list(object);
    int n = g_mime_header_list_get_count(list);

    for (int i = 0; i < n; i++) {
        GMimeHeader *h = g_mime_header_list_get_header_at(list, i);
        const char *raw = g_mime_header_get_raw_value(h);
        add_header(b, headers, g_mime_header_get_name(h), raw != NULL ? raw : "");
    }
}

static struct entity *entity_new(struct entity *parent)
{
    struct entity *e = g_new0(struct entity, 1);

    e->headers = g_ptr_array_new_with_free_func(header_free);
    e->parent = parent;
    return e;
}

static bool is_type(const char *value)
{
    const char *slash = strchr(value, '/');

    if (slash == NULL || slash == value || slash[1] == '\0')
        return false;
    for (const char *p = value; *p != '\0'; p++)
        if (*p <= 0x20 || (guchar)*p >= 0x7f || strchr("()<>@,;:\\\"[]?=", *p) != NULL || (*p == '/' && p != slash))
            return false;
    return true;
}

static char *base_name(const char *value)
{
    const char *slash = strrchr(value, '/'), *name = slash != NULL ? slash + 1 : value;
    const char *back = strrchr(name, '\\');

    if (back != NULL && back[1] != '\0' && g_ascii_isalpha(name[0]) && name[1] == ':')
        name = back + 1; /* C:\Documents\letter.pdf */
    char *clean = g_strdup(name);
    charset_clean_name(clean);
    g_strstrip(clean);
    if (*clean == '\0' || strcmp(clean, ".") == 0 || strcmp(clean, "..") == 0)
        g_clear_pointer(&clean, g_free);
    return clean;
}

static void read_disposition(struct entity *e, const struct param_field *type)
{
    const char *raw = entity_raw(e, "Content-Disposition"), *name = NULL;
    g_autoptr(param_field_autoptr_t) disposition = raw != NULL ? param_parse(raw) : NULL;

    if (disposition != NULL) {
        name = param_get(disposition, "filename");
        if (*disposition->value != '\0')
            e->disposition = g_utf8_make_valid(disposition->value, -1);
    }
    if (name == NULL || *name == '\0')
        name = param_get(type, "name");
    if (name == NULL && disposition != NULL)
        name = param_get(disposition, "name");
    e->name = name != NULL ? base_name(name) : NULL;
    const char *id = entity_value(e, "Content-ID");
    if (id != NULL && *id != '\0')
        e->content_id = g_strdup(id);
    if (e->content_id != NULL && *e->content_id == '<') {
        gsize n = strcspn(e->content_id + 1, ">");
        memmove(e->content_id, e->content_id + 1, n);
        e->content_id[n] = '\0';
    }
}

/* Fills what the fields say. DEFAULT_TYPE is the context's (RFC 2046 5.1.5). */
static void read_fields(struct builder *b, struct entity *e, const char *default_type)
{
    const char *raw = entity_raw(e, "Content-Type");
    g_autoptr(param_field_autoptr_t) type = param_parse(raw != NULL ? raw : "");

    if (raw != NULL) {
        e->declared_type = g_utf8_make_valid(type->value, -1);
        charset_clean_line(e->declared_type);
    }
    if (is_type(type->value)) {
        e->type = g_strdup(type->value);
    } else {
        if (raw != NULL)
            defect_add(b->defects, "bad-content-type");
        e->type = g_strdup(default_type);
    }
    const char *charset = param_get(type, "charset");
    if (charset != NULL && *charset != '\0')
        e->charset = g_strstrip(g_ascii_strdown(charset, -1));
    const char *format = param_get(type, "format"), *delsp = param_get(type, "delsp");
    e->is_flowed = format != NULL && g_ascii_strcasecmp(format, "flowed") == 0;
    e->is_delsp = e->is_flowed && delsp != NULL && g_ascii_strcasecmp(delsp, "yes") == 0;
    if (strcmp(e->type, "multipart/report") == 0)
        e->report_type = g_ascii_strdown(param_get(type, "report-type") ?: "", -1);
    if (entity_count(e, "Content-Type") > 1)
        defect_add(b->defects, "double-content-type");
    read_disposition(e, type);
}

enum transfer { TRANSFER_IDENTITY, TRANSFER_BASE64, TRANSFER_QP, TRANSFER_UU };

static enum transfer read_transfer(struct builder *b, const struct entity *e)
{
    const char *raw = entity_raw(e, "Content-Transfer-Encoding");
    g_autoptr(param_field_autoptr_t) f = param_parse(raw != NULL ? raw : "");

    if (strcmp(f->value, "base64") == 0)
        return TRANSFER_BASE64;
    if (strcmp(f->value, "quoted-printable") == 0)
        return TRANSFER_QP;
    if (g_str_has_suffix(f->value, "uuencode") || strcmp(f->value, "x-uue") == 0)
        return TRANSFER_UU;
    if (*f->value != '\0' && strcmp(f->value, "7bit") != 0 && strcmp(f->value, "8bit") != 0 && strcmp(f->value, "binary") != 0)
        defect_add(b->defects, "bad-transfer-encoding");
    return TRANSFER_IDENTITY;
}

/* Text of a leaf whose content is known. */
static void read_text(struct builder *b, struct entity *e)
{
    gsize n;
    const char *data = g_bytes_get_data(e->content, &n);
    bool mismatch = false;

    if (!g_str_has_prefix(e->type, "text/"))
        return;
    if (n > LIMIT_TEXT_BYTES) {
        n = LIMIT_TEXT_BYTES;
        defect_add(b->defects, "text-too-long");
    }
    e->text = charset_to_utf8(data != NULL ? data : "", n, e->charset, &mismatch);
    charset_clean_text(e->text);
    if (mismatch)
        defect_add(b->defects, "charset-mismatch");
    if (e->is_flowed && strcmp(e->type, "text/plain") == 0) {
        char *joined = decode_flowed(e->text, e->is_delsp);
        g_free(e->text);
        e->text = joined;
    }
}

/* ENCODED must outlive the tree where nothing needs decoding. */
static void read_leaf(struct builder *b, struct entity *e, const char *encoded, gsize n)
{
    bool broken = false;

    switch (read_transfer(b, e)) {
    case TRANSFER_BASE64:
        e->content = decode_base64(encoded, n, &broken);
        break;
    case TRANSFER_QP:
        e->content = decode_qp(encoded, n, &broken);
        break;
    case TRANSFER_UU:
    case TRANSFER_IDENTITY:
        e->content = g_bytes_new_static(encoded, n);
        break;
    }
    if (broken)
        defect_add(b->defects, "bad-encoding");
    read_text(b, e);
}

static struct entity *from_object(struct builder *b, GMimeObject *object, struct entity *parent, guint depth);

static void add_child(struct builder *b, struct entity *e, GMimeObject *object, guint depth)
{
    if (object == NULL)
        return;
    if (depth >= LIMIT_DEPTH || b->n_parts >= LIMIT_PARTS) {
        defect_add(b->defects, depth >= LIMIT_DEPTH ? "too-deep" : "too-many-parts");
        return;
    }
    g_ptr_array_add(e->children, from_object(b, object, e, depth + 1));
}

static void read_part(struct builder *b, struct entity *e, GMimePart *part)
{
    GMimeDataWrapper *wrapper = g_mime_part_get_content(part);
    GMimeStream *stream = wrapper != NULL ? g_mime_data_wrapper_get_stream(wrapper) : NULL;
    gsize from = 0, to = 0;

    if (stream != NULL) {
        from = (gsize)MAX(stream->bound_start, 0);
        to = stream->bound_end < 0 ? b->n_bytes : (gsize)stream->bound_end;
    }
    to = MIN(to, b->n_bytes);
    read_leaf(b, e, b->bytes + MIN(from, to), to - MIN(from, to));
}

static struct entity *from_object(struct builder *b, GMimeObject *object, struct entity *parent, guint depth)
{
    struct entity *e = entity_new(parent);
    bool in_digest = parent != NULL && strcmp(parent->type, "multipart/digest") == 0;

    b->n_parts++;
    if (GMIME_IS_MESSAGE(object)) {
        add_headers(b, e->headers, object);
        object = g_mime_message_get_mime_part((GMimeMessage *)object);
    }
    if (object != NULL)
        add_headers(b, e->headers, object);
    read_fields(b, e, in_digest ? "message/rfc822" : "text/plain");
    if (GMIME_IS_MULTIPART(object)) {
        int n = g_mime_multipart_get_count((GMimeMultipart *)object);
        e->children = g_ptr_array_new_with_free_func((GDestroyNotify)entity_free);
        for (int i = 0; i < n; i++)
            add_child(b, e, g_mime_multipart_get_part((GMimeMultipart *)object, i), depth);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
        e->children = g_ptr_array_new_with_free_func((GDestroyNotify)entity_free);
        add_child(b, e, (GMimeObject *)g_mime_message_part_get_message((GMimeMessagePart *)object), depth);
    } else if (GMIME_IS_PART(object)) {
        read_part(b, e, (GMimePart *)object);
    } else {
        read_leaf(b, e, "", 0);
    }
    return e;
}

/* A message without any field: all of it is text. */
static struct entity *from_bare(struct builder *b)
{
    struct entity *e = entity_new(NULL);

    defect_add(b->defects, "no-header");
    read_fields(b, e, "text/plain");
    read_leaf(b, e, b->bytes, b->n_bytes);
    return e;
}

struct entity *entity_parse(const char *bytes, gsize n_bytes, GPtrArray *defects)
{
    struct builder b = {.bytes = bytes, .n_bytes = n_bytes, .defects = defects};
    GByteArray array = {.data = (guint8 *)bytes, .len = (guint)n_bytes}; /* read only, so that nothing is copied */
    MIME_AUTO(GMimeStream) stream = g_mime_stream_mem_new_with_byte_array(&array);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    MIME_AUTO(GMimeParser) parser = g_mime_parser_new_with_stream(stream);
    MIME_AUTO(GMimeMessage) message = g_mime_parser_construct_message(parser, NULL);

    return message != NULL ? from_object(&b, (GMimeObject *)message, NULL, 0) : from_bare(&b);
}
