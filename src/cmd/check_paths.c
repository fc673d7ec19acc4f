/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost check, the part about the file system: each path is tried as the user that serves, and a complaint says which
 * folder on the way it is, whether something is missing or forbidden, and what to type.
 */
#include "base/file.h"
#include "base/limits.h"
#include "base/owner.h"
#include "cmd/check.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define ACCOUNT "forumpost" /* of the package and of the shipped unit */

enum wish { WISH_READ = R_OK, WISH_WRITE = R_OK | W_OK, WISH_FOLDER = R_OK | W_OK | X_OK };

bool check_user(struct check *c)
{
    uid_t uid = geteuid(), service = owner_of_service(c->settings.storage_database, ACCOUNT);
    g_autofree char *me = owner_user_name(uid), *them = owner_user_name(service);
    g_autofree char *text = NULL;
    err_auto struct err e = {0};

    if (!owner_become(service, &e)) {
        check_bad(c, "user", e.kind, e.text);
        return false;
    }
    if (uid == 0 && service == 0)
        text = g_strdup("root owns the database; a user of its own (" ACCOUNT ") would be safer");
    else if (uid != service && uid != 0)
        text = g_strdup_printf("you are %s, the service is %s: what follows is true for you; try it as root", me, them);
    else
        text = g_strdup_printf("%s; everything below is tried with their rights", them);
    check_say(c, service != 0 && (uid == 0 || uid == service) ? OUTCOME_OK : OUTCOME_NOTE, "user", text);
    return true;
}

/* "root:root, mode 0755" */
static char *rights_of(const char *path)
{
    struct stat st;

    if (stat(path, &st) != 0)
        return g_strdup(g_strerror(errno));
    g_autofree char *user = owner_user_name(st.st_uid), *group = owner_group_name(st.st_gid);
    return g_strdup_printf("%s:%s, mode %04o", user, group, (guint)(st.st_mode & 07777));
}

/* The first folder on the way to PATH that is missing or may not be entered; NULL if the way is free. */
static char *obstacle(const char *path)
{
    for (const char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        char *folder = g_strndup(path, (gsize)(slash - path));
        if (faccessat(AT_FDCWD, folder, X_OK, AT_EACCESS) != 0)
            return folder;
        g_free(folder);
    }
    return NULL;
}

static const char *verb_of(enum wish wish)
{
    return wish == WISH_READ ? "read" : "written";
}

/* A sentence, or NULL if all is well; *KIND_OUT says whose turn it is. Caller frees. */
static char *complaint(const char *path, enum wish wish, const char *remedy, enum err_kind *kind_out)
{
    g_autofree char *me = owner_user_name(geteuid());
    int error = faccessat(AT_FDCWD, path, (int)wish, AT_EACCESS) == 0 ? 0 : errno;
    g_autofree char *blocked = error != 0 ? obstacle(path) : NULL;
    g_autofree char *rights = error != 0 ? rights_of(blocked != NULL ? blocked : path) : NULL;

    *kind_out = file_kind(error) == ERR_RIGHTS ? ERR_RIGHTS : ERR_CONFIG;
    if (error == 0)
        return NULL;
    if (error == ENOENT || error == ENOTDIR)
        return g_strdup_printf("%s is not there%s%s%s%s", blocked != NULL ? blocked : path,
                               blocked != NULL ? ", so neither is " : "", blocked != NULL ? path : "", remedy != NULL ? "; " : "",
                               remedy != NULL ? remedy : "");
    if (error == EROFS)
        return g_strdup_printf("%s lies on a file system that is read-only", path);
    if (error != EACCES)
        return g_strdup_printf("%s: %s", path, g_strerror(error));
    if (blocked != NULL)
        return g_strdup_printf("%s may not be entered by %s, so %s cannot be reached: permission denied (%s)", blocked, me, path,
                               rights);
    return g_strdup_printf("%s is there, but may not be %s by %s: permission denied (%s)", path, verb_of(wish), me, rights);
}

static bool check_path(struct check *c, const char *aspect, const char *path, enum wish wish, const char *remedy)
{
    enum err_kind kind;
    g_autofree char *text = complaint(path, wish, remedy, &kind);

    if (text != NULL)
        check_bad(c, aspect, kind, text);
    return text == NULL;
}

