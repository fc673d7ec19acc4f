/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The index of words, which is behind what is public where another thread or process puts words into it.
 */
#include "fixture.h"

#include "base/limits.h"
#include "forum/find.h"
#include "store/check.h"
#include "store/ideas.h"
#include "store/posts.h"
#include "store/search.h"
#include "store/words.h"

#include <string.h>

static gint64 n_hits(struct fixture *f, const char *word)
{
    g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM post_fts WHERE post_fts MATCH '%s'", word);

    return fixture_int(f->path, sql);
}

static void take(struct fixture *f, row_id post, enum post_state state)
{
    OK(db_begin(f->db, &f->e));
    OK(posts_take(f->db, post, state, NULL, T0, &f->e));
    OK(db_commit(f->db, &f->e));
}

static void restore(struct fixture *f, row_id post)
{
    OK(db_begin(f->db, &f->e));
    OK(posts_restore(f->db, post, 2000, &f->e));
    OK(db_commit(f->db, &f->e));
}

static void set_text(struct fixture *f, row_id post, const char *text)
{
    post_auto p = posts_by_id(f->db, post, &f->e);

    OK(db_begin(f->db, &f->e));
    OK(posts_set_text(f->db, p, text, &f->e));
    OK(db_commit(f->db, &f->e));
}

static bool catch_up(struct fixture *f, gint64 most)
{
    bool more;

    OK(db_begin(f->db, &f->e));
    OK(words_catch_up(f->db, most, &more, &f->e));
    OK(db_commit(f->db, &f->e));
    fixture_exec(f->path, "INSERT INTO post_fts (post_fts, rank) VALUES ('integrity-check', 1)");
    return more;
}

/* Where another thread indexes, the index is behind; whatever happens to a post meanwhile, it is in it once or not at all. */
static void test_beside(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a"), eva = fixture_person(f, "eva@example.net");
    row_id idea = fixture_idea(f, forum, eva, RING_PUBLIC), early = fixture_post(f, idea, eva, "morgens");
    row_id early_too = fixture_post(f, idea, eva, "mittags");
    gint64 n = 0;

    db_index_beside(f->db, true);
    take(f, early_too, POST_HIDDEN);
    row_id changed = fixture_post(f, idea, eva, "alt"), taken = fixture_post(f, idea, eva, "weg");
    row_id back = fixture_post(f, idea, eva, "wieder");
    set_text(f, changed, "neu");
    set_text(f, early, "abends");
    take(f, taken, POST_WITHDRAWN);
    take(f, back, POST_HIDDEN);
    restore(f, back);
    restore(f, early_too);
    g_assert_cmpint(n_hits(f, "neu OR wieder OR weg OR alt OR morgens"), ==, 0);
    g_assert_cmpint(n_hits(f, "abends"), ==, 1); /* had been indexed */
    g_assert_cmpint(n_hits(f, "mittags"), ==, 1);
    OK(words_count_waiting(f->db, 10, &n, &f->e));
    g_assert_cmpint(n, ==, 2);
    g_assert_true(catch_up(f, 1));
    g_assert_cmpint(n_hits(f, "neu"), ==, 1);
    g_assert_cmpint(n_hits(f, "wieder"), ==, 0);
    catch_up(f, 10);
    g_assert_false(catch_up(f, 10));
    restore(f, taken); /* its place was passed over */
    g_assert_cmpint(n_hits(f, "wieder"), ==, 1);
    g_assert_cmpint(n_hits(f, "weg"), ==, 1);
    g_assert_cmpint(n_hits(f, "alt"), ==, 0);
    g_assert_false(catch_up(f, 10));
}

/* What a process left that was killed, the next commit of another one indexes before its own, up to a limit. */
static void test_left(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a"), eva = fixture_person(f, "eva@example.net");
    row_id idea = fixture_idea(f, forum, eva, RING_PUBLIC);
    gint64 n = 0;

    db_index_beside(f->db, true);
    OK(db_begin(f->db, &f->e));
    for (guint i = 0; i < LIMIT_WORDS_CATCH_UP + 5; i++)
        fixture_post(f, idea, eva, "liegen");
    OK(db_commit(f->db, &f->e));
    db_index_beside(f->db, false);
    fixture_post(f, idea, eva, "eigenes");
    g_assert_cmpint(n_hits(f, "liegen"), ==, LIMIT_WORDS_CATCH_UP);
    g_assert_cmpint(n_hits(f, "eigenes"), ==, 0);
    OK(words_count_waiting(f->db, LIMIT_WORDS_CATCH_UP, &n, &f->e));
    g_assert_cmpint(n, ==, 6);
    fixture_post(f, idea, eva, "naechstes");
    g_assert_cmpint(n_hits(f, "liegen"), ==, LIMIT_WORDS_CATCH_UP + 5);
    g_assert_cmpint(n_hits(f, "eigenes OR naechstes"), ==, 2);
    g_assert_false(catch_up(f, 1));
}

