/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a whole mail may cost, all its parts together: each budget of mail/mime/budget.h is hit, and what is beyond it is left
 * as it stands and marked.
 */
#include "base/limits.h"
#include "mail/html/html.h"
#include "mail/message/message.h"
#include "mail/read/read.h"
#include "mail/word/param.h"

#include <string.h>

static bool has_defect(const struct message *m, const char *word)
{
    return g_ptr_array_find_with_equal_func(m->defects, word, g_str_equal, NULL);
}

static struct message *read_string(const GString *s)
{
    return message_read(s->str, s->len, NULL);
}

/* HEAD, and N_PARTS parts of FIELDS and BODY. */
static struct message *read_parts(guint n_parts, const char *fields, const char *body)
{
    g_autoptr(GString) s = g_string_new("Content-Type: multipart/mixed; boundary=b\n\n");

    for (guint i = 0; i < n_parts; i++)
        g_string_append_printf(s, "--b\n%s\n%s\n", fields, body);
    g_string_append(s, "--b--\n");
    return read_string(s);
}

static void test_parameters(void)
{
    g_autoptr(GString) raw = g_string_new("text/plain");

    for (guint i = 0; i < LIMIT_PARAMETERS; i++)
        g_string_append_printf(raw, "; a%u=x", i);
    g_assert_true(param_is_strict(raw->str));
    g_string_append(raw, "; late=x");
    g_autoptr(param_field_autoptr_t) f = param_parse(raw->str);
    g_assert_cmpuint(f->params->len, ==, LIMIT_PARAMETERS);
    g_assert_nonnull(param_get(f, "a99"));
    g_assert_null(param_get(f, "late"));
    g_assert_false(param_is_strict(raw->str));
}

/* A name twice is odd however long the names are that stand between. */
static void test_parameter_twice(void)
{
    g_assert_true(param_is_strict("text/plain; a=1; b=2; c=3"));
    g_assert_false(param_is_strict("text/plain; a=1; b=2; a=3"));
}

/* Files in a text count like parts; those that are too many stay in the text. */
static void check_files(const char *head, const char *piece, const char *late)
{
    g_autoptr(GString) s = g_string_new(head);

    for (guint i = 0; i < LIMIT_PARTS + 10; i++)
        g_string_append(s, piece);
    g_string_append(s, late);
    message_auto m = read_string(s);
    g_assert_true(has_defect(m, "too-many-parts"));
    g_assert_cmpuint(m->attachments->len, ==, LIMIT_PARTS - 1); /* the text itself is one */
    g_assert_nonnull(strstr(m->body, late));
}

static void test_uu(void)
{
    check_files("Subject: x\n\n", "begin 644 a\n#0V%T\nend\n", "begin 644 late\n#0V%T\nend\n");
}

static void test_yenc(void)
{
    check_files("Subject: x\n\n", "=ybegin line=128 size=1 name=a\nk\n=yend size=1\n",
                "=ybegin line=128 size=1 name=late\nk\n=yend size=1\n");
}

/* In many parts a few files each: the budget is the mail's. */
static void test_uu_in_parts(void)
{
    message_auto m = read_parts(100, "Content-Type: text/plain\n",
                                "begin 644 a\n#0V%T\nend\nbegin 644 b\n#0V%T\nend\n"
                                "begin 644 c\n#0V%T\nend\nbegin 644 d\n#0V%T\nend\n"
                                "begin 644 e\n#0V%T\nend\n");

    g_assert_true(has_defect(m, "too-many-parts"));
    g_assert_cmpuint(m->attachments->len + m->parts->len, <=, LIMIT_PARTS);
}

/* A beginning without an end is text, however many there are. */
static void test_yenc_without_end(void)
{
    g_autoptr(GString) s = g_string_new("Subject: x\n\n");

    for (guint i = 0; i < 5000; i++)
        g_string_append(s, "=ybegin name=a\nthe words of a person\n");
    message_auto m = read_string(s);
    g_assert_cmpuint(m->attachments->len, ==, 0);
    g_assert_cmpuint(strlen(m->body), >, s->len - 100);
}

