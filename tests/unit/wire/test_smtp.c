/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The SMTP client against a relay that misbehaves (relay.h), and its reading of replies.
 */
#include "base/limits.h"
#include "relay.h"
#include "wire/smtp.h"
#include "wire/smtp_lookup.h"
#include "wire/smtp_reply.h"

#include <poll.h>
#include <signal.h>
#include <string.h>

struct office {
    struct relay *relay;
    struct smtp *smtp;
    GQueue *waiting;  /* struct smtp_mail */
    GString *results; /* one line a mail: recipient outcome code status text */
};

static void mail_free(struct smtp_mail *mail)
{
    g_free(mail->sender);
    g_free(mail->recipient);
    g_string_free(mail->bytes, TRUE);
    g_free(mail);
}

static struct smtp_mail *on_next(void *user)
{
    return g_queue_pop_head(((struct office *)user)->waiting);
}

static void on_done(void *user, struct smtp_mail *mail, const struct smtp_result *r)
{
    static const char *const names[] = {"taken", "later", "refused", "lost"};
    struct office *o = user;
    g_autofree char *text = g_strdelimit(g_strdup(r->text), "\n", '|');

    g_string_append_printf(o->results, "%s %s %d %s %s\n", mail->recipient, names[r->outcome], r->code, r->status, text);
    mail_free(mail);
}

static const struct smtp_callbacks callbacks = {.next = on_next, .done = on_done};

static void post_from(struct office *o, const char *sender, const char *recipient, const char *text)
{
    struct smtp_mail *mail = g_new0(struct smtp_mail, 1);

    mail->sender = g_strdup(sender);
    mail->recipient = g_strdup(recipient);
    mail->bytes = g_string_new(text);
    mail->needs_utf8 = !g_str_is_ascii(sender) || !g_str_is_ascii(recipient);
    g_queue_push_tail(o->waiting, mail);
}

static void post(struct office *o, const char *recipient)
{
    post_from(o, "bounce+1@forum.example", recipient, "Subject: x\r\n\r\ntext\r\n");
}

static void office_open(struct office *o, struct relay_habits habits)
{
    o->relay = relay_start(&habits);
    o->waiting = g_queue_new();
    o->results = g_string_new(NULL);
}

static void run(struct office *o)
{
    err_auto struct err e = {0};

    o->smtp = smtp_open(&o->relay->endpoint, "forum.example", &callbacks, o, &e);
    g_assert_cmpstr(e.text, ==, NULL);
    while (!smtp_is_closed(o->smtp)) {
        struct pollfd fd = {.fd = smtp_fd(o->smtp)};

        if (smtp_is_ready(o->smtp) && !smtp_is_busy(o->smtp) && o->waiting->length == 0)
            smtp_quit(o->smtp);
        fd.events = smtp_events(o->smtp);
        g_assert_cmpint(poll(&fd, 1, 5000), ==, 1);
        smtp_turn(o->smtp);
    }
}

static void office_close(struct office *o)
{
    smtp_free(o->smtp);
    relay_free(o->relay);
    g_queue_free_full(o->waiting, (GDestroyNotify)mail_free);
    g_string_free(o->results, TRUE);
}

/* The relay reads until its client has gone. */
static void hang_up(struct office *o)
{
    g_clear_pointer(&o->smtp, smtp_free);
    relay_stop(o->relay);
}

static void expect(struct office *o, const char *failure, const char *results)
{
    g_assert_cmpstr(smtp_failure(o->smtp), ==, failure);
    hang_up(o);
    g_assert_cmpstr(o->results->str, ==, results);
}

static const char *body(const struct office *o, guint i)
{
    return ((GString *)o->relay->bodies->pdata[i])->str;
}

