/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Notices, digests and the journal: who is told what, once, and that nobody can change the journal unseen. Also the
 * check of the whole database, which must find what was spoilt from outside.
 */
#include "fixture.h"

#include "base/limits.h"
#include "store/announcements.h"
#include "store/check.h"
#include "store/digests.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/mailboxes.h"
#include "store/notices.h"
#include "store/bounces.h"
#include "store/persons.h"
#include "store/posts.h"
#include "store/reports.h"

#include <string.h>

/* No mail is bulk yet, so that stream is written beside the table. */
static row_id add_notice(struct fixture *f, enum stream stream, gint64 due_at)
{
    struct notice n = {.purpose = stream == STREAM_FORUM ? PURPOSE_DIGEST_DAILY : PURPOSE_CONFIRM_IDEA,
                       .address = (char *)"eva@example.net",
                       .due_at = due_at};
    row_id id = 0;

    OK(notices_add(f->db, &n, &id, &f->e));
    if (stream == STREAM_BULK)
        fixture_exec(f->path, "UPDATE notice SET stream = 2 WHERE id = (SELECT max(id) FROM notice)");
    notice_auto added = notices_by_id(f->db, id, &f->e);
    g_assert_cmpint(added->stream, ==, stream);
    return id;
}

static const gint64 no_limit[N_STREAMS] = {G_MAXINT32, G_MAXINT32, G_MAXINT32};

static void expect_claim(struct fixture *f, gint64 most, guint n, const row_id *ids)
{
    g_autoptr(GPtrArray) claimed = notices_claim(f->db, T0, most, no_limit, &f->e);

    OK(claimed != NULL);
    g_assert_cmpint(claimed->len, ==, n);
    for (guint i = 0; i < n; i++) {
        struct notice *got = g_ptr_array_index(claimed, i);
        g_assert_cmpint(got->id, ==, ids[i]);
        g_assert_cmpint(got->state, ==, NOTICE_CLAIMED);
    }
}

/* A row of another program's making, in the middle of a queue, holds nothing up. */
static void test_unknown_purpose(struct fixture *f)
{
    struct notice none = {.address = (char *)"eva@example.net", .due_at = T0};

    FAILS(notices_add(f->db, &none, NULL, &f->e), ERR_OURS);
    row_id strange = add_notice(f, STREAM_TRANSACTIONAL, T0 - 2), usual = add_notice(f, STREAM_TRANSACTIONAL, T0 - 1);
    fixture_exec(f->path, "UPDATE notice SET purpose = 'horoscope' WHERE id = 1");
    expect_claim(f, 9, 2, (const row_id[]){strange, usual});
    notice_auto a = notices_by_id(f->db, strange, &f->e), b = notices_by_id(f->db, usual, &f->e);
    g_assert_cmpint(a->purpose, ==, PURPOSE_NONE);
    g_assert_cmpint(b->purpose, ==, PURPOSE_CONFIRM_IDEA);
}

static void test_claim(struct fixture *f)
{
    row_id bulk = add_notice(f, STREAM_BULK, T0 - 100), late = add_notice(f, STREAM_FORUM, T0 - 1);
    row_id early = add_notice(f, STREAM_FORUM, T0 - 50), first = add_notice(f, STREAM_TRANSACTIONAL, T0);
    row_id tomorrow = add_notice(f, STREAM_TRANSACTIONAL, T0 + 86400);
    gint64 n = 0;

    g_assert_cmpint(notices_next_due(f->db, STREAM_BULK, &f->e), ==, T0 - 100);
    expect_claim(f, 3, 3, (const row_id[]){first, early, late});
    expect_claim(f, 3, 1, (const row_id[]){bulk});
    expect_claim(f, 3, 0, NULL);
    g_assert_cmpint(notices_next_due(f->db, STREAM_TRANSACTIONAL, &f->e), ==, T0 + 86400);
    OK(notices_record(f->db, first, NOTICE_SENT, T0 + 3, "250 2.0.0 Ok", &f->e));
    OK(notices_record(f->db, early, NOTICE_DUE, T0 - 7, "451 later", &f->e));
    OK(notices_record(f->db, bulk, NOTICE_FAILED, T0, "550 no", &f->e));
    notice_auto sent = notices_by_id(f->db, first, &f->e), again = notices_by_id(f->db, early, &f->e);
    g_assert_cmpint(sent->state, ==, NOTICE_SENT);
    g_assert_cmpint(sent->sent_at, ==, T0 + 3);
    g_assert_cmpint(sent->claimed_at, ==, 0);
    g_assert_cmpstr(sent->last_reply, ==, "250 2.0.0 Ok");
    g_assert_cmpint(again->n_tries, ==, 1);
    g_assert_cmpint(again->due_at, ==, T0 - 7);
    OK(notices_release_claims(f->db, &n, &f->e)); /* the dispatcher died with `late` */
    g_assert_cmpint(n, ==, 1);
    expect_claim(f, 9, 2, (const row_id[]){early, late});
    OK(notices_count(f->db, NOTICE_DUE, &n, &f->e));
    g_assert_cmpint(n, ==, 1);
    OK(notices_count(f->db, NOTICE_FAILED, &n, &f->e));
    g_assert_cmpint(n, ==, 1);
    g_assert_cmpint(tomorrow, >, first);
}

