/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A secret is read only from a file that others can neither read nor change.
 */
#include "base/limits.h"
#include "base/secret.h"

#include <glib/gstdio.h>
#include <string.h>

static char *path;

static char *read_it(const char *text, gsize n, int mode, struct err *e)
{
    g_assert_true(g_file_set_contents(path, text, (gssize)n, NULL));
    g_assert_cmpint(g_chmod(path, mode), ==, 0);
    return secret_read(path, e);
}

static void test_good(void)
{
    static const char *const texts[] = {"secret", "secret\n", "secret\r\n", "secret\nnever read\n"};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        err_auto struct err e = {0};
        char *secret = read_it(texts[i], strlen(texts[i]), i % 2 == 0 ? 0600 : 0640, &e);
        g_assert_cmpstr(secret, ==, "secret");
        secret_free(secret);
    }
}

static void test_rights(void)
{
    static const int modes[] = {0644, 0604, 0660, 0620, 0602, 0601, 0777};

    for (gsize i = 0; i < G_N_ELEMENTS(modes); i++) {
        err_auto struct err e = {0};
        g_assert_null(read_it("secret\n", 7, modes[i], &e));
        g_assert_cmpint(e.kind, ==, ERR_RIGHTS);
        g_assert_null(strstr(e.text, "secret\n"));
    }
}

static void test_limit(void)
{
    g_autofree char *longest = g_strnfill(LIMIT_SECRET_BYTES, 'x'), *longer = g_strnfill(LIMIT_SECRET_BYTES + 1, 'x');
    err_auto struct err e = {0};
    char *secret = read_it(longest, LIMIT_SECRET_BYTES, 0600, &e);

    g_assert_cmpuint(strlen(secret), ==, LIMIT_SECRET_BYTES);
    secret_free(secret);
    g_assert_null(read_it(longer, LIMIT_SECRET_BYTES + 1, 0600, &e));
    g_assert_cmpint(e.kind, ==, ERR_CONFIG);
}

static void test_nothing(void)
{
    err_auto struct err empty = {0}, absent = {0}, folder = {0};

    g_assert_null(read_it("\n", 1, 0600, &empty));
    g_assert_cmpint(empty.kind, ==, ERR_CONFIG);
    g_unlink(path);
    g_assert_null(secret_read(path, &absent));
    g_assert_cmpint(absent.kind, ==, ERR_CONFIG);
    g_assert_null(secret_read("/", &folder));
    g_assert_cmpint(folder.kind, ==, ERR_CONFIG);
}

int main(int argc, char **argv)
{
    g_autofree char *folder = g_dir_make_tmp("forumpost-secret-XXXXXX", NULL);
    int code;

    g_test_init(&argc, &argv, NULL);
    path = g_build_filename(folder, "secret", NULL);
    g_test_add_func("/secret/good", test_good);
    g_test_add_func("/secret/rights", test_rights);
    g_test_add_func("/secret/limit", test_limit);
    g_test_add_func("/secret/nothing", test_nothing);
    code = g_test_run();
    g_rmdir(folder);
    g_free(path);
    return code;
}
