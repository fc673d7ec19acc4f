/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Landlock and a seccomp filter for a process that serves; see confine_serve.h. Landlock is called by number: the C library of our
 * time has no functions for it, and its header may be older than the kernel.
 */
#include "base/confine_serve.h"

#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* By version of Landlock: what came after the header that we may be built with. */
#define ACCESS_REFER     (1ULL << 13) /* 2 */
#define ACCESS_TRUNCATE  (1ULL << 14) /* 3 */
#define ACCESS_IOCTL_DEV (1ULL << 15) /* 5 */
#define NET_BIND_TCP     (1ULL << 0)  /* 4 */
#define NET_CONNECT_TCP  (1ULL << 1)
#define FIRST_ACCESS     ((1ULL << 13) - 1) /* 1 */

#define OF_FILES                                                                                                   \
    (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_EXECUTE | ACCESS_TRUNCATE | \
     ACCESS_IOCTL_DEV)
#define READING (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITING \
    (READING | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE | ACCESS_TRUNCATE)

struct ruleset { /* the kernel takes as much of it as its version knows */
    guint64 files, net;
};

#ifdef WITH_SANITIZERS
/* Their reports look into /proc and start processes. */
bool confine_files_to(const struct confine_paths *paths, bool *is_confined_out, struct err *e)
{
    (void)paths, (void)e;
    *is_confined_out = true;
    return true;
}

bool confine_calls_to_serving(struct err *e)
{
    (void)e;
    return true;
}
#else

static bool fails(struct err *e, const char *what)
{
    return err_set(e, ERR_RIGHTS, "cannot confine a process: %s: %s", what, g_strerror(errno));
}

static guint64 known_to(long version)
{
    return FIRST_ACCESS | (version >= 2 ? ACCESS_REFER : 0) | (version >= 3 ? ACCESS_TRUNCATE : 0) |
           (version >= 5 ? ACCESS_IOCTL_DEV : 0);
}

static bool allow(int ruleset, const char *path, guint64 access, struct err *e)
{
    struct stat st;
    int fd = open(path, O_PATH | O_CLOEXEC);

    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES || fails(e, path);
    bool is_folder = fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
    struct landlock_path_beneath_attr rule = {.allowed_access = is_folder ? access : access & OF_FILES, .parent_fd = fd};
    bool ok = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0 || fails(e, path);
    close(fd);
    return ok;
}

static bool allow_all(int ruleset, const char *const *paths, guint64 access, struct err *e)
{
    for (; paths != NULL && *paths != NULL; paths++)
        if (**paths != '\0' && !allow(ruleset, *paths, access, e))
            return false;
    return true;
}

bool confine_files_to(const struct confine_paths *paths, bool *is_confined_out, struct err *e)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    guint64 known = known_to(version);
    const struct ruleset wanted = {known, NET_BIND_TCP | NET_CONNECT_TCP};

    *is_confined_out = version > 0;
    if (version <= 0)
        return true;
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &wanted, version >= 4 ? sizeof wanted : sizeof wanted.files, 0);
    if (ruleset < 0)
        return fails(e, "landlock");
    bool ok = allow_all(ruleset, paths->readable, READING & known, e) &&
              allow_all(ruleset, paths->writable, WRITING & known, e) &&
              allow_all(ruleset, paths->removable, LANDLOCK_ACCESS_FS_REMOVE_FILE, e) &&
              (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 || fails(e, "no_new_privs")) &&
              (syscall(SYS_landlock_restrict_self, ruleset, 0) == 0 || fails(e, "landlock"));
    close(ruleset);
    return ok;
}

static const int allowed[] = {
    /* what comes and goes over sockets that are open */
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),
    SCMP_SYS(sendfile),
    SCMP_SYS(shutdown),
    SCMP_SYS(setsockopt),
    SCMP_SYS(getsockopt),
    SCMP_SYS(getsockname),
    SCMP_SYS(getpeername),
    SCMP_SYS(close),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(select),
    SCMP_SYS(pselect6),
    SCMP_SYS(eventfd2),
    /* files: which ones is Landlock's matter */
    SCMP_SYS(open),
    SCMP_SYS(openat),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(statfs),
    SCMP_SYS(fstatfs),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getdents64),
    SCMP_SYS(getcwd),
    SCMP_SYS(lseek),
    SCMP_SYS(pread64),
    SCMP_SYS(pwrite64),
    SCMP_SYS(fcntl),
    SCMP_SYS(flock),
    SCMP_SYS(fsync),
    SCMP_SYS(fdatasync),
    SCMP_SYS(ftruncate),
    SCMP_SYS(fallocate),
    SCMP_SYS(fadvise64),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(rename),
    SCMP_SYS(renameat2),
    SCMP_SYS(utimensat),
    SCMP_SYS(fchmod),
    SCMP_SYS(fchown),
    SCMP_SYS(umask),
    /* memory, time, locks, the end */
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrusage),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(uname),
    SCMP_SYS(sysinfo),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(membarrier),
};

static int add_rules(scmp_filter_ctx filter)
{
    const struct scmp_arg_cmp not_exec = {2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0};
    const struct scmp_arg_cmp itself = {0, SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0}; /* abort() */
    const struct scmp_arg_cmp own_limits = {2, SCMP_CMP_EQ, 0, 0};                  /* asked, not set */
    int rc = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(allowed); i++)
        rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
    rc |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, &not_exec);
    rc |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, &not_exec);
    rc |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &itself);
    rc |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, &own_limits);
    return rc;
}

bool confine_calls_to_serving(struct err *e)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));

    if (filter == NULL)
        return err_set(e, ERR_RIGHTS, "cannot confine a process: seccomp_init failed");
    int rc = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1); /* GLib's thread for signals is there already */
    if (rc == 0)
        rc = add_rules(filter);
    if (rc == 0)
        rc = seccomp_load(filter); /* sets no_new_privs first */
    seccomp_release(filter);
    return rc == 0 || err_set(e, ERR_RIGHTS, "cannot confine a process: seccomp: %s", g_strerror(-rc));
}
#endif