static void test_pipelined(void)
{
    struct office o = {0};

    office_open(&o, (struct relay_habits){0});
    post(&o, "a@x.de");
    post_from(&o, "", "b@x.de", ".\r\n..\r\n.x\r\ny.\r\n\r\n.\r\n");
    ((struct smtp_mail *)g_queue_peek_tail(o.waiting))->is_8bit = true;
    post_from(&o, "bounce+2@forum.example", "müll@x.de", "");
    run(&o);
    expect(&o, NULL,
           "a@x.de taken 250 2.0.0 Ok: queued\nb@x.de taken 250 2.0.0 Ok: queued\n"
           "müll@x.de taken 250 2.0.0 Ok: queued\n");
    g_assert_cmpstr(o.relay->log->str, ==,
                    "EHLO forum.example\r\n"
                    "MAIL FROM:<bounce+1@forum.example> SIZE=20\r\nRCPT TO:<a@x.de>\r\nDATA\r\n"
                    "MAIL FROM:<> SIZE=20 BODY=8BITMIME\r\nRCPT TO:<b@x.de>\r\nDATA\r\n"
                    "MAIL FROM:<bounce+2@forum.example> SIZE=0 SMTPUTF8\r\nRCPT TO:<müll@x.de>\r\nDATA\r\nQUIT\r\n");
    g_assert_cmpstr(body(&o, 0), ==, "Subject: x\r\n\r\ntext\r\n");
    g_assert_cmpstr(body(&o, 1), ==, ".\r\n..\r\n.x\r\ny.\r\n\r\n.\r\n");
    g_assert_cmpstr(body(&o, 2), ==, "");
    office_close(&o);
}

static void post_trouble(struct office *o)
{
    post(o, "550-gone@x.de");
    post(o, "a@x.de");
    post(o, "450-later@x.de");
    post(o, "452-full@x.de");
    post(o, "data451-x@x.de");
    post(o, "data554-x@x.de");
    post_from(o, "mail530-x@forum.example", "b@x.de", "x\r\n");
    post_from(o, "mail450-x@forum.example", "c@x.de", "x\r\n");
    post(o, "d@x.de");
}

#define TROUBLE                                              \
    "550-gone@x.de refused 550 5.1.1 first line|as asked\n"  \
    "a@x.de taken 250 2.0.0 Ok: queued\n"                    \
    "450-later@x.de later 450 4.1.1 first line|as asked\n"   \
    "452-full@x.de later 452 4.1.1 first line|as asked\n"    \
    "data451-x@x.de later 451 4.1.1 first line|as asked\n"   \
    "data554-x@x.de refused 554 5.1.1 first line|as asked\n" \
    "b@x.de later 530 5.1.1 first line|as asked\n"           \
    "c@x.de later 450 4.1.1 first line|as asked\n"           \
    "d@x.de taken 250 2.0.0 Ok: queued\n"

static void check_trouble(struct relay_habits habits)
{
    struct office o = {0};

    office_open(&o, habits);
    post_trouble(&o);
    run(&o);
    g_assert_cmpuint(o.relay->n_connections, ==, 1);
    expect(&o, NULL, TROUBLE);
    office_close(&o);
}

static void test_refusals(void)
{
    check_trouble((struct relay_habits){0});
}

static void test_refusals_data_anyway(void)
{
    check_trouble((struct relay_habits){.accepts_data_anyway = TRUE});
}

static void test_refusals_stepwise(void)
{
    check_trouble((struct relay_habits){.ehlo = "250 relay\r\n"});
}

static void test_refusals_stepwise_data_anyway(void)
{
    check_trouble((struct relay_habits){.ehlo = "250 relay\r\n", .accepts_data_anyway = TRUE});
}

static void test_refusals_trickled(void)
{
    check_trouble((struct relay_habits){.trickles = TRUE});
}

static void test_helo(void)
{
    struct office o = {0};

    office_open(&o, (struct relay_habits){.ehlo = "502 5.5.2 never heard of it\r\n"});
    post(&o, "a@x.de");
    ((struct smtp_mail *)g_queue_peek_tail(o.waiting))->is_8bit = true; /* sent all the same, not said */
    post(&o, "mül@x.de");
    run(&o);
    g_assert_true(g_str_has_prefix(o.relay->log->str, "EHLO forum.example\r\nHELO forum.example\r\nMAIL FROM:<bounce+1"
                                                      "@forum.example>\r\nRCPT"));
    expect(&o, NULL, "a@x.de taken 250 2.0.0 Ok: queued\nmül@x.de refused 0 5.6.7 the relay does not offer SMTPUTF8\n");
    office_close(&o);
}

