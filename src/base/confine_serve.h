/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A process that answers strangers and needs the database keeps what that takes and gives up the rest: files by Landlock, system
 * calls by seccomp. Unlike readers (confine.h) it goes on opening files, so what it may open is named. Both have no effect in sanitizer
 * builds, whose reports look into /proc.
 */
#pragma once

#include "base/err.h"

#include <glib.h>
#include <stdbool.h>

struct confine_paths {            /* each ends with NULL; what is not there is passed over */
    const char *const *readable;  /* files, and folders with all below them */
    const char *const *writable;  /* folders: read, written, made and removed below them */
    const char *const *removable; /* folders of which files may be removed */
};

/* From here on nothing else in the file system, for this thread and those it starts; no TCP connection or socket to listen on where the
 * kernel knows how to forbid that. *IS_CONFINED_OUT false: the kernel has no Landlock (before 5.13, or switched off), and only the
 * user's rights hold. */
bool confine_files_to(const struct confine_paths *paths, bool *is_confined_out, struct err *e);
/* From here on, for all threads, no new programs, processes, threads, sockets or privileges, no memory that can be run: answering on
 * sockets that are open or come in by accept(), files, locks, the clock. What else is called fails with EPERM: a library that wants
 * something new shall not take the pages down. */
bool confine_calls_to_serving(struct err *e);
