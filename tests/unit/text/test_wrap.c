/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plain text going out: flowed lines that unflow to what they were (with a reader of RFC 3676 of the test's own),
 * HTML with the same words and nothing dangerous, joining of hard-wrapped text, quoting, shortening.
 */
#include "text/mail_style.h"
#include "text/wrap.h"

#include <string.h>

/* ---- Flowed */
static const struct flow_case {
    const char *master, *flowed;
} flow_cases[] = {
    {"", ""},
    {"Kurz", "Kurz\n"},
    {"a\n\n\n\nb\n", "a\n\nb\n"},
    {"Dies ist eine Zeile, die länger als zweiundsiebzig Spalten ist und umbrochen wird.\nNeu",
     "Dies ist eine Zeile, die länger als zweiundsiebzig Spalten ist und \numbrochen wird.\nNeu\n"},
    {" eingerückt", "  eingerückt\n"},
    {"From hier", " From hier\n"},
    {">50 % der Leute", " >50 % der Leute\n"},
    {"> Zitat", "> Zitat\n"},
    {"> > tiefer", ">> tiefer\n"},
    {">", ">\n"},
    {"-- ", "--\n"},
    {"\003\nForum", "-- \nForum\n"},
    {"\001Titel\n\002Unter", "Titel\nUnter\n"},
    {"\004tr\nMerhaba\n\004", "Merhaba\n"},
    {"\022Initiative\n\n\001Titel", "Initiative\n\nTitel\n"},
    {"so:\n\n\006JA\n\n\017Ja\037ja@x.example\037JA\n\nweiter", "so:\n\n     JA\n\nweiter\n"}, /* stuffed */
    {"\021Antworten\037a@x.example\037Re: x", "Antworten:\na@x.example\n"},
    {"\007\nIch\n\n- eins\n> Zitat\n-- \n\007end\nWir", "> Ich\n>\n> - eins\n>> Zitat\n> --\nWir\n"},
    {"\007\nIch\n\003\nForum", "> Ich\n-- \nForum\n"},
    {"> \016Titel", "> Titel\n"},
    {"x\n\n\n", "x\n"},
    {"Ende   ", "Ende\n"},
    {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b",
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa \nb\n"},
};

static void test_flowed(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(flow_cases); i++) {
        g_autofree char *got = text_flowed(flow_cases[i].master, NULL);
        g_assert_cmpstr(got, ==, flow_cases[i].flowed);
    }
}

/* RFC 3676 4: joins soft lines of the same depth. */
static char *unflow(const char *flowed)
{
    GString *out = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(flowed, "\n", -1);
    bool is_open = false;

    for (guint i = 0; lines[i] != NULL && (lines[i + 1] != NULL || *lines[i] != '\0'); i++) {
        const char *text = lines[i];
        guint depth = 0;
        for (; *text == '>'; text++)
            depth++;
        if (*text == ' ')
            text++;
        bool is_soft = g_str_has_suffix(text, " ") && strcmp(text, "-- ") != 0;
        if (!is_open)
            for (guint d = 0; d < depth; d++)
                g_string_append(out, d + 1 < depth || *text == '\0' ? ">" : "> ");
        g_string_append(out, text);
        if (!is_soft)
            g_string_append_c(out, '\n');
        is_open = is_soft;
    }
    return g_string_free(out, FALSE);
}

static const char *const round_trips[] = {
    "Guten Tag,\n\nIhre Idee ist angekommen. Sie hat die Nummer 42 und wird jetzt im Forum Mobilität beraten.\n",
    "> Zitat, das so lang ist, dass es über die zweiundsiebzig Spalten einer Zeile hinausgeht, und noch weiter.\n",
    ">>> dreifach zitiert und so lang, dass es über die zweiundsiebzig Spalten einer Zeile hinausgeht, na klar.\n",
    "  eingerückt und so lang, dass es über die zweiundsiebzig Spalten einer Zeile hinausgeht, und noch weiter.\n",
    "Zwei  Leerzeichen  überall  und  so  lang,  dass  es  über  die  zweiundsiebzig  Spalten  hinaus  geht.\n",
    "Aaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb cccccccccccc -- ddddddddddddddddd eeeeeeeeeee\n",
    "Aaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb cccccccccccc >ddddddddddddddddd eeeeeeeeeee\n",
    "Aaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb cccccccccccc From ddddddddddddddddd eeeeee\n",
    "日本語 の 文章 は とても 長い 一行 に なる こと が あります ので 必ず 文字 の 途中 で 切れない よう に する\n",
};

static void test_round_trip(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(round_trips); i++) {
        g_autofree char *flowed = text_flowed(round_trips[i], NULL);
        g_autofree char *back = unflow(flowed);
        g_auto(GStrv) lines = g_strsplit(flowed, "\n", -1);
        g_assert_cmpstr(back, ==, round_trips[i]);
        for (guint n = 0; lines[n] != NULL; n++) {
            g_assert_cmpuint(text_width(lines[n], strlen(lines[n])), <=, 74); /* 72, stuffing, soft blank */
            g_assert_cmpstr(lines[n], !=, "-- ");
        }
    }
}