static bool count_notice(const struct notice *n, void *user)
{
    (void)n;
    ++*(int *)user;
    return true;
}

static void test_lists(struct fixture *f)
{
    int n = 0;
    gint64 n_all = 0, n_purpose = 0;
    struct notice help = {.purpose = PURPOSE_HELP, .address = (char *)"eva@example.net", .due_at = T0, .mailbox = 7};

    add_notice(f, STREAM_FORUM, T0);
    add_notice(f, STREAM_FORUM, T0 + 1);
    expect_claim(f, 1, 1, (const row_id[]){1});
    OK(notices_each(f->db, NULL, count_notice, &n, &f->e));
    g_assert_cmpint(n, ==, 2);
    n = 0;
    OK(notices_each(f->db, "claimed", count_notice, &n, &f->e));
    g_assert_cmpint(n, ==, 1);
    OK(notices_add(f->db, &help, NULL, &f->e));
    help.purpose = PURPOSE_STOPPED;
    OK(notices_add(f->db, &help, NULL, &f->e));
    OK(notices_count_answers(f->db, 7, PURPOSE_HELP, true, T0, T0, &n_all, &n_purpose, &f->e));
    g_assert_cmpint(n_all, ==, 2); /* every kind of answer counts, and what is none (add_notice) does not */
    g_assert_cmpint(n_purpose, ==, 1);
    help.purpose = PURPOSE_COMMANDS;
    OK(notices_add(f->db, &help, NULL, &f->e));
    help.purpose = PURPOSE_ERROR_MEMBER;
    OK(notices_add(f->db, &help, NULL, &f->e));
    OK(notices_count_answers(f->db, 7, PURPOSE_HELP, true, T0, T0, &n_all, &n_purpose, &f->e));
    g_assert_cmpint(n_all, ==, 2); /* of the owner neither commands nor texts that came back */
    OK(notices_count_answers(f->db, 7, PURPOSE_HELP, false, T0, T0, &n_all, &n_purpose, &f->e));
    g_assert_cmpint(n_all, ==, 4); /* of anybody else all */
    OK(notices_count_answers(f->db, 7, PURPOSE_HELP, true, T0 + 1, T0 + 2, &n_all, &n_purpose, &f->e));
    g_assert_cmpint(n_all, ==, 0);
    OK(notices_count_answers(f->db, 7, PURPOSE_HELP, true, T0 - 2, T0 - 1, &n_all, &n_purpose, &f->e));
    g_assert_cmpint(n_all, ==, 0); /* what a clock that was ahead wrote */
    OK(notices_count_answers(f->db, 8, PURPOSE_HELP, true, T0, T0, &n_all, &n_purpose, &f->e));
    g_assert_cmpint(n_all, ==, 0);
}

static void test_clamp(struct fixture *f)
{
    row_id soon = add_notice(f, STREAM_TRANSACTIONAL, T0 + 100), far = add_notice(f, STREAM_BULK, T0 + 86400);

    OK(notices_clamp(f->db, T0 + 100, T0, T0, &f->e));
    notice_auto same = notices_by_id(f->db, soon, &f->e), clamped = notices_by_id(f->db, far, &f->e);
    g_assert_cmpint(same->due_at, ==, T0 + 100);
    g_assert_cmpint(clamped->due_at, ==, T0);
}

