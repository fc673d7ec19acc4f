/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What one person alone was given never gets into a public text, whichever of our links and addresses it is.
 */
#include "forum/personal.h"

#include "forum/link.h"
#include "forum/route.h"

#include <string.h>

#define DOMAIN "beteiligung.example.org"

static const guint8 key[32] = {1, 2, 3};

static char *hidden(const char *text, guint *n_out)
{
    return personal_hide(text, DOMAIN, "de", n_out);
}

static void test_links(void)
{
    static const struct link links[] = {
        {.kind = LINK_CONFIRM, .hold = 12},
        {.kind = LINK_LEAVE, .person = 7, .leave = LEAVE_IDEA, .id = 42},
        {.kind = LINK_PREFERENCES, .person = 20},
        {.kind = LINK_SUBSCRIBE, .subscription = 3},
        {.kind = LINK_UNSUBSCRIBE, .subscription = 3},
        {.kind = LINK_DESK, .id = 99},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(links); i++) {
        struct link l = links[i];
        guint n;
        l.expires_at = 1772400000;
        g_autofree char *url = link_url("https://forum.example.org", i % 2 == 0 ? "" : "/en", &l, key);
        g_autofree char *alone = g_strdup_printf("Gut so.\n\n> %s\n\nDanke.", url);
        g_autofree char *within = g_strdup_printf("Siehe <%s> dort.", url);
        g_autofree char *left = hidden(alone, &n);
        g_assert_cmpstr(left, ==, "Gut so.\n\n\nDanke.");
        g_assert_cmpuint(n, ==, 0);
        g_autofree char *told = hidden(within, &n);
        g_assert_cmpstr(told, ==, "Siehe [persönlicher Link entfernt] dort.");
        g_assert_cmpuint(n, ==, 1);
    }
}

static void test_addresses(void)
{
    g_autofree char *idea = route_reply_address(42, RING_PUBLIC, 7, 311, DOMAIN, key);
    g_autofree char *text =
        g_strdup_printf("Schreiben Sie an %s, nicht an idee-42@" DOMAIN " oder mobilitaet+intern@" DOMAIN ".", idea);
    guint n;
    g_autofree char *left = hidden(text, &n);

    g_assert_nonnull(strchr(idea, '+'));
    g_assert_cmpstr(left, ==,
                    "Schreiben Sie an [persönliche Adresse entfernt], nicht an idee-42@" DOMAIN " oder mobilitaet+intern@" DOMAIN
                    ".");
}

/* What only looks alike stays. */
static void test_others(void)
{
    static const char *const texts[] = {
        "Siehe https://forum.example.org/idee/42#post-3 und https://example.net/p/20-akte-2026.",
        "2+2 ist 4, erika+forum@example.net und idee-42+unterstuetzen@" DOMAIN " auch.",
        "https://example.org/u/12-34-kurz",
        "",
    };
    guint n;

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *left = hidden(texts[i], &n);
        g_assert_cmpstr(left, ==, texts[i]);
    }
}

static void test_hostile(void)
{
    static const char *const units[] = {"http://", "http://a/p/1-", "a+1-1-", "https://a/b/c/d/e/p/", "+0123456789abcdef@", "> ",
                                        "<"};

    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        g_autoptr(GString) text = g_string_new("://+@ ");
        while (text->len < 1024 * 1024)
            g_string_append(text, units[i]);
        guint n;
        gint64 start = g_get_monotonic_time();
        g_autofree char *left = hidden(text->str, &n);
        g_test_message("'%s': %" G_GINT64_FORMAT " ms", units[i], (g_get_monotonic_time() - start) / 1000);
        g_assert_cmpuint(strlen(left), ==, text->len);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/personal/links", test_links);
    g_test_add_func("/personal/addresses", test_addresses);
    g_test_add_func("/personal/others", test_others);
    g_test_add_func("/personal/hostile", test_hostile);
    return g_test_run();
}
