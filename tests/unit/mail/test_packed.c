/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What crosses from a reader's process comes out as it went in, and what is not of our making does not come through.
 */
#include "mail/message/message.h"

#include <string.h>

static void set(char **text, const char *value)
{
    g_free(*text);
    *text = g_strdup(value);
}

static void add_rows(struct message *m)
{
    struct attachment *a = g_new0(struct attachment, 1), *bare = g_new0(struct attachment, 1);
    struct part *p = g_new0(struct part, 1);
    struct report_recipient *r = g_new0(struct report_recipient, 1);

    *a = (struct attachment){g_strdup("Plan.pdf"),
                             g_strdup("application/pdf"),
                             g_strdup("abc"),
                             g_strdup("attachment"),
                             g_strdup("cid"),
                             12345678901,
                             17,
                             4711,
                             1};
    *bare = (struct attachment){NULL, g_strdup("image/png"), g_strdup("d"), NULL, NULL, 0, 0, 0, 0};
    *p = (struct part){g_strdup("text/plain"), g_strdup("utf-8"), g_strdup("e"), 42};
    *r = (struct report_recipient){g_strdup("a@b"),
                                   g_strdup("failed"),
                                   g_strdup("5.1.1"),
                                   g_strdup("550"),
                                   g_strdup("no_user"),
                                   g_strdup("550 no\nsuch user"),
                                   true};
    g_ptr_array_add(m->attachments, a);
    g_ptr_array_add(m->attachments, bare);
    g_ptr_array_add(m->parts, p);
    g_ptr_array_add(m->recipients, r);
}

/* Every member is different from what message_new() makes. */
static struct message *full_message(void)
{
    struct message *m = message_new();
    GPtrArray *boxes[] = {m->from, m->sender, m->reply_to, m->to, m->cc};
    GPtrArray *strings[] = {m->why, m->in_reply_to, m->references, m->defects, m->loop_ids, m->delivered};
    char **texts[] = {&m->return_path, &m->subject, &m->date,      &m->message_id, &m->language, &m->body,
                      &m->body_from,   &m->text,    &m->signature, &m->elided,     &m->structure};

    m->kind = KIND_EMPTY;
    m->may_reply = false;
    m->n_received = 3;
    m->n_from = 2;
    for (guint i = 0; i < G_N_ELEMENTS(boxes); i++)
        for (guint n = 0; n <= i; n++) {
            g_autofree char *name = g_strdup_printf("Jürgen %u%u", i, n);
            g_ptr_array_add(boxes[i], mailbox_new(name, "j@straße.example"));
        }
    for (guint i = 0; i < G_N_ELEMENTS(strings); i++)
        for (guint n = 0; n <= i; n++)
            g_ptr_array_add(strings[i], g_strdup_printf("s%u-%u", i, n));
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *value = g_strdup_printf("t%u ä", i);
        set(texts[i], value);
    }
    set(&m->body, "two\nlines\tand a tab\n");
    m->forwarded = g_new0(struct forwarded, 1);
    m->forwarded->text = g_strdup("a\nb");
    m->forwarded->is_of_program = true;
    m->original = g_new0(struct original, 1);
    m->original->to = g_strdup("x@y");
    m->authentication = g_new0(struct authentication, 1);
    *m->authentication = (struct authentication){g_strdup("pass"),
                                                 g_strdup("fail"),
                                                 g_strdup("none"),
                                                 g_strdup("mx"),
                                                 g_strdup("a.example"),
                                                 g_strdup("b.example"),
                                                 true,
                                                 false,
                                                 true};
    m->spoken = g_new0(struct spoken, 1);
    *m->spoken = (struct spoken){7, g_strdup("weil\nes so ist"), g_strdup("mobilitaet"), 123456789012};
    add_rows(m);
    return m;
}

static GVariant *dictionary(const struct message *m)
{
    return g_variant_ref_sink(message_to_variant(m));
}

/* Through bytes, as between processes. */
static struct message *through(const struct message *m)
{
    g_autoptr(GBytes) packed = message_pack(m);

    return message_unpack(g_bytes_get_data(packed, NULL), g_bytes_get_size(packed));
}

static void assert_same(const struct message *m)
{
    message_auto back = through(m);
    g_autoptr(GVariant) before = dictionary(m);

    g_assert_nonnull(back);
    g_autoptr(GVariant) after = dictionary(back);
    g_autofree char *before_text = g_variant_print(before, TRUE);
    g_autofree char *after_text = g_variant_print(after, TRUE);
    g_assert_cmpstr(after_text, ==, before_text);
}

static void test_round_trip(void)
{
    message_auto full = full_message();
    message_auto empty = message_new();

    assert_same(full);
    assert_same(empty);
    message_auto back = through(full);
    g_assert_true(back->forwarded->is_of_program); /* which is no part of the contract of inspect */
}

