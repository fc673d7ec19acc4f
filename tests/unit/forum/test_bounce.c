/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a report means, row by row, and what reports do to an address: points, days, fading, the probe, the ceiling.
 */
#include "base/limits.h"
#include "forum/bounce.h"

#define T0  G_GINT64_CONSTANT(1800000000)
#define DAY (24 * 3600)

static void test_kinds(void)
{
    static const struct {
        const char *reason, *status;
        bool is_permanent;
        enum bounce_kind kind;
    } cases[] = {
        {"no_user", "5.1.1", true, BOUNCE_HARD},
        {"no_user", "5.1.10", true, BOUNCE_HARD},
        {"no_user", "4.1.1", false, BOUNCE_SOFT}, /* some greylist so */
        {"host", "5.1.2", true, BOUNCE_HARD},     /* no such domain */
        {"host", "5.4.4", true, BOUNCE_HARD},
        {"host", "5.4.6", true, BOUNCE_INFRASTRUCTURE}, /* a loop */
        {"host", "5.4.7", true, BOUNCE_INFRASTRUCTURE}, /* given up */
        {"host", "4.4.1", false, BOUNCE_INFRASTRUCTURE},
        {"blocked", "5.7.1", true, BOUNCE_INFRASTRUCTURE},
        {"blocked", "", true, BOUNCE_INFRASTRUCTURE},
        {"policy", "5.7.1", true, BOUNCE_POLICY},
        {"other", "5.7.26", true, BOUNCE_POLICY},
        {"too_big", "5.3.4", true, BOUNCE_POLICY},
        {"no_user", "5.1.7", true, BOUNCE_POLICY}, /* our sender */
        {"other", "5.6.7", true, BOUNCE_POLICY},
        {"other", "5.5.2", true, BOUNCE_POLICY},
        {"mailbox_full", "5.2.2", true, BOUNCE_SOFT},
        {"mailbox_full", "4.2.2", false, BOUNCE_SOFT},
        {"other", "5.0.0", true, BOUNCE_SOFT},
        {"other", "", true, BOUNCE_SOFT},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct report_recipient r = {.reason = (char *)cases[i].reason,
                                     .status = (char *)cases[i].status,
                                     .is_permanent = cases[i].is_permanent};
        g_test_message("%s %s", cases[i].reason, cases[i].status);
        g_assert_cmpint(bounce_kind_of(KIND_BOUNCE, &r), ==, cases[i].kind);
        g_assert_cmpint(bounce_kind_of(KIND_DELAY, &r), ==, BOUNCE_NOTHING);
        g_assert_cmpint(bounce_kind_of(KIND_DELIVERED, &r), ==, BOUNCE_NOTHING);
        g_assert_cmpint(bounce_kind_of(KIND_AUTO_REPLY, &r), ==, BOUNCE_NOTHING);
        g_assert_cmpint(bounce_kind_of(KIND_COMPLAINT, &r), ==, BOUNCE_COMPLAINT);
    }
    g_assert_cmpint(bounce_kind_of(KIND_BOUNCE, NULL), ==, BOUNCE_SOFT);
    g_assert_cmpint(bounce_kind_of(KIND_COMPLAINT, NULL), ==, BOUNCE_COMPLAINT);
}

/* Whether they refuse this mail, or all of us: by their words. */
static void test_blocked(void)
{
    static const struct {
        const char *said;
        enum bounce_kind kind;
    } cases[] = {
        {"554 IP=192.0.2.9 - None/bad reputation. Ask your postmaster for help or to contact tobr@rx.t-online.de to clarify. "
         "(NOWL)",
         BOUNCE_INFRASTRUCTURE},
        {"host mx.example.net[192.0.2.1] refused to talk to me: 554 no", BOUNCE_INFRASTRUCTURE},
        {"550 5.7.1 Service unavailable; client [192.0.2.9] blocked using zen.spamhaus.org", BOUNCE_INFRASTRUCTURE},
        {"550-5.7.25 The IP address sending this message does not have a PTR record", BOUNCE_INFRASTRUCTURE},
        {"554 5.7.1 spam", BOUNCE_POLICY},
        {"550 5.7.1 Message rejected as junk mail", BOUNCE_POLICY},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct report_recipient r = {.reason = (char *)"blocked",
                                     .status = (char *)"5.7.1",
                                     .diagnostic = (char *)cases[i].said,
                                     .is_permanent = true};
        g_test_message("%s", cases[i].said);
        g_assert_cmpint(bounce_kind_of(KIND_BOUNCE, &r), ==, cases[i].kind);
    }
}

static enum bounce_deed count(struct bounce_state *s, enum bounce_kind kind, gint64 now)
{
    struct bounce_case c = {.kind = kind, .now = now};

    return bounce_count(s, &c);
}

static void test_points(void)
{
    struct bounce_state s = {0};

    g_assert_cmpint(count(&s, BOUNCE_SOFT, T0), ==, BOUNCE_COUNTED);
    g_assert_cmpint(count(&s, BOUNCE_SOFT, T0 + LIMIT_BOUNCE_POINT_S - 1), ==, BOUNCE_NOTED); /* one a day */
    g_assert_cmpint(s.points, ==, 1);
    for (int i = 1; i < LIMIT_BOUNCE_POINTS - 1; i++)
        g_assert_cmpint(count(&s, BOUNCE_SOFT, T0 + i * LIMIT_BOUNCE_POINT_S), ==, BOUNCE_COUNTED);
    g_assert_cmpint(s.suspended_at, ==, 0);
    g_assert_cmpint(count(&s, BOUNCE_SOFT, T0 + (LIMIT_BOUNCE_POINTS - 1) * LIMIT_BOUNCE_POINT_S), ==, BOUNCE_PAUSED);
    g_assert_cmpint(s.probe_at - s.suspended_at, ==, LIMIT_BOUNCE_PROBE_S);
    g_assert_cmpint(count(&s, BOUNCE_HARD, T0 + 10 * DAY), ==, BOUNCE_NOTED); /* paused already */
}

