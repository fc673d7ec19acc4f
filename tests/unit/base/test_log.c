/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines of the log: how values are quoted, and that an address is told by a hash that nobody can try out without the
 * installation's key.
 */
#include "base/log.h"

#include "base/token.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const guint8 key[TOKEN_KEY_BYTES] = "0123456789abcdef0123456789abcde";
static const guint8 other_key[TOKEN_KEY_BYTES] = "another key, the same length...";

/* Before the first key there is no hash at all: one without a key would tell who it is. */
static void test_address(void)
{
    g_autofree char *before = log_address("anna@example.net");
    g_assert_cmpstr(before, ==, "a:-");

    log_set_key(key);
    g_autofree char *anna = log_address("anna@example.net"), *again = log_address("ANNA@Example.net"),
                    *max = log_address("max@example.net"), *odd = log_address("\xff");
    g_assert_cmpstr(anna, ==, again);
    g_assert_cmpstr(anna, !=, max);
    g_assert_true(g_str_has_prefix(anna, "a:") && strlen(anna) == 12 && strchr(anna, '@') == NULL);
    g_assert_cmpuint(strlen(odd), ==, 12);

    /* Neither the bare address, nor the domain, nor the key that signs addresses gives the same. */
    g_autofree char *plain = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "anna@example.net", -1);
    g_autofree char *signed_by = token_mac(key, "anna@example.net");
    g_assert_false(strncmp(anna + 2, plain, 10) == 0);
    g_assert_false(strncmp(anna + 2, signed_by, 10) == 0);

    log_set_key(other_key); /* the first one stays */
    g_autofree char *after = log_address("anna@example.net");
    g_assert_cmpstr(after, ==, anna);
}

/* Another installation, another hash: in a process of its own, since the key stays. */
static void test_other_installation(void)
{
    if (g_test_subprocess()) {
        log_set_key(other_key);
        g_autofree char *hash = log_address("anna@example.net");
        g_print("%s\n", hash);
        return;
    }
    g_autofree char *here = log_address("anna@example.net");
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed();
    g_autofree char *pattern = g_strdup_printf("*%s*", here);
    g_test_trap_assert_stdout("*a:*");
    g_test_trap_assert_stdout_unmatched(pattern);
}

static void test_line(void)
{
    if (g_test_subprocess()) {
        log_setup(LOG_LEVEL_INFO, "test");
        log_event(LOG_LEVEL_DEBUG, NULL, "mail.quiet", NULL);
        log_event(LOG_LEVEL_WARN, "id1", "mail.later", "why", "two words", "said", "a\"b\\c\nd=e", "none", NULL, "plain", "a:b",
                  NULL);
        return;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed();
    g_test_trap_assert_stderr(
        "* warn id1 mail.later process=test why=\"two words\" said=\"a\\\"b\\\\c\\x0ad=e\" none=\"\" plain=a:b\n");
    g_test_trap_assert_stderr_unmatched("*mail.quiet*");
}

/* A key made for a purpose is another one for each purpose, and never the one it was made from. */
static void test_derived_key(void)
{
    guint8 a[TOKEN_KEY_BYTES], b[TOKEN_KEY_BYTES], again[TOKEN_KEY_BYTES], other[TOKEN_KEY_BYTES];

    token_derive(key, "log", a);
    token_derive(key, "log", again);
    token_derive(key, "logs", b);
    token_derive(other_key, "log", other);
    g_assert_cmpmem(a, sizeof a, again, sizeof again);
    g_assert_true(memcmp(a, b, sizeof a) != 0);
    g_assert_true(memcmp(a, other, sizeof a) != 0);
    g_assert_true(memcmp(a, key, sizeof a) != 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/log/address", test_address);
    g_test_add_func("/base/log/other-installation", test_other_installation);
    g_test_add_func("/base/log/line", test_line);
    g_test_add_func("/base/log/derived-key", test_derived_key);
    return g_test_run();
}
