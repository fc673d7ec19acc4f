/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole files and folders; see file.h.
 */
#include "base/file.h"

#include "base/owner.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY_BYTES (256 * 1024)

enum err_kind file_kind(int error)
{
    switch (error) {
    case EACCES:
    case EPERM:
    case EROFS:
        return ERR_RIGHTS;
    case ENOENT:
        return ERR_ABSENT;
    case ENAMETOOLONG:
    case ENOTDIR:
    case ELOOP:
        return ERR_VALUE;
    case EEXIST:
    case ENOTEMPTY:
        return ERR_RULE;
    default:
        return ERR_LATER;
    }
}

bool file_fail(const char *path, const char *what, struct err *e)
{
    int error = errno;

    return err_set(e, file_kind(error), "%s: cannot %s: %s", path, what, g_strerror(error));
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

static int create(const char *path, struct err *e)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd < 0)
        file_fail(path, "create", e);
    else
        owner_give(fd, path);
    return fd;
}

/* Syncs and closes; what is not whole goes. */
static bool finish(int fd, const char *path, bool ok, struct err *e)
{
    ok = ok && (fsync(fd) == 0 || file_fail(path, "write", e));
    close(fd);
    if (!ok)
        unlink(path);
    return ok;
}

/* OUT -1: only to SUM. */
static bool pour(int in, const char *from, int out, const char *to, GChecksum *sum, struct err *e)
{
    g_autofree char *buffer = g_malloc(COPY_BYTES);
    ssize_t n;

    while ((n = read(in, buffer, COPY_BYTES)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return file_fail(from, "read", e);
        g_checksum_update(sum, (const guchar *)buffer, n);
        if (out >= 0 && !write_all(out, buffer, (gsize)n))
            return file_fail(to, "write", e);
    }
    return true;
}

bool file_copy(const char *from, const char *to, char **sha256_out, struct err *e)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    int in = open(from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

    if (in < 0)
        return file_fail(from, "read", e);
    int out = create(to, e);
    bool ok = out >= 0 && finish(out, to, pour(in, from, out, to, sum, e), e);
    close(in);
    if (ok && sha256_out != NULL)
        *sha256_out = g_strdup(g_checksum_get_string(sum));
    return ok;
}

char *file_sha256(const char *path, struct err *e)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    int in = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

    if (in < 0) {
        file_fail(path, "read", e);
        return NULL;
    }
    bool ok = pour(in, path, -1, NULL, sum, e);
    close(in);
    return ok ? g_strdup(g_checksum_get_string(sum)) : NULL;
}

bool file_put(const char *path, const char *text, struct err *e)
{
    int fd = create(path, e);

    return fd >= 0 && finish(fd, path, write_all(fd, text, strlen(text)) || file_fail(path, "write", e), e);
}

bool file_replace(const char *path, mode_t mode, const void *bytes, gsize n_bytes, struct err *e)
{
    g_autofree char *part = g_strconcat(path, ".XXXXXX", NULL);
    int fd = g_mkstemp_full(part, O_WRONLY | O_CLOEXEC, (int)mode);

    if (fd < 0)
        return file_fail(part, "create", e);
    owner_give(fd, path);
    if (!finish(fd, part, write_all(fd, bytes, n_bytes) || file_fail(part, "write", e), e))
        return false;
    if (g_rename(part, path) == 0)
        return true;
    file_fail(path, "create", e);
    unlink(part);
    return false;
}

bool file_is_part(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot != NULL && strlen(dot) == strlen(".XXXXXX") &&
           strspn(dot + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == strlen("XXXXXX");
}

bool file_make(const char *path, struct err *e)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd < 0)
        return errno == EEXIST || file_fail(path, "create", e);
    owner_give(fd, path);
    close(fd);
    return true;
}

static bool sync_path(const char *path, int flags, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (!ok)
        file_fail(path, "sync", e);
    if (fd >= 0)
        close(fd);
    return ok;
}

bool file_sync(const char *path, struct err *e)
{
    return sync_path(path, O_NOFOLLOW, e);
}

bool file_sync_folder(const char *folder, struct err *e)
{
    return sync_path(folder, O_DIRECTORY, e);
}

bool file_rename_new(const char *from, const char *to, struct err *e)
{
    g_autofree char *folder = g_path_get_dirname(to);

    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return file_sync_folder(folder, e);
    /* Some file systems (NFS, 9p) have no such flag: then there is a moment between looking and renaming. */
    if (errno != EINVAL && errno != ENOSYS)
        return file_fail(to, "create", e);
    if (g_file_test(to, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK)) {
        errno = EEXIST;
        return file_fail(to, "create", e);
    }
    return g_rename(from, to) == 0 ? file_sync_folder(folder, e) : file_fail(to, "create", e);
}

void file_remove_tree(const char *path)
{
    struct stat st;

    if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        g_autoptr(GDir) names = g_dir_open(path, 0, NULL);
        const char *name;
        while (names != NULL && (name = g_dir_read_name(names)) != NULL) {
            g_autofree char *below = g_build_filename(path, name, NULL);
            file_remove_tree(below);
        }
    }
    g_remove(path);
}
