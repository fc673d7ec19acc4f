/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Making digests from a database: at whose hour, never twice, never empty, nothing between two ranges, what is
 * published late waits, a change of delivery repeats nothing, and what is interrupted goes on where it was.
 */
#include "../store/fixture.h"

#include "base/clock.h"
#include "base/limits.h"
#include "flow/clock/digest_run.h"
#include "flow/clock/job.h"
#include "flow/step/announce.h"
#include "store/announcements.h"
#include "store/digests.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/posts.h"

#include <string.h>

#define HOUR_S 3600

struct world {
    struct fixture f;
    struct settings settings;
    struct gateway g;
    gint64 seven; /* a Monday, 7:00 in Berlin, some days after T0 */
    row_id forum, author, idea;
};

static void world_open(struct world *w)
{
    *w = (struct world){0};
    fixture_open(&w->f);
    w->settings.zone = g_time_zone_new_identifier("Europe/Berlin");
    w->settings.digest_hour = 7;
    w->settings.digest_weekday = 1;
    w->g = (struct gateway){.settings = &w->settings, .db = w->f.db};
    g_assert_true(clock_parse("2026-03-09T07:00:00+01:00", &w->seven));
    w->forum = fixture_forum(&w->f, "mobilitaet");
    w->author = fixture_person(&w->f, "author@example.net");
    w->idea = fixture_idea(&w->f, w->forum, w->author, RING_PUBLIC);
}

static void world_close(struct world *w)
{
    g_time_zone_unref(w->settings.zone);
    fixture_close(&w->f);
}

static row_id reader(struct world *w, const char *address, enum delivery delivery)
{
    row_id id = fixture_person(&w->f, address);

    fixture_member(&w->f, w->forum, id, ROLE_MEMBER, delivery);
    return id;
}

static gint64 run(struct world *w, gint64 now)
{
    struct digest_report report;

    fixture_ok(&w->f, digest_run(&w->g, now, &report, &w->f.e));
    return report.n_made;
}

static void post(struct world *w)
{
    fixture_post(&w->f, w->idea, w->author, "neu");
}

static gint64 count(struct world *w, const char *sql)
{
    return fixture_int(w->f.path, sql);
}

static void test_once(void)
{
    struct world w;

    world_open(&w);
    reader(&w, "ben@example.net", DELIVERY_DAILY);
    g_assert_cmpint(run(&w, w.seven), ==, 0); /* nothing new: nothing made */
    g_assert_cmpint(count(&w, "SELECT count(*) FROM digest"), ==, 0);
    post(&w);
    g_assert_cmpint(run(&w, w.seven + 3 * HOUR_S), ==, 0); /* published after that hour */
    g_assert_cmpint(run(&w, w.seven + DAY_S), ==, 1);
    post(&w);
    g_assert_cmpint(run(&w, w.seven + DAY_S), ==, 0); /* one a day, whatever comes within the hour */
    g_assert_cmpint(run(&w, w.seven + DAY_S + HOUR_S), ==, 0);
    g_assert_cmpint(run(&w, w.seven + 2 * DAY_S), ==, 1);
    g_assert_cmpint(run(&w, w.seven + 3 * DAY_S), ==, 0);
    g_assert_cmpint(count(&w, "SELECT count(*) FROM notice WHERE purpose = 'digest-daily' AND digest_id = 1"), ==, 1);
    g_assert_cmpint(count(&w, "SELECT count(*) FROM notice"), ==, 2);
    world_close(&w);
}

static void step(struct world *w, row_id step, gint64 now)
{
    fixture_ok(&w->f, db_begin(w->f.db, &w->f.e) && notices_add_news(w->f.db, w->idea, step, 0, false, now + 600, now, &w->f.e) &&
                          db_commit(w->f.db, &w->f.e));
}

/* What happened to an idea stands in the digest of who follows it, with its posts or alone, once; its author has a mail at once. Where no
 * digest is made in time it goes out by itself. */
