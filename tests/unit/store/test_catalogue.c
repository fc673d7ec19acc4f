/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every statement of store/sql/ is prepared on the newest schema, and none reads a whole table or index unless its
 * line `-- scan meant: WHY` says so. A mark that is not needed fails as well, so that marks stay true.
 */
#include "fixture.h"

#include "store/catalogue.h"
#include "store/rows.h"

#include <sqlite3.h>
#include <string.h>

/* The name after the first of WORDS that DETAIL begins with; NULL if it begins with none. */
static char *named(const char *detail, const char *const *words)
{
    for (; *words != NULL; words++)
        if (g_str_has_prefix(detail, *words))
            return g_strndup(detail + strlen(*words), strcspn(detail + strlen(*words), " "));
    return NULL;
}

/* The first scan of a table or index in the plan, NULL if there is none. Reading the result of a subquery is none:
 * the plan has the subquery's own lines. */
static char *find_scan(sqlite3 *db, const struct sql_text *t)
{
    static const char *const scans[] = {"SCAN ", NULL}, *const makes[] = {"CO-ROUTINE ", "MATERIALIZE ", NULL};
    g_autofree char *sql = g_strconcat("EXPLAIN QUERY PLAN ", t->text, NULL);
    g_autoptr(GHashTable) made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    sqlite3_stmt *s = NULL;
    char *found = NULL;

    g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &s, NULL), ==, SQLITE_OK);
    while (sqlite3_step(s) == SQLITE_ROW) {
        const char *detail = (const char *)sqlite3_column_text(s, 3);
        g_autofree char *scanned = named(detail, scans);
        char *makes_name = named(detail, makes);
        if (g_test_verbose())
            g_test_message("%s: %s", t->name, detail);
        if (makes_name != NULL)
            g_hash_table_add(made, makes_name);
        if (found == NULL && scanned != NULL && strcmp(scanned, "CONSTANT") != 0 && !g_hash_table_contains(made, scanned))
            found = g_strdup(detail);
    }
    sqlite3_finalize(s);
    return found;
}

struct statement {
    sqlite3 *db;
    const struct sql_text *text;
};

static void test_statement(gconstpointer data)
{
    const struct statement *st = data;
    const struct sql_text *t = st->text;
    sqlite3_stmt *s = NULL;
    const char *rest = NULL;

    int rc = sqlite3_prepare_v2(st->db, t->text, -1, &s, &rest);
    if (rc != SQLITE_OK) {
        g_test_fail_printf("%s", sqlite3_errmsg(st->db));
        return;
    }
    if (strspn(rest, " \n") != strlen(rest))
        g_test_fail_printf("more than one statement");
    for (int i = 1; i <= sqlite3_bind_parameter_count(s); i++)
        g_assert_cmpint(sqlite3_bind_parameter_name(s, i)[0], ==, ':');
    sqlite3_finalize(s);
    g_autofree char *scan = find_scan(st->db, t);
    if (scan != NULL && t->scan == NULL)
        g_test_fail_printf("%s, and no line says that it is meant", scan);
    if (scan == NULL && t->scan != NULL)
        g_test_fail_printf("is marked as a scan, but is none");
}

/* What waits for somebody and what was said to them is found by their address or person, also for who has a million of others. */
static void test_of_person(gconstpointer data)
{
    static const enum sql found[] = {SQL_HOLD_OF_ADDRESS,        SQL_REMARK_OF_PERSON,  SQL_REMARK_FORGET_PERSON,
                                     SQL_LETTER_OF_ADDRESS,      SQL_LETTER_OF_WRITER,  SQL_LETTER_COUNT_OF_IDEA,
                                     SQL_LETTER_COUNT_OF_WRITER, SQL_SUPPORT_OF_PERSON, SQL_SUPPORT_IS_FOR};

    for (guint i = 0; i < G_N_ELEMENTS(found); i++) {
        g_autofree char *scan = find_scan(((const struct statement *)data)->db, &sql_texts[found[i]]);
        if (scan != NULL)
            g_test_fail_printf("%s: %s, whatever line says that it may", sql_texts[found[i]].name, scan);
    }
}

/* How often a statement is compiled anew while it runs twice, with all its values alike. Compared with what an index of some rows is
 * about, a value that is not known yet makes SQLite do so at each binding. What it changes is undone. */
static int count_compiled(sqlite3 *db, const char *text)
{
    sqlite3_stmt *s = NULL;

    g_assert_cmpint(sqlite3_exec(db, "BEGIN", NULL, NULL, NULL), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_prepare_v2(db, text, -1, &s, NULL), ==, SQLITE_OK);
    for (int run = 0; run < 2; run++) {
        for (int i = 1; i <= sqlite3_bind_parameter_count(s); i++)
            sqlite3_bind_text(s, i, "1", -1, SQLITE_STATIC);
        sqlite3_step(s); /* a row may well be refused */
        sqlite3_reset(s);
    }
    int n = sqlite3_stmt_status(s, SQLITE_STMTSTATUS_REPREPARE, 0);
    sqlite3_finalize(s);
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL); /* some failures end it themselves */
    return n;
}

