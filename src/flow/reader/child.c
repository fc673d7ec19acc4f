/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The processes of the pool: the nursery, which forks, and the readers, which read one mail after the other with no
 * rights at all. This is the only code of a running gateway that parses hostile bytes. Nothing here logs: a reader
 * has nowhere to write to but its socket.
 */
#include "flow/reader/child.h"

#include "base/confine.h"
#include "base/limits.h"
#include "flow/spoken.h"
#include "mail/read/read.h"

#include "config.h"
#include <errno.h>
#include <linux/futex.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef WITH_SANITIZERS
#define KEEP_STDERR true /* for the sanitizers' reports */
#define SLOWNESS    3    /* of a program that watches itself */
#else
#define KEEP_STDERR false
#define SLOWNESS    1
#endif

/* ---- reader ---- */

#define PATIENT_NICE 5
#define INBOX_BYTES  (128 * 1024) /* room kept between mails; a larger mail has it grow for its time */

struct inbox {
    char *bytes;
    gsize n_bytes, n_room;
};

/* Reads until N_WANTED bytes are there, taking more if they have come already. False at the end of the stream. */
static bool inbox_fill(struct inbox *in, gsize n_wanted)
{
    if (n_wanted > in->n_room) {
        in->n_room = n_wanted;
        in->bytes = g_realloc(in->bytes, in->n_room);
    }
    while (in->n_bytes < n_wanted) {
        ssize_t n = read(CONFINE_FD, in->bytes + in->n_bytes, in->n_room - in->n_bytes);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        in->n_bytes += (gsize)n;
    }
    return true;
}

static void inbox_drop(struct inbox *in, gsize n_used)
{
    in->n_bytes -= n_used;
    memmove(in->bytes, in->bytes + n_used, in->n_bytes);
    if (in->n_room > INBOX_BYTES && in->n_bytes <= INBOX_BYTES) {
        in->n_room = INBOX_BYTES;
        in->bytes = g_realloc(in->bytes, in->n_room);
    }
}

static bool write_all(struct iovec *parts, int n_parts)
{
    while (n_parts > 0) {
        ssize_t n = writev(CONFINE_FD, parts, n_parts);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        for (; n_parts > 0 && (gsize)n >= parts->iov_len; parts++, n_parts--)
            n -= (ssize_t)parts->iov_len;
        if (n_parts > 0) {
            parts->iov_base = (char *)parts->iov_base + n;
            parts->iov_len -= (gsize)n;
        }
    }
    return true;
}

static gint64 cpu_us_of(const struct rusage *used)
{
    return (gint64)(used->ru_utime.tv_sec + used->ru_stime.tv_sec) * G_USEC_PER_SEC + used->ru_utime.tv_usec +
           used->ru_stime.tv_usec;
}

static bool answer(guint64 number, const struct message *m, gint64 *cpu_before_us)
{
    g_autoptr(GBytes) packed = message_pack(m);
    struct reader_answer head = {.number = number, .n_bytes = g_bytes_get_size(packed)};
    struct rusage used;
    gint64 cpu_us;

    getrusage(RUSAGE_SELF, &used);
    cpu_us = cpu_us_of(&used);
    head.cpu_us = (guint32)(cpu_us - *cpu_before_us);
    head.max_rss_kib = (guint32)used.ru_maxrss;
    *cpu_before_us = cpu_us;
    struct iovec parts[] = {{&head, sizeof head}, {(void *)g_bytes_get_data(packed, NULL), head.n_bytes}};
    return write_all(parts, G_N_ELEMENTS(parts));
}

#ifdef WITH_TEST_CRASH
static gint64 cpu_us_now(void)
{
    struct rusage used;

    getrusage(RUSAGE_SELF, &used);
    return cpu_us_of(&used);
}

/* A mail that says so is one that finds a bug in us. Never in a build that is installed. */
static void obey_test_header(const char *bytes, gsize n_bytes)
{
    static const char field[] = "X-Forumpost-Test: ";
    const char *at = memmem(bytes, n_bytes, field, sizeof field - 1);
    gsize n_left = at != NULL ? n_bytes - (gsize)(at - bytes) - (sizeof field - 1) : 0;

    if (n_left < 10 || (at > bytes && at[-1] != '\n'))
        return;
    at += sizeof field - 1;
    if (strncmp(at, "crash", 5) == 0)
        abort();
    if (strncmp(at, "forbidden", 9) == 0)
        (void)!chdir("/");
    for (volatile int forever = 1; forever && strncmp(at, "hang", 4) == 0;)
        ;
    for (gint64 until = cpu_us_now() + SLOWNESS * G_USEC_PER_SEC / 2; strncmp(at, "slow", 4) == 0 && cpu_us_now() < until;)
        ;
    for (int never = 0; strncmp(at, "stall", 5) == 0;)
        syscall(SYS_futex, &never, FUTEX_WAIT, 0, NULL, NULL, 0);
    while (strncmp(at, "grow", 4) == 0) /* g_malloc aborts at the limit, as it would in real life */
        memset(g_malloc(1 << 20), 1, 1 << 20);
}
#endif

