/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is taken when: whole days of a zone, on the days on which its clocks are changed too; several phases, none, one forum's; the time of grace.
 */
#include "flow/phase.h"

#include "forum/when.h"

#include <string.h>

#define HOUR_S 3600

static struct settings settings;
static struct gateway gateway = {.settings = &settings};

static void test_days(void)
{
    static const struct {
        const char *date;
        gint64 n_hours;
    } days[] = {{"2027-03-27", 24}, {"2027-03-28", 23}, {"2027-10-31", 25}, {"2028-02-29", 24}, {"2026-12-31", 24}};
    static const char *const none[] = {"", "2027-02-29", "2027-13-01", "27-01-01", "2027-01-01x", "2027-1-1", "none"};

    for (guint i = 0; i < G_N_ELEMENTS(days); i++) {
        gint64 first = phase_day(&gateway, days[i].date, false), end = phase_day(&gateway, days[i].date, true);
        g_assert_cmpint(end - first, ==, days[i].n_hours * HOUR_S);
        g_autofree char *from = phase_date(&gateway, first, false), *to = phase_date(&gateway, end, true);
        g_assert_cmpstr(from, ==, days[i].date);
        g_assert_cmpstr(to, ==, days[i].date);
    }
    for (guint i = 0; i < G_N_ELEMENTS(none); i++)
        g_assert_cmpint(phase_day(&gateway, none[i], false), ==, 0);
}

/* The last second of a phase, the first after it, and the same with a quarter of an hour of grace. */
static void test_instants(void)
{
    static const char *const dates[] = {"2027-03-28", "2027-10-31"};

    for (guint i = 0; i < G_N_ELEMENTS(dates); i++) {
        struct phase p = {.name = "a",
                          .from_at = phase_day(&gateway, "2027-01-01", false),
                          .to_at = phase_day(&gateway, dates[i], true),
                          .allows = PHASE_IDEA};
        g_autoptr(GPtrArray) phases = g_ptr_array_new();
        g_ptr_array_add(phases, &p);
        g_assert_true(phase_allows(phases, 1, PHASE_IDEA, p.from_at, 0));
        g_assert_false(phase_allows(phases, 1, PHASE_IDEA, p.from_at - 1, 900));
        g_assert_true(phase_allows(phases, 1, PHASE_IDEA, p.to_at - 1, 0));
        g_assert_false(phase_allows(phases, 1, PHASE_IDEA, p.to_at, 0));
        g_assert_true(phase_allows(phases, 1, PHASE_IDEA, p.to_at, 900));
        g_assert_true(phase_allows(phases, 1, PHASE_IDEA, p.to_at + 899, 900));
        g_assert_false(phase_allows(phases, 1, PHASE_IDEA, p.to_at + 900, 900));
        g_assert_false(phase_allows(phases, 1, PHASE_REPLY, p.from_at, 0));
    }
}

/* Days are those of the calendar there, however long they are: seven of them from the first and the last second of a day on. */
static void test_days_over(void)
{
    static const struct {
        gint64 midnight;                  /* of the day of the question */
        gint64 hours;                     /* to the end of the seventh after it */
    } rows[] = {{1774134000, 8 * 24 - 1}, /* 22 to 29 March 2026: an hour is left out */
                {1792274400, 8 * 24 + 1}, /* 18 to 25 October 2026: one comes twice */
                {1784498400, 8 * 24}};    /* 20 to 27 July 2026 */
    GTimeZone *zone = settings.zone;

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        gint64 end = rows[i].midnight + rows[i].hours * 3600;
        g_assert_cmpint(when_days_over(rows[i].midnight, 7, zone), ==, end);
        g_assert_cmpint(when_days_over(rows[i].midnight + 86399, 7, zone), ==, end);
        g_assert_cmpint(when_days_over(rows[i].midnight - 1, 7, zone), <, end - 22 * 3600);
        g_assert_cmpint(when_days_over(end - 1, -8, zone), ==, rows[i].midnight); /* not over yet */
        g_assert_cmpint(when_days_over(end, -8, zone), >, rows[i].midnight);
    }
}

