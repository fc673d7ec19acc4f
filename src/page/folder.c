/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files by rename; see folder.h. Nothing is synced: who reads them after the machine went down looks at all of them again
 * (publish.c), and a process that is killed loses nothing that it wrote.
 */
#include "page/folder.h"

#include "base/file.h"
#include "base/owner.h"
#include "store/lock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OURS      ".forumpost"
#define NOTE      OURS "/state"
#define PART      "part-"
#define FILE_MODE 0644 /* for everybody, whatever our umask: that is what they are for */
#define DIR_MODE  0755

#define MOST_LEVELS 6 /* of folders; what stands deeper is not ours */

struct folder {
    char *path;
    int fd;
    gint n_parts; /* names given to files that are not whole yet */
    struct lock *lock;
};

static bool fail(const struct folder *f, const char *name, const char *what, struct err *e)
{
    g_autofree char *path = g_build_filename(f->path, name, NULL);

    return file_fail(path, what, e);
}

static bool is_empty(int fd)
{
    int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = copy >= 0 ? fdopendir(copy) : NULL;
    bool found = false;

    for (const struct dirent *d; dir != NULL && (d = readdir(dir)) != NULL;)
        found |= strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0;
    if (dir != NULL)
        closedir(dir);
    return dir != NULL && !found;
}

