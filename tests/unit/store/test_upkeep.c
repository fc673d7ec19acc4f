/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The write-ahead log has an end: with the thread that moves it beside the writer, and without.
 */
#include "fixture.h"

#include "base/limits.h"
#include "store/db_private.h"
#include "store/upkeep.h"

#include <glib/gstdio.h>
#include <sys/statvfs.h>

#define ROW_BYTES (512 * 1024)
#define ROW_PAGES (ROW_BYTES / 4096)

struct log {
    struct upkeep *upkeep; /* NULL none */
    guint most, n_restarts, last;
};

static void on_log(guint n_pages, void *user)
{
    struct log *l = user;

    l->most = MAX(l->most, n_pages);
    l->n_restarts += n_pages < l->last;
    l->last = n_pages;
    if (l->upkeep != NULL)
        upkeep_note(n_pages, l->upkeep);
}

/* Commits N rows of ROW_BYTES; nothing is synced, so that the writer is as fast as it can be. */
static void load(struct fixture *f, struct log *l, guint n)
{
    g_autofree char *sql = g_strdup_printf("INSERT INTO load (bytes) VALUES (zeroblob(%d))", ROW_BYTES);

    db_on_log(f->db, on_log, l);
    for (guint i = 0; i < n; i++)
        OK(db_exec(f->db, sql, "test", &f->e));
}

static void make_table(struct fixture *f)
{
    OK(db_exec(f->db, "PRAGMA synchronous = OFF; CREATE TABLE load (id INTEGER PRIMARY KEY, bytes BLOB)", "test", &f->e));
}

static void test_alone(struct fixture *f)
{
    struct log l = {0};

    make_table(f);
    load(f, &l, LIMIT_WAL_PAGES / ROW_PAGES + 20);
    g_assert_cmpuint(l.most, >=, LIMIT_WAL_PAGES);
    g_assert_cmpuint(l.most, <=, LIMIT_WAL_PAGES / 4 * 5);
    g_assert_cmpuint(l.n_restarts, ==, 1);
}

/* However fast the writer is: what the thread does not manage the commit does. */
static void test_beside(struct fixture *f)
{
    struct log l = {0};
    struct upkeep_counts counts = {0};

    make_table(f);
    l.upkeep = upkeep_new(f->path, &f->e);
    OK(l.upkeep != NULL);
    for (guint n = 0; counts.n_whole == 0 || l.n_restarts == 0; n++) {
        g_assert_cmpuint(n, <, 10000);
        load(f, &l, 1);
        counts = upkeep_counts(l.upkeep);
        if (n % 64 == 63)
            g_usleep(G_USEC_PER_SEC / 100);
    }
    g_assert_cmpuint(counts.n_steps, >, 0);
    g_assert_cmpuint(l.most, <=, LIMIT_WAL_PAGES / 4 * 5);
    upkeep_free(l.upkeep);
    l.upkeep = NULL;
    load(f, &l, 1);
    g_assert_cmpint(fixture_int(f->path, "SELECT count(*) = max(id) FROM load"), ==, 1);
    g_assert_null(upkeep_new("/nonexistent/db", &f->e));
    g_assert_cmpint(f->e.kind, ==, ERR_CONFIG);
    err_clear(&f->e);
}

static gint64 log_bytes(const char *path)
{
    g_autofree char *log = g_strconcat(path, "-wal", NULL);
    GStatBuf st = {0};

    return g_stat(log, &st) == 0 ? st.st_size : 0;
}

static void copy_file(const char *from, const char *to)
{
    g_autofree char *bytes = NULL;
    gsize n;

    g_assert_true(g_file_get_contents(from, &bytes, &n, NULL) && g_file_set_contents(to, bytes, (gssize)n, NULL));
}

/* The log's file is longer than what is in it, if the disk has room for that; what was committed is read the same, also by who finds
 * the files as a kill leaves them, and stays there when the log is begun anew. */