static void check_whole(struct fixture *f)
{
    fixture_exec(f->path, "INSERT INTO post_fts (post_fts, rank) VALUES ('integrity-check', 1)");
    g_assert_cmpint(fixture_int(f->path, "SELECT count(*) FROM post_fts_docsize"), ==,
                    fixture_int(f->path, "SELECT count(*) FROM post_public"));
}

static void change(struct fixture *f, row_id post, const char *text)
{
    post_auto p = posts_by_id(f->db, post, &f->e);

    OK(posts_set_text(f->db, p, text, &f->e));
}

/* Several mails in one transaction about the same post: its words are in the index once. */
static void test_twice(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a"), eva = fixture_person(f, "eva@example.net");
    row_id idea = fixture_idea(f, forum, eva, RING_PUBLIC), changed = fixture_post(f, idea, eva, "eins");
    row_id back = fixture_post(f, idea, eva, "hin");

    OK(db_begin(f->db, &f->e));
    change(f, changed, "zwei");
    OK(db_savepoint(f->db, &f->e));
    change(f, changed, "drei");
    OK(db_savepoint_keep(f->db, &f->e));
    OK(db_savepoint(f->db, &f->e));
    change(f, changed, "vier");
    db_savepoint_undo(f->db);
    OK(posts_take(f->db, back, POST_HIDDEN, NULL, T0, &f->e));
    OK(posts_restore(f->db, back, 2000, &f->e));
    OK(posts_take(f->db, back, POST_HIDDEN, NULL, T0, &f->e));
    OK(posts_restore(f->db, back, 2000, &f->e));
    OK(db_commit(f->db, &f->e));
    check_whole(f);
    g_assert_cmpint(n_hits(f, "eins OR zwei OR vier"), ==, 0);
    g_assert_cmpint(n_hits(f, "drei"), ==, 1);
    take(f, back, POST_HIDDEN);
    set_text(f, changed, "fertig");
    check_whole(f);
    g_assert_cmpint(n_hits(f, "hin OR drei"), ==, 0);
}

/* One of what mails do to posts, on DB. */
static void do_something(struct fixture *f, struct db *db, GRand *rand, row_id idea, row_id person, int step)
{
    row_id id = g_rand_int_range(rand, 1, 9);
    post_auto p = posts_by_id(db, id, &f->e);
    g_autofree char *text = g_strdup_printf("wort%d", step);
    struct post added =
        {.idea_id = idea, .person_id = person, .kind = POST_REPLY, .state = POST_PUBLISHED, .at = T0, .text = text};

    f->e.kind = ERR_NONE;
    if (p == NULL || g_rand_int_range(rand, 0, 8) == 0)
        OK(posts_add(db, &added, &f->e));
    else if (p->taken_at != 0)
        OK(posts_restore(db, id, 2000, &f->e));
    else if (g_rand_boolean(rand))
        OK(posts_set_text(db, p, text, &f->e));
    else
        OK(posts_take(db, id, g_rand_boolean(rand) ? POST_HIDDEN : POST_WITHDRAWN, NULL, T0, &f->e));
}

/* A group of mails, some of which fail. */
static void do_group(struct fixture *f, struct db *db, GRand *rand, row_id idea, row_id person, int step)
{
    OK(db_begin(db, &f->e));
    for (int i = g_rand_int_range(rand, 1, 6); i > 0; i--) {
        OK(db_savepoint(db, &f->e));
        do_something(f, db, rand, idea, person, 10 * step + i);
        if (g_rand_int_range(rand, 0, 4) == 0)
            db_savepoint_undo(db);
        else
            OK(db_savepoint_keep(db, &f->e));
    }
    if (g_rand_int_range(rand, 0, 8) == 0)
        db_rollback(db);
    else
        OK(db_commit(db, &f->e));
}

/* Intake, which leaves words to its upkeep, a command line that writes them itself, and what fails: in any order. */
static void test_any_order(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a"), eva = fixture_person(f, "eva@example.net");
    row_id idea = fixture_idea(f, forum, eva, RING_PUBLIC);
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    db_auto other = db_open(f->path, DB_WRITE, &f->e);

    db_index_beside(f->db, true);
    for (int i = 0; i < 120; i++) {
        do_group(f, g_rand_int_range(rand, 0, 3) == 0 ? other : f->db, rand, idea, eva, i);
        if (g_rand_int_range(rand, 0, 4) == 0)
            catch_up(f, g_rand_int_range(rand, 1, 3));
        check_whole(f);
    }
    while (catch_up(f, 10))
        continue;
    g_assert_cmpint(fixture_int(f->path, "SELECT count(*) FROM post_fts_docsize"), ==,
                    fixture_int(f->path, "SELECT count(*) FROM post WHERE state = 'published'"));
    check_whole(f);
}

