/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Headers and bytes of an answer that are the same whatever it says; see finish.h.
 */
#include "page/finish.h"

#include "base/digest.h"
#include "base/limits.h"

#include <gio/gio.h>
#include <string.h>

#define ETAG_CHARS 24
#define GZIP_LEVEL 6

static const char *header(const struct http_response *r, const char *name)
{
    for (guint i = 0; r->headers != NULL && i + 1 < r->headers->len; i += 2)
        if (strcmp(r->headers->pdata[i], name) == 0)
            return r->headers->pdata[i + 1];
    return NULL;
}

static void drop_header(struct http_response *r, const char *name)
{
    for (guint i = 0; r->headers != NULL && i + 1 < r->headers->len; i += 2)
        if (strcmp(r->headers->pdata[i], name) == 0) {
            g_ptr_array_remove_range(r->headers, i, 2);
            return;
        }
}

/* Nothing is loaded but our stylesheet, nothing is sent but to us, nobody frames us, and no other site learns an address
 * of ours from a link: a token stands in some of them. A page that shows somebody else's document brings a stricter policy of its own. */
static void add_protection(struct http_response *r)
{
    if (header(r, "Content-Security-Policy") == NULL)
        http_response_add(r, "Content-Security-Policy",
                          "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    http_response_add(r, "X-Content-Type-Options", "nosniff");
    http_response_add(r, "Referrer-Policy", "no-referrer");
    http_response_add(r, "Cross-Origin-Resource-Policy", "same-origin");
}

static const char *cache_control(enum page_cache cache)
{
    switch (cache) {
    case CACHE_NEVER:
        return "no-store";
    case CACHE_SHARED:
        return "public, max-age=60";
    case CACHE_FILE:
        return "public, max-age=3600";
    }
    return NULL;
}

static char *etag_of(GBytes *body, bool is_gzip)
{
    gsize n;
    const void *bytes = g_bytes_get_data(body, &n);
    g_autofree char *sum = digest_sha256_hex(bytes, n);

    return g_strdup_printf("\"%.*s%s\"", ETAG_CHARS, sum, is_gzip ? "-gz" : "");
}

/* RFC 9110 13.1.2: a list, compared weakly; a proxy that compresses writes W/ in front. */
static bool is_known(const char *if_none_match, const char *etag)
{
    if (if_none_match == NULL || etag == NULL)
        return false;
    return strcmp(if_none_match, "*") == 0 || strstr(if_none_match, etag) != NULL;
}

static bool is_text(const struct http_response *r)
{
    const char *type = header(r, "Content-Type");

    return type != NULL && (g_str_has_prefix(type, "text/") || strstr(type, "xml") != NULL || strstr(type, "json") != NULL);
}

/* NULL: it would not become smaller. */
static GBytes *gzip(GBytes *body)
{
    g_autoptr(GZlibCompressor) gz = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, GZIP_LEVEL);
    gsize n = 0, n_read = 0, n_written = 0, done = 0, written = 0;
    const char *bytes = g_bytes_get_data(body, &n);
    g_autofree char *small = g_malloc(n);
    GConverterResult result = G_CONVERTER_CONVERTED;

    while (result == G_CONVERTER_CONVERTED && written < n) {
        result = g_converter_convert(G_CONVERTER(gz), bytes + done, n - done, small + written, n - written,
                                     G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
        done += n_read;
        written += n_written;
    }
    return result == G_CONVERTER_FINISHED ? g_bytes_new_take(g_steal_pointer(&small), written) : NULL;
}

GBytes *finish_gzip(const struct http_response *r)
{
    return r->body != NULL && g_bytes_get_size(r->body) > LIMIT_HTTP_GZIP_BYTES && is_text(r) ? gzip(r->body) : NULL;
}

static void compress(struct http_response *r)
{
    GBytes *small = finish_gzip(r);

    if (small == NULL)
        return;
    g_bytes_unref(r->body);
    r->body = small;
    http_response_add(r, "Content-Encoding", "gzip");
}

void finish_answer(const struct http_request *q, enum page_cache cache, struct http_response *r)
{
    gsize n = r->body != NULL ? g_bytes_get_size(r->body) : 0;
    bool may_gzip = n > LIMIT_HTTP_GZIP_BYTES && is_text(r);
    bool is_gzip = may_gzip && q->takes_gzip;

    if (q->method == HTTP_POST) /* what was done for one is nobody else's answer */
        cache = CACHE_NEVER;
    add_protection(r);
    http_response_add(r, "Cache-Control", r->status == 200 ? cache_control(cache) : "no-store");
    http_response_add(r, "Vary", cache == CACHE_FILE ? "Accept-Encoding" : "Accept-Encoding, Accept-Language");
    if (r->status == 200 && cache != CACHE_NEVER && r->body != NULL) {
        g_autofree char *etag = etag_of(r->body, is_gzip);
        http_response_add(r, "ETag", etag);
    }
    if (is_gzip && !(r->status == 200 && is_known(q->if_none_match, header(r, "ETag")))) /* nobody will read it */
        compress(r);
    finish_known(q, r);
}

void finish_known(const struct http_request *q, struct http_response *r)
{
    if (r->status != 200 || q->method == HTTP_POST || !is_known(q->if_none_match, header(r, "ETag")))
        return;
    r->status = 304;
    g_clear_pointer(&r->body, g_bytes_unref);
    drop_header(r, "Content-Encoding"); /* there is nothing that it would say something of */
}