static void test_compiled_once(gconstpointer data)
{
    /* Asked once in a while, and the index is worth more. */
    static const char *const meant[] = {"hold_clamp_ask", "hold_to_ask", "issue_missed_again", "notice_count", "notice_in_state",
                                        "search_titles",  NULL};
    sqlite3 *db = ((const struct statement *)data)->db;

    for (int i = 0; i < N_SQL; i++)
        if (!g_str_has_prefix(sql_texts[i].text, "PRAGMA") && !g_strv_contains(meant, sql_texts[i].name) &&
            count_compiled(db, sql_texts[i].text) > 0) {
            g_test_message("%s is compiled anew at each use", sql_texts[i].name);
            g_test_fail();
        }
    g_assert_cmpint(count_compiled(db, "SELECT 1 FROM member WHERE delivery = :delivery AND forum_id = 1"), >, 0);
}

/* Which indexes a statement reads or finds its conflicts by, into NAMES. */
static void add_indexes(sqlite3 *db, const char *text, GHashTable *names)
{
    static const char *const words[] = {"INDEX ", NULL};
    g_autofree char *sql = g_strconcat("EXPLAIN QUERY PLAN ", text, NULL);
    sqlite3_stmt *s = NULL;

    g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &s, NULL), ==, SQLITE_OK);
    while (sqlite3_step(s) == SQLITE_ROW) {
        const char *detail = (const char *)sqlite3_column_text(s, 3);
        while ((detail = strstr(detail, "INDEX ")) != NULL) {
            g_hash_table_add(names, named(detail, words));
            detail++;
        }
    }
    sqlite3_finalize(s);
}

static bool sorts(sqlite3 *db, const char *text)
{
    g_autofree char *sql = g_strconcat("EXPLAIN QUERY PLAN ", text, NULL);
    sqlite3_stmt *s = NULL;
    bool found = false;

    g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &s, NULL), ==, SQLITE_OK);
    while (sqlite3_step(s) == SQLITE_ROW)
        found = found || strcmp((const char *)sqlite3_column_text(s, 3), "USE TEMP B-TREE FOR ORDER BY") == 0;
    sqlite3_finalize(s);
    return found;
}

/* Who asks for a few pays for a few: a statement with a limit reads its rows in their order, and does not read all to sort them,
 * but where all are one person's, one forum's, or wait together anyway. */
static void test_sorts(gconstpointer data)
{
    static const enum sql meant[] = {SQL_SILENCE_WAITING,    SQL_SILENCE_DEADLINES,   SQL_IDEA_FOR_STAFF, SQL_IDEA_FOLLOWED,
                                     SQL_ANNOUNCEMENT_RANGE, SQL_POST_NEWEST_OF_FORUM /* what stands there beside its home */};
    sqlite3 *db = ((const struct statement *)data)->db;

    for (int i = 0; i < N_SQL; i++) {
        bool is_meant = false, has_limit = strstr(sql_texts[i].text, "LIMIT :most") != NULL;
        for (guint k = 0; k < G_N_ELEMENTS(meant); k++)
            is_meant = is_meant || (int)meant[k] == i;
        if (has_limit && sorts(db, sql_texts[i].text) != is_meant)
            g_test_fail_printf("%s %s", sql_texts[i].name, is_meant ? "does not sort" : "reads all to keep a few");
    }
}

/* Is a row of the plan the search for all that one forum has, by an index that knows nothing but the forum? */
static bool walks_forum(const char *detail)
{
    /* Of few rows, or of all that a statement is about. */
    static const char *const narrow[] = {"hold_complaint", "hold_unasked",       "member_each",        "member_leading",
                                         "duty_by_person", "idea_also_by_forum", "idea_among_members", NULL};
    static const char *const words[] = {"SEARCH ", NULL};
    g_autofree char *table = named(detail, words);

    if (table == NULL || strstr(detail, "(forum_id=?)") == NULL)
        return false;
    for (guint i = 0; narrow[i] != NULL; i++)
        if (strstr(detail, narrow[i]) != NULL)
            return false;
    return true;
}

/* In a small town one forum is everything: who looks for something by its forum alone reads a hundred thousand members to find three
 * moderators. */
static void test_forum_alone(gconstpointer data)
{
    /* What tells of a whole forum, or moves it. */
    static const char *const meant[] = {"forum_uses",
                                        "member_of_forum",
                                        "idea_of_forum",
                                        "idea_unfollow_all",
                                        "idea_count_public",
                                        "silence_tell_offices",
                                        "silence_first_signs",
                                        "silence_waiting",
                                        "silence_deadlines",
                                        "hold_listed", /* keeps a few */
                                        NULL};
    sqlite3 *db = ((const struct statement *)data)->db;

    for (int i = 0; i < N_SQL; i++) {
        g_autofree char *sql = g_strconcat("EXPLAIN QUERY PLAN ", sql_texts[i].text, NULL);
        sqlite3_stmt *s = NULL;
        bool walks = false;
        g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &s, NULL), ==, SQLITE_OK);
        while (sqlite3_step(s) == SQLITE_ROW)
            walks = walks || walks_forum((const char *)sqlite3_column_text(s, 3));
        sqlite3_finalize(s);
        if (walks != g_strv_contains(meant, sql_texts[i].name)) {
            g_test_message("%s %s", sql_texts[i].name, walks ? "reads all of a forum" : "does not read all of a forum");
            g_test_fail();
        }
    }
}

