/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole files: nothing is overwritten, a failure leaves nothing, links are not followed.
 */
#include "base/file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

struct folder {
    char *path;
    struct err e;
};

static char *in(const struct folder *f, const char *name)
{
    return g_build_filename(f->path, name, NULL);
}

static void expect(struct folder *f, bool is_done, enum err_kind kind)
{
    g_assert_cmpint(is_done, ==, kind == ERR_NONE);
    g_assert_cmpint(f->e.kind, ==, kind);
    err_clear(&f->e);
}

static void test_copy(struct folder *f)
{
    g_autofree char *from = in(f, "from"), *to = in(f, "to"), *absent = in(f, "absent"), *link = in(f, "link"), *sum = NULL;
    g_autofree char *large = g_strnfill(1000000, 'x'), *got = NULL;

    expect(f, file_put(from, large, &f->e), ERR_NONE);
    expect(f, file_copy(from, to, &sum, &f->e), ERR_NONE);
    g_assert_true(g_file_get_contents(to, &got, NULL, NULL) && strcmp(got, large) == 0);
    g_autofree char *right = g_compute_checksum_for_string(G_CHECKSUM_SHA256, large, -1), *again = file_sha256(to, &f->e);
    g_assert_cmpstr(sum, ==, right);
    g_assert_cmpstr(again, ==, right);
    expect(f, file_copy(from, to, NULL, &f->e), ERR_RULE); /* it is there */
    expect(f, file_put(to, "other", &f->e), ERR_RULE);
    expect(f, file_copy(absent, link, NULL, &f->e), ERR_ABSENT);
    g_assert_cmpint(symlink(from, link), ==, 0);
    g_autofree char *copy = in(f, "copy"), *below = in(f, "from/below");
    expect(f, file_copy(link, copy, NULL, &f->e), ERR_VALUE);
    expect(f, file_put(link, "through", &f->e), ERR_RULE);
    expect(f, file_put(below, "x", &f->e), ERR_VALUE);
    g_assert_false(g_file_test(copy, G_FILE_TEST_EXISTS));
    expect(f, file_copy(f->path, copy, NULL, &f->e), ERR_LATER); /* a folder is no file */
    g_assert_false(g_file_test(copy, G_FILE_TEST_EXISTS));
}

static guint count(const char *folder)
{
    g_autoptr(GDir) names = g_dir_open(folder, 0, NULL);
    guint n = 0;

    while (g_dir_read_name(names) != NULL)
        n++;
    return n;
}

static void test_replace(struct folder *f)
{
    g_autofree char *path = in(f, "a"), *absent = in(f, "absent/a"), *folder = in(f, "folder"), *below = in(f, "folder/a");
    g_autofree char *got = NULL;
    GStatBuf st;

    expect(f, file_replace(path, 0640, "one", 3, &f->e), ERR_NONE);
    expect(f, file_replace(path, 0600, "two\0three", 9, &f->e), ERR_NONE);
    gsize n = 0;
    g_assert_true(g_file_get_contents(path, &got, &n, NULL) && n == 9 && memcmp(got, "two\0three", 9) == 0);
    g_assert_true(g_stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
    expect(f, file_replace(absent, 0600, "x", 1, &f->e), ERR_ABSENT);
    expect(f, file_replace(below, 0600, "x", 1, &f->e), ERR_ABSENT);
    g_assert_cmpint(g_mkdir(folder, 0700), ==, 0);
    expect(f, file_put(below, "x", &f->e), ERR_NONE);
    expect(f, file_replace(folder, 0600, "x", 1, &f->e), ERR_LATER); /* EISDIR */
    g_assert_cmpuint(count(f->path), ==, 2);                         /* no part is left */
    expect(f, file_make(path, &f->e), ERR_NONE);
    g_assert_true(g_stat(path, &st) == 0 && st.st_size == 9); /* was there */
    expect(f, file_make(absent, &f->e), ERR_ABSENT);
    expect(f, file_sync(path, &f->e), ERR_NONE);
    expect(f, file_sync(absent, &f->e), ERR_ABSENT);
}

static void test_part(struct folder *f)
{
    (void)f;
    g_assert_true(file_is_part("abc.AbC123"));
    g_assert_true(file_is_part("abc.eml.AbC123"));
    g_assert_false(file_is_part("abc.eml"));
    g_assert_false(file_is_part("abc.AbC12"));
    g_assert_false(file_is_part("abc.AbC12-"));
    g_assert_false(file_is_part("AbC123"));
}

static void test_rename(struct folder *f)
{
    g_autofree char *a = in(f, "a"), *b = in(f, "b"), *empty = in(f, "empty");

    expect(f, file_put(a, "a", &f->e), ERR_NONE);
    expect(f, file_put(b, "b", &f->e), ERR_NONE);
    expect(f, file_rename_new(a, b, &f->e), ERR_RULE);
    g_assert_cmpint(g_mkdir(empty, 0700), ==, 0);
    expect(f, file_rename_new(a, empty, &f->e), ERR_RULE);
    g_unlink(b);
    expect(f, file_rename_new(a, b, &f->e), ERR_NONE);
    g_autofree char *got = NULL;
    g_assert_true(g_file_get_contents(b, &got, NULL, NULL) && strcmp(got, "a") == 0);
}

static void test_remove_tree(struct folder *f)
{
    g_autofree char *tree = in(f, "tree"), *inner = in(f, "tree/inner"), *file = in(f, "tree/inner/file"),
                    *link = in(f, "tree/link"), *kept = in(f, "kept");

    g_assert_cmpint(g_mkdir_with_parents(inner, 0700), ==, 0);
    expect(f, file_put(file, "x", &f->e), ERR_NONE);
    expect(f, file_put(kept, "x", &f->e), ERR_NONE);
    g_assert_cmpint(symlink(f->path, link), ==, 0);
    file_remove_tree(tree);
    g_assert_false(g_file_test(tree, G_FILE_TEST_EXISTS));
    g_assert_true(g_file_test(kept, G_FILE_TEST_EXISTS)); /* the link was not followed */
    file_remove_tree(tree);
}

typedef void test_fn(struct folder *f);

static void run(gconstpointer data)
{
    struct folder f = {.path = g_dir_make_tmp("forumpost-file-XXXXXX", NULL)};

    ((test_fn *)data)(&f);
    file_remove_tree(f.path);
    g_free(f.path);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_data_func("/base/file/copy", (gconstpointer)test_copy, run);
    g_test_add_data_func("/base/file/replace", (gconstpointer)test_replace, run);
    g_test_add_data_func("/base/file/part", (gconstpointer)test_part, run);
    g_test_add_data_func("/base/file/rename", (gconstpointer)test_rename, run);
    g_test_add_data_func("/base/file/remove-tree", (gconstpointer)test_remove_tree, run);
    return g_test_run();
}
