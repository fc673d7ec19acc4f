/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening, transactions, locks, and what a full disk, a locked, damaged, foreign or newer database lead to.
 */
#include "fixture.h"

#include "base/limits.h"
#include "store/db_private.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/lock.h"
#include "store/migrate.h"
#include "store/scrub.h"
#include "store/statement.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef void test_fn(struct fixture *f);

static void run(gconstpointer data)
{
    struct fixture f;

    fixture_open(&f);
    ((test_fn *)data)(&f);
    fixture_close(&f);
}

static guint mode_of(const char *path)
{
    struct stat st;

    g_assert_cmpint(stat(path, &st), ==, 0);
    return st.st_mode & 0777;
}

static gint64 pragma(struct fixture *f, const char *sql)
{
    gint64 value = 0;

    OK(db_exec_int(f->db, sql, &value, &f->e));
    return value;
}

static void test_recipe(struct fixture *f)
{
    g_autofree char *wal = g_strconcat(f->path, "-wal", NULL);

    g_assert_cmpint(mode_of(f->path), ==, 0600);
    g_assert_cmpint(mode_of(wal), ==, 0600);
    g_assert_cmpint(pragma(f, "PRAGMA synchronous"), ==, 2);
    g_assert_cmpint(pragma(f, "PRAGMA foreign_keys"), ==, 1);
    g_assert_cmpint(pragma(f, "PRAGMA trusted_schema"), ==, 0);
    g_assert_cmpint(pragma(f, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), ==, 1);
    g_assert_cmpint(pragma(f, "PRAGMA application_id"), ==, DB_APPLICATION_ID);
    g_assert_cmpint(pragma(f, "PRAGMA user_version"), ==, schema_ours.version);
    FAILS(db_exec(f->db, "SELECT \"no such column\"", "test", &f->e), ERR_OURS);
    db_exec(f->db, "PRAGMA writable_schema = ON", "test", NULL);
    FAILS(db_exec(f->db, "DELETE FROM sqlite_schema", "test", &f->e), ERR_OURS);
}

static void test_twice(struct fixture *f)
{
    fixture_forum(f, "mobilitaet");
    db_auto again = db_open(f->path, DB_CREATE, &f->e);
    OK(again != NULL);
    forum_auto forum = forums_by_name(again, "mobilitaet", &f->e);
    OK(forum != NULL);
}

static void expect_refused(const char *path, enum db_mode mode, const char *sentence, struct fixture *f)
{
    db_auto db = db_open(path, mode, &f->e);

    g_assert_null(db);
    g_assert_cmpint(f->e.kind, ==, ERR_CONFIG);
    g_assert_nonnull(strstr(f->e.text, sentence));
    g_assert_nonnull(strstr(f->e.text, path));
    err_clear(&f->e);
}

static void test_refused(struct fixture *f)
{
    g_autofree char *absent = g_build_filename(f->folder, "absent.db", NULL);
    g_autofree char *text = g_build_filename(f->folder, "text.db", NULL);
    g_autofree char *other = g_build_filename(f->folder, "other.db", NULL);

    expect_refused(absent, DB_WRITE, "forumpost init", f);
    expect_refused(absent, DB_READ, "forumpost init", f);
    g_assert_false(g_file_test(absent, G_FILE_TEST_EXISTS));
    fixture_exec(other, "CREATE TABLE bookmarks (url TEXT); PRAGMA user_version = 1");
    expect_refused(other, DB_CREATE, "not one of forumpost", f);
    g_assert_true(g_file_set_contents(text, "these are not the pages of a database, not even nearly, but a text", -1, NULL));
    expect_refused(text, DB_WRITE, "not a database", f);
}

