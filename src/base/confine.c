/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Giving up rights with rlimits, no_new_privs and a seccomp filter; see confine.h.
 */
#include "base/confine.h"

#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#define NOBODY 65534

static bool fails(struct err *e, const char *what)
{
    return err_set(e, ERR_RIGHTS, "cannot confine a process: %s: %s", what, g_strerror(errno));
}

bool confine_files(int fd_kept, bool keep_stderr, struct err *e)
{
    int null_fd = open("/dev/null", O_RDWR | O_CLOEXEC);

    if (null_fd < 0)
        return fails(e, "/dev/null");
    /* Both may lie on descriptors that are about to be overwritten. */
    null_fd = fcntl(null_fd, F_DUPFD_CLOEXEC, CONFINE_FD + 2);
    fd_kept = fcntl(fd_kept, F_DUPFD_CLOEXEC, CONFINE_FD + 2);
    if (null_fd < 0 || fd_kept < 0)
        return fails(e, "dup");
    for (int fd = 0; fd < CONFINE_FD; fd++)
        if ((fd != STDERR_FILENO || !keep_stderr) && dup2(null_fd, fd) < 0)
            return fails(e, "dup2");
    if (dup2(fd_kept, CONFINE_FD) < 0)
        return fails(e, "dup2");
    if (close_range(CONFINE_FD + 1, ~0U, 0) < 0)
        return fails(e, "close_range");
    return true;
}

/* Not being root is worth little behind the filter, so a user namespace without such a user is no failure. */
static void leave_root(void)
{
    if (geteuid() != 0)
        return;
    (void)!setgroups(0, NULL);
    (void)!setresgid(NOBODY, NOBODY, NOBODY);
    (void)!setresuid(NOBODY, NOBODY, NOBODY);
}

void confine_more_cpu(gint64 cpu_s)
{
    struct rusage used;
    struct rlimit limit = {.rlim_max = RLIM_INFINITY};

    getrusage(RUSAGE_SELF, &used);
    limit.rlim_cur = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1 + cpu_s);
    setrlimit(RLIMIT_CPU, &limit);
}

static bool set_limits(const struct confine_limits *limits, struct err *e)
{
    const struct rlimit none = {0, 0};
    const struct rlimit memory = {(rlim_t)limits->memory_bytes, (rlim_t)limits->memory_bytes};

    if (setrlimit(RLIMIT_CORE, &none) < 0 || setrlimit(RLIMIT_FSIZE, &none) < 0 || setrlimit(RLIMIT_NOFILE, &none) < 0 ||
        setrlimit(RLIMIT_NPROC, &none) < 0)
        return fails(e, "setrlimit");
#ifndef WITH_SANITIZERS
    if (setrlimit(RLIMIT_AS, &memory) < 0 || setrlimit(RLIMIT_DATA, &memory) < 0)
        return fails(e, "setrlimit");
#else
    (void)memory;
#endif
    confine_more_cpu(limits->cpu_s);
    return true;
}

/* What pure computing over open descriptors needs. */
static const int allowed[] = {
    SCMP_SYS(read),          SCMP_SYS(readv),        SCMP_SYS(recvfrom),     SCMP_SYS(recvmsg),
    SCMP_SYS(write),         SCMP_SYS(writev),       SCMP_SYS(sendto),       SCMP_SYS(sendmsg),
    SCMP_SYS(brk),           SCMP_SYS(munmap),       SCMP_SYS(mremap),       SCMP_SYS(madvise),
    SCMP_SYS(futex),         SCMP_SYS(close),        SCMP_SYS(exit),         SCMP_SYS(exit_group),
    SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time),         SCMP_SYS(clock_getres),
    SCMP_SYS(getrandom),     SCMP_SYS(getrusage),    SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction),  SCMP_SYS(getpid),       SCMP_SYS(gettid),       SCMP_SYS(restart_syscall),
#ifdef WITH_SANITIZERS
    SCMP_SYS(sigaltstack),   SCMP_SYS(sched_yield),
#endif
};

/* Libraries look for optional files (character set modules, time zones): not finding one must not kill a mail. */
static const int refused[] = {
    SCMP_SYS(open),       SCMP_SYS(openat), SCMP_SYS(access),   SCMP_SYS(faccessat),  SCMP_SYS(faccessat2), SCMP_SYS(stat),
    SCMP_SYS(newfstatat), SCMP_SYS(statx),  SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(lstat),      SCMP_SYS(fstat),
};

static int add_rules(scmp_filter_ctx filter)
{
    /* Memory, but never executable; abort() on itself; its own limits on CPU time. */
    const struct scmp_arg_cmp not_exec = {2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0};
    const struct scmp_arg_cmp itself = {0, SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0};
    const struct scmp_arg_cmp cpu_timer = {0, SCMP_CMP_EQ, ITIMER_PROF, 0};
    const struct scmp_arg_cmp own_cpu[] = {{0, SCMP_CMP_EQ, 0, 0}, {1, SCMP_CMP_EQ, RLIMIT_CPU, 0}};
    int rc = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(allowed); i++)
        rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++)
        rc |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), refused[i], 0);
    rc |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, &not_exec);
    rc |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, &not_exec);
    rc |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &itself);
    rc |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(setitimer), 1, &cpu_timer);
    rc |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), G_N_ELEMENTS(own_cpu), own_cpu);
    return rc;
}

/* A sanitizer's report asks this and that about the process; being killed for it would lose the report. */
#ifdef WITH_SANITIZERS
#define OTHERWISE SCMP_ACT_ERRNO(EPERM)
#else
#define OTHERWISE SCMP_ACT_KILL_PROCESS
#endif

static bool load_filter(struct err *e)
{
    scmp_filter_ctx filter = seccomp_init(OTHERWISE);
    int rc;

    if (filter == NULL)
        return err_set(e, ERR_RIGHTS, "cannot confine a process: seccomp_init failed");
    rc = add_rules(filter);
    if (rc == 0)
        rc = seccomp_load(filter); /* sets no_new_privs first */
    seccomp_release(filter);
    if (rc != 0)
        return err_set(e, ERR_RIGHTS, "cannot confine a process: seccomp: %s", g_strerror(-rc));
    return true;
}

bool confine_to_computing(const struct confine_limits *limits, struct err *e)
{
    leave_root();
    /* A change of user clears both of the others, so they come after it. */
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0 ||
        prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0)
        return fails(e, "prctl");
    return set_limits(limits, e) && load_filter(e);
}
