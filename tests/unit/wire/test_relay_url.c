/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Relays as URLs: what is taken, and what each refusal says.
 */
#include "wire/relay_url.h"

#include <string.h>

static void test_good(void)
{
    static const struct {
        const char *text, *user, *host;
        guint16 port;
        bool is_tls_at_once;
    } cases[] = {
        {"smtps://mail.example.org", NULL, "mail.example.org", 465, true},
        {"smtp://mail.example.org", NULL, "mail.example.org", 587, false},
        {"SMTPS://forum@mail.example.org:2465", "forum", "mail.example.org", 2465, true},
        {"smtp://forum@kunde.example@mail.example.org:25/", "forum@kunde.example", "mail.example.org", 25, false},
        {"smtps://forum%40kunde.example@mail.example.org", "forum@kunde.example", "mail.example.org", 465, true},
        {"smtps://j%C3%B6rg@grün.example", "jörg", "xn--grn-ioa.example", 465, true},
        {"smtps://[2001:db8::1]:465", NULL, "2001:db8::1", 465, true},
        {"smtps://[2001:db8::1]", NULL, "2001:db8::1", 465, true},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct relay_url u;
        err_auto struct err e = {0};

        g_test_message("%s", cases[i].text);
        g_assert_true(relay_url_parse(cases[i].text, &u, &e));
        g_assert_cmpstr(u.user, ==, cases[i].user);
        g_assert_cmpstr(u.host, ==, cases[i].host);
        g_assert_cmpuint(u.port, ==, cases[i].port);
        g_assert_cmpint(u.is_tls_at_once, ==, cases[i].is_tls_at_once);
        relay_url_clear(&u);
    }
}

static void test_bad(void)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"http://mail.example.org", "no way to a relay"},
        {"smtps://forum:secret@mail.example.org", "password does not belong here"},
        {"smtps://forum@", "smtps://USER@HOST"},
        {"smtps://", "smtps://USER@HOST"},
        {"smtps://@mail.example.org", "user's name"},
        {"smtps://a%0D%0Ab@mail.example.org", "user's name"},
        {"smtps://mail.example.org:0", "smtps://USER@HOST"},
        {"smtps://mail.example.org:70000", "smtps://USER@HOST"},
        {"smtps://mail.example.org/path", "smtps://USER@HOST"},
        {"smtps://mail.example.org?x", "smtps://USER@HOST"},
        {"smtps://[2001:db8::1", "smtps://USER@HOST"},
        {"smtps://[mail.example.org]", "smtps://USER@HOST"},
        {"smtps://[::1]x", "smtps://USER@HOST"},
        {"inet:127.0.0.1:25", "is no URL"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct relay_url u;
        err_auto struct err e = {0};

        g_test_message("%s", cases[i].text);
        g_assert_false(relay_url_parse(cases[i].text, &u, &e));
        g_assert_cmpint(e.kind, ==, ERR_CONFIG);
        g_assert_nonnull(strstr(e.text, cases[i].says));
        g_assert_null(u.user);
        g_assert_null(u.host);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/relay_url/good", test_good);
    g_test_add_func("/relay_url/bad", test_bad);
    return g_test_run();
}
