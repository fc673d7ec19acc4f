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
    g_autoptr(GVariant) v = g_variant_ref_sink(message_pack(m));
    g_autoptr(GBytes) bytes = g_variant_get_data_as_bytes(v);
    g_autoptr(GVariant) w = g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE(MESSAGE_PACKED_TYPE), bytes, FALSE));

    g_assert_true(g_variant_is_of_type(v, G_VARIANT_TYPE(MESSAGE_PACKED_TYPE)));
    return message_unpack(w);
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

static void test_foreign(void)
{
    message_auto m = full_message();
    g_autoptr(GVariant) v = g_variant_ref_sink(message_pack(m));
    gsize n = g_variant_get_size(v);
    g_autofree guint8 *bytes = g_memdup2(g_variant_get_data(v), n);
    guint n_refused = 0;

    for (gsize i = 0; i < n; i++) {
        g_autofree guint8 *bent = g_memdup2(bytes, n);
        bent[i] = (guint8)~bent[i];
        g_autoptr(GVariant) w =
            g_variant_ref_sink(g_variant_new_from_data(G_VARIANT_TYPE(MESSAGE_PACKED_TYPE), bent, n, FALSE, NULL, NULL));
        message_auto back = message_unpack(w);
        n_refused += back == NULL;
    }
    g_assert_cmpuint(n_refused, >, n / 2);
    bytes[0] = N_KINDS;
    g_autoptr(GVariant) kind =
        g_variant_ref_sink(g_variant_new_from_data(G_VARIANT_TYPE(MESSAGE_PACKED_TYPE), bytes, n, FALSE, NULL, NULL));
    g_assert_null(message_unpack(kind));
    g_autoptr(GVariant) other = g_variant_ref_sink(g_variant_new_string("x"));
    g_assert_null(message_unpack(other));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/packed/round-trip", test_round_trip);
    g_test_add_func("/packed/spoken", test_spoken);
    g_test_add_func("/packed/controls", test_controls);
    g_test_add_func("/packed/foreign", test_foreign);
    return g_test_run();
}
