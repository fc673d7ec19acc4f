/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times in words; see when.h.
 */
#include "forum/when.h"

#include <string.h>

#define LONGEST_BYTES 80
#define MORNING_HOUR  7
#define RELEASE       "(?:(?:bitte\\s+)?(?:frei|freigeben|freigabe|release|senden|send)[,:]?\\s+)?"
#define CLOCK                                                                                                                    \
    "(?:um|at|,)?\\s*(?<hour>\\d{1,2})(?:[:.](?<minute>\\d{2})\\s*(?:uhr|h)?|\\s*(?:uhr|h)\\s*(?<minute>\\d{2})|\\s*(?:uhr|h)?)" \
    "\\s*[.!]?$"
#define WEEKDAY \
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
#define YEAR "(?<year>\\d{4}|\\d{2})?"
/* "am Montag, dem 3.3.": the weekday is not compared with the date, which counts */
#define ON "(?:(?:am|on)?\\s*(?:" WEEKDAY "|mo|di|mi|do|fr|sa|so)\\.?,?\\s+)?(?:am|on|den|dem)?\\s*"

static const char *const patterns[] = {
    "^" RELEASE ON "(?<day>\\d{1,2})\\.\\s*(?<month>\\d{1,2})\\.?\\s*" YEAR ",?\\s+" CLOCK,
    "^" RELEASE ON "(?<day>\\d{1,2})\\.?\\s*(?<name>\\p{L}{3,9})\\.?\\s*" YEAR ",?\\s+" CLOCK,
    "^" RELEASE "(?:am|on|nächsten|next)?\\s*(?<weekday>" WEEKDAY "),?\\s+" CLOCK,
    "^" RELEASE "(?:am|on)?\\s*(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})[t\\s]\\s*" CLOCK,
    "^" RELEASE "(?<next>morgen|tomorrow|heute|today)\\s+" CLOCK,
};

static int number(const GMatchInfo *m, const char *name)
{
    g_autofree char *text = g_match_info_fetch_named(m, name);

    return text != NULL && *text != '\0' ? (int)g_ascii_strtoll(text, NULL, 10) : -1;
}

static int month_named(const char *name)
{
    static const char *const months[] = {"jan", "feb", "mär", "mar", "apr", "mai", "may", "jun",
                                         "jul", "aug", "sep", "okt", "oct", "nov", "dez", "dec"};
    static const int numbers[] = {1, 2, 3, 3, 4, 5, 5, 6, 7, 8, 9, 10, 10, 11, 12, 12};

    for (gsize i = 0; i < G_N_ELEMENTS(months); i++)
        if (g_str_has_prefix(name, months[i]))
            return numbers[i];
    return -1;
}

/* 1 Monday to 7 Sunday. */
static int weekday_named(const char *name)
{
    static const char *const days[] = {"mo", "di", "tu", "mi", "we", "do", "th", "fr", "sa", "so", "su"};
    static const int numbers[] = {1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 7};

    for (gsize i = 0; i < G_N_ELEMENTS(days); i++)
        if (g_str_has_prefix(name, days[i]) && strcmp(name, "sonnabend") != 0)
            return numbers[i];
    return 6;
}

static char *fold(const char *line)
{
    g_autofree char *valid = g_utf8_make_valid(line, -1), *lower = g_utf8_strdown(valid, -1);

    return g_strstrip(g_strdup(lower));
}

/* Compiled once, since every mail's first line is asked about; they live as long as the process. */
static const GRegex *compiled(gsize i)
{
    static gsize regexes[G_N_ELEMENTS(patterns)];

    if (g_once_init_enter(&regexes[i]))
        g_once_init_leave(&regexes[i], GPOINTER_TO_SIZE(g_regex_new(patterns[i], G_REGEX_DUPNAMES, 0, NULL)));
    return GSIZE_TO_POINTER(regexes[i]);
}

/* No pattern does without a digit of some script, which nearly no line has. */
static bool has_digit(const char *text)
{
    if (strpbrk(text, "0123456789") != NULL)
        return true;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if ((guchar)*p >= 0x80 && g_unichar_type(g_utf8_get_char_validated(p, -1)) == G_UNICODE_DECIMAL_NUMBER)
            return true;
    return false;
}

static bool may_be_time(const char *text)
{
    return strlen(text) <= LONGEST_BYTES && has_digit(text);
}

