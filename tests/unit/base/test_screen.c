/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a terminal would obey, or hide, is shown; everything else is as it was, however it is cut into pieces.
 */
#include "base/screen.h"

#include <string.h>

static const struct {
    const char *text, *shown;
} rows[] = {
    {"Idee 1: Mehr B\u00e4nke\tja\n", "Idee 1: Mehr B\u00e4nke\tja\n"},
    {"a\u202egnp.b", "a<U+202E>gnp.b"},
    {"\u2066x\u2069\u200e\u200f\u061c", "<U+2066>x<U+2069><U+200E><U+200F><U+061C>"},
    {"\x1b[2J\x07\x08", "<U+001B>[2J<U+0007><U+0008>"},
    {"\xc2\x9b"
     "31m\x7f",
     "<U+009B>31m<U+007F>"},
    {"zwei\u2028Zeilen\u200b\ufeff", "zwei<U+2028>Zeilen<U+200B><U+FEFF>"},
    {"\U000e0041", "<U+E0041>"},
    {"line\r\nover\rwritten\r", "line\r\nover<U+000D>written<U+000D>"},
    {"caf\xe9 \xc3", "caf<E9> <C3>"},
    {"\xed\xa0\x80", "<ED><A0><80>"},
    {"\u200d\u200c \U0001f468\u200d\U0001f469", "\u200d\u200c \U0001f468\u200d\U0001f469"},
    {"\u0441\u0442\u0430\u0442\u044c\u044f \u05d0", "\u0441\u0442\u0430\u0442\u044c\u044f \u05d0"},
};

static void test_whole(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) out = g_string_new("");
        g_assert_cmpint(screen_append(out, rows[i].text, strlen(rows[i].text), true), ==, strlen(rows[i].text));
        g_assert_cmpstr(out->str, ==, rows[i].shown);
    }
    g_autoptr(GString) nul = g_string_new("");
    g_assert_cmpint(screen_append(nul, "a\0b", 3, true), ==, 3);
    g_assert_cmpstr(nul->str, ==, "a<U+0000>b");
}

/* Each byte is written by itself. */
static void test_stream(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        char *bytes = NULL;
        size_t n = 0;
        FILE *real = open_memstream(&bytes, &n), *screen = screen_on(real);
        setvbuf(screen, NULL, _IONBF, 0);
        for (const char *p = rows[i].text; *p != '\0'; p++)
            g_assert_cmpint(fwrite(p, 1, 1, screen), ==, 1);
        g_assert_true(screen_off(screen));
        fclose(real);
        g_assert_cmpstr(bytes, ==, rows[i].shown);
        free(bytes);
    }
}

static void test_full(void)
{
    FILE *real = fopen("/dev/full", "w"), *screen = real != NULL ? screen_on(real) : NULL;

    if (screen == NULL) {
        g_test_skip("no /dev/full here");
        return;
    }
    fputs("x", screen);
    g_assert_false(screen_off(screen)); /* and whoever called says so */
    fclose(real);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/screen/whole", test_whole);
    g_test_add_func("/screen/stream", test_stream);
    g_test_add_func("/screen/full", test_full);
    return g_test_run();
}
