/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole mails: the ceilings of base/limits.h, each hit; HTML; the language; shapes that hurt careless
 * parsers.
 */
#include "base/limits.h"
#include "mail/html/html.h"
#include "mail/message/entity.h"
#include "mail/message/message.h"
#include "mail/read/read.h"
#include "mail/word/language.h"

#include <string.h>

static bool has_defect(const struct message *m, const char *word)
{
    for (guint i = 0; i < m->defects->len; i++)
        if (strcmp(g_ptr_array_index(m->defects, i), word) == 0)
            return true;
    return false;
}

static struct message *read_string(const GString *s)
{
    return message_read(s->str, s->len, NULL);
}

static GString *repeated(const char *head, const char *piece, guint n)
{
    GString *s = g_string_new(head);

    for (guint i = 0; i < n; i++)
        g_string_append(s, piece);
    return s;
}

static void test_header_limits(void)
{
    g_autoptr(GString) lines = repeated("Subject: first\n", "X: y\n", LIMIT_HEADER_LINES);
    g_autoptr(GString) bytes = repeated("Subject: first\nX: ", "0123456789abcdef", LIMIT_HEADER_BYTES / 16);

    g_string_append(lines, "To: late@example.net\n\nText\n");
    message_auto m = read_string(lines);
    g_assert_true(has_defect(m, "header-too-large"));
    g_assert_cmpstr(m->subject, ==, "first");
    g_assert_cmpuint(m->to->len, ==, 0);
    g_assert_cmpstr(m->body, ==, "Text\n");
    g_string_append(bytes, "\nTo: late@example.net\n\nText\n");
    message_auto n = read_string(bytes);
    g_assert_true(has_defect(n, "header-too-large"));
    g_assert_cmpstr(n->body, ==, "Text\n");
}

static void test_header_lines_of_all_parts(void)
{
    g_autoptr(GString) s = g_string_new("Content-Type: multipart/mixed; boundary=b\n\n");

    for (guint i = 0; i < LIMIT_HEADER_LINES_ALL / 500 + 2; i++) {
        g_string_append(s, "--b\n");
        for (guint j = 0; j < 500; j++)
            g_string_append(s, "X: y\n");
        g_string_append(s, "\nx\n");
    }
    message_auto m = read_string(s);
    g_assert_true(has_defect(m, "header-too-large"));
}

static void test_part_limit(void)
{
    g_autoptr(GString) s = repeated("Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\nx\n", LIMIT_PARTS + 10);
    message_auto m = read_string(s);

    g_assert_true(has_defect(m, "too-many-parts"));
    g_assert_cmpuint(m->parts->len, <=, LIMIT_PARTS);
    g_assert_cmpuint(m->parts->len, >=, LIMIT_PARTS - 2);
}

static void test_depth_limit(void)
{
    g_autoptr(GString) s = g_string_new(NULL);

    for (guint i = 0; i < LIMIT_DEPTH + 5; i++)
        g_string_append_printf(s, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i, i);
    g_string_append(s, "\ndeep\n");
    message_auto m = read_string(s);
    g_assert_true(has_defect(m, "too-deep"));
    g_autoptr(GString) mails = repeated("", "Content-Type: message/rfc822\n\n", LIMIT_DEPTH + 5);
    message_auto n = read_string(mails);
    g_assert_true(has_defect(n, "too-deep"));
}

static void test_text_limit(void)
{
    g_autoptr(GString) s = repeated("Subject: x\n\n", "0123456789abcdef", LIMIT_TEXT_BYTES / 16 + 10);
    message_auto m = read_string(s);

    g_assert_true(has_defect(m, "text-too-long"));
    g_assert_cmpuint(strlen(m->body), <=, LIMIT_TEXT_BYTES);
}

static void test_html_limits(void)
{
    g_autoptr(GPtrArray) defects = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) crowd = repeated("<p>before<p ", "a=1 ", LIMIT_HTML_ATTRS + 5);
    g_autoptr(GString) lengthy = repeated("<p>", "0123456789abcdef", LIMIT_HTML_BYTES / 16 + 10);

    g_string_append(crowd, ">after");
    g_autofree char *text = html_to_text(crowd->str, defects);
    g_assert_cmpstr(text, ==, "before\n\nafter\n");
    g_assert_cmpstr(g_ptr_array_index(defects, 0), ==, "html-too-many-attributes");
    g_autofree char *cut = html_to_text(lengthy->str, defects);
    g_assert_cmpuint(strlen(cut), <=, LIMIT_HTML_BYTES);
    g_assert_cmpstr(g_ptr_array_index(defects, 1), ==, "html-too-long");
}

