/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The line that is answered stays with an answer between the lines of a quote, and with no other.
 */
#include "forum/answered.h"

#include "base/limits.h"

#include <glib.h>
#include <string.h>

#define PARENT                                                                                                                    \
    "Der Bus soll jede halbe Stunde fahren, auch am Wochenende.\n\nHeute warten Menschen nach der Schicht über eine Stunde\nam " \
    "Bahnhof.\n\nDie Fahrer sollen mehr verdienen."

static const struct {
    const char *what, *body, *text, *kept;
} cases[] = {
    {"between marked lines",
     "Gut!\n\nKarl schrieb:\n> Der Bus soll jede halbe Stunde fahren, auch am Wochenende.\n>\n> Heute warten Menschen nach der\n> Schicht "
     "über eine Stunde am Bahnhof.\n\nDas kenne ich.\n\n> Die Fahrer sollen mehr verdienen.\n",
     "Gut!\n\nDas kenne ich.", "Gut!\n\n> Heute warten Menschen nach der Schicht über eine Stunde am Bahnhof.\nDas kenne ich."},
    {"two answers, the last below everything",
     "> Der Bus soll jede halbe Stunde fahren, auch am Wochenende.\nJa, bitte.\nAuch nachts.\n> Die Fahrer sollen mehr verdienen.\nNein.\n",
     "Ja, bitte.\nAuch nachts.\n\nNein.",
     "> Der Bus soll jede halbe Stunde fahren, auch am Wochenende.\nJa, bitte.\nAuch nachts.\n\n> Die Fahrer sollen mehr verdienen.\nNein."},
    {"without marks",
     "Karl schrieb:\n\nDer Bus soll jede halbe Stunde fahren, auch am Wochenende.\n\nJa!\n\nDie Fahrer sollen mehr verdienen.\n",
     "Ja!", "> Der Bus soll jede halbe Stunde fahren, auch am Wochenende.\nJa!"},
    {"marks within a line, of a program that joined lines",
     "> Heute warten Menschen nach der Schicht > über eine Stunde am > Bahnhof.\nJa!\n> Die Fahrer sollen mehr verdienen.\n",
     "Ja!", "> Heute warten Menschen nach der Schicht über eine Stunde am Bahnhof.\nJa!"},
    {"a short line of ours that memory left",
     "Karl schrieb:\nDie Fahrer sollen mehr verdienen.\nJa!\nDer Bus soll jede halbe Stunde fahren, auch am Wochenende.\nNein!\n",
     "Die Fahrer sollen mehr verdienen.\nJa!\nNein!",
     "> Die Fahrer sollen mehr verdienen.\nJa!\n\n> Der Bus soll jede halbe Stunde fahren, auch am Wochenende.\nNein!"},
    {"above the quote", "Gut!\n\n> Der Bus soll jede halbe Stunde fahren, auch am Wochenende.\n", "Gut!", NULL},
    {"below the quote", "> Die Fahrer sollen mehr verdienen.\n\nGut!", "Gut!", NULL},
    {"no words of the post", "> Abmelden: hier\nWarum?\n> Die Fahrer sollen mehr verdienen.\n", "Warum?", NULL},
    {"words that were changed in the quote",
     "> Der Bus soll jede Stunde fahren, auch am Wochenende.\nJa!\n> Die Fahrer sollen mehr verdienen.\n", "Ja!", NULL},
    {"a text that is not in the body", "> Die Fahrer sollen mehr verdienen.\nGut!\n> x\n", "Anders", NULL},
    {"nothing", "", "", NULL},
};

static void test_cases(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *kept = answered_keep(cases[i].body, cases[i].text, PARENT);
        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(kept, ==, cases[i].kept);
    }
}

/* What a deleted post said goes from the lines that answers to it keep, however short they are; nobody's own words do. */
static const struct {
    const char *what, *text, *left;
} gone[] = {
    {"a short line", "> Die Fahrer sollen mehr verdienen.\nJa!", "> […]\nJa!"},
    {"the end of a paragraph", "> … stündlich am Bahnhof.\nJa!", NULL},
    {"its last words", "Gut.\n\n> … eine Stunde am Bahnhof.\nJa!", "Gut.\n\n> […]\nJa!"},
    {"beside words of another quote", "> Die Fahrer sollen mehr verdienen. Das finde ich auch.\nIch nicht.", "> […]\nIch nicht."},
    {"somebody's own words", "Die Fahrer sollen mehr verdienen.\n> Das finde ich nicht.", NULL},
    {"a quote of something else", "> Die Fahrerinnen sollen mehr verdienen.\nJa!", NULL},
    {"a bare mark", "> Das.\n>\nJa!", NULL},
};

