/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Composing: exact bytes of small mails, what every mail must hold to (line lengths, one of each field, no
 * injection from any input), and that GMime reads back what we wrote.
 */
#include "mail/write/body_out.h"
#include "mail/write/compose.h"

#include <gmime/gmime.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeMessage, g_object_unref)

static struct outgoing *simple(const char *subject, const char *text, const char *html)
{
    struct outgoing *o = outgoing_new();

    o->from_name = g_strdup("Forum Mobilität");
    o->from_address = g_strdup("mobilitaet@beteiligung.example.org");
    o->to_address = g_strdup("anna@example.net");
    o->subject = g_strdup(subject);
    o->message_id = g_strdup("n1.abc@beteiligung.example.org");
    o->date_at = 1772431200;
    o->text = g_strdup(text);
    o->html = g_strdup(html);
    return o;
}

static char *composed(const struct outgoing *o)
{
    err_auto struct err e = {0};
    GString *out = g_string_new(NULL);
    bool is_ok = outgoing_compose(o, out, NULL, &e);

    if (!is_ok) {
        g_assert_cmpuint(out->len, ==, 0);
        g_assert_cmpint(e.kind, ==, ERR_INPUT);
        g_string_append(out, e.text);
    }
    return g_string_free(out, FALSE);
}

static void test_exact(void)
{
    outgoing_auto o = simple("Neue Idee", "Guten Tag,\n\nbis bald\n-- \nForum\n", NULL);

    o->is_flowed = true;
    o->reply_to = g_strdup("idee-42@beteiligung.example.org");
    o->in_reply_to = g_strdup("1@example.net");
    outgoing_add_reference(o, "0@example.net");
    outgoing_add_reference(o, "not an id");
    outgoing_add_reference(o, "1@example.net");
    o->language = g_strdup("de");
    o->auto_submitted = g_strdup("auto-generated");
    o->zone = g_time_zone_new_offset(3600);
    outgoing_add_header(o, "List-Id", "Forum Mobilität <mobilitaet.beteiligung.example.org>");
    g_autofree char *got = composed(o);
    g_assert_cmpstr(got, ==,
                    "Date: Mon, 02 Mar 2026 07:00:00 +0100\r\n"
                    "From: =?utf-8?Q?Forum_Mobilit=C3=A4t?= <mobilitaet@beteiligung.example.org>\r\n"
                    "To: anna@example.net\r\n"
                    "Reply-To: idee-42@beteiligung.example.org\r\n"
                    "Subject: Neue Idee\r\n"
                    "Message-ID: <n1.abc@beteiligung.example.org>\r\n"
                    "In-Reply-To: <1@example.net>\r\n"
                    "References: <0@example.net> <1@example.net>\r\n"
                    "Content-Language: de\r\n"
                    "Auto-Submitted: auto-generated\r\n"
                    "List-Id: Forum =?utf-8?Q?Mobilit=C3=A4t?= <mobilitaet.beteiligung.example.org>\r\n"
                    "MIME-Version: 1.0\r\n"
                    "Content-Type: text/plain; charset=utf-8; format=flowed\r\n"
                    "Content-Transfer-Encoding: 7bit\r\n"
                    "\r\n"
                    "Guten Tag,\r\n\r\nbis bald\r\n-- \r\nForum\r\n");
}

/* ---- What holds for every mail */
static void assert_lines(const char *mail)
{
    bool is_header = true;

    for (const char *line = mail; *line != '\0';) {
        const char *end = strstr(line, "\r\n");
        g_assert_nonnull(end);
        gsize n = (gsize)(end - line);
        g_assert_cmpuint(n, <=, 998);
        g_assert_null(memchr(line, '\n', n));
        g_assert_null(memchr(line, '\r', n));
        for (gsize i = 0; i < n; i++)
            g_assert_true((guchar)line[i] < 0x80 && (line[i] >= ' ' || line[i] == '\t'));
        if (n == 0)
            is_header = false;
        if (is_header && strstr(line, "=?utf-8?") != NULL && strstr(line, "=?utf-8?") < end)
            g_assert_cmpuint(n, <=, 78);
        line = end + 2;
    }
}

