/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is told of a post, as one view, which is plain and slow; and that what the statements of notices and digests find, each on the
 * way that is quick for it, is that view for every kind of person.
 */
#include "fixture.h"

#include "base/limits.h"
#include "store/bounces.h"
#include "store/digests.h"
#include "store/ideas.h"
#include "store/notices.h"
#include "store/posts.h"

#include <string.h>

/* One row for whoever hears of an idea, and how. A digest goes before following, STOPP for the idea before both, and from the inner
 * ring readers and strangers hear nothing. SQLite would read all of it for each post: UNION ALL in a join is not flattened. */
static const char *const telling =
    "CREATE VIEW telling AS"
    " SELECT i.id AS idea_id, p.id AS person_id,"
    "  CASE WHEN m.delivery IN ('daily', 'weekly') THEN m.delivery ELSE 'each' END AS way"
    " FROM idea i CROSS JOIN person p JOIN address a ON a.person_id = p.id AND a.is_primary = 1 AND a.suspended_at IS NULL"
    " LEFT JOIN member m ON m.forum_id = i.forum_id AND m.person_id = p.id"
    " LEFT JOIN follow f ON f.idea_id = i.id AND f.person_id = p.id"
    " WHERE p.id <> i.author_id AND f.stopped_at IS NULL AND (i.ring = 'public' OR m.role <> 'reader')"
    "  AND (m.delivery IN ('each', 'daily', 'weekly') OR f.person_id IS NOT NULL)";

enum following { FOLLOWS_NOT, FOLLOWS, STOPPED };

struct kind { /* of person */
    bool is_member;
    enum role role;
    enum delivery delivery;
    enum following following;
    bool is_suspended;
};

static void add_person(struct fixture *f, row_id forum, const row_id *ideas, const struct kind *k, guint number)
{
    g_autofree char *address = g_strdup_printf("p%u@example.net", number);
    row_id person = fixture_person(f, address);
    struct bounce_state suspended = {.suspended_at = T0};

    if (k->is_member)
        fixture_member(f, forum, person, k->role, k->delivery);
    for (guint i = 0; i < 2; i++) {
        if (k->following == FOLLOWS)
            OK(ideas_follow(f->db, ideas[i], person, false, &f->e));
        if (k->following == STOPPED)
            OK(ideas_unfollow(f->db, ideas[i], person, T0, &f->e));
    }
    if (k->is_suspended)
        OK(bounces_set_state(f->db, address, &suspended, &f->e));
}

/* One person of every kind; how many. */
static guint add_people(struct fixture *f, row_id forum, const row_id *ideas)
{
    static const enum role roles[] = {ROLE_READER, ROLE_MEMBER};
    static const enum delivery deliveries[] = {DELIVERY_NONE, DELIVERY_EACH, DELIVERY_DAILY, DELIVERY_WEEKLY};
    guint n = 0;

    for (guint s = 0; s < 2; s++)
        for (enum following follows = FOLLOWS_NOT; follows <= STOPPED; follows++) {
            add_person(f, forum, ideas, &(struct kind){.following = follows, .is_suspended = s != 0}, ++n);
            for (guint r = 0; r < G_N_ELEMENTS(roles); r++)
                for (guint d = 0; d < G_N_ELEMENTS(deliveries); d++)
                    add_person(f, forum, ideas, &(struct kind){true, roles[r], deliveries[d], follows, s != 0}, ++n);
        }
    return n;
}

static bool has_post(struct fixture *f, row_id person, enum delivery delivery, row_id post)
{
    const struct digest d = {.person_id = person, .delivery = delivery, .to_post = 100};
    g_autoptr(GPtrArray) posts = digests_posts(f->db, &d, &f->e);
    bool found = false;

    OK(posts != NULL);
    for (guint i = 0; i < posts->len; i++)
        found |= ((const struct post *)posts->pdata[i])->id == post;
    return found;
}

static gint64 count(struct fixture *f, const char *from, row_id thing, row_id person)
{
    g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM %s = %d AND person_id = %d", from, (int)thing, (int)person);

    return fixture_int(f->path, sql);
}

