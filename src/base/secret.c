/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads a secret; see secret.h. Rights are looked at on the open file, so that nobody can change it in between.
 */
#include "base/secret.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_safe(int fd, const char *path, struct err *e)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return err_set(e, ERR_CONFIG, "%s: %s", path, g_strerror(errno));
    if (!S_ISREG(st.st_mode))
        return err_set(e, ERR_CONFIG, "%s is no file", path);
    if ((st.st_mode & 0027) != 0)
        return err_set(e, ERR_RIGHTS, "%s has mode %04o, so others can read or change the secret in it; `chmod 0640 %s`, or 0600",
                       path, (guint)(st.st_mode & 07777), path);
    if (st.st_uid != 0 && st.st_uid != geteuid())
        return err_set(e, ERR_RIGHTS, "%s belongs to somebody else, who can change the secret in it; `chown root %s`", path,
                       path);
    return true;
}

static char *first_line(int fd, const char *path, struct err *e)
{
    char bytes[LIMIT_SECRET_BYTES + 2];
    gssize n = read(fd, bytes, sizeof bytes - 1);
    char *secret = NULL;

    if (n < 0) {
        err_set(e, ERR_CONFIG, "%s: %s", path, g_strerror(errno));
        return NULL;
    }
    bytes[n] = '\0';
    gsize length = strcspn(bytes, "\r\n");
    if (length == 0)
        err_set(e, ERR_CONFIG, "%s: its first line is empty; the secret belongs there", path);
    else if (length > LIMIT_SECRET_BYTES)
        err_set(e, ERR_CONFIG, "%s: its first line has more than %d bytes", path, LIMIT_SECRET_BYTES);
    else
        secret = g_strndup(bytes, length);
    explicit_bzero(bytes, sizeof bytes);
    return secret;
}

char *secret_read(const char *path, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    char *secret;

    if (fd < 0) {
        err_set(e, errno == EACCES ? ERR_RIGHTS : ERR_CONFIG, "%s: %s", path, g_strerror(errno));
        return NULL;
    }
    secret = is_safe(fd, path, e) ? first_line(fd, path, e) : NULL;
    close(fd);
    return secret;
}

void secret_free(char *secret)
{
    if (secret != NULL)
        explicit_bzero(secret, strlen(secret));
    g_free(secret);
}
