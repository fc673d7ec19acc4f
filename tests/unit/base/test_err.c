/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Failures: the first one is kept, each kind has one exit code and one LMTP reply, and no kind but the sender's own
 * fault bounces a mail.
 */
#include "base/err.h"

#include <string.h>
#include <sysexits.h>

static void test_first_is_kept(void)
{
    err_auto struct err e = {0};

    g_assert_false(err_set(&e, ERR_SPACE, "%s: %d bytes", "disk", 7));
    g_assert_false(err_set(&e, ERR_OURS, "later"));
    g_assert_cmpint(e.kind, ==, ERR_SPACE);
    g_assert_cmpstr(e.text, ==, "disk: 7 bytes");
    g_assert_false(err_prefix(&e, "mail %s", "k1"));
    g_assert_cmpstr(e.text, ==, "mail k1: disk: 7 bytes");
    g_assert_cmpint(e.kind, ==, ERR_SPACE);
    err_clear(&e);
    g_assert_null(e.text);
    g_assert_false(err_set(&e, ERR_OURS, "100 %%"));
    g_assert_cmpstr(e.text, ==, "100 %");
}

/* Who does not ask is not told, and nothing is put before a failure that is none. */
static void test_none(void)
{
    err_auto struct err e = {0};

    g_assert_false(err_set(NULL, ERR_OURS, "nobody listens"));
    g_assert_false(err_prefix(NULL, "nobody"));
    g_assert_false(err_prefix(&e, "context"));
    g_assert_cmpint(e.kind, ==, ERR_NONE);
    g_assert_null(e.text);
    err_clear(&e);
}

static void test_gerror(void)
{
    err_auto struct err e = {0}, unknown = {0};

    g_assert_false(err_take_gerror(&e, ERR_CONFIG, g_error_new(G_FILE_ERROR, G_FILE_ERROR_NOENT, "no such file: 5 %%s")));
    g_assert_cmpstr(e.text, ==, "no such file: 5 %s"); /* its text is no format */
    g_assert_false(err_take_gerror(&unknown, ERR_LATER, NULL));
    g_assert_cmpstr(unknown.text, ==, "unknown failure");
}

static void test_fates(void)
{
    static const struct {
        enum err_kind kind;
        int exit_code;
        const char *reply; /* how it begins */
    } rows[] = {
        {ERR_NONE, 0, "250 "},
        {ERR_LATER, EX_TEMPFAIL, "451 4."},
        {ERR_RATE, EX_TEMPFAIL, "451 4."},
        {ERR_SPACE, EX_TEMPFAIL, "452 4."},
        {ERR_SENDER, EX_NOUSER, "550 5."},
        {ERR_INPUT, EX_USAGE, "451 4."},
        {ERR_VALUE, EX_DATAERR, "451 4."},
        {ERR_CONFIG, EX_CONFIG, "451 4."},
        {ERR_RIGHTS, EX_NOPERM, "451 4."},
        {ERR_RULE, EX_NOPERM, "451 4."},
        {ERR_ABSENT, EX_NOINPUT, "451 4."},
        {ERR_OURS, EX_SOFTWARE, "451 4."},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const char *reply = err_lmtp_reply(rows[i].kind);
        g_assert_cmpint(rows[i].kind, ==, (int)i);
        g_assert_cmpint(err_exit_code(rows[i].kind), ==, rows[i].exit_code);
        g_assert_true(g_str_has_prefix(reply, rows[i].reply));
        g_assert_null(strpbrk(reply, "\r\n"));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/err/first", test_first_is_kept);
    g_test_add_func("/base/err/none", test_none);
    g_test_add_func("/base/err/gerror", test_gerror);
    g_test_add_func("/base/err/fates", test_fates);
    return g_test_run();
}
