/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a mail carries beside its words: the bytes come back as they were, names in any language, no field is anybody's to add,
 * and somebody's whole mail is kept letter by letter. Read back by GMime and by our own reader.
 */
#include "base/digest.h"
#include "base/limits.h"
#include "mail/mime/attached.h"
#include "mail/read/read.h"
#include "mail/write/compose.h"
#include "mail/write/enclosed.h"

#include <string.h>

static struct outgoing *letter(void)
{
    struct outgoing *o = outgoing_new();

    o->from_address = g_strdup("neues@beteiligung.example.org");
    o->to_address = g_strdup("anna@example.net");
    o->subject = g_strdup("Ausgabe 1");
    o->message_id = g_strdup("n1.abc@beteiligung.example.org");
    o->date_at = 1772431200;
    o->text = g_strdup("Guten Tag, schöne Grüße.\n");
    o->html = g_strdup("<!DOCTYPE html><p>Guten Tag, schöne Grüße. <img src=\"cid:logo\" alt=\"Land\"></p>\n");
    return o;
}

static GString *compose(const struct outgoing *o)
{
    err_auto struct err e = {0};
    GString *out = g_string_new(NULL);

    g_assert_true(outgoing_compose(o, out, NULL, &e));
    return out;
}

static struct message *read_mail(const GString *mail)
{
    static const struct read_options options = {.own_domain = "beteiligung.example.org"};

    return message_read(mail->str, mail->len, &options);
}

/* 64 KiB in which every pair of bytes occurs, lines of any length among them. */
static GBytes *all_bytes(void)
{
    GByteArray *a = g_byte_array_new();

    for (guint i = 0; i < 65536; i++) {
        guint8 b = (guint8)((i * 2654435761u) >> 13);
        g_byte_array_append(a, &b, 1);
    }
    return g_byte_array_free_to_bytes(a);
}

static void assert_7bit_lines(const GString *mail, bool may_be_8bit)
{
    gsize column = 0;

    for (gsize i = 0; i < mail->len; i++) {
        guchar c = (guchar)mail->str[i];
        g_assert_true(c != 0 && (may_be_8bit || c < 0x80));
        if (c == '\n') {
            g_assert_cmpint(mail->str[i - 1], ==, '\r');
            column = 0;
        } else {
            g_assert_cmpuint(++column, <=, 999);
        }
    }
}

static const struct file_case {
    const char *name, *type, *shown, *shown_type;
} files[] = {
    {"programm.pdf", "application/pdf", "programm.pdf", "application/pdf"},
    {"Maßnahmen für Köln – Übersicht.pdf", "application/pdf", "Maßnahmen für Köln – Übersicht.pdf", "application/pdf"},
    {"道路.png", "image/png", "道路.png", "image/png"},
    {"../../etc/passwd", "application/x-sh", ".._.._etc_passwd", "application/x-sh"},
    {"a\r\nBcc: x@y.example", "image/png", "a__Bcc_ x@y.example", "image/png"},
    {"seite.html", "text/html", "seite.html", "application/octet-stream"},
    {"brief.eml", "message/rfc822", "brief.eml", "application/octet-stream"},
    {"x", "image/png; name=y\r\nX: y", "x", "application/octet-stream"},
    {NULL, NULL, "datei", "application/octet-stream"},
    {"evil\u202efdp.exe", "application/octet-stream", "evil_fdp.exe", "application/octet-stream"},
};

static void test_files(void)
{
    g_autoptr(GBytes) content = all_bytes();
    gsize n;
    const char *data = g_bytes_get_data(content, &n);
    g_autofree char *digest = digest_sha256_hex(data, n);

    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        outgoing_auto o = letter();
        g_autoptr(GBytes) file = enclosed_file(files[i].name, files[i].type, content);
        outgoing_enclose(o, file);
        g_autoptr(GString) mail = compose(o);
        assert_7bit_lines(mail, false);
        g_assert_null(strstr(mail->str, "\r\nBcc:"));
        message_auto m = read_mail(mail);
        g_assert_cmpuint(m->attachments->len, ==, 1);
        const struct attachment *a = m->attachments->pdata[0];
        g_autofree char *shown = g_strdup(files[i].shown[0] == '.' ? "datei.._.._etc_passwd" : files[i].shown);
        g_assert_cmpstr(a->name, ==, shown);
        g_assert_cmpstr(a->type, ==, files[i].shown_type);
        g_assert_cmpstr(a->disposition, ==, "attachment");
        g_assert_cmpstr(a->sha256, ==, digest);
        g_assert_cmpstr(m->body_from, ==, "text/plain");
        g_autoptr(GBytes) again = attached_content(mail->str, mail->len, a);
        g_assert_true(again != NULL && g_bytes_equal(again, content));
    }
}

