/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a POST to somebody's server may go.
 */
#include "wire/web_post.h"

#include <arpa/inet.h>
#include <gio/gio.h>
#include <netinet/in.h>
#include <string.h>

static bool is_public(const char *text)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};

    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        return web_post_is_public(&v4);
    g_assert_cmpint(inet_pton(AF_INET6, text, &v6.sin6_addr), ==, 1);
    return web_post_is_public(&v6);
}

static void test_addresses(void)
{
    static const char *const public[] = {"8.8.8.8",        "9.255.255.255",    "11.0.0.1",       "100.63.255.255", "100.128.0.1",
                                         "126.0.0.1",      "128.0.0.1",        "169.253.0.1",    "172.15.0.1",     "172.32.0.1",
                                         "192.167.1.1",    "198.17.0.1",       "223.255.255.1",  "2a01:4f8::1",    "2600::1",
                                         "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"};
    static const char *const inner[] = {"0.0.0.0",
                                        "10.1.2.3",
                                        "100.64.0.1",
                                        "127.0.0.1",
                                        "127.255.255.255",
                                        "169.254.169.254",
                                        "172.16.0.1",
                                        "172.31.255.255",
                                        "192.168.0.1",
                                        "192.0.0.8",
                                        "192.0.2.1",
                                        "198.18.0.1",
                                        "198.51.100.1",
                                        "203.0.113.1",
                                        "224.0.0.1",
                                        "255.255.255.255",
                                        "::",
                                        "::1",
                                        "::127.0.0.1",
                                        "::ffff:127.0.0.1",
                                        "::ffff:10.0.0.1",
                                        "fe80::1",
                                        "fc00::1",
                                        "fd12::1",
                                        "ff02::1",
                                        "2001:db8::1",
                                        "64:ff9b::7f00:1",
                                        "64:ff9b::a9fe:a9fe",
                                        "2002:7f00:1::",
                                        "2002:c0a8:1::1",
                                        "fec0::1"};

    for (gsize i = 0; i < G_N_ELEMENTS(public); i++) {
        g_test_message("%s", public[i]);
        g_assert_true(is_public(public[i]));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(inner); i++) {
        g_test_message("%s", inner[i]);
        g_assert_false(is_public(inner[i]));
    }
    struct sockaddr unix_socket = {.sa_family = AF_UNIX};
    g_assert_false(web_post_is_public(&unix_socket));
}

/* Somebody who takes the connection and says nothing. */
static void test_patience(void)
{
    g_autoptr(GSocketListener) listener = g_socket_listener_new();
    guint16 port = g_socket_listener_add_any_inet_port(listener, NULL, NULL);
    g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u/", port);
    const char *const headers[] = {"X: y", NULL};
    const struct web_post post = {.url = url, .headers = headers, .body = "z", .ca_file = "", .timeout_s = 1};
    err_auto struct err e = {0};
    long status;

    g_assert_cmpuint(port, !=, 0);
    g_assert_false(web_post_send(&post, &status, &e));
    g_assert_cmpint(e.kind, ==, ERR_LATER);
    g_assert_cmpint(status, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/web_post/addresses", test_addresses);
    g_test_add_func("/web_post/patience", test_patience);
    return g_test_run();
}
