/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times as people and files write them, and a clock that stands still.
 */
#include "base/clock.h"

#define SUMMER 1782864000 /* 2026-07-01 00:00 UTC */

static void test_parse(void)
{
    static const struct {
        const char *text;
        gint64 at; /* -1: unusable */
    } rows[] = {
        {"2026-07-01T00:00:00Z", SUMMER},
        {"2026-07-01T02:00:00+02:00", SUMMER},
        {"2026-06-30T19:00:00-05:00", SUMMER},
        {"2024-02-29T12:00:00Z", 1709208000},
        {"2026-02-29T12:00:00Z", -1},
        {"2026-07-01T00:00:00", -1}, /* of which zone? */
        {"2026-07-01", -1},
        {"2026-13-01T00:00:00Z", -1},
        {"gestern", -1},
        {"", -1},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        gint64 at = -1;
        g_test_message("%s", rows[i].text);
        g_assert_true(clock_parse(rows[i].text, &at) == (rows[i].at >= 0));
        g_assert_cmpint(at, ==, rows[i].at);
    }
}

static void test_format(void)
{
    g_autoptr(GTimeZone) berlin = g_time_zone_new_identifier("Europe/Berlin");
    g_autofree char *utc = clock_format(SUMMER, NULL), *summer = clock_format(SUMMER, berlin),
                    *winter = clock_format(1709208000, berlin), *never = clock_format(G_MAXINT64, berlin);
    gint64 back;

    g_assert_nonnull(berlin);
    g_assert_cmpstr(utc, ==, "2026-07-01T00:00:00Z");
    g_assert_cmpstr(summer, ==, "2026-07-01T02:00:00+02:00");
    g_assert_cmpstr(winter, ==, "2024-02-29T13:00:00+01:00");
    g_assert_cmpstr(never, ==, ""); /* no year that anybody could write */
    g_assert_true(clock_parse(summer, &back) && back == SUMMER);
}

static void test_freeze(void)
{
    clock_freeze(SUMMER);
    g_assert_cmpint(clock_now(), ==, SUMMER);
    g_assert_cmpint(clock_real(), !=, SUMMER);
    clock_freeze(0); /* 1970 is a time like any other */
    g_assert_cmpint(clock_now(), ==, 0);
    clock_freeze(-1);
    g_assert_cmpint(clock_now(), >=, 1767225600); /* 2026 */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/clock/parse", test_parse);
    g_test_add_func("/base/clock/format", test_format);
    g_test_add_func("/base/clock/freeze", test_freeze);
    return g_test_run();
}
