/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A confined process for each file; see inspect_child.h.
 */
#include "cmd/inspect_child.h"

#include "base/confine.h"
#include "flow/reader/death.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

/* libytnef prints what it finds broken on standard output: its lines go nowhere, ours to the pipe. */
static _Noreturn void child(const struct inspect_work *work, FILE *in, int fd, const char *path)
{
    const struct confine_limits limits = {.memory_bytes = work->memory_bytes, .cpu_s = work->cpu_s};
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    FILE *out = fdopen(fd, "w");
    err_auto struct err e = {0};

    if (null < 0 || out == NULL || dup2(null, STDOUT_FILENO) < 0)
        _exit(EX_OSERR);
    if (!confine_to_computing(&limits, &e)) {
        fprintf(stderr, "forumpost inspect: %s\n", e.text);
        _exit(EX_NOPERM);
    }
    int code = work->run(work->user, in, out, path);
    if (fflush(out) != 0 && code == 0)
        code = EX_IOERR;
    _exit(code);
}

static bool write_all(const char *bytes, gsize n)
{
    while (n > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, n);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        n -= (gsize)written;
    }
    return true;
}

/* Until the child closes its end. */
static bool pass_on(int fd)
{
    char buffer[64 * 1024];
    bool ok = true;
    ssize_t n;

    while ((n = read(fd, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
        ok = ok && (n < 0 || write_all(buffer, (gsize)n));
    if (!ok)
        fprintf(stderr, "forumpost: cannot write: %s\n", g_strerror(errno));
    return ok;
}

static int code_of(pid_t pid, const char *path)
{
    struct rusage used;
    int status;

    if (wait4(pid, &status, 0, &used) < 0)
        return EX_OSERR;
    if (WIFEXITED(status))
        return WEXITSTATUS(status);
    const struct nursery_report report = {.status = status, .max_rss_kib = (guint32)used.ru_maxrss};
    struct reader_death death = reader_death_explain(&report, true, false, false);
    fprintf(stderr, "forumpost: cannot read %s: %s\n", path, death.reason);
    g_free(death.reason);
    return EX_DATAERR;
}

int inspect_child(const struct inspect_work *work, const char *path)
{
    FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
    int ends[2];

    if (in == NULL) {
        fprintf(stderr, "forumpost: cannot read %s: %s\n", path, g_strerror(errno));
        return EX_NOINPUT;
    }
    if (pipe2(ends, O_CLOEXEC) < 0)
        return EX_OSERR;
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        child(work, in, ends[1], path);
    }
    close(ends[1]);
    bool ok = pid > 0 && pass_on(ends[0]);
    close(ends[0]);
    int code = pid > 0 ? code_of(pid, path) : EX_OSERR;
    if (in != stdin)
        fclose(in);
    return code == 0 && !ok ? EX_IOERR : code;
}