static void test_room(struct fixture *f)
{
    struct log l = {0};
    g_autofree char *copy = g_build_filename(f->folder, "copy", NULL), *copied_log = g_strconcat(copy, "-wal", NULL);
    g_autofree char *log = g_strconcat(f->path, "-wal", NULL);
    struct statvfs disk;

    make_table(f);
    l.upkeep = upkeep_new(f->path, &f->e);
    OK(l.upkeep != NULL);
    for (guint i = 0; i < 500 && upkeep_counts(l.upkeep).n_lengthened < 2; i++) {
        load(f, &l, 1);
        g_usleep(G_USEC_PER_SEC / 50);
    }
    g_assert_true(statvfs(f->folder, &disk) == 0);
    if ((guint64)disk.f_bavail * disk.f_frsize > LIMIT_WAL_ROOM_BYTES) {
        g_assert_cmpuint(upkeep_counts(l.upkeep).n_lengthened, >=, 2);
        g_assert_cmpint(log_bytes(f->path), >, (gint64)l.last * 4120 + 4120 * (UPKEEP_ROOM_PAGES / 4));
    }
    gint64 n = fixture_int(f->path, "SELECT count(*) FROM load");
    copy_file(f->path, copy);
    copy_file(log, copied_log);
    g_assert_cmpint(fixture_int(copy, "SELECT count(*) FROM load"), ==, n);
    upkeep_free(l.upkeep);
    l.upkeep = NULL;
    load(f, &l, 1);
    g_assert_cmpint(fixture_int(f->path, "SELECT count(*) FROM load"), ==, n + 1);
}

static void add_posts(struct fixture *f, guint first, guint n)
{
    static row_id idea, person;

    if (first == 0) {
        row_id forum = fixture_forum(f, "mobilitaet");
        person = fixture_person(f, "eva@example.net");
        idea = fixture_idea(f, forum, person, RING_PUBLIC);
    }
    for (guint i = 0; i < n; i++) {
        g_autofree char *text = g_strdup_printf("fahrrad wort%u", first + i);
        fixture_post(f, idea, person, text);
    }
}

static gint64 count(struct fixture *f, const char *sql)
{
    gint64 n = 0;

    OK(db_exec_int(f->db, sql, &n, &f->e));
    return n;
}

/* Until SQL counts at least LEAST and at most MOST, or half a minute is over. */
static void await(struct fixture *f, const char *sql, gint64 least, gint64 most)
{
    gint64 n = -1;

    for (guint i = 0; i < 3000 && (n < least || n > most); i++) {
        g_usleep(i > 0 ? G_USEC_PER_SEC / 100 : 0);
        n = count(f, sql);
    }
    g_assert_cmpint(n, >=, least);
    g_assert_cmpint(n, <=, most);
}

#define FOUND "SELECT count(*) FROM post_fts WHERE post_fts MATCH 'fahrrad'"
#define PARTS "SELECT count(DISTINCT segid) FROM post_fts_idx"

/* Commits write no words; soon they are found, what an earlier process left too. A hundred commits leave few parts of the index, and
 * who does not know of the thread leaves a part each, until they are merged. */
static void test_words(struct fixture *f)
{
    struct log l = {0};

    db_index_beside(f->db, true);
    add_posts(f, 0, 100);
    g_assert_cmpint(count(f, FOUND), ==, 0);
    g_assert_cmpint(count(f, PARTS), ==, 0);
    l.upkeep = upkeep_new(f->path, &f->e);
    OK(l.upkeep != NULL);
    await(f, FOUND, 100, 100);
    db_on_log(f->db, on_log, &l);
    add_posts(f, 100, 100);
    await(f, FOUND, 200, 200);
    g_assert_cmpuint(upkeep_counts(l.upkeep).n_indexed, >=, 2);
    db_index_beside(f->db, false);
    add_posts(f, 200, 100);
    await(f, PARTS, 1, 20); /* without the thread it is 100 */
    g_assert_cmpuint(upkeep_counts(l.upkeep).n_merges, >, 0);
    g_assert_cmpint(count(f, FOUND), ==, 300);
    db_index_beside(f->db, true);
    add_posts(f, 300, 1);
    upkeep_free(l.upkeep); /* does the rest first */
    db_on_log(f->db, NULL, NULL);
    g_assert_cmpint(count(f, FOUND), ==, 301);
    OK(db_exec(f->db, "INSERT INTO post_fts (post_fts, rank) VALUES ('integrity-check', 1)", "test", &f->e));
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
    g_test_add_data_func("/store/upkeep/alone", (gconstpointer)test_alone, run);
    g_test_add_data_func("/store/upkeep/beside", (gconstpointer)test_beside, run);
    g_test_add_data_func("/store/upkeep/room", (gconstpointer)test_room, run);
    g_test_add_data_func("/store/upkeep/words", (gconstpointer)test_words, run);
    return g_test_run();
}
