/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The spool directory; see spool.h. Files are written under another name, synced, renamed, and the folder is synced:
 * what is there under its own name is whole. ID.info is renamed last and makes the pair count.
 */
#include "flow/spool.h"

#include "base/file.h"
#include "base/owner.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ID_CHARS 64
#define GROUP    "mail"

static const char readme[] =
#include "flow/spool_readme.h"
    ;

void spooled_free(struct spooled *s)
{
    g_free(s->id);
    g_free(s->sender);
    g_strfreev(s->recipients);
    g_free(s->reason);
    if (s->bytes != NULL)
        g_bytes_unref(s->bytes);
    g_free(s);
}

static bool put_file(const char *folder, const char *name, const char *bytes, gsize n_bytes, struct err *e)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);

    return file_replace(path, 0640, bytes, n_bytes, e);
}

bool spool_init(const char *dir, struct err *e)
{
    const char *const folders[] = {"", "blob", "failed"};
    g_autofree char *readme_path = g_build_filename(dir, "README", NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *folder = g_build_filename(dir, folders[i], NULL);

        if (!owner_make_folders(folder, 0750))
            return file_fail(folder, "create", e);
        if (access(folder, W_OK | X_OK) < 0)
            return file_fail(folder, "write", e);
    }
    return g_file_test(readme_path, G_FILE_TEST_EXISTS) ||
           (put_file(dir, "README", readme, strlen(readme), e) && file_sync_folder(dir, e));
}

/* Also keeps a caller's argument from leaving the folder. */
static bool is_id(const char *id)
{
    gsize n = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-");

    return n > 0 && n <= ID_CHARS && id[n] == '\0';
}

static bool check_id(const char *id, struct err *e)
{
    return is_id(id) || err_set(e, ERR_VALUE, "'%s' is not the id of a mail", id);
}

static void set_text(GKeyFile *info, const char *key, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text != NULL ? text : "", -1);

    g_key_file_set_string(info, GROUP, key, valid);
}

static char *describe(const struct spooled *s, gsize *n_bytes_out)
{
    g_autoptr(GKeyFile) info = g_key_file_new();
    g_autoptr(GPtrArray) recipients = g_ptr_array_new_with_free_func(g_free);

    for (char **r = s->recipients; r != NULL && *r != NULL; r++)
        g_ptr_array_add(recipients, g_utf8_make_valid(*r, -1));
    set_text(info, "sender", s->sender);
    g_key_file_set_string_list(info, GROUP, "recipients", (const char *const *)recipients->pdata, recipients->len);
    set_text(info, "reason", s->reason);
    g_key_file_set_int64(info, GROUP, "received_at", s->received_at);
    return g_key_file_to_data(info, n_bytes_out, NULL);
}

bool spool_failed_keep(const char *dir, const struct spooled *s, struct err *e)
{
    g_autofree char *folder = g_build_filename(dir, "failed", NULL);
    g_autofree char *mail_name = g_strconcat(s->id, ".eml", NULL);
    g_autofree char *info_name = g_strconcat(s->id, ".info", NULL);
    gsize n_mail, n_info;
    const char *mail = g_bytes_get_data(s->bytes, &n_mail);
    g_autofree char *info = describe(s, &n_info);

    if (!check_id(s->id, e))
        return false;
    return put_file(folder, mail_name, mail, n_mail, e) && put_file(folder, info_name, info, n_info, e) &&
           file_sync_folder(folder, e);
}

static struct spooled *load_info(const char *folder, const char *id, struct err *e)
{
    g_autofree char *name = g_strconcat(id, ".info", NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GKeyFile) info = g_key_file_new();
    g_autoptr(GError) error = NULL;
    spooled_auto s = g_new0(struct spooled, 1);

    if (!g_key_file_load_from_file(info, path, G_KEY_FILE_NONE, &error)) {
        if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
            err_set(e, ERR_ABSENT, "no mail %s is set aside", id);
        else
            err_set(e, ERR_LATER, "%s: %s", path, error->message);
        return NULL;
    }
    s->id = g_strdup(id);
    s->sender = g_key_file_get_string(info, GROUP, "sender", NULL);
    s->recipients = g_key_file_get_string_list(info, GROUP, "recipients", NULL, NULL);
    s->reason = g_key_file_get_string(info, GROUP, "reason", NULL);
    s->received_at = g_key_file_get_int64(info, GROUP, "received_at", NULL);
    if (s->sender == NULL || s->recipients == NULL || s->reason == NULL) {
        err_set(e, ERR_INPUT, "%s: sender, recipients or reason is missing", path);
        return NULL;
    }
    return g_steal_pointer(&s);
}

