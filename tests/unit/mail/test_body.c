/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which words of a mail are read: forms of one text compared, text/enriched, small print, opaque signatures, charsets.
 */
#include "base/limits.h"
#include "mail/body/body_words.h"
#include "mail/body/small_print.h"
#include "mail/message/message.h"
#include "mail/read/read.h"
#include "mail/mime/cms.h"
#include "mail/mime/enriched.h"
#include "mail/word/subject.h"

#include <string.h>

static void test_words(void)
{
    static const struct {
        const char *a, *b;
        guint n_a, n_shared;
    } rows[] = {
        {"Mehr Licht, mehr Licht!", "MEHR\nLICHT", 2, 2},
        {"Straße", "STRASSE", 1, 1},
        {"πόλης", "ΠΌΛΗΣ", 1, 1},
        {"neu\n> alt alt2\n", "alt alt2", 1, 0},
        {"hier <https://example.org/lang/weg> da", "hier da", 2, 2},
        {"a < b <http", "a b http", 3, 3},
        {"自転車", "自動車", 3, 2},
        {"", "x", 0, 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(word_set) a = word_set_new(), b = word_set_new();
        word_set_add(a, rows[i].a);
        word_set_add(b, rows[i].b);
        g_assert_cmpuint(word_set_size(a), ==, rows[i].n_a);
        g_assert_cmpuint(word_set_shared(a, b), ==, rows[i].n_shared);
    }
}

static void test_word_limit(void)
{
    g_autoptr(GString) s = g_string_new(NULL);
    g_autoptr(word_set) set = word_set_new();

    for (guint i = 0; i < LIMIT_FORM_WORDS + 10; i++)
        g_string_append_printf(s, "w%u ", i);
    word_set_add(set, s->str);
    g_assert_cmpuint(word_set_size(set), ==, LIMIT_FORM_WORDS);
}

static void test_letters(void)
{
    static const struct {
        const char *html;
        gsize n;
    } rows[] = {
        {"<p>ab c</p>", 3},         {"<style>p{color:red}</style>ab", 2},
        {"<STYLE>never closed", 0}, {"<!-- a > b -->ab<!-- open", 2},
        {"&auml;&nbsp;&", 1},       {"<p", 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpuint(html_letters(rows[i].html), ==, rows[i].n);
}

/* Each of these takes quadratic time in a careless reader; what it takes here is printed. */
static void test_linear(void)
{
    static const char *const pieces[] = {"<style", "<!--", "<", "&", "<http", "<script>"};

    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autoptr(GString) s = g_string_new(NULL);
        while (s->len < 500000)
            g_string_append(s, pieces[i]);
        g_autoptr(word_set) set = word_set_new();
        gint64 start = g_get_monotonic_time();
        html_letters(s->str);
        word_set_add(set, s->str);
        g_test_message("'%s': %.3f s", pieces[i], (double)(g_get_monotonic_time() - start) / 1e6);
        g_assert_cmpuint(word_set_size(set), <=, LIMIT_FORM_WORDS);
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
        {"</bold></nofill></excerpt>a", "a", false},
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

static void test_subjects(void)
{
    static const struct {
        const char *subject, *base;
        enum marker_kind kind;
    } rows[] = {
        {"Radweg", "Radweg", MARKER_NONE},
        {"AW: [2] WG: Radweg", "Radweg", MARKER_REPLY},
        {"RE: [External]: Radweg", "Radweg", MARKER_REPLY},
        {"EXTERN: AW: Radweg", "Radweg", MARKER_REPLY},
        {"Extern: AW: Radweg", "Radweg", MARKER_REPLY},
        {"Extern: Radweg", "Extern: Radweg", MARKER_NONE},
        {"***SPAM*** Re[3]: Radweg", "Radweg", MARKER_REPLY},
        {"{Spam?} [liste] Re: Radweg", "Radweg", MARKER_REPLY},
        {"Re^2: RE (4) : Radweg", "Radweg", MARKER_REPLY},
        {"Re2: Radweg", "Radweg", MARKER_REPLY},
        {"回复：Radweg", "Radweg", MARKER_REPLY},
        {"回覆：: Radweg", "Radweg", MARKER_REPLY},
        {"【外部】转发：Radweg", "Radweg", MARKER_FORWARD},
        {"\342\200\217رد: Radweg", "Radweg", MARKER_REPLY},
        {"Odp.: Radweg", "Radweg", MARKER_REPLY},
        {"Re\302\240: Tr\302\240: Radweg", "Radweg", MARKER_REPLY},
        {"İLT: Radweg", "Radweg", MARKER_FORWARD},
        {"[Fwd: Radweg]", "Radweg", MARKER_FORWARD},
        {"Pro: Radweg", "Pro: Radweg", MARKER_NONE},
        {"Re: Pro: Radweg", "Radweg", MARKER_REPLY},
        {"Pro: Re: Radweg", "Radweg", MARKER_FORWARD},
        {"AG: Sitzung", "AG: Sitzung", MARKER_NONE},
        {"Radweg: so nicht", "Radweg: so nicht", MARKER_NONE},
        {"*Radweg*", "*Radweg*", MARKER_NONE},
        {"**wichtig**", "**wichtig**", MARKER_NONE},
        {"[Idee]", "[Idee]", MARKER_NONE},
        {"Re[2", "Re[2", MARKER_NONE},
        {"[WG: Radweg] ", "Radweg", MARKER_FORWARD},
        {"[WG: Radweg ]", "Radweg", MARKER_FORWARD},
        {"Re:", "", MARKER_REPLY},
        {"", "", MARKER_NONE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *base = subject_base(rows[i].subject, false);
        g_assert_cmpstr(base, ==, rows[i].base);
        g_assert_cmpint(subject_kind(rows[i].subject), ==, rows[i].kind);
    }
    g_autofree char *weak = subject_base("Pro: Radweg", true);
    g_assert_cmpstr(weak, ==, "Radweg");
}

static void wrap(GByteArray *a, guint8 tag)
{
    guint8 head[6] = {tag, 0x84, (guint8)(a->len >> 24), (guint8)(a->len >> 16), (guint8)(a->len >> 8), (guint8)a->len};

    g_byte_array_prepend(a, head, sizeof head);
}

/* Signed data with INSIDE in it, and nobody's signature. */
static void sign(GByteArray *inside)
{
    static const guint8 data[] = {0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01},
                        begin[] = {0x02, 0x01, 0x01, 0x31, 0x00},
                        is_signed[] = {0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02};

    wrap(inside, 0x04);
    wrap(inside, 0xa0);
    g_byte_array_prepend(inside, data, sizeof data);
    wrap(inside, 0x30);
    g_byte_array_prepend(inside, begin, sizeof begin);
    wrap(inside, 0x30);
    wrap(inside, 0xa0);
    g_byte_array_prepend(inside, is_signed, sizeof is_signed);
    wrap(inside, 0x30);
}

static void test_cms_layers(void)
{
    static const char head[] = "Content-Type: application/pkcs7-mime\n\n";

    for (guint n_layers = 1; n_layers < 2 * LIMIT_DEPTH; n_layers += LIMIT_DEPTH - 2) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        g_byte_array_append(bytes, (const guint8 *)"\nMehr Licht\n", 12);
        for (guint i = 0; i < n_layers; i++) {
            sign(bytes);
            g_byte_array_prepend(bytes, (const guint8 *)head, (guint)strlen(head));
        }
        message_auto m = message_read((const char *)bytes->data, bytes->len, NULL);
        g_assert_cmpstr(m->text, ==, n_layers < LIMIT_DEPTH ? "Mehr Licht" : "");
        g_assert_cmpuint(m->defects->len, ==, n_layers < LIMIT_DEPTH ? 0 : 1);
    }
}

static void test_cms_broken(void)
{
    g_autoptr(GByteArray) whole = g_byte_array_new();

    g_byte_array_append(whole, (const guint8 *)"\nText\n", 6);
    sign(whole);
    for (guint n = 0; n <= whole->len; n++) {
        g_autoptr(GBytes) part = g_bytes_new(whole->data, n);
        g_autoptr(GBytes) inside = cms_signed_content(part);
        g_assert_true((inside != NULL) == (n == whole->len));
    }
    for (guint i = 0; i < whole->len; i++) { /* any byte another one */
        g_autoptr(GByteArray) other = g_byte_array_sized_new(whole->len);
        g_byte_array_append(other, whole->data, whole->len);
        other->data[i] = 0x80;
        g_autoptr(GBytes) bytes = g_bytes_new(other->data, other->len);
        g_autoptr(GBytes) inside = cms_signed_content(bytes);
        g_assert_true(inside == NULL || g_bytes_get_size(inside) < whole->len);
    }
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
    g_test_add_func("/body/subjects", test_subjects);
    g_test_add_func("/body/cms-layers", test_cms_layers);
    g_test_add_func("/body/cms-broken", test_cms_broken);
    return g_test_run();
}