/* ---- Titles */
static row_id idea_called(struct fixture *f, row_id forum, row_id author, const char *title)
{
    const struct idea i = {.forum_id = forum,
                           .author_id = author,
                           .title = title,
                           .state = IDEA_PUBLISHED,
                           .ring = RING_PUBLIC,
                           .created_at = T0,
                           .published_at = T0};
    row_id id;

    OK(db_begin(f->db, &f->e));
    OK(ideas_add(f->db, &i, &id, &f->e));
    OK(db_commit(f->db, &f->e));
    return id;
}

/* The numbers of the ideas whose title has WORDS, newest first, as text. */
static char *titled(struct fixture *f, const char *words)
{
    const struct search_within within = {.until = G_MAXINT64};
    g_autofree char *expression = find_titles(words);
    g_autoptr(GPtrArray) found = search_titles(f->db, expression, &within, 10, &f->e);
    GString *out = g_string_new(NULL);

    OK(found != NULL);
    for (guint i = 0; i < found->len; i++) {
        const struct idea *idea = found->pdata[i];
        g_assert_true(find_is_in_title(words, idea->title));
        g_string_append_printf(out, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", idea->id);
    }
    return g_string_free(out, FALSE);
}

static void retitle(struct fixture *f, row_id idea, const char *title)
{
    OK(db_begin(f->db, &f->e));
    OK(title != NULL ? ideas_set_title(f->db, idea, title, &f->e) : ideas_forget(f->db, idea, &f->e));
    OK(db_commit(f->db, &f->e));
}

#define TITLED(words, numbers)                          \
    do {                                                \
        g_autofree char *titled_now = titled(f, words); \
        g_assert_cmpstr(titled_now, ==, numbers);       \
    } while (0)

/* By any piece of their words, and no longer by those of a title that was changed or forgotten; each once, whoever indexes. */
static void test_titles(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a"), eva = fixture_person(f, "eva@example.net");
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);

    g_assert_cmpint(idea_called(f, forum, eva, "Der Radweg an der B 27"), ==, 1);
    TITLED("weg", "1");
    TITLED("Radwege b", "1");
    db_index_beside(f->db, true);
    g_assert_cmpint(idea_called(f, forum, eva, "Wege für alle"), ==, 2);
    g_assert_cmpint(idea_called(f, forum, eva, "Ein Bürgerbus"), ==, 3);
    TITLED("weg", "1");
    retitle(f, 2, "Waldwege für alle"); /* its turn has not come */
    retitle(f, 1, "Der Fußweg");
    TITLED("rad", "");
    TITLED("Fusswege", "1");
    g_assert_true(catch_up(f, 1));
    TITLED("weg", "2 1");
    catch_up(f, 10);
    g_assert_false(catch_up(f, 10));
    TITLED("BUS", "3");
    retitle(f, 3, NULL);
    TITLED("bus", "");
    OK(db_check(f->db, NULL, findings, &f->e));
    g_assert_cmpuint(findings->len, ==, 0);
    fixture_exec(f->path, "UPDATE title_fts SET title = ' fremd ' WHERE rowid = 1");
    OK(db_check(f->db, NULL, findings, &f->e));
    g_assert_cmpuint(findings->len, ==, 1);
    g_assert_nonnull(strstr(findings->pdata[0], "index of titles lacks 1 ideas"));
}

/* What was deleted is in no part of the index when all of it is merged. */
static void test_titles_gone(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a"), eva = fixture_person(f, "eva@example.net");
    bool more = true;

    idea_called(f, forum, eva, "Kanarienvogel");
    idea_called(f, forum, eva, "Wege");
    retitle(f, 1, NULL);
    for (bool is_first = true; more; is_first = false) {
        OK(db_begin(f->db, &f->e));
        OK(words_merge(f->db, is_first ? -64 : 64, &more, &f->e));
        OK(db_commit(f->db, &f->e));
    }
    g_assert_cmpint(fixture_int(f->path, "SELECT count(*) FROM title_fts_data WHERE instr(block, 'kan') > 0"), ==, 0);
    g_assert_cmpint(fixture_int(f->path, "SELECT count(*) FROM title_fts_data WHERE instr(block, 'weg') > 0"), ==, 1);
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
    g_test_add_data_func("/store/words/beside", (gconstpointer)test_beside, run);
    g_test_add_data_func("/store/words/left", (gconstpointer)test_left, run);
    g_test_add_data_func("/store/words/twice", (gconstpointer)test_twice, run);
    g_test_add_data_func("/store/words/any-order", (gconstpointer)test_any_order, run);
    g_test_add_data_func("/store/words/titles", (gconstpointer)test_titles, run);
    g_test_add_data_func("/store/words/titles-gone", (gconstpointer)test_titles_gone, run);
    return g_test_run();
}
