/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tokens of pages: what was written is read, and nothing else is.
 */
#include "forum/link.h"

#include "base/limits.h"
#include "base/token.h"

#include <string.h>

#define NOW 1800000000

static guint8 key[TOKEN_KEY_BYTES];

static const struct link links[] = {
    {.kind = LINK_CONFIRM, .hold = 7, .expires_at = NOW + 1},
    {.kind = LINK_LEAVE, .person = 3, .leave = LEAVE_IDEA, .id = 12, .expires_at = NOW + LIMIT_LINK_LEAVE_S},
    {.kind = LINK_LEAVE, .person = 3, .leave = LEAVE_ALL, .expires_at = NOW + LIMIT_LINK_LEAVE_S},
    {.kind = LINK_PREFERENCES, .person = 3, .expires_at = NOW + LIMIT_LINK_PREFERENCES_S},
    {.kind = LINK_SUBSCRIBE, .subscription = 9, .expires_at = NOW + 86400},
    {.kind = LINK_UNSUBSCRIBE, .subscription = 9, .expires_at = NOW + LIMIT_LINK_LEAVE_S},
};

static char *token_of(const struct link *l)
{
    g_autofree char *path = link_path(l, key);

    return g_strdup(path + 3);
}

static void test_round_trip(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(links); i++) {
        const struct link *l = &links[i];
        g_autofree char *token = token_of(l), *upper = g_ascii_strup(token, -1);
        struct link out;
        g_test_message("%s", token);
        g_assert_cmpint(link_read(l->kind, token, key, NOW, &out), ==, LINK_FINE);
        g_assert_true(out.hold == l->hold && out.person == l->person && out.leave == l->leave && out.id == l->id &&
                      out.subscription == l->subscription);
        g_assert_cmpint(out.expires_at, >=, l->expires_at);
        g_assert_cmpint(link_read(l->kind, upper, key, NOW, &out), ==, LINK_FINE);
        /* To the second: the day begins, and it is over. */
        g_assert_cmpint(link_read(l->kind, token, key, out.expires_at - 1, &out), ==, LINK_FINE);
        g_assert_cmpint(link_read(l->kind, token, key, out.expires_at, &out), ==, LINK_EXPIRED);
        g_assert_cmpint(out.expires_at - l->expires_at, <, 86400);
    }
}

/* Every character changed, dropped or doubled: never another token that is good. */
static void test_one_letter(void)
{
    static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz-";

    for (gsize i = 0; i < G_N_ELEMENTS(links); i++) {
        g_autofree char *token = token_of(&links[i]);
        struct link out;
        for (gsize at = 0; token[at] != '\0'; at++)
            for (const char *c = letters; *c != '\0'; c++) {
                g_autofree char *changed = g_strdup(token);
                changed[at] = *c;
                if (*c != token[at])
                    g_assert_cmpint(link_read(links[i].kind, changed, key, NOW, &out), ==, LINK_FALSE);
            }
        for (gsize at = 0; token[at] != '\0'; at++) {
            g_autofree char *shorter = g_strdup_printf("%.*s%s", (int)at, token, token + at + 1);
            g_assert_cmpint(link_read(links[i].kind, shorter, key, NOW, &out), ==, LINK_FALSE);
        }
    }
}

/* A token is for one purpose, one key and one form. */
static void test_purposes(void)
{
    guint8 other[TOKEN_KEY_BYTES] = {1};
    struct link out;
    g_autofree char *confirm = token_of(&links[0]), *preferences = token_of(&links[3]), *address = NULL;
    g_autofree char *subscribe = token_of(&links[4]), *leave = token_of(&links[1]);

    g_assert_true(link_is_of_subscription(subscribe) && !link_is_of_subscription(confirm));
    g_assert_cmpint(link_read(LINK_UNSUBSCRIBE, subscribe, key, NOW, &out), ==, LINK_FALSE);
    g_assert_cmpint(link_read(LINK_CONFIRM, subscribe + 1, key, NOW, &out), ==, LINK_FALSE);
    g_assert_cmpint(link_read(LINK_UNSUBSCRIBE, leave, key, NOW, &out), ==, LINK_FALSE);

    g_assert_cmpint(link_read(LINK_PREFERENCES, confirm, key, NOW, &out), ==, LINK_FALSE);
    g_assert_cmpint(link_read(LINK_CONFIRM, preferences, key, NOW, &out), ==, LINK_FALSE);
    g_assert_cmpint(link_read(LINK_CONFIRM, confirm, other, NOW, &out), ==, LINK_FALSE);
    address = route_confirm_address(7, "beteiligung.example.org", key);
    g_autofree char *mail_token = g_strndup(address + 3, strcspn(address + 3, "@"));
    g_assert_cmpint(link_read(LINK_CONFIRM, mail_token, key, NOW, &out), ==, LINK_FALSE);
    g_autofree char *form = link_form_token(confirm, key);
    g_assert_true(link_is_form_token(confirm, form, key));
    g_assert_false(link_is_form_token(preferences, form, key));
    g_assert_false(link_is_form_token(confirm, NULL, key));
    g_assert_false(link_is_form_token(confirm, "", key));
}

static void test_rubbish(void)
{
    static const char *const tokens[] = {"",
                                         "-",
                                         "---",
                                         "1",
                                         "1-2",
                                         "1-2-3-4-5-6",
                                         "0-20000-abc",
                                         "-1-20000-abc",
                                         "9999999999999-1-a",
                                         "1-99999999999999999999-a",
                                         " 1-2-3",
                                         "1-2-\xff",
                                         "1.0-2-3"};
    g_autofree char *much = g_strnfill(100000, '1');
    struct link out;

    for (gsize i = 0; i < G_N_ELEMENTS(tokens); i++)
        for (enum link_kind k = LINK_CONFIRM; k <= LINK_UNSUBSCRIBE; k++)
            g_assert_cmpint(link_read(k, tokens[i], key, NOW, &out), ==, LINK_FALSE);
    g_assert_cmpint(link_read(LINK_CONFIRM, much, key, NOW, &out), ==, LINK_FALSE);
}

static void test_url(void)
{
    g_autofree char *path = link_path(&links[0], key);
    g_autofree char *url = link_url("https://beteiligung.example.org", "/en", &links[0], key);
    g_autofree char *expected = g_strconcat("https://beteiligung.example.org/en", path, NULL);

    g_assert_cmpstr(url, ==, expected);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/link/round-trip", test_round_trip);
    g_test_add_func("/link/one-letter", test_one_letter);
    g_test_add_func("/link/purposes", test_purposes);
    g_test_add_func("/link/rubbish", test_rubbish);
    g_test_add_func("/link/url", test_url);
    return g_test_run();
}