static void test_steps(void)
{
    struct world w;

    world_open(&w);
    row_id ben = reader(&w, "ben@example.net", DELIVERY_DAILY), wim = reader(&w, "wim@example.net", DELIVERY_WEEKLY);
    fixture_member(&w.f, w.forum, w.author, ROLE_MEMBER, DELIVERY_DAILY);
    fixture_ok(&w.f, ideas_follow(w.f.db, w.idea, ben, false, &w.f.e) && ideas_follow(w.f.db, w.idea, wim, false, &w.f.e) &&
                         ideas_follow(w.f.db, w.idea, w.author, false, &w.f.e));
    fixture_post(&w.f, w.idea, w.author, "neu");
    g_assert_cmpint(run(&w, w.seven), ==, 2); /* a Monday: both */
    step(&w, 1, w.seven + HOUR_S);
    step(&w, 2, w.seven + 2 * HOUR_S);
    g_assert_cmpint(count(&w, "SELECT count(*) FROM notice WHERE purpose = 'news'"), ==, 1);
    g_assert_cmpint(count(&w, "SELECT person_id FROM notice WHERE purpose = 'news'"), ==, w.author);
    g_assert_cmpint(count(&w, "SELECT count(*) FROM notice WHERE purpose = 'news-digest'"), ==, 2);
    g_assert_cmpint(count(&w, "SELECT min(due_at) FROM notice WHERE purpose = 'news-digest'"), ==,
                    w.seven + HOUR_S + LIMIT_DIGEST_DAILY_S);
    g_assert_cmpint(count(&w, "SELECT max(due_at) FROM notice WHERE purpose = 'news-digest'"), ==,
                    w.seven + HOUR_S + LIMIT_DIGEST_WEEKLY_S);
    g_assert_cmpint(run(&w, w.seven + DAY_S), ==, 1); /* no post is new */
    g_assert_cmpint(run(&w, w.seven + DAY_S + 60), ==, 0);
    g_assert_cmpint(
        count(&w, "SELECT count(*) FROM notice n JOIN notice d ON d.digest_id = n.digest_id AND d.purpose = 'digest-daily'"
                  " WHERE n.purpose = 'news-digest' AND n.state = 'dropped' AND n.detail = '1'"),
        ==, 1);
    fixture_post(&w.f, w.idea, w.author, "noch eins"); /* the digest of steps took no place away from it */
    step(&w, 3, w.seven + DAY_S + HOUR_S);
    g_assert_cmpint(run(&w, w.seven + 2 * DAY_S), ==, 1);
    g_assert_cmpint(count(&w, "SELECT count(*) FROM notice WHERE purpose = 'news-digest' AND state = 'due'"), ==, 1);
    g_assert_cmpint(run(&w, w.seven + 7 * DAY_S), ==, 1); /* the weekly one, which has all of it */
    g_assert_cmpint(count(&w, "SELECT count(*) FROM notice WHERE purpose = 'news-digest' AND state = 'due'"), ==, 0);
    world_close(&w);
}

/* Nothing new when the hour began; something within it. */
static void test_within_the_hour(void)
{
    struct world w;

    world_open(&w);
    reader(&w, "ben@example.net", DELIVERY_DAILY);
    g_assert_cmpint(run(&w, w.seven), ==, 0);
    g_assert_cmpint(run(&w, w.seven + 20), ==, 0);
    post(&w);
    g_assert_cmpint(run(&w, w.seven + 1800), ==, 1);
    post(&w);
    g_assert_cmpint(run(&w, w.seven + 1860), ==, 0);
    world_close(&w);
}

/* A clock that was a day ahead made the last digest and added a member; nobody waits until it is really that late. */
static void test_clock_set_back(void)
{
    struct world w;

    world_open(&w);
    row_id ben = reader(&w, "ben@example.net", DELIVERY_DAILY);
    post(&w);
    g_assert_cmpint(run(&w, w.seven + 2 * DAY_S), ==, 1);
    post(&w);
    g_assert_cmpint(run(&w, w.seven + DAY_S), ==, 1); /* the clock is right again */
    post(&w);
    g_assert_cmpint(run(&w, w.seven + DAY_S + HOUR_S), ==, 0); /* one a day */
    g_assert_cmpint(run(&w, w.seven + 2 * DAY_S), ==, 1);
    fixture_exec(w.f.path, "UPDATE member SET told_since = 1773100000"); /* some days after what is published now */
    post(&w);
    g_assert_cmpint(run(&w, w.seven + 3 * DAY_S), ==, 0);
    fixture_ok(&w.f, members_clamp(w.f.db, T0, &w.f.e));
    g_assert_cmpint(run(&w, w.seven + 3 * DAY_S + HOUR_S), ==, 1);
    g_assert_cmpint(ben, >, 0);
    world_close(&w);
}