static void check_person(struct fixture *f, row_id idea, row_id post, row_id person)
{
    static const enum delivery digests[] = {DELIVERY_DAILY, DELIVERY_WEEKLY};
    bool is_suspended = count(f, "address WHERE suspended_at IS NOT NULL AND person_id", person, person) != 0;

    g_test_message("idea %d person %d", (int)idea, (int)person);
    g_assert_cmpint(count(f, "notice WHERE post_id", post, person), ==,
                    count(f, "telling WHERE way = 'each' AND idea_id", idea, person));
    for (guint i = 0; !is_suspended && i < G_N_ELEMENTS(digests);
         i++) { /* nobody suspended is asked for a digest: digest_readers */
        g_autofree char *from = g_strdup_printf("telling WHERE way = '%s' AND idea_id", delivery_name(digests[i]));
        g_assert_cmpint(has_post(f, person, digests[i], post), ==, count(f, from, idea, person));
    }
}

static void test_every_kind(void)
{
    struct fixture f;

    fixture_open(&f);
    row_id forum = fixture_forum(&f, "a"), author = fixture_person(&f, "author@example.net");
    row_id ideas[] = {fixture_idea(&f, forum, author, RING_PUBLIC), fixture_idea(&f, forum, author, RING_MEMBERS)};
    guint n_people = add_people(&f, forum, ideas), n_told = 0;

    fixture_exec(f.path, telling);
    for (guint i = 0; i < G_N_ELEMENTS(ideas); i++) {
        gint64 n = 0;
        row_id post = fixture_post(&f, ideas[i], author, "x");
        fixture_ok(&f, notices_add_for_post(f.db, post, T0, &n, &f.e));
        for (guint k = 1; k <= n_people; k++)
            check_person(&f, ideas[i], post, author + k);
        n_told += (guint)n;
    }
    g_assert_cmpuint(n_people, ==, 54);
    g_assert_cmpuint(n_told, ==, (guint)fixture_int(f.path, "SELECT count(*) FROM telling WHERE way = 'each'"));
    g_assert_cmpuint(n_told, >, 5);
    fixture_close(&f);
}

/* LIMIT_WRITTEN_REMEMBERED: what somebody said in a discussion, among their newest posts. */
static void test_written(void)
{
    struct fixture here_it_is, *f = &here_it_is;

    fixture_open(f);
    row_id forum = fixture_forum(f, "a"), eva = fixture_person(f, "eva@example.net"), ben = fixture_person(f, "ben@example.net");
    row_id here = fixture_idea(f, forum, eva, RING_PUBLIC), there = fixture_idea(f, forum, eva, RING_PUBLIC);

    OK(db_begin(f->db, &f->e));
    fixture_post(f, here, ben, "Bens Worte");
    for (int i = 0; i < LIMIT_WRITTEN_REMEMBERED; i++)
        fixture_post(f, i % 2 == 0 ? here : there, eva, "Evas Worte");
    OK(db_commit(f->db, &f->e));
    g_autoptr(GPtrArray) mine = posts_written(f->db, eva, here, LIMIT_WRITTEN_REMEMBERED, &f->e);
    g_assert_cmpint(mine->len, ==, LIMIT_WRITTEN_REMEMBERED / 2);
    g_assert_cmpstr(mine->pdata[0], ==, "Evas Worte");
    g_autoptr(GPtrArray) newest = posts_written(f->db, eva, here, 2, &f->e);
    g_assert_cmpint(newest->len, <=, 2);
    fixture_close(f);
}

/* LIMIT_INNER_DISCUSSIONS, LIMIT_INNER_REMEMBERED: what members of a forum say among themselves, the newest first, and nothing public;
 * what they say about a public idea is called as that. */
static void test_among_members(void)
{
    struct fixture here_it_is, *f = &here_it_is;
    row_id inner = 0;
    row_id beside = 1;

    fixture_open(f);
    row_id forum = fixture_forum(f, "a"), other = fixture_forum(f, "b"), eva = fixture_person(f, "eva@example.net");
    row_id open = fixture_idea(f, forum, eva, RING_PUBLIC);

    fixture_idea(f, other, eva, RING_MEMBERS);
    for (int i = 0; i <= LIMIT_INNER_DISCUSSIONS; i++)
        inner = fixture_idea(f, forum, eva, RING_MEMBERS);
    OK(db_begin(f->db, &f->e));
    for (int i = 0; i <= LIMIT_INNER_REMEMBERED; i++)
        fixture_post(f, inner, eva, i == 0 ? "ganz alt" : "unter uns");
    OK(db_commit(f->db, &f->e));
    g_autoptr(GPtrArray) found = ideas_among_members(f->db, forum, LIMIT_INNER_DISCUSSIONS, &f->e);
    g_autoptr(GPtrArray) said = posts_texts(f->db, inner, LIMIT_INNER_REMEMBERED, &f->e);
    g_assert_cmpint(found->len, ==, LIMIT_INNER_DISCUSSIONS);
    g_assert_cmpint(((struct idea *)found->pdata[0])->id, ==, inner);
    g_assert_cmpint(said->len, ==, LIMIT_INNER_REMEMBERED);
    for (guint i = 0; i < said->len; i++)
        g_assert_cmpstr(said->pdata[i], ==, "unter uns");
    OK(ideas_beside(f->db, inner, &beside, &f->e));
    g_assert_cmpint(beside, ==, 0);
    OK(db_begin(f->db, &f->e));
    OK(ideas_set_inner(f->db, open, forum, inner, &f->e));
    OK(db_commit(f->db, &f->e));
    OK(ideas_beside(f->db, inner, &beside, &f->e));
    g_assert_cmpint(beside, ==, open);
    fixture_close(f);
}