static void append_attribute(GString *s, guchar level, guint32 type, const char *data, guint32 n)
{
    guint16 sum = 0;
    guint32 head[2] = {GUINT32_TO_LE(type), GUINT32_TO_LE(n)};

    for (guint32 i = 0; i < n; i++)
        sum = (guint16)(sum + (guchar)data[i]);
    sum = GUINT16_TO_LE(sum);
    g_string_append_c(s, (char)level);
    g_string_append_len(s, (const char *)head, sizeof head);
    g_string_append_len(s, data, n);
    g_string_append_len(s, (const char *)&sum, sizeof sum);
}

#define ATTACH_RENDDATA 0x00069002
#define ATTACH_TITLE    0x00018010
#define ATTACH_DATA     0x0006800f
#define ATTACH_BODY     0x0002800c
#define ATTACH_OTHER    0x00069001 /* of which libytnef makes nothing, and loses nothing */

/* A winmail.dat with that many files, and attributes behind the last one. */
static struct message *read_tnef(guint n_files, guint n_attributes)
{
    g_autoptr(GString) s = g_string_new("Content-Type: application/ms-tnef; name=winmail.dat\n\n");
    static const char rendering[14] = {1};

    g_string_append_len(s, "\x78\x9f\x3e\x22\x01\x00", 6);
    append_attribute(s, 1, 0x00089006, "\0\0\1\0", 4);
    for (guint i = 0; i < n_files; i++) {
        append_attribute(s, 2, ATTACH_RENDDATA, rendering, sizeof rendering);
        append_attribute(s, 2, ATTACH_TITLE, "a.txt", 6);
    }
    for (guint i = 0; i < n_attributes; i++)
        append_attribute(s, 2, ATTACH_OTHER, "x", 1);
    return read_string(s);
}

static void test_tnef(void)
{
    message_auto few = read_tnef(3, 0), many = read_tnef(LIMIT_PARTS + 10, 0), long_one = read_tnef(1, LIMIT_TNEF_ATTRIBUTES);

    g_assert_cmpuint(few->defects->len, ==, 0);
    g_assert_cmpuint(few->attachments->len, ==, 3);
    g_assert_true(has_defect(many, "too-many-parts"));
    g_assert_cmpuint(many->attachments->len, ==, LIMIT_PARTS - 1);
    g_assert_true(has_defect(long_one, "too-many-parts"));
    g_assert_cmpuint(long_one->attachments->len, ==, 1);
}

/* Twice in a message or a file, or of a file that never began: libytnef would forget the bytes of the one before, which a sanitizer sees. */
static void test_tnef_twice(void)
{
    g_autoptr(GString) s = g_string_new("Content-Type: application/ms-tnef; name=winmail.dat\n\n");
    static const char rendering[14] = {1};

    g_string_append_len(s, "\x78\x9f\x3e\x22\x01\x00", 6);
    append_attribute(s, 2, ATTACH_TITLE, "lost.txt", 9);
    for (guint i = 0; i < 2; i++)
        append_attribute(s, 1, ATTACH_BODY, i == 0 ? "Mehr Radwege." : "Weniger.", i == 0 ? 14 : 9);
    for (guint i = 0; i < 2; i++) {
        append_attribute(s, 2, ATTACH_RENDDATA, rendering, sizeof rendering);
        append_attribute(s, 2, ATTACH_TITLE, "a.txt", 6);
        append_attribute(s, 2, ATTACH_TITLE, "b.txt", 6);
        append_attribute(s, 2, ATTACH_DATA, "12", 2);
        append_attribute(s, 2, ATTACH_DATA, "345", 3);
        append_attribute(s, 1, ATTACH_BODY, "Gar keine.", 11);
    }
    message_auto m = read_string(s);
    g_assert_cmpstr(m->body, ==, "Mehr Radwege.");
    g_assert_cmpuint(m->attachments->len, ==, 2);
    for (guint i = 0; i < 2; i++) {
        const struct attachment *a = m->attachments->pdata[i];
        g_assert_cmpstr(a->name, ==, "a.txt");
    }
}

