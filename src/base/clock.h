/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The only place that reads the clock. Times are unix seconds (`..._at`), durations seconds (`..._s`).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

gint64 clock_now(void);  /* unix seconds; what clock_freeze said while frozen */
gint64 clock_real(void); /* unix seconds, frozen or not: for what another process does later */
/* Makes clock_now() return AT for ever; for tests and for --now. -1 thaws. */
void clock_freeze(gint64 at);
/* RFC 3339 with offset ("2026-03-02T07:00:00+01:00") to unix seconds; false if unusable. */
bool clock_parse(const char *rfc3339, gint64 *at_out);
/* RFC 3339 in ZONE (NULL: UTC). Caller frees. */
char *clock_format(gint64 at, GTimeZone *zone);