static void test_random_round_trip(void)
{
    static const char *const words[] = {"a",    "Straße",
                                        "--",   ">",
                                        "From", "- ",
                                        "> ",   "sehrlangeswortohneende",
                                        "\n",   "\n\n",
                                        "1.",   "  ",
                                        "日本", "https://example.org/a"};
    for (guint round = 0; round < 2000; round++) {
        g_autoptr(GString) text = g_string_new(NULL);
        guint n = (guint)g_test_rand_int_range(1, 60);
        for (guint i = 0; i < n; i++)
            g_string_append_printf(text, "%s%s", i > 0 ? " " : "", words[g_test_rand_int_range(0, G_N_ELEMENTS(words))]);
        g_autofree char *once = text_flowed(text->str, NULL);
        g_autofree char *logical = unflow(once);
        g_autofree char *twice = text_flowed(logical, NULL);
        g_assert_cmpstr(once, ==, twice);
        g_assert_null(strstr(once, "\n-- \n"));
    }
}

static void test_width(void)
{
    g_assert_cmpuint(text_width("abc", 3), ==, 3);
    g_assert_cmpuint(text_width("äß", 4), ==, 2);
    g_assert_cmpuint(text_width("日本", 6), ==, 4);
    g_assert_cmpuint(text_width("e\xcc\x81", 3), ==, 1);
}

/* ---- Joining what others wrapped */
static const struct unwrap_case {
    const char *text, *expected;
} unwrap_cases[] = {
    {"", ""},
    {"\r\n\r\nHallo\r\n\r\n\r\nWelt  \r\n", "Hallo\n\nWelt"},
    {"Ich schlage vor, dass alle Busse im Ruhrgebiet mit einem Fahrschein\n"
     "zu benutzen sind. Das spart Zeit und Nerven.",
     "Ich schlage vor, dass alle Busse im Ruhrgebiet mit einem Fahrschein zu benutzen sind. Das spart Zeit und "
     "Nerven."},
    {"Meine Wünsche an die Ministerien und an alle Städte, die mitmachen:\n- Bus\n- Bahn, aber bitte so, dass man "
     "auch am\n  Abend fährt",
     "Meine Wünsche an die Ministerien und an alle Städte, die mitmachen:\n- Bus\n- Bahn, aber bitte so, dass man "
     "auch am\n  Abend fährt"},
    {"Viele Grüße\nAnna\nEssen", "Viele Grüße\nAnna\nEssen"},
    {"Dies ist eine sehr lange Zeile von jemandem, dessen Programm gar nicht umbricht, weil er eine Webseite "
     "benutzt.\nNeue Zeile",
     "Dies ist eine sehr lange Zeile von jemandem, dessen Programm gar nicht umbricht, weil er eine Webseite "
     "benutzt.\nNeue Zeile"},
    {"> Zitat, das in einer langen Zeile steht und umbrochen wurde, na gut\n> Zweite Zeile",
     "> Zitat, das in einer langen Zeile steht und umbrochen wurde, na gut\n> Zweite Zeile"},
    {"a\001b\003c\004d", "abcd"},
};

