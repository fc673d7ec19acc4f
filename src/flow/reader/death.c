/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a reader ended; see reader_death.h.
 */
#include "flow/reader/death.h"

#include "config.h"

#include "base/limits.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

bool reader_has_grown(guint32 max_rss_kib, gint64 limit_bytes)
{
#ifdef WITH_SANITIZERS
    (void)max_rss_kib, (void)limit_bytes;
    return false;
#else
    return (gint64)max_rss_kib * 1024 >= limit_bytes;
#endif
}

struct reader_death reader_death_explain(const struct nursery_report *report, bool is_patient, bool is_overdue,
                                         bool is_disbelieved)
{
    int sig = WIFSIGNALED(report->status) ? WTERMSIG(report->status) : 0;
    /* Who gets no memory any more aborts; who is killed was killed by somebody else. */
    bool was_greedy = sig != 0 && sig != SIGKILL && reader_has_grown(report->max_rss_kib, LIMIT_READER_MEMORY_BYTES / 4);

    if (is_overdue)
        return (struct reader_death){.reason = g_strdup_printf("reading took longer than %d s",
                                                               is_patient ? LIMIT_READER_PATIENT_WALL_S : LIMIT_READER_WALL_S)};
    if (sig == SIGPROF && !is_patient)
        return (struct reader_death){
            .is_too_slow = true,
            .cpu_us = LIMIT_READER_QUICK_MS * 1000,
            .reason = g_strdup_printf("reading took more than %d ms of CPU time; it goes on where it holds up nobody",
                                      LIMIT_READER_QUICK_MS)};
    if (sig == SIGXCPU || sig == SIGPROF)
        return (struct reader_death){.is_decisive = true,
                                     .cpu_us = LIMIT_READER_CPU_S * G_USEC_PER_SEC,
                                     .reason = g_strdup_printf("reading took more than %d s of CPU time", LIMIT_READER_CPU_S)};
    if (sig == SIGSYS)
        return (struct reader_death){.is_decisive = true, .reason = g_strdup("the reader tried something forbidden (SIGSYS)")};
    if (was_greedy)
        return (struct reader_death){.is_decisive = true,
                                     .reason = g_strdup_printf("reading took more than the %ld MiB of memory it may have",
                                                               LIMIT_READER_MEMORY_BYTES >> 20)};
    if (sig == SIGKILL && is_disbelieved)
        return (struct reader_death){.reason = g_strdup("the reader answered nonsense and was ended")};
    if (sig == SIGKILL) /* none of its own limits ends it so */
        return (struct reader_death){
            .reason =
                g_strdup_printf("the reader was killed from outside at %u MiB: by the system if memory ran out, or by somebody",
                                report->max_rss_kib / 1024)};
    if (sig != 0)
        return (struct reader_death){.reason = g_strdup_printf("the reader crashed (%s)", strsignal(sig))};
    return (struct reader_death){.reason = g_strdup("the reader ended or answered nonsense")};
}
