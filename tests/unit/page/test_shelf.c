/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A kept answer is the whole answer, and is gone when a row changed, when it is old, and when there is too much.
 */
#include "page/shelf.h"

#include <string.h>

static void put(struct shelf *k, const char *key, gint64 version, gint64 now, gsize n_bytes)
{
    struct http_response r = {.status = 200};

    http_response_add(&r, "ETag", "\"x\"");
    r.body = g_bytes_new_take(g_malloc0(n_bytes), n_bytes);
    shelf_put(k, key, version, now, &r);
    http_response_clear(&r);
}

static bool is_there(struct shelf *k, const char *key, gint64 now)
{
    struct http_response r = {0};
    bool is_kept = shelf_answer(k, key, now, &r);

    if (is_kept) {
        g_assert_cmpuint(r.status, ==, 200);
        g_assert_cmpuint(r.headers->len, ==, 2);
        g_assert_cmpstr(r.headers->pdata[1], ==, "\"x\"");
        g_assert_nonnull(r.body);
    }
    http_response_clear(&r);
    return is_kept;
}

static void test_version(void)
{
    struct shelf *k = shelf_new();

    put(k, "a", 1, 0, 10);
    g_assert_false(is_there(k, "a", 0)); /* nobody said which version counts */
    shelf_renew(k, 1);
    put(k, "a", 1, 0, 10);
    put(k, "b", 0, 0, 10); /* made before a row changed */
    g_assert_true(is_there(k, "a", 0));
    g_assert_false(is_there(k, "b", 0));
    shelf_renew(k, 1);
    g_assert_true(is_there(k, "a", 0));
    shelf_renew(k, 2);
    g_assert_false(is_there(k, "a", 0));
    put(k, "a", 2, 0, 10);
    shelf_renew(k, -1);
    g_assert_false(is_there(k, "a", 0));
    shelf_free(k);
}

static void test_age(void)
{
    struct shelf *k = shelf_new();

    shelf_renew(k, 1);
    put(k, "a", 1, 1000, 10);
    g_assert_true(is_there(k, "a", 1000 + SHELF_S - 1));
    g_assert_false(is_there(k, "a", 1000 + SHELF_S));
    g_assert_false(is_there(k, "a", 999)); /* the clock was put back */
    put(k, "a", 1, 1000 + SHELF_S, 10);
    g_assert_true(is_there(k, "a", 1000 + SHELF_S));
    shelf_free(k);
}

static void test_size(void)
{
    struct shelf *k = shelf_new();

    shelf_renew(k, 1);
    put(k, "a", 1, 0, SHELF_BYTES / 2);
    put(k, "b", 1, 0, SHELF_BYTES / 2);
    g_assert_true(is_there(k, "a", 0) && is_there(k, "b", 0));
    put(k, "c", 1, 0, 1);
    g_assert_true(!is_there(k, "a", 0) && !is_there(k, "b", 0) && is_there(k, "c", 0));
    put(k, "d", 1, 0, SHELF_BYTES + 1);
    g_assert_true(!is_there(k, "d", 0) && is_there(k, "c", 0));
    shelf_free(k);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/shelf/version", test_version);
    g_test_add_func("/shelf/age", test_age);
    g_test_add_func("/shelf/size", test_size);
    return g_test_run();
}
