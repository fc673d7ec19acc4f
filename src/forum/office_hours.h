/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When an office works, and how its deadlines run. Pure. Two clocks come of it: a deadline in hours counts a working day as 24 hours and
 * every other day as none, by the wall's clock, so the day on which it is changed is one like any; what reminds people waits for
 * the hours in which they are there.
 *
 * A struct that is all zero has no hours: every day counts, and somebody is always there.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct office_hours {
    struct {
        int from, to; /* minutes of the day, TO the first after it; both 0: no working day */
    } days[8];        /* by day of the week, 1 Monday to 7 Sunday; 0 is not used */
    GArray *holidays; /* gint64, days as g_date_get_julian() counts them; NULL none */
    GTimeZone *zone;  /* borrowed; NULL: UTC */
};

/* "Mo-Fr 8-17", "Mon-Thu 8:00-16:30, Fri 8-13": days by the first letters of their German or English names. False: that is none, or no day
 * is left on which somebody works; OUT is cleared then. */
bool office_hours_parse(const char *words, struct office_hours *out);
/* A day on which nobody works, "2026-12-25"; at most LIMIT_HOLIDAYS. False: that is none, or too many. */
bool office_hours_add_holiday(struct office_hours *o, const char *date);
void office_hours_clear(struct office_hours *o);

/* SECONDS of working days after FROM. */
gint64 office_hours_after(const struct office_hours *o, gint64 from, gint64 seconds);
/* The seconds of working days in [FROM, TO); 0 if TO is not later. */
gint64 office_hours_between(const struct office_hours *o, gint64 from, gint64 to);
/* AT if somebody is there then, else the beginning of the next hours. */
gint64 office_hours_open(const struct office_hours *o, gint64 at);
