/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Making a backup; see backup.h. Mails that were set aside are copied first and once more at the end, the database
 * between: a mail that moves from one to the other meanwhile is in at least one. The database is copied by VACUUM INTO,
 * which sees one moment while others write, and leaves out the free pages, where deleted words may still stand.
 */
#include "config.h"

#include "flow/keep/backup_private.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "store/check.h"
#include "store/events.h"
#include "store/messages.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define SNAPSHOTS_MOST 5

static const char note[] =
    "# A backup of a forumpost gateway, made by `forumpost backup`. It holds mail addresses and texts that are not public:\n"
    "# keep it as you keep the database. `forumpost restore FOLDER` puts it back; the manual page and doc/backup.md tell more.\n";

/* ---- Files */
bool backup_copy_failed(const char *from, const char *to, gint64 *n_out, struct err *e)
{
    static const char *const endings[] = {".eml", ".info"};
    g_autofree char *source = g_build_filename(from, "failed", NULL), *target = g_build_filename(to, "failed", NULL);
    g_autoptr(GDir) names = g_dir_open(source, 0, NULL);
    const char *name;

    while (names != NULL && (name = g_dir_read_name(names)) != NULL) {
        if (!g_str_has_suffix(name, endings[1]))
            continue;
        g_autofree char *id = g_strndup(name, strlen(name) - strlen(endings[1]));
        g_autofree char *there = g_build_filename(target, name, NULL);
        bool is_new = !g_file_test(there, G_FILE_TEST_EXISTS), ok = true;
        for (gsize i = 0; is_new && ok && i < G_N_ELEMENTS(endings); i++) {
            err_auto struct err failed = {0};
            g_autofree char *file = g_strconcat(id, endings[i], NULL);
            g_autofree char *a = g_build_filename(source, file, NULL), *b = g_build_filename(target, file, NULL);
            ok = g_file_test(b, G_FILE_TEST_EXISTS) || file_copy(a, b, NULL, &failed);
            if (!ok && failed.kind != ERR_ABSENT) /* absent: put through again in this moment, and so in the database */
                return err_set(e, failed.kind, "%s", failed.text);
        }
        *n_out += is_new && ok;
    }
    return file_sync_folder(target, e);
}

static bool copy_blob(const char *name, const char *from, const char *to, bool *gone_out, struct err *e)
{
    g_autofree char *source = g_build_filename(from, "blob", name, NULL), *target = g_build_filename(to, "blob", name, NULL);
    g_autofree char *sum = NULL;
    err_auto struct err failed = {0};

    *gone_out = false;
    if (g_file_test(target, G_FILE_TEST_EXISTS))
        return true;
    if (!file_copy(source, target, &sum, &failed)) {
        *gone_out = failed.kind == ERR_ABSENT;
        return *gone_out || err_set(e, failed.kind, "%s", failed.text);
    }
    if (strcmp(sum, name) == 0)
        return true;
    g_unlink(target);
    return err_set(e, ERR_CONFIG, "%s: the bytes do not fit the name any more; the file is damaged", source);
}

bool backup_copy_blobs(const GPtrArray *names, const char *from, const char *to, guint *gone_out, struct err *e)
{
    g_autofree char *folder = g_build_filename(to, "blob", NULL);

    *gone_out = 0;
    for (guint i = 0; i < names->len; i++) {
        bool is_gone;
        if (!copy_blob(names->pdata[i], from, to, &is_gone, e))
            return false;
        *gone_out += is_gone;
    }
    return file_sync_folder(folder, e);
}

bool backup_check(struct db *db, const char *spool, struct err *e)
{
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);

    if (!db_check(db, spool, findings, e))
        return false;
    return findings->len == 0 || err_set(e, ERR_CONFIG, "%s (%u faults in all)", (const char *)findings->pdata[0], findings->len);
}

/* ---- A backup while it is made */
struct backup {
    struct gateway *g;
    char *part;             /* the folder until it gets its name */
    char *database, *spool; /* in it */
    struct backup_report *report;
};

static void backup_clear(struct backup *b)
{
    g_free(b->part);
    g_free(b->database);
    g_free(b->spool);
}

static bool make_folders(const struct backup *b, struct err *e)
{
    static const char *const folders[] = {"", "blob", "failed"};

    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *folder = g_build_filename(b->spool, folders[i], NULL);
        if (g_mkdir(folder, 0700) != 0)
            return file_fail(folder, "create", e);
    }
    return true;
}

/* What one copy of the database names. *GONE_OUT: blobs that were deleted between the copy and now. */
static bool copy_what_it_names(struct backup *b, guint *gone_out, struct err *e)
{
    db_auto copy = db_open(b->database, DB_READ, e);
    g_autoptr(GPtrArray) names = copy != NULL ? messages_blobs(copy, e) : NULL;

    if (names == NULL || !backup_copy_blobs(names, b->g->settings->storage_spool, b->spool, gone_out, e))
        return false;
    b->report->n_blobs = names->len;
    return true;
}