static void test_mailboxes(struct fixture *f)
{
    struct mailbox_state state;

    OK(mailboxes_get(f->db, 7, &state, &f->e));
    g_assert_cmpint(state.asked_at, ==, 0);
    OK(mailboxes_set_asked(f->db, 7, T0, &f->e));
    OK(mailboxes_set_asked(f->db, 7, T0 + 5, &f->e));
    OK(mailboxes_set_stopped(f->db, 8, T0 + 9, &f->e));
    OK(mailboxes_get(f->db, 7, &state, &f->e));
    g_assert_cmpint(state.asked_at, ==, T0 + 5);
    g_assert_cmpint(state.stopped_at, ==, 0);
    g_assert_cmpint(mailboxes_count_asked(f->db, T0, T0 + 9, 99, &f->e), ==, 2);
    g_assert_cmpint(mailboxes_count_asked(f->db, T0, T0 + 9, 1, &f->e), ==, 1);
    g_assert_cmpint(mailboxes_count_asked(f->db, T0, T0 + 4, 99, &f->e), ==, 0);
    OK(mailboxes_clamp(f->db, T0 + 1, &f->e));
    OK(mailboxes_get(f->db, 8, &state, &f->e));
    g_assert_cmpint(state.asked_at, ==, T0 + 1);
    g_assert_cmpint(state.stopped_at, ==, T0 + 1);
    OK(mailboxes_forget(f->db, T0 + 1, &f->e));
    OK(mailboxes_get(f->db, 8, &state, &f->e));
    g_assert_cmpint(state.stopped_at, ==, T0 + 1);
    OK(mailboxes_set_willing(f->db, 8, &f->e));
    OK(mailboxes_get(f->db, 8, &state, &f->e));
    g_assert_cmpint(state.stopped_at, ==, 0);
    OK(mailboxes_forget(f->db, T0 + 2, &f->e));
    OK(mailboxes_get(f->db, 8, &state, &f->e));
    g_assert_cmpint(state.asked_at, ==, 0);
}

static void test_reports(struct fixture *f)
{
    struct report r = {.at = T0, .purpose = PURPOSE_OPERATOR_MAIL, .detail = (char *)"Guten Tag"};
    row_id message = fixture_message(f, "k1", NULL, "x"), notice;
    bool found = false;
    gint64 n = 0;

    g_assert_cmpint(reports_told_at(f->db, &f->e), ==, 0);
    OK(reports_add(f->db, &r, &f->e));
    r = (struct report){.at = T0 + 1, .purpose = PURPOSE_OPERATOR_FAILED, .message_id = message};
    OK(reports_add(f->db, &r, &f->e));
    OK(reports_add(f->db, &r, &f->e));
    OK(reports_since(f->db, PURPOSE_OPERATOR_FAILED, T0, T0 + 1, &found, &f->e));
    g_assert_true(found);
    OK(reports_since(f->db, PURPOSE_OPERATOR_FAILED, T0, T0, &found, &f->e));
    g_assert_false(found);
    g_autoptr(GPtrArray) waiting = reports_waiting(f->db, 9, &f->e);
    g_assert_cmpint(waiting->len, ==, 3);
    notice = add_notice(f, STREAM_TRANSACTIONAL, T0 + 7);
    OK(reports_tell(f->db, notice, &f->e));
    g_assert_cmpint(reports_told_at(f->db, &f->e), ==, T0 + 7);
    g_autoptr(GPtrArray) none = reports_waiting(f->db, 9, &f->e), told = reports_of(f->db, notice, 2, &f->e);
    g_autoptr(GPtrArray) counts = reports_counts(f->db, notice, &f->e);
    g_assert_cmpint(none->len, ==, 0);
    g_assert_cmpint(told->len, ==, 2);
    g_assert_cmpstr(((struct report *)told->pdata[1])->message_key, ==, "k1");
    g_assert_cmpint(((struct report_count *)counts->pdata[0])->purpose, ==, PURPOSE_OPERATOR_FAILED);
    g_assert_cmpint(((struct report_count *)counts->pdata[0])->n, ==, 2);
    OK(reports_forget(f->db, T0 + 1, 9, &n, &f->e));
    g_assert_cmpint(n, ==, 1);
}

static bool is_told(struct fixture *f, row_id post, row_id person)
{
    g_autofree char *sql =
        g_strdup_printf("SELECT count(*) FROM notice WHERE post_id = %d AND person_id = %d", (int)post, (int)person);
    gint64 n = fixture_int(f->path, sql);

    g_assert_cmpint(n, <=, 1);
    return n == 1;
}

struct people {
    row_id author, each, daily, none, follower, stopped, suspended, both, stranger;
};