static void test_newer(struct fixture *f)
{
    g_autofree char *before = NULL, *after = NULL;
    gsize n_before = 0, n_after = 0;

    db_close(f->db);
    fixture_exec(f->path, "PRAGMA user_version = 9000; PRAGMA wal_checkpoint(TRUNCATE)");
    g_assert_true(g_file_get_contents(f->path, &before, &n_before, NULL));
    expect_refused(f->path, DB_WRITE, "schema 9000", f);
    expect_refused(f->path, DB_CREATE, "schema 9000", f);
    expect_refused(f->path, DB_READ, "schema 9000", f);
    g_assert_true(g_file_get_contents(f->path, &after, &n_after, NULL));
    g_assert_true(n_before == n_after && memcmp(before, after, n_after) == 0);
    f->db = NULL;
}

static void test_transaction(struct fixture *f)
{
    OK(db_begin(f->db, &f->e));
    g_assert_true(db_is_in_transaction(f->db));
    fixture_forum(f, "kept");
    OK(db_savepoint(f->db, &f->e));
    fixture_forum(f, "undone");
    db_savepoint_undo(f->db);
    OK(db_savepoint(f->db, &f->e));
    fixture_forum(f, "kept-too");
    OK(db_savepoint_keep(f->db, &f->e));
    OK(db_commit(f->db, &f->e));
    g_assert_false(db_is_in_transaction(f->db));
    OK(db_begin(f->db, &f->e));
    fixture_forum(f, "rolled-back");
    db_rollback(f->db);
    db_rollback(f->db); /* harmless */
    g_autoptr(GPtrArray) all = forums_all(f->db, &f->e);
    g_assert_cmpint(all->len, ==, 2);
    FAILS(db_commit(f->db, &f->e), ERR_LATER);
}

static void test_locked(struct fixture *f)
{
    db_auto other = db_open(f->path, DB_WRITE, &f->e);
    gint64 start = g_get_monotonic_time();

    OK(db_begin(other, &f->e));
    db_set_busy_ms(f->db, 30);
    FAILS(db_begin(f->db, &f->e), ERR_LATER);
    g_assert_cmpint(g_get_monotonic_time() - start, >=, 30 * 1000);
    struct forum forum = {.name = "x", .title = "x", .language = "de"};
    row_id id = 0;
    FAILS(forums_put(f->db, &forum, T0, &id, &f->e), ERR_LATER);
    OK(db_commit(other, &f->e));
    OK(db_begin(f->db, &f->e));
    OK(db_commit(f->db, &f->e));
}

/* Fills the disk (as a ceiling of pages) in the middle of a transaction; then there is room again. */
static void test_full(struct fixture *f)
{
    g_autofree char *long_text = g_strnfill(1000 * 1000, 'x');
    row_id author = fixture_person(f, "eva@example.net"), forum = fixture_forum(f, "mobilitaet"), id = 0;
    struct idea idea = {.forum_id = forum, .author_id = author, .title = long_text, .state = IDEA_PUBLISHED, .created_at = T0};

    OK(db_exec(f->db, "PRAGMA max_page_count = 100", "test", &f->e));
    OK(db_begin(f->db, &f->e));
    FAILS(ideas_add(f->db, &idea, &id, &f->e), ERR_LATER);
    db_rollback(f->db);
    OK(db_exec(f->db, "PRAGMA max_page_count = 1000000", "test", &f->e));
    OK(db_begin(f->db, &f->e));
    OK(ideas_add(f->db, &idea, &id, &f->e));
    OK(db_commit(f->db, &f->e));
    idea_auto kept = ideas_by_id(f->db, id, &f->e);
    g_assert_cmpint(strlen(kept->title), ==, 1000 * 1000);
}

