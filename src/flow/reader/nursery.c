/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Starting the nursery and talking to it; see reader_nursery.h.
 */
#include "flow/reader/nursery.h"

#include "base/limits.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

bool nursery_start(struct nursery *n, const struct read_options *options, struct err *e)
{
    const struct timeval patience = {.tv_sec = LIMIT_READER_START_S};
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
        return err_set(e, ERR_LATER, "cannot start the readers: socketpair: %s", g_strerror(errno));
    n->pid = fork();
    if (n->pid == 0)
        nursery_main(pair[1], options);
    close(pair[1]);
    if (n->pid < 0) {
        err_set(e, ERR_LATER, "cannot start the readers: fork: %s", g_strerror(errno));
        close(pair[0]);
        return false;
    }
    n->fd = pair[0];
    setsockopt(n->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return true;
}

void nursery_stop(struct nursery *n)
{
    if (n->fd < 0)
        return;
    close(n->fd);
    n->fd = -1;
    kill(n->pid, SIGKILL);
    waitpid(n->pid, NULL, 0);
}

bool nursery_order(const struct nursery *n, enum nursery_verb verb, pid_t pid)
{
    const struct nursery_order words = {.verb = verb, .pid = pid};

    return n->fd >= 0 && send(n->fd, &words, sizeof words, MSG_NOSIGNAL) == sizeof words;
}

enum nursery_heard nursery_hear(const struct nursery *n, bool wait, struct nursery_report *report_out, int *fd_out)
{
    union {
        char room[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = {0};
    struct iovec part = {report_out, sizeof *report_out};
    struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
    ssize_t n_bytes = recvmsg(n->fd, &m, MSG_CMSG_CLOEXEC | (wait ? 0 : MSG_DONTWAIT));

    *fd_out = -1;
    if (n_bytes < 0 && (errno == EAGAIN || errno == EINTR))
        return NURSERY_SILENT;
    if (n_bytes != sizeof *report_out)
        return NURSERY_GONE;
    const struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    if (c != NULL && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS)
        memcpy(fd_out, CMSG_DATA(c), sizeof *fd_out);
    /* The kernel drops a descriptor that would be one too many for us. */
    if (report_out->news == NURSERY_BORN && *fd_out < 0)
        *report_out = (struct nursery_report){.news = NURSERY_BARREN, .status = EMFILE};
    return NURSERY_SPOKE;
}