static struct people make_people(struct fixture *f, row_id forum)
{
    struct people p = {
        fixture_person(f, "author@example.net"),    fixture_person(f, "each@example.net"),
        fixture_person(f, "daily@example.net"),     fixture_person(f, "none@example.net"),
        fixture_person(f, "follower@example.net"),  fixture_person(f, "stopped@example.net"),
        fixture_person(f, "suspended@example.net"), fixture_person(f, "both@example.net"),
        fixture_person(f, "stranger@example.net"),
    };
    struct bounce_state suspended = {.suspended_at = T0};

    fixture_member(f, forum, p.author, ROLE_MEMBER, DELIVERY_EACH);
    fixture_member(f, forum, p.each, ROLE_READER, DELIVERY_EACH);
    fixture_member(f, forum, p.daily, ROLE_MEMBER, DELIVERY_DAILY);
    fixture_member(f, forum, p.none, ROLE_MEMBER, DELIVERY_NONE);
    fixture_member(f, forum, p.stopped, ROLE_MEMBER, DELIVERY_EACH);
    fixture_member(f, forum, p.suspended, ROLE_MEMBER, DELIVERY_EACH);
    fixture_member(f, forum, p.both, ROLE_MEMBER, DELIVERY_EACH);
    OK(bounces_set_state(f->db, "suspended@example.net", &suspended, &f->e));
    return p;
}

static gint64 tell(struct fixture *f, row_id post)
{
    gint64 n = 0;

    OK(notices_add_for_post(f->db, post, T0, &n, &f->e));
    OK(notices_add_for_post(f->db, post, T0, NULL, &f->e)); /* nobody twice */
    return n;
}

static void test_tell(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a");
    struct people p = make_people(f, forum);
    row_id idea = fixture_idea(f, forum, p.author, RING_PUBLIC);

    OK(ideas_follow(f->db, idea, p.author, false, &f->e));
    OK(ideas_follow(f->db, idea, p.follower, false, &f->e));
    OK(ideas_follow(f->db, idea, p.both, false, &f->e));
    OK(ideas_follow(f->db, idea, p.daily, false, &f->e));
    OK(ideas_follow(f->db, idea, p.none, false, &f->e));
    OK(ideas_unfollow(f->db, idea, p.stopped, T0, &f->e));
    OK(ideas_follow(f->db, idea, p.stopped, false, &f->e)); /* STOPP stays, whatever they write */
    OK(ideas_follow(f->db, idea, p.suspended, false, &f->e));
    gint64 n[2]; /* followers, supporters: whose address is not written to hears of nothing */
    g_assert_true(ideas_count(f->db, idea, &n[0], &n[1], &f->e) && n[0] == 5);
    row_id post = fixture_post(f, idea, p.author, "x");
    g_assert_cmpint(tell(f, post), ==, 4);
    g_assert_cmpint(tell(f, post), ==, 0); /* nobody twice */
    g_assert_true(is_told(f, post, p.each));
    g_assert_true(is_told(f, post, p.follower));
    g_assert_true(is_told(f, post, p.both));
    g_assert_true(is_told(f, post, p.none));   /* follows this one idea */
    g_assert_false(is_told(f, post, p.daily)); /* hears of it in the digest */
    g_assert_false(is_told(f, post, p.author));
    g_assert_false(is_told(f, post, p.stopped));
    g_assert_false(is_told(f, post, p.suspended));
    g_assert_false(is_told(f, post, p.stranger));
    OK(ideas_follow(f->db, idea, p.stopped, true, &f->e)); /* asked for it again */
    row_id next = fixture_post(f, idea, p.follower, "y");
    g_assert_cmpint(tell(f, next), ==, 5);
    g_assert_true(is_told(f, next, p.stopped));
    g_assert_true(is_told(f, next, p.author));
}

/* Inside the members' ring a reader and somebody from outside hear nothing. */
static gint64 digests_for(struct fixture *f, row_id person)
{
    g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM digest d JOIN notice n ON n.digest_id = d.id WHERE "
                                           "d.person_id = %d AND n.person_id = d.person_id AND purpose = 'digest-late'",
                                           (int)person);

    return fixture_int(f->path, sql);
}