static void test_html(void)
{
    static const struct {
        const char *html, *text;
        bool is_hidden;
    } rows[] = {
        {"", "", false},
        {"plain", "plain\n", false},
        {"<p>a</p><p>b</p>", "a\n\nb\n", false},
        {"<div>a</div><div>b<br>c</div>", "a\nb\nc\n", false},
        {"a&nbsp;&nbsp; b", "a b\n", false},
        {"<title>t</title><style>p{}</style><script>x()</script>a<!-- b -->", "a\n", false},
        {"<ul><li>a<li>b</ul>", "* a\n* b\n", false},
        {"<a href='https://x.example/'>here</a>", "here <https://x.example/>\n", false},
        {"<a href='https://x.example/'>https://x.example</a>", "https://x.example\n", false},
        {"<a href='javascript:x()'>here</a>", "here\n", false},
        {"<blockquote>a<blockquote>b</blockquote></blockquote>c", "> a\n>> b\nc\n", false},
        {"<div class=gmail_attr>Anna wrote:</div><blockquote class=gmail_quote>a</blockquote>", "> Anna wrote:\n> a\n", false},
        {"<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p>Von: x</p></div>", HTML_RULE "\nVon: x\n", false},
        {"a<span style='display:none'>b</span>", "a\n", true},
        {"a<span style='DISPLAY : none !important'>b</span>", "a\n", true},
        {"a<font color=white>b</font>", "a\n", true},
        {"<p style='font-size:0'>a<b style='font-size:12pt'>b</b></p>", "b\n", true}, /* how layouts close gaps */
        {"<p style='background:#000;color:#fff'>a</p>", "a\n", false},
        {"<p style='background:#000'><span style='color:rgb(0,0,0)'>b</span></p>", "", true},
        {"a<div style='max-height:0px;overflow:hidden'>b</div>", "a\n", true},
        {"a<p hidden>b</p>", "a\n", true},
        {"a<span style='display:none'> </span>", "a\n", false}, /* nothing was hidden */
        {"<img src=x alt='Skizze'><img alt='image001.png'>", "Skizze\n", false},
        {"<td>a<td>b", "a  b\n", false},
        {"<pre>  a\n  b</pre>", "  a\n  b\n", false},
        {"a\xe2\x80\x8b"
         "b",
         "ab\n", false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GPtrArray) defects = g_ptr_array_new_with_free_func(g_free);
        g_autofree char *text = html_to_text(rows[i].html, defects);
        g_assert_cmpstr(text, ==, rows[i].text);
        g_assert_cmpuint(defects->len, ==, rows[i].is_hidden);
    }
}

static void test_language(void)
{
    static const struct {
        const char *text, *language;
    } rows[] = {
        {"Bitte mehr Radwege bauen!", "de"},
        {"Ich schlage vor, den Radweg an der Hauptstraße zu verbreitern.", "de"},
        {"I would like to propose a new bicycle lane along the river.", "en"},
        {"Nehir boyunca yeni bir bisiklet yolu istiyorum, bu çok kişiye yardım eder.", "tr"},
        {"Proszę o nową ścieżkę rowerową, bo to jest bardzo ważne dla nas.", "pl"},
        {"Je propose de construire une nouvelle piste cyclable le long de la rivière.", "fr"},
        {"Я предлагаю новую велодорожку вдоль реки, это поможет людям.", "ru"},
        {"Я пропоную нову велодоріжку вздовж річки, це допоможе людям.", "uk"},
        {"أقترح مسارًا جديدًا للدراجات على طول النهر", "ar"},
        {"川沿いに新しい自転車道を作ってください。", "ja"},
        {"ok", NULL},
        {"https://example.org/ 12345", NULL},
        {"", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *language = language_guess(rows[i].text);
        g_assert_cmpstr(language, ==, rows[i].language);
    }
}

static void test_language_table_is_sorted(void)
{
    static const char *const words[] = {
#define WORD(text, languages) text,
#include "mail/word/languages.def"
#undef WORD
    };

    for (gsize i = 1; i < G_N_ELEMENTS(words); i++)
        g_assert_cmpint(strcmp(words[i - 1], words[i]), <, 0);
}

/* Time grows with the length: each shape at its full size within seconds, where a square would take hours. */
static void test_hostile(void)
{
    static const struct {
        const char *head, *piece;
    } rows[] = {
        {"", "a:\n"},
        {"junk\n", " f\n"},
        {"X: ", "=?utf-8?Q?a?= "},
        {"X: ", "=?"},
        {"To: ", "("},
        {"To: ", "a,"},
        {"To: ", "<"},
        {"Content-Type: text/plain; ", "a*1=b; "},
        {"Content-Type: text/plain; a=", "( "},
        {"Content-Type: multipart/mixed; boundary=a\n\n", "--\n"},
        {"Content-Type: multipart/mixed; boundary=a\n\n", "--a\n"},
        {"Subject: x\n\n", "begin 644 a\n"},
        {"Subject: x\n\n", "begin 644 a\n#0V%T\n"},
        {"Content-Type: text/html\n\n", "<div>"},
        {"Content-Type: text/html\n\n", "<blockquote>a"},
        {"Content-Type: text/html\n\n", "<a href=http://x>"},
        {"Content-Type: text/html\n\n", "<a \""},
        {"Content-Transfer-Encoding: base64\n\n", "A="},
        {"Subject: x\n\n", "\xc3("},
        {"Content-Type: text/plain; charset=utf-16\n\n", "\xd8"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) s = repeated(rows[i].head, rows[i].piece, 2 * 1024 * 1024 / (guint)strlen(rows[i].piece));
        message_auto m = read_string(s);
        g_assert_nonnull(m);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    mail_init();
    g_test_add_func("/read/header-limits", test_header_limits);
    g_test_add_func("/read/header-lines-of-all-parts", test_header_lines_of_all_parts);
    g_test_add_func("/read/part-limit", test_part_limit);
    g_test_add_func("/read/depth-limit", test_depth_limit);
    g_test_add_func("/read/text-limit", test_text_limit);
    g_test_add_func("/read/html-limits", test_html_limits);
    g_test_add_func("/read/html", test_html);
    g_test_add_func("/read/language", test_language);
    g_test_add_func("/read/language-table", test_language_table_is_sorted);
    g_test_add_func("/read/hostile", test_hostile);
    return g_test_run();
}