static void read_one(const struct reader_request *request, const char *bytes, const struct read_options *options, gint64 *cpu_us)
{
#ifdef WITH_TEST_CRASH
    obey_test_header(bytes, request->n_bytes);
#endif
    message_auto m = message_read(bytes, request->n_bytes, options);

    spoken_prepare(m);
    if (!answer(request->number, m, cpu_us))
        _exit(0);
}

/* The kernel ends us with SIGPROF when one mail takes more; the limit of the process counts whole seconds only. */
static void limit_cpu(bool is_patient)
{
    const gint64 us = SLOWNESS * (is_patient ? LIMIT_READER_CPU_S * G_USEC_PER_SEC : LIMIT_READER_QUICK_MS * 1000);
    const struct itimerval limit = {.it_value = {.tv_sec = us / G_USEC_PER_SEC, .tv_usec = us % G_USEC_PER_SEC}};

    setitimer(ITIMER_PROF, &limit, NULL);
}

static void serve_requests(const struct read_options *options, bool is_patient)
{
    struct inbox in = {.bytes = g_malloc(INBOX_BYTES), .n_room = INBOX_BYTES};
    struct reader_request request;
    gint64 cpu_us = 0, cpu_granted_us = 0;

    while (inbox_fill(&in, sizeof request)) {
        memcpy(&request, in.bytes, sizeof request);
        if (request.n_bytes > LIMIT_MESSAGE_BYTES || !inbox_fill(&in, sizeof request + request.n_bytes))
            break;
        /* The limit counts whole seconds of the process, so it is moved on only now and then. */
        if (cpu_us - cpu_granted_us >= G_USEC_PER_SEC) {
            confine_more_cpu(SLOWNESS * LIMIT_READER_CPU_S);
            cpu_granted_us = cpu_us;
        }
        limit_cpu(is_patient);
        read_one(&request, in.bytes + sizeof request, options, &cpu_us);
        inbox_drop(&in, sizeof request + request.n_bytes);
    }
}

static GLogWriterOutput log_nowhere(GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user)
{
    (void)level, (void)fields, (void)n_fields, (void)user;
    return G_LOG_WRITER_HANDLED;
}

static _Noreturn void reader_main(int fd, const struct read_options *options, bool is_patient)
{
    const struct confine_limits limits = {LIMIT_READER_MEMORY_BYTES, SLOWNESS * LIMIT_READER_CPU_S};
    struct sigaction plain = {.sa_handler = SIG_DFL};
    sigset_t nothing;

    sigemptyset(&nothing);
    sigaction(SIGCHLD, &plain, NULL);
    sigaction(SIGPROF, &plain, NULL);
    sigprocmask(SIG_SETMASK, &nothing, NULL);
    if (is_patient)
        (void)!nice(PATIENT_NICE); /* it shall not take the time of the quick ones */
    prctl(PR_SET_NAME, "fp-reader");
    /* Large blocks go back to the system at once, the small heap stays: no page faults from mail to mail. */
    mallopt(M_MMAP_THRESHOLD, 512 * 1024);
    mallopt(M_TRIM_THRESHOLD, 16 * 1024 * 1024);
    mallopt(M_TOP_PAD, 1024 * 1024);
    /* GLib's own writer asks stderr whether it is the journal, which the filter forbids. */
    g_log_set_writer_func(log_nowhere, NULL, NULL);
    if (!confine_files(fd, KEEP_STDERR, NULL) || !confine_to_computing(&limits, NULL))
        _exit(1);
    if (write(CONFINE_FD, READER_HELLO, 1) == 1)
        serve_requests(options, is_patient);
    _exit(0);
}

/* ---- nursery ---- */

