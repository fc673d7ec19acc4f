/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The machinery of migrations on schemas of its own, and the real one: every dump tests/sql/vN.sql of an older schema
 * is upgraded and must end with the tables of a fresh database and sound rows.
 */
#include "fixture.h"

#include "store/check.h"
#include "store/db_private.h"
#include "store/migrate.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#define V1                                                           \
    "CREATE TABLE forum (id INTEGER PRIMARY KEY, name TEXT) STRICT;" \
    "CREATE TABLE idea (id INTEGER PRIMARY KEY, forum_id INTEGER NOT NULL REFERENCES forum) STRICT;"
static const struct migration steps[] = {
    {2, "ALTER TABLE forum ADD COLUMN title TEXT"},
    {3, "CREATE TABLE forum_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL, title TEXT) STRICT;"
        "INSERT INTO forum_new SELECT id, name, title FROM forum;"
        "DROP TABLE forum; ALTER TABLE forum_new RENAME TO forum;"},
};
static const struct migration broken[] = {
    {2, "ALTER TABLE forum ADD COLUMN title TEXT"},
    {3, "ALTER TABLE nothing ADD COLUMN at_all TEXT"},
};
static const struct migration orphaning[] = {
    {2, "DELETE FROM forum"},
};
static const struct schema v1 = {V1, 1, NULL, 0};
static const struct schema v3 = {"CREATE TABLE forum (id INTEGER PRIMARY KEY, name TEXT NOT NULL, title TEXT) STRICT;"
                                 "CREATE TABLE idea (id INTEGER PRIMARY KEY, forum_id INTEGER NOT NULL REFERENCES forum) STRICT;",
                                 3, steps, 2};
static const struct schema v3_broken = {"", 3, broken, 2};
static const struct schema v2_orphaning = {"", 2, orphaning, 1};

/* A bare connection: db_open() would bring it to the real schema. */
static void open_bare(struct fixture *f, struct db *db)
{
    *db = (struct db){0};
    db->path = g_build_filename(f->folder, "bare.db", NULL);
    db->engine = engine_open(db->path, DB_CREATE, &f->e);
    OK(db->engine != NULL);
}

static void close_bare(struct db *db)
{
    engine_close(db->engine);
    g_free(db->path);
}

static void make_v1(struct fixture *f, struct db *db)
{
    open_bare(f, db);
    OK(migrate(db, &v1, true, &f->e));
    OK(db_exec(db, "INSERT INTO forum VALUES (1, 'mobilitaet'); INSERT INTO idea VALUES (7, 1)", "test", &f->e));
}

static gint64 value(struct fixture *f, struct db *db, const char *sql)
{
    gint64 n = 0;

    OK(db_exec_int(db, sql, &n, &f->e));
    return n;
}

static void test_steps(struct fixture *f)
{
    struct db db;
    make_v1(f, &db);

    OK(migrate(&db, &v3, true, &f->e));
    g_assert_cmpint(value(f, &db, "PRAGMA user_version"), ==, 3);
    g_assert_cmpint(value(f, &db, "SELECT count(*) FROM forum JOIN idea ON idea.forum_id = forum.id WHERE title IS NULL"), ==, 1);
    g_assert_cmpint(value(f, &db, "PRAGMA foreign_keys"), ==, 1);
    g_autofree char *copy = g_strconcat(db.path, ".before-3", NULL);
    g_assert_cmpint(fixture_int(copy, "PRAGMA user_version"), ==, 1);
    g_assert_cmpint(fixture_int(copy, "SELECT count(*) FROM idea"), ==, 1);
    g_unlink(copy);
    OK(migrate(&db, &v3, true, &f->e)); /* nothing to do, no new copy */
    g_assert_false(g_file_test(copy, G_FILE_TEST_EXISTS));
    close_bare(&db);
}

static void test_failing_step(struct fixture *f)
{
    struct db db;
    make_v1(f, &db);

    FAILS(migrate(&db, &v3_broken, true, &f->e), ERR_OURS);
    g_assert_false(db_is_in_transaction(&db));
    g_assert_cmpint(value(f, &db, "PRAGMA user_version"), ==, 1);
    g_assert_cmpint(value(f, &db, "SELECT count(*) FROM pragma_table_info('forum')"), ==, 2);
    g_assert_cmpint(value(f, &db, "PRAGMA foreign_keys"), ==, 1);
    FAILS(migrate(&db, &v2_orphaning, true, &f->e), ERR_OURS);
    g_assert_cmpint(value(f, &db, "SELECT count(*) FROM forum"), ==, 1);
    OK(migrate(&db, &v3, true, &f->e)); /* the mended program */
    close_bare(&db);
}

static void test_refused(struct fixture *f)
{
    struct db db;
    make_v1(f, &db);

    FAILS(migrate(&db, &v3, false, &f->e), ERR_CONFIG); /* may not write */
    g_assert_cmpint(value(f, &db, "PRAGMA user_version"), ==, 1);
    OK(migrate(&db, &v3, true, &f->e));
    FAILS(migrate(&db, &v1, true, &f->e), ERR_CONFIG); /* newer than the program */
    close_bare(&db);
}