/* Who is owed a digest in the morning anyway, of a post that was too much, gets one mail with both. */
static void test_adopted(struct fixture *f, row_id reader, row_id idea, row_id author)
{
    row_id post = fixture_post(f, idea, author, "y"), late = fixture_post(f, idea, author, "z"), id = 0;
    struct digest d = {.person_id = reader, .delivery = DELIVERY_NEWS, .from_post = 77, .to_post = 77, .made_at = T0};
    struct notice mail = {.purpose = PURPOSE_DIGEST_LATE, .person_id = reader, .due_at = T0 + 50},
                  alone = {.purpose = PURPOSE_POST, .person_id = reader, .about.idea = idea, .about.post = post, .due_at = T0};
    struct announcement a = {.post_id = late, .forum_id = 1, .idea_id = idea, .person_id = author, .at = T0 + 5, .late = 1};
    bool made = false;
    gint64 n = 0;

    OK(db_begin(f->db, &f->e));
    OK(digests_add(f->db, &d, &mail, &made, &f->e) && notices_add(f->db, &alone, &id, &f->e));
    OK(notices_join(f->db, id, d.id, &f->e) && announcements_add(f->db, &a, &f->e));
    OK(announcements_tell(f->db, 9, T0 + 50, T0 + 9, &n, &f->e));
    OK(db_commit(f->db, &f->e));
    g_autofree char *sql = g_strdup_printf("SELECT max(digest_id) FROM notice WHERE purpose = 'digest-late' AND state = 'due' AND"
                                           " due_at = %d AND person_id = %d GROUP BY person_id HAVING count(*) = 1",
                                           T0 + 50, (int)reader);
    g_autofree struct digest *both = digests_by_id(f->db, fixture_int(f->path, sql), &f->e);
    g_assert_nonnull(both);
    g_autoptr(GPtrArray) posts = digests_posts(f->db, both, &f->e);
    g_assert_cmpint(posts->len, ==, 2);
    g_assert_cmpint(((struct post *)posts->pdata[0])->id, ==, post);
    g_assert_cmpint(((struct post *)posts->pdata[1])->id, ==, late);
}

/* What is told together goes to the people whom single notices would have reached, once. */
static void test_tell_together(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a");
    struct people p = make_people(f, forum);
    row_id idea = fixture_idea(f, forum, p.author, RING_PUBLIC);
    bool due = false;
    gint64 n = 0;

    OK(ideas_follow(f->db, idea, p.follower, false, &f->e));
    OK(ideas_follow(f->db, idea, p.author, false, &f->e));
    OK(ideas_unfollow(f->db, idea, p.stopped, T0, &f->e));
    for (int i = 0; i < 3; i++) {
        row_id post = fixture_post(f, idea, i < 2 ? p.author : p.both, "x");
        struct announcement a =
            {.post_id = post, .forum_id = forum, .idea_id = idea, .person_id = p.author, .at = T0 + i, .late = i < 2};
        OK(announcements_add(f->db, &a, &f->e));
    }
    g_autoptr(GArray) recent = announcements_recent(f->db, forum, T0, T0 + 1, 9, &f->e);
    g_assert_cmpint(recent->len, ==, 2);
    OK(announcements_due(f->db, T0 - 1, T0 + 9, &due, &f->e));
    g_assert_false(due);
    OK(announcements_due(f->db, T0, T0 + 9, &due, &f->e));
    g_assert_true(due);
    OK(announcements_due(f->db, T0 - 1, T0, &due, &f->e)); /* the clock was set back */
    g_assert_true(due);
    OK(db_begin(f->db, &f->e));
    OK(announcements_tell(f->db, 9, T0 + 9, T0 + 9, &n, &f->e));
    OK(db_commit(f->db, &f->e));
    g_assert_cmpint(n, ==, 2);
    const row_id told[] = {p.each, p.both, p.follower},
                 untold[] = {p.author, p.daily, p.none, p.stopped, p.suspended, p.stranger};
    for (guint i = 0; i < G_N_ELEMENTS(told); i++) {
        const struct digest d = {.person_id = told[i], .delivery = DELIVERY_EACH, .to_post = 99};
        g_autoptr(GPtrArray) posts = digests_posts(f->db, &d, &f->e);
        g_assert_cmpint(digests_for(f, told[i]), ==, 1);
        g_assert_cmpint(posts->len, ==, 2); /* the third one was told alone */
    }
    for (guint i = 0; i < G_N_ELEMENTS(untold); i++)
        g_assert_cmpint(digests_for(f, untold[i]), ==, 0);
    OK(db_begin(f->db, &f->e));
    OK(announcements_tell(f->db, 9, T0 + 9, T0 + 9, &n, &f->e));
    OK(db_commit(f->db, &f->e));
    g_assert_cmpint(n, ==, 0); /* once */
    test_adopted(f, p.each, idea, p.author);
    OK(announcements_forget(f->db, T0 + 2, 9, &f->e));
    g_assert_cmpint(fixture_int(f->path, "SELECT count(*) FROM announcement"), ==, 2);
}