static void test_greetings(void)
{
    static const struct {
        struct relay_habits habits;
        const char *failure;
    } cases[] = {
        {{.greeting = "554 5.7.1 not you\r\n"}, "the relay greets with 554 not you"},
        {{.greeting = "SSH-2.0-OpenSSH\r\n"}, "the relay does not answer in SMTP"},
        {{.greeting = "220-a\r\n250 b\r\n"}, "the relay does not answer in SMTP"},
        {{.ehlo = "421 4.3.2 going down\r\n"}, "the relay answers EHLO with 421 going down"},
        {{.ehlo = "250 one\r\n250 two\r\n250 three\r\n250 4\r\n250 5\r\n"}, NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct office o = {0};

        office_open(&o, cases[i].habits);
        if (cases[i].failure != NULL)
            post(&o, "a@x.de");
        run(&o);
        if (cases[i].failure != NULL) {
            expect(&o, cases[i].failure, "");
            g_assert_cmpuint(o.waiting->length, ==, 1);
        } else {
            g_assert_cmpstr(smtp_failure(o.smtp), ==, "the relay says, unasked: 250 two");
            hang_up(&o);
        }
        office_close(&o);
    }
}

/* A connection that breaks: what was answered is answered, what was on its way is lost, the rest was never
 * asked for. */
static void test_breaks(void)
{
    struct office o = {0};

    office_open(&o, (struct relay_habits){0});
    post(&o, "a@x.de");
    post(&o, "close-b@x.de");
    post(&o, "c@x.de");
    run(&o);
    expect(&o, "the relay closed the connection",
           "a@x.de taken 250 2.0.0 Ok: queued\nclose-b@x.de lost 0  the relay closed the connection\n");
    g_assert_cmpuint(o.waiting->length, ==, 1);
    office_close(&o);

    office_open(&o, (struct relay_habits){0});
    post(&o, "closedata-a@x.de");
    post(&o, "b@x.de");
    post(&o, "c@x.de");
    run(&o);
    expect(&o, "the relay closed the connection",
           "closedata-a@x.de lost 0  the relay closed the connection\nb@x.de lost 0  the relay closed the "
           "connection\n");
    g_assert_cmpuint(o.waiting->length, ==, 1);
    office_close(&o);
}

static void test_closing_421(void)
{
    struct office o = {0};

    office_open(&o, (struct relay_habits){0});
    post(&o, "421-a@x.de");
    post(&o, "b@x.de");
    run(&o);
    expect(&o, "the relay closes: 421 first line\nas asked", "421-a@x.de lost 0  the relay closes: 421 first line|as asked\n");
    office_close(&o);
}

/* Nothing that would break out of its line is ever sent. */
static void test_injection(void)
{
    static const char *const addresses[] =
        {"a@x.de>\r\nRCPT TO:<b@x.de", "a@x.de\n", "a b@x.de", "a>@x.de", "a@x.de\x7f", "", "\xff@x.de"};
    static const char *const bodies[] = {"a\n.\r\n", "a\r.\r\n", "no end", "bare\rcr\r\n", "\n"};
    struct office o = {0};
    g_autofree char *long_line = g_strnfill(999, 'x');
    g_autofree char *long_body = g_strconcat(long_line, "\r\n", NULL);
    g_autofree char *fitting_body = g_strconcat(long_line + 1, "\r\n", NULL);
    g_autofree char *long_address = g_strconcat(long_line, "@x.de", NULL);
    guint n_refused = 0;

    office_open(&o, (struct relay_habits){0});
    for (gsize i = 0; i < G_N_ELEMENTS(addresses); i++)
        post(&o, addresses[i]);
    post(&o, long_address);
    post_from(&o, "x@y>\r\nDATA", "a@x.de", "x\r\n");
    for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++)
        post_from(&o, "", "a@x.de", bodies[i]);
    post_from(&o, "", "a@x.de", long_body);
    post_from(&o, "", "fits@x.de", fitting_body);
    run(&o);
    g_assert_true(g_str_has_suffix(o.results->str, "fits@x.de taken 250 2.0.0 Ok: queued\n"));
    for (const char *p = o.results->str; (p = strstr(p, " refused 0 5.")) != NULL; p++)
        n_refused++;
    g_assert_cmpuint(n_refused, ==, G_N_ELEMENTS(addresses) + 2 + G_N_ELEMENTS(bodies) + 1);
    hang_up(&o);
    g_assert_cmpstr(o.relay->log->str, ==,
                    "EHLO forum.example\r\nMAIL FROM:<> SIZE=1000\r\nRCPT TO:<fits@x.de>\r\nDATA\r\nQUIT\r\n");
    office_close(&o);
}

