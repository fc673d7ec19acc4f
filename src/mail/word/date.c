/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See date.h. GMime's reader is lenient enough.
 */
#include "mail/word/date.h"

#include <gmime/gmime.h>
#include <stdbool.h>
#include <string.h>

/* The first word with a colon must be a time: GMime makes midnight of one it cannot read. */
static bool has_time(const char *field)
{
    const char *colon = strchr(field, ':'), *at = colon;

    if (colon == NULL)
        return true; /* a day without a time */
    while (at > field && !g_ascii_isspace(at[-1]))
        at--;
    gsize n = strcspn(at, " \t(+-");
    return n >= 3 && n <= 8 && strspn(at, "0123456789:.") == n && g_ascii_isdigit(colon[1]);
}

/* A leap second (RFC 5322 3.3) is the one before it here: GMime and GLib know none. */
static char *without_leap_second(const char *field)
{
    char *copy = g_strdup(field);

    for (char *p = strstr(copy, ":60"); p != NULL; p = strstr(p + 1, ":60"))
        if (p - copy >= 3 && g_ascii_isdigit(p[-1]) && !g_ascii_isdigit(p[3]) && memchr(copy, ':', (gsize)(p - copy)) != NULL)
            memcpy(p, ":59", 3);
    return copy;
}

char *date_to_rfc3339(const char *field)
{
    g_autofree char *plain = without_leap_second(field);
    g_autoptr(GDateTime) at = has_time(plain) ? g_mime_utils_header_decode_date(plain) : NULL;

    if (at == NULL || g_date_time_get_year(at) < 1900)
        return NULL;
    int offset = (int)(g_date_time_get_utc_offset(at) / G_TIME_SPAN_MINUTE);
    g_autofree char *local = g_date_time_format(at, "%Y-%m-%dT%H:%M:%S");
    if (offset == 0)
        return g_strconcat(local, "Z", NULL);
    return g_strdup_printf("%s%c%02d:%02d", local, offset < 0 ? '-' : '+', ABS(offset) / 60, ABS(offset) % 60);
}
