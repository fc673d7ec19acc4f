/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the parser's pieces to a request of ours: method, path, query, and the fields of a form as they come in. Whatever is
 * kept is counted against LIMIT_HTTP_BODY_BYTES and LIMIT_HTTP_FIELDS.
 */
#include "wire/http_private.h"

#include "base/hash.h"
#include "base/limits.h"

#include <string.h>

#define POST_BUFFER_BYTES 4096

static enum http_method method_of(const char *method)
{
    static const struct {
        const char *word;
        enum http_method method;
    } known[] = {{MHD_HTTP_METHOD_GET, HTTP_GET}, {MHD_HTTP_METHOD_HEAD, HTTP_HEAD}, {MHD_HTTP_METHOD_POST, HTTP_POST}};

    for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
        if (strcmp(method, known[i].word) == 0)
            return known[i].method;
    return HTTP_OTHER;
}

/* Valid UTF-8 without controls; line ends and tabs stay. Caller frees. */
static char *clean(const char *text, gsize n)
{
    g_autofree char *whole = g_strndup(text, n); /* ends at a NUL */
    char *valid = g_utf8_make_valid(whole, -1);
    char *to = valid;

    for (const char *p = valid; *p != '\0'; p++)
        if ((guchar)*p >= 0x20 ? *p != 0x7f : *p == '\n' || *p == '\t')
            *to++ = *p;
    *to = '\0';
    return valid;
}

static enum MHD_Result on_argument(void *user, enum MHD_ValueKind kind, const char *key, size_t n_key, const char *value,
                                   size_t n_value)
{
    struct exchange *x = user;

    (void)kind;
    if (x->request.query == NULL)
        x->request.query = g_hash_table_new_full(hash_text, g_str_equal, g_free, g_free);
    if (g_hash_table_size(x->request.query) >= LIMIT_HTTP_FIELDS)
        return MHD_NO;
    g_hash_table_replace(x->request.query, clean(key, n_key), value != NULL ? clean(value, n_value) : g_strdup(""));
    return MHD_YES;
}

static void free_field(gpointer data)
{
    g_string_free(data, TRUE);
}

/* A piece of a field. Files are of no use here. */
static enum MHD_Result on_field(void *user, enum MHD_ValueKind kind, const char *key, const char *filename, const char *type,
                                const char *encoding, const char *data, uint64_t offset, size_t n)
{
    struct exchange *x = user;

    (void)kind;
    (void)type;
    (void)encoding;
    if (key == NULL || filename != NULL)
        return MHD_YES;
    GString *value = g_hash_table_lookup(x->sizes, key);
    if (value == NULL || offset == 0) {
        x->is_overfull = x->is_overfull || (value == NULL && g_hash_table_size(x->sizes) >= LIMIT_HTTP_FIELDS);
        if (x->is_overfull)
            return MHD_NO;
        value = g_string_new(NULL);
        x->n_form += strlen(key);
        g_hash_table_replace(x->sizes, g_strdup(key), value);
    }
    x->n_form += n;
    x->is_overfull = x->is_overfull || x->n_form > LIMIT_HTTP_BODY_BYTES;
    if (x->is_overfull)
        return MHD_NO;
    g_string_append_len(value, data, (gssize)n);
    return MHD_YES;
}

static bool says_gzip(struct MHD_Connection *connection)
{
    const char *said = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    const char *at = said != NULL ? strstr(said, "gzip") : NULL;

    if (at == NULL)
        return false;
    at += strlen("gzip");
    at += strspn(at, " ");
    return !g_str_has_prefix(at, ";q=0") || g_ascii_strtod(at + strlen(";q="), NULL) > 0;
}

static bool announces_too_much(struct MHD_Connection *connection)
{
    const char *said = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);

    return said != NULL && g_ascii_strtoull(said, NULL, 10) > LIMIT_HTTP_BODY_BYTES;
}

struct exchange *exchange_new(struct MHD_Connection *connection, const char *url, const char *method)
{
    struct exchange *x = g_new0(struct exchange, 1);

    x->request.method = method_of(method);
    x->path = clean(url, strlen(url));
    x->request.path = x->path;
    x->is_too_large = announces_too_much(connection);
    x->request.accept_language = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_LANGUAGE);
    x->request.if_none_match = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_IF_NONE_MATCH);
    x->request.cookie = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_COOKIE);
    x->request.takes_gzip = says_gzip(connection);
    MHD_get_connection_values_n(connection, MHD_GET_ARGUMENT_KIND, on_argument, x);
    if (x->request.method == HTTP_POST) {
        x->sizes = g_hash_table_new_full(hash_text, g_str_equal, g_free, free_field);
        x->reader = MHD_create_post_processor(connection, POST_BUFFER_BYTES, on_field, x);
    }
    return x;
}

bool exchange_feed(struct exchange *x, const char *bytes, gsize n)
{
    x->n_body += n;
    if (x->n_body > LIMIT_HTTP_BODY_BYTES)
        return false;
    /* Its result is no word about the form: it is "no" for the line end behind a multipart one. */
    if (x->reader != NULL && !x->is_overfull)
        MHD_post_process(x->reader, bytes, n);
    return true;
}

void exchange_end(struct exchange *x)
{
    GHashTableIter fields;
    gpointer key, value;

    if (x->reader == NULL)
        return;
    MHD_destroy_post_processor(x->reader); /* hands over what it held back */
    x->reader = NULL;
    if (x->is_overfull)
        return;
    x->request.form = g_hash_table_new_full(hash_text, g_str_equal, g_free, g_free);
    g_hash_table_iter_init(&fields, x->sizes);
    while (g_hash_table_iter_next(&fields, &key, &value)) {
        const GString *text = value;
        g_hash_table_replace(x->request.form, clean(key, strlen(key)), clean(text->str, text->len));
    }
}

void exchange_free(struct exchange *x)
{
    if (x == NULL)
        return;
    if (x->reader != NULL)
        MHD_destroy_post_processor(x->reader);
    g_clear_pointer(&x->sizes, g_hash_table_unref);
    g_clear_pointer(&x->request.query, g_hash_table_unref);
    g_clear_pointer(&x->request.form, g_hash_table_unref);
    g_free(x->path);
    g_free(x);
}
