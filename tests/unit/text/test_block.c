/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A block looks, in both forms, as if its words stood where it stands; its holes are filled by who reads.
 */
#include "text/block.h"
#include "text/mail_style.h"
#include "text/wrap.h"

#include <string.h>

static struct mail_look *look;

static const struct {
    const char *before, *block, *behind;
} cases[] = {
    {"\001Neu\n\nGuten Tag,\n\n", "\0021. Radweg\n\nIdee 1\n\n\005Erika\n\n\007\nEin Text.\n\nNoch einer.\n\007end\n\n",
     "\0022. Bus\n\nEnde.\n"},
    {"Vorher\n\n", "\007official\n~tr\nMerhaba\n\007end\n\n\021Antworten\037idee-1+4-abc@example.org\037Re\n\n", "Nachher\n"},
    {"\002Liste\n\n", "- 1. Radweg (Idee 1): ein Beitrag\n", "- 2. Bus\n\nEnde.\n"},
    {"\002Liste\n\n- 1. Radweg\n", "- 2. Bus https://example.org/2\n", "\nEnde.\n"},
    {"- 1. Radweg\n", "- 2. Bus\n\n", "\002Und noch mehr\n"},
    {"Vorher", "\nmit leerer Zeile davor\n\n", "Nachher"},
    {"", "allein\n", ""},
};

static void test_looks_as_written(void)
{
    static char *const none[] = {NULL};

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GArray) places = text_places_new();
        const struct text_place place = {text_block_make(cases[i].block, look, none), NULL};
        g_array_append_val(places, place);
        const char *line_end = *cases[i].before != '\0' && !g_str_has_suffix(cases[i].before, "\n") ? "\n" : "";
        g_autofree char *written = g_strconcat(cases[i].before, line_end, cases[i].block, cases[i].behind, NULL),
                        *placed = g_strconcat(cases[i].before, line_end, "\0300\n", cases[i].behind, NULL);
        g_autofree char *plain = text_flowed(written, NULL), *plain_placed = text_flowed(placed, places);
        g_autofree char *html = text_html(written, "de", "t", look, NULL, NULL),
                        *html_placed = text_html(placed, "de", "t", look, NULL, places);
        g_assert_cmpstr(plain_placed, ==, plain);
        g_assert_cmpstr(html_placed, ==, html);
    }
}

static void test_holes(void)
{
    static char *const own[] = {"4-abc", "4-def", NULL}, *const theirs[] = {"17-xyz", "17-uvw", NULL};
    static const char master[] = "\021Antworten\037idee-1+4-abc@example.org\037Re\n\n"
                                 "\021Antworten\037idee-1+4-def@example.org\037Re\n";
    g_autoptr(GArray) places = text_places_new();
    const struct text_place place = {text_block_make(master, look, own), g_strdupv((GStrv)theirs)};

    g_array_append_val(places, place);
    g_assert_true(text_block_is_free_of(place.block, "+4-"));
    g_autofree char *plain = text_flowed("\0300\n", places), *html = text_html("\0300\n", "de", "t", look, NULL, places);
    g_assert_cmpstr(plain, ==, "Antworten:\nidee-1+17-xyz@example.org\n\nAntworten:\nidee-1+17-uvw@example.org\n");
    g_assert_nonnull(strstr(html, "17-xyz"));
    g_assert_nonnull(strstr(html, "17-uvw"));
    g_assert_null(strstr(html, "4-abc"));
}

/* What is left of the first reader is seen, as are holes that are not where they should be. */
static void test_of_its_reader(void)
{
    static char *const own[] = {"4-abc", NULL};
    static const char *const masters[] = {"idee-1+4-abc@example.org und idee-1+4-q@example.org\n", "nichts davon\n"};

    for (guint i = 0; i < G_N_ELEMENTS(masters); i++) {
        struct text_block *b = text_block_make(masters[i], look, own);
        g_assert_false(text_block_is_free_of(b, "+4-"));
        text_block_unref(b);
    }
}

/* A number that no place has, and a mail without places: nothing stands there. */
static void test_no_place(void)
{
    g_autoptr(GArray) places = text_places_new();
    g_autofree char *none = text_flowed("A\n\0305\nB\n", places), *no_places = text_flowed("A\n\0300\nB\n", NULL);

    g_assert_cmpstr(none, ==, "A\nB\n");
    g_assert_cmpstr(no_places, ==, "A\nB\n");
}

int main(int argc, char **argv)
{
    struct colours colours;

    g_test_init(&argc, &argv, NULL);
    colours_of(NULL, &colours);
    look = mail_look_new(&colours);
    g_test_add_func("/block/looks-as-written", test_looks_as_written);
    g_test_add_func("/block/holes", test_holes);
    g_test_add_func("/block/of-its-reader", test_of_its_reader);
    g_test_add_func("/block/no-place", test_no_place);
    int failed = g_test_run();
    mail_look_free(look);
    return failed;
}