/* What is no part of the contract of inspect. */
static void test_spoken(void)
{
    message_auto full = full_message(), empty = message_new(), silent = message_new();
    silent->spoken = g_new0(struct spoken, 1);
    message_auto a = through(full), b = through(empty), c = through(silent);

    g_assert_cmpuint(a->spoken->command, ==, 7);
    g_assert_cmpstr(a->spoken->argument, ==, "weil\nes so ist");
    g_assert_cmpstr(a->spoken->name, ==, "mobilitaet");
    g_assert_cmpint(a->spoken->number, ==, 123456789012);
    g_assert_null(b->spoken);
    g_assert_nonnull(c->spoken);
    g_assert_null(c->spoken->argument);
    set(&full->spoken->argument, "a\x1b[2J\nb");
    set(&full->spoken->name, "a\nb");
    message_auto hostile = through(full);
    g_assert_cmpstr(hostile->spoken->argument, ==, "a [2J\nb");
    g_assert_cmpstr(hostile->spoken->name, ==, "a b");
}

static void test_controls(void)
{
    message_auto m = message_new();

    set(&m->subject, "a\r\nBcc: x\x1b[2J");
    set(&m->body, "a\r\n\tb\x01");
    message_auto back = through(m);
    g_assert_cmpstr(back->subject, ==, "a  Bcc: x [2J");
    g_assert_cmpstr(back->body, ==, "a \n\tb ");
}

/* Is it refused, if it ends where the memory does? */
static bool is_refused(const guint8 *bytes, gsize n)
{
    g_autofree guint8 *exact = g_memdup2(bytes, n);
    message_auto back = message_unpack(exact, n);

    return back == NULL;
}

static void test_foreign(void)
{
    message_auto m = full_message();
    g_autoptr(GBytes) packed = message_pack(m);
    gsize n;
    const guint8 *good = g_bytes_get_data(packed, &n);
    g_autofree guint8 *bent = g_memdup2(good, n), *longer = g_malloc0(n + 1);
    guint n_refused = 0;

    for (gsize i = 0; i < n; i++) {
        bent[i] = (guint8)~good[i];
        n_refused += is_refused(bent, n);
        bent[i] = good[i];
    }
    g_assert_cmpuint(n_refused, >, n * 3 / 4);
    for (gsize i = 0; i < n; i++)
        g_assert_true(is_refused(good, i));
    memcpy(longer, good, n);
    g_assert_true(is_refused(longer, n + 1));
    bent[0] = N_KINDS;
    g_assert_true(is_refused(bent, n));
    g_assert_false(is_refused(good, n));
}

/* The numbers behind the kind are the rows of WHY, and the length of the first. */
static void test_lengths(void)
{
    static const guint32 lengths[] = {2, 1000, G_MAXINT32, G_MAXUINT32 - 1, G_MAXUINT32};
    message_auto m = message_new();
    g_ptr_array_add(m->why, g_strdup("why"));
    g_autoptr(GBytes) packed = message_pack(m);
    gsize n;
    const guint8 *good = g_bytes_get_data(packed, &n);

    for (gsize at = 1; at <= 5; at += 4)
        for (gsize i = 0; i < G_N_ELEMENTS(lengths); i++) {
            g_autofree guint8 *bent = g_memdup2(good, n);
            memcpy(bent + at, &lengths[i], sizeof lengths[i]);
            g_assert_true(is_refused(bent, n));
        }
}

/* What a text of ours cannot hold: a NUL, half a letter. */
static void test_texts(void)
{
    message_auto m = message_new();
    set(&m->subject, "Radweg");
    g_autoptr(GBytes) packed = message_pack(m);
    gsize n;
    g_autofree guint8 *bent = g_memdup2(g_bytes_get_data(packed, &n), g_bytes_get_size(packed));
    char *subject = memmem(bent, n, "Radweg", 6);

    g_assert_nonnull(subject);
    subject[2] = '\0';
    g_assert_true(is_refused(bent, n));
    subject[2] = '\xc3';
    g_assert_true(is_refused(bent, n));
    subject[2] = 'd';
    g_assert_false(is_refused(bent, n));
}

/* Each byte at each place among eight plain ones. */
static void test_every_control(void)
{
    for (guint byte = 1; byte < 0x80; byte++)
        for (guint at = 0; at < 20; at++) {
            message_auto m = message_new();
            char written[] = "Umgehungsstraßen !~@";
            bool is_taken = byte >= 0x20 && byte != 0x7f;
            if ((guchar)written[at] >= 0x80)
                continue;
            written[at] = (char)byte;
            set(&m->subject, written);
            set(&m->body, written);
            message_auto back = through(m);
            if (!is_taken)
                written[at] = byte == '\t' ? '\t' : ' ';
            g_assert_cmpstr(back->subject, ==, written);
            if (byte == '\n')
                written[at] = '\n';
            g_assert_cmpstr(back->body, ==, written);
        }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/packed/round-trip", test_round_trip);
    g_test_add_func("/packed/spoken", test_spoken);
    g_test_add_func("/packed/controls", test_controls);
    g_test_add_func("/packed/every-control", test_every_control);
    g_test_add_func("/packed/foreign", test_foreign);
    g_test_add_func("/packed/lengths", test_lengths);
    g_test_add_func("/packed/texts", test_texts);
    return g_test_run();
}