static void test_unwrap(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(unwrap_cases); i++) {
        g_autofree char *got = text_unwrap(unwrap_cases[i].text);
        g_assert_cmpstr(got, ==, unwrap_cases[i].expected);
    }
}

static void test_quote_and_shorten(void)
{
    g_autofree char *quoted = text_quote("eins\n\n> zwei\n >drei");
    g_assert_cmpstr(quoted, ==, "> eins\n>\n>> zwei\n>  >drei");
    g_autofree char *same = text_shorten("Kurz\nund gut", 20);
    g_assert_cmpstr(same, ==, "Kurz und gut");
    g_autofree char *cut = text_shorten("Grüne Wege für alle Menschen im Ruhrgebiet", 25);
    g_assert_cmpstr(cut, ==, "Grüne Wege für alle ...");
    g_autofree char *word = text_shorten("Donaudampfschifffahrtsgesellschaft", 20);
    g_assert_cmpstr(word, ==, "Donaudampfschiff ...");
}

/* ---- HTML */
static const struct html_case {
    const char *master, *html;
} html_cases[] = {
    {"", ""},
    {"a & b\nc\n\nd", "<p>a &amp; b<br>\nc</p>\n<p>d</p>\n"},
    {"\001Titel\nText\n\002Unter\nMehr", "<h1>Titel</h1>\n<p>Text</p>\n<h2>Unter</h2>\n<p>Mehr</p>\n"},
    {"- eins\n- zwei\n  weiter\n\n- drei\n\nText",
     "<ul>\n<li>eins</li>\n<li>zwei<br>\nweiter</li>\n<li>drei</li>\n</ul>\n<p>Text</p>\n"},
    {"> - eins\n> - zwei\n>\n> 1. a\n> 2. b",
     "<blockquote>\n<ul>\n<li>eins</li>\n<li>zwei</li>\n</ul>\n<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n</blockquote>\n"},
    {"\001a\n\002b\n\005c\nd", "<h1>a</h1>\n<h2>b</h2>\n<h3>c</h3>\n<p>d</p>\n"},
    {"1. eins\n2. zwei\n4. vier", "<ol>\n<li>eins</li>\n<li>zwei</li>\n<li value=\"4\">vier</li>\n</ol>\n"},
    {"7. kein Anfang\n1999. Jahr", "<p>7. kein Anfang<br>\n1999. Jahr</p>\n"},
    {"> eins\n> zwei\n>\n>> drei\nvier",
     "<blockquote>\n<p>eins<br>\nzwei</p>\n<blockquote>\n<p>drei</p>\n</blockquote>\n</blockquote>\n<p>vier</p>\n"},
    {"Text\n\003\nFuß", "<p>Text</p>\n<hr>\n<div class=\"foot\">\n<p>Fuß</p>\n</div>\n"},
    {"\004tr\nMerhaba\n\004\nHallo", "<div lang=\"tr\" dir=\"ltr\">\n<p>Merhaba</p>\n</div>\n<p>Hallo</p>\n"},
    {"\004ar\nمرحبا", "<div lang=\"ar\" dir=\"rtl\">\n<p>مرحبا</p>\n</div>\n"},
    {"\004\"><script>\nx", "<p>x</p>\n"},
    {"https://example.org/a?b=1&c=2.",
     "<p><a href=\"https://example.org/a?b=1&amp;c=2\">https://example.org/a?b=1&amp;c=2</a>.</p>\n"},
    {"(http://example.org/a_(b))", "<p>(<a href=\"http://example.org/a_(b)\">http://example.org/a_(b)</a>)</p>\n"},
    {"<https://example.org>", "<p>&lt;<a href=\"https://example.org\">https://example.org</a>&gt;</p>\n"},
    {"an idee-42+k7@example.org, bitte",
     "<p>an <a href=\"mailto:idee-42+k7@example.org\">idee-42+k7@<wbr>example.org</a>, bitte</p>\n"},
    {"mailto:a@example.org", "<p><a href=\"mailto:a@example.org\">mailto:a@example.org</a></p>\n"},
    {"> https://example.org", "<blockquote>\n<p>https://example.org</p>\n</blockquote>\n"},
    {"javascript:alert(1) data:text/html,x ftp://x.example file:///etc vbscript:x",
     "<p>javascript:alert(1) data:text/html,x ftp://x.example file:///etc vbscript:x</p>\n"},
    {"http://x.example/?\"onmouseover=\"alert(1)",
     "<p><a href=\"http://x.example/\">http://x.example/</a>?&quot;onmouseover=&quot;alert(1)</p>\n"},
    {"https://", "<p>https://</p>\n"},
    {"@ a@ @b a@b a@b. x@y.z", "<p>@ a@ @b a@b a@b. <a href=\"mailto:x@y.z\">x@<wbr>y.z</a></p>\n"},
    {"„https://example.org“", "<p>„<a href=\"https://example.org\">https://example.org</a>“</p>\n"},
    {"\006JA\nText", "<p><strong>JA</strong></p>\n<p>Text</p>\n"},
    {"\007\nIch & du\n\007end\nText", "<blockquote>\n<p>Ich &amp; du</p>\n</blockquote>\n<p>Text</p>\n"},
    {"\007official\n\004tr\nEvet\n\004\n\007end", "<div>\n<div lang=\"tr\" dir=\"ltr\">\n<p>Evet</p>\n</div>\n</div>\n"},
    {"\007\noffen\n\003\nFuß", "<blockquote>\n<p>offen</p>\n</blockquote>\n<hr>\n<div class=\"foot\">\n<p>Fuß</p>\n</div>\n"},
    {"> \016Titel\n> Text", "<blockquote>\n<p><strong>Titel</strong><br>\nText</p>\n</blockquote>\n"},
    {"\017Ja\037ja+1-k@x.example\037JA\\nNAME: ", "<p><a href=\"mailto:ja+1-k@x.example?body=JA%0D%0ANAME%3A\">Ja</a></p>\n"},
    {"\017Ja\037\037JA", ""},
    {"\021Antworten\037a&b@x.example\037Re: \"ä\"",
     "<p><a href=\"mailto:a%26b@x.example?subject=Re%3A%20%22%C3%A4%22\">Antworten</a></p>\n"},
    {"<script>alert('x')</script>", "<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</p>\n"},
};

