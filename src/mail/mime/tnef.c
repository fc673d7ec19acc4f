/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See tnef.h. libytnef prints on standard output when it meets broken data; who writes something of value
 * there moves it first.
 */
#include "mail/mime/tnef.h"

#include "base/limits.h"
#include "mail/html/html.h"
#include "mail/message/defect.h"
#include "mail/word/charset.h"
#include "mail/word/filename.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <ytnef.h>

#define ATT_RENDDATA            0x00069002 /* a file begins */
#define ATT_FILE_ID_FIRST       0x800f     /* the low half of the types that describe it: data, title, metafile, dates */
#define ATT_FILE_ID_LAST        0x8013
#define ATT_TRANSPORT_ID        0x9001
#define ATT_ATTACHMENT_ID       0x9005
#define PR_BODY                 0x1000
#define PR_BODY_HTML            0x1013
#define PR_ATTACH_LONG_FILENAME 0x3707
#define PR_ATTACH_DATA_OBJ      0x3701
#define MAPI_STRING8            0x1e
#define MAPI_UNICODE            0x1f
#define MAPI_BINARY             0x102

/* The property in one of the types that hold text or bytes; NULL if it is not there. */
static const variableLength *find(MAPIProps *props, DWORD id)
{
    static const DWORD types[] = {MAPI_UNICODE, MAPI_STRING8, MAPI_BINARY, 0x0d};

    for (guint i = 0; i < G_N_ELEMENTS(types); i++) {
        const variableLength *v = MAPIFindProperty(props, (id << 16) | types[i]);
        if (v != MAPI_UNDEFINED && v->data != NULL && v->size > 0)
            return v;
    }
    return NULL;
}

/* Up to a NUL: libytnef has made UTF-8 of UTF-16. */
static char *to_text(const variableLength *v)
{
    const char *data = v->data != NULL ? (const char *)v->data : ""; /* a name of no bytes */
    char *text = charset_to_utf8(data, strnlen(data, v->data != NULL ? (gsize)v->size : 0), NULL, NULL);

    charset_clean_text(text);
    return text;
}

static void read_body(struct entity *e, TNEFStruct *tnef, GPtrArray *defects)
{
    const variableLength *plain = find(&tnef->MapiProperties, PR_BODY), *html = find(&tnef->MapiProperties, PR_BODY_HTML);

    if (plain == NULL && tnef->body.data != NULL && tnef->body.size > 0)
        plain = &tnef->body;
    if (plain != NULL) {
        e->text = to_text(plain);
    } else if (html != NULL) {
        g_autofree char *source = to_text(html);
        e->text = html_to_text(source, defects);
    }
}

static void read_files(struct entity *e, TNEFStruct *tnef)
{
    for (Attachment *a = tnef->starting_attach.next; a != NULL; a = a->next) {
        const variableLength *name = find(&a->MAPI, PR_ATTACH_LONG_FILENAME), *object = find(&a->MAPI, PR_ATTACH_DATA_OBJ);
        const variableLength *data = a->FileData.size > 0 ? &a->FileData : object;
        struct embedded *f = g_new0(struct embedded, 1);
        if (name == NULL && a->Title.size > 0)
            name = &a->Title;
        g_autofree char *title = name != NULL ? to_text(name) : NULL;
        f->name = title != NULL ? filename_clean(title) : NULL;
        f->content = g_bytes_new(data != NULL ? data->data : NULL, data != NULL ? (gsize)data->size : 0);
        if (e->embedded == NULL)
            e->embedded = g_ptr_array_new_with_free_func((GDestroyNotify)embedded_free);
        g_ptr_array_add(e->embedded, f);
    }
}

static guint32 read_number(const guint8 *at)
{
    guint32 number;

    memcpy(&number, at, sizeof number);
    return GUINT32_FROM_LE(number);
}

#define TNEF_START 6 /* signature and key */
#define TNEF_HEAD  9 /* of an attribute: level, type, size */
#define TNEF_TAIL  2 /* checksum */

static bool describes_file(guint32 type)
{
    guint32 id = type & 0xffff;

    return (id >= ATT_FILE_ID_FIRST && id <= ATT_FILE_ID_LAST) || id == ATT_TRANSPORT_ID || id == ATT_ATTACHMENT_ID ||
           type == ATT_RENDDATA;
}

/* What libytnef may see of DATA (MS-OXTNEF 2.1.3): at most N_MAX files and LIMIT_TNEF_ATTRIBUTES attributes, because it walks through all files for each
 * attribute; of a message or file each attribute once, because it forgets the bytes of the one before. *N_READ_OUT are the bytes of DATA that were looked
 * at. What is broken it finds itself. */
static GByteArray *pick(const guint8 *data, guint n, guint n_max, guint *n_files_out, guint *n_read_out)
{
    g_autoptr(GHashTable) of_message = g_hash_table_new(NULL, NULL), of_file = g_hash_table_new(NULL, NULL);
    GByteArray *picked = g_byte_array_sized_new(n);
    guint at = MIN(n, TNEF_START);
    guint n_attributes = 0;

    g_byte_array_append(picked, data, at);
    for (*n_files_out = 0; n - at >= TNEF_HEAD; n_attributes++) {
        guint32 type = read_number(data + at + 1);
        bool is_file = type == ATT_RENDDATA;
        guint64 size = (guint64)read_number(data + at + 5) + TNEF_HEAD + TNEF_TAIL;
        if ((is_file && *n_files_out >= n_max) || n_attributes >= LIMIT_TNEF_ATTRIBUTES) {
            *n_read_out = at;
            return picked;
        }
        if (size > n - at)
            break;
        if (is_file)
            g_hash_table_remove_all(of_file);
        if (g_hash_table_add(describes_file(type) ? of_file : of_message, GUINT_TO_POINTER(type)))
            g_byte_array_append(picked, data + at, (guint)size);
        *n_files_out += is_file;
        at += (guint)size;
    }
    g_byte_array_append(picked, data + at, n - at);
    *n_read_out = n;
    return picked;
}

void tnef_read(struct entity *e, struct budget *budget)
{
    GPtrArray *defects = budget->defects;
    guint n_files;
    guint n_read;
    gsize n;
    const void *data = g_bytes_get_data(e->content, &n);
    TNEFStruct tnef = {0}; /* TNEFInitialize() leaves Debug as it is */

    if (n > G_MAXINT) {
        defect_add(defects, "bad-tnef");
        return;
    }
    g_autoptr(GByteArray) picked = pick(data, (guint)n, budget->n_parts, &n_files, &n_read);
    TNEFInitialize(&tnef);
    tnef.Debug = 0; /* left to chance by the library, which then talks on standard output */
    if (n < 16 || TNEFParseMemory(picked->data, (long)picked->len, &tnef) < 0)
        defect_add(defects, "bad-tnef");
    if (n_read < n)
        defect_add(defects, "too-many-parts");
    budget->n_parts -= n_files;
    read_body(e, &tnef, defects);
    read_files(e, &tnef);
    TNEFFreeAttachment(&tnef.starting_attach); /* of a file that never began; TNEFFree() passes it by */
    TNEFFree(&tnef);
}