/* Encoded words must be valid UTF-8 each by itself. */
static void assert_whole_characters(const char *mail)
{
    for (const char *at = mail; (at = strstr(at, "=?utf-8?")) != NULL; at++) {
        const char *end = strstr(at + 10, "?=");
        g_assert_nonnull(end);
        g_assert_cmpint(end + 2 - at, <=, 75);
        g_autofree char *word = g_strndup(at, (gsize)(end + 2 - at));
        g_autofree char *text = g_mime_utils_header_decode_text(NULL, word);
        g_assert_true(g_utf8_validate(text, -1, NULL));
        g_assert_null(strstr(text, "\ufffd"));
        g_assert_cmpstr(text, !=, word);
    }
}

static void append_decoded(GString *out, const char *word)
{
    const char *text = word + strlen("=?utf-8?Q?"), *end = strstr(text, "?=");

    if (word[8] == 'B') {
        g_autofree char *base64 = g_strndup(text, (gsize)(end - text));
        gsize n;
        g_autofree guchar *bytes = g_base64_decode(base64, &n);
        g_string_append_len(out, (char *)bytes, (gssize)n);
        return;
    }
    for (; text < end; text++) {
        if (*text == '=') {
            g_string_append_c(out, (char)(g_ascii_xdigit_value(text[1]) * 16 + g_ascii_xdigit_value(text[2])));
            text += 2;
        } else {
            g_string_append_c(out, *text == '_' ? ' ' : *text);
        }
    }
}

/* The Subject as a reader without GMime's faults sees it: unfolded, encoded words decoded, blanks between them gone. */
static char *decoded_subject(const char *mail)
{
    const char *at = strstr(mail, "\r\nSubject:") + 10, *end = strstr(at, "\r\nMessage-ID:");
    g_autofree char *folded = g_strndup(at, (gsize)(end - at));
    g_auto(GStrv) lines = g_strsplit(folded, "\r\n", -1);
    g_autofree char *line = g_strjoinv("", lines);
    g_auto(GStrv) words = g_strsplit(g_strstrip(line), " ", -1);
    GString *out = g_string_new(NULL);
    bool was_encoded = false;

    for (guint i = 0; words[i] != NULL; i++) {
        bool is_encoded = g_str_has_prefix(words[i], "=?utf-8?");
        if (i > 0 && !(is_encoded && was_encoded))
            g_string_append_c(out, ' ');
        if (is_encoded)
            append_decoded(out, words[i]);
        else
            g_string_append(out, words[i]);
        was_encoded = is_encoded;
    }
    return g_string_free(out, FALSE);
}

static GMimeMessage *read_back(const char *mail)
{
    g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer(mail, strlen(mail));
    g_autoptr(GMimeParser) parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *m = g_mime_parser_construct_message(parser, NULL);

    g_assert_nonnull(m);
    return m;
}

static char *part_text(GMimeMessage *m, int index)
{
    GMimeObject *root = g_mime_message_get_mime_part(m);
    GMimeObject *part = GMIME_IS_MULTIPART(root) ? g_mime_multipart_get_part(GMIME_MULTIPART(root), index) : root;
    char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
    g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);

    g_free(text);
    return g_strjoinv("\n", lines);
}

static const char *const subjects[] = {
    "",
    "Kurz",
    "Ein ziemlich langer Betreff, der ganz sicher nicht in eine einzige Zeile von 78 Zeichen passt [RK-2026-0001]",
    "Grüße aus Köln: Über Öl, Ärger und Straßen, mit sehr vielen Umlauten äöüÄÖÜß und noch mehr Wörtern [42]",
    "Önce çocuklar: oyun alanları için güvenli yollar, şehir içinde ve çevresinde, herkes için erişilebilir",
    "Дорога до школи має бути безпечною для всіх дітей нашого міста, і ми пропонуємо десять змін",
    "道路の安全について、すべての子どもたちのために、十の提案をここに記します。ご確認をお願いします。",
    "=?utf-8?Q?kein?= echtes Wort, ?= und =?",
    "EinWortOhneEndeEinWortOhneEndeEinWortOhneEndeEinWortOhneEndeEinWortOhneEndeEinWortOhneEndeEinWortOhneEnde",
    "🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲",
    "a ä b ä c ä d ä e ä f ä g ä h ä i ä j ä k ä l ä m ä n ä o ä p ä q ä r ä s ä t ä u ä v ä w ä x ä",
};