static void test_ranges_touch(void)
{
    struct world w;

    world_open(&w);
    reader(&w, "ben@example.net", DELIVERY_DAILY);
    for (int day = 0; day < 5; day++) {
        for (int i = 0; i <= day; i++)
            post(&w);
        g_assert_cmpint(run(&w, w.seven + day * DAY_S), ==, 1);
    }
    g_assert_cmpint(count(&w, "SELECT count(*) FROM digest a WHERE from_post > 0 AND NOT EXISTS "
                              "(SELECT 1 FROM digest b WHERE b.to_post = a.from_post)"),
                    ==, 0);
    g_assert_cmpint(count(&w, "SELECT max(to_post) FROM digest"), ==, 15);
    world_close(&w);
}

static void test_late_run_catches_up(void)
{
    struct world w;

    world_open(&w);
    reader(&w, "ben@example.net", DELIVERY_DAILY);
    post(&w);
    g_assert_cmpint(run(&w, w.seven), ==, 1);
    post(&w);
    post(&w);
    g_assert_cmpint(run(&w, w.seven + 4 * DAY_S + 5 * HOUR_S), ==, 1); /* one digest for four missed days */
    g_assert_cmpint(count(&w, "SELECT to_post FROM digest ORDER BY id DESC LIMIT 1"), ==, 3);
    g_assert_cmpint(run(&w, w.seven + 5 * DAY_S), ==, 0);
    world_close(&w);
}

/* The clock goes back an hour over the hour of the digests: one a day, and each post in one of them. */
static void test_hour_again(void)
{
    struct world w;

    world_open(&w);
    reader(&w, "ben@example.net", DELIVERY_DAILY);
    reader(&w, "wim@example.net", DELIVERY_WEEKLY);
    g_assert_cmpint(run(&w, w.seven - 7 * DAY_S), ==, 0); /* as the clock does at each hour */
    g_assert_cmpint(run(&w, w.seven - DAY_S), ==, 0);
    post(&w);
    g_assert_cmpint(run(&w, w.seven), ==, 2);
    post(&w);
    g_assert_cmpint(run(&w, w.seven - HOUR_S + 60), ==, 0);
    g_assert_cmpint(run(&w, w.seven), ==, 0);
    g_assert_cmpint(run(&w, w.seven + 60), ==, 0);
    g_assert_cmpint(run(&w, w.seven + DAY_S), ==, 1);
    g_assert_cmpint(run(&w, w.seven + 7 * DAY_S), ==, 1); /* the weekly one; nothing is new to the other */
    g_assert_cmpint(count(&w, "SELECT count(*) FROM digest a JOIN digest b ON a.person_id = b.person_id AND a.id < b.id AND "
                              "b.from_post <> a.to_post"),
                    ==, 0);
    world_close(&w);
}

/* An hour that a day has not, or has twice, has its digest once, at each hour near it. */
static void test_changed_clocks(void)
{
    static const char *const midnights[] = {"2027-03-27T00:00:00+01:00", "2027-10-30T00:00:00+02:00"};

    for (guint d = 0; d < G_N_ELEMENTS(midnights); d++)
        for (int hour = 1; hour <= 3; hour++) {
            struct world w;
            gint64 start, made = 0;
            world_open(&w);
            g_assert_true(clock_parse(midnights[d], &start));
            w.settings.digest_hour = hour;
            reader(&w, "ben@example.net", DELIVERY_DAILY);
            g_assert_cmpint(run(&w, start - HOUR_S), ==, 0);
            for (int h = 0; h < 72 + (d == 0 ? -1 : 1); h++) { /* three days */
                post(&w);
                made += run(&w, start + h * HOUR_S) + run(&w, start + h * HOUR_S + 1800);
            }
            g_assert_cmpint(made, ==, 3);
            world_close(&w);
        }
}

