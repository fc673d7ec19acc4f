/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The key of a mailbox: what is one mailbox has one key, what may be two has two.
 */
#include "mail/word/canonical.h"

#include <string.h>

static void test_keys(void)
{
    static const struct {
        const char *address, *key;
    } rows[] = {
        {"erika@example.net", "erika@example.net"},
        {"Erika@EXAMPLE.net", "erika@example.net"},
        {"erika+forum@example.net", "erika@example.net"},
        {"erika+a+b@example.net", "erika@example.net"},
        {"erika@example.net.", "erika@example.net"},
        {"\"erika\"@example.net", "erika@example.net"},
        {"\"eri\\ka+x\"@example.net", "erika@example.net"},
        {"e.r.i.k.a@gmail.com", "erika@gmail.com"},
        {"E.Rika+7@GoogleMail.com", "erika@gmail.com"},
        {"e.rika@example.net", "e.rika@example.net"}, /* elsewhere a dot counts */
        {"erika-x@example.net", "erika-x@example.net"},
        {"+erika@example.net", "+erika@example.net"}, /* nothing would be left */
        {"...@gmail.com", "...@gmail.com"},
        {"anna@xn--mnchen-3ya.example", "anna@münchen.example"},
        {"anna@Mu\u0308nchen.example", "anna@münchen.example"},
        {"a@b@gmail.com", "a@b@gmail.com"},
        {"Nobody", "nobody"},
        {"", ""},
        {"@", "@"},
        {"\"@gmail.com", "\"@gmail.com"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *key = canonical_address(rows[i].address);
        g_autofree char *again = canonical_address(key);
        g_assert_cmpstr(key, ==, rows[i].key);
        g_assert_cmpstr(again, ==, key);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/canonical/keys", test_keys);
    return g_test_run();
}