/* Of a folded line, which must live as long as the match. */
static GMatchInfo *match(const char *text)
{
    if (!may_be_time(text))
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(patterns); i++) {
        GMatchInfo *m = NULL;
        if (g_regex_match_full(compiled(i), text, -1, 0, 0, &m, NULL))
            return m;
        g_match_info_unref(m);
    }
    return NULL;
}

bool when_is(const char *line)
{
    if (!has_digit(line)) /* before anything is folded: every mail's first line is asked about */
        return false;
    g_autofree char *text = fold(line);
    GMatchInfo *m = match(text);
    if (m == NULL)
        return false;
    g_autofree char *name = g_match_info_fetch_named(m, "name");
    bool is_time = name == NULL || *name == '\0' || month_named(name) > 0;
    g_match_info_unref(m);
    return is_time;
}

static gint64 unix_time(GTimeZone *zone, int year, int month, int day, int hour, int minute)
{
    if (!g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year) || hour > 23 || minute > 59)
        return 0;
    g_autoptr(GDateTime) t = g_date_time_new(zone, year, month, day, hour, minute, 0);
    return t != NULL ? g_date_time_to_unix(t) : 0;
}

/* "morgen", "Freitag": that day of ZONE; NULL if the line names none in this way. */
static GDateTime *day_in_words(const GMatchInfo *m, GDateTime *today)
{
    g_autofree char *next = g_match_info_fetch_named(m, "next"), *weekday = g_match_info_fetch_named(m, "weekday");

    if (next != NULL && *next != '\0')
        return g_date_time_add_days(today, strcmp(next, "morgen") == 0 || strcmp(next, "tomorrow") == 0);
    if (weekday == NULL || *weekday == '\0')
        return NULL;
    return g_date_time_add_days(today, (weekday_named(weekday) - g_date_time_get_day_of_week(today) + 7) % 7);
}

/* The date that the line names, in digits or by the month's name; -1 where there is none. */
static void read_date(const GMatchInfo *m, int *year_out, int *month_out, int *day_out)
{
    g_autofree char *name = g_match_info_fetch_named(m, "name");
    int year = number(m, "year");

    *year_out = year >= 0 && year < 100 ? year + 2000 : year;
    *month_out = name != NULL && *name != '\0' ? month_named(name) : number(m, "month");
    *day_out = number(m, "day");
}

static gint64 time_of(const GMatchInfo *m, gint64 now, GTimeZone *zone)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now);
    g_autoptr(GDateTime) today = g_date_time_to_timezone(utc, zone);
    g_autoptr(GDateTime) then = day_in_words(m, today);
    g_autofree char *next = g_match_info_fetch_named(m, "next");
    int hour = number(m, "hour"), minute = MAX(number(m, "minute"), 0), year, month, day;
    int this_year = g_date_time_get_year(today);

    if (then != NULL) {
        g_date_time_get_ymd(then, &year, &month, &day);
        gint64 at = unix_time(zone, year, month, day, hour, minute);
        if (at > now || at == 0 || (next != NULL && *next != '\0'))
            return at;
        g_autoptr(GDateTime) in_a_week = g_date_time_add_days(then, 7); /* it is today's weekday, and that hour is over */
        g_date_time_get_ymd(in_a_week, &year, &month, &day);
        return unix_time(zone, year, month, day, hour, minute);
    }
    read_date(m, &year, &month, &day);
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour < 0)
        return 0;
    gint64 at = unix_time(zone, year > 0 ? year : this_year, month, day, hour, minute);
    return at <= now && year <= 0 ? unix_time(zone, this_year + 1, month, day, hour, minute) : at;
}

gint64 when_parse(const char *line, gint64 now, GTimeZone *zone)
{
    g_autofree char *text = fold(line);
    GMatchInfo *m = match(text);
    gint64 at = m != NULL ? time_of(m, now, zone) : 0;

    if (m != NULL)
        g_match_info_unref(m);
    return at > now ? at : 0;
}

static bool is_number(const char *text, int least, int most, int *out)
{
    gint64 n;
    bool ok = g_ascii_string_to_signed(text, 10, least, most, &n, NULL);

    *out = ok ? (int)n : 0;
    return ok;
}

