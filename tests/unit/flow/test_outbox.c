/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The queue as dispatch sees it: in which order notices are claimed, and that what became of each is written once, however
 * often writing fails.
 */
#include "world.h"

#include "base/clock.h"
#include "base/limits.h"
#include "flow/out/outbox.h"
#include "forum/when.h"
#include "store/notices.h"
#include "store/persons.h"

#include <sqlite3.h>
#include <string.h>

static row_id owe(struct world *w, enum purpose purpose, const char *address, gint64 due_at)
{
    struct notice n = {.purpose = purpose, .address = address, .due_at = due_at};
    row_id id = 0;

    fixture_ok(&w->f, db_begin(w->f.db, &w->f.e) && notices_add(w->f.db, &n, &id, &w->f.e) && db_commit(w->f.db, &w->f.e));
    return id;
}

static struct outbox *opened(struct world *w)
{
    static const gint64 no_limit[3] = {0};

    fixture_ok(&w->f, outbox_release_dead(&w->g, &w->f.e));
    struct outbox *o = outbox_new(&w->g, 7, no_limit);
    outbox_look(o, T0);
    return o;
}

static struct notice *next(struct world *w, struct outbox *o)
{
    bool failed;
    struct notice *n = outbox_next(o, &failed, &w->f.e);

    fixture_ok(&w->f, !failed);
    return n;
}

/* What somebody waits for overtakes what many are told; nobody is sent what is not due yet. */
static void test_order(void)
{
    struct world w;

    world_open(&w);
    row_id many = owe(&w, PURPOSE_POST, "viele@example.net", T0 - 100);
    row_id later = owe(&w, PURPOSE_HELP, "morgen@example.net", T0 + 1);
    row_id second = owe(&w, PURPOSE_HELP, "b@example.net", T0 - 10), first = owe(&w, PURPOSE_HELP, "a@example.net", T0 - 20);
    const row_id order[] = {first, second, many};
    struct outbox *o = opened(&w);
    for (gsize i = 0; i < G_N_ELEMENTS(order); i++) {
        struct notice *n = next(&w, o);
        g_assert_cmpint(n->id, ==, order[i]);
        outbox_record(o, n, NOTICE_SENT, T0, NULL);
    }
    g_assert_null(next(&w, o));
    g_assert_false(outbox_look(o, T0));
    g_assert_true(outbox_look(o, T0 + 1));
    fixture_ok(&w.f, outbox_write(o, &w.f.e));
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE state = 'sent'"), ==, 3);
    g_assert_cmpint(world_int(&w, "SELECT id FROM notice WHERE state = 'due'"), ==, later);
    outbox_free(o);
    world_close(&w);
}

/* Claims of one that was killed, and what was given back, are due as before; a try that failed counts. */
static void test_given_back(void)
{
    struct world w;

    world_open(&w);
    owe(&w, PURPOSE_HELP, "a@example.net", T0 - 20);
    struct outbox *killed = opened(&w);
    notice_free(next(&w, killed));
    outbox_free(killed);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE state = 'claimed'"), ==, 1);
    struct outbox *o = opened(&w);
    struct notice *n = next(&w, o);
    outbox_return(o, n);
    fixture_ok(&w.f, outbox_write(o, &w.f.e));
    g_assert_cmpint(world_int(&w, "SELECT n_tries FROM notice WHERE state = 'due'"), ==, 0);
    g_assert_true(outbox_look(o, T0));
    outbox_record(o, next(&w, o), NOTICE_DUE, T0 + 60, "451 4.3.0 later");
    fixture_ok(&w.f, outbox_write(o, &w.f.e));
    g_assert_cmpint(world_int(&w, "SELECT n_tries FROM notice WHERE state = 'due'"), ==, 1);
    g_assert_null(next(&w, o));
    g_assert_false(outbox_look(o, T0 + 59));
    g_assert_true(outbox_look(o, T0 + 60));
    outbox_free(o);
    world_close(&w);
}