static void test_long_name(void)
{
    g_autofree char *name = g_strnfill(5000, 'a');
    g_autoptr(GBytes) content = g_bytes_new_static("x", 1);
    g_autoptr(GBytes) file = enclosed_file(name, "image/png", content);
    outgoing_auto o = letter();

    outgoing_enclose(o, file);
    g_autoptr(GString) mail = compose(o);
    message_auto m = read_mail(mail);
    const struct attachment *a = m->attachments->pdata[0];
    g_assert_cmpuint(strlen(a->name), ==, ENCLOSED_NAME_CHARS);
}

/* What a program that does not know us has sent: every encoding; what stands nowhere by itself gives nothing. */
static void test_attached_content(void)
{
    static const char mail[] =
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        "--b\r\n\r\nText\r\n"
        "--b\r\nContent-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVsbG8=\r\n"
        "--b\r\nContent-Type: image/png; name=b.png\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nHel=\r\nlo\r\n"
        "--b\r\nContent-Type: image/png; name=c.png\r\n\r\nHello\r\n"
        "--b\r\nContent-Type: image/png; name=d.png\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\n"
        "begin 644 d.png\r\n%2&5L;&\\\r\n`\r\nend\r\n--b--\r\n";
    static const struct read_options options = {.own_domain = "example.org"};
    message_auto m = message_read(mail, strlen(mail), &options);
    g_autoptr(GBytes) hello = g_bytes_new_static("Hello", 5);

    g_assert_cmpuint(m->attachments->len, ==, 4);
    for (guint i = 0; i < 4; i++) {
        g_autoptr(GBytes) content = attached_content(mail, strlen(mail), m->attachments->pdata[i]);
        g_assert_true(i < 3 ? content != NULL && g_bytes_equal(content, hello) : content == NULL);
    }
    struct attachment lie = *(struct attachment *)m->attachments->pdata[0];
    lie.at += 1;
    g_assert_null(attached_content(mail, strlen(mail), &lie));
    lie.at = strlen(mail) + 1;
    g_assert_null(attached_content(mail, strlen(mail), &lie));
    lie.at = G_MAXUINT64;
    lie.n_raw = G_MAXUINT64;
    g_assert_null(attached_content(mail, strlen(mail), &lie));
}

static void test_picture(void)
{
    g_autoptr(GBytes) content = g_bytes_new_static("\x89PNG\r\n\x1a\n", 8);
    g_autoptr(GBytes) picture = enclosed_picture("logo", "image/png", content);
    outgoing_auto o = letter();

    o->picture = g_bytes_ref(picture);
    g_autoptr(GString) mail = compose(o);
    message_auto m = read_mail(mail);
    g_assert_cmpstr(m->structure, ==,
                    "[\"multipart/alternative\",\"text/plain\",[\"multipart/related\",\"text/html\",\"image/png\"]]");
    g_assert_nonnull(strstr(mail->str, "Content-Id: <logo>"));
    g_assert_nonnull(strstr(mail->str, "Content-Disposition: inline"));
    outgoing_enclose(o, picture);
    g_autoptr(GString) both = compose(o);
    message_auto two = read_mail(both);
    g_assert_cmpstr(two->structure, ==,
                    "[\"multipart/mixed\",[\"multipart/alternative\",\"text/plain\",[\"multipart/related\",\"text/html\","
                    "\"image/png\"]],\"image/png\"]");
}