static void test_hours_and_weekdays(void)
{
    struct world w;

    world_open(&w);
    row_id night = reader(&w, "night@example.net", DELIVERY_DAILY);
    reader(&w, "week@example.net", DELIVERY_WEEKLY);
    person_auto p = persons_by_id(w.f.db, night, &w.f.e);
    p->digest_hour = 20;
    fixture_ok(&w.f, db_begin(w.f.db, &w.f.e) && persons_update(w.f.db, p, &w.f.e) && db_commit(w.f.db, &w.f.e));
    /* The slots before any post are looked at, so that later posts belong to later slots. */
    g_assert_cmpint(run(&w, w.seven - HOUR_S), ==, 0);
    post(&w);
    g_assert_cmpint(run(&w, w.seven), ==, 1); /* Monday: the weekly one; the night's is of yesterday evening */
    g_assert_cmpint(count(&w, "SELECT count(*) FROM digest WHERE delivery = 'weekly'"), ==, 1);
    g_assert_cmpint(run(&w, w.seven + 12 * HOUR_S), ==, 0);
    g_assert_cmpint(run(&w, w.seven + 13 * HOUR_S), ==, 1);
    post(&w);
    g_assert_cmpint(run(&w, w.seven + 6 * DAY_S), ==, 1); /* Sunday morning: only what was due on Saturday evening */
    g_assert_cmpint(run(&w, w.seven + 7 * DAY_S), ==, 1);
    world_close(&w);
}

static void test_change_of_delivery(void)
{
    struct world w;

    world_open(&w);
    row_id ben = reader(&w, "ben@example.net", DELIVERY_EACH);
    post(&w);
    struct member m = {w.forum, ben, ROLE_MEMBER, DELIVERY_DAILY, T0 + 2 * HOUR_S};
    fixture_ok(&w.f, members_put(w.f.db, &m, &w.f.e));
    g_assert_cmpint(run(&w, w.seven), ==, 0); /* heard of it at once */
    struct post later = {.idea_id = w.idea,
                         .person_id = w.author,
                         .kind = POST_REPLY,
                         .state = POST_PUBLISHED,
                         .at = T0 + 3 * HOUR_S,
                         .text = "später"};
    fixture_ok(&w.f, db_begin(w.f.db, &w.f.e) && posts_add(w.f.db, &later, &w.f.e) && db_commit(w.f.db, &w.f.e));
    g_assert_cmpint(run(&w, w.seven + DAY_S), ==, 1);
    g_autofree struct digest *d = digests_by_id(w.f.db, 1, &w.f.e);
    g_autoptr(GPtrArray) posts = digests_posts(w.f.db, d, &w.f.e);
    g_assert_cmpint(posts->len, ==, 1);
    world_close(&w);
}

static void test_stop_and_suspended(void)
{
    struct world w;

    world_open(&w);
    row_id ben = reader(&w, "ben@example.net", DELIVERY_DAILY);
    reader(&w, "gone@example.net", DELIVERY_DAILY);
    fixture_exec(w.f.path, "UPDATE address SET suspended_at = 1 WHERE address = 'gone@example.net'");
    fixture_ok(&w.f, db_begin(w.f.db, &w.f.e) && ideas_follow(w.f.db, w.idea, ben, true, &w.f.e) &&
                         ideas_unfollow(w.f.db, w.idea, ben, T0, &w.f.e) && db_commit(w.f.db, &w.f.e));
    post(&w);
    g_assert_cmpint(run(&w, w.seven), ==, 0);
    world_close(&w);
}