static void test_fading(void)
{
    struct bounce_state s = {0};

    count(&s, BOUNCE_SOFT, T0);
    count(&s, BOUNCE_SOFT, T0 + DAY);
    g_assert_cmpint(s.points, ==, 2);
    g_assert_cmpint(count(&s, BOUNCE_SOFT, T0 + DAY + LIMIT_BOUNCE_FADE_S), ==, BOUNCE_COUNTED); /* one faded, one came */
    g_assert_cmpint(s.points, ==, 2);
    g_assert_cmpint(count(&s, BOUNCE_SOFT, T0 + DAY + 5 * LIMIT_BOUNCE_FADE_S), ==, BOUNCE_COUNTED);
    g_assert_cmpint(s.points, ==, 1);
    g_assert_cmpint(count(&s, BOUNCE_SOFT, T0), ==, BOUNCE_NOTED); /* the clock was set back */
}

static void test_nothing_counts(void)
{
    static const enum bounce_kind kinds[] = {BOUNCE_NOTHING, BOUNCE_INFRASTRUCTURE, BOUNCE_POLICY};

    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        struct bounce_state s = {0};
        for (int k = 0; k < 100; k++)
            g_assert_cmpint(count(&s, kinds[i], T0 + k * DAY), ==, BOUNCE_NOTED);
        g_assert_cmpint(s.points, ==, 0);
        g_assert_cmpint(s.suspended_at, ==, 0);
    }
}

static void test_late(void)
{
    struct bounce_state s = {0};
    struct bounce_case c = {.kind = BOUNCE_HARD, .now = T0, .sent_at = T0 - LIMIT_BOUNCE_TOKEN_S - 1};

    g_assert_cmpint(bounce_count(&s, &c), ==, BOUNCE_LATE);
    c.kind = BOUNCE_COMPLAINT;
    g_assert_cmpint(bounce_count(&s, &c), ==, BOUNCE_LATE);
    g_assert_cmpint(s.complained_at, ==, 0);
    c.sent_at++;
    g_assert_cmpint(bounce_count(&s, &c), ==, BOUNCE_STOPPED);
}

static void test_probe(void)
{
    struct bounce_state s = {0};
    struct bounce_case c = {.kind = BOUNCE_SOFT, .now = T0 + 2 * DAY, .is_probe = true};

    g_assert_cmpint(count(&s, BOUNCE_HARD, T0), ==, BOUNCE_PAUSED);
    g_assert_false(bounce_is_well_again(&s, T0 + 30 * DAY)); /* the probe was not sent */
    s.probed_at = T0 + DAY;
    s.probe_at = T0 + DAY + LIMIT_BOUNCE_WAIT_S;
    g_assert_false(bounce_is_well_again(&s, s.probe_at - 1));
    g_assert_true(bounce_is_well_again(&s, s.probe_at));
    g_assert_cmpint(bounce_count(&s, &c), ==, BOUNCE_OFF);
    g_assert_false(bounce_is_well_again(&s, T0 + 300 * DAY));
    g_assert_cmpint(bounce_count(&s, &c), ==, BOUNCE_NOTED);
}

static void test_ceiling(void)
{
    struct bounce_state s = {0}, t = {0};
    struct bounce_case c = {.kind = BOUNCE_HARD, .now = T0, .n_paused = LIMIT_BOUNCE_DOMAIN_DAY - 1};

    g_assert_cmpint(bounce_count(&s, &c), ==, BOUNCE_PAUSED);
    c.n_paused = LIMIT_BOUNCE_DOMAIN_DAY;
    g_assert_cmpint(bounce_count(&t, &c), ==, BOUNCE_SPARED);
    g_assert_cmpint(t.suspended_at, ==, 0);
    g_assert_cmpint(t.points, ==, 1);
}

static void test_run(void)
{
    g_assert_false(bounce_is_run_bad(LIMIT_RUN_LAST * 2 / 100, LIMIT_RUN_LAST, 2));
    g_assert_true(bounce_is_run_bad(LIMIT_RUN_LAST * 2 / 100 + 1, LIMIT_RUN_LAST, 2));
    g_assert_false(bounce_is_run_bad(1, 1, 2)); /* one of one says nothing yet */
    g_assert_true(bounce_is_run_bad(5, 5, 2));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bounce/kinds", test_kinds);
    g_test_add_func("/bounce/blocked", test_blocked);
    g_test_add_func("/bounce/points", test_points);
    g_test_add_func("/bounce/fading", test_fading);
    g_test_add_func("/bounce/nothing-counts", test_nothing_counts);
    g_test_add_func("/bounce/late", test_late);
    g_test_add_func("/bounce/probe", test_probe);
    g_test_add_func("/bounce/ceiling", test_ceiling);
    g_test_add_func("/bounce/run", test_run);
    return g_test_run();
}