static void test_tell_members(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a");
    struct people p = make_people(f, forum);
    row_id idea = fixture_idea(f, forum, p.author, RING_MEMBERS);

    OK(ideas_follow(f->db, idea, p.follower, false, &f->e));
    row_id post = fixture_post(f, idea, p.author, "x");
    g_assert_cmpint(tell(f, post), ==, 2);
    g_assert_true(is_told(f, post, p.both));
    g_assert_true(is_told(f, post, p.stopped)); /* did not stop this one */
    g_assert_false(is_told(f, post, p.each));   /* a reader */
    g_assert_false(is_told(f, post, p.follower));
}

static guint n_digest_posts(struct fixture *f, row_id person, gint64 from, gint64 to)
{
    const struct digest d = {.person_id = person, .delivery = DELIVERY_DAILY, .from_post = from, .to_post = to};
    g_autoptr(GPtrArray) posts = digests_posts(f->db, &d, &f->e);

    OK(posts != NULL);
    return posts->len;
}

static void test_digest_posts(struct fixture *f)
{
    row_id a = fixture_forum(f, "a"), b = fixture_forum(f, "b"), c = fixture_forum(f, "c");
    row_id eva = fixture_person(f, "eva@example.net"), ben = fixture_person(f, "ben@example.net");
    row_id inner = fixture_idea(f, a, ben, RING_MEMBERS), open = fixture_idea(f, b, ben, RING_PUBLIC);
    row_id elsewhere = fixture_idea(f, c, ben, RING_PUBLIC);

    fixture_member(f, a, eva, ROLE_MEMBER, DELIVERY_DAILY);
    fixture_member(f, b, eva, ROLE_READER, DELIVERY_DAILY);
    fixture_member(f, c, eva, ROLE_READER, DELIVERY_WEEKLY);
    fixture_member(f, a, ben, ROLE_READER, DELIVERY_DAILY);
    fixture_post(f, open, ben, "1");
    fixture_post(f, inner, ben, "2");
    fixture_post(f, open, eva, "3");
    fixture_post(f, elsewhere, ben, "4");
    row_id last = fixture_post(f, open, ben, "5");
    const struct digest d = {.person_id = eva, .delivery = DELIVERY_DAILY, .to_post = 5};
    g_autoptr(GPtrArray) posts = digests_posts(f->db, &d, &f->e);
    g_assert_cmpint(posts->len, ==, 3); /* by forum: 2, then 1 and 5 */
    g_assert_cmpint(((struct post *)posts->pdata[0])->id, ==, 2);
    g_assert_cmpint(((struct post *)posts->pdata[1])->id, ==, 1);
    g_assert_cmpint(((struct post *)posts->pdata[2])->id, ==, 5);
    g_assert_cmpstr(((struct post *)posts->pdata[2])->text, ==, ""); /* few of them are shown */
    g_assert_cmpint(n_digest_posts(f, eva, 1, 4), ==, 1);            /* (from, to] */
    g_assert_cmpint(n_digest_posts(f, ben, 0, 5), ==, 0); /* a reader sees nothing of the inner ring, and not his own */
    OK(db_begin(f->db, &f->e));
    OK(posts_take(f->db, last, POST_REMOVED, NULL, T0, &f->e));
    OK(db_commit(f->db, &f->e));
    g_assert_cmpint(n_digest_posts(f, eva, 0, 5), ==, 2);
}

static void test_digest(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a"), eva = fixture_person(f, "eva@example.net");
    struct digest d = {.person_id = eva, .delivery = DELIVERY_DAILY, .from_post = 0, .to_post = 7, .made_at = T0}, twice = d;
    struct notice n = {.purpose = PURPOSE_DIGEST_DAILY, .person_id = eva, .due_at = T0};
    bool made = false;

    fixture_member(f, forum, eva, ROLE_MEMBER, DELIVERY_DAILY);
    OK(db_begin(f->db, &f->e));
    OK(digests_add(f->db, &d, &n, &made, &f->e));
    g_assert_true(made);
    OK(digests_add(f->db, &twice, &n, &made, &f->e));
    g_assert_false(made);
    OK(db_commit(f->db, &f->e));
    g_assert_cmpint(fixture_int(f->path, "SELECT count(*) FROM notice"), ==, 1);
    g_assert_cmpint(fixture_int(f->path, "SELECT digest_id FROM notice"), ==, d.id);
    g_autofree struct digest *kept = digests_by_id(f->db, d.id, &f->e);
    g_assert_cmpint(kept->to_post, ==, 7);
    g_assert_cmpint(kept->delivery, ==, DELIVERY_DAILY);
    g_autoptr(GPtrArray) daily = digests_people(f->db, DELIVERY_DAILY, &f->e);
    g_autoptr(GPtrArray) weekly = digests_people(f->db, DELIVERY_WEEKLY, &f->e);
    g_assert_cmpint(daily->len, ==, 1);
    g_assert_cmpint(weekly->len, ==, 0);
}