/* Every row that is written pays for each index: one that no statement reads is not there. A unique one is a rule. */
static void test_indexes(gconstpointer data)
{
    sqlite3 *db = ((const struct statement *)data)->db;
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    sqlite3_stmt *s = NULL;

    for (int i = 0; i < N_SQL; i++)
        add_indexes(db, sql_texts[i].text, names);
    g_assert_cmpint(sqlite3_prepare_v2(db,
                                       "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql NOT LIKE 'CREATE UNIQUE%'",
                                       -1, &s, NULL),
                    ==, SQLITE_OK);
    guint n = 0;
    for (; sqlite3_step(s) == SQLITE_ROW; n++)
        if (!g_hash_table_contains(names, sqlite3_column_text(s, 0)))
            g_test_fail_printf("no statement reads the index %s", sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    g_assert_cmpuint(n, >, 30);
}

/* The detector itself must see a scan where there is one. */
static void test_detector(gconstpointer data)
{
    const struct sql_text scan = {"scan", "SELECT id FROM hold WHERE title = 'x'", NULL, false};
    const struct sql_text search = {"search", "SELECT id FROM hold WHERE id = 1", NULL, false};
    sqlite3 *db = ((const struct statement *)data)->db;
    g_autofree char *found = find_scan(db, &scan), *none = find_scan(db, &search);

    g_assert_cmpstr(found, ==, "SCAN hold");
    g_assert_null(none);
}

/* A field that a statement reads nowhere would silently stay 0: the list of columns and the table of fields are one. */
static void test_columns(gconstpointer data)
{
    static const struct {
        enum sql id;
        const struct field *fields;
    } lists[] = {
        {SQL_FORUM_BY_ID, forum_fields},   {SQL_MEMBER_FIND, member_fields},  {SQL_PERSON_BY_ID, person_fields},
        {SQL_IDEA_BY_ID, idea_fields},     {SQL_POST_BY_ID, post_fields},     {SQL_MESSAGE_BY_ID, message_fields},
        {SQL_HOLD_BY_ID, hold_fields},     {SQL_NOTICE_BY_ID, notice_fields}, {SQL_DIGEST_BY_ID, digest_fields},
        {SQL_EVENT_OF_IDEA, event_fields},
    };
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_autoptr(GHashTable) columns = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        sqlite3_stmt *s = NULL;
        g_assert_cmpint(sqlite3_prepare_v2(((const struct statement *)data)->db, sql_texts[lists[i].id].text, -1, &s, NULL), ==,
                        SQLITE_OK);
        for (int c = 0; c < sqlite3_column_count(s); c++)
            g_hash_table_add(columns, g_strdup(sqlite3_column_name(s, c)));
        sqlite3_finalize(s);
        for (const struct field *f = lists[i].fields; f->name != NULL; f++)
            if (!g_hash_table_remove(columns, f->name))
                g_test_fail_printf("%s does not read %s", sql_texts[lists[i].id].name, f->name);
        if (g_hash_table_size(columns) > 0)
            g_test_fail_printf("%s reads %u columns that have no field", sql_texts[lists[i].id].name, g_hash_table_size(columns));
    }
}

int main(int argc, char **argv)
{
    struct fixture f;
    struct statement statements[N_SQL] = {0};
    sqlite3 *db = NULL;

    g_test_init(&argc, &argv, NULL);
    fixture_open(&f);
    g_assert_cmpint(sqlite3_open_v2(f.path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
    for (int i = 0; i < N_SQL; i++) {
        g_autofree char *name = g_strdup_printf("/store/catalogue/%s", sql_texts[i].name);
        statements[i] = (struct statement){db, &sql_texts[i]};
        g_test_add_data_func(name, &statements[i], test_statement);
    }
    g_test_add_data_func("/store/catalogue-detector", &statements[0], test_detector);
    g_test_add_data_func("/store/catalogue-sorts", &statements[0], test_sorts);
    g_test_add_data_func("/store/catalogue-forum-alone", &statements[0], test_forum_alone);
    g_test_add_data_func("/store/catalogue-of-person", &statements[0], test_of_person);
    g_test_add_data_func("/store/catalogue-indexes", &statements[0], test_indexes);
    g_test_add_data_func("/store/catalogue-compiled-once", &statements[0], test_compiled_once);
    g_test_add_data_func("/store/catalogue-columns", &statements[0], test_columns);
    int failed = g_test_run();
    sqlite3_close(db);
    fixture_close(&f);
    return failed;
}
