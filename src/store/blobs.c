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

static bool is_name(const char *name)
{
    return strlen(name) == SHA256_CHARS && strspn(name, "0123456789abcdef") == SHA256_CHARS;
}

/* As write_file() makes them: the name, a dot, six characters. Nothing else in the folder is ours to remove. */
static bool is_part(const char *name)
{
    return strspn(name, "0123456789abcdef") == SHA256_CHARS && name[SHA256_CHARS] == '.' &&
           strlen(name) == SHA256_CHARS + strlen(".XXXXXX");
}

/* The name becomes a path: nothing but a digest may. */
static char *path_of(const char *spool, const char *sha256, struct err *e)
{
    if (is_name(sha256))
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
    if (path == NULL)
        return false;
    /* A file under its own name is whole, since it got the name after its sync; its folder may not be synced yet. Touched,
     * it is too young to be swept away before the mail that needs it is committed. */
    bool is_there = blobs_has(spool, sha256, n_bytes) && utimensat(AT_FDCWD, path, NULL, 0) == 0;
    return (is_there || write_file(path, bytes, n_bytes, e)) && sync_folder(path, e);
}

bool blobs_has(const char *spool, const char *sha256, gsize n_bytes)
{
    g_autofree char *path = path_of(spool, sha256, NULL);
    struct stat found;

    return path != NULL && stat(path, &found) == 0 && (gsize)found.st_size == n_bytes;
}

bool blobs_remove(const char *spool, const char *sha256, struct err *e)
{
    g_autofree char *path = path_of(spool, sha256, e);

    return path != NULL && (unlink(path) == 0 || errno == ENOENT || fail(path, e));
}

bool blobs_list(const char *spool, gint64 before, GPtrArray **whole_out, GPtrArray **parts_out, struct err *e)
{
    g_autofree char *folder = g_build_filename(spool, "blob", NULL);
    g_autoptr(GPtrArray) whole = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) names = g_dir_open(folder, 0, &error);
    const char *name;

    if (names == NULL)
        return err_set(e, ERR_LATER, "%s", error->message);
    while ((name = g_dir_read_name(names)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        struct stat found;
        if (lstat(path, &found) != 0 || !S_ISREG(found.st_mode) || found.st_mtime > before)
            continue;
        if (is_name(name))
            g_ptr_array_add(whole, g_strdup(name));
        else if (is_part(name))
            g_ptr_array_add(parts, g_strdup(name));
    }
    *whole_out = g_steal_pointer(&whole);
    *parts_out = g_steal_pointer(&parts);
    return true;
}

bool blobs_remove_part(const char *spool, const char *name, struct err *e)
{
    g_autofree char *path = g_build_filename(spool, "blob", name, NULL);

    if (!is_part(name))
        return err_set(e, ERR_OURS, "'%s' is no part of a file of ours", name);
    return unlink(path) == 0 || errno == ENOENT || fail(path, e);
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