/* 3.5.2: of an idea in two forums whoever is in both hears once, and as they chose it to be quickest; who follows it hears of it by a
 * digest, if one of the forums sends them one. */
static enum delivery told_by(struct fixture *f, row_id person, row_id post)
{
    gint64 n = count(f, "notice WHERE post_id", post, person);
    bool daily = has_post(f, person, DELIVERY_DAILY, post), weekly = has_post(f, person, DELIVERY_WEEKLY, post);

    g_assert_cmpint(n + daily + weekly, <=, 1);
    return n > 0 ? DELIVERY_EACH : daily ? DELIVERY_DAILY : weekly ? DELIVERY_WEEKLY : DELIVERY_NONE;
}

static void test_two_forums(void)
{
    static const enum delivery deliveries[] = {DELIVERY_NONE, DELIVERY_EACH, DELIVERY_DAILY, DELIVERY_WEEKLY};
    struct fixture here_it_is, *f = &here_it_is;
    row_id people[2][4][4];
    bool changed;

    fixture_open(f);
    row_id home = fixture_forum(f, "a"), other = fixture_forum(f, "b"), author = fixture_person(f, "author@example.net");
    row_id id = fixture_idea(f, home, author, RING_PUBLIC);
    for (guint k = 0; k < 2; k++)
        for (guint a = 0; a < 4; a++)
            for (guint b = 0; b < 4; b++) {
                g_autofree char *address = g_strdup_printf("p%u-%u-%u@example.net", k, a, b);
                people[k][a][b] = fixture_person(f, address);
                fixture_member(f, home, people[k][a][b], ROLE_READER, deliveries[a]);
                fixture_member(f, other, people[k][a][b], ROLE_MEMBER, deliveries[b]);
                if (k == 1)
                    OK(ideas_follow(f->db, id, people[k][a][b], false, &f->e));
            }
    idea_auto idea = ideas_by_id(f->db, id, &f->e);
    fixture_ok(f, ideas_show_in(f->db, idea, other, true, &changed, &f->e));
    g_assert_true(changed);
    row_id post = fixture_post(f, id, author, "x");
    fixture_ok(f, notices_add_for_post(f->db, post, T0, NULL, &f->e));
    for (guint k = 0; k < 2; k++)
        for (guint a = 0; a < 4; a++)
            for (guint b = 0; b < 4; b++) {
                bool told_now = false;
                enum delivery quick = a == 0 ? deliveries[b] : b == 0 ? deliveries[a] : MIN(deliveries[a], deliveries[b]);
                if (k == 1 && a == 0 && b == 0)
                    quick = DELIVERY_EACH; /* follows it */
                g_test_message("%s, %s here, %s there", k == 1 ? "follows" : "reads", delivery_name(deliveries[a]),
                               delivery_name(deliveries[b]));
                g_assert_cmpint(told_by(f, people[k][a][b], post), ==, quick);
                fixture_ok(f, ideas_is_told(f->db, id, people[k][a][b], &told_now, &f->e));
                g_assert_cmpint(told_now, ==, quick == DELIVERY_EACH);
            }
    fixture_ok(f, ideas_show_in(f->db, idea, other, false, &changed, &f->e));
    g_assert_true(changed);
    row_id later = fixture_post(f, id, author, "y");
    fixture_ok(f, notices_add_for_post(f->db, later, T0, NULL, &f->e));
    g_assert_cmpint(told_by(f, people[0][0][1], later), ==, DELIVERY_NONE);
    fixture_close(f);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/who-is-told/every-kind", test_every_kind);
    g_test_add_func("/store/who-is-told/two-forums", test_two_forums);
    g_test_add_func("/store/who-is-told/written", test_written);
    g_test_add_func("/store/who-is-told/among-members", test_among_members);
    return g_test_run();
}
