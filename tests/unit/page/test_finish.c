/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every answer has: protection, caching, ETag, gzip.
 */
#include "page/finish.h"

#include "base/limits.h"

#include <string.h>

static const char *header(const struct http_response *r, const char *name)
{
    for (guint i = 0; i + 1 < r->headers->len; i += 2)
        if (strcmp(r->headers->pdata[i], name) == 0)
            return r->headers->pdata[i + 1];
    return NULL;
}

static struct http_response made(gsize n)
{
    struct http_response r = {.status = 200, .body = g_bytes_new_take(g_strnfill(n, 'a'), n)};

    http_response_add(&r, "Content-Type", "text/html; charset=utf-8");
    return r;
}

static void test_protection(void)
{
    struct http_request q = {.method = HTTP_GET};
    struct http_response r = made(10);

    finish_answer(&q, CACHE_NEVER, &r);
    g_assert_nonnull(strstr(header(&r, "Content-Security-Policy"), "default-src 'none'; style-src 'self'; form-action 'self'"));
    g_assert_cmpstr(header(&r, "X-Content-Type-Options"), ==, "nosniff");
    g_assert_cmpstr(header(&r, "Referrer-Policy"), ==, "no-referrer");
    g_assert_cmpstr(header(&r, "Cache-Control"), ==, "no-store");
    g_assert_null(header(&r, "ETag"));
    g_assert_null(header(&r, "Set-Cookie"));
    http_response_clear(&r);
    r = made(10);
    http_response_add(&r, "Content-Security-Policy", "sandbox"); /* a page's own */
    finish_answer(&q, CACHE_NEVER, &r);
    guint n = 0;
    for (guint i = 0; i + 1 < r.headers->len; i += 2)
        n += strcmp(r.headers->pdata[i], "Content-Security-Policy") == 0;
    g_assert_cmpuint(n, ==, 1);
    g_assert_cmpstr(header(&r, "Content-Security-Policy"), ==, "sandbox");
    http_response_clear(&r);
}

/* What has not changed is not sent again, be it asked for as a list, weakly or with a star. */
static void test_etag(void)
{
    struct http_request q = {.method = HTTP_GET};
    struct http_response r = made(10);
    g_autofree char *etag = NULL;

    finish_answer(&q, CACHE_FILE, &r);
    g_assert_cmpint(r.status, ==, 200);
    etag = g_strdup(header(&r, "ETag"));
    http_response_clear(&r);
    g_autofree char *weak = g_strconcat("\"x\", W/", etag, NULL);
    const char *const said[] = {etag, weak, "*"};
    for (gsize i = 0; i < G_N_ELEMENTS(said); i++) {
        r = made(10);
        q.if_none_match = said[i];
        finish_answer(&q, CACHE_SHARED, &r);
        g_assert_cmpint(r.status, ==, 304);
        g_assert_null(r.body);
        g_assert_cmpstr(header(&r, "ETag"), ==, etag);
        http_response_clear(&r);
    }
    /* One that was kept whole, in gzip: of the copy nothing is sent. */
    struct http_request whole = {.method = HTTP_GET, .takes_gzip = true};
    r = made(5000);
    finish_answer(&whole, CACHE_SHARED, &r);
    g_assert_cmpstr(header(&r, "Content-Encoding"), ==, "gzip");
    whole.if_none_match = "\"another\"";
    finish_known(&whole, &r);
    g_assert_cmpint(r.status, ==, 200);
    whole.if_none_match = header(&r, "ETag");
    finish_known(&whole, &r);
    g_assert_cmpint(r.status, ==, 304);
    g_assert_null(r.body);
    g_assert_cmpstr(header(&r, "Content-Encoding"), ==, NULL);
    http_response_clear(&r);
    r = made(11);
    q.if_none_match = etag;
    finish_answer(&q, CACHE_SHARED, &r);
    g_assert_cmpint(r.status, ==, 200);
    http_response_clear(&r);
}

static void test_gzip(void)
{
    struct http_request q = {.method = HTTP_GET, .takes_gzip = true};
    struct http_response small = made(LIMIT_HTTP_GZIP_BYTES), large = made(LIMIT_HTTP_GZIP_BYTES + 1);

    finish_answer(&q, CACHE_FILE, &small);
    g_assert_null(header(&small, "Content-Encoding"));
    finish_answer(&q, CACHE_FILE, &large);
    g_assert_cmpstr(header(&large, "Content-Encoding"), ==, "gzip");
    g_assert_cmpuint(g_bytes_get_size(large.body), <, 100);
    g_assert_true(g_str_has_suffix(header(&large, "ETag"), "-gz\"")); /* other bytes, another tag */
    g_assert_nonnull(strstr(header(&large, "Vary"), "Accept-Encoding"));
    http_response_clear(&small);
    http_response_clear(&large);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/finish/protection", test_protection);
    g_test_add_func("/finish/etag", test_etag);
    g_test_add_func("/finish/gzip", test_gzip);
    return g_test_run();
}