static void test_html_blocks(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(html_cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        text_html_blocks(out, html_cases[i].master, 1);
        g_assert_cmpstr(out->str, ==, html_cases[i].html);
    }
}

/* A whole mail in the usual colours. */
static char *document(const char *master, const char *language, const char *title)
{
    struct colours colours;

    colours_of(NULL, &colours);
    struct mail_look *look = mail_look_new(&colours);
    char *html = text_html(master, language, title, look, NULL, NULL);
    mail_look_free(look);
    return html;
}

static void test_html_document(void)
{
    g_autofree char *page = document("\001Hallo\nWelt", "de", "A <b> & \"c\"");

    g_assert_true(g_str_has_prefix(page, "<!DOCTYPE html>\n<html lang=\"de\">\n"));
    g_assert_nonnull(strstr(page, "<title>A &lt;b&gt; &amp; &quot;c&quot;</title>"));
    g_assert_nonnull(strstr(page, ">Hallo</h1>\n<p style=\"margin:0 0 14px\">Welt</p>\n</main>\n</div>\n"));
    g_assert_true(g_str_has_suffix(page, "</body>\n</html>\n"));
    /* Nothing is fetched, nothing runs. */
    static const char *const never[] = {"<img", "url(", "@import", "<script", "<link", "src=", "http://", "<iframe"};
    for (guint i = 0; i < G_N_ELEMENTS(never); i++)
        g_assert_null(strstr(page, never[i]));
    g_autofree char *odd = document("x", "de\" onload=\"x", "t");
    g_assert_nonnull(strstr(odd, "<html lang=\"de\">"));
    g_autofree char *right = document("x", "ar", "t");
    g_assert_nonnull(strstr(right, "<html lang=\"ar\" dir=\"rtl\">"));
}

