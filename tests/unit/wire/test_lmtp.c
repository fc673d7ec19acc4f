/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a transcript cannot say: answers from within the callback, sessions that end while they wait, too much
 * pipelined, no room, the end of data in every slicing.
 */
#include "base/limits.h"
#include "wire/dotted.h"
#include "wire/lmtp.h"

#include <string.h>

struct server {
    struct lmtp *lmtp;
    guint n_messages;
    gsize n_bytes;
    gsize room_bytes; /* 0: no limit */
    bool answers_at_once;
};

static char *accept_all(void *user, const char *sender, const char *address)
{
    (void)user;
    (void)sender;
    (void)address;
    return NULL;
}

static void on_message(void *user, struct lmtp_message *m)
{
    struct server *s = user;

    s->n_messages++;
    s->n_bytes += m->bytes->len;
    for (guint i = 0; s->answers_at_once && i < m->recipients->len; i++)
        g_assert_true(lmtp_answer(s->lmtp, i, "250 2.0.0 Ok") == (i + 1 == m->recipients->len));
    lmtp_message_free(m);
}

static bool on_room(void *user, gsize bytes)
{
    struct server *s = user;

    return s->room_bytes == 0 || bytes <= s->room_bytes;
}

static const struct lmtp_callbacks callbacks = {.rcpt = accept_all, .message = on_message, .room = on_room};

static void say(struct server *s, const char *text)
{
    lmtp_feed(s->lmtp, text, strlen(text));
}

static void begin(struct server *s)
{
    static const struct lmtp_config config = {0};

    s->lmtp = lmtp_new(&callbacks, s, &config);
    say(s, "LHLO test\r\n");
    g_string_truncate(lmtp_output(s->lmtp), 0);
}

#define MAIL "MAIL FROM:<a@b.de>\r\nRCPT TO:<x@y.de>\r\nRCPT TO:<z@y.de>\r\nDATA\r\n"
#define GO   "250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n250 2.1.5 Ok\r\n354 End data with <CR><LF>.<CR><LF>\r\n"

static void test_answers_at_once(void)
{
    struct server s = {.answers_at_once = true};

    begin(&s);
    say(&s, MAIL "one\r\n.\r\n" MAIL "two\r\n.\r\nQUIT\r\n");
    g_assert_cmpstr(lmtp_output(s.lmtp)->str, ==,
                    GO "250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n" GO "250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n221 2.0.0 Bye\r\n");
    g_assert_cmpuint(s.n_messages, ==, 2);
    lmtp_free(s.lmtp);
}

static void test_answers_out_of_range(void)
{
    struct server s = {0};

    begin(&s);
    g_assert_false(lmtp_answer(s.lmtp, 0, "250 nobody asked"));
    say(&s, MAIL "one\r\n.\r\n");
    g_string_truncate(lmtp_output(s.lmtp), 0);
    g_assert_true(lmtp_is_waiting(s.lmtp));
    g_assert_false(lmtp_answer(s.lmtp, 2, "250 no such recipient"));
    g_assert_false(lmtp_answer(s.lmtp, 1, "250 2.0.0 second\r\n250 injected"));
    g_assert_false(lmtp_answer(s.lmtp, 1, "550 again"));
    g_assert_cmpuint(lmtp_output(s.lmtp)->len, ==, 0);
    g_assert_true(lmtp_answer(s.lmtp, 0, "250 2.0.0 first"));
    g_assert_cmpstr(lmtp_output(s.lmtp)->str, ==, "250 2.0.0 first\r\n250 2.0.0 second  250 injected\r\n");
    g_assert_false(lmtp_is_busy(s.lmtp));
    lmtp_free(s.lmtp);
}

static void test_close_while_waiting(void)
{
    struct server s = {0};

    begin(&s);
    say(&s, MAIL "one\r\n.\r\n");
    g_string_truncate(lmtp_output(s.lmtp), 0);
    g_assert_false(lmtp_answer(s.lmtp, 1, "250 kept until the first one comes"));
    lmtp_close(s.lmtp, "421 4.3.2 not to be said");
    g_assert_cmpuint(lmtp_output(s.lmtp)->len, ==, 0);
    g_assert_true(lmtp_is_closed(s.lmtp));
    g_assert_false(lmtp_answer(s.lmtp, 0, "250 too late"));
    say(&s, "NOOP\r\n");
    g_assert_cmpuint(lmtp_output(s.lmtp)->len, ==, 0);
    lmtp_free(s.lmtp);
}