static void test_subjects_survive(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(subjects); i++) {
        outgoing_auto o = simple(subjects[i], "x\n", NULL);
        g_autofree char *mail = composed(o);
        assert_lines(mail);
        assert_whole_characters(mail);
        g_autofree char *decoded = decoded_subject(mail);
        g_assert_cmpstr(decoded, ==, subjects[i]);
    }
}

static const struct name_case {
    const char *name, *expected;
} names[] = {
    {NULL, "From: m@example.org\r\n"},
    {"", "From: m@example.org\r\n"},
    {"Anna", "From: Anna <m@example.org>\r\n"},
    {"Dr. Anna, \"die\" \\", "From: \"Dr. Anna, \\\"die\\\" \\\\\" <m@example.org>\r\n"},
    {"Erika B. über Forum", "From: =?utf-8?Q?Erika_B=2E_=C3=BCber_Forum?= <m@example.org>\r\n"},
    {"x\r\nBcc: victim@example.org", "From: \"x Bcc: victim@example.org\" <m@example.org>\r\n"},
    {"chef@example.net", "From: \"chef@example.net\" <m@example.org>\r\n"},
};

static void test_names(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        outgoing_auto o = simple("s", "x\n", NULL);
        g_free(o->from_name);
        g_free(o->from_address);
        o->from_name = g_strdup(names[i].name);
        o->from_address = g_strdup("m@example.org");
        g_autofree char *mail = composed(o);
        g_assert_nonnull(strstr(mail, names[i].expected));
        assert_lines(mail);
    }
}

static const struct address_case {
    const char *address, *expected; /* NULL: refused */
} addresses[] = {
    {"a@b.example", "a@b.example"},
    {"jörg@example.org", "jörg@example.org"},
    {"a@straße.example", "a@xn--strae-oqa.example"},
    {"a..b@example.jp", "\"a..b\"@example.jp"},
    {"a@[192.0.2.1]", "a@[192.0.2.1]"},
    {"idee-42+intern@x.example", "idee-42+intern@x.example"},
    {"a@b@c.example", NULL},
    {"a", NULL},
    {"", NULL},
    {"@b.example", NULL},
    {"a@", NULL},
    {"a b@c.example", NULL},
    {"a@c.example\r\nBcc: x@y.example", NULL},
    {"a\r\n@c.example", NULL},
    {"<a@c.example>", NULL},
    {"a,b@c.example", NULL},
    {"a@c.example,b@d.example", NULL},
    {"a@c..example", NULL},
    {"a\"@c.example", NULL},
    {"a\xff@c.example", NULL},
};

static void test_addresses(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(addresses); i++) {
        outgoing_auto o = simple("s", "x\n", NULL);
        g_free(o->to_address);
        o->to_address = g_strdup(addresses[i].address);
        g_autofree char *mail = composed(o);
        if (addresses[i].expected == NULL) {
            g_assert_cmpstr(mail, ==, "the recipient's address cannot be written");
            g_assert_false(outgoing_is_address(addresses[i].address));
            continue;
        }
        g_autofree char *line = g_strdup_printf("\r\nTo: %s\r\n", addresses[i].expected);
        g_assert_nonnull(strstr(mail, line));
    }
}

static void test_long_address(void)
{
    g_autofree char *local = g_strnfill(65, 'a');
    g_autofree char *address = g_strconcat(local, "@example.org", NULL);

    g_assert_false(outgoing_is_address(address));
    g_assert_true(outgoing_is_address(address + 1));
    g_autofree char *domain = g_strnfill(250, 'd');
    g_autofree char *far = g_strconcat("a@", domain, ".org", NULL);
    g_assert_false(outgoing_is_address(far));
}

