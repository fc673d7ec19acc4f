/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A point in time as editors write it: "am 3.3. um 7", "FREI am 3. März 2026 um 7:30 Uhr", "morgen um 9", "Montag, 9 Uhr",
 * "am Dienstag, 3.3.26, 7 Uhr 30", "on 2026-03-03 at 07:00".
 * Pure: the caller says what time it is.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Is LINE nothing but a point in time, with a word of release before it or not? */
bool when_is(const char *line);
/* The time that LINE names in ZONE, the next one after NOW where it names no year or no day; 0 if it names none, or one that is
 * over or does not exist (30 February). */
gint64 when_parse(const char *line, gint64 now, GTimeZone *zone);

/* A day in folded words (forum/fold.h), as "10 4 2026", "10 april", "20260410": year, month and day as the digits of one number, 20260410;
 * without a year 410. -1 if it is no day. */
int when_day(const char *folded);
/* "keine", "none": there shall be no such day any more. */
bool when_is_no_day(const char *folded);
/* The next seven o'clock in ZONE. */
gint64 when_morning(gint64 now, GTimeZone *zone);
/* The last one, NOW included. */
gint64 when_last_morning(gint64 now, GTimeZone *zone);
/* A deadline of so many DAYS that begins at AT ends when the day of ZONE ends that is DAYS after AT's own, and this is the first second after
 * it: what is told of it is the date of the second before. DAYS < 0: so AT is itself the end of deadlines that began before that second. */
gint64 when_days_over(gint64 at, gint64 days, GTimeZone *zone);
/* The first second after DAY in ZONE, of the next such day from NOW on where it has no year; 0 if there is none or it is over. */
gint64 when_day_ends(int day, gint64 now, GTimeZone *zone);
/* Is DAY one with a year, that ended by NOW? */
bool when_day_is_over(int day, gint64 now, GTimeZone *zone);
/* The first second of DAY in ZONE, of the last such day before END where it has no year; 0 if there is none, or it is not before END. */
gint64 when_day_begins(int day, gint64 end, GTimeZone *zone);