/* The file system refuses to write: the commit fails, nothing of it is there, and the connection goes on later. */
static void test_write_error(struct fixture *f)
{
    g_autofree char *long_text = g_strnfill(1000 * 1000, 'x');
    row_id author = fixture_person(f, "eva@example.net"), forum = fixture_forum(f, "mobilitaet"), id = 0;
    struct idea idea = {.forum_id = forum, .author_id = author, .title = long_text, .state = IDEA_PUBLISHED, .created_at = T0};
    struct rlimit old, tight = {256 * 1024, RLIM_INFINITY};

    g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &old), ==, 0);
    tight.rlim_max = old.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    OK(db_begin(f->db, &f->e));
    OK(ideas_add(f->db, &idea, &id, &f->e));
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &tight), ==, 0);
    bool committed = db_commit(f->db, &f->e);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &old), ==, 0);
    FAILS(committed, ERR_LATER);
    g_assert_false(db_is_in_transaction(f->db));
    idea_auto none = ideas_by_id(f->db, id, &f->e);
    g_assert_null(none);
    OK(db_begin(f->db, &f->e));
    OK(ideas_add(f->db, &idea, &id, &f->e));
    OK(db_commit(f->db, &f->e));
}

static void test_damaged(struct fixture *f)
{
    g_autofree char *bytes = NULL;
    gsize n_bytes = 0;

    fixture_forum(f, "mobilitaet");
    db_close(f->db);
    g_assert_true(g_file_get_contents(f->path, &bytes, &n_bytes, NULL));
    memset(bytes + 4096, 'x', n_bytes - 4096); /* all but the head of the first page */
    g_assert_true(g_file_set_contents(f->path, bytes, (gssize)n_bytes, NULL));
    f->db = db_open(f->path, DB_WRITE, &f->e);
    if (f->db != NULL) {
        g_autoptr(GPtrArray) all = forums_all(f->db, &f->e);
        g_assert_null(all);
    }
    FAILS(false, ERR_CONFIG);
}

static void test_reader(struct fixture *f)
{
    db_auto reader = db_open(f->path, DB_READ, &f->e);
    struct forum forum = {.name = "x", .title = "x", .language = "de"};
    row_id id = 0;

    OK(reader != NULL);
    gint64 version = db_data_version(reader);
    OK(db_begin_read(reader, &f->e));
    forum_auto none = forums_by_name(reader, "mobilitaet", &f->e);
    fixture_forum(f, "mobilitaet"); /* a writer is not kept waiting */
    forum_auto still_none = forums_by_name(reader, "mobilitaet", &f->e);
    OK(db_commit(reader, &f->e));
    forum_auto now = forums_by_name(reader, "mobilitaet", &f->e);
    g_assert_null(none);
    g_assert_null(still_none);
    g_assert_nonnull(now);
    g_assert_cmpint(db_data_version(reader), !=, version);
    FAILS(forums_put(reader, &forum, T0, &id, &f->e), ERR_RIGHTS);
}

static void test_backup(struct fixture *f)
{
    g_autofree char *copy = g_build_filename(f->folder, "copy.db", NULL);
    g_autofree char *nowhere = g_build_filename(f->folder, "no", "copy.db", NULL);

    fixture_forum(f, "mobilitaet");
    OK(db_backup(f->db, copy, &f->e));
    OK(db_backup(f->db, copy, &f->e)); /* replaces the older one */
    g_assert_cmpint(mode_of(copy), ==, 0600);
    db_auto other = db_open(copy, DB_READ, &f->e);
    forum_auto forum = forums_by_name(other, "mobilitaet", &f->e);
    OK(forum != NULL);
    FAILS(db_backup(f->db, nowhere, &f->e), ERR_CONFIG);
    guint n_left;
    OK(db_checkpoint(f->db, false, &n_left, &f->e));
    g_assert_cmpuint(n_left, ==, 0);
}

static void test_lock(struct fixture *f)
{
    struct lock *first = lock_take(f->path, "serve", 0, &f->e);
    g_autofree char *me = g_strdup_printf("process %ld", (long)getpid());

    OK(first != NULL);
    g_assert_null(lock_take(f->path, "serve", 0, &f->e));
    g_assert_nonnull(strstr(f->e.text, me));
    FAILS(false, ERR_CONFIG);
    struct lock *other_duty = lock_take(f->path, "intake", 0, &f->e);
    OK(other_duty != NULL);
    lock_free(other_duty);
    lock_free(first);
    struct lock *again = lock_take(f->path, "serve", 0, &f->e);
    OK(again != NULL);
    lock_free(again);
    lock_free(NULL);
}

