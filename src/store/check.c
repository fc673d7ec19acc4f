/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The checks of the database, one function each; see check.h.
 */
#include "store/check.h"

#include "forum/find.h"
#include "store/db_private.h"
#include "store/events.h"
#include "store/statement.h"
#include "store/words.h"

#include <string.h>

#define MOST_OF_A_KIND     20    /* sentences; a broken file has thousands of faults of one kind */
#define MOST_WAITING_WORDS 10000 /* posts; intake leaves hardly a second's worth */

struct check {
    struct db *db;
    const char *spool;
    GPtrArray *findings;
};

static void found(struct check *c, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void found(struct check *c, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_ptr_array_add(c->findings, g_strdup_vprintf(format, args));
    va_end(args);
}

static bool check_structure(struct check *c, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(c->db, SQL_CHECK_STRUCTURE, e);
    enum step step;

    while ((step = stmt_step(s, e)) == STEP_ROW) {
        const char *text = stmt_text(s, "integrity_check");
        if (g_strcmp0(text, "ok") != 0)
            found(c, "the database file is damaged: %s; restore a backup", text);
    }
    return step == STEP_DONE;
}

static bool check_references(struct check *c, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(c->db, SQL_CHECK_REFERENCES, e);
    enum step step;

    while ((step = stmt_step(s, e)) == STEP_ROW)
        found(c, "row %" G_GINT64_FORMAT " of %s points to a row of %s that is not there", stmt_int(s, "rowid"),
              stmt_text(s, "table"), stmt_text(s, "parent"));
    return step == STEP_DONE;
}

static bool check_journal(struct check *c, struct err *e)
{
    row_id broken = 0;

    if (!events_verify(c->db, &broken, e))
        return false;
    if (broken != 0)
        found(c, "the journal does not fit its chain of hashes at event %" G_GINT64_FORMAT ": it was changed from outside",
              broken);
    return true;
}

static bool check_counters(struct check *c, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(c->db, SQL_CHECK_COUNTERS, e);
    enum step step;

    stmt_bind_int(s, "most", MOST_OF_A_KIND);
    while ((step = stmt_step(s, e)) == STEP_ROW)
        found(c, "idea %" G_GINT64_FORMAT " counts %" G_GINT64_FORMAT " posts and has %" G_GINT64_FORMAT, stmt_int(s, "id"),
              stmt_int(s, "n_posts"), stmt_int(s, "n_found"));
    return step == STEP_DONE;
}

/* For who may only read: which posts the index has, in one look. */
static bool check_words_known(struct check *c, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(c->db, SQL_CHECK_WORDS_KNOWN, e);

    if (stmt_step(s, e) != STEP_ROW)
        return false;
    gint64 n_missing = stmt_int(s, "n_missing"), n_surplus = stmt_int(s, "n_surplus");
    if (n_missing > 0 || n_surplus > 0)
        found(c, "the index of words lacks %" G_GINT64_FORMAT " published posts and has %" G_GINT64_FORMAT " that are not public",
              n_missing, n_surplus);
    return stmt_run(s, e);
}

/* FTS5 offers its check as an INSERT that stores nothing and fails if the index does not fit. */
static bool check_index(struct check *c, enum sql index, const char *finding, struct err *e)
{
    err_auto struct err failed = {0};
    stmt_auto struct stmt *s = stmt_use(c->db, index, e);

    if (stmt_run(s, &failed))
        return true;
    if (failed.kind != ERR_CONFIG)
        return err_set(e, failed.kind, "%s", failed.text);
    found(c, "%s", finding);
    return true;
}

static bool check_words(struct check *c, struct err *e)
{
    gint64 n_waiting;

    if (!words_count_waiting(c->db, MOST_WAITING_WORDS + 1, &n_waiting, e))
        return false;
    if (n_waiting > MOST_WAITING_WORDS)
        found(c, "the words of more than %d published posts are not in the index; `forumpost clock` puts them there",
              MOST_WAITING_WORDS);
    return engine_is_read_only(c->db->engine)
               ? check_words_known(c, e)
               : check_index(c, SQL_CHECK_WORDS, "the index of words does not fit the published posts", e);
}

/* Each title as the index should have it, and then the index itself, if it may be asked. */
static bool check_titles(struct check *c, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(c->db, SQL_CHECK_TITLES, e);
    gint64 n_wrong = 0;
    enum step step;

    while ((step = stmt_step(s, e)) == STEP_ROW) {
        g_autofree char *words = find_title_words(stmt_text(s, "title"));
        n_wrong += g_strcmp0(words, stmt_text(s, "words")) != 0;
    }
    if (n_wrong > 0)
        found(c, "the index of titles lacks %" G_GINT64_FORMAT " ideas or has another title of them", n_wrong);
    return step == STEP_DONE &&
           (engine_is_read_only(c->db->engine) || check_index(c, SQL_CHECK_TITLES_WHOLE, "the index of titles is broken", e));
}

static bool check_blobs(struct check *c, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(c->db, SQL_CHECK_BLOBS, e);
    enum step step;

    while ((step = stmt_step(s, e)) == STEP_ROW) {
        const char *sha256 = stmt_text(s, "content_sha256");
        g_autofree char *path = g_build_filename(c->spool, "blob", sha256, NULL);
        if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
            found(c, "the bytes of message %s are not there: %s", stmt_text(s, "key"), path);
    }
    return step == STEP_DONE;
}

bool db_check(struct db *db, const char *spool, GPtrArray *findings, struct err *e)
{
    struct check c = {db, spool, findings};

    return check_structure(&c, e) && check_references(&c, e) && check_journal(&c, e) && check_counters(&c, e) &&
           check_words(&c, e) && check_titles(&c, e) && (spool == NULL || check_blobs(&c, e));
}