/* The operator hears what will never arrive, without the address; but not that their own mail did not. */
static void test_refused(void)
{
    struct world w;

    world_open(&w);
    row_id person = fixture_person(&w.f, "weg@example.net");
    owe(&w, PURPOSE_HELP, "weg@example.net", T0 - 20);
    struct outbox *o = opened(&w);
    outbox_refuse(o, next(&w, o), "Weg@Example.net", true, "5.1.1", "550 5.1.1 <weg@example.net> unknown");
    fixture_ok(&w.f, outbox_write(o, &w.f.e));
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM event WHERE kind = 'notice.failed' AND detail = '550 5.1.1'"), ==, 1);
    g_assert_cmpint(person, >, 0);
    struct notice *word = next(&w, o);
    g_assert_nonnull(word);
    g_assert_cmpint(word->purpose, ==, PURPOSE_OPERATOR_UNDELIVERABLE);
    g_assert_cmpstr(word->address, ==, "office@example.org");
    g_assert_null(strstr(word->detail, "weg@example.net"));
    outbox_refuse(o, word, "office@example.org", true, "5.1.1", "550 5.1.1 unknown");
    fixture_ok(&w.f, outbox_write(o, &w.f.e));
    g_assert_null(next(&w, o));
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice"), ==, 2);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE state = 'failed'"), ==, 2);
    outbox_free(o);
    world_close(&w);
}

/* Somebody else writes and does not end: nothing is lost, nothing is written twice. */
static void test_locked(void)
{
    struct world w;

    world_open(&w);
    owe(&w, PURPOSE_HELP, "a@example.net", T0 - 20);
    struct outbox *o = opened(&w);
    outbox_record(o, next(&w, o), NOTICE_SENT, T0, NULL);
    db_auto other = db_open(w.f.path, DB_WRITE, &w.f.e);
    fixture_ok(&w.f, other != NULL && db_begin(other, &w.f.e));
    db_set_busy_ms(w.f.db, 10);
    fixture_failed(&w.f, outbox_write(o, &w.f.e), ERR_LATER);
    g_assert_cmpuint(outbox_n_unwritten(o), ==, 1);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE state = 'claimed'"), ==, 1);
    fixture_ok(&w.f, db_commit(other, &w.f.e));
    fixture_ok(&w.f, outbox_write(o, &w.f.e));
    g_assert_cmpuint(outbox_n_unwritten(o), ==, 0);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE state = 'sent'"), ==, 1);
    outbox_free(o);
    world_close(&w);
}