static void test_needs_utf8(void)
{
    outgoing_auto o = simple("s", "x\n", NULL);
    g_autoptr(GString) out = g_string_new(NULL);
    bool needs = true;

    g_assert_true(outgoing_compose(o, out, &needs, NULL));
    g_assert_false(needs);
    g_free(o->to_address);
    o->to_address = g_strdup("jörg@straße.example");
    g_assert_true(outgoing_compose(o, out, &needs, NULL));
    g_assert_true(needs);
}

static void test_raw_headers(void)
{
    outgoing_auto o = simple("s", "x\n", NULL);

    outgoing_add_header(o, "List-Unsubscribe",
                        "<mailto:abmelden+0123456789abcdef0123456789abcdef@beteiligung.example.org?subject=x>, "
                        "<https://beteiligung.example.org/u/0123456789abcdef0123456789abcdef?=x>");
    outgoing_add_header(o, "X-Note", "a\r\nBcc: b@example.org\r\n\r\nbody");
    g_autofree char *mail = composed(o);
    g_assert_nonnull(strstr(mail, "\r\nList-Unsubscribe: "
                                  "<mailto:abmelden+0123456789abcdef0123456789abcdef@beteiligung.example.org?subject=x>,\r\n "
                                  "<https://beteiligung.example.org/u/0123456789abcdef0123456789abcdef?=x>\r\n"));
    g_assert_nonnull(strstr(mail, "\r\nX-Note: a Bcc: b@example.org body\r\n"));
    assert_lines(mail);
}

static void test_raw_headers_refused(void)
{
    static const char *const bad[][2] = {{"Subject", "x"},      {"bcc", "x@example.org"},
                                         {"Content-Type", "x"}, {"X Y", "x"},
                                         {"X:Y", "x"},          {"", "x"},
                                         {"X-\r\nBcc", "x"},    {"List-Post", "<mailto:ä@example.org>"},
                                         {"Return-Path", "<>"}};
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        outgoing_auto o = simple("s", "x\n", NULL);
        outgoing_add_header(o, bad[i][0], bad[i][1]);
        g_autofree char *mail = composed(o);
        g_assert_true(g_str_has_suffix(mail, "cannot be written"));
    }
    outgoing_auto o = simple("s", "x\n", NULL);
    g_autofree char *wide = g_strnfill(2000, 'w');
    g_autofree char *uri = g_strconcat("<https://", wide, ">", NULL);
    outgoing_add_header(o, "List-Archive", uri);
    g_autofree char *mail = composed(o);
    g_assert_cmpstr(mail, ==, "the header List-Archive cannot be written");
}

static void test_many_references(void)
{
    outgoing_auto o = simple("s", "x\n", NULL);

    for (guint i = 0; i < 500; i++) {
        g_autofree char *id = g_strdup_printf("m%u@example.net", i);
        outgoing_add_reference(o, id);
    }
    g_autofree char *mail = composed(o);
    g_assert_nonnull(strstr(mail, "References: <m0@example.net> <m481@example.net>"));
    g_assert_nonnull(strstr(mail, "<m499@example.net>\r\n"));
    g_assert_null(strstr(mail, "<m480@example.net>"));
    assert_lines(mail);
}

/* ---- Bodies */
static const char *const bodies[] = {
    "kurz\n",
    "\n",
    "Grüße an alle Leute, die in einer sehr langen Zeile stehen, die weit über 76 Zeichen hinausgeht, und noch weiter.\n",
    "Leerzeichen am Ende \nTab am Ende\t\n \n\t\nä \n",
    ".\n..\n.ä\nFrom here\nFrom ä\n",
    "=3D =\n==\n",
    "日本語の文章はとても長い一行になることがありますので、必ず文字の途中で切れないようにしなければなりません。\n",
    "--=_0123456789abcdef\nContent-Type: text/html\n\n<script>\n",
    "a\tb\n\n\n\nende ohne Zeilenende",
};

