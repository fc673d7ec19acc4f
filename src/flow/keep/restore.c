/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Putting a backup back; see backup.h. The database is made under another name, checked, and gets its own name last: an
 * attempt that fails leaves no database, and at most files in the spool, which a second attempt finds there.
 */
#include "flow/keep/backup_private.h"

#include "base/clock.h"
#include "base/file.h"
#include "flow/spool.h"
#include "store/events.h"
#include "store/lock.h"
#include "store/messages.h"
#include "store/notices.h"
#include "store/sequences.h"

#include <glib/gstdio.h>
#include <string.h>

#define RESTORE_GAP      1000000 /* rows that may have been made after the backup */
#define RESTORE_IDEA_GAP 1000    /* ideas; people see these numbers */
#define GROUP            "backup"

struct restore {
    const struct settings *settings;
    const char *from;
    char *database, *spool; /* in the backup */
    char *part;             /* the new database until it gets its name */
    char *sha256;           /* of the database, as the manifest says */
    struct restore_report *report;
};

static void restore_clear(struct restore *r)
{
    g_free(r->database);
    g_free(r->spool);
    g_free(r->part);
    g_free(r->sha256);
}

static bool read_manifest(struct restore *r, struct err *e)
{
    g_autofree char *path = g_build_filename(r->from, BACKUP_MANIFEST, NULL);
    g_autoptr(GKeyFile) file = g_key_file_new();
    GError *error = NULL;

    if (!g_file_test(r->from, G_FILE_TEST_IS_DIR))
        return err_set(e, ERR_ABSENT, "%s is not there", r->from);
    if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &error)) {
        g_clear_error(&error);
        return err_set(e, ERR_VALUE, "%s is not a backup: there is no readable file " BACKUP_MANIFEST " in it", r->from);
    }
    if (g_key_file_get_integer(file, GROUP, "format", NULL) != BACKUP_FORMAT)
        return err_set(e, ERR_CONFIG, "%s: this backup was made by a newer program; restore it with that one", path);
    g_autofree char *at = g_key_file_get_string(file, GROUP, "made_at", NULL);
    r->sha256 = g_key_file_get_string(file, GROUP, "database_sha256", NULL);
    return (r->sha256 != NULL && at != NULL && clock_parse(at, &r->report->made_at)) ||
           err_set(e, ERR_VALUE, "%s: made_at or database_sha256 is missing; the backup is damaged", path);
}

static bool is_vacant(const struct settings *s, struct err *e)
{
    static const char *const endings[] = {"", "-wal", "-journal"};

    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *path = g_strconcat(s->storage_database, endings[i], NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return err_set(e, ERR_RULE,
                           "%s is there, and restoring overwrites nothing; stop the gateway and move it away together with its "
                           "-wal and -shm files",
                           path);
    }
    return true;
}

static bool copy_spool(struct restore *r, struct err *e)
{
    const char *spool = r->settings->storage_spool;
    db_auto db = db_open(r->part, DB_READ, e);
    g_autoptr(GPtrArray) names = db != NULL ? messages_blobs(db, e) : NULL;
    guint n_gone;

    if (names == NULL || !backup_copy_blobs(names, r->spool, spool, &n_gone, e))
        return false;
    r->report->n_blobs = names->len;
    return backup_copy_failed(r->spool, spool, &r->report->n_failed, e); /* what is gone is found by the check */
}

/* Numbers go on behind what the lost time may have given out. */
static bool leave_gap(struct restore *r, struct db *db, const struct restore_wish *wish, struct err *e)
{
    gint64 last;

    if (!sequences_get(db, "idea", &last, e) || !sequences_raise(db, RESTORE_GAP, e))
        return false;
    r->report->next_idea = wish->next_idea != 0 ? wish->next_idea : last + 1 + RESTORE_IDEA_GAP;
    if (r->report->next_idea <= last)
        return err_set(e, ERR_VALUE,
                       "the backup has ideas up to number %" G_GINT64_FORMAT "; the next one must be higher than that", last);
    return sequences_set(db, "idea", r->report->next_idea - 1, e);
}