static gpointer hold_lock(gpointer path)
{
    sqlite3 *db = NULL;

    g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    g_assert_cmpint(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
    g_usleep(300 * 1000); /* as long as a commit on a disk that is busy */
    g_assert_cmpint(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
    sqlite3_close(db);
    return NULL;
}

/* Sends what is claimed and claims again while the database takes its time. How many are claimed then. */
static gint64 claim_slowly(struct world *w, struct outbox *o)
{
    gint64 n = world_int(w, "SELECT count(*) FROM notice WHERE state = 'claimed'");

    for (gint64 i = 1; i < n; i++)
        outbox_record(o, next(w, o), NOTICE_SENT, T0, NULL);
    GThread *slow = g_thread_new("slow", hold_lock, w->f.path);
    g_usleep(50 * 1000);
    outbox_record(o, next(w, o), NOTICE_SENT, T0, NULL);
    g_thread_join(slow);
    return world_int(w, "SELECT count(*) FROM notice WHERE state = 'claimed'");
}

/* Where each commit takes long, batches must not become small: that would make it slower still. */
static void test_slow_disk(void)
{
    struct world w;

    world_open(&w);
    fixture_exec(w.f.path, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
                           " INSERT INTO notice (stream, purpose, address, due_at) SELECT 2, 'help', 'a@example.net', 1 FROM n");
    struct outbox *o = opened(&w);
    outbox_record(o, next(&w, o), NOTICE_SENT, T0, NULL);
    gint64 first = world_int(&w, "SELECT count(*) FROM notice WHERE state = 'claimed'"), last = first;
    for (guint i = 0; i < 3; i++)
        last = claim_slowly(&w, o);
    g_test_message("claimed at once: %d, then %d", (int)first, (int)last);
    g_assert_cmpint(last, >, first);
    outbox_release(o);
    outbox_free(o);
    world_close(&w);
}

/* ---- News of several ideas */
static row_id owe_news(struct world *w, row_id person, row_id idea, gint64 due_at)
{
    struct notice n = {.purpose = PURPOSE_NEWS,
                       .person_id = person,
                       .about.forum = w->forum,
                       .about.idea = idea,
                       .about.post = idea, /* its first, and only, post */
                       .detail = "1",
                       .due_at = due_at};
    row_id id = 0;

    fixture_ok(&w->f, db_begin(w->f.db, &w->f.e) && notices_add(w->f.db, &n, &id, &w->f.e) && db_commit(w->f.db, &w->f.e));
    return id;
}

/* N ideas of ANNA; of the last one she is owed news that is due later. The first post of idea N is post N. */
static row_id open_with_news(struct world *w, gint64 n)
{
    world_open(w);
    row_id anna = fixture_person(&w->f, "anna@example.net"), eva = fixture_person(&w->f, "eva@example.net");
    for (gint64 i = 0; i < n; i++) {
        row_id idea = fixture_idea(&w->f, w->forum, i % 2 == 0 ? eva : anna, RING_PUBLIC);
        g_assert_cmpint(fixture_post(&w->f, idea, eva, "Text"), ==, idea);
        owe_news(w, anna, idea, i + 1 < n ? T0 - 5 : T0 + 400);
    }
    return anna;
}

/* One mail for all that waits for one person, also for what would be due later; the reader's own ideas are its first entries. Others'
 * mails are not touched. Whoever is killed then starts again with that mail, and none of its rows is told twice. */
static void test_together(void)
{
    struct world w;
    row_id anna = open_with_news(&w, 3), other = fixture_person(&w.f, "otto@example.net");

    owe_news(&w, other, 2, T0 - 5);
    struct outbox *killed = opened(&w);
    struct notice *alone = next(&w, killed), *all = next(&w, killed);
    g_assert_cmpint(alone->person_id, ==, other);
    g_assert_cmpint(alone->purpose, ==, PURPOSE_NEWS);
    g_assert_cmpint(all->purpose, ==, PURPOSE_NEWS_MANY);
    g_assert_cmpint(all->person_id, ==, anna);
    g_assert_cmpint(all->about.forum, ==, w.forum);
    row_id digest = all->about.digest;
    g_assert_cmpint(
        world_int(&w, "SELECT count(*) FROM notice WHERE purpose = 'news' AND state = 'dropped' AND digest_id IS NOT NULL"), ==,
        3);
    g_assert_cmpint(world_int(&w, "SELECT entries = '1:2 2:1 3:3' FROM digest"), ==, 1);
    notice_free(alone);
    notice_free(all);
    outbox_free(killed); /* nothing of it was recorded */
    struct outbox *o = opened(&w);
    outbox_record(o, next(&w, o), NOTICE_SENT, T0, NULL);
    struct notice *again = next(&w, o);
    g_assert_cmpint(again->about.digest, ==, digest);
    outbox_record(o, again, NOTICE_SENT, T0, NULL);
    g_assert_null(next(&w, o));
    fixture_ok(&w.f, outbox_write(o, &w.f.e));
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE state = 'sent'"), ==, 2);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM digest"), ==, 1);
    outbox_free(o);
    world_close(&w);
}

/* At most one such mail an hour to one person, and six a day: what is more waits for the morning. Nobody else waits. */
static void test_news_ceilings(void)
{
    struct world w;
    row_id anna = open_with_news(&w, 2);

    fixture_exec(w.f.path, "INSERT INTO notice (stream, purpose, person_id, state, due_at, sent_at) VALUES"
                           " (1, 'news', 1, 'sent', 1772398000, 1772398000)"); /* 2000 s ago */
    struct outbox *o = opened(&w);
    g_assert_null(next(&w, o));
    g_assert_cmpint(anna, ==, 1);
    g_assert_cmpint(world_int(&w, "SELECT min(due_at) FROM notice WHERE state = 'due'"), ==, 1772398000 + LIMIT_NEWS_EVERY_S);
    fixture_exec(
        w.f.path,
        "UPDATE notice SET sent_at = sent_at - 3600 WHERE state = 'sent'; UPDATE notice SET due_at = 1 WHERE state = 'due'");
    outbox_look(o, T0);
    struct notice *all = next(&w, o);
    g_assert_cmpint(all->purpose, ==, PURPOSE_NEWS_MANY);
    outbox_record(o, all, NOTICE_SENT, T0 - LIMIT_NEWS_EVERY_S, NULL);
    for (int i = 0; i < LIMIT_NEWS_A_DAY - 2; i++)
        fixture_exec(w.f.path, "INSERT INTO notice (stream, purpose, person_id, state, due_at, sent_at) VALUES"
                               " (1, 'news-many', 1, 'sent', 1772390000, 1772390000)");
    owe_news(&w, anna, 1, T0);
    fixture_ok(&w.f, outbox_write(o, &w.f.e));
    outbox_look(o, T0);
    g_assert_null(next(&w, o));
    gint64 morning = world_int(&w, "SELECT due_at FROM notice WHERE state = 'due'");
    g_assert_cmpint(morning, >, T0);
    g_assert_cmpint(morning, <=, T0 + 25 * 3600);
    g_assert_cmpint(morning % 3600, ==, 0);
    outbox_free(o);
    world_close(&w);
}