/* No room for the copy: the database stays as it was. */
static void test_no_copy(struct fixture *f)
{
    struct db db;
    make_v1(f, &db);
    g_autofree char *in_the_way = g_strconcat(db.path, ".before-3", NULL);

    g_assert_cmpint(g_mkdir(in_the_way, 0700), ==, 0);
    FAILS(migrate(&db, &v3, true, &f->e), ERR_LATER);
    g_assert_cmpint(value(f, &db, "PRAGMA user_version"), ==, 1);
    close_bare(&db);
}

/* What the tables, indexes, views and references of a database are, as one text. */
static char *describe(const char *path)
{
    static const char *const questions[] = {
        "SELECT m.name || ' ' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || ifnull(c.dflt_value, '') || ' ' || "
        "c.pk"
        " FROM sqlite_schema m, pragma_table_xinfo(m.name) c WHERE m.type IN ('table', 'view') ORDER BY 1",
        "SELECT m.name || ' ' || l.name || ' ' || l.\"unique\" || ' ' || l.partial || ' ' || ifnull(c.name, '') || ' ' || c.desc"
        " FROM sqlite_schema m, pragma_index_list(m.name) l, pragma_index_xinfo(l.name) c WHERE m.type = 'table' ORDER BY 1",
        "SELECT m.name || ' ' || r.\"table\" || ' ' || r.\"from\" || ' ' || ifnull(r.\"to\", '') || ' ' || r.on_delete"
        " FROM sqlite_schema m, pragma_foreign_key_list(m.name) r WHERE m.type = 'table' ORDER BY 1",
        "SELECT type || ' ' || name FROM sqlite_schema ORDER BY 1",
    };
    sqlite3 *handle = NULL;
    GString *text = g_string_new("");

    g_assert_cmpint(sqlite3_open(path, &handle), ==, SQLITE_OK);
    for (guint i = 0; i < G_N_ELEMENTS(questions); i++) {
        sqlite3_stmt *s = NULL;
        g_assert_cmpint(sqlite3_prepare_v2(handle, questions[i], -1, &s, NULL), ==, SQLITE_OK);
        while (sqlite3_step(s) == SQLITE_ROW)
            g_string_append_printf(text, "%s\n", (const char *)sqlite3_column_text(s, 0));
        sqlite3_finalize(s);
    }
    sqlite3_close(handle);
    return g_string_free(text, FALSE);
}

static char *load_dump(struct fixture *f, const char *text, int version)
{
    g_autofree char *stamp = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d", DB_APPLICATION_ID, version);
    char *path = g_strdup_printf("%s/v%d.db", f->folder, version);

    fixture_exec(path, text);
    fixture_exec(path, stamp);
    return path;
}

static void test_dumps(struct fixture *f)
{
    g_autofree char *fresh = describe(f->path);
    const char *source = g_getenv("top_srcdir");

    for (int version = 1; version < schema_ours.version; version++) {
        g_autofree char *file = g_strdup_printf("%s/tests/sql/v%d.sql", source != NULL ? source : ".", version);
        g_autofree char *text = NULL;
        g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
        g_assert_true(g_file_get_contents(file, &text, NULL, NULL)); /* every released schema has its dump */
        g_autofree char *path = load_dump(f, text, version);
        db_auto db = db_open(path, DB_WRITE, &f->e);
        OK(db != NULL);
        g_autofree char *upgraded = describe(path);
        g_assert_cmpstr(upgraded, ==, fresh);
        OK(db_check(db, NULL, findings, &f->e));
        g_assert_cmpint(findings->len, ==, 0);
    }
}

/* The comparison above sees what a migration may forget. */
static void test_comparison(struct fixture *f)
{
    g_autofree char *fresh = describe(f->path);
    g_autofree char *same_path = load_dump(f, schema_ours.newest, schema_ours.version);
    g_autofree char *same = describe(same_path);
    static const char *const changes[] = {
        "DROP INDEX post_by_forum",
        "ALTER TABLE hold ADD COLUMN forgotten TEXT",
        "DROP VIEW post_public",
    };

    g_assert_cmpstr(same, ==, fresh);
    for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_autofree char *before = describe(same_path);
        fixture_exec(same_path, changes[i]);
        g_autofree char *after = describe(same_path);
        g_assert_cmpstr(before, !=, after);
    }
}

typedef void test_fn(struct fixture *f);

static void run(gconstpointer data)
{
    struct fixture f;

    fixture_open(&f);
    ((test_fn *)data)(&f);
    fixture_close(&f);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_data_func("/store/migrate/steps", (gconstpointer)test_steps, run);
    g_test_add_data_func("/store/migrate/failing-step", (gconstpointer)test_failing_step, run);
    g_test_add_data_func("/store/migrate/refused", (gconstpointer)test_refused, run);
    g_test_add_data_func("/store/migrate/no-copy", (gconstpointer)test_no_copy, run);
    g_test_add_data_func("/store/migrate/dumps", (gconstpointer)test_dumps, run);
    g_test_add_data_func("/store/migrate/comparison", (gconstpointer)test_comparison, run);
    return g_test_run();
}
