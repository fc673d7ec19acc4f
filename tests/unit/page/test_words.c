/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What people write on a page, through the templates that ship: the usual attacks come out as text, wherever they stand.
 */
#include "flow/out/texts.h"
#include "page/page.h"

#include <string.h>

static char *written(const char *text, bool may_link)
{
    err_auto struct err e = {0};
    templates_auto t = texts_load(NULL, "de", &e);
    value_auto data = value_map();
    GString *out = g_string_new(NULL);

    g_assert_nonnull(t);
    page_set_words(data, "words", text, may_link);
    g_assert_true(templates_write_page(t, "de", "_words", data, out, &e));
    return g_string_free(out, FALSE);
}

static void test_blocks(void)
{
    static const struct {
        const char *text, *html;
        /* clang-format off */
    } cases[] = {
        {"eins\nzwei", "<p>eins<br>\nzwei</p>\n"},
        {"eins\n\nzwei", "<p>eins</p>\n<p>zwei</p>\n"},
        {"> alt\n> noch\nneu", "<blockquote><p>alt<br>\nnoch</p></blockquote>\n<p>neu</p>\n"},
        {"- a\n* b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"},
        {"", ""},
        {"\n\n\n", ""},
        {"Siehe https://example.org/a?b=1&c=\"x.",
         "<p>Siehe <a href=\"https://example.org/a?b=1&amp;c=\" rel=\"nofollow ugc noopener\">https://example.org/a?b=1&amp;c=</a>"
         "&quot;x.</p>\n"},
        {"(http://a.example), mailto:x@y.example",
         "<p>(<a href=\"http://a.example\" rel=\"nofollow ugc noopener\">http://a.example</a>), "
         "<a href=\"mailto:x@y.example\" rel=\"nofollow ugc noopener\">mailto:x@y.example</a></p>\n"},
    };
    /* clang-format on */

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *html = written(cases[i].text, true);
        g_assert_cmpstr(html, ==, cases[i].html);
    }
    g_autofree char *unlinked = written("https://example.org", false);
    g_assert_cmpstr(unlinked, ==, "<p>https://example.org</p>\n");
}

/* No tag, attribute or scheme of theirs survives: every `<` is one of ours, every href begins as it must. */
static void test_attacks(void)
{
    /* clang-format off */
    static const char *const attacks[] = {
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "' onmouseover='alert(1)",
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>1</script>", "vbscript:x",
        "https://a.example/\"onclick=\"alert(1)", "https://a.example/'><script>", "http://\"><b>", "https://a.example/<b>",
        "mailto:a@b.example?body=\"><script>", "\"a@b.example", "<!--", "-->", "]]>", "</p></blockquote></main><form action=//x>",
        "{{initiative}}", "{{{initiative}}}", "{{>_bottom}}", "&lt;script&gt;", "&#60;script&#62;", "\xe2\x80\xae" "evil",
        "\x01\x02", "<a href=\"https://a.example\">x</a>", "> <script>", "- <b onclick=x>", "<style>*{}</style>",
        "<base href=//x>", "<meta http-equiv=refresh content=0>", "<iframe src=x>", "\xff\xfe<b>", "＜script＞", "<ScRiPt\n>x",
    };
    /* clang-format on */

    for (gsize i = 0; i < G_N_ELEMENTS(attacks); i++) {
        g_autofree char *html = written(attacks[i], true);
        g_test_message("%s", attacks[i]);
        for (const char *p = html; (p = strchr(p, '<')) != NULL; p++)
            g_assert_true(g_str_has_prefix(p, "<p>") || g_str_has_prefix(p, "</p>") || g_str_has_prefix(p, "<br>") ||
                          g_str_has_prefix(p, "<blockquote>") || g_str_has_prefix(p, "</blockquote>") ||
                          g_str_has_prefix(p, "<ul>") || g_str_has_prefix(p, "</ul>") || g_str_has_prefix(p, "<li>") ||
                          g_str_has_prefix(p, "</li>") || g_str_has_prefix(p, "</a>") || g_str_has_prefix(p, "<a href=\"http") ||
                          g_str_has_prefix(p, "<a href=\"mailto:"));
        for (const char *p = html; (p = strstr(p, "<a ")) != NULL; p++) {
            g_autofree char *tag = g_strndup(p, strcspn(p, ">"));
            g_assert_true(g_str_has_suffix(tag, "\" rel=\"nofollow ugc noopener\""));
        }
        g_assert_true(g_utf8_validate(html, -1, NULL));
        g_assert_null(strstr(html, "\xe2\x80\xae"));
    }
}

/* A template that would let a value out of its quotes does not load. */
static void test_lint(void)
{
    static const struct {
        const char *source;
        bool is_fine;
        /* clang-format off */
    } cases[] = {
        {"<p>{{a}}</p>", true},
        {"<p class=\"{{a}}\">", true},
        {"<a href=\"{{home_path}}\">", true},
        {"<a href=\"/forum/{{name}}\">", true},
        {"<a href=\"mailto:{{a}}\">", true},
        {"<input{{#a}} checked{{/a}}>", true},
        {"<td class=\"x{{#a}} y{{/a}}\">", true},
        {"<!-- fine --><p>", true},
        {"<p>{{{a}}}", false},
        {"<p>{{&a}}", false},
        {"<p class={{a}}>", false},
        {"<p {{a}}>", false},
        {"<{{a}}>", false},
        {"<a href=\"{{a}}\">", false},
        {"<a HREF='{{a}}'>", false},
        {"<form action=\"{{a}}\">", false},
        {"<a href=\"javascript:{{a}}\">", false},
        {"<p onclick=\"x\">", false},
        {"<p style=\"color: {{a}}\">", false},
        {"<script>{{a}}</script>", false},
        {"<style>p {}</style>", false},
        {"<!-- {{a}} -->", false},
        {"<p {{>_part}}>", false},
        {"<p", false},
        {"{{=<% %>=}}", false},
        {"<p>{{a", false},
    };
    /* clang-format on */

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        err_auto struct err e = {0};
        templates_auto t = templates_new("de");
        g_test_message("%s", cases[i].source);
        g_assert_true(templates_add_page(t, "de", "x", cases[i].source, &e) == cases[i].is_fine);
        g_assert_cmpint(e.kind, ==, cases[i].is_fine ? ERR_NONE : ERR_CONFIG);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/words/blocks", test_blocks);
    g_test_add_func("/words/attacks", test_attacks);
    g_test_add_func("/words/lint", test_lint);
    return g_test_run();
}
