/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Giving way: lower once, never higher than before, and what is started afterwards, too.
 */
#include "base/priority.h"

#include <glib.h>
#include <sched.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The exit code of a process that began at FROM and gave way: its priority; 255: its child has another one, or the disk's is not the
 * least of those who are served, or it pushes in when it wakes. */
static int niceness_after(int from)
{
    pid_t child = fork();
    int status;

    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        bool ok = setpriority(PRIO_PROCESS, 0, from) == 0;
        priority_give_way();
        int mine = getpriority(PRIO_PROCESS, 0);
        pid_t grandchild = fork();
        if (grandchild == 0)
            _exit(getpriority(PRIO_PROCESS, 0) != mine);
        ok = ok && waitpid(grandchild, &status, 0) == grandchild && status == 0;
#ifdef SYS_ioprio_get
        long disk = syscall(SYS_ioprio_get, 1, 0);
        ok = ok && (disk < 0 || disk == (2 << 13 | 7) || disk >> 13 == 3);
#endif
        ok = ok && sched_getscheduler(0) == SCHED_BATCH;
        _exit(ok ? mine : 255);
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void test_give_way(void)
{
    int now = getpriority(PRIO_PROCESS, 0);

    g_assert_cmpint(niceness_after(now), ==, MAX(now, PRIORITY_NICE));
    g_assert_cmpint(niceness_after(MAX(now, PRIORITY_NICE + 5)), ==, MAX(now, PRIORITY_NICE + 5));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/priority/give-way", test_give_way);
    return g_test_run();
}
