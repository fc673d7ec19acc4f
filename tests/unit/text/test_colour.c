/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One colour for mails and pages: refused where it is hard to read, and the second one for dark grounds.
 */
#include "text/colour.h"

#include <string.h>

static void test_contrast(void)
{
    static const struct {
        const char *a, *b;
        double expected;
    } cases[] = {
        {"#000000", "#ffffff", 21.0}, {"#ffffff", "#ffffff", 1.0},  {"#0b5563", "#ffffff", 8.4},
        {"#8acbd8", "#181715", 9.9},  {"#767676", "#FFFFFF", 4.54},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpfloat_with_epsilon(colour_contrast(cases[i].a, cases[i].b), cases[i].expected, 0.1);
}

static void test_pair(void)
{
    static const char *const fit[] = {"#7a1fa2", "#003366", "#8b0000", "#1e6234", "#000000",
                                      "#333333", "#4b3000", "#0000ff", "#5500AA"};
    static const char *const unfit[] = {"#ff0000", "#767676", "#ffffff", "0b5563", "#0b556", "#0b55633", "#0b55g3", "", "red"};
    struct colours c;

    for (guint i = 0; i < G_N_ELEMENTS(fit); i++) {
        g_assert_true(colours_of(fit[i], &c));
        g_autofree char *lower = g_ascii_strdown(fit[i], -1);
        g_assert_cmpstr(c.accent, ==, lower);
        g_assert_cmpfloat(colour_contrast(c.dark, COLOUR_NIGHT), >=, COLOUR_CONTRAST);
    }
    for (guint i = 0; i < G_N_ELEMENTS(unfit); i++) {
        g_assert_false(colours_of(unfit[i], &c));
        g_assert_cmpstr(c.accent, ==, COLOUR_ACCENT);
    }
    g_assert_true(colours_of("#0B5563", &c) && strcmp(c.dark, COLOUR_ACCENT_DARK) == 0);
    g_assert_true(colours_of(NULL, &c) && strcmp(c.dark, COLOUR_ACCENT_DARK) == 0);
}

static void test_hue(void)
{
    struct colours c;

    g_assert_true(colours_of("#8b0000", &c)); /* red stays red */
    g_assert_cmpstr(c.dark + 3, !=, "ffff");
    g_assert_true(c.dark[3] == c.dark[5] && c.dark[4] == c.dark[6]);
    g_assert_true(colours_of("#003300", &c));
    g_assert_true(c.dark[1] == c.dark[5] && c.dark[2] == c.dark[6]);
}

static void test_style(void)
{
    struct colours c;

    g_assert_true(colours_of("#003366", &c));
    g_autofree char *css = colours_style("/* x */ :root { --accent: #0b5563; --accent-dark: #8acbd8 } a { color: #0b5563 }", &c);
    g_autofree char *expected =
        g_strdup_printf("/* x */ :root { --accent: #003366; --accent-dark: %s } a { color: #0b5563 }", c.dark);
    g_assert_cmpstr(css, ==, expected);
    g_autofree char *other = colours_style("a {}", &c);
    g_assert_cmpstr(other, ==, "a {}");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/colour/contrast", test_contrast);
    g_test_add_func("/colour/pair", test_pair);
    g_test_add_func("/colour/hue", test_hue);
    g_test_add_func("/colour/style", test_style);
    return g_test_run();
}
