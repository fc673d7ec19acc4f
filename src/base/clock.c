/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * now() that tests can set, and RFC 3339; see clock.h.
 */
#include "base/clock.h"

/* Set once at start-up by tests and by --now, before any thread exists. */
static gint64 frozen_at = -1;

gint64 clock_real(void)
{
    return g_get_real_time() / G_USEC_PER_SEC;
}

gint64 clock_now(void)
{
    return frozen_at >= 0 ? frozen_at : clock_real();
}

void clock_freeze(gint64 at)
{
    frozen_at = at;
}

bool clock_parse(const char *rfc3339, gint64 *at_out)
{
    g_autoptr(GDateTime) when = g_date_time_new_from_iso8601(rfc3339, NULL);

    if (when == NULL)
        return false;
    *at_out = g_date_time_to_unix(when);
    return true;
}

char *clock_format(gint64 at, GTimeZone *zone)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
    g_autoptr(GDateTime) local = NULL;

    if (utc == NULL)
        return g_strdup("");
    local = zone != NULL ? g_date_time_to_timezone(utc, zone) : g_date_time_ref(utc);
    return g_date_time_format(local, zone != NULL ? "%Y-%m-%dT%H:%M:%S%:z" : "%Y-%m-%dT%H:%M:%SZ");
}
