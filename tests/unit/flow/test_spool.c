/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The spool: what is kept comes back as it was, broken pairs are left out, ids cannot leave the folder.
 */
#include "flow/spool.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *make_spool(void)
{
    g_autofree char *parent = g_dir_make_tmp("forumpost-spool-XXXXXX", NULL);
    char *dir = g_build_filename(parent, "a", "spool", NULL);
    err_auto struct err e = {0};

    g_assert_true(spool_init(dir, &e));
    g_assert_true(spool_init(dir, &e)); /* twice is harmless */
    return dir;
}

static void remove_tree(const char *path)
{
    g_autoptr(GDir) names = g_dir_open(path, 0, NULL);
    const char *name;

    while (names != NULL && (name = g_dir_read_name(names)) != NULL) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        remove_tree(child);
    }
    g_remove(path);
}

static void drop_spool(char *dir)
{
    g_autofree char *a = g_path_get_dirname(dir);
    g_autofree char *top = g_path_get_dirname(a);

    remove_tree(top);
    g_free(dir);
}

static void keep(const char *dir, const char *id, gint64 at, const char *reason)
{
    char *recipients[] = {"mobilit\303\244t@example.org", "a;b=c\\d@example.org", NULL};
    struct spooled s = {.id = (char *)id,
                        .sender = "#x = [y]@example.net",
                        .recipients = recipients,
                        .reason = (char *)reason,
                        .received_at = at};
    g_autoptr(GBytes) bytes = g_bytes_new_static("From: a\0\r\n\377\r\n", 13);
    err_auto struct err e = {0};

    s.bytes = bytes;
    g_assert_true(spool_failed_keep(dir, &s, &e));
    g_assert_cmpstr(e.text, ==, NULL);
}

static void test_keep_and_load(void)
{
    char *dir = make_spool();
    err_auto struct err e = {0};

    keep(dir, "0abc", 1700000000, "first");
    keep(dir, "0abc", 1700000001, "the reader crashed\nin \377 two lines ");
    spooled_auto s = spool_failed_load(dir, "0abc", &e);
    g_assert_nonnull(s);
    g_assert_cmpstr(s->sender, ==, "#x = [y]@example.net");
    g_assert_cmpstr(s->recipients[0], ==, "mobilit\303\244t@example.org");
    g_assert_cmpstr(s->recipients[1], ==, "a;b=c\\d@example.org");
    g_assert_null(s->recipients[2]);
    g_assert_cmpstr(s->reason, ==, "the reader crashed\nin \357\277\275 two lines ");
    g_assert_cmpint(s->received_at, ==, 1700000001);
    g_assert_cmpuint(g_bytes_get_size(s->bytes), ==, 13);
    g_assert_cmpint(memcmp(g_bytes_get_data(s->bytes, NULL), "From: a\0\r\n\377\r\n", 13), ==, 0);
    g_assert_true(spool_failed_remove(dir, "0abc", &e));
    g_assert_true(spool_failed_remove(dir, "0abc", &e));
    g_assert_null(spool_failed_load(dir, "0abc", &e));
    g_assert_cmpint(e.kind, ==, ERR_ABSENT);
    drop_spool(dir);
}

static void test_list(void)
{
    char *dir = make_spool();
    err_auto struct err e = {0};
    g_autofree char *half = g_build_filename(dir, "failed", "half.info", NULL);
    g_autofree char *lone = g_build_filename(dir, "failed", "lone.eml", NULL);

    keep(dir, "later", 1700000300, "b");
    keep(dir, "early", 1700000100, "a");
    g_assert_true(g_file_set_contents(half, "[mail]\nsender=a\n", -1, NULL));
    g_assert_true(g_file_set_contents(lone, "From: a\n", -1, NULL));
    g_autoptr(GPtrArray) list = spool_failed_list(dir, &e);
    g_assert_cmpuint(list->len, ==, 2);
    g_assert_cmpstr(((struct spooled *)list->pdata[0])->id, ==, "early");
    g_assert_cmpstr(((struct spooled *)list->pdata[1])->id, ==, "later");
    g_assert_null(((struct spooled *)list->pdata[0])->bytes);
    drop_spool(dir);
}

static void test_ids(void)
{
    char *dir = make_spool();
    static const char *const bad[] = {"", "../x", "a/b", "A", "a.b", "..", "a b"};

    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        err_auto struct err e = {0};
        g_assert_null(spool_failed_load(dir, bad[i], &e));
        g_assert_cmpint(e.kind, ==, ERR_VALUE);
        err_clear(&e);
        g_assert_false(spool_failed_remove(dir, bad[i], &e));
        g_assert_cmpint(e.kind, ==, ERR_VALUE);
    }
    drop_spool(dir);
}

static void test_no_folder(void)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static("x", 1);
    char *recipients[] = {"a@example.org", NULL};
    struct spooled s = {.id = "a", .sender = "", .recipients = recipients, .reason = "r", .bytes = bytes};
    err_auto struct err e = {0}, e2 = {0};

    g_assert_false(spool_failed_keep("/nonexistent", &s, &e));
    g_assert_cmpint(e.kind, ==, ERR_ABSENT);
    g_assert_false(spool_init("/proc/spool", &e2));
    g_assert_cmpint(e2.kind, !=, ERR_NONE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/spool/keep-and-load", test_keep_and_load);
    g_test_add_func("/spool/list", test_list);
    g_test_add_func("/spool/ids", test_ids);
    g_test_add_func("/spool/no-folder", test_no_folder);
    return g_test_run();
}
