/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A process gives up its rights: for good, before it touches the first hostile byte. Single-threaded processes only.
 */
#pragma once

#include "base/err.h"

/* Closes every file but standard error and FD_KEPT, which becomes descriptor CONFINE_FD; 0 and 1 become /dev/null,
 * and so does 2 unless KEEP_STDERR. Returns false and E if it cannot. */
#define CONFINE_FD 3
bool confine_files(int fd_kept, bool keep_stderr, struct err *e);

struct confine_limits {
    gint64 memory_bytes; /* address space; no effect in ASan builds, which need terabytes of it */
    gint64 cpu_s;        /* CPU time from now; confine_more_cpu() moves it */
};
/* Pure computation from here on: no new privileges, another user if this one is root, killed when
 * its parent ends, no core file, no further
 * files or processes, address space and CPU time limited; and a seccomp filter that allows reading and writing what
 * is open, memory, the clock and exit. Opening or looking at a file fails with EACCES, since libraries look for
 * optional ones; everything else kills the process with SIGSYS. */
bool confine_to_computing(const struct confine_limits *limits, struct err *e);
/* Allows CPU_S seconds of CPU time from now; it may be called after confine_to_computing(). */
void confine_more_cpu(gint64 cpu_s);
