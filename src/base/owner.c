/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Owners of files and the user that serves; see owner.h.
 */
#include "base/owner.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void owner_give(int fd, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    struct stat own, above;

    if (geteuid() != 0 || fstat(fd, &own) != 0 || stat(folder, &above) != 0)
        return;
    /* A second name could be one that leads out of the folder. */
    if (own.st_uid != 0 || (S_ISREG(own.st_mode) && own.st_nlink > 1))
        return;
    if (above.st_uid != 0 || above.st_gid != 0)
        (void)!fchown(fd, above.st_uid, above.st_gid);
}

bool owner_make_folders(const char *path, mode_t mode)
{
    g_autofree char *above = g_path_get_dirname(path);

    if (g_file_test(path, G_FILE_TEST_IS_DIR))
        return true;
    if (strcmp(above, path) != 0 && !owner_make_folders(above, mode))
        return false;
    if (g_mkdir(path, (int)mode) != 0 && errno != EEXIST)
        return false;
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0) {
        owner_give(fd, path);
        close(fd);
    }
    return true;
}

static bool is_below(const char *path, const char *folder)
{
    gsize n = strlen(folder);

    return n > 1 && strncmp(path, folder, n) == 0 && path[n] == '/';
}

uid_t owner_of_service(const char *database, const char *name)
{
    const struct passwd *user = getpwnam(name);
    g_autofree char *path = g_path_get_dirname(database);
    struct stat st, file;

    if (user != NULL && is_below(database, user->pw_dir))
        return user->pw_uid;
    while (stat(path, &st) != 0 && strcmp(path, "/") != 0 && strcmp(path, ".") != 0) {
        char *above = g_path_get_dirname(path);
        g_free(path);
        path = above;
    }
    uid_t uid = stat(path, &st) == 0 ? st.st_uid : 0;
    return uid == 0 && stat(database, &file) == 0 ? file.st_uid : uid;
}

bool owner_become(uid_t uid, struct err *e)
{
    const struct passwd *user;

    if (geteuid() != 0 || uid == 0)
        return true;
    user = getpwuid(uid);
    gid_t gid = user != NULL ? user->pw_gid : (gid_t)uid;
    if ((user != NULL ? initgroups(user->pw_name, gid) : setgroups(0, NULL)) == 0 && setresgid(gid, gid, gid) == 0 &&
        setresuid(uid, uid, uid) == 0)
        return true;
    return err_set(e, ERR_RIGHTS, "cannot become user %u: %s", (guint)uid, g_strerror(errno));
}

char *owner_user_name(uid_t uid)
{
    const struct passwd *user = getpwuid(uid);

    return user != NULL ? g_strdup(user->pw_name) : g_strdup_printf("%u", (guint)uid);
}

char *owner_group_name(gid_t gid)
{
    const struct group *group = getgrgid(gid);

    return group != NULL ? g_strdup(group->gr_name) : g_strdup_printf("%u", (guint)gid);
}
