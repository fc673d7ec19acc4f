/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See content.h.
 */
#include "mail/mime/content.h"

#include "base/limits.h"
#include "mail/message/defect.h"
#include "mail/mime/enriched.h"
#include "mail/mime/tnef.h"
#include "mail/mime/uu.h"
#include "mail/word/charset.h"
#include "mail/word/decode.h"
#include "mail/word/filename.h"
#include "mail/word/param.h"

#include <string.h>

void content_fields_clear(struct content_fields *f)
{
    g_clear_pointer(&f->boundary, g_free);
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

static void read_disposition(struct entity *e, const struct param_field *type, GPtrArray *defects)
{
    const char *raw = entity_raw(e, "Content-Disposition"), *name = NULL;
    g_autoptr(param_field_autoptr_t) disposition = raw != NULL ? param_parse(raw) : NULL;

    if (disposition != NULL) {
        name = param_get(disposition, "filename");
        if (*disposition->value != '\0')
            e->disposition = g_strdup(disposition->value);
        if (!param_is_strict(raw) || entity_count(e, "Content-Disposition") > 1)
            defect_add(defects, "odd-disposition");
    }
    if (name == NULL || *name == '\0')
        name = param_get(type, "name");
    if (name == NULL && disposition != NULL)
        name = param_get(disposition, "name");
    e->name = name != NULL ? filename_clean(name) : NULL;
    const char *other = param_get(type, "name");
    if (e->name != NULL && other != NULL && name != other && strcmp(name, other) != 0)
        defect_add(defects, "two-names");
    const char *id = entity_value(e, "Content-ID");
    if (id != NULL && *id != '\0')
        e->content_id = g_strdup(id);
    if (e->content_id != NULL && *e->content_id == '<') {
        gsize n = strcspn(e->content_id + 1, ">");
        memmove(e->content_id, e->content_id + 1, n);
        e->content_id[n] = '\0';
    }
}

static enum transfer read_transfer(const struct entity *e, GPtrArray *defects)
{
    const char *raw = entity_raw(e, "Content-Transfer-Encoding");
    if (raw == NULL)
        return TRANSFER_IDENTITY;
    g_autoptr(param_field_autoptr_t) f = param_parse(raw);

    if (entity_count(e, "Content-Transfer-Encoding") > 1)
        defect_add(defects, "double-transfer-encoding");
    if (f->params->len > 0 || strcspn(raw, " ();,") != strlen(raw))
        defect_add(defects, "bad-transfer-encoding");
    if (strcmp(f->value, "base64") == 0)
        return TRANSFER_BASE64;
    if (strcmp(f->value, "quoted-printable") == 0)
        return TRANSFER_QP;
    if (g_str_has_suffix(f->value, "uuencode") || g_str_has_suffix(f->value, "uue"))
        return TRANSFER_UU;
    if (strcmp(f->value, "7bit") != 0 && strcmp(f->value, "8bit") != 0 && strcmp(f->value, "binary") != 0)
        defect_add(defects, "bad-transfer-encoding");
    return TRANSFER_IDENTITY;
}

static void read_type(struct entity *e, const char *default_type, const struct param_field *type, GPtrArray *defects)
{
    if (entity_raw(e, "Content-Type") != NULL) {
        e->declared_type = g_strdup(type->value);
        charset_clean_line(e->declared_type);
    }
    if (is_type(type->value)) {
        e->type = g_strdup(type->value);
        return;
    }
    if (e->declared_type != NULL)
        defect_add(defects, "bad-content-type");
    e->type = g_strdup(default_type);
}

static bool is_word(const char *value, const char *word)
{
    return value != NULL && g_ascii_strcasecmp(value, word) == 0;
}

void content_read_fields(struct entity *e, const char *default_type, struct content_fields *f_out, GPtrArray *defects)
{
    const char *raw = entity_raw(e, "Content-Type");
    g_autoptr(param_field_autoptr_t) type = param_parse(raw != NULL ? raw : "");

    read_type(e, default_type, type, defects);
    const char *charset = param_get(type, "charset"), *boundary = param_get(type, "boundary");
    if (charset != NULL && *charset != '\0')
        e->charset = g_strstrip(g_ascii_strdown(charset, -1));
    e->is_flowed = is_word(param_get(type, "format"), "flowed");
    e->is_delsp = e->is_flowed && is_word(param_get(type, "delsp"), "yes");
    if (strcmp(e->type, "multipart/report") == 0)
        e->report_type = g_ascii_strdown(param_get(type, "report-type") ?: "", -1);
    if (entity_count(e, "Content-Type") > 1)
        defect_add(defects, "double-content-type");
    if (raw != NULL && !param_is_strict(raw))
        defect_add(defects, "odd-content-type");
    read_disposition(e, type, defects);
    if (boundary != NULL && !g_str_has_prefix(e->type, "multipart/"))
        defect_add(defects, "odd-content-type");
    f_out->boundary = boundary != NULL && *boundary != '\0' ? g_strdup(boundary) : NULL;
    f_out->transfer = read_transfer(e, defects);
}

/* No encoding makes more of what it decodes than there was. An encoded mail within an encoded mail, and so on, is
 * nothing that a mail program writes (RFC 2045 6.4). */
static bool may_decode(enum transfer transfer, gsize n, struct budget *budget)
{
    if (transfer == TRANSFER_IDENTITY)
        return false;
    if (n > budget->n_decoded_bytes) {
        defect_add(budget->defects, "bad-encoding");
        return false;
    }
    budget->n_decoded_bytes -= n;
    return true;
}

GBytes *content_decode(enum transfer transfer, const char *encoded, gsize n, struct budget *budget)
{
    bool broken = false;
    GBytes *bytes = NULL;

    switch (may_decode(transfer, n, budget) ? transfer : TRANSFER_IDENTITY) {
    case TRANSFER_BASE64:
        bytes = decode_base64(encoded, n, &broken);
        break;
    case TRANSFER_QP:
        bytes = decode_qp(encoded, n, &broken);
        break;
    case TRANSFER_UU:
        bytes = uu_decode(encoded, n, &broken);
        break;
    case TRANSFER_IDENTITY:
        bytes = g_bytes_new_static(encoded, n);
        break;
    }
    if (broken)
        defect_add(budget->defects, "bad-encoding");
    return bytes;
}

/* Takes files out of the text; the bytes of the text that is left, with the files that are too many. */
static GBytes *read_embedded(struct entity *e, const char *data, gsize n, struct budget *budget)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func((GDestroyNotify)embedded_free);
    bool is_cut = false;
    GBytes *rest = uu_extract(data, n, budget->n_parts, files, &is_cut);

    budget->n_parts -= files->len;
    if (is_cut)
        defect_add(budget->defects, "too-many-parts");
    if (rest != NULL)
        e->embedded = g_steal_pointer(&files);
    return rest;
}