/* What the rows promise is what the mail will hold: both ways of choosing agree. */
static void test_rows_agree_with_posts(void)
{
    struct world w;

    world_open(&w);
    row_id other = fixture_forum(&w.f, "gruen"), inner = fixture_idea(&w.f, other, w.author, RING_MEMBERS);
    row_id ben = reader(&w, "ben@example.net", DELIVERY_DAILY);
    fixture_member(&w.f, other, ben, ROLE_READER, DELIVERY_DAILY);
    row_id eva = reader(&w, "eva@example.net", DELIVERY_DAILY);
    fixture_member(&w.f, other, eva, ROLE_MEMBER, DELIVERY_DAILY);
    for (int i = 0; i < 10; i++) {
        post(&w);
        fixture_post(&w.f, inner, i % 2 == 0 ? w.author : eva, "innen");
    }
    struct digest_report report;
    fixture_ok(&w.f, digest_run(&w.g, w.seven, &report, &w.f.e));
    gint64 n = 0;
    for (row_id id = 1; id <= report.n_made; id++) {
        g_autofree struct digest *d = digests_by_id(w.f.db, id, &w.f.e);
        g_autoptr(GPtrArray) posts = digests_posts(w.f.db, d, &w.f.e);
        n += posts->len;
    }
    g_assert_cmpint(report.n_made, ==, 2);
    g_assert_cmpint(report.n_posts, ==, n);
    g_assert_cmpint(n, ==, 10 + 10 + 5);
    world_close(&w);
}

static void test_more_than_fits(void)
{
    struct world w;

    world_open(&w);
    reader(&w, "ben@example.net", DELIVERY_DAILY);
    fixture_ok(&w.f, db_begin(w.f.db, &w.f.e));
    for (int i = 0; i < LIMIT_DIGEST_POSTS + 1; i++)
        post(&w);
    fixture_ok(&w.f, db_commit(w.f.db, &w.f.e));
    g_assert_cmpint(run(&w, w.seven), ==, 2);
    g_assert_cmpint(count(&w, "SELECT to_post FROM digest WHERE id = 1"), ==, LIMIT_DIGEST_POSTS);
    g_assert_cmpint(count(&w, "SELECT to_post - from_post FROM digest WHERE id = 2"), ==, 1);
    world_close(&w);
}

/* Some were made, then the process was killed: the others follow, nobody gets two. */
static void test_interrupted(void)
{
    struct world w;

    world_open(&w);
    for (int i = 0; i < 5; i++) {
        g_autofree char *address = g_strdup_printf("p%d@example.net", i);
        reader(&w, address, DELIVERY_DAILY);
    }
    post(&w);
    g_assert_cmpint(run(&w, w.seven), ==, 5);
    fixture_exec(w.f.path, "DELETE FROM notice WHERE digest_id > 2; DELETE FROM digest WHERE id > 2;"
                           "UPDATE digest_cut SET done_at = NULL");
    post(&w);
    g_assert_cmpint(run(&w, w.seven + 120), ==, 3);
    g_assert_cmpint(count(&w, "SELECT count(DISTINCT person_id) FROM digest"), ==, 5);
    g_assert_cmpint(run(&w, w.seven + 180), ==, 0);
    world_close(&w);
}

static gint64 forget(struct world *w, gint64 now)
{
    gint64 n;

    fixture_ok(&w->f, job_old_digests(&w->g, now, &n, &w->f.e));
    return n;
}

/* What nobody answers any more goes, in steps; the last one of each person and delivery stays, so that nothing is told twice, and what a
 * waiting text or a mail on its way names. */