static void test_bodies_survive(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(bodies); i++) {
        outgoing_auto o = simple("s", bodies[i], "<!DOCTYPE html>\n<p>Grüße &amp; =</p>\n");
        g_autofree char *mail = composed(o);
        assert_lines(mail);
        g_autoptr(GMimeMessage) m = read_back(mail);
        g_autofree char *text = part_text(m, 0);
        g_autofree char *html = part_text(m, 1);
        g_autofree char *expected = g_str_has_suffix(bodies[i], "\n") ? g_strdup(bodies[i]) : g_strconcat(bodies[i], "\n", NULL);
        g_assert_cmpstr(text, ==, expected);
        g_assert_cmpstr(html, ==, "<!DOCTYPE html>\n<p>Grüße &amp; =</p>\n");
        g_assert_null(strstr(mail, "\r\n.\r\n"));
        g_assert_null(strstr(mail, "\r\nFrom "));
    }
}

static void test_controls_in_body(void)
{
    outgoing_auto o = simple("s",
                             "a\rb\x01"
                             "c\x1b[31m\x7f\r\n.\r\n",
                             NULL);
    g_autofree char *mail = composed(o);

    assert_lines(mail);
    g_assert_nonnull(strstr(mail, "a=0Db=01c=1B[31m=7F=0D\r\n=2E=0D\r\n"));
}

static void test_boundary(void)
{
    outgoing_auto o = simple("s", "text\n", "<p>x</p>\n");
    g_autofree char *one = composed(o);
    const char *at = strstr(one, "boundary=\"") + 10;
    g_autofree char *boundary = g_strndup(at, strcspn(at, "\""));

    g_autofree char *same = composed(o);
    g_assert_cmpstr(one, ==, same);
    /* Somebody who foresees the boundary gains nothing by writing it into the HTML. */
    g_free(o->html);
    o->html = g_strdup_printf("--%s--\n", boundary);
    g_autofree char *other = composed(o);
    at = strstr(other, "boundary=\"") + 10;
    g_assert_false(g_str_has_prefix(at, boundary));
    g_autoptr(GMimeMessage) m = read_back(other);
    g_autofree char *html = part_text(m, 1);
    g_assert_cmpstr(html, ==, o->html);
}

static void test_missing(void)
{
    outgoing_auto o = simple("s", "x\n", NULL);

    g_free(o->message_id);
    o->message_id = g_strdup("a b@c>");
    g_autofree char *id = composed(o);
    g_assert_cmpstr(id, ==, "the message id cannot be written");
    g_clear_pointer(&o->message_id, g_free);
    g_autofree char *no_id = composed(o);
    g_assert_cmpstr(no_id, ==, "the message id cannot be written");
    o->message_id = g_strdup("a@b");
    o->language = g_strdup("de\r\nX: y");
    g_autofree char *language = composed(o);
    g_assert_cmpstr(language, ==, "the language is no tag");
}

/* Random bytes in every text field: one of each field, nothing else in the header. */
static void test_random_fields(void)
{
    static const char alphabet[] = "\r\n\t \x01:<>@\"\\,;=?_aäß\xff\xc3\xe2\x80\xa8";

    for (guint round = 0; round < 300; round++) {
        g_autoptr(GString) noise = g_string_new(NULL);
        guint n = (guint)g_test_rand_int_range(0, 300);
        for (guint i = 0; i < n; i++)
            g_string_append_c(noise, alphabet[g_test_rand_int_range(0, sizeof alphabet - 1)]);
        outgoing_auto o = simple(noise->str, "x\n", NULL);
        o->to_name = g_strdup(noise->str);
        g_free(o->from_name);
        o->from_name = g_strdup(noise->str);
        outgoing_add_reference(o, noise->str);
        o->in_reply_to = g_strdup(noise->str);
        g_autofree char *mail = composed(o);
        assert_lines(mail);
        g_autoptr(GMimeMessage) m = read_back(mail);
        GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(m));
        g_assert_cmpint(g_mime_header_list_get_count(list), <=, 8); /* the noise "@" is an id: In-Reply-To, References */
        g_assert_cmpint(internet_address_list_length(g_mime_message_get_addresses(m, GMIME_ADDRESS_TYPE_TO)), ==, 1);
        g_assert_cmpint(internet_address_list_length(g_mime_message_get_from(m)), ==, 1);
    }
}

