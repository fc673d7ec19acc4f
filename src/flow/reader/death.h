/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a reader ended, from what the kernel says about it, and whether the mail that it was at is to blame at once.
 */
#pragma once

#include "flow/reader/child.h"

struct reader_death {
    bool is_decisive; /* it would come to the same the next time */
    bool is_too_slow; /* for a quick reader; a patient one may read it */
    gint64 cpu_us;    /* what it cost, as far as that is known */
    char *reason;     /* a sentence without full stop; owned */
};

/* IS_PATIENT: the reader was. IS_OVERDUE, IS_DISBELIEVED: we had it killed, since it had run into the wall-clock limit or answered
 * nonsense. */
struct reader_death reader_death_explain(const struct nursery_report *report, bool is_patient, bool is_overdue,
                                         bool is_disbelieved);
/* True if a process of that size has grown to LIMIT_BYTES; never under ASan, where size says nothing about what the
 * process was given to do. */
bool reader_has_grown(guint32 max_rss_kib, gint64 limit_bytes);