/* One connection serves LIMIT_SMTP_REUSE mails, then says QUIT by itself. */
static void test_reuse(void)
{
    struct office o = {0};

    office_open(&o, (struct relay_habits){0});
    for (int i = 0; i < LIMIT_SMTP_REUSE + 5; i++)
        post(&o, "a@x.de");
    run(&o);
    g_assert_cmpuint(o.waiting->length, ==, 5);
    g_assert_null(smtp_failure(o.smtp));
    hang_up(&o);
    g_assert_cmpuint(o.relay->bodies->len, ==, LIMIT_SMTP_REUSE);
    office_close(&o);
}

/* More than any socket buffer holds, to a relay that takes its time. */
static void test_big(void)
{
    struct office o = {0};
    g_autoptr(GString) text = g_string_new(NULL);

    for (int i = 0; i < 200000; i++)
        g_string_append_printf(text, "%sline %d of a large digest\r\n", i % 7 == 0 ? "." : "", i);
    office_open(&o, (struct relay_habits){.reads_slowly = TRUE});
    post_from(&o, "", "a@x.de", text->str);
    post(&o, "b@x.de");
    run(&o);
    expect(&o, NULL, "a@x.de taken 250 2.0.0 Ok: queued\nb@x.de taken 250 2.0.0 Ok: queued\n");
    g_assert_true(strcmp(body(&o, 0), text->str) == 0);
    office_close(&o);
}

static void test_nobody_there(void)
{
    err_auto struct err e = {0};
    struct relay *r = relay_start(&(struct relay_habits){0});

    relay_stop(r);
    struct smtp *c = smtp_open(&r->endpoint, "x", &callbacks, NULL, &e);
    if (c != NULL) { /* or it is known at once */
        struct pollfd fd = {.fd = smtp_fd(c), .events = smtp_events(c)};

        g_assert_cmpint(poll(&fd, 1, 5000), ==, 1);
        smtp_turn(c);
        g_assert_true(smtp_is_closed(c));
        err_set(&e, ERR_LATER, "%s", smtp_failure(c));
        smtp_free(c);
    }
    g_assert_cmpint(e.kind, ==, ERR_LATER);
    g_assert_nonnull(strstr(e.text, "Connection refused"));
    relay_free(r);
}

/* --- time: the relay hangs, the clock is ours --- */

/* Serves the connection for MS or until nothing happens any more for as long. */
static void run_for(struct office *o, int ms)
{
    gint64 end_us = g_get_monotonic_time() + ms * 1000;

    while (!smtp_is_closed(o->smtp) && g_get_monotonic_time() < end_us) {
        struct pollfd fd = {.fd = smtp_fd(o->smtp), .events = smtp_events(o->smtp)};

        if (poll(&fd, 1, ms) == 0)
            return;
        smtp_turn(o->smtp);
    }
}

static void open_hanging(struct office *o, struct relay_habits habits)
{
    err_auto struct err e = {0};

    office_open(o, habits);
    o->smtp = smtp_open(&o->relay->endpoint, "forum.example", &callbacks, o, &e);
    g_assert_cmpstr(e.text, ==, NULL);
}

/* The phase that began between EARLIEST_US and LATEST_US ends after LIMIT_S, not before. */
static void expect_limit(struct office *o, gint64 earliest_us, gint64 latest_us, int limit_s, const char *failure,
                         const char *results)
{
    smtp_check_time(o->smtp, earliest_us + limit_s * G_USEC_PER_SEC - G_USEC_PER_SEC);
    g_assert_false(smtp_is_closed(o->smtp));
    smtp_check_time(o->smtp, latest_us + limit_s * G_USEC_PER_SEC + G_USEC_PER_SEC);
    g_assert_true(smtp_is_closed(o->smtp));
    g_autofree char *said = g_strdup_printf("the relay did not %s within %d seconds", failure, limit_s);
    expect(o, said, results);
    office_close(o);
}

/* A relay that never comes to the end of its banner has said something all the time. */
static void test_endless_banner(void)
{
    struct office o = {0};
    gint64 earliest_us = g_get_monotonic_time(), latest_us;

    open_hanging(&o, (struct relay_habits){.greets_for_ever = TRUE});
    post(&o, "a@x.de");
    run_for(&o, 200);
    latest_us = g_get_monotonic_time();
    run_for(&o, 1500); /* it goes on talking for longer than expect_limit() allows */
    expect_limit(&o, earliest_us, latest_us, LIMIT_SMTP_GREETING_S, "greet", "");
}