static const struct mail_case {
    const char *what, *mail;
    gsize n_bytes; /* 0: to the NUL */
    const char *type;
    bool is_8bit;
} mails[] = {
    {"ASCII", "From: a@b.example\r\nSubject: x\r\n\r\nHallo\r\n.\r\n\r\nEnde", 0, "message/rfc822", false},
    {"8 bit", "From: a@b.example\r\nSubject: Grüße\r\n\r\nGrüße\r\n", 0, "message/rfc822", true},
    {"bare LF", "From: a@b.example\n\nHallo\n", 0, "application/octet-stream", false},
    {"NUL", "From: a@b.example\r\n\r\na\0b\r\n", 26, "application/octet-stream", false},
};

static void test_mails(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(mails); i++) {
        const struct mail_case *c = &mails[i];
        g_autoptr(GBytes) original = g_bytes_new_static(c->mail, c->n_bytes != 0 ? c->n_bytes : strlen(c->mail));
        outgoing_auto o = letter();
        g_autoptr(GBytes) entity = enclosed_mail("original", original, &o->has_8bit);
        outgoing_enclose(o, entity);
        g_assert_cmpint(o->has_8bit, ==, c->is_8bit);
        g_autoptr(GString) mail = compose(o);
        assert_7bit_lines(mail, c->is_8bit);
        message_auto m = read_mail(mail);
        g_assert_cmpuint(m->attachments->len, ==, 1);
        const struct attachment *a = m->attachments->pdata[0];
        g_assert_cmpstr(a->type, ==, c->type);
        g_assert_cmpstr(a->name, ==, "original.eml");
        g_autoptr(GBytes) again = attached_content(mail->str, mail->len, a);
        g_assert_true(again != NULL && g_bytes_equal(again, original));
    }
}

/* A mail of ours that comes back holds boundaries of ours. */
static void test_own_mail_enclosed(void)
{
    outgoing_auto o = letter();
    g_autoptr(GString) first = compose(o);
    g_autoptr(GBytes) original = g_bytes_new(first->str, first->len);
    g_autoptr(GBytes) entity = enclosed_mail("original", original, &o->has_8bit);

    outgoing_enclose(o, entity);
    g_autoptr(GString) mail = compose(o);
    message_auto m = read_mail(mail);
    g_assert_cmpuint(m->attachments->len, ==, 1);
    g_autoptr(GBytes) again = attached_content(mail->str, mail->len, m->attachments->pdata[0]);
    g_assert_true(again != NULL && g_bytes_equal(again, original));
}

/* Who takes mails in asks for no sums of parts; those of files, by which they are kept, come all the same. */
static void test_sums(void)
{
    static const struct read_options intake = {.own_domain = "beteiligung.example.org", .without_sums = true};
    outgoing_auto o = letter();
    g_autoptr(GBytes) abc = g_bytes_new_static("ABC", 3);
    g_autoptr(GBytes) file = enclosed_file("plan.bin", "application/octet-stream", abc);
    g_autofree char *sum = digest_sha256_hex("ABC", 3);

    outgoing_enclose(o, file);
    g_autoptr(GString) mail = compose(o);
    message_auto all = read_mail(mail), few = message_read(mail->str, mail->len, &intake);
    g_assert_cmpuint(all->parts->len, ==, 3);
    for (guint i = 0; i < all->parts->len; i++) {
        g_assert_cmpuint(strlen(((struct part *)all->parts->pdata[i])->sha256), ==, 64);
        g_assert_cmpstr(((struct part *)few->parts->pdata[i])->sha256, ==, "");
    }
    g_assert_cmpstr(((struct part *)all->parts->pdata[2])->sha256, ==, sum);
    g_assert_cmpstr(((struct attachment *)all->attachments->pdata[0])->sha256, ==, sum);
    g_assert_cmpstr(((struct attachment *)few->attachments->pdata[0])->sha256, ==, sum);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    mail_init();
    g_test_add_func("/enclosed/files", test_files);
    g_test_add_func("/enclosed/long-name", test_long_name);
    g_test_add_func("/enclosed/content-of-attached", test_attached_content);
    g_test_add_func("/enclosed/picture", test_picture);
    g_test_add_func("/enclosed/mails", test_mails);
    g_test_add_func("/enclosed/sums", test_sums);
    g_test_add_func("/enclosed/own-mail", test_own_mail_enclosed);
    return g_test_run();
}