/* FD goes along unless it is negative. */
static void report(struct nursery_report words, int fd)
{
    union {
        char room[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = {0};
    struct iovec part = {&words, sizeof words};
    struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1};

    if (fd >= 0) {
        m.msg_control = control.room;
        m.msg_controllen = sizeof control.room;
        struct cmsghdr *c = CMSG_FIRSTHDR(&m);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(sizeof fd);
        memcpy(CMSG_DATA(c), &fd, sizeof fd);
    }
    if (sendmsg(CONFINE_FD, &m, MSG_NOSIGNAL) < 0 && errno == EPIPE)
        _exit(0);
}

/* 1: a reader was born and reported; 0: it ended before it said hello, which is also what happens to one that cannot
 * be confined (it never gets to see a mail); -1: errno. */
static int try_birth(GHashTable *children, const struct read_options *options, bool is_patient)
{
    int pair[2], outcome = -1;
    char hello;

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
        return -1;
    pid_t pid = fork();
    if (pid == 0)
        reader_main(pair[1], options, is_patient);
    close(pair[1]);
    if (pid > 0)
        outcome = read(pair[0], &hello, 1) == 1;
    if (outcome == 1) {
        g_hash_table_add(children, GINT_TO_POINTER(pid));
        report((struct nursery_report){.news = NURSERY_BORN, .pid = pid, .is_patient = is_patient}, pair[0]);
    }
    close(pair[0]);
    return outcome;
}

/* Somebody else may have killed one before it said hello; three in a row mean that none can be had. */
static void give_birth(GHashTable *children, const struct read_options *options, bool is_patient)
{
    int outcome = 0;

    for (int tries = 0; tries < 3 && outcome == 0; tries++)
        outcome = try_birth(children, options, is_patient);
    if (outcome != 1)
        report((struct nursery_report){.news = NURSERY_BARREN, .status = outcome < 0 ? errno : EPERM, .is_patient = is_patient},
               -1);
}

/* False when the pool has gone. */
static bool obey(GHashTable *children, const struct read_options *options)
{
    struct nursery_order order;
    ssize_t n = recv(CONFINE_FD, &order, sizeof order, 0);

    if (n < 0)
        return errno == EINTR;
    if (n != sizeof order)
        return false;
    switch ((enum nursery_verb)order.verb) {
    case NURSERY_FORK:
        give_birth(children, options, false);
        break;
    case NURSERY_FORK_PATIENT:
        give_birth(children, options, true);
        break;
    case NURSERY_KILL:
        if (g_hash_table_contains(children, GINT_TO_POINTER(order.pid)))
            kill(order.pid, SIGKILL);
        break;
    }
    return true;
}

static void bury(GHashTable *children)
{
    struct rusage used;
    int status;
    pid_t pid;

    while ((pid = wait4(-1, &status, WNOHANG, &used)) > 0) {
        if (g_hash_table_remove(children, GINT_TO_POINTER(pid)))
            report((struct nursery_report){.news = NURSERY_DIED,
                                           .pid = pid,
                                           .status = status,
                                           .max_rss_kib = (guint32)used.ru_maxrss},
                   -1);
    }
}

/* Ctrl-C and a service manager's SIGTERM reach the whole group; the pool ends its processes itself, when what is in
 * flight is done. */
static int nursery_signals(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, plain = {.sa_handler = SIG_DFL};
    const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGUSR1, SIGUSR2};
    sigset_t child;

    for (gsize i = 0; i < G_N_ELEMENTS(ignored); i++)
        sigaction(ignored[i], &ignore, NULL);
    sigaction(SIGCHLD, &plain, NULL);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_SETMASK, &child, NULL);
    return signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
}

_Noreturn void nursery_main(int control_fd, const struct read_options *options)
{
    g_autoptr(GHashTable) children = g_hash_table_new(NULL, NULL);
    struct signalfd_siginfo told;
    struct pollfd fds[2] = {{.fd = CONFINE_FD, .events = POLLIN}, {.events = POLLIN}};

    prctl(PR_SET_NAME, "fp-nursery");
    if (!confine_files(control_fd, true, NULL))
        _exit(1);
    fds[1].fd = nursery_signals();
    mail_init();
    report((struct nursery_report){.news = NURSERY_READY}, -1);
    for (;;) {
        if (poll(fds, G_N_ELEMENTS(fds), -1) < 0 && errno != EINTR)
            break;
        if (fds[1].revents != 0 && read(fds[1].fd, &told, sizeof told) > 0)
            bury(children);
        if (fds[0].revents != 0 && !obey(children, options))
            break;
    }
    /* The readers go with it; see confine_to_computing(). */
    _exit(0);
}