/* While their server takes no mail, what happens meanwhile waits for the one that waits, and there is no heap of them afterwards. */
static void test_news_on_way(void)
{
    struct world w;
    row_id anna = open_with_news(&w, 2);
    struct outbox *o = opened(&w);
    struct notice *all = next(&w, o);

    g_assert_cmpint(all->purpose, ==, PURPOSE_NEWS_MANY);
    outbox_record(o, all, NOTICE_DUE, T0 + 300, "451 4.3.0 later");
    owe_news(&w, anna, 1, T0);
    owe_news(&w, anna, 2, T0);
    outbox_look(o, T0);
    g_assert_null(next(&w, o));
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE purpose = 'news-many'"), ==, 1);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE purpose = 'news' AND state = 'due'"), ==, 2);
    g_assert_cmpint(world_int(&w, "SELECT min(due_at) FROM notice WHERE purpose = 'news' AND state = 'due'"), ==,
                    T0 + LIMIT_NEWS_EVERY_S);
    outbox_free(o);
    world_close(&w);
}

/* A large batch has more of one person than one mail tells. */
static void test_news_batch(void)
{
    struct world w;
    struct outbox *o;
    gint64 n = 2 * LIMIT_NEWS_TOGETHER + 50;

    open_with_news(&w, n);
    fixture_exec(w.f.path,
                 "UPDATE notice SET due_at = due_at + 100 WHERE purpose = 'news';" /* before them much that goes quickly */
                 "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
                 " INSERT INTO notice (stream, purpose, address, due_at) SELECT 0, 'help', 'a@example.net', 1 FROM n");
    o = opened(&w);
    for (struct notice *quick; (quick = next(&w, o)) != NULL;)
        outbox_record(o, quick, NOTICE_SENT, T0, NULL);
    fixture_ok(&w.f, outbox_write(o, &w.f.e));
    fixture_exec(w.f.path, "UPDATE notice SET due_at = due_at - 100 WHERE purpose = 'news'");
    outbox_look(o, T0);
    struct notice *all = next(&w, o);
    g_assert_cmpint(all->purpose, ==, PURPOSE_NEWS_MANY);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE purpose = 'news' AND digest_id IS NOT NULL"), ==,
                    LIMIT_NEWS_TOGETHER);
    outbox_record(o, all, NOTICE_SENT, T0, NULL);
    g_assert_null(next(&w, o));
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE purpose = 'news' AND state = 'due'"), ==,
                    n - LIMIT_NEWS_TOGETHER);
    outbox_free(o);
    world_close(&w);
}

/* One mail tells of so many ideas; the rest waits for the next one. */
static void test_news_many(void)
{
    struct world w;

    open_with_news(&w, LIMIT_NEWS_TOGETHER + 1);
    struct outbox *o = opened(&w);
    struct notice *all = next(&w, o);
    g_assert_cmpint(all->purpose, ==, PURPOSE_NEWS_MANY);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE digest_id IS NOT NULL AND purpose = 'news'"), ==,
                    LIMIT_NEWS_TOGETHER);
    outbox_record(o, all, NOTICE_SENT, T0, NULL);
    fixture_ok(&w.f, outbox_write(o, &w.f.e));
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE state = 'due'"), ==, 1);
    outbox_free(o);
    world_close(&w);
}