/* The day stands first in all languages of ours, but for the order of ISO 8601. */
int when_day(const char *folded)
{
    g_auto(GStrv) words = g_strsplit(folded, " ", -1);
    guint n = g_strv_length(words);
    int day, month, year = 0, iso;

    if (n == 1 && strlen(folded) == 8 && is_number(folded, 10000101, 99991231, &iso))
        return iso / 100 % 100 <= 12 && iso / 100 % 100 >= 1 && iso % 100 >= 1 && iso % 100 <= 31 ? iso : -1;
    if ((n != 2 && n != 3) || !is_number(words[0], 1, 31, &day) || (n == 3 && !is_number(words[2], 0, 9999, &year)))
        return -1;
    if (!is_number(words[1], 1, 12, &month) && (month = month_named(words[1])) < 1)
        return -1;
    return (year > 0 && year < 100 ? year + 2000 : year) * 10000 + month * 100 + day;
}

bool when_is_no_day(const char *folded)
{
    static const char *const words[] = {"keine", "kein", "none", "no", NULL};

    return g_strv_contains(words, folded);
}

/* NULL: there is no such day. */
static GDateTime *midnight_of(GTimeZone *zone, int year, int day)
{
    int month = day / 100 % 100, of_month = day % 100;
    bool is_day = g_date_valid_dmy((GDateDay)of_month, (GDateMonth)month, (GDateYear)year);

    return is_day ? g_date_time_new(zone, year, month, of_month, 0, 0, 0) : NULL;
}

static gint64 end_of(GTimeZone *zone, int year, int day)
{
    g_autoptr(GDateTime) begin = midnight_of(zone, year, day);
    g_autoptr(GDateTime) end = begin != NULL ? g_date_time_add_days(begin, 1) : NULL;

    return end != NULL ? g_date_time_to_unix(end) : 0;
}

gint64 when_day_begins(int day, gint64 end, GTimeZone *zone)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(end - 1);
    g_autoptr(GDateTime) last = g_date_time_to_timezone(utc, zone);
    int year = day / 10000, last_year = g_date_time_get_year(last);

    for (int y = year != 0 ? year : last_year; y >= (year != 0 ? year : last_year - 1); y--) {
        g_autoptr(GDateTime) begin = midnight_of(zone, y, day);
        if (begin != NULL && g_date_time_to_unix(begin) < end)
            return g_date_time_to_unix(begin);
    }
    return 0;
}

gint64 when_day_ends(int day, gint64 now, GTimeZone *zone)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now);
    g_autoptr(GDateTime) today = g_date_time_to_timezone(utc, zone);
    int year = day / 10000, this_year = g_date_time_get_year(today);
    gint64 at = day > 0 ? end_of(zone, year != 0 ? year : this_year, day) : 0;

    if (at != 0 && at <= now && year == 0)
        at = end_of(zone, this_year + 1, day);
    return at > now ? at : 0;
}

bool when_day_is_over(int day, gint64 now, GTimeZone *zone)
{
    gint64 end = day >= 10000 ? end_of(zone, day / 10000, day) : 0;

    return end != 0 && end <= now;
}

gint64 when_days_over(gint64 at, gint64 days, GTimeZone *zone)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
    g_autoptr(GDateTime) here = g_date_time_to_timezone(utc, zone);
    int year, month, day;

    g_date_time_get_ymd(here, &year, &month, &day);
    g_autoptr(GDateTime) begin = g_date_time_new(zone, year, month, day, 0, 0, 0);
    g_autoptr(GDateTime) end = g_date_time_add_days(begin, (int)days + 1);
    return g_date_time_to_unix(end);
}

gint64 when_morning(gint64 now, GTimeZone *zone)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now);
    g_autoptr(GDateTime) here = g_date_time_to_timezone(utc, zone);
    g_autoptr(GDateTime) day = g_date_time_get_hour(here) < MORNING_HOUR ? g_date_time_ref(here) : g_date_time_add_days(here, 1);
    g_autoptr(GDateTime) morning = g_date_time_new(zone, g_date_time_get_year(day), g_date_time_get_month(day),
                                                   g_date_time_get_day_of_month(day), MORNING_HOUR, 0, 0);

    return g_date_time_to_unix(morning);
}

gint64 when_last_morning(gint64 now, GTimeZone *zone)
{
    return when_morning(when_morning(now, zone) - 26 * 3600, zone); /* days have 23 to 25 hours */
}
