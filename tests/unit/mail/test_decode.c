/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Decoders, charsets, parameters, addresses, dates: tables of what the world writes.
 */
#include "base/limits.h"
#include "mail/message/message.h"
#include "mail/read/read.h"
#include "mail/mime/pgp.h"
#include "mail/mime/split.h"
#include "mail/mime/uu.h"
#include "mail/sender/auth.h"
#include "mail/word/address.h"
#include "mail/word/charset.h"
#include "mail/word/date.h"
#include "mail/word/decode.h"
#include "mail/word/filename.h"
#include "mail/word/param.h"

#include <string.h>

static void test_words(void)
{
    static const struct {
        const char *raw, *text;
    } rows[] = {
        {"plain", "plain"},
        {"=?utf-8?Q?Stra=C3=9Fe?=", "Straße"},
        {"=?UTF-8?B?R3LDvA==?= =?utf-8?B?w59l?=", "Grüße"},  /* padding in the first word */
        {"=?utf-8?B?R3LD?=\t=?utf-8?B?vMOfZQ==?=", "Grüße"}, /* a character in two words */
        {"=?utf-8?Q?a?= =?iso-8859-1?Q?=E4?= b", "aä b"},    /* two charsets */
        {"=?utf-8*de?Q?sch=C3=B6n?=", "schön"},              /* RFC 2231 5 */
        {"=?iso-8859-1?Q?a_b=80?=", "a b€"},                 /* windows-1252 */
        {"x=?utf-8?Q?y?=z", "xyz"},                          /* glued to its neighbours */
        {"=?utf-8?Q?with blanks?=", "with blanks"},
        {"=?utf-8?X?a?= =?utf-8?Q?open", "=?utf-8?X?a?= =?utf-8?Q?open"},
        {"=?nix?Q?a=FC?=", "aü"},
        {"=?utf-8?q?a=0D=0ABcc:_x?=", "a Bcc: x"}, /* no line end comes out */
        {"=?utf-8?B?AGE=?=", " a"},                /* NUL */
        {"caf\xe9", "café"},
        {"=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = decode_words(rows[i].raw, strlen(rows[i].raw), NULL);
        g_assert_cmpstr(text, ==, rows[i].text);
    }
}

static bool is_text(GBytes *bytes, const char *text)
{
    gsize n;
    const char *data = g_bytes_get_data(bytes, &n);

    return n == strlen(text) && (n == 0 || memcmp(data, text, n) == 0);
}

static void test_base64(void)
{
    static const struct {
        const char *in, *out;
        bool broken;
    } rows[] = {
        {"SGFsbG8=", "Hallo", false},
        {"SGVsbG8=\nIHdvcmxk", "Hello world", true}, /* pieces joined */
        {"SGVsbG8gd29ybA", "Hello worl", true},      /* no padding */
        {"SGVsbG8gd29ybGQ", "Hello world", true},    /* cut off in the last group: what it holds is kept */
        {"SGVs\r\nbG8=\r\n", "Hello", false},
        {"SG*Vs!bG8=", "Hello", true},
        {"SGVsbG8=\n-- advert", "Hello", true}, /* text behind the data */
        {"SGVsbG8h\n--boundary--", "Hello!", true},
        {"S", "", true},
        {"", "", false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        bool broken = false;
        g_autoptr(GBytes) bytes = decode_base64(rows[i].in, strlen(rows[i].in), &broken);
        g_assert_true(is_text(bytes, rows[i].out));
        g_assert_cmpint(broken, ==, rows[i].broken);
    }
}

static void test_qp(void)
{
    static const struct {
        const char *in, *out;
    } rows[] = {
        {"Stra=DFe", "Stra\xdf"
                     "e"},
        {"a=\nb", "ab"},
        {"a= \t\r\nb", "ab"},
        {"1=2", "1=2"},
        {"100 %=", "100 %"},
        {"=e4", "\xe4"},
        {"a==3D", "a=="},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        bool broken = false;
        g_autoptr(GBytes) bytes = decode_qp(rows[i].in, strlen(rows[i].in), &broken);
        g_assert_true(is_text(bytes, rows[i].out));
    }
}

static void test_flowed(void)
{
    static const struct {
        const char *in, *out;
        bool is_delsp;
    } rows[] = {
        {"one \ntwo\n", "one two\n", false},
        {"one \ntwo\n", "onetwo\n", true},
        {"> a \n> b\nc\n", "> a b\nc\n", false},
        {"> a \n>> b\n", "> a \n>> b\n", false}, /* depths are not joined */
        {" >no quote\n From\n", ">no quote\nFrom\n", false},
        {"text \n-- \nAnna\n", "text \n-- \nAnna\n", false},
        {"last ", "last ", false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = decode_flowed(rows[i].in, rows[i].is_delsp);
        g_assert_cmpstr(text, ==, rows[i].out);
    }
}

static void test_charset(void)
{
    static const struct {
        const char *in, *charset, *out;
        bool mismatch;
    } rows[] = {
        {"abc", "utf-8", "abc", false},
        {"\xc3\xa4", "utf-8", "ä", false},
        {"\xe4", "utf-8", "ä", true},
        {"\xc3\xa4 \xe4", "utf-8", "ä ä", true}, /* two programs have put it together */
        {"\xe4", "iso-8859-1", "ä", false},
        {"\xc3\xa4", "iso-8859-1", "ä", true},
        {"\xe4", NULL, "ä", true},
        {"\xc3\xa4", NULL, "ä", false},
        {"\x80", "Windows-1252", "€", false},
        {"\xa4", "iso-8859-15", "€", false},
        {"\xe4", "no-such", "ä", true},
        {"\xc4\xe3", "gb2312", "你", false},
        {"+AOQ-", "utf-7", "ä", false},
        {"\xff", "iso-2022-jp", "\xef\xbf\xbd", true},
        /* iconv takes it for UTF-8, which to it goes beyond U+10FFFF */
        {"\xf5\xbc\x90\x91", "utf%8", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        bool mismatch = false;
        g_autofree char *text = charset_to_utf8(rows[i].in, strlen(rows[i].in), rows[i].charset, &mismatch);
        g_assert_cmpstr(text, ==, rows[i].out);
        g_assert_cmpint(mismatch, ==, rows[i].mismatch);
    }
}

static void test_clean(void)
{
    g_autofree char *text = g_strdup("\xef\xbb\xbfone\r\ntwo\rthree\x01\x7f\xc2\x85\tend");
    g_autofree char *line = g_strdup("a\r\nb\tc");
    g_autofree char *name = g_strdup("Rechnung\xe2\x80\xae"
                                     "fdp.exe");

    charset_clean_text(text);
    g_assert_cmpstr(text, ==, "one\ntwo\nthree\tend");
    charset_clean_line(line);
    g_assert_cmpstr(line, ==, "a b c");
    charset_clean_name(name);
    g_assert_cmpstr(name, ==, "Rechnungfdp.exe");
}

static void test_params(void)
{
    static const struct {
        const char *raw, *value, *name, *param;
        bool is_strict;
    } rows[] = {
        {"text/plain; charset=utf-8", "text/plain", "charset", "utf-8", true},
        {"Text/Plain ;Charset=\"UTF-8\"", "text/plain", "charset", "UTF-8", true},
        {"text/plain;", "text/plain", "charset", NULL, true},
        {"text/plain (note); charset=us-ascii (Plain)", "text/plain", "charset", "us-ascii", false},
        {"text/plain charset=utf-8", "text/plain", "charset", "utf-8", false},
        {"multipart/mixed boundary=x", "multipart/mixed", "boundary", "x", false},
        {"attachment; filename=a b.pdf", "attachment", "filename", "a b.pdf", false},
        {"attachment; filename=\"a\\\"b.pdf\"", "attachment", "filename", "a\"b.pdf", false},
        {"attachment; filename=\"C:\\x.pdf\"", "attachment", "filename", "C:\\x.pdf", false},
        {"attachment; filename*=utf-8''%C3%A4.pdf", "attachment", "filename", "ä.pdf", true},
        {"attachment; filename*=''a.pdf", "attachment", "filename", "a.pdf", true},
        {"text/plain; name='a.txt'", "text/plain", "name", "'a.txt'", false},
        {"attachment; filename='a b.pdf'; size=1", "attachment", "filename", "'a b.pdf'", false},
        {"multipart/mixed; boundary='x'", "multipart/mixed", "boundary", "'x'", false},
        {"text/plain; name=it's.txt", "text/plain", "name", "it's.txt", true},
        {"attachment; filename*1=b.pdf; filename*0=a", "attachment", "filename", "ab.pdf", false},
        {"attachment; filename*0*=utf-8''%C3; filename*1*=%A4", "attachment", "filename", "ä", true},
        {"attachment; filename=x; filename*=utf-8''y", "attachment", "filename", "y", false},
        {"attachment; filename=x; filename=y", "attachment", "filename", "x", false},
        {"text/plain; =x; charset=utf-8", "text/plain", "charset", "utf-8", false},
        {"attach\x02ment", "attachment", "filename", NULL, false},
        {"attach\001m\344nt; filename=x", "attachmänt", "filename", "x", false},
        {"", "", "charset", NULL, false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(param_field_autoptr_t) f = param_parse(rows[i].raw);
        g_assert_cmpstr(f->value, ==, rows[i].value);
        g_assert_cmpstr(param_get(f, rows[i].name), ==, rows[i].param);
        g_assert_cmpint(param_is_strict(rows[i].raw), ==, rows[i].is_strict);
    }
}

static void test_addresses(void)
{
    static const struct {
        const char *raw, *expected; /* "name|address" joined by ";" */
    } rows[] = {
        {"a@b.c", "|a@b.c"},
        {"Anna <a@B.C>", "Anna|a@b.c"},
        {"\"Muster, Anna\" <a@b.c>, d@e.f", "Muster, Anna|a@b.c;|d@e.f"},
        {"Muster, Anna <a@b.c>", "Muster, Anna|a@b.c"},
        {"Foo Bar foo@bar.com", "Foo Bar|foo@bar.com"},
        {"a@b.c; d@e.f", "|a@b.c;|d@e.f"},
        {"a@b.c (Anna (B.))", "Anna (B.)|a@b.c"},
        {"Friends: a@b.c, d@e.f;, x@y.z", "|a@b.c;|d@e.f;|x@y.z"},
        {"undisclosed-recipients:;", ""},
        {"\"john doe\"@b.c", "|\"john doe\"@b.c"},
        {"\"ceo@bank.example\" <evil@x.y>", "ceo@bank.example|evil@x.y"},
        {"<@a.b,@c.d:e@f.g>", "|e@f.g"},
        {"=?utf-8?Q?J=C3=BCrgen=2C_Gro=C3=9F?= <j@b.c>", "Jürgen, Groß|j@b.c"},
        {"'Anna' <a@b.c>", "Anna|a@b.c"},
        {"a <a@b.c> d <d@e.f>", "a|a@b.c;d|d@e.f"},
        {"x@xn--bcher-kva.example", "|x@bücher.example"},
        {"nobody", "|nobody"},
        {"<>", ""},
        {"<<a@b.c>>", "|a@b.c"},
        {",,;", ""},
        {"a@b.c\xe2\x80\xae", "|a@b.c"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)mailbox_free);
        g_autoptr(GString) got = g_string_new(NULL);
        address_parse(rows[i].raw, list);
        for (guint j = 0; j < list->len; j++) {
            const struct mailbox *b = g_ptr_array_index(list, j);
            g_string_append_printf(got, "%s%s|%s", j > 0 ? ";" : "", b->name, b->address);
        }
        g_assert_cmpstr(got->str, ==, rows[i].expected);
    }
}

static void test_address_limit(void)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)mailbox_free);
    g_autoptr(GString) raw = g_string_new(NULL);

    for (guint i = 0; i < LIMIT_ADDRESSES + 50; i++)
        g_string_append(raw, "a@b.c, ");
    address_parse(raw->str, list);
    g_assert_cmpuint(list->len, ==, LIMIT_ADDRESSES);
}

static void test_dates(void)
{
    static const struct {
        const char *field, *rfc3339;
    } rows[] = {
        {"Mon, 3 Jun 2024 10:15:00 +0200", "2024-06-03T10:15:00+02:00"},
        {"3 Jun 2024 10:15 GMT", "2024-06-03T10:15:00Z"},
        {"Mon, 03 Jun 2024 10:15:00 -0330 (NST)", "2024-06-03T10:15:00-03:30"},
        {"Mon, 3 Jun 2024 10:x <a@b.c>", NULL},
        {"nonsense", NULL},
        {"", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = date_to_rfc3339(rows[i].field);
        g_assert_cmpstr(text, ==, rows[i].rfc3339);
    }
}

static void test_filenames(void)
{
    static const struct {
        const char *raw, *name;
    } rows[] = {
        {"plan.pdf", "plan.pdf"},
        {"../../etc/passwd", "passwd"},
        {"C:\\Eigene\\plan.pdf", "plan.pdf"},
        {"/", NULL},
        {"..", NULL},
        {" ", NULL},
        {"a\nb.pdf", "a b.pdf"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *name = filename_clean(rows[i].raw);
        g_assert_cmpstr(name, ==, rows[i].name);
    }
}

static void test_split(void)
{
    static const struct {
        const char *body, *boundary;
        guint n_parts;
        const char *defect; /* NULL: none */
    } rows[] = {
        {"--b\none\n--b\ntwo\n--b--\n", "b", 2, NULL},
        {"--b\r\none\r\n--b--\r\n", "b", 1, NULL},
        {"preamble\n--b  \none\n--b--", "b", 1, NULL},
        {"--b\none\n--bb\ntwo\n--b--\n", "b", 1, NULL}, /* a longer boundary is another one */
        {"--b junk\none\n--b--\n", "b", 1, "bad-boundary"},
        {"--b\none\n", "b", 1, "no-closing-boundary"},
        {"--b\none\n--b--\n--b\ntwo\n--b--\n", "b", 2, "parts-after-end"},
        {"Content-Type: x\n--b\none\n--b--\n", "b", 1, "mime-in-preamble"},
        {"text\n", "b", 0, NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GPtrArray) defects = g_ptr_array_new_with_free_func(g_free);
        const char *body = rows[i].body;
        struct budget budget = {.n_parts = 10, .n_delimiters = 100, .defects = defects};
        g_autoptr(GArray) parts = split_parts(body, body + strlen(body), rows[i].boundary, &budget);
        g_assert_cmpuint(parts->len, ==, rows[i].n_parts);
        g_assert_cmpuint(defects->len, ==, rows[i].defect != NULL);
        if (rows[i].defect != NULL)
            g_assert_cmpstr(g_ptr_array_index(defects, 0), ==, rows[i].defect);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    mail_init();
    g_test_add_func("/decode/words", test_words);
    g_test_add_func("/decode/base64", test_base64);
    g_test_add_func("/decode/qp", test_qp);
    g_test_add_func("/decode/flowed", test_flowed);
    g_test_add_func("/decode/charset", test_charset);
    g_test_add_func("/decode/clean", test_clean);
    g_test_add_func("/decode/params", test_params);
    g_test_add_func("/decode/addresses", test_addresses);
    g_test_add_func("/decode/address-limit", test_address_limit);
    g_test_add_func("/decode/dates", test_dates);
    g_test_add_func("/decode/filenames", test_filenames);
    g_test_add_func("/decode/split", test_split);
    return g_test_run();
}