/* What a process that was killed had begun. */
static void remove_parts(const struct folder *f)
{
    int fd = openat(f->fd, OURS, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;

    for (const struct dirent *d; dir != NULL && (d = readdir(dir)) != NULL;)
        if (g_str_has_prefix(d->d_name, PART))
            unlinkat(fd, d->d_name, 0);
    if (dir != NULL)
        closedir(dir);
}

/* Is it ours to write and delete in? */
static bool claim(struct folder *f, struct err *e)
{
    struct stat st;

    if (fstatat(f->fd, OURS, &st, AT_SYMLINK_NOFOLLOW) == 0)
        return S_ISDIR(st.st_mode) || err_set(e, ERR_RULE, "%s/%s is no folder, so nothing is written there", f->path, OURS);
    if (!is_empty(f->fd))
        return err_set(e, ERR_RULE,
                       "%s is not empty and was not made by `forumpost publish`; name a folder that is only for the pages",
                       f->path);
    if (mkdirat(f->fd, OURS, 0700) != 0 || fchmod(f->fd, DIR_MODE) != 0)
        return fail(f, OURS, "make", e);
    g_autofree char *path = g_build_filename(f->path, OURS, NULL);
    int fd = openat(f->fd, OURS, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        owner_give(fd, path);
        close(fd);
    }
    return true;
}

struct folder *folder_open(const char *path, guint wait_s, struct err *e)
{
    struct folder *f = g_new0(struct folder, 1);

    f->path = g_strdup(path);
    f->fd = owner_make_folders(path, DIR_MODE) ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    bool ok = f->fd >= 0 ? claim(f, e) : file_fail(path, "open the folder for the pages", e);
    g_autofree char *inner = g_build_filename(path, OURS, "folder", NULL);
    f->lock = ok ? lock_take(inner, "publish", wait_s, e) : NULL;
    if (f->lock == NULL) {
        folder_close(f);
        return NULL;
    }
    remove_parts(f);
    return f;
}

void folder_close(struct folder *f)
{
    if (f == NULL)
        return;
    if (f->fd >= 0)
        close(f->fd);
    lock_free(f->lock);
    g_free(f->path);
    g_free(f);
}

bool folder_has(const struct folder *f, const char *name)
{
    return faccessat(f->fd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static bool reads_as(int fd, const char *bytes, gsize n)
{
    char chunk[32768];

    for (gsize done = 0; done < n;) {
        ssize_t got = read(fd, chunk, MIN(sizeof chunk, n - done));
        if (got <= 0 || memcmp(chunk, bytes + done, (gsize)got) != 0)
            return false;
        done += (gsize)got;
    }
    return true;
}

bool folder_is(const struct folder *f, const char *name, GBytes *bytes)
{
    gsize n;
    const char *data = g_bytes_get_data(bytes, &n);
    int fd = openat(f->fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat st;

    if (fd < 0)
        return false;
    bool is = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (gsize)st.st_size == n && reads_as(fd, data, n);
    close(fd);
    return is;
}

/* Every folder in front of NAME. */
static bool make_folders(const struct folder *f, const char *name)
{
    for (const char *slash = strchr(name, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        g_autofree char *part = g_strndup(name, (gsize)(slash - name));
        g_autofree char *path = g_build_filename(f->path, part, NULL);
        if (mkdirat(f->fd, part, DIR_MODE) != 0) {
            if (errno != EEXIST)
                return false;
            continue;
        }
        int fd = openat(f->fd, part, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
        if (fd < 0)
            return false;
        bool ok = fchmod(fd, DIR_MODE) == 0;
        owner_give(fd, path);
        close(fd);
        if (!ok)
            return false;
    }
    return true;
}

static bool write_whole(int fd, const char *bytes, gsize n)
{
    for (gsize done = 0; done < n;) {
        ssize_t wrote = write(fd, bytes + done, n - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return false;
        done += (gsize)wrote;
    }
    return true;
}

static bool rename_to(const struct folder *f, const char *part, const char *name)
{
    if (renameat(f->fd, part, f->fd, name) == 0)
        return true;
    return errno == ENOENT && make_folders(f, name) && renameat(f->fd, part, f->fd, name) == 0;
}

bool folder_put(struct folder *f, const char *name, GBytes *bytes, struct err *e)
{
    gsize n;
    const char *data = g_bytes_get_data(bytes, &n);
    g_autofree char *part = g_strdup_printf(OURS "/" PART "%d", g_atomic_int_add(&f->n_parts, 1));
    g_autofree char *path = g_build_filename(f->path, part, NULL);
    int fd = openat(f->fd, part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);

    if (fd < 0)
        return fail(f, part, "make", e);
    bool ok = write_whole(fd, data, n) && fchmod(fd, FILE_MODE) == 0;
    owner_give(fd, path);
    ok = close(fd) == 0 && ok;
    if (!ok || !rename_to(f, part, name)) {
        fail(f, name, "write", e);
        unlinkat(f->fd, part, 0);
        return false;
    }
    return true;
}

bool folder_remove(struct folder *f, const char *name, bool *removed_out, struct err *e)
{
    bool removed = unlinkat(f->fd, name, 0) == 0;

    if (removed_out != NULL)
        *removed_out = removed;
    return removed || errno == ENOENT || errno == ENOTDIR || fail(f, name, "remove", e);
}

/* Of the folder FD, which is closed; PREFIX: its own name and a slash. A link is a name, too, and is not followed. */
static bool add_names(int fd, const char *prefix, guint level, GPtrArray *names)
{
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    bool ok = dir != NULL;

    if (dir == NULL && fd >= 0)
        close(fd);
    for (const struct dirent *d; dir != NULL && (d = readdir(dir)) != NULL;) {
        struct stat st;
        if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0 || (level == 0 && strcmp(d->d_name, OURS) == 0) ||
            fstatat(dirfd(dir), d->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        g_autofree char *name = g_strconcat(prefix, d->d_name, NULL);
        if (!S_ISDIR(st.st_mode)) {
            g_ptr_array_add(names, g_steal_pointer(&name));
        } else if (level < MOST_LEVELS) {
            g_autofree char *below = g_strconcat(name, "/", NULL);
            ok = add_names(openat(dirfd(dir), d->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW), below, level + 1,
                           names) &&
                 ok;
        }
    }
    if (dir != NULL)
        closedir(dir);
    return ok;
}

GPtrArray *folder_names(const struct folder *f, struct err *e)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    if (!add_names(openat(f->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), "", 0, names)) {
        fail(f, "", "read", e);
        return NULL;
    }
    return g_steal_pointer(&names);
}

char *folder_note(const struct folder *f)
{
    g_autofree char *path = g_build_filename(f->path, NOTE, NULL);
    char *text = NULL;

    return g_file_get_contents(path, &text, NULL, NULL) ? text : NULL;
}

bool folder_set_note(struct folder *f, const char *text, struct err *e)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));

    return folder_put(f, NOTE, bytes, e);
}