static bool go_on(struct restore *r, struct db *db, const struct restore_wish *wish, struct err *e)
{
    struct restore_report *report = r->report;
    gint64 now = clock_now(), n_claimed;

    if (!db_begin(db, e) || !leave_gap(r, db, wish, e) || !notices_release_claims(db, &n_claimed, e) ||
        (wish->drops_news && !notices_drop_news(db, &report->n_dropped, e)) || !notices_count(db, NOTICE_DUE, &report->n_owed, e))
        return false;
    g_autofree char *made = clock_format(report->made_at, r->settings->zone);
    g_autofree char *detail = g_strdup_printf("backup of %s, %" G_GINT64_FORMAT " mails dropped", made, report->n_dropped);
    struct event ev = {.at = now, .kind = "backup.restored", .detail = detail};
    return events_add(db, &ev, e) && db_commit(db, e);
}

/* Opening it for writing brings an older one up to this program; the copy that is kept of it then is the backup itself. */
static bool prepare(struct restore *r, const struct restore_wish *wish, const char *actor, struct err *e)
{
    g_autofree char *sum = NULL;

    if (!file_copy(r->database, r->part, &sum, e))
        return false;
    if (strcmp(sum, r->sha256) != 0)
        return err_set(e, ERR_CONFIG, "%s is not what was backed up: its digest differs from the one in " BACKUP_MANIFEST,
                       r->database);
    db_auto db = db_open(r->part, DB_WRITE, e);
    if (db == NULL || !copy_spool(r, e))
        return false;
    db_set_actor(db, actor);
    return (backup_check(db, r->settings->storage_spool, e) || err_prefix(e, "the backup is not sound")) && go_on(r, db, wish, e);
}

/* The part and what SQLite and a migration may have left beside it. */
static void remove_part(const struct restore *r)
{
    g_autofree char *folder = g_path_get_dirname(r->part), *name = g_path_get_basename(r->part);
    g_autoptr(GDir) names = g_dir_open(folder, 0, NULL);
    const char *other;

    while (names != NULL && (other = g_dir_read_name(names)) != NULL)
        if (g_str_has_prefix(other, name)) {
            g_autofree char *path = g_build_filename(folder, other, NULL);
            g_unlink(path);
        }
}

static bool put_back(struct restore *r, const struct restore_wish *wish, const char *actor, struct err *e)
{
    const char *database = r->settings->storage_database;
    bool ok = spool_init(r->settings->storage_spool, e) && prepare(r, wish, actor, e) && file_rename_new(r->part, database, e);

    remove_part(r);
    return ok;
}

/* Nobody may work on what is not there yet: a gateway that still runs has the moved file open. */
enum { N_LOCKS = 5 };
static bool lock_all(const struct settings *s, struct lock **locks, struct err *e)
{
    static const char *const duties[N_LOCKS] = {"serve", "intake", "dispatch", "clock", "web"};

    for (int i = 0; i < N_LOCKS; i++) {
        locks[i] = lock_take(s->storage_database, duties[i], 0, e);
        if (locks[i] == NULL)
            return err_prefix(e, "stop the gateway first");
    }
    return true;
}

bool restore_run(const struct settings *settings, const char *from, const struct restore_wish *wish, const char *actor,
                 struct restore_report *out, struct err *e)
{
    __attribute__((cleanup(restore_clear))) struct restore r = {.settings = settings, .from = from, .report = out};
    struct lock *locks[N_LOCKS] = {NULL};

    *out = (struct restore_report){0};
    r.database = g_build_filename(from, BACKUP_DATABASE, NULL);
    r.spool = g_build_filename(from, BACKUP_SPOOL, NULL);
    r.part = g_strconcat(settings->storage_database, ".restoring", NULL);
    bool ok = read_manifest(&r, e) && is_vacant(settings, e) && lock_all(settings, locks, e) && put_back(&r, wish, actor, e);
    for (int i = 0; i < N_LOCKS; i++)
        lock_free(locks[i]);
    return ok;
}