static void test_several(void)
{
    struct phase a = {.name = "a", .from_at = 100, .to_at = 200, .allows = PHASE_IDEA | PHASE_REPLY};
    struct phase b = {.name = "b", .from_at = 150, .to_at = 300, .allows = PHASE_REPLY},
                 c = {.name = "c", .forum_id = 2, .from_at = 400, .allows = PHASE_IDEA};
    g_autoptr(GPtrArray) phases = g_ptr_array_new();

    g_assert_true(phase_allows(phases, 1, PHASE_IDEA, 1, 0)); /* none at all */
    g_ptr_array_add(phases, &c);
    g_assert_true(phase_allows(phases, 1, PHASE_IDEA, 1, 0)); /* none of this forum */
    g_assert_false(phase_allows(phases, 2, PHASE_IDEA, 1, 0));
    g_assert_true(phase_allows(phases, 2, PHASE_IDEA, 1000, 0)); /* no end */
    g_ptr_array_add(phases, &a);
    g_ptr_array_add(phases, &b);
    g_assert_true(phase_allows(phases, 1, PHASE_REPLY, 250, 0));
    g_assert_false(phase_allows(phases, 1, PHASE_IDEA, 250, 0));
    g_assert_false(phase_allows(phases, 1, PHASE_REPLY, 350, 0)); /* between */
    g_assert_true(phase_last(phases, 1, PHASE_REPLY, 350) == &b);
    g_assert_true(phase_last(phases, 1, PHASE_IDEA, 350) == &a);
    g_assert_null(phase_last(phases, 1, PHASE_IDEA, 199));
    g_assert_null(phase_next(phases, 1, PHASE_IDEA, 350));
    g_assert_true(phase_next(phases, 2, PHASE_IDEA, 350) == &c);
}

static void test_kinds(void)
{
    struct idea inner = {.ring = RING_MEMBERS}, idea = {.ring = RING_PUBLIC};

    g_assert_cmpint(phase_kinds_parse("idea, reply,inner"), ==, PHASE_IDEA | PHASE_REPLY | PHASE_INNER);
    g_assert_cmpint(phase_kinds_parse("idea,vote"), ==, 0);
    g_assert_cmpint(phase_kinds_parse(""), ==, 0);
    g_assert_cmpint(phase_kind_of(NULL, RING_PUBLIC, false, false), ==, PHASE_IDEA);
    g_assert_cmpint(phase_kind_of(NULL, RING_MEMBERS, false, false), ==, PHASE_INNER);
    g_assert_cmpint(phase_kind_of(&inner, RING_PUBLIC, true, false), ==, PHASE_INNER);
    g_assert_cmpint(phase_kind_of(&idea, RING_PUBLIC, false, false), ==, PHASE_REPLY);
    g_assert_cmpint(phase_kind_of(&idea, RING_PUBLIC, false, true), ==, PHASE_SUPPORT);
    g_assert_cmpint(phase_kind_of(&idea, RING_PUBLIC, true, true), ==, PHASE_FEEDBACK);
}

