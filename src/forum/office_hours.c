/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See office_hours.h. All is reckoned on the wall: a day of the calendar and the seconds of its clock.
 */
#include "forum/office_hours.h"

#include "base/limits.h"

#include <stdio.h>
#include <string.h>

#define DAY_S    86400
#define MINUTE_S 60

/* ---- Reading */

/* The day whose name WORD begins, in German or English; 0 none. Two letters are enough in both. */
static int weekday_of(const char *word)
{
    static const char *const names[][2] = {{"montag", "monday"},       {"dienstag", "tuesday"}, {"mittwoch", "wednesday"},
                                           {"donnerstag", "thursday"}, {"freitag", "friday"},   {"samstag", "saturday"},
                                           {"sonntag", "sunday"}};
    g_autofree char *lower = g_ascii_strdown(word, -1);

    for (guint i = 0; i < G_N_ELEMENTS(names) && strlen(lower) >= 2; i++)
        if (g_str_has_prefix(names[i][0], lower) || g_str_has_prefix(names[i][1], lower))
            return (int)i + 1;
    return 0;
}

/* "8", "8:30", "24:00"; -1 none. */
static int minutes_of(const char *word)
{
    unsigned hour, minute = 0;
    int n = 0;

    if (!g_ascii_isdigit(*word) ||
        (sscanf(word, "%2u:%2u%n", &hour, &minute, &n) != 2 && sscanf(word, "%2u%n", &hour, &n) != 1) || word[n] != '\0' ||
        minute > 59 || hour * 60 + minute > 24 * 60)
        return -1;
    return (int)(hour * 60 + minute);
}

/* "Mo-Fr 8-17", one of several. */
static bool read_part(const char *part, struct office_hours *out)
{
    g_auto(GStrv) words = g_strsplit(part, " ", 2);

    if (g_strv_length(words) != 2)
        return false;
    g_auto(GStrv) days = g_strsplit(words[0], "-", 2);
    g_auto(GStrv) hours = g_strsplit(g_strstrip(words[1]), "-", 2);
    if (g_strv_length(hours) != 2 || g_strv_length(days) == 0)
        return false;
    int first = weekday_of(days[0]), last = days[1] != NULL ? weekday_of(days[1]) : first;
    int from = minutes_of(hours[0]), to = minutes_of(hours[1]);
    if (first == 0 || last < first || from < 0 || to <= from)
        return false;
    for (int d = first; d <= last; d++) {
        out->days[d].from = from;
        out->days[d].to = to;
    }
    return true;
}

bool office_hours_parse(const char *words, struct office_hours *out)
{
    g_auto(GStrv) parts = g_strsplit(words, ",", -1);
    GTimeZone *zone = out->zone;

    office_hours_clear(out);
    out->zone = zone;
    for (char **p = parts; *p != NULL; p++)
        if (!read_part(g_strstrip(*p), out)) {
            office_hours_clear(out);
            return false;
        }
    return parts[0] != NULL;
}

bool office_hours_add_holiday(struct office_hours *o, const char *date)
{
    unsigned year, month, day;
    int n = 0;

    if (sscanf(date, "%4u-%2u-%2u%n", &year, &month, &day, &n) != 3 || n != 10 || date[n] != '\0' ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return false;
    GDate given;
    g_date_clear(&given, 1);
    g_date_set_dmy(&given, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    gint64 julian = g_date_get_julian(&given);
    if (o->holidays == NULL)
        o->holidays = g_array_new(FALSE, FALSE, sizeof(gint64));
    if (o->holidays->len >= LIMIT_HOLIDAYS)
        return false;
    g_array_append_val(o->holidays, julian);
    return true;
}

void office_hours_clear(struct office_hours *o)
{
    g_clear_pointer(&o->holidays, g_array_unref);
    *o = (struct office_hours){0};
}

/* ---- The wall */

struct wall {
    GDate day;
    gint64 second; /* of it, by the clock on the wall */
};

static GDateTime *here(const struct office_hours *o, gint64 at)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);

    return o->zone != NULL ? g_date_time_to_timezone(utc, o->zone) : g_date_time_ref(utc);
}

static struct wall wall_at(const struct office_hours *o, gint64 at)
{
    g_autoptr(GDateTime) t = here(o, at);
    struct wall w = {.second = g_date_time_get_hour(t) * 3600 + g_date_time_get_minute(t) * MINUTE_S + g_date_time_get_second(t)};

    g_date_clear(&w.day, 1);
    g_date_set_dmy(&w.day, (GDateDay)g_date_time_get_day_of_month(t), (GDateMonth)g_date_time_get_month(t),
                   (GDateYear)g_date_time_get_year(t));
    return w;
}

static gint64 moment_of(const struct office_hours *o, struct wall w)
{
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();

    if (w.second >= DAY_S) {
        g_date_add_days(&w.day, 1);
        w.second -= DAY_S;
    }
    g_autoptr(GDateTime) t =
        g_date_time_new(o->zone != NULL ? o->zone : utc, g_date_get_year(&w.day), (int)g_date_get_month(&w.day),
                        g_date_get_day(&w.day), (int)(w.second / 3600), (int)(w.second / MINUTE_S % 60), (double)(w.second % 60));
    return g_date_time_to_unix(t);
}

static bool has_hours(const struct office_hours *o)
{
    for (guint i = 1; i < G_N_ELEMENTS(o->days); i++)
        if (o->days[i].to > 0)
            return true;
    return false;
}

static bool is_workday(const struct office_hours *o, const GDate *day)
{
    gint64 julian = g_date_get_julian(day);

    for (guint i = 0; o->holidays != NULL && i < o->holidays->len; i++)
        if (g_array_index(o->holidays, gint64, i) == julian)
            return false;
    return o->days[g_date_get_weekday(day)].to > 0;
}

gint64 office_hours_after(const struct office_hours *o, gint64 from, gint64 seconds)
{
    if (!has_hours(o))
        return from + seconds;
    struct wall w = wall_at(o, from);
    gint64 rest = MAX(seconds, 0);
    while (!is_workday(o, &w.day) || rest > DAY_S - w.second) {
        if (is_workday(o, &w.day))
            rest -= DAY_S - w.second;
        g_date_add_days(&w.day, 1);
        w.second = 0;
    }
    w.second += rest;
    return moment_of(o, w);
}

gint64 office_hours_between(const struct office_hours *o, gint64 from, gint64 to)
{
    if (to <= from || !has_hours(o))
        return MAX(to - from, 0);
    struct wall w = wall_at(o, from), end = wall_at(o, to);
    gint64 sum = 0;
    for (; g_date_compare(&w.day, &end.day) < 0; g_date_add_days(&w.day, 1), w.second = 0)
        sum += is_workday(o, &w.day) ? DAY_S - w.second : 0;
    return sum + (is_workday(o, &w.day) ? MAX(end.second - w.second, 0) : 0);
}

gint64 office_hours_open(const struct office_hours *o, gint64 at)
{
    if (!has_hours(o))
        return at;
    struct wall w = wall_at(o, at);
    int day = g_date_get_weekday(&w.day);
    bool is_day = is_workday(o, &w.day);
    if (is_day && w.second >= o->days[day].from * MINUTE_S && w.second < o->days[day].to * MINUTE_S)
        return at;
    if (!is_day || w.second >= o->days[day].to * MINUTE_S)
        do
            g_date_add_days(&w.day, 1);
        while (!is_workday(o, &w.day));
    w.second = o->days[g_date_get_weekday(&w.day)].from * MINUTE_S;
    return moment_of(o, w);
}