/* While a piece of news is on its way something else happens to the idea; then it is given back, or its sender was killed. */
static void test_news_meanwhile(void)
{
    struct world w;

    world_open(&w);
    row_id anna = fixture_person(&w.f, "anna@example.net"), idea = fixture_idea(&w.f, w.forum, anna, RING_PUBLIC);
    fixture_post(&w.f, idea, anna, "Text");
    row_id first = owe_news(&w, anna, idea, T0 - 5);
    struct outbox *o = opened(&w);
    struct notice *n = next(&w, o);
    owe_news(&w, anna, idea, T0 + 600);
    outbox_return(o, n);
    fixture_ok(&w.f, outbox_write(o, &w.f.e));
    g_assert_cmpint(world_int(&w, "SELECT id FROM notice WHERE state = 'due'"), ==, first); /* it tells of all since */
    g_assert_true(outbox_look(o, T0));
    notice_free(next(&w, o));
    owe_news(&w, anna, idea, T0 + 600);
    outbox_free(o);
    o = opened(&w); /* after a kill */
    n = next(&w, o);
    g_assert_cmpint(n->id, ==, first);
    notice_free(n);
    outbox_free(o);
    world_close(&w);
}

/* A clock set back leaves mails far ahead, which are sent now; what waits for the morning waits. */
static void test_ahead(void)
{
    struct world w;
    row_id anna = open_with_news(&w, 1);

    fixture_exec(w.f.path, "DELETE FROM notice");
    owe_news(&w, anna, 1, T0 + LIMIT_NEWS_AHEAD_S - 60);
    owe(&w, PURPOSE_HELP, "a@example.net", T0 + LIMIT_NEWS_AHEAD_S - 60);
    fixture_ok(&w.f, db_begin(w.f.db, &w.f.e) &&
                         notices_clamp(w.f.db, T0 + LIMIT_NOTICE_AHEAD_S, T0 + LIMIT_NEWS_AHEAD_S, T0, &w.f.e) &&
                         db_commit(w.f.db, &w.f.e));
    g_assert_cmpint(world_int(&w, "SELECT due_at FROM notice WHERE purpose = 'help'"), ==, T0);
    g_assert_cmpint(world_int(&w, "SELECT due_at FROM notice WHERE purpose = 'news'"), >, T0);
    fixture_exec(w.f.path, "UPDATE notice SET due_at = due_at + 120");
    fixture_ok(&w.f, db_begin(w.f.db, &w.f.e) &&
                         notices_clamp(w.f.db, T0 + LIMIT_NOTICE_AHEAD_S, T0 + LIMIT_NEWS_AHEAD_S, T0, &w.f.e) &&
                         db_commit(w.f.db, &w.f.e));
    g_assert_cmpint(world_int(&w, "SELECT due_at FROM notice WHERE purpose = 'news'"), ==, T0);
    world_close(&w);
}

/* ---- Ceilings of one reader */

/* N more posts in IDEA, of each PERSON is told alone. */
static void owe_posts(struct world *w, row_id person, row_id idea, row_id author, int n)
{
    for (int i = 0; i < n; i++) {
        row_id post = fixture_post(&w->f, idea, author, "Text");
        struct notice mail = {.purpose = PURPOSE_POST,
                              .person_id = person,
                              .about.forum = w->forum,
                              .about.idea = idea,
                              .about.post = post,
                              .due_at = T0};
        fixture_ok(&w->f,
                   db_begin(w->f.db, &w->f.e) && notices_add(w->f.db, &mail, NULL, &w->f.e) && db_commit(w->f.db, &w->f.e));
    }
}

static int send_all(struct world *w, struct outbox *o, gint64 at)
{
    int n = 0;

    fixture_exec(w->f.path, "UPDATE notice SET due_at = due_at"); /* somebody else's writing wakes */
    outbox_look(o, at);
    for (struct notice *mail; (mail = next(w, o)) != NULL; n++)
        outbox_record(o, mail, NOTICE_SENT, at, NULL);
    fixture_ok(&w->f, outbox_write(o, &w->f.e));
    return n;
}

#define WAITING "SELECT count(*) FROM notice WHERE purpose = 'digest-late' AND state = 'due'"
#define JOINED  "SELECT count(*) FROM notice WHERE purpose = 'post' AND state = 'dropped' AND digest_id IS NOT NULL"

