/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Binds and unbinds; see bind.h.
 */
#include "wire/bind.h"

#include "base/file.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define PORT_SMTP    25
#define FILES_BESIDE 64 /* descriptors that are no connection */

static const char *path_of(const struct endpoint *endpoint)
{
    return ((const struct sockaddr_un *)&endpoint->address)->sun_path;
}

static bool fail(struct err *e, const char *address)
{
    int code = errno;

    return err_set(e, file_kind(code) == ERR_RIGHTS ? ERR_RIGHTS : ERR_CONFIG, "%s: cannot listen there: %s", address,
                   g_strerror(code));
}

static bool try_bind(int fd, const struct endpoint *endpoint)
{
    return bind(fd, (const struct sockaddr *)&endpoint->address, endpoint->length) == 0;
}

static bool is_answered(const struct endpoint *endpoint)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool is_refused;

    if (fd < 0)
        return true;
    is_refused = connect(fd, (const struct sockaddr *)&endpoint->address, endpoint->length) != 0 && errno == ECONNREFUSED;
    close(fd);
    return !is_refused;
}

/* A process that was killed leaves its socket's file behind; nobody answers there. */
static bool clear_stale(const struct endpoint *endpoint, const char *address, struct err *e)
{
    struct stat st;

    if (lstat(path_of(endpoint), &st) != 0)
        return errno == ENOENT || fail(e, address);
    if (!S_ISSOCK(st.st_mode))
        return err_set(e, ERR_CONFIG, "%s: there is a file of another kind; remove it or choose another name", address);
    if (is_answered(endpoint))
        return err_set(e, ERR_CONFIG, "%s: another process is listening there already", address);
    return unlink(path_of(endpoint)) == 0 || errno == ENOENT || fail(e, address);
}

static bool bind_unix(struct bound *b, const char *address, guint mode, struct err *e)
{
    struct stat st;

    /* Linux takes a new socket file's mode from the socket: closed to others until the chmod below. */
    (void)fchmod(b->fd, 0600);
    if (!try_bind(b->fd, &b->endpoint)) {
        if (errno != EADDRINUSE)
            return fail(e, address);
        if (!clear_stale(&b->endpoint, address, e))
            return false;
        if (!try_bind(b->fd, &b->endpoint))
            return fail(e, address);
    }
    if (chmod(path_of(&b->endpoint), mode) != 0 || lstat(path_of(&b->endpoint), &st) != 0)
        return fail(e, address);
    b->inode = st.st_ino;
    return true;
}

static guint16 port_of(int fd)
{
    struct sockaddr_storage address;
    socklen_t n = sizeof address;

    if (getsockname(fd, (struct sockaddr *)&address, &n) != 0)
        return 0;
    if (address.ss_family == AF_INET)
        return ntohs(((struct sockaddr_in *)&address)->sin_port);
    return ntohs(((struct sockaddr_in6 *)&address)->sin6_port);
}

static bool bind_inet(struct bound *b, const char *address, struct err *e)
{
    int on = 1;

    (void)setsockopt(b->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (!try_bind(b->fd, &b->endpoint))
        return fail(e, address);
    b->port = port_of(b->fd);
    return true;
}

bool bound_open(const char *address, guint mode, struct bound *bound_out, struct err *e)
{
    struct bound b = {.fd = -1};
    bool is_done;

    *bound_out = b;
    if (!endpoint_parse(address, &b.endpoint, e))
        return false;
    if (b.endpoint.port == PORT_SMTP)
        return err_set(e, ERR_CONFIG,
                       "%s: LMTP must not be spoken on port 25 (RFC 2033, section 5); choose another port or a unix "
                       "socket",
                       address);
    b.fd = socket(b.endpoint.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (b.fd < 0)
        return fail(e, address);
    is_done = endpoint_is_unix(&b.endpoint) ? bind_unix(&b, address, mode, e) : bind_inet(&b, address, e);
    if (is_done && listen(b.fd, SOMAXCONN) != 0)
        is_done = fail(e, address);
    if (!is_done)
        bound_close(&b);
    *bound_out = b;
    return is_done;
}

void bound_close(struct bound *bound)
{
    struct stat st;

    if (bound->fd < 0)
        return;
    if (bound->inode != 0 && lstat(path_of(&bound->endpoint), &st) == 0 && st.st_ino == bound->inode)
        (void)unlink(path_of(&bound->endpoint));
    close(bound->fd);
    bound->fd = -1;
}

void bound_raise_files(guint n_connections)
{
    struct rlimit limit;
    rlim_t wanted_files = n_connections + FILES_BESIDE;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted_files)
        return;
    limit.rlim_cur = MIN(wanted_files, limit.rlim_max);
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}