static void test_header_bytes(void)
{
    g_autofree char *value = g_strnfill(100 * 1000, 'x');
    g_autofree char *fields = g_strconcat("X: ", value, "\n", NULL);
    message_auto few = read_parts(LIMIT_HEADER_BYTES_ALL / 100000 - 1, fields, "text");
    message_auto many = read_parts(LIMIT_HEADER_BYTES_ALL / 100000 + 1, fields, "text");

    g_assert_false(has_defect(few, "header-too-large"));
    g_assert_true(has_defect(many, "header-too-large"));
}

static void test_text_bytes(void)
{
    g_autofree char *text = g_strnfill(LIMIT_TEXT_BYTES - 100, 'x');
    message_auto few = read_parts(LIMIT_TEXT_ALL_BYTES / LIMIT_TEXT_BYTES, "", text);
    message_auto many = read_parts(LIMIT_TEXT_ALL_BYTES / LIMIT_TEXT_BYTES + 1, "", text);

    g_assert_false(has_defect(few, "text-too-long"));
    g_assert_true(has_defect(many, "text-too-long"));
}

/* Encoded mails in encoded mails: each layer would be a copy. */
static void test_decoded_bytes(void)
{
    g_autofree char *text = g_strnfill(20 * 1000 * 1000, 'x');
    g_autoptr(GString) s = g_string_new("Subject: x\n");

    for (guint i = 0; i < 10; i++)
        g_string_append(s, "Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n");
    g_string_append(s, text);
    message_auto m = read_string(s);
    g_assert_true(has_defect(m, "bad-encoding"));
}

static void test_delimiters(void)
{
    g_autoptr(GString) s = g_string_new("Subject: x\n");

    for (guint i = 0; i < LIMIT_DEPTH - 1; i++)
        g_string_append_printf(s, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i, i);
    while (s->len < 4 * 1000 * 1000)
        g_string_append(s, "--x\n");
    message_auto m = read_string(s);
    g_assert_true(has_defect(m, "too-many-parts"));
    g_assert_false(has_defect(m, "too-deep"));
}

static void test_html_bytes(void)
{
    g_autofree char *text = g_strnfill(LIMIT_HTML_BYTES - 100, 'x');
    message_auto few = read_parts(LIMIT_HTML_ALL_BYTES / LIMIT_HTML_BYTES, "Content-Type: text/html\n", text);
    message_auto many = read_parts(LIMIT_HTML_ALL_BYTES / LIMIT_HTML_BYTES + 1, "Content-Type: text/html\n", text);

    g_assert_false(has_defect(few, "html-too-long"));
    g_assert_true(has_defect(many, "html-too-long"));
}

/* End tags of what was never opened, below many open elements. */
static void test_html_steps(void)
{
    g_autoptr(GPtrArray) defects = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) s = g_string_new("before ");

    for (guint i = 0; i < 2000; i++)
        g_string_append(s, "<b>");
    for (guint i = 0; i < 2000; i++)
        g_string_append(s, "</i>");
    g_autofree char *deep = html_to_text(s->str, defects);
    g_assert_cmpuint(defects->len, ==, 0);
    for (guint i = 0; i < 10000; i++)
        g_string_append(s, "</i>");
    g_autofree char *tangled = html_to_text(s->str, defects);
    g_assert_cmpuint(defects->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(defects, 0), ==, "html-too-tangled");
    g_assert_cmpstr(tangled, ==, "before\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    mail_init();
    g_test_add_func("/budget/parameters", test_parameters);
    g_test_add_func("/budget/parameter-twice", test_parameter_twice);
    g_test_add_func("/budget/uu", test_uu);
    g_test_add_func("/budget/yenc", test_yenc);
    g_test_add_func("/budget/uu-in-parts", test_uu_in_parts);
    g_test_add_func("/budget/yenc-without-end", test_yenc_without_end);
    g_test_add_func("/budget/tnef", test_tnef);
    g_test_add_func("/budget/tnef-twice", test_tnef_twice);
    g_test_add_func("/budget/header-bytes", test_header_bytes);
    g_test_add_func("/budget/text-bytes", test_text_bytes);
    g_test_add_func("/budget/decoded-bytes", test_decoded_bytes);
    g_test_add_func("/budget/delimiters", test_delimiters);
    g_test_add_func("/budget/html-bytes", test_html_bytes);
    g_test_add_func("/budget/html-steps", test_html_steps);
    return g_test_run();
}