static void test_pipelined_too_much(void)
{
    struct server s = {0};
    g_autofree char *noise = g_strnfill(LIMIT_LMTP_AHEAD_BYTES / 4, 'x');

    begin(&s);
    say(&s, MAIL "one\r\n.\r\n");
    for (int i = 0; i < 4; i++)
        say(&s, noise);
    g_assert_false(lmtp_is_closed(s.lmtp));
    say(&s, "x");
    g_assert_true(lmtp_is_closed(s.lmtp));
    lmtp_free(s.lmtp);
}

static void test_no_room(void)
{
    struct server s = {.room_bytes = 10, .answers_at_once = true};

    begin(&s);
    say(&s, MAIL);
    g_string_truncate(lmtp_output(s.lmtp), 0);
    say(&s, "more than there is room for\r\n");
    say(&s, "and more\r\n.\r\n");
    g_assert_cmpstr(lmtp_output(s.lmtp)->str, ==,
                    "452 4.3.1 Too much mail at once, please try again later\r\n"
                    "452 4.3.1 Too much mail at once, please try again later\r\n");
    g_assert_cmpuint(s.n_messages, ==, 0);
    say(&s, MAIL "small\r\n.\r\n");
    g_assert_cmpuint(s.n_messages, ==, 1);
    g_assert_cmpuint(s.n_bytes, ==, 7);
    lmtp_free(s.lmtp);
}

/* The real limit: one byte over it is refused, without the bytes being kept. */
static void test_biggest(void)
{
    struct server s = {.answers_at_once = true};
    g_autofree char *mib = g_strnfill(1024 * 1024, 'x');

    begin(&s);
    say(&s, MAIL);
    for (int i = 0; i < LIMIT_MESSAGE_BYTES / (1024 * 1024); i++)
        lmtp_feed(s.lmtp, mib, i == 0 ? 1024 * 1024 - 2 : 1024 * 1024);
    say(&s, "\r\n.\r\n");
    g_assert_cmpuint(s.n_bytes, ==, LIMIT_MESSAGE_BYTES);
    say(&s, MAIL);
    for (int i = 0; i < LIMIT_MESSAGE_BYTES / (1024 * 1024); i++)
        lmtp_feed(s.lmtp, mib, i == 0 ? 1024 * 1024 - 1 : 1024 * 1024);
    say(&s, "\r\n.\r\n");
    g_assert_cmpuint(s.n_messages, ==, 1);
    g_assert_true(g_str_has_suffix(lmtp_output(s.lmtp)->str, "552 5.3.4 Message is too big\r\n"));
    lmtp_free(s.lmtp);
}

/* Each input with what must be left of it; the end must be found wherever the two cuts lie. */
static void test_every_slicing(void)
{
    static const struct {
        const char *in, *out;
    } cases[] = {
        {".\r\n", ""},
        {"..\r\n.\r\n", ".\r\n"},
        {"a\r\n.\r\n", "a\r\n"},
        {"\r\n.\r\n", "\r\n"},
        {".a\r\n..b\r\n.\r\r\n.\r\n", "a\r\n.b\r\n\r\r\n"},
        {"a\n.\nb\r.\rc\n.\r\nd\r\n.\ne\r\n.\r\n", "a\n.\nb\r.\rc\n.\r\nd\r\n\ne\r\n"},
        {"\r\r\n.\r.\r\n\r\n\r\n.\r\n", "\r\r\n\r.\r\n\r\n\r\n"},
    };

    for (gsize c = 0; c < G_N_ELEMENTS(cases); c++) {
        gsize n = strlen(cases[c].in);

        for (gsize i = 0; i <= n; i++)
            for (gsize j = i; j <= n; j++) {
                g_autoptr(GByteArray) kept = g_byte_array_new();
                enum dotted_state state = DOTTED_LINE_START;
                gsize taken = dotted_take(&state, cases[c].in, i, kept);

                taken += dotted_take(&state, cases[c].in + i, j - i, kept);
                g_assert_true(state != DOTTED_END || taken == n);
                taken += dotted_take(&state, cases[c].in + j, n - j, kept);
                g_assert_cmpint(state, ==, DOTTED_END);
                g_assert_cmpuint(taken, ==, n);
                g_assert_cmpmem(kept->data, kept->len, cases[c].out, (int)strlen(cases[c].out));
            }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wire/lmtp/answers-at-once", test_answers_at_once);
    g_test_add_func("/wire/lmtp/answers-out-of-range", test_answers_out_of_range);
    g_test_add_func("/wire/lmtp/close-while-waiting", test_close_while_waiting);
    g_test_add_func("/wire/lmtp/pipelined-too-much", test_pipelined_too_much);
    g_test_add_func("/wire/lmtp/no-room", test_no_room);
    g_test_add_func("/wire/lmtp/biggest", test_biggest);
    g_test_add_func("/wire/lmtp/every-slicing", test_every_slicing);
    return g_test_run();
}
