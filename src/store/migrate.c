/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The steps from an old database to the newest schema; see migrate.h.
 */
#include "store/migrate.h"

#include "store/db_private.h"

static bool is_empty(const struct engine_marks *s)
{
    return s->application == 0 && s->schema == 0 && s->n_tables == 0;
}

static bool is_fit(struct db *db, const struct schema *schema, const struct engine_marks *s, bool may_write, struct err *e)
{
    if (is_empty(s))
        return may_write || err_set(e, ERR_CONFIG, "%s: the database is empty; make it with `forumpost init`", db->path);
    if (s->application != DB_APPLICATION_ID)
        return err_set(e, ERR_CONFIG, "%s: this is a database, but not one of forumpost", db->path);
    if (s->schema > schema->version)
        return err_set(e, ERR_CONFIG,
                       "%s: the database has schema %d, this program knows only %d; use the newer program, or restore "
                       "the copy that was kept as %s.before-%d",
                       db->path, (int)s->schema, schema->version, db->path, (int)s->schema);
    if (s->schema < schema->version && !may_write)
        return err_set(e, ERR_CONFIG, "%s: the database has the older schema %d; run `forumpost init` to bring it up to %d",
                       db->path, (int)s->schema, schema->version);
    return true;
}

static bool has_orphans(struct db *db, struct err *e)
{
    gint64 n = 0;

    if (!engine_count_orphans(db->engine, &n, e))
        return true;
    if (n > 0)
        err_set(e, ERR_OURS, "%s: the migration would leave %d rows that point to nothing", db->path, (int)n);
    return n > 0;
}

static bool take_steps(struct db *db, const struct schema *schema, gint64 from, struct err *e)
{
    for (guint i = 0; i < schema->n_migrations; i++) {
        const struct migration *m = &schema->migrations[i];
        g_autofree char *what = g_strdup_printf("migration to schema %d", m->version);
        if (m->version > from && !db_exec(db, m->text, what, e))
            return false;
    }
    return !has_orphans(db, e);
}

/* Inside the write lock: another process may have done it while we waited for it. */
static bool change(struct db *db, const struct schema *schema, struct err *e)
{
    struct engine_marks now;

    if (!engine_marks(db->engine, &now, e) || !is_fit(db, schema, &now, true, e))
        return false;
    if (now.schema == schema->version)
        return true;
    bool ok = is_empty(&now) ? db_exec(db, schema->newest, "schema", e) : take_steps(db, schema, now.schema, e);
    return ok && engine_set_marks(db->engine, DB_APPLICATION_ID, schema->version, e);
}

static bool keep_copy(struct db *db, int version, struct err *e)
{
    g_autofree char *copy = g_strdup_printf("%s.before-%d", db->path, version);

    return db_backup(db, copy, e) || err_prefix(e, "cannot keep a copy before the migration");
}

bool migrate(struct db *db, const struct schema *schema, bool may_write, struct err *e)
{
    struct engine_marks found;

    if (!engine_marks(db->engine, &found, e) || !is_fit(db, schema, &found, may_write, e))
        return false;
    if (found.schema == schema->version)
        return true;
    if (!is_empty(&found) && !keep_copy(db, schema->version, e))
        return false;
    if (!engine_begin_rebuild(db->engine, e))
        return false;
    return engine_end_rebuild(db->engine, change(db, schema, e), e);
}