struct spooled *spool_failed_load(const char *dir, const char *id, struct err *e)
{
    g_autofree char *folder = g_build_filename(dir, "failed", NULL);
    g_autofree char *name = g_strconcat(id, ".eml", NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GError) error = NULL;
    char *bytes;
    gsize n_bytes;

    if (!check_id(id, e))
        return NULL;
    spooled_auto s = load_info(folder, id, e);
    if (s == NULL)
        return NULL;
    if (!g_file_get_contents(path, &bytes, &n_bytes, &error)) {
        err_set(e, ERR_LATER, "%s", error->message);
        return NULL;
    }
    s->bytes = g_bytes_new_take(bytes, n_bytes);
    return g_steal_pointer(&s);
}

static int by_age(gconstpointer a, gconstpointer b)
{
    const struct spooled *x = *(struct spooled *const *)a, *y = *(struct spooled *const *)b;

    return x->received_at != y->received_at ? (x->received_at < y->received_at ? -1 : 1) : strcmp(x->id, y->id);
}

GPtrArray *spool_failed_list(const char *dir, struct err *e)
{
    g_autofree char *folder = g_build_filename(dir, "failed", NULL);
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)spooled_free);
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) names = g_dir_open(folder, 0, &error);
    const char *name;

    if (names == NULL) {
        err_set(e, ERR_RIGHTS, "%s", error->message);
        return NULL;
    }
    while ((name = g_dir_read_name(names)) != NULL) {
        if (!g_str_has_suffix(name, ".info"))
            continue;
        g_autofree char *id = g_strndup(name, strlen(name) - strlen(".info"));
        struct spooled *s = is_id(id) ? load_info(folder, id, NULL) : NULL;

        if (s != NULL)
            g_ptr_array_add(list, s);
    }
    g_ptr_array_sort(list, by_age);
    return g_steal_pointer(&list);
}

bool spool_failed_remove(const char *dir, const char *id, struct err *e)
{
    g_autofree char *folder = g_build_filename(dir, "failed", NULL);
    const char *const endings[] = {".info", ".eml"};

    if (!check_id(id, e))
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *name = g_strconcat(id, endings[i], NULL);
        g_autofree char *path = g_build_filename(folder, name, NULL);

        if (unlink(path) < 0 && errno != ENOENT)
            return file_fail(path, "remove", e);
    }
    return file_sync_folder(folder, e);
}

bool spool_failed_has(const char *dir, const char *id)
{
    g_autofree char *name = g_strconcat(id, ".info", NULL);
    g_autofree char *path = g_build_filename(dir, "failed", name, NULL);

    return is_id(id) && g_file_test(path, G_FILE_TEST_EXISTS);
}

/* Half a file, or the first half of a pair. */
static bool is_part(const char *dir, const char *name)
{
    if (file_is_part(name) || g_str_has_suffix(name, ".new")) /* as older versions named them */
        return true;
    if (!g_str_has_suffix(name, ".eml"))
        return false;
    g_autofree char *id = g_strndup(name, strlen(name) - strlen(".eml"));
    return is_id(id) && !spool_failed_has(dir, id);
}

bool spool_failed_remove_parts(const char *dir, gint64 before, gint64 *n_removed, struct err *e)
{
    g_autofree char *folder = g_build_filename(dir, "failed", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) names = g_dir_open(folder, 0, &error);
    const char *name;

    if (names == NULL)
        return err_set(e, ERR_RIGHTS, "%s", error->message);
    while ((name = g_dir_read_name(names)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        struct stat found;
        if (!is_part(dir, name) || lstat(path, &found) != 0 || found.st_mtime > before)
            continue;
        if (unlink(path) < 0 && errno != ENOENT)
            return file_fail(path, "remove", e);
        (*n_removed)++;
    }
    return true;
}