/* Words of an office; a sentence with such words in it is none. */
static void test_orders(void)
{
    static const struct {
        const char *folded, *name;
        int from, to;
        gint64 allows;
        const char *forum, *language;
        bool is_open, is_title;
    } rows[] = {
        {"zuhoeren bis 10 4 2027", "zuhoeren", 0, 20270410, 0, NULL, NULL, false, false},
        {"zuhoeren bis zum 10 april", "zuhoeren", 0, 410, 0, NULL, NULL, false, false},
        {"runde 2 1 3 2027 bis 10 4 2027", "runde-2", 20270301, 20270410, 0, NULL, NULL, false, false},
        {"beraten vom 1 3 bis 20270410 erlaubt ideen antworten und dafur", "beraten", 301, 20270410,
         PHASE_IDEA | PHASE_REPLY | PHASE_SUPPORT, NULL, NULL, false, false},
        {"comments from 1 3 2027 to 10 4 2027 allows replies feedback inner", "comments", 20270301, 20270410,
         PHASE_REPLY | PHASE_FEEDBACK | PHASE_INNER, NULL, NULL, false, false},
        {"zuhoeren bis 10 4 erlaubt alles mogliche", NULL, 0, 0, 0, NULL, NULL, false, false},
        {"runde 2 1 3 2027 bis 10 4 2027 im forum energie", "runde-2", 20270301, 20270410, 0, "energie", NULL, false, false},
        {"runde 2 fur das forum energie ab 1 3 bis 10 4 2027 erlaubt ideen", "runde-2", 301, 20270410, PHASE_IDEA, "energie",
         NULL, false, false},
        {"runde 2 bis 10 4 erlaubt ideen in forum energie", "runde-2", 0, 410, PHASE_IDEA, "energie", NULL, false, false},
        {"immer ab 1 3 2027 ohne ende erlaubt ideen", "immer", 20270301, 0, PHASE_IDEA, NULL, NULL, true, false},
        {"immer 1 3 2027 bis auf weiteres", "immer", 20270301, 0, 0, NULL, NULL, true, false},
        {"zuhoeren bis none", "zuhoeren", 0, 0, 0, NULL, NULL, true, false},
        {"zuhoeren ab 1 5", "zuhoeren", 501, 0, 0, NULL, NULL, false, false},
        {"zuhoeren titel englisch", "zuhoeren", 0, 0, 0, NULL, "englisch", false, true},
        {"zuhoeren title", "zuhoeren", 0, 0, 0, NULL, NULL, false, true},
        {"zwei hat als titel das falsche", NULL, 0, 0, 0, NULL, NULL, false, false},
        {"titel englisch", NULL, 0, 0, 0, NULL, NULL, false, false},
        {"zwei 1 5", NULL, 0, 0, 0, NULL, NULL, false, false},
        {"zwei im forum energie", NULL, 0, 0, 0, NULL, NULL, false, false},
        {"zwei ist ohne ende langweilig", NULL, 0, 0, 0, NULL, NULL, false, false},
        {"zwei erlaubt ideen", NULL, 0, 0, 0, NULL, NULL, false, false},
        {"zwei bis morgen", NULL, 0, 0, 0, NULL, NULL, false, false},
        {"bis 10 4", NULL, 0, 0, 0, NULL, NULL, false, false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(phase_order_auto_t) o = {0};
        g_test_message("%s", rows[i].folded);
        g_assert_cmpint(phase_order(rows[i].folded, &o), ==, rows[i].name != NULL);
        if (rows[i].name == NULL)
            continue;
        g_assert_cmpstr(o.name, ==, rows[i].name);
        g_assert_cmpint(o.from, ==, rows[i].from);
        g_assert_cmpint(o.to, ==, rows[i].to);
        g_assert_cmpint(o.allows, ==, rows[i].allows);
        g_assert_cmpstr(o.forum, ==, rows[i].forum);
        g_assert_cmpstr(o.language, ==, rows[i].language);
        g_assert_cmpint(o.is_open, ==, rows[i].is_open);
        g_assert_cmpint(o.is_title, ==, rows[i].is_title);
    }
}

/* A day without a year is the last such one before the phase's end, also across the turn of the year; there is no 29 February 2027. */
static void test_beginnings(void)
{
    gint64 end = phase_day(&gateway, "2027-03-28", true);
    static const struct {
        int day;
        const char *date;
    } rows[] = {{301, "2027-03-01"}, {1224, "2026-12-24"}, {20260101, "2026-01-01"}, {328, "2027-03-28"}, {329, "2026-03-29"},
                {20270329, NULL},    {229, NULL},          {20270230, NULL}};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpint(when_day_begins(rows[i].day, end, settings.zone), ==,
                        rows[i].date != NULL ? phase_day(&gateway, rows[i].date, false) : 0);
}

static void test_names(void)
{
    struct phase a = {.name = "zuhoeren", .from_at = 1, .to_at = 2, .allows = 1}, b = {.name = "runde-2"}, c = a;
    g_autoptr(GPtrArray) phases = g_ptr_array_new();

    g_ptr_array_add(phases, &a);
    g_ptr_array_add(phases, &b);
    g_assert_true(phase_named(phases, "zuhoren") == &a);
    g_assert_true(phase_named(phases, "runde2") == &b);
    g_assert_null(phase_named(phases, "runde-3"));
    g_assert_true(phase_is_name("runde-2") && !phase_is_name("2-runde") && !phase_is_name("idee-2") && !phase_is_name(""));
    c.allows = 3;
    g_assert_cmpint(phase_mark(&a), !=, phase_mark(&c));
    g_assert_cmpint(phase_mark(NULL), !=, 0);
    g_assert_cmpint(phase_mark(NULL), !=, phase_mark(&b));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    settings.zone = g_time_zone_new_identifier("Europe/Berlin");
    g_test_add_func("/phase/days", test_days);
    g_test_add_func("/phase/instants", test_instants);
    g_test_add_func("/phase/days-over", test_days_over);
    g_test_add_func("/phase/several", test_several);
    g_test_add_func("/phase/kinds", test_kinds);
    g_test_add_func("/phase/orders", test_orders);
    g_test_add_func("/phase/beginnings", test_beginnings);
    g_test_add_func("/phase/names", test_names);
    int failed = g_test_run();
    g_time_zone_unref(settings.zone);
    return failed;
}
