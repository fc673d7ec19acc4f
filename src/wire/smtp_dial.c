/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Connects, reads and writes without waiting; see smtp_dial.h. The socket is ours, so that it is close-on-exec, never
 * blocks and has no Nagle delay.
 */
#include "wire/smtp_dial.h"

#include "base/limits.h"

#include <errno.h>
#include <libetpan/mailstream.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <unistd.h>

#define STREAM_TIMEOUT_S 1 /* of libetpan's own waiting, which never comes to it */

static int begin_connect(int fd, const struct endpoint *endpoint)
{
    if (connect(fd, (const struct sockaddr *)&endpoint->address, endpoint->length) == 0)
        return 0;
    return errno == EINPROGRESS ? 0 : errno;
}

mailstream *smtp_dial(const struct endpoint *endpoint, struct err *e)
{
    int fd = socket(endpoint->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int code = fd < 0 ? errno : begin_connect(fd, endpoint);
    int on = 1;
    mailstream *stream;

    if (code != 0) {
        if (fd >= 0)
            close(fd);
        err_set(e, ERR_LATER, "cannot connect to the relay: %s", g_strerror(code));
        return NULL;
    }
    if (!endpoint_is_unix(endpoint))
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    stream = mailstream_socket_open_timeout(fd, STREAM_TIMEOUT_S);
    if (stream == NULL) {
        close(fd);
        err_set(e, ERR_LATER, "cannot connect to the relay: out of memory");
    }
    return stream;
}

int smtp_dial_result(int fd)
{
    int code = 0;
    socklen_t size = sizeof code;

    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &code, &size) == 0 ? code : errno;
}

short smtp_dial_ready(int fd, short events)
{
    struct pollfd poll_fd = {.fd = fd, .events = events};

    if (poll(&poll_fd, 1, 0) <= 0)
        return 0;
    if ((poll_fd.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0)
        return POLLIN;
    return poll_fd.revents;
}

/* libetpan gives 0 for the end of a stream that had something to say, and -1 for everything else. */
gssize smtp_dial_read(mailstream *stream, char *to, gsize n_room)
{
    gssize n;

    errno = 0;
    n = mailstream_low_read(mailstream_get_low(stream), to, n_room);
    if (n > 0)
        return n;
    return n < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}

gssize smtp_dial_write(mailstream *stream, const char *from, gsize n)
{
    gssize n_written;

    errno = 0;
    n_written = mailstream_low_write(mailstream_get_low(stream), from, n);
    if (n_written >= 0)
        return n_written;
    return errno == EAGAIN || errno == EINTR ? 0 : -1;
}

void smtp_dial_acknowledge(int fd)
{
    int on = 1;

    (void)setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on); /* fails on a unix socket, which needs none */
}