static bool is_tnef(const struct entity *e)
{
    return strcmp(e->type, "application/ms-tnef") == 0 || strcmp(e->type, "application/vnd.ms-tnef") == 0 ||
           (e->name != NULL && g_ascii_strcasecmp(e->name, "winmail.dat") == 0);
}

/* Fields of MIME in the middle of a text: a part that this reader takes for text, and another may not. */
static void check_for_mime(const char *data, gsize n, GPtrArray *defects)
{
    static const char *const fields[] = {"content-type:", "content-transfer-encoding:", "content-disposition:"};
    const char *at = data, *end = data + n;

    while ((at = memmem(at, (gsize)(end - at), "ontent-", 7)) != NULL) {
        bool is_line = at - data == 1 || (at - data >= 2 && at[-2] == '\n');
        for (guint i = 0; is_line && i < G_N_ELEMENTS(fields); i++) {
            gsize n_field = strlen(fields[i]);
            if ((gsize)(end - at) >= n_field - 1 && g_ascii_strncasecmp(at - 1, fields[i], n_field) == 0)
                defect_add(defects, "mime-in-text");
        }
        at += 7;
    }
}

static void read_text_leaf(struct entity *e, struct budget *budget)
{
    GPtrArray *defects = budget->defects;
    gsize n, n_most = MIN(LIMIT_TEXT_BYTES, budget->n_text_bytes);
    const char *data = g_bytes_get_data(e->content, &n);
    bool mismatch = false, is_plain = strcmp(e->type, "text/plain") == 0;

    if (n > n_most) {
        n = n_most;
        defect_add(defects, "text-too-long");
    }
    budget->n_text_bytes -= n;
    g_autoptr(GBytes) rest = is_plain && n > 0 ? read_embedded(e, data, n, budget) : NULL;
    if (rest != NULL)
        data = g_bytes_get_data(rest, &n);
    if (n > 0 && !g_str_has_prefix(e->type, "text/html"))
        check_for_mime(data, n, defects);
    e->text = charset_to_utf8(data != NULL ? data : "", n, e->charset, &mismatch);
    charset_clean_text(e->text);
    if (mismatch)
        defect_add(defects, "charset-mismatch");
    if (e->is_flowed && is_plain) {
        char *joined = decode_flowed(e->text, e->is_delsp);
        g_free(e->text);
        e->text = joined;
    }
    if (strcmp(e->type, "text/enriched") == 0 || strcmp(e->type, "text/richtext") == 0) {
        g_autofree char *marked = g_steal_pointer(&e->text);
        e->text = enriched_to_text(marked, strcmp(e->type, "text/richtext") == 0);
    }
}

void content_read_text(struct entity *e, struct budget *budget)
{
    if (g_str_has_prefix(e->type, "text/"))
        read_text_leaf(e, budget);
    else if (is_tnef(e))
        tnef_read(e, budget);
}

void content_read_loose(struct entity *e, struct budget *budget)
{
    read_text_leaf(e, budget);
}
