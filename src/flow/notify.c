/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readiness; see notify.h. Thirty lines instead of a library that brings three compressors along.
 */
#include "flow/notify.h"

#include <glib.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void tell_systemd(const char *path)
{
    static const char ready[] = "READY=1";
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    gsize n = strlen(path);

    if (n >= sizeof address.sun_path)
        return;
    memcpy(address.sun_path, path, n);
    if (address.sun_path[0] == '@')
        address.sun_path[0] = '\0'; /* an abstract socket */
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    (void)!sendto(fd, ready, strlen(ready), MSG_NOSIGNAL, (struct sockaddr *)&address,
                  (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n));
    close(fd);
}

void notify_ready(void)
{
    const char *path = g_getenv("NOTIFY_SOCKET"), *pipe_fd = g_getenv("FORUMPOST_READY_FD");
    guint64 fd;

    if (path != NULL)
        tell_systemd(path);
    if (pipe_fd != NULL && g_ascii_string_to_unsigned(pipe_fd, 10, 3, 1024, &fd, NULL)) {
        (void)!write((int)fd, "1", 1);
        close((int)fd);
    }
    g_unsetenv("NOTIFY_SOCKET");
    g_unsetenv("FORUMPOST_READY_FD");
}
