/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files spool/blob/<sha256>; see blobs.h.
 */
#include "store/blobs.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SHA256_CHARS 64

static bool is_name(const char *name)
{
    return strlen(name) == SHA256_CHARS && strspn(name, "0123456789abcdef") == SHA256_CHARS;
}

/* Nothing else in the folder is ours to remove. */
static bool is_part(const char *name)
{
    return strspn(name, "0123456789abcdef") == SHA256_CHARS && name[SHA256_CHARS] == '.' && file_is_part(name);
}

/* The name becomes a path: nothing but a digest may. */
static char *path_of(const char *spool, const char *sha256, struct err *e)
{
    if (is_name(sha256))
        return g_build_filename(spool, "blob", sha256, NULL);
    err_set(e, ERR_OURS, "'%s' is no SHA-256", sha256);
    return NULL;
}

bool blobs_put(const char *spool, const char *sha256, const char *bytes, gsize n_bytes, struct err *e)
{
    g_autofree char *folder = g_build_filename(spool, "blob", NULL), *path = path_of(spool, sha256, e);
    if (path == NULL)
        return false;
    /* A file under its own name is whole, since it got the name after its sync; its folder may not be synced yet. Touched,
     * it is too young to be swept away before the mail that needs it is committed. */
    bool is_there = blobs_has(spool, sha256, n_bytes) && utimensat(AT_FDCWD, path, NULL, 0) == 0;
    return (is_there || file_replace(path, 0600, bytes, n_bytes, e)) && file_sync_folder(folder, e);
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

    return path != NULL && (unlink(path) == 0 || errno == ENOENT || file_fail(path, "remove", e));
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
    return unlink(path) == 0 || errno == ENOENT || file_fail(path, "remove", e);
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