static void add_event(struct fixture *f, struct db *db, const char *detail)
{
    struct event ev = {.at = T0, .kind = (char *)"post.published", .about.message = 3, .about.idea = 4, .detail = (char *)detail};

    OK(events_add(db, &ev, &f->e));
}

static row_id broken_at(struct fixture *f)
{
    row_id broken = -1;

    OK(events_verify(f->db, &broken, &f->e));
    return broken;
}

static bool count_event(const struct event *ev, void *user)
{
    g_assert_cmpint(ev->at, ==, T0);
    ++*(int *)user;
    return true;
}

static void test_journal(struct fixture *f)
{
    db_auto other = db_open(f->path, DB_WRITE, &f->e);
    struct event ev = {.kind = (char *)"x"};
    int n = 0;

    FAILS(events_add(f->db, &ev, &f->e), ERR_OURS); /* the chain needs the write lock */
    for (int i = 0; i < 3; i++) {                   /* two processes add in turn */
        struct db *db = i == 1 ? other : f->db;
        OK(db_begin(db, &f->e));
        add_event(f, db, NULL);
        OK(db_savepoint(db, &f->e));
        add_event(f, db, "undone");
        db_savepoint_undo(db);
        add_event(f, db, "a: 1");
        OK(db_commit(db, &f->e));
    }
    g_assert_cmpint(broken_at(f), ==, 0);
    OK(events_each(f->db, 0, 0, count_event, &n, &f->e));
    OK(events_each(f->db, 3, 0, count_event, &n, &f->e));
    OK(events_each(f->db, 0, 4, count_event, &n, &f->e));
    OK(events_each(f->db, 0, 5, count_event, &n, &f->e));
    g_assert_cmpint(n, ==, 18);
    fixture_exec(f->path, "UPDATE event SET detail = 'b: 1' WHERE id = 2");
    g_assert_cmpint(broken_at(f), ==, 2);
    fixture_exec(f->path, "UPDATE event SET detail = 'a: 1' WHERE id = 2");
    g_assert_cmpint(broken_at(f), ==, 0);
    fixture_exec(f->path, "DELETE FROM event WHERE id = 4");
    g_assert_cmpint(broken_at(f), ==, 5);
}

static bool note_detail(const struct event *ev, void *user)
{
    g_ptr_array_add(user, g_strdup(ev->detail));
    return true;
}

/* A line can never be deleted: what people wrote is not in it. */
static void test_impersonal(struct fixture *f)
{
    g_autofree char *longest = g_strnfill(LIMIT_EVENT_DETAIL_BYTES, 'x'), *longer = g_strnfill(LIMIT_EVENT_DETAIL_BYTES + 1, 'x');
    const char *const details[] = {"publish T1", "550 <eva@example.net>: unknown", "first\nsecond", longest, longer};
    const char *const kept[] = {"publish T1", "(not kept here)", "(not kept here)", longest, "(not kept here)"};
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);

    OK(db_begin(f->db, &f->e));
    for (guint i = 0; i < G_N_ELEMENTS(details); i++)
        add_event(f, f->db, details[i]);
    OK(db_commit(f->db, &f->e));
    OK(events_each(f->db, 0, 0, note_detail, found, &f->e));
    for (guint i = 0; i < G_N_ELEMENTS(kept); i++)
        g_assert_cmpstr(found->pdata[i], ==, kept[i]);
    g_assert_cmpint(broken_at(f), ==, 0);
}

