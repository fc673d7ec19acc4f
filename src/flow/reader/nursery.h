/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pool's end of the nursery: starting it, giving it orders, hearing what it says. Only reader.c uses it; the
 * process itself is in reader_child.c.
 */
#pragma once

#include "base/err.h"
#include "flow/reader/child.h"

#include <sys/types.h>

struct nursery {
    int fd; /* -1 when it is gone */
    pid_t pid;
};

/* Forks. False: ERR_LATER. */
bool nursery_start(struct nursery *n, const struct read_options *options, struct err *e);
/* Ends it and with it the readers; waits for its end. Twice is harmless. */
void nursery_stop(struct nursery *n);
/* False if it is gone, which nursery_hear() will tell. */
bool nursery_order(const struct nursery *n, enum nursery_verb verb, pid_t pid);

enum nursery_heard { NURSERY_SPOKE, NURSERY_SILENT, NURSERY_GONE };
/* The next report; fd_out is the reader's socket of NURSERY_BORN, the caller's to close, else -1. With WAIT it blocks
 * up to LIMIT_READER_START_S. */
enum nursery_heard nursery_hear(const struct nursery *n, bool wait, struct nursery_report *report_out, int *fd_out);
