/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ledger of what senders' mails cost their readers.
 */
#include "flow/reader/ledger.h"

#include "base/limits.h"

#define SECOND ((gint64)G_USEC_PER_SEC)

static void test_ledger(void)
{
    struct ledger *l = ledger_new();
    gint64 now = 1000 * SECOND;

    ledger_charge(l, "eve@example.net", 600 * 1000, now);
    ledger_charge(l, "eve@example.net", 50 * 1000, now); /* cheap: not counted */
    g_assert_cmpint(ledger_lane(l, "eve@example.net", now), ==, LANE_FIRST);
    ledger_charge(l, "Eve@Example.net", 600 * 1000, now);
    g_assert_cmpint(ledger_lane(l, "eve@example.net", now), ==, LANE_SLOW);
    g_assert_cmpint(ledger_lane(l, "kit@example.net", now), ==, LANE_BEHIND);
    g_assert_cmpint(ledger_lane(l, "kit@example.org", now), ==, LANE_FIRST);
    /* 20 ms are forgiven each second. */
    g_assert_cmpint(ledger_lane(l, "eve@example.net", now + 5 * SECOND), ==, LANE_SLOW);
    g_assert_cmpint(ledger_lane(l, "eve@example.net", now + 15 * SECOND), ==, LANE_FIRST);
    /* The null path is everybody's. */
    ledger_charge(l, "", 5 * SECOND, now);
    g_assert_cmpint(ledger_lane(l, "", now), ==, LANE_FIRST);
    /* No debt lasts for ever. */
    ledger_charge(l, "eve@example.net", 10000 * SECOND, now);
    g_assert_cmpint(ledger_lane(l, "eve@example.net", now + 3600 * SECOND), ==, LANE_FIRST);
    ledger_free(l);
}

/* More debtors than there is room for: the smallest debts go. */
static void test_ledger_full(void)
{
    struct ledger *l = ledger_new();
    gint64 now = 1000 * SECOND;

    ledger_charge(l, "eve@example.net", 50 * SECOND, now);
    for (guint i = 0; i < 2 * LIMIT_READER_DEBTS; i++) {
        g_autofree char *sender = g_strdup_printf("m%u@m%u.example", i, i);
        now += SECOND / 50;
        ledger_charge(l, sender, 2 * SECOND, now);
    }
    g_assert_cmpint(ledger_lane(l, "eve@example.net", now), ==, LANE_SLOW);
    g_assert_cmpint(ledger_lane(l, "m0@m0.example", now), ==, LANE_FIRST);
    ledger_free(l);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reader/ledger", test_ledger);
    g_test_add_func("/reader/ledger-full", test_ledger_full);
    return g_test_run();
}