/* A folder that is a link, as operators make them: the same database, and the same lock. */
static void test_link(struct fixture *f)
{
    g_autofree char *link = g_build_filename(f->folder, "link", NULL);
    g_autofree char *path = g_build_filename(link, "forum.db", NULL);

    g_assert_cmpint(symlink(f->folder, link), ==, 0);
    db_auto db = db_open(path, DB_WRITE, &f->e);
    OK(db != NULL);
    struct lock *first = lock_take(f->path, "serve", 0, &f->e);
    OK(first != NULL);
    g_assert_null(lock_take(path, "serve", 0, &f->e));
    FAILS(false, ERR_CONFIG);
    lock_free(first);
    g_unlink(link);
}

static void test_lock_of_the_dead(struct fixture *f)
{
    int ready[2];
    char byte;

    g_assert_cmpint(pipe(ready), ==, 0);
    pid_t child = fork();
    if (child == 0) {
        struct lock *held = lock_take(f->path, "serve", 0, NULL);
        (void)!write(ready[1], held != NULL ? "y" : "n", 1);
        pause();
        _exit(0);
    }
    g_assert_cmpint(read(ready[0], &byte, 1), ==, 1);
    g_assert_cmpint(byte, ==, 'y');
    g_assert_null(lock_take(f->path, "serve", 0, &f->e));
    FAILS(false, ERR_CONFIG);
    kill(child, SIGKILL);
    g_assert_cmpint(waitpid(child, NULL, 0), ==, child);
    struct lock *mine = lock_take(f->path, "serve", 0, &f->e);
    OK(mine != NULL);
    lock_free(mine);
    close(ready[0]);
    close(ready[1]);
}

static void test_misuse(struct fixture *f)
{
    {
        stmt_auto struct stmt *s = stmt_use(f->db, SQL_FORUM_BY_ID, &f->e);
        FAILS(stmt_run(s, &f->e), ERR_OURS); /* :id is not bound */
        stmt_bind_int(s, "idd", 1);
        FAILS(stmt_run(s, &f->e), ERR_OURS); /* no such parameter */
    }
    stmt_auto struct stmt *s = stmt_use(f->db, SQL_FORUM_BY_ID, &f->e);
    stmt_bind_int(s, "id", fixture_forum(f, "mobilitaet"));
    g_assert_cmpint(stmt_step(s, &f->e), ==, STEP_ROW);
    g_assert_cmpint(stmt_int(s, "no_such_column"), ==, 0);
    FAILS(stmt_run(s, &f->e), ERR_OURS);
    FAILS(stmt_run(NULL, &f->e), ERR_OURS);
}

/* Parameters and columns are found by name, in whatever order and however often they are asked for. */
static void test_names(struct fixture *f)
{
    static const bool orders[] = {true, true, false, false, true};

    fixture_exec(f->path, "INSERT INTO digest_cut (delivery, slot_at, to_post, done_at) VALUES ('daily', 3600, 7, 9)");
    for (guint i = 0; i < G_N_ELEMENTS(orders); i++) {
        stmt_auto struct stmt *s = stmt_use(f->db, SQL_DIGEST_CUT, &f->e);
        if (orders[i])
            stmt_bind_text(s, "delivery", "weekly"); /* the later one counts */
        stmt_bind_int(s, "slot_at", 3600);
        stmt_bind_text(s, "delivery", "daily");
        g_assert_cmpint(stmt_step(s, &f->e), ==, STEP_ROW);
        for (guint k = 0; k < 3; k++) {
            if (orders[i])
                g_assert_cmpint(stmt_int(s, "to_post"), ==, 7);
            g_assert_cmpint(stmt_int(s, "done_at"), ==, 9);
            g_assert_cmpint(stmt_int(s, "to_post"), ==, 7);
        }
        OK(stmt_run(s, &f->e));
    }
}