/* Locks, WAL and the like: made by whoever was first, and if that was somebody else the service stops at them. */
static bool check_beside(struct check *c, const char *database)
{
    g_autofree char *folder = g_path_get_dirname(database), *name = g_path_get_basename(database);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    bool is_fine = true;

    for (const char *file; dir != NULL && (file = g_dir_read_name(dir)) != NULL;) {
        if (!g_str_has_prefix(file, name) || strstr(file, ".before-") != NULL)
            continue;
        g_autofree char *path = g_build_filename(folder, file, NULL);
        is_fine = check_path(c, "database", path, WISH_WRITE, NULL) && is_fine;
    }
    return is_fine;
}

static bool check_files_in(struct check *c, const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);

    for (const char *file; dir != NULL && (file = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, file, NULL);
        if (!check_path(c, "spool", path, WISH_READ, NULL))
            return false; /* one is enough to say */
    }
    return true;
}

static void check_spool(struct check *c)
{
    static const char *const folders[] = {"blob", "failed"};
    const char *spool = c->settings.storage_spool;
    bool is_fine = check_path(c, "spool", spool, WISH_FOLDER, "`forumpost init` makes it");

    for (gsize i = 0; is_fine && i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *folder = g_build_filename(spool, folders[i], NULL);
        is_fine = check_path(c, "spool", folder, WISH_FOLDER, "`forumpost init` makes it") && check_files_in(c, folder);
    }
    if (is_fine)
        check_say(c, OUTCOME_OK, "spool", spool);
}

/* Under the low-water mark no mail is taken; near it somebody should hear of it. */
static void check_space(struct check *c, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    guint64 low = (guint64)c->settings.storage_low_water_mb * 1024 * 1024;
    guint64 bad = low > 0 ? low : LIMIT_FREE_BAD_BYTES;
    struct statvfs fs;

    if (statvfs(folder, &fs) != 0)
        return; /* the path's own line says why */
    guint64 bytes = (guint64)fs.f_bavail * fs.f_frsize;
    g_autofree char *free_bytes = g_format_size_full(bytes, G_FORMAT_SIZE_IEC_UNITS);
    g_autofree char *text = g_strdup_printf("%s free for %s%s", free_bytes, path,
                                            bytes < low ? ", less than [storage] low_water_mb: no mail is taken" : "");
    if (bytes < bad || (fs.f_files > 0 && fs.f_favail < LIMIT_FREE_FILES))
        check_bad(c, "space", ERR_LATER, text);
    else
        check_say(c, bytes < MAX(2 * bad, LIMIT_FREE_LOW_BYTES) ? OUTCOME_NOTE : OUTCOME_OK, "space", text);
}

/* ProtectSystem=strict: what is not named in the unit is read-only for the service, whatever its rights. */
static void check_unit(struct check *c, const char *aspect, const char *path)
{
    static const char *const writable[] = {LOCALSTATEDIR "/lib/forumpost/", "/var/lib/forumpost/", "/run/forumpost/",
                                           "/var/spool/postfix/forumpost/"};
    g_autofree char *folder = g_path_get_dirname(path);

    if (!g_file_test("/run/systemd/system", G_FILE_TEST_IS_DIR))
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(writable); i++)
        if (g_str_has_prefix(path, writable[i]))
            return;
    g_autofree char *text = g_strdup_printf("the shipped systemd unit may not write %s: `systemctl edit forumpost`, [Service], "
                                            "ReadWritePaths=%s%s",
                                            folder, folder, g_str_has_prefix(path, "/home/") ? " and ProtectHome=no" : "");
    check_say(c, OUTCOME_NOTE, aspect, text);
}

bool check_paths(struct check *c)
{
    const struct settings *s = &c->settings;
    g_autofree char *folder = g_path_get_dirname(s->storage_database);

    if (check_path(c, "configuration", s->path, WISH_READ, NULL))
        check_say(c, OUTCOME_OK, "configuration", s->path);
    bool is_there = check_path(c, "database", folder, WISH_FOLDER, "make it, and let the service's user own it") &&
                    check_path(c, "database", s->storage_database, WISH_WRITE, "`forumpost init` makes it") &&
                    check_beside(c, s->storage_database);
    check_unit(c, "database", s->storage_database);
    check_spool(c);
    check_unit(c, "spool", s->storage_spool);
    check_space(c, s->storage_database);
    check_space(c, s->storage_spool);
    if (s->intake_listen.path != NULL)
        check_unit(c, "listen", s->intake_listen.path);
    return is_there;
}
