/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which words of a mail are read: forms of one text compared, text/enriched, small print, opaque signatures, charsets.
 */
#include "base/limits.h"
#include "mail/body_words.h"
#include "mail/enriched.h"
#include "mail/message.h"
#include "mail/small_print.h"

#include <string.h>

static void test_words(void)
{
    static const struct {
        const char *a, *b;
        guint n_a, n_shared;
    } rows[] = {
        {"Mehr Licht, mehr Licht!", "MEHR\nLICHT", 2, 2},
        {"Straße", "STRASSE", 1, 1},
        {"neu\n> alt alt2\n", "alt alt2", 1, 0},
        {"hier <https://example.org/lang/weg> da", "hier da", 2, 2},
        {"a < b <http", "a b http", 3, 3},
        {"自転車", "自動車", 3, 2},
        {"", "x", 0, 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GHashTable) a = word_set_new(), b = word_set_new();
        word_set_add(a, rows[i].a);
        word_set_add(b, rows[i].b);
        g_assert_cmpuint(g_hash_table_size(a), ==, rows[i].n_a);
        g_assert_cmpuint(word_set_shared(a, b), ==, rows[i].n_shared);
    }
}

static void test_word_limit(void)
{
    g_autoptr(GString) s = g_string_new(NULL);
    g_autoptr(GHashTable) set = word_set_new();

    for (guint i = 0; i < LIMIT_FORM_WORDS + 10; i++)
        g_string_append_printf(s, "w%u ", i);
    word_set_add(set, s->str);
    g_assert_cmpuint(g_hash_table_size(set), ==, LIMIT_FORM_WORDS);
}

static void test_letters(void)
{
    static const struct {
        const char *html;
        gsize n;
    } rows[] = {
        {"<p>ab c</p>", 3},
        {"<style>p{color:red}</style>ab", 2},
        {"<STYLE>never closed", 0},
        {"<!-- a > b -->ab<!-- open", 2},
        {"&auml;&nbsp;&", 2},
        {"<p", 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpuint(html_letters(rows[i].html), ==, rows[i].n);
}

/* Each of these takes quadratic time in a careless reader. */
static void test_linear(void)
{
    static const char *const pieces[] = {"<style", "<!--", "<", "&", "<http", "<script>"};

    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autoptr(GString) s = g_string_new(NULL);
        while (s->len < 500000)
            g_string_append(s, pieces[i]);
        g_autoptr(GHashTable) set = word_set_new();
        gint64 start = g_get_monotonic_time();
        html_letters(s->str);
        word_set_add(set, s->str);
        g_assert_cmpint(g_get_monotonic_time() - start, <, 5 * G_USEC_PER_SEC);
    }
}

static void test_enriched(void)
{
    static const struct {
        const char *marked, *plain;
        bool is_richtext;
    } rows[] = {
        {"one\ntwo\n\nthree\n\n\nfour", "one two\nthree\n\nfour", false},
        {"<bold>a</bold> <<b> c < d", "a <b> c < d", false},
        {"<color><param>red</param>a</color>", "a", false},
        {"<nofill>a\nb\n</nofill>c", "a\nb\nc", false},
        {"a<excerpt>b<nl>c</excerpt>d", "a\n> b\n> c\nd", true},
        {"a<nl>b<lt>c<comment>d</comment>\ne", "a\nb<c e", true},
        {"a<paragraph>b</paragraph>c", "a\n\nb\n\nc", true},
        {"5 <6 and 7> 8", "5 <6 and 7> 8", false},
        {"</bold></nofill></excerpt>a", "\na", false},
        {"", "", false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *plain = enriched_to_text(rows[i].marked, rows[i].is_richtext);
        g_assert_cmpstr(plain, ==, rows[i].plain);
    }
}

static void test_small_print(void)
{
    static const char *const yes[] = {
        "Diese E-Mail wurde auf Viren geprüft.",
        "CAUTION: This email originated from outside of the organization.",
        "Esta mensagem foi verificada; não contém vírus nem spam.",
        "__________________\nNachbarn mailing list\n",
        "Это письмо пришло от внешнего отправителя.",
    };
    static const char *const no[] = {
        "Kontakt: Karl",
        "Bitte antworten Sie per E-Mail.",
        "Ich leite diese E-Mail gern weiter.",
        "Die Viren im Klassenzimmer sind schlimm.",
        "Man kann den Newsletter mit unsubscribe verlassen, das wissen viele nicht.",
        "______________\nUnterschrift",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(yes); i++)
        g_assert_true(small_print_is(yes[i]));
    for (gsize i = 0; i < G_N_ELEMENTS(no); i++)
        g_assert_false(small_print_is(no[i]));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    mail_init();
    g_test_add_func("/body/words", test_words);
    g_test_add_func("/body/word-limit", test_word_limit);
    g_test_add_func("/body/letters", test_letters);
    g_test_add_func("/body/linear", test_linear);
    g_test_add_func("/body/enriched", test_enriched);
    g_test_add_func("/body/small-print", test_small_print);
    return g_test_run();
}