/* Blobs of an earlier copy that the last one names no more were deleted for a reason. */
static bool drop_others(const struct backup *b, struct err *e)
{
    g_autofree char *folder = g_build_filename(b->spool, "blob", NULL);
    db_auto copy = db_open(b->database, DB_READ, e);
    g_autoptr(GPtrArray) names = copy != NULL ? messages_blobs(copy, e) : NULL;
    g_autoptr(GHashTable) wanted = g_hash_table_new(hash_text, g_str_equal);
    g_autoptr(GDir) there = g_dir_open(folder, 0, NULL);
    const char *name;

    for (guint i = 0; names != NULL && i < names->len; i++)
        g_hash_table_add(wanted, names->pdata[i]);
    while (names != NULL && there != NULL && (name = g_dir_read_name(there)) != NULL)
        if (!g_hash_table_contains(wanted, name)) {
            g_autofree char *path = g_build_filename(folder, name, NULL);
            g_unlink(path);
        }
    return names != NULL;
}

/* A blob that is deleted while we copy has gone from the database, too: a new copy of that knows. */
static bool copy_database(struct backup *b, struct err *e)
{
    guint n_gone = 1;

    for (int i = 0; n_gone > 0 && i < SNAPSHOTS_MOST; i++)
        if (!db_backup(b->g->db, b->database, e) || !copy_what_it_names(b, &n_gone, e))
            return false;
    if (n_gone > 0)
        return err_set(e, ERR_CONFIG, "%u large mails that the database names are not in %s/blob; `forumpost check` names them",
                       n_gone, b->g->settings->storage_spool);
    return drop_others(b, e);
}

static bool count_bytes(const char *path, gint64 *n_out, struct err *e)
{
    g_autoptr(GDir) names = g_dir_open(path, 0, NULL);
    struct stat st;
    const char *name;

    if (g_stat(path, &st) != 0)
        return file_fail(path, "read", e);
    if (names == NULL) {
        *n_out += st.st_size;
        return true;
    }
    while ((name = g_dir_read_name(names)) != NULL) {
        g_autofree char *below = g_build_filename(path, name, NULL);
        if (!count_bytes(below, n_out, e))
            return false;
    }
    return true;
}

static bool write_manifest(const struct backup *b, struct err *e)
{
    g_autofree char *path = g_build_filename(b->part, BACKUP_MANIFEST, NULL);
    g_autofree char *at = clock_format(b->report->made_at, b->g->settings->zone);
    g_autofree char *conf = g_build_filename(b->part, "forumpost.conf", NULL);
    g_autofree char *sum = file_sha256(b->database, e);

    if (sum == NULL)
        return false;
    g_autofree char *text =
        g_strdup_printf("%s\n[backup]\nformat = %d\nprogram = " PACKAGE_VERSION "\nmade_at = %s\ndomain = %s\n"
                        "blobs = %" G_GINT64_FORMAT "\nset_aside = %" G_GINT64_FORMAT "\ndatabase_sha256 = %s\n",
                        note, BACKUP_FORMAT, at, b->g->domain, b->report->n_blobs, b->report->n_failed, sum);
    return file_copy(b->g->settings->path, conf, NULL, e) && file_put(path, text, e);
}

static bool verify(const struct backup *b, struct err *e)
{
    db_auto copy = db_open(b->database, DB_READ, e);

    return copy != NULL && (backup_check(copy, b->spool, e) || err_prefix(e, "the copy is not sound"));
}

static bool fill(struct backup *b, struct err *e)
{
    const char *spool = b->g->settings->storage_spool;

    return make_folders(b, e) && backup_copy_failed(spool, b->spool, &b->report->n_failed, e) && copy_database(b, e) &&
           backup_copy_failed(spool, b->spool, &b->report->n_failed, e) && verify(b, e) && write_manifest(b, e) &&
           count_bytes(b->part, &b->report->n_bytes, e) && file_sync_folder(b->spool, e) && file_sync_folder(b->part, e);
}

/* Before the copy, so that the backup itself tells of it. */
static bool note_in_journal(struct gateway *g, gint64 now, struct err *e)
{
    struct event ev = {.at = now, .kind = "backup.started"};

    return db_begin(g->db, e) && events_add(g->db, &ev, e) && db_commit(g->db, e);
}

static bool may_make(const char *to, struct err *e)
{
    g_autofree char *above = g_path_get_dirname(to);

    if (g_file_test(to, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
        return err_set(e, ERR_RULE,
                       "%s is there already, and a backup overwrites nothing; name a new folder such as %s/2026-03-02", to, to);
    return g_file_test(above, G_FILE_TEST_IS_DIR) || err_set(e, ERR_ABSENT, "the folder %s is not there; make it first", above);
}

bool backup_make(struct gateway *g, const char *to, struct backup_report *out, struct err *e)
{
    __attribute__((cleanup(backup_clear))) struct backup b = {.g = g, .report = out};

    *out = (struct backup_report){.made_at = clock_now()};
    if (!may_make(to, e))
        return false;
    b.part = g_strconcat(to, ".part-XXXXXX", NULL);
    if (g_mkdtemp(b.part) == NULL)
        return file_fail(b.part, "create", e);
    b.database = g_build_filename(b.part, BACKUP_DATABASE, NULL);
    b.spool = g_build_filename(b.part, BACKUP_SPOOL, NULL);
    if (note_in_journal(g, out->made_at, e) && fill(&b, e) && file_rename_new(b.part, to, e))
        return true;
    file_remove_tree(b.part);
    return false;
}