/* Of one idea five posts an hour; the sixth and what follows is one digest in the morning. Nobody else waits, no other idea. */
static void test_posts_of_idea(void)
{
    struct world w;

    world_open(&w);
    row_id anna = fixture_person(&w.f, "anna@example.net"), eva = fixture_person(&w.f, "eva@example.net");
    row_id idea = fixture_idea(&w.f, w.forum, eva, RING_PUBLIC), other = fixture_idea(&w.f, w.forum, eva, RING_PUBLIC);
    struct outbox *o = opened(&w);
    owe_posts(&w, anna, idea, eva, LIMIT_POSTS_OF_IDEA - 1);
    g_assert_cmpint(send_all(&w, o, T0), ==, LIMIT_POSTS_OF_IDEA - 1);
    owe_posts(&w, anna, idea, eva, 3);
    g_assert_cmpint(send_all(&w, o, T0), ==, 1);
    g_assert_cmpint(world_int(&w, WAITING), ==, 1);
    g_assert_cmpint(world_int(&w, JOINED), ==, 2);
    owe_posts(&w, anna, other, eva, 1);
    owe_posts(&w, eva, idea, anna, 1);
    g_assert_cmpint(send_all(&w, o, T0), ==, 2);
    owe_posts(&w, anna, idea, eva, 1);
    fixture_exec(w.f.path, "UPDATE notice SET sent_at = sent_at - 3600 WHERE state = 'sent'");
    g_assert_cmpint(send_all(&w, o, T0), ==, 1);
    g_assert_cmpint(world_int(&w, "SELECT due_at FROM notice WHERE purpose = 'digest-late'"), ==,
                    when_morning(T0, w.g.settings->zone));
    outbox_free(o);
    world_close(&w);
}

/* Twenty a day, of whatever ideas, what is on its way counted; one more in the same batch waits as well. */
static void test_posts_a_day(void)
{
    struct world w;

    world_open(&w);
    row_id anna = fixture_person(&w.f, "anna@example.net"), eva = fixture_person(&w.f, "eva@example.net");
    struct outbox *o = opened(&w);
    for (int i = 0; i < LIMIT_POSTS_A_DAY + 1; i++)
        owe_posts(&w, anna, fixture_idea(&w.f, w.forum, eva, RING_PUBLIC), eva, 1);
    fixture_exec(w.f.path, "UPDATE notice SET due_at = due_at");
    outbox_look(o, T0);
    struct notice *on_way = next(&w, o);
    g_assert_nonnull(on_way);
    g_assert_cmpint(send_all(&w, o, T0), ==, LIMIT_POSTS_A_DAY - 1);
    g_assert_cmpint(world_int(&w, JOINED), ==, 1);
    owe_posts(&w, anna, fixture_idea(&w.f, w.forum, eva, RING_PUBLIC), eva, 1);
    g_assert_cmpint(send_all(&w, o, T0), ==, 0);
    outbox_record(o, on_way, NOTICE_SENT, T0, NULL);
    fixture_ok(&w.f, outbox_write(o, &w.f.e));
    g_assert_cmpint(world_int(&w, JOINED), ==, 2);
    g_assert_cmpint(world_int(&w, WAITING), ==, 1);
    fixture_exec(w.f.path, "UPDATE notice SET sent_at = sent_at - 86400 WHERE state = 'sent'");
    owe_posts(&w, anna, fixture_idea(&w.f, w.forum, eva, RING_PUBLIC), eva, 1);
    g_assert_cmpint(send_all(&w, o, T0), ==, 1);
    outbox_free(o);
    world_close(&w);
}

