/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files spool/blob/<sha256>; see blobs.h.
 */
#include "store/blobs.h"

#include "base/limits.h"
#include "base/owner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SHA256_CHARS 64

static bool fail(const char *path, struct err *e)
{
    enum err_kind kind = errno == EACCES || errno == EPERM || errno == EROFS ? ERR_RIGHTS
                         : errno == ENOENT                                   ? ERR_ABSENT
                                                                             : ERR_LATER;
    return err_set(e, kind, "%s: %s", path, g_strerror(errno));
}

/* The name becomes a path: nothing but a digest may. */
static char *path_of(const char *spool, const char *sha256, struct err *e)
{
    if (strlen(sha256) == SHA256_CHARS && strspn(sha256, "0123456789abcdef") == SHA256_CHARS)
        return g_build_filename(spool, "blob", sha256, NULL);
    err_set(e, ERR_OURS, "'%s' is no SHA-256", sha256);
    return NULL;
}

static bool write_all(int fd, const char *bytes, gsize n_bytes)
{
    while (n_bytes > 0) {
        ssize_t n = write(fd, bytes, n_bytes);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes += n;
        n_bytes -= (gsize)n;
    }
    return true;
}

static bool write_file(const char *path, const char *bytes, gsize n_bytes, struct err *e)
{
    g_autofree char *part = g_strconcat(path, ".XXXXXX", NULL);
    int fd = g_mkstemp_full(part, O_WRONLY | O_CLOEXEC, 0600);

    if (fd < 0)
        return fail(part, e);
    owner_give(fd, path);
    bool ok = write_all(fd, bytes, n_bytes) && fsync(fd) == 0;
    ok = ok || fail(part, e);
    close(fd);
    ok = ok && (rename(part, path) == 0 || fail(path, e));
    if (!ok)
        unlink(part);
    return ok;
}

static bool sync_folder(const char *path, struct err *e)
{
    g_autofree char *folder = g_path_get_dirname(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return fail(folder, e);
    bool ok = fsync(fd) == 0 || fail(folder, e);
    close(fd);
    return ok;
}

bool blobs_put(const char *spool, const char *sha256, const char *bytes, gsize n_bytes, struct err *e)
{
    g_autofree char *path = path_of(spool, sha256, e);
    struct stat found;

    if (path == NULL)
        return false;
    /* A file under its own name is whole, since it got the name after its sync; its folder may not be synced yet. */
    bool is_there = stat(path, &found) == 0 && (gsize)found.st_size == n_bytes;
    return (is_there || write_file(path, bytes, n_bytes, e)) && sync_folder(path, e);
}

GBytes *blobs_get(const char *spool, const char *sha256, struct err *e)
{
    g_autofree char *path = path_of(spool, sha256, e);
    g_autoptr(GError) error = NULL;
    char *bytes = NULL;
    gsize n_bytes = 0;

    if (path == NULL)
        return NULL;
    if (!g_file_get_contents(path, &bytes, &n_bytes, &error)) {
        bool is_absent = g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
        err_set(e, is_absent ? ERR_ABSENT : ERR_LATER, "%s", error->message);
        return NULL;
    }
    return g_bytes_new_take(bytes, n_bytes);
}