static void test_speed(void)
{
    outgoing_auto o = simple(subjects[3], NULL, NULL);
    g_autoptr(GString) text = g_string_new(NULL), html = g_string_new("<!DOCTYPE html><html lang=\"de\">");
    g_autoptr(GString) out = g_string_new(NULL);

    while (text->len < 2500)
        g_string_append(text, "Grüße, wir möchten Ihnen sagen, dass Ihre Idee veröffentlicht ist. \n");
    g_string_append_printf(html, "<p>%s</p>", text->str);
    o->text = g_strdup(text->str);
    o->html = g_strdup(html->str);
    g_test_timer_start();
    for (guint i = 0; i < 2000; i++) {
        g_string_truncate(out, 0);
        g_assert_true(outgoing_compose(o, out, NULL, NULL));
    }
    g_test_message("%.0f mails/s of %zu bytes", 2000 / g_test_timer_elapsed(), out->len);
}

/* ---- Quoted-printable, of which runs are copied eight bytes at a time */
static char *line_by_chance(GRand *rand)
{
    static const char *const pieces[] = {"a",     "Bus ", "=", "\t",   " ",    ".",
                                         "From ", "ä",    "€", "\x7f", "\x01", "<a href=\"https://x\">"};
    GString *line = g_string_new(NULL);

    for (int n = g_rand_int_range(rand, 0, 60); n > 0; n--)
        g_string_append(line, g_rand_int_range(rand, 0, 3) > 0 ? "x" : pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))]);
    return g_string_free(line, FALSE);
}

/* What a reader makes of LINE of a body, "=" at its end: the next one belongs to it. */
static void decode_line(GString *out, const char *line)
{
    gsize n = strlen(line);

    g_assert_cmpuint(n, <=, 76);
    g_assert_true(n == 0 || (line[n - 1] != ' ' && line[n - 1] != '\t'));
    g_assert_false(*line == '.' || g_str_has_prefix(line, "From "));
    for (gsize i = 0; i < n; i++) {
        if (line[i] == '=' && i + 1 == n)
            return;
        char c = line[i];
        if (c == '=') {
            c = (char)(g_ascii_xdigit_value(line[i + 1]) * 16 + g_ascii_xdigit_value(line[i + 2]));
            bool is_needed = c == '=' || (guchar)c >= 0x7f || (guchar)c < ' ' || i == 0 || i + 3 == n;
            g_assert_true(is_needed && (c != '\t' || i + 3 == n));
            i += 2;
        } else {
            g_assert_true((c >= ' ' && c < 0x7f) || c == '\t');
        }
        g_string_append_c(out, c);
    }
    g_string_append_c(out, '\n');
}

static void test_quoted_printable(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);

    for (int i = 0; i < 3000; i++) {
        g_autofree char *line = line_by_chance(rand), *text = g_strconcat(line, "\n", NULL);
        g_autoptr(GString) written = g_string_new(NULL), read = g_string_new(NULL);
        body_out_quoted_printable(written, text);
        g_auto(GStrv) lines = g_strsplit(written->str, "\r\n", -1);
        for (gsize k = 0; lines[k + 1] != NULL; k++)
            decode_line(read, lines[k]);
        g_assert_cmpstr(read->str, ==, text);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_mime_init();
    g_test_add_func("/compose/exact", test_exact);
    g_test_add_func("/compose/subjects", test_subjects_survive);
    g_test_add_func("/compose/names", test_names);
    g_test_add_func("/compose/addresses", test_addresses);
    g_test_add_func("/compose/long-address", test_long_address);
    g_test_add_func("/compose/needs-utf8", test_needs_utf8);
    g_test_add_func("/compose/raw-headers", test_raw_headers);
    g_test_add_func("/compose/raw-headers-refused", test_raw_headers_refused);
    g_test_add_func("/compose/many-references", test_many_references);
    g_test_add_func("/compose/bodies", test_bodies_survive);
    g_test_add_func("/compose/controls-in-body", test_controls_in_body);
    g_test_add_func("/compose/boundary", test_boundary);
    g_test_add_func("/compose/missing", test_missing);
    g_test_add_func("/compose/random-fields", test_random_fields);
    g_test_add_func("/compose/speed", test_speed);
    g_test_add_func("/compose/quoted-printable", test_quoted_printable);
    return g_test_run();
}