/* Nothing waits for a relay that does not read: it is let be until its time is over. */
static void test_stops_reading(void)
{
    struct office o = {0};
    g_autofree char *line = g_strnfill(900, 'x');
    g_autoptr(GString) text = g_string_new(NULL);
    gint64 since_us;

    while (text->len < 16 * 1024 * 1024) /* more than any socket takes over */
        g_string_append_printf(text, "%s\r\n", line);
    open_hanging(&o, (struct relay_habits){.stops_reading = TRUE});
    post_from(&o, "", "a@x.de", text->str);
    since_us = g_get_monotonic_time();
    run_for(&o, 500);
    g_assert_true(smtp_is_busy(o.smtp));
    g_assert_true((smtp_events(o.smtp) & POLLOUT) != 0);
    expect_limit(&o, since_us, g_get_monotonic_time(), LIMIT_SMTP_DATA_S, "read the mail",
                 "a@x.de lost 0  the relay did not read the mail within 120 seconds\n");
}

static void test_hangs(void)
{
    static const struct {
        struct relay_habits habits;
        int limit_s;
        const char *failure, *results;
    } rows[] = {{{.hangs_at = "EHLO"}, LIMIT_SMTP_EHLO_S, "answer EHLO", ""},
                {{.hangs_at = "RCPT"},
                 LIMIT_SMTP_ENVELOPE_S,
                 "answer RCPT",
                 "a@x.de lost 0  the relay did not answer RCPT within 60 seconds\n"},
                {{.never_says_taken = TRUE},
                 LIMIT_SMTP_END_S,
                 "say whether it took the mail",
                 "a@x.de lost 0  the relay did not say whether it took the mail within 300 seconds\n"}};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct office o = {0};
        gint64 since_us = g_get_monotonic_time();
        open_hanging(&o, rows[i].habits);
        post(&o, "a@x.de");
        run_for(&o, 500);
        g_assert_true((smtp_events(o.smtp) & POLLOUT) == 0);
        expect_limit(&o, since_us, g_get_monotonic_time(), rows[i].limit_s, rows[i].failure, rows[i].results);
    }
}

static void test_cut(void)
{
    struct office o = {0};

    open_hanging(&o, (struct relay_habits){.never_says_taken = TRUE});
    post(&o, "a@x.de");
    run_for(&o, 300);
    smtp_cut(o.smtp, "enough");
    g_assert_true(smtp_is_closed(o.smtp));
    expect(&o, "enough", "a@x.de lost 0  enough\n");
    office_close(&o);
}

