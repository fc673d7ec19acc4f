/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How fast a domain is written to: rates, mails at once, back-off, pauses.
 */
#include "base/limits.h"
#include "forum/pace.h"

#define T0 G_GINT64_CONSTANT(1800000000)

static enum pace_answer ask(struct pace *p, const struct pace_rule *rule, gint64 now, gint64 *at_out)
{
    return pace_ask(p, rule, now * G_USEC_PER_SEC, at_out);
}

static void test_no_rule(void)
{
    struct pace p = {0};
    const struct pace_rule rule = {0};
    gint64 at;

    for (int i = 0; i < 100000; i++)
        g_assert_cmpint(ask(&p, &rule, T0, &at), ==, PACE_GO);
}

static void test_at_once(void)
{
    struct pace p = {0};
    const struct pace_rule rule = {.at_once = 2};
    gint64 at;

    g_assert_cmpint(ask(&p, &rule, T0, &at), ==, PACE_GO);
    g_assert_cmpint(ask(&p, &rule, T0, &at), ==, PACE_GO);
    g_assert_cmpint(ask(&p, &rule, T0, &at), ==, PACE_BUSY);
    pace_landed(&p, false, T0);
    g_assert_cmpint(ask(&p, &rule, T0, &at), ==, PACE_GO);
}

/* 1,000 mails at 60 a minute: all go, none earlier than the rate, and each is asked about a few times only. */
static void test_rate(void)
{
    struct pace p = {0};
    const struct pace_rule rule = {.per_minute = 60};
    gint64 due[1000], n_gone = 0, n_asked = 0, now = T0;

    for (gsize i = 0; i < G_N_ELEMENTS(due); i++)
        due[i] = T0;
    for (; n_gone < 1000 && now < T0 + 5000; now++) {
        gint64 n_now = 0;
        for (gsize i = 0; i < G_N_ELEMENTS(due); i++) {
            if (due[i] > now)
                continue;
            n_asked++;
            if (ask(&p, &rule, now, &due[i]) != PACE_GO)
                continue;
            due[i] = G_MAXINT64;
            n_now++;
            pace_landed(&p, false, now);
        }
        n_gone += n_now;
        g_assert_cmpint(n_now, <=, 2); /* what a second bears, and one that was kept */
    }
    g_test_message("%" G_GINT64_FORMAT " questions, %" G_GINT64_FORMAT " s", n_asked, now - T0);
    g_assert_cmpint(n_gone, ==, 1000);
    g_assert_cmpint(now - T0, >=, 990);
    g_assert_cmpint(n_asked, <, 20 * 1000);
}

static void test_deferrals(void)
{
    struct pace p = {0};
    const struct pace_rule rule = {0};
    gint64 at = 0;

    for (int i = 0; i < LIMIT_DOMAIN_DEFERRALS - 1; i++) {
        g_assert_cmpint(ask(&p, &rule, T0, &at), ==, PACE_GO);
        pace_landed(&p, true, T0);
    }
    g_assert_cmpint(ask(&p, &rule, T0, &at), ==, PACE_GO); /* greylisting of one and another is no reason */
    pace_landed(&p, true, T0);
    g_assert_cmpint(ask(&p, &rule, T0, &at), ==, PACE_LATER);
    g_assert_cmpint(at, ==, T0 + LIMIT_DOMAIN_DEFER_S);
    g_assert_cmpint(ask(&p, &rule, at, &at), ==, PACE_GO);
    pace_landed(&p, true, T0 + LIMIT_DOMAIN_DEFER_S);
    g_assert_cmpint(ask(&p, &rule, T0 + LIMIT_DOMAIN_DEFER_S, &at), ==, PACE_LATER);
    g_assert_cmpint(at, ==, T0 + 3 * LIMIT_DOMAIN_DEFER_S); /* doubled */
    for (int i = 0; i < 100; i++)
        pace_landed(&p, true, T0);
    g_assert_cmpint(p.deferred_until, ==, T0 + LIMIT_DOMAIN_PAUSE_S);
    pace_landed(&p, false, T0);
    g_assert_cmpint(p.n_deferred, ==, 0);
}

static void test_pause(void)
{
    struct pace p = {.paused_until = T0 + 60};
    const struct pace_rule rule = {0};
    gint64 at = 0;

    g_assert_cmpint(ask(&p, &rule, T0 + 59, &at), ==, PACE_LATER);
    g_assert_cmpint(at, ==, T0 + 60);
    g_assert_false(pace_is_idle(&p, T0 + 59));
    g_assert_true(pace_is_idle(&p, T0 + 60));
    g_assert_cmpint(ask(&p, &rule, T0 + 60, &at), ==, PACE_GO);
    g_assert_cmpint(pace_pause_s(1), ==, LIMIT_DOMAIN_PAUSE_S);
    g_assert_cmpint(pace_pause_s(2), ==, 2 * LIMIT_DOMAIN_PAUSE_S);
    g_assert_cmpint(pace_pause_s(1000), ==, LIMIT_DOMAIN_PAUSE_MOST_S);
    g_assert_cmpint(pace_retry_s(0), ==, 10);
    g_assert_cmpint(pace_retry_s(LIMIT_NOTICE_TRIES), ==, LIMIT_BACKOFF_MAX_S);
    g_assert_cmpint(pace_retry_s(1000), ==, LIMIT_BACKOFF_MAX_S);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pace/no-rule", test_no_rule);
    g_test_add_func("/pace/at-once", test_at_once);
    g_test_add_func("/pace/rate", test_rate);
    g_test_add_func("/pace/deferrals", test_deferrals);
    g_test_add_func("/pace/pause", test_pause);
    return g_test_run();
}
