/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the measuring programs share: time, CPU time, percentiles.
 */
#pragma once

#include <glib.h>
#include <sys/resource.h>

/* Monotonic seconds. */
static inline double meter_now(void)
{
    return (double)g_get_monotonic_time() / G_USEC_PER_SEC;
}

/* Seconds of CPU this process has used. */
static inline double meter_cpu(void)
{
    struct rusage r;

    getrusage(RUSAGE_SELF, &r);
    return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) + (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6;
}

static inline int meter_compare(gconstpointer a, gconstpointer b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* SHARE (0.5, 0.99) of TIMES, which must be sorted. 0 if there are none. */
static inline double meter_percentile(const GArray *times, double share)
{
    return times->len == 0 ? 0 : g_array_index(times, double, (guint)((times->len - 1) * share));
}
