/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a page costs that is made anew: asks the pages of CONFIG's database for each PATH, N times, on the process's own way
 * (page/site.h) but without the shelf, and prints CPU microseconds and bytes of each. With -l it answers browsers at ADDRESS instead, each
 * page made anew, for wrk; it ends with SIGTERM.
 *
 *     pages [-n N] CONFIG PATH...
 *     pages -l ADDRESS CONFIG
 */
#include "page/finish.h"
#include "page/route.h"
#include "page/site.h"
#include "wire/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static guint64 cpu_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (guint64)t.tv_sec * 1000000000 + (guint64)t.tv_nsec;
}

static bool measure(struct site *s, const char *path, guint n)
{
    guint64 begun = cpu_ns();
    gsize n_bytes = 0;

    for (guint i = 0; i < n; i++) {
        err_auto struct err e = {0};
        struct http_response r = {0};
        bool ok = site_look(s, path, (gint64)time(NULL), &r, &e) && r.status == 200;
        n_bytes = r.body != NULL ? g_bytes_get_size(r.body) : 0;
        http_response_clear(&r);
        if (!ok) {
            fprintf(stderr, "pages: %s: %s\n", path, e.text != NULL ? e.text : "no such page");
            return false;
        }
    }
    printf("pages path=%s n=%u bytes=%zu cpu_us=%.1f\n", path, n, n_bytes, (double)(cpu_ns() - begun) / n / 1000);
    return true;
}

static void on_request(void *user, const struct http_request *q, struct http_response *r)
{
    err_auto struct err e = {0};

    if (!site_look(user, q->path, (gint64)time(NULL), r, &e))
        r->status = 500;
    finish_answer(q, CACHE_SHARED, r);
}

static bool serve(struct site *s, const char *address, struct err *e)
{
    static const struct http_callbacks callbacks = {on_request, NULL};
    const struct http_config config = {.address = address};
    struct http_server *server = http_server_new(&config, &callbacks, s, e);
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);

    if (server != NULL)
        g_main_loop_run(loop);
    return server != NULL;
}

int main(int argc, char **argv)
{
    bool has_n = argc > 2 && strcmp(argv[1], "-n") == 0, serves = argc > 2 && strcmp(argv[1], "-l") == 0;
    guint n = has_n ? (guint)g_ascii_strtoull(argv[2], NULL, 10) : 2000;
    settings_auto struct settings settings = {0};
    err_auto struct err e = {0};
    int first = has_n || serves ? 3 : 1;

    if (argc < first + (serves ? 1 : 2) || n == 0) {
        fprintf(stderr, "usage: pages [-n N] CONFIG PATH...\n       pages -l ADDRESS CONFIG\n");
        return 64;
    }
    struct site *s = settings_load(argv[first], &settings, &e) ? site_open(&settings, &e) : NULL;
    bool ok = s != NULL && (!serves || serve(s, argv[2], &e));
    if (!ok)
        fprintf(stderr, "pages: %s\n", e.text);
    for (int i = first + 1; ok && i < argc; i++)
        ok = measure(s, argv[i], n);
    site_close(s);
    return ok ? 0 : 1;
}