static void test_forget(void)
{
    g_autoptr(GPtrArray) said = g_ptr_array_new();

    g_ptr_array_add(said, (gpointer)PARENT);
    for (gsize i = 0; i < G_N_ELEMENTS(gone); i++) {
        g_autofree char *left = answered_forget(gone[i].text, said, "[…]");
        g_test_message("%s", gone[i].what);
        g_assert_cmpstr(left, ==, gone[i].left);
    }
    g_autofree char *all = answered_forget_all("> Irgendwas.\nJa!\n\n> Mehr.\n", "[…]");
    g_autofree char *none = answered_forget_all("Ja!", "[…]");
    g_assert_cmpstr(all, ==, "> […]\nJa!\n\n> […]\n");
    g_assert_null(none);
}

/* Of a long paragraph its last sentences stay, or its last words: at most LIMIT_ANSWERED_BYTES. */
static void test_long(void)
{
    g_autoptr(GString) parent = g_string_new(NULL);
    while (parent->len < 3 * LIMIT_ANSWERED_BYTES)
        g_string_append(parent, "Ein Satz über den Bus steht hier. ");
    g_autofree char *body = g_strdup_printf("> %s\nJa.\n> Ein Satz über den Bus steht hier.\n", parent->str);
    g_autofree char *kept = answered_keep(body, "Ja.", parent->str);

    g_assert_true(g_str_has_prefix(kept, "> … Ein Satz über den Bus steht hier. Ein"));
    g_assert_true(g_str_has_suffix(kept, "hier.\nJa."));
    g_assert_cmpuint(strlen(kept), <=, LIMIT_ANSWERED_BYTES + strlen("> … \nJa."));
    g_assert_cmpuint(strlen(kept), >, LIMIT_ANSWERED_BYTES - strlen("Ein Satz über den Bus steht hier. "));
}

/* What its author wrote before goes where a head stands above it, and nowhere else. */
static void test_written(void)
{
    static const char *const first = "Das sehe ich genauso.\nWir stehen oft lange da.";
    static const struct {
        const char *what, *body, *rest, *text, *left;
    } texts[] = {
        {"below a head", "Von: Erika\n\nDas sehe ich genauso.\nWir stehen oft lange da.\n\nDer Bus soll fahren.\n\nNoch etwas.\n",
         "Von: Erika\n\nDas sehe ich genauso.\nWir stehen oft lange da.\n\nNoch etwas.",
         "Das sehe ich genauso.\nWir stehen oft lange da.\n\nNoch etwas.", "Noch etwas."},
        {"said again, at the top", "Das sehe ich genauso.\n\nKarl schrieb:\n\nDer Bus soll fahren.\n",
         "Das sehe ich genauso.\n\nKarl schrieb:\n", "Das sehe ich genauso.", NULL},
        {"said again, below our words", "Karl schrieb:\n\nDer Bus soll fahren.\n\nDas sehe ich genauso.\n\nNoch etwas.\n",
         "Karl schrieb:\n\nDas sehe ich genauso.\n\nNoch etwas.", "Das sehe ich genauso.\n\nNoch etwas.", NULL},
        {"nothing would be left", "Von: Erika\n\nDas sehe ich genauso.\n\nDer Bus soll fahren.\n",
         "Von: Erika\n\nDas sehe ich genauso.\n", "Das sehe ich genauso.", NULL},
    };
    g_autoptr(GPtrArray) written = g_ptr_array_new();

    g_ptr_array_add(written, (gpointer)first);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *left = answered_drop_written(texts[i].body, texts[i].rest, texts[i].text, written);
        g_test_message("%s", texts[i].what);
        g_assert_cmpstr(left, ==, texts[i].left);
    }
}

/* One endless word, and 2 MiB of lines: what it costs is printed. */
static void test_hostile(void)
{
    g_autoptr(GString) body = g_string_new(NULL);
    g_autofree char *word = g_strnfill(4 * LIMIT_ANSWERED_BYTES, 'x');
    g_autofree char *endless = g_strdup_printf("> %s\nJa.\n> %s\n", word, word);
    g_autofree char *none = answered_keep(endless, "Ja.", word);

    g_assert_null(none);
    while (body->len < 2 * 1024 * 1024)
        g_string_append(body, "> Die Fahrer sollen mehr verdienen.\nJa.\n");
    g_autofree char *text = g_strnfill(0, ' ');
    g_autoptr(GString) words = g_string_new(text);
    for (gsize i = 0; i < 2 * 1024 * 1024 / strlen("> Die Fahrer sollen mehr verdienen.\nJa.\n"); i++)
        g_string_append(words, "Ja.\n");
    gint64 start = g_get_monotonic_time();
    g_autofree char *kept = answered_keep(body->str, words->str, PARENT);
    g_test_message("%" G_GINT64_FORMAT " ms", (g_get_monotonic_time() - start) / 1000);
    g_assert_nonnull(kept);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/answered/cases", test_cases);
    g_test_add_func("/answered/long", test_long);
    g_test_add_func("/answered/written", test_written);
    g_test_add_func("/answered/hostile", test_hostile);
    g_test_add_func("/answered/forget", test_forget);
    return g_test_run();
}
