/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Connects; see smtp_dial.h. The socket is ours, so that it is close-on-exec, has no Nagle delay and a time
 * limit from the first packet on.
 */
#include "wire/smtp_dial.h"

#include "base/limits.h"

#include <errno.h>
#include <libetpan/mailstream.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <unistd.h>

/* 0, or the errno of what went wrong. */
static int finish_connect(int fd)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLOUT};
    int code = 0, n;
    socklen_t size = sizeof code;

    do
        n = poll(&poll_fd, 1, LIMIT_SMTP_TIMEOUT_S * 1000);
    while (n < 0 && errno == EINTR);
    if (n <= 0)
        return n == 0 ? ETIMEDOUT : errno;
    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &code, &size) == 0 ? code : errno;
}

static int connect_to(int fd, const struct endpoint *endpoint)
{
    if (connect(fd, (const struct sockaddr *)&endpoint->address, endpoint->length) == 0)
        return 0;
    return errno == EINPROGRESS ? finish_connect(fd) : errno;
}

mailstream *smtp_dial(const struct endpoint *endpoint, struct err *e)
{
    int fd = socket(endpoint->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int code = fd < 0 ? errno : connect_to(fd, endpoint);
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
    stream = mailstream_socket_open_timeout(fd, LIMIT_SMTP_TIMEOUT_S);
    if (stream == NULL) {
        close(fd);
        err_set(e, ERR_LATER, "cannot connect to the relay: out of memory");
    }
    return stream;
}

void smtp_dial_acknowledge(int fd)
{
    int on = 1;

    (void)setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &on,
                     sizeof on); /* fails on a unix socket, which needs none */
}
