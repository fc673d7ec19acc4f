/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deadlines in working hours over a weekend, a holiday, the nights in which the clock is changed; what reminds waits for the hours.
 */
#include "forum/office_hours.h"

#include "base/clock.h"
#include "base/limits.h"

static GTimeZone *zone;

static gint64 at(const char *text)
{
    gint64 out = 0;

    g_assert_true(clock_parse(text, &out));
    return out;
}

static struct office_hours hours(const char *words, const char *holiday)
{
    struct office_hours o = {.zone = zone};

    g_assert_true(office_hours_parse(words, &o));
    g_assert_true(holiday == NULL || office_hours_add_holiday(&o, holiday));
    return o;
}

#define WEEK "Mo-Fr 8-17"

static void test_after(void)
{
    static const struct {
        const char *words, *holiday, *from;
        gint64 n_hours;
        const char *due, *open;
    } cases[] = {
        {WEEK, NULL, "2026-12-01T10:00:00+01:00", 24, "2026-12-02T10:00:00+01:00", "2026-12-02T10:00:00+01:00"},
        {WEEK, NULL, "2026-12-01T22:00:00+01:00", 24, "2026-12-02T22:00:00+01:00", "2026-12-03T08:00:00+01:00"},
        /* Friday to Monday; of Saturday's hours none counts */
        {WEEK, NULL, "2026-12-04T15:00:00+01:00", 24, "2026-12-07T15:00:00+01:00", "2026-12-07T15:00:00+01:00"},
        {WEEK, NULL, "2026-12-05T15:00:00+01:00", 24, "2026-12-08T00:00:00+01:00", "2026-12-08T08:00:00+01:00"},
        {WEEK, NULL, "2026-12-04T15:00:00+01:00", 72, "2026-12-09T15:00:00+01:00", "2026-12-09T15:00:00+01:00"},
        /* a holiday, and one before a weekend */
        {WEEK, "2026-12-08", "2026-12-07T15:00:00+01:00", 24, "2026-12-09T15:00:00+01:00", "2026-12-09T15:00:00+01:00"},
        {WEEK, "2026-12-25", "2026-12-24T18:00:00+01:00", 24, "2026-12-28T18:00:00+01:00", "2026-12-29T08:00:00+01:00"},
        /* the day of 23 and of 25 hours is one of 24, whether it counts or not */
        {WEEK, NULL, "2027-03-26T12:00:00+01:00", 24, "2027-03-29T12:00:00+02:00", "2027-03-29T12:00:00+02:00"},
        {WEEK, NULL, "2027-10-29T12:00:00+02:00", 48, "2027-11-02T12:00:00+01:00", "2027-11-02T12:00:00+01:00"},
        {"Mo-So 0-24", NULL, "2027-03-27T12:00:00+01:00", 24, "2027-03-28T12:00:00+02:00", "2027-03-28T12:00:00+02:00"},
        {"Mo-So 0-24", NULL, "2027-10-30T12:00:00+02:00", 48, "2027-11-01T12:00:00+01:00", "2027-11-01T12:00:00+01:00"},
        /* an hour that the wall does not have */
        {"Mo-So 0-24", NULL, "2027-03-27T02:30:00+01:00", 24, "2027-03-28T03:00:00+02:00", "2027-03-28T03:00:00+02:00"},
        {"Mon-Thu 9:30-16, Friday 8-12", NULL, "2026-12-03T13:00:00+01:00", 24, "2026-12-04T13:00:00+01:00",
         "2026-12-07T09:30:00+01:00"},
        {"Mi 8-12", NULL, "2026-12-02T09:00:00+01:00", 24, "2026-12-09T09:00:00+01:00", "2026-12-09T09:00:00+01:00"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct office_hours o = hours(cases[i].words, cases[i].holiday);
        gint64 from = at(cases[i].from), due = office_hours_after(&o, from, cases[i].n_hours * 3600);
        g_autofree char *got = clock_format(due, zone), *open = clock_format(office_hours_open(&o, due), zone);
        g_test_message("%s, %s", cases[i].words, cases[i].from);
        g_assert_cmpstr(got, ==, cases[i].due);
        g_assert_cmpstr(open, ==, cases[i].open);
        g_assert_cmpint(office_hours_open(&o, office_hours_open(&o, due)), ==, office_hours_open(&o, due));
        office_hours_clear(&o);
    }
}

/* What ran and what is left are always the whole, wherever the clock stood in between. */
static void test_between(void)
{
    struct office_hours o = hours(WEEK, "2026-12-08");
    gint64 from = at("2026-12-04T15:00:00+01:00"), due = office_hours_after(&o, from, 72 * 3600);

    for (gint64 t = from; t < due; t += 5 * 3600 + 7) {
        gint64 ran = office_hours_between(&o, from, t);
        g_assert_cmpint(office_hours_between(&o, t, due), ==, 72 * 3600 - ran);
        g_assert_cmpint(office_hours_after(&o, t, 72 * 3600 - ran), ==, due);
    }
    g_assert_cmpint(office_hours_between(&o, due, from), ==, 0);
    g_assert_cmpint(office_hours_between(&o, at("2026-12-05T00:00:00+01:00"), at("2026-12-07T00:00:00+01:00")), ==, 0);
    office_hours_clear(&o);
}

static void test_none(void)
{
    struct office_hours o = {0};
    static const char *const wrong[] = {"",        "8-17",       "Mo-Fr",     "Mo-Fr 17-8",  "Fr-Mo 8-17",
                                        "Xx 8-17", "Mo-Fr 8-25", "Mo 8:60-9", "Mo-Fr 8-17,", "M 8-17"};
    static const char *const days[] = {"", "2026-02-30", "24.12.2026", "2026-12-24x", "2026-1-1"};

    g_assert_cmpint(office_hours_after(&o, 1000, 86400), ==, 87400);
    g_assert_cmpint(office_hours_between(&o, 1000, 1500), ==, 500);
    g_assert_cmpint(office_hours_open(&o, 1000), ==, 1000);
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_test_message("'%s'", wrong[i]);
        g_assert_false(office_hours_parse(wrong[i], &o));
    }
    for (guint i = 0; i < G_N_ELEMENTS(days); i++)
        g_assert_false(office_hours_add_holiday(&o, days[i]));
    for (guint i = 0; i < LIMIT_HOLIDAYS; i++)
        g_assert_true(office_hours_add_holiday(&o, "2026-12-25"));
    g_assert_false(office_hours_add_holiday(&o, "2026-12-26"));
    office_hours_clear(&o);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    zone = g_time_zone_new_identifier("Europe/Berlin");
    g_test_add_func("/office-hours/after", test_after);
    g_test_add_func("/office-hours/between", test_between);
    g_test_add_func("/office-hours/none", test_none);
    int failed = g_test_run();
    g_time_zone_unref(zone);
    return failed;
}
