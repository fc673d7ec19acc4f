/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Giving way with setpriority(), sched_setscheduler() and ioprio_set(), for which the C library has no name; see priority.h.
 */
#include "base/priority.h"

#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef SYS_ioprio_set
/* linux/ioprio.h, which not every system has. */
#define WHO_PROCESS 1
#define CLASS_SHIFT 13
#define BEST_EFFORT 2
#define LEAST       7 /* within its class; the idle class could wait for ever while it holds a lock */

static void give_disk(void)
{
    long now = syscall(SYS_ioprio_get, WHO_PROCESS, 0);

    if (now >= 0 && now >> CLASS_SHIFT <= BEST_EFFORT)
        syscall(SYS_ioprio_set, WHO_PROCESS, 0, BEST_EFFORT << CLASS_SHIFT | LEAST);
}
#else
static void give_disk(void)
{
}
#endif

/* Woken up, it waits for its turn and does not push in before who is answering somebody. */
static void give_turn(void)
{
#ifdef SCHED_BATCH
    struct sched_param none = {0};

    if (sched_getscheduler(0) == SCHED_OTHER)
        (void)sched_setscheduler(0, SCHED_BATCH, &none);
#endif
}

void priority_give_way(void)
{
    if (getpriority(PRIO_PROCESS, 0) < PRIORITY_NICE)
        (void)setpriority(PRIO_PROCESS, 0, PRIORITY_NICE);
    give_turn();
    give_disk();
}