static void test_forgotten(void)
{
    struct world w;
    const gint64 n_days = LIMIT_DIGEST_KEEP_S / DAY_S;

    world_open(&w);
    reader(&w, "ben@example.net", DELIVERY_DAILY);
    reader(&w, "eva@example.net", DELIVERY_DAILY);
    for (int day = 0; day < JOB_STEP; day++) { /* one of each person: two steps */
        post(&w);
        g_assert_cmpint(run(&w, w.seven + day * DAY_S), ==, 2);
    }
    fixture_exec(w.f.path, "UPDATE notice SET state = 'sent' WHERE digest_id <> 3;"
                           "INSERT INTO hold (kind, state, forum_id, ring, address, title, text, created_at, digest_id)"
                           " VALUES ('entry', 'open', 1, 'public', 'ben@example.net', '', 'zu 3', 0, 5)");
    g_assert_cmpint(forget(&w, w.seven + n_days * DAY_S), ==, 0); /* an answer to the first is still understood */
    g_assert_cmpint(forget(&w, w.seven + n_days * DAY_S + 1), ==, 2);
    gint64 later = w.seven + 10 * JOB_STEP * DAY_S;
    g_assert_cmpint(forget(&w, later), ==, 2 * JOB_STEP - 2 - 2 - 2);
    g_assert_cmpint(forget(&w, later), ==, 0);
    g_assert_cmpint(count(&w, "SELECT count(*) FROM digest WHERE id = 3 OR id = 5"), ==, 2);
    g_assert_cmpint(count(&w, "SELECT count(*) FROM digest WHERE to_post = (SELECT max(published) FROM post)"), ==, 2);
    g_assert_cmpint(count(&w, "SELECT count(*) FROM digest"), ==, 4);
    g_assert_cmpint(count(&w, "SELECT count(*) FROM notice"), ==, 2 * JOB_STEP);
    g_assert_cmpint(count(&w, "SELECT count(*) FROM notice WHERE digest_id IS NOT NULL"), ==, 4);
    g_assert_cmpint(run(&w, later), ==, 0); /* they were told all of it */
    post(&w);
    g_assert_cmpint(run(&w, later + DAY_S), ==, 2);
    g_assert_cmpint(count(&w, "SELECT from_post FROM digest ORDER BY id DESC LIMIT 1"), ==, JOB_STEP);
    world_close(&w);
}

/* What too many wrote for anybody to be told one by one is put together a moment before the morning, and due in it: ten minutes
 * before, not a second sooner. */
static void test_too_many(void)
{
    struct world w;

    world_open(&w);
    reader(&w, "eva@example.net", DELIVERY_EACH);
    struct announcement a = {.forum_id = w.forum,
                             .idea_id = w.idea,
                             .person_id = w.author,
                             .at = w.seven - 2 * HOUR_S,
                             .late = 1};
    a.post_id = fixture_post(&w.f, w.idea, w.author, "zu viel");
    fixture_ok(&w.f, announcements_add(w.f.db, &a, &w.f.e));
    fixture_ok(&w.f, announce_due(&w.g, w.seven - LIMIT_LATE_AHEAD_S - 1, &w.f.e));
    g_assert_cmpint(count(&w, "SELECT count(*) FROM digest"), ==, 0);
    fixture_ok(&w.f, announce_due(&w.g, w.seven - LIMIT_LATE_AHEAD_S, &w.f.e));
    g_assert_cmpint(count(&w, "SELECT count(*) FROM digest"), ==, 1);
    g_assert_cmpint(count(&w, "SELECT due_at FROM notice WHERE purpose = 'digest-late'"), ==, w.seven);
    fixture_ok(&w.f, announce_due(&w.g, w.seven + 1, &w.f.e));
    g_assert_cmpint(count(&w, "SELECT count(*) FROM digest"), ==, 1);
    world_close(&w);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/digest-run/once", test_once);
    g_test_add_func("/digest-run/within-the-hour", test_within_the_hour);
    g_test_add_func("/digest-run/clock-set-back", test_clock_set_back);
    g_test_add_func("/digest-run/ranges", test_ranges_touch);
    g_test_add_func("/digest-run/late", test_late_run_catches_up);
    g_test_add_func("/digest-run/hour-again", test_hour_again);
    g_test_add_func("/digest-run/changed-clocks", test_changed_clocks);
    g_test_add_func("/digest-run/hours", test_hours_and_weekdays);
    g_test_add_func("/digest-run/steps", test_steps);
    g_test_add_func("/digest-run/change", test_change_of_delivery);
    g_test_add_func("/digest-run/stop", test_stop_and_suspended);
    g_test_add_func("/digest-run/agree", test_rows_agree_with_posts);
    g_test_add_func("/digest-run/more", test_more_than_fits);
    g_test_add_func("/digest-run/interrupted", test_interrupted);
    g_test_add_func("/digest-run/too-many", test_too_many);
    g_test_add_func("/digest-run/forgotten", test_forgotten);
    return g_test_run();
}
