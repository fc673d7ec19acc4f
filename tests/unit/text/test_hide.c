/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing in a hidden text can be clicked, and everything else stays as it was.
 */
#include "text/hide.h"

#include <string.h>

static const struct {
    const char *text, *hidden;
} rows[] = {
    {"Mehr Bänke, bitte.", "Mehr Bänke, bitte."},
    {"Siehe https://evil.example.org/a?b=c#d, dort.", "Siehe [L evil·example·org], dort."},
    {"HTTP://EVIL.EXAMPLE", "[L evil·example]"},
    {"ftp://a.example/x javascript://b.example", "[L a·example] [L b·example]"},
    {"<https://bank.example@evil.example:8080/login>", "<[L evil·example]>"},
    {"Klick:https://evil.example!", "Klick:[L evil·example]!"},
    {"www.evil.zz/x", "[L www·evil·zz]"},
    {"evil.com", "[L evil·com]"},
    {"„evil.com“", "„[L evil·com]“"},
    {"(bit.ly/3x)", "([L bit·ly])"},
    {"münchen.de, köln.example/rad", "[L münchen·de], [L köln·example]"},
    {"192.0.2.17/login", "[L 192·0·2·17]"},
    {"Schreibt an anna@example.org.", "Schreibt an [A example·org]."},
    {"mailto:anna@example.org?subject=x", "[A example·org]?subject=x"},
    {"a@b.example,http://c.example", "[A b·example],[L c·example]"},
    {"a.de,b.de;c.de", "[L a·de],[L b·de];[L c·de]"},
    {"z.B. d.h. Nr.5 usw./ggf. 1.000.000 Euro am 3.4.2026", "z.B. d.h. Nr.5 usw./ggf. 1.000.000 Euro am 3.4.2026"},
    {"Verkehrs- und/oder Radwege", "Verkehrs- und/oder Radwege"},
    {"a@b", "a@b"},
    {"://", "[L ]"},
    {"", ""},
    {"zwei\n\nAbsätze\thttp://x.example\n", "zwei\n\nAbsätze\t[L x·example]\n"},
};

static void test_rows(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *hidden = text_hide_links(rows[i].text, "L", "A");
        g_assert_cmpstr(hidden, ==, rows[i].hidden);
    }
}

static void test_long_host(void)
{
    g_autofree char *many = g_strnfill(500, 'x');
    g_autofree char *text = g_strconcat("http://", many, ".example", NULL);
    g_autofree char *hidden = text_hide_links(text, "L", "A");

    g_assert_cmpint(strlen(hidden), <, 80);
    g_assert_true(g_str_has_suffix(hidden, "…]"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hide/rows", test_rows);
    g_test_add_func("/hide/long-host", test_long_host);
    return g_test_run();
}