/* Thirty mails of forums a day, of all kinds: the one after that is not lost but due when the first of them is a day old. */
static void test_forum_mails(void)
{
    struct world w;

    world_open(&w);
    row_id anna = fixture_person(&w.f, "anna@example.net");
    struct notice mail = {.purpose = PURPOSE_PHASE_CHANGED, .person_id = anna, .due_at = T0};
    struct outbox *o = opened(&w);
    fixture_ok(&w.f, db_begin(w.f.db, &w.f.e));
    for (int i = 0; i < LIMIT_FORUM_MAILS_A_DAY + 1; i++)
        fixture_ok(&w.f, notices_add(w.f.db, &mail, NULL, &w.f.e));
    fixture_ok(&w.f, db_commit(w.f.db, &w.f.e));
    g_assert_cmpint(send_all(&w, o, T0), ==, LIMIT_FORUM_MAILS_A_DAY);
    g_assert_cmpint(world_int(&w, "SELECT due_at FROM notice WHERE state = 'due'"), ==, T0 + 86400);
    row_id eva = fixture_person(&w.f, "eva@example.net");
    owe_posts(&w, anna, fixture_idea(&w.f, w.forum, eva, RING_PUBLIC), eva, 1);
    g_assert_cmpint(send_all(&w, o, T0), ==, 0);
    g_assert_cmpint(world_int(&w, JOINED), ==, 1);
    outbox_free(o);
    world_close(&w);
}

/* Who moderates is asked about thirty texts a day one by one; of what is more there is a list at once, and the next one two hours later. */
static void test_moderate(void)
{
    struct world w;

    world_open(&w);
    row_id anna = fixture_person(&w.f, "anna@example.net");
    struct notice mail = {.purpose = PURPOSE_MODERATE, .person_id = anna, .about.forum = w.forum, .due_at = T0};
    struct outbox *o = opened(&w);
    for (int i = 0; i < LIMIT_MODERATE_A_DAY; i++)
        fixture_ok(&w.f, db_begin(w.f.db, &w.f.e) && notices_add(w.f.db, &mail, NULL, &w.f.e) && db_commit(w.f.db, &w.f.e));
    g_assert_cmpint(send_all(&w, o, T0), ==, LIMIT_MODERATE_A_DAY);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE purpose = 'moderate-list'"), ==, 0);
    mail.purpose = PURPOSE_MODERATE_DEPUTY;
    for (int i = 0; i < 2; i++)
        fixture_ok(&w.f, db_begin(w.f.db, &w.f.e) && notices_add(w.f.db, &mail, NULL, &w.f.e) && db_commit(w.f.db, &w.f.e));
    g_assert_cmpint(send_all(&w, o, T0), ==, 1); /* the list, with both */
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE purpose = 'moderate-list' AND state = 'sent'"), ==, 1);
    for (int i = 0; i < 2; i++)
        fixture_ok(&w.f, db_begin(w.f.db, &w.f.e) && notices_add(w.f.db, &mail, NULL, &w.f.e) && db_commit(w.f.db, &w.f.e));
    g_assert_cmpint(send_all(&w, o, T0), ==, 0);
    g_assert_cmpint(world_int(&w, "SELECT due_at FROM notice WHERE purpose = 'moderate-list' AND state = 'due'"), ==,
                    T0 + LIMIT_MODERATE_LIST_S);
    fixture_exec(w.f.path, "UPDATE notice SET sent_at = sent_at - 86400 WHERE state = 'sent'");
    fixture_ok(&w.f, db_begin(w.f.db, &w.f.e) && notices_add(w.f.db, &mail, NULL, &w.f.e) && db_commit(w.f.db, &w.f.e));
    g_assert_cmpint(send_all(&w, o, T0), ==, 1); /* the next day one by one again */
    outbox_free(o);
    world_close(&w);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    clock_freeze(T0);
    g_test_add_func("/outbox/order", test_order);
    g_test_add_func("/outbox/given-back", test_given_back);
    g_test_add_func("/outbox/refused", test_refused);
    g_test_add_func("/outbox/locked", test_locked);
    g_test_add_func("/outbox/slow-disk", test_slow_disk);
    g_test_add_func("/outbox/news/together", test_together);
    g_test_add_func("/outbox/news/ceilings", test_news_ceilings);
    g_test_add_func("/outbox/news/many", test_news_many);
    g_test_add_func("/outbox/news/on-way", test_news_on_way);
    g_test_add_func("/outbox/news/batch", test_news_batch);
    g_test_add_func("/outbox/news/meanwhile", test_news_meanwhile);
    g_test_add_func("/outbox/news/ahead", test_ahead);
    g_test_add_func("/outbox/ceilings/idea", test_posts_of_idea);
    g_test_add_func("/outbox/ceilings/day", test_posts_a_day);
    g_test_add_func("/outbox/ceilings/forum", test_forum_mails);
    g_test_add_func("/outbox/ceilings/moderate", test_moderate);
    return g_test_run();
}