/* What need not be on the disk at once is so only while it is asked for, and never inside a transaction. */
static void test_lazy(struct fixture *f)
{
    OK(db_set_lazy(f->db, true, &f->e));
    g_assert_cmpint(pragma(f, "PRAGMA synchronous"), ==, 1);
    OK(db_begin(f->db, &f->e));
    fixture_forum(f, "mobilitaet");
    OK(db_commit(f->db, &f->e) && db_set_lazy(f->db, true, &f->e) && db_set_lazy(f->db, false, &f->e));
    g_assert_cmpint(pragma(f, "PRAGMA synchronous"), ==, 2);
}

/* How many of the numbered words are in the file. */
static guint n_words_in_file(struct fixture *f, guint n, bool deleted_only)
{
    g_autofree char *bytes = NULL;
    gsize n_bytes;
    guint found = 0;

    g_assert_true(g_file_get_contents(f->path, &bytes, &n_bytes, NULL));
    for (guint i = 0; i < n; i++) {
        g_autofree char *word = g_strdup_printf("canary%05ux", i);
        found += (!deleted_only || i % 2 == 0) && memmem(bytes, n_bytes, word, strlen(word)) != NULL;
    }
    return found;
}

/* Rows that grow split their pages, and copies of their neighbours stay behind; of deleted ones, too. */
static void test_scrub(struct fixture *f)
{
    enum { N = 2000 };
    gint64 next = 1;
    bool emptied = false;

    OK(db_exec(f->db, "CREATE TABLE canary (id INTEGER PRIMARY KEY, a TEXT, b TEXT); BEGIN", "test", &f->e));
    for (guint i = 0; i < N; i++) {
        g_autofree char *sql =
            g_strdup_printf("INSERT INTO canary VALUES (%u, replace(hex(zeroblob(%u)), '00', 'canary%05ux'), '')", i,
                            10 + i * 7919 % 50, i);
        OK(db_exec(f->db, sql, "test", &f->e));
    }
    for (guint i = 0; i < N; i++) {
        g_autofree char *sql =
            g_strdup_printf("UPDATE canary SET b = hex(zeroblob(%u)) WHERE id = %u", 25 + i * 104729 % 175, i * 7919 % N);
        OK(db_exec(f->db, sql, "test", &f->e));
    }
    OK(db_exec(f->db, "COMMIT; UPDATE canary SET a = '', b = '' WHERE id % 2 = 0", "test", &f->e));
    OK(db_scrub(f->db, 1, 10, &next, &f->e));
    g_assert_cmpint(next, ==, 1); /* the WAL is not empty: nothing is touched */
    OK(db_empty_wal(f->db, 100, &emptied, &f->e));
    g_assert_true(emptied);
    g_assert_cmpuint(n_words_in_file(f, N, true), >, 0);
    while (next != 0)
        OK(db_scrub(f->db, next, 10, &next, &f->e));
    g_assert_cmpuint(n_words_in_file(f, N, true), ==, 0);
    g_assert_cmpuint(n_words_in_file(f, N, false), ==, N / 2); /* nothing else is */
    g_assert_cmpint(pragma(f, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), ==, 1);
    g_assert_cmpint(pragma(f, "SELECT count(*) FROM canary WHERE a LIKE 'canary%'"), ==, N / 2);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        test_fn *fn;
    } tests[] = {
        {"recipe", test_recipe},
        {"twice", test_twice},
        {"refused", test_refused},
        {"newer", test_newer},
        {"transaction", test_transaction},
        {"locked", test_locked},
        {"full", test_full},
        {"write-error", test_write_error},
        {"damaged", test_damaged},
        {"reader", test_reader},
        {"backup", test_backup},
        {"lock", test_lock},
        {"lock-of-the-dead", test_lock_of_the_dead},
        {"misuse", test_misuse},
        {"names", test_names},
        {"link", test_link},
        {"lazy", test_lazy},
        {"scrub", test_scrub},
    };
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *name = g_strconcat("/store/db/", tests[i].name, NULL);
        g_test_add_data_func(name, (gconstpointer)tests[i].fn, run);
    }
    return g_test_run();
}