/* Who worked on the connection stands in the line and in its hash; a change that no line tells of is seen. */
static void test_actor(struct fixture *f)
{
    db_set_actor(f->db, "operator karl");
    OK(db_begin(f->db, &f->e));
    g_assert_true(db_is_journaled(f->db)); /* nothing is changed yet */
    OK(bounces_undo(f->db, "nobody@example.net", T0, &f->e));
    g_assert_true(db_is_journaled(f->db));
    struct forum forum = {.name = (char *)"neu", .title = (char *)"Neu", .language = (char *)"de"};
    row_id id;
    OK(forums_put(f->db, &forum, 1, &id, &f->e));
    g_assert_false(db_is_journaled(f->db));
    add_event(f, f->db, NULL);
    g_assert_true(db_is_journaled(f->db));
    OK(db_commit(f->db, &f->e));
    db_set_actor(f->db, NULL);
    OK(db_begin(f->db, &f->e));
    add_event(f, f->db, NULL);
    OK(db_commit(f->db, &f->e));
    g_assert_cmpint(fixture_int(f->path, "SELECT id FROM event WHERE actor = 'operator karl'"), ==, 1);
    g_assert_cmpint(fixture_int(f->path, "SELECT count(*) FROM event WHERE actor IS NULL"), ==, 1);
    g_assert_cmpint(broken_at(f), ==, 0);
    fixture_exec(f->path, "UPDATE event SET actor = 'operator emil' WHERE id = 1");
    g_assert_cmpint(broken_at(f), ==, 1);
    fixture_exec(f->path, "UPDATE event SET actor = NULL WHERE id = 1");
    g_assert_cmpint(broken_at(f), ==, 1);
    fixture_exec(f->path, "UPDATE event SET actor = 'operator karl' WHERE id = 1; UPDATE event SET actor = '' WHERE id = 2");
    g_assert_cmpint(broken_at(f), ==, 2);
}

static void expect_findings(struct fixture *f, guint n, const char *word)
{
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);

    OK(db_check(f->db, f->folder, findings, &f->e));
    for (guint i = 0; i < findings->len; i++)
        g_test_message("%s", (char *)findings->pdata[i]);
    g_assert_cmpint(findings->len, ==, n);
    if (n > 0)
        g_assert_nonnull(strstr(findings->pdata[0], word));
}

static void test_check(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a"), eva = fixture_person(f, "eva@example.net");
    row_id idea = fixture_idea(f, forum, eva, RING_PUBLIC);

    fixture_post(f, idea, eva, "Grüne Fahrräder");
    fixture_message(f, "k1", NULL, "x");
    OK(db_begin(f->db, &f->e));
    add_event(f, f->db, NULL);
    OK(db_commit(f->db, &f->e));
    expect_findings(f, 0, NULL);
    fixture_exec(f->path, "UPDATE event SET at = 1");
    expect_findings(f, 1, "journal");
    fixture_exec(f->path, "UPDATE event SET at = 1772400000; UPDATE idea SET n_posts = 5");
    expect_findings(f, 1, "counts 5 posts and has 1");
    fixture_exec(f->path, "UPDATE idea SET n_posts = 1; UPDATE post SET text = 'Blaue Fahrräder'");
    expect_findings(f, 1, "index of words");
    fixture_exec(f->path, "UPDATE post SET text = 'Grüne Fahrräder'; PRAGMA foreign_keys = OFF; UPDATE idea SET forum_id = 77");
    expect_findings(f, 1, "of idea points to a row of forum");
    fixture_exec(f->path, "UPDATE idea SET forum_id = 1; UPDATE message_raw SET bytes = NULL");
    expect_findings(f, 1, "bytes of message k1");
    db_close(f->db);
    f->db = db_open(f->path, DB_READ, &f->e);
    expect_findings(f, 1, "bytes of message k1");
    fixture_exec(f->path, "UPDATE message_raw SET bytes = x'00'; INSERT INTO post_fts (rowid, text) VALUES (999, 'weg')");
    expect_findings(f, 1, "lacks 0 published posts and has 1 ");
    fixture_exec(f->path, "INSERT INTO post_fts (post_fts) VALUES ('delete-all')");
    expect_findings(f, 1, "lacks 1 published posts and has 0 ");
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
    static const struct {
        const char *name;
        test_fn *fn;
    } tests[] = {
        {"claim", test_claim},
        {"unknown-purpose", test_unknown_purpose},
        {"lists", test_lists},
        {"clamp", test_clamp},
        {"mailboxes", test_mailboxes},
        {"reports", test_reports},
        {"tell", test_tell},
        {"tell-together", test_tell_together},
        {"tell-members", test_tell_members},
        {"digest-posts", test_digest_posts},
        {"digest", test_digest},
        {"journal", test_journal},
        {"impersonal", test_impersonal},
        {"actor", test_actor},
        {"check", test_check},
    };
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *name = g_strconcat("/store/telling/", tests[i].name, NULL);
        g_test_add_data_func(name, (gconstpointer)tests[i].fn, run);
    }
    return g_test_run();
}