/* Names are looked up in a thread, numbers and paths at once; both say what was wrong. */
static void test_lookup(void)
{
    static const struct {
        const char *address;
        bool is_quick, is_found;
    } rows[] = {
        {"unix:/run/relay", true, true}, {"inet:127.0.0.1:25", true, true},
        {"inet:[::1]:25", true, true},   {"inet:localhost:25", false, true},
        {"tcp:x", true, false},          {"inet:no such name:25", false, false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        err_auto struct err e = {0};
        struct endpoint endpoint;
        struct smtp_lookup *l = smtp_lookup_start(rows[i].address);
        bool is_over = smtp_lookup_is_over(l, &endpoint, &e);

        g_assert_true(is_over || !rows[i].is_quick);
        for (int n = 0; !is_over && n < 3000; n++) {
            g_usleep(10 * 1000);
            is_over = smtp_lookup_is_over(l, &endpoint, &e);
        }
        g_assert_true(is_over);
        g_assert_cmpint(e.kind == ERR_NONE, ==, rows[i].is_found);
        smtp_lookup_free(l);
    }
    smtp_lookup_free(smtp_lookup_start("inet:localhost:25")); /* given up at once */
}

static void test_replies(void)
{
    static const struct {
        const char *in;
        enum smtp_read read;
        int code;
        const char *status, *text;
    } cases[] = {
        {"250 2.1.0 Ok\r\n", SMTP_READ_WHOLE, 250, "2.1.0", "Ok"},
        {"250\r\n", SMTP_READ_WHOLE, 250, "", ""},
        {"250 \n", SMTP_READ_WHOLE, 250, "", ""},
        {"550-5.1.1 The address\r\n550-5.1.1 does not exist\r\n550 5.1.1 here\r\n", SMTP_READ_WHOLE, 550, "5.1.1",
         "The address\ndoes not exist\nhere"},
        {"550 4.1.1 class differs\r\n", SMTP_READ_WHOLE, 550, "", "4.1.1 class differs"},
        {"552 5.222.333\r\n", SMTP_READ_WHOLE, 552, "5.222.333", ""},
        {"552 5.2222.3 x\r\n", SMTP_READ_WHOLE, 552, "", "5.2222.3 x"},
        {"552 5.2.x\r\n", SMTP_READ_WHOLE, 552, "", "5.2.x"},
        {"250 t\tab \x01\xff\r\n", SMTP_READ_WHOLE, 250, "", "t ab  \xef\xbf\xbd"},
        {"250-a\r\n250", SMTP_READ_MORE, 0, NULL, NULL},
        {"25", SMTP_READ_MORE, 0, NULL, NULL},
        {"25\r\n", SMTP_READ_BAD, 0, NULL, NULL},
        {"150 no\r\n", SMTP_READ_BAD, 0, NULL, NULL},
        {"650 no\r\n", SMTP_READ_BAD, 0, NULL, NULL},
        {"2500 no\r\n", SMTP_READ_BAD, 0, NULL, NULL},
        {"250-a\r\n251 b\r\n", SMTP_READ_BAD, 0, NULL, NULL},
        {"\r\n", SMTP_READ_BAD, 0, NULL, NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct smtp_reply r = {0};
        gsize n = 0;

        g_assert_cmpint(smtp_reply_read(cases[i].in, strlen(cases[i].in), &r, &n), ==, cases[i].read);
        if (cases[i].read != SMTP_READ_WHOLE)
            continue;
        g_assert_cmpuint(n, ==, strlen(cases[i].in));
        g_assert_cmpint(r.code, ==, cases[i].code);
        g_assert_cmpstr(r.status, ==, cases[i].status);
        g_assert_cmpstr(r.text, ==, cases[i].text);
        smtp_reply_clear(&r);
    }
}

/* A server that never ends its reply is cut off. */
static void test_endless_reply(void)
{
    g_autoptr(GString) endless = g_string_new(NULL);
    struct smtp_reply r;
    gsize n;

    while (endless->len <= LIMIT_SMTP_REPLY_BYTES) {
        g_assert_cmpint(smtp_reply_read(endless->str, endless->len, &r, &n), ==, SMTP_READ_MORE);
        g_string_append(endless, "250-and another thing\r\n");
    }
    g_assert_cmpint(smtp_reply_read(endless->str, endless->len, &r, &n), ==, SMTP_READ_BAD);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    signal(SIGPIPE, SIG_IGN);
    g_test_add_func("/wire/smtp/pipelined", test_pipelined);
    g_test_add_func("/wire/smtp/refusals", test_refusals);
    g_test_add_func("/wire/smtp/refusals-data-anyway", test_refusals_data_anyway);
    g_test_add_func("/wire/smtp/refusals-stepwise", test_refusals_stepwise);
    g_test_add_func("/wire/smtp/refusals-stepwise-data-anyway", test_refusals_stepwise_data_anyway);
    g_test_add_func("/wire/smtp/refusals-trickled", test_refusals_trickled);
    g_test_add_func("/wire/smtp/helo", test_helo);
    g_test_add_func("/wire/smtp/greetings", test_greetings);
    g_test_add_func("/wire/smtp/breaks", test_breaks);
    g_test_add_func("/wire/smtp/closing-421", test_closing_421);
    g_test_add_func("/wire/smtp/injection", test_injection);
    g_test_add_func("/wire/smtp/reuse", test_reuse);
    g_test_add_func("/wire/smtp/big", test_big);
    g_test_add_func("/wire/smtp/nobody-there", test_nobody_there);
    g_test_add_func("/wire/smtp/endless-banner", test_endless_banner);
    g_test_add_func("/wire/smtp/stops-reading", test_stops_reading);
    g_test_add_func("/wire/smtp/hangs", test_hangs);
    g_test_add_func("/wire/smtp/cut", test_cut);
    g_test_add_func("/wire/smtp/lookup", test_lookup);
    g_test_add_func("/wire/smtp/replies", test_replies);
    g_test_add_func("/wire/smtp/endless-reply", test_endless_reply);
    return g_test_run();
}