/* Whatever stands in the mail, the initiative's colours are where the usual ones were, and the logo's words are escaped. */
static void test_html_look(void)
{
    struct colours colours;
    const struct mail_picture picture = {.id = "logo", .text = "Land \"<NRW>\"", .width = 120, .height = 32};

    g_assert_true(colours_of("#7A1FA2", &colours));
    struct mail_look *look = mail_look_new(&colours);
    g_autofree char *page =
        text_html("\022Neues\n\n\001Hallo @accent@ @dark@\n> Wort\nhttps://a.example", "de", "t", look, &picture, NULL);
    g_assert_nonnull(strstr(page, "border-top:6px solid #7a1fa2"));
    g_assert_nonnull(strstr(page, colours.dark));
    g_assert_null(strstr(page, COLOUR_ACCENT));
    g_assert_nonnull(strstr(page, "Hallo @accent@ @dark@")); /* what somebody wrote stays */
    g_assert_nonnull(strstr(page, "<img src=\"cid:logo\" alt=\"Land &quot;&lt;NRW&gt;&quot;\" width=\"120\" height=\"32\""));
    mail_look_free(look);
}

/* The words of a text, with what only marks structure taken out. */
static char *words_of(const char *text, bool is_html)
{
    GString *out = g_string_new(NULL);
    bool in_tag = false;

    for (; *text != '\0'; text++) {
        if (is_html && (*text == '<' || in_tag)) {
            in_tag = *text != '>';
            continue;
        }
        if (g_ascii_isalnum(*text) || (guchar)*text >= 0x80)
            g_string_append_c(out, *text);
    }
    return g_string_free(out, FALSE);
}

static void test_same_words(void)
{
    static const char master[] = "\001Neue Idee im Forum Mobilität\n\nGuten Tag,\n\n- erster Punkt\n- zweiter Punkt\n\n"
                                 "> Zitat einer Bürgerin\n> in zwei Zeilen\n\nhttps://example.org/idee\n\003\nImpressum";
    g_autofree char *plain = text_flowed(master, NULL);
    g_autoptr(GString) html = g_string_new(NULL);

    text_html_blocks(html, master, 1);
    g_autofree char *plain_words = words_of(plain, false);
    g_autofree char *html_words = words_of(html->str, true);
    g_assert_cmpstr(plain_words, ==, html_words);
}

/* Linear time: quadratic would take minutes. */
static double seconds_for(const char *unit, gsize n)
{
    g_autoptr(GString) text = g_string_new(NULL);

    while (text->len < n)
        g_string_append(text, unit);
    g_test_timer_start();
    g_autofree char *unwrapped = text_unwrap(text->str);
    g_autofree char *flowed = text_flowed(unwrapped, NULL);
    g_autofree char *html = document(unwrapped, "de", "x");
    g_assert_nonnull(flowed);
    g_assert_nonnull(html);
    return g_test_timer_elapsed();
}

static void test_linear(void)
{
    static const char *const units[] = {"a", "a ", "@", "> ", ">", "(", "https://x", "- a\n", "1. x\n", "\n", "ä\n> ä\n"};

    for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
        double seconds = seconds_for(units[i], 1024 * 1024);
        g_test_message("1 MiB of \"%s\": %.3f s", units[i], seconds);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wrap/width", test_width);
    g_test_add_func("/wrap/flowed", test_flowed);
    g_test_add_func("/wrap/round-trip", test_round_trip);
    g_test_add_func("/wrap/random-round-trip", test_random_round_trip);
    g_test_add_func("/wrap/unwrap", test_unwrap);
    g_test_add_func("/wrap/quote-and-shorten", test_quote_and_shorten);
    g_test_add_func("/wrap/html-blocks", test_html_blocks);
    g_test_add_func("/wrap/html-document", test_html_document);
    g_test_add_func("/wrap/html-look", test_html_look);
    g_test_add_func("/wrap/same-words", test_same_words);
    g_test_add_func("/wrap/linear", test_linear);
    return g_test_run();
}
