/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Newsletters in the store: how often somebody may be asked, and how an issue becomes mails.
 */
#include "fixture.h"

#include "base/limits.h"
#include "store/issues.h"
#include "store/lists.h"
#include "store/notices.h"
#include "store/subscriptions.h"

#define DAY (24 * 3600)

static row_id add_list(struct fixture *f)
{
    struct list l = {.name = "neues", .title = "Neues", .language = "de", .n_release = 2};
    row_id id;

    fixture_ok(f, db_begin(f->db, &f->e) && lists_add(f->db, &l, T0, &id, &f->e) && db_commit(f->db, &f->e));
    return id;
}

static bool may_ask(struct fixture *f, row_id list, const char *address, gint64 at)
{
    struct consent c = {.list_id = list, .address = address, .at = at, .way = WAY_MAIL};
    row_id id;

    fixture_ok(f, db_begin(f->db, &f->e) && consents_ask(f->db, &c, &id, &f->e) && db_commit(f->db, &f->e));
    return id != 0;
}

/* L-21 */
static void test_confirm_mails(void)
{
    struct fixture f;

    fixture_open(&f);
    row_id list = add_list(&f), month = LIMIT_CONFIRM_MAILS_MONTH_S;
    g_assert_true(may_ask(&f, list, "a@example.net", T0));
    g_assert_false(may_ask(&f, list, "a@example.net", T0));
    g_assert_true(may_ask(&f, list, "b@example.net", T0)); /* somebody else */
    g_assert_false(may_ask(&f, list, "a@example.net", T0 + LIMIT_CONFIRM_MAILS_S - 1));
    for (gint64 n = 1; n < LIMIT_CONFIRM_MAILS; n++)
        g_assert_true(may_ask(&f, list, "a@example.net", T0 + n * LIMIT_CONFIRM_MAILS_S));
    g_assert_false(may_ask(&f, list, "a@example.net", T0 + 10 * DAY)); /* the month is full */
    g_assert_false(may_ask(&f, list, "a@example.net", T0 + month - 1));
    g_assert_true(may_ask(&f, list, "a@example.net", T0 + month)); /* the first one is over */
    fixture_close(&f);
}

/* N subscribers, every second one in English. */
static void subscribe(struct fixture *f, row_id list, gint64 n)
{
    fixture_ok(f, db_begin(f->db, &f->e));
    for (gint64 i = 0; i < n; i++) {
        g_autofree char *address = g_strdup_printf("reader%" G_GINT64_FORMAT "@example.net", i);
        struct subscription s = {.list_id = list,
                                 .address = address,
                                 .written = address,
                                 .language = (i % 2 ? "en" : NULL),
                                 .way = WAY_IMPORT};
        bool changed;
        fixture_ok(f, subscriptions_join(f->db, &s, T0, &changed, &f->e) && changed);
    }
    fixture_ok(f, db_commit(f->db, &f->e));
}

static row_id release(struct fixture *f, row_id list, const char *language, gint64 at)
{
    struct issue i = {.list_id = list, .subject = "Neues", .source = "Text", .language = language, .created_at = T0};
    row_id id;
    bool changed;

    fixture_ok(f, db_begin(f->db, &f->e) && issues_add(f->db, &i, &id, &f->e) &&
                      issues_release(f->db, id, 0, at, &changed, &f->e) && changed &&
                      issues_release(f->db, id, 0, at, &changed, &f->e) && db_commit(f->db, &f->e));
    g_assert_false(changed); /* the second one was too late */
    return id;
}

static gint64 step(struct fixture *f, gint64 now, gint64 most, bool *more)
{
    gint64 n;

    fixture_ok(f, db_begin(f->db, &f->e) && issues_step(f->db, now, most, &n, more, &f->e) && db_commit(f->db, &f->e));
    return n;
}

/* A step takes LIMIT_ISSUE_STEP at most in dispatch; here a few. */
static void test_steps(void)
{
    struct fixture f;
    bool more, changed;

    fixture_open(&f);
    row_id list = add_list(&f);
    subscribe(&f, list, 10);
    row_id id = release(&f, list, NULL, T0 + 100);
    g_assert_cmpint(step(&f, T0 + 99, 4, &more), ==, 0);
    g_assert_false(more); /* its hour has not come */
    g_assert_cmpint(issues_next_at(f.db, &f.e), ==, T0 + 100);
    g_assert_cmpint(step(&f, T0 + 100, 4, &more), ==, 4);
    fixture_ok(&f, db_begin(f.db, &f.e) && issues_stop(f.db, id, &changed, &f.e) && changed && db_commit(f.db, &f.e));
    g_assert_cmpint(step(&f, T0 + 101, 4, &more), ==, 0);
    g_assert_false(more);
    fixture_ok(&f, db_begin(f.db, &f.e) && issues_resume(f.db, id, T0 + 102, &changed, &f.e) && changed && db_commit(f.db, &f.e));
    g_assert_cmpint(step(&f, T0 + 102, 4, &more), ==, 4);
    g_assert_cmpint(step(&f, T0 + 102, 4, &more), ==, 2);
    g_assert_cmpint(step(&f, T0 + 102, 4, &more), ==, 0);
    issue_auto i = issues_by_id(f.db, id, &f.e);
    g_assert_cmpint(i->state, ==, ISSUE_SENT);
    g_assert_cmpint(i->n_recipients, ==, 10);
    g_assert_cmpint(fixture_int(f.path, "SELECT count(DISTINCT subscription_id) FROM notice WHERE stream = 2"), ==, 10);
    fixture_close(&f);
}

static void test_segment(void)
{
    struct fixture f;
    bool more = true;
    gint64 n = 0;

    fixture_open(&f);
    row_id list = add_list(&f);
    subscribe(&f, list, 10);
    release(&f, list, "en", T0);
    while (more)
        n += step(&f, T0, 3, &more);
    g_assert_cmpint(n, ==, 5);
    fixture_close(&f);
}

/* A mail that was dropped because of a stop is due again, once. */
static void test_revived(void)
{
    struct fixture f;
    bool more, changed;

    fixture_open(&f);
    row_id list = add_list(&f);
    subscribe(&f, list, 2);
    row_id id = release(&f, list, NULL, T0);
    step(&f, T0, LIMIT_ISSUE_STEP, &more);
    fixture_ok(&f, db_begin(f.db, &f.e) && issues_stop(f.db, id, &changed, &f.e) &&
                       notices_record(f.db, 1, NOTICE_DROPPED, T0, DROPPED_STOPPED, &f.e) &&
                       notices_record(f.db, 2, NOTICE_SENT, T0, "250", &f.e) && issues_resume(f.db, id, T0 + 9, &changed, &f.e) &&
                       db_commit(f.db, &f.e));
    g_assert_cmpint(fixture_int(f.path, "SELECT count(*) FROM notice WHERE state = 'due' AND due_at = 1772400009"), ==, 1);
    g_assert_cmpint(step(&f, T0 + 9, LIMIT_ISSUE_STEP, &more), ==, 0);
    fixture_close(&f);
}

/* One who never answered, with the mail that asked, and one who was in once. */
static void test_forgotten(void)
{
    struct fixture f;
    struct subscription never = {.address = "never@example.net", .written = "never@example.net", .way = WAY_MAIL}, once = never;
    struct notice n = {.purpose = PURPOSE_CONFIRM_SUBSCRIPTION, .due_at = T0};
    row_id notice;
    bool changed;

    fixture_open(&f);
    once.address = once.written = "once@example.net";
    never.list_id = once.list_id = add_list(&f);
    may_ask(&f, never.list_id, "never@example.net", T0);
    may_ask(&f, never.list_id, "once@example.net", T0);
    fixture_ok(&f, db_begin(f.db, &f.e) && subscriptions_want(f.db, &never, T0, &changed, &f.e) &&
                       subscriptions_join(f.db, &once, T0, &changed, &f.e));
    subscription_auto s = subscriptions_by_address(f.db, never.list_id, "never@example.net", &f.e);
    subscription_auto left = subscriptions_by_address(f.db, never.list_id, "once@example.net", &f.e);
    n.subscription_id = s->id;
    fixture_ok(&f, subscriptions_end(f.db, left->id, SUBSCRIPTION_UNSUBSCRIBED, T0, &changed, &f.e) &&
                       subscriptions_want(f.db, &once, T0, &changed, &f.e) && notices_add(f.db, &n, &notice, &f.e));
    g_autoptr(GPtrArray) none = subscriptions_over(f.db, T0, 10, &f.e), over = subscriptions_over(f.db, T0 + 1, 10, &f.e);
    g_assert_cmpuint(none->len, ==, 0);
    g_assert_cmpuint(over->len, ==, 1);
    fixture_ok(&f, subscriptions_forget(f.db, over->pdata[0], &f.e) && db_commit(f.db, &f.e));
    g_assert_cmpint(fixture_int(f.path, "SELECT count(*) FROM subscription"), ==, 1);
    g_assert_cmpint(fixture_int(f.path, "SELECT count(*) FROM consent WHERE address = 'never@example.net'"), ==, 0);
    g_assert_cmpint(fixture_int(f.path, "SELECT count(*) FROM consent"), ==, 1);
    g_assert_cmpint(fixture_int(f.path, "SELECT count(*) FROM notice WHERE state = 'dropped' AND subscription_id IS NULL"), ==,
                    1);
    fixture_close(&f);
}

static gint64 state_of(struct fixture *f, row_id issue, const char *column)
{
    g_autofree char *sql = g_strdup_printf("SELECT %s FROM issue WHERE id = %" G_GINT64_FORMAT, column, issue);

    return fixture_int(f->path, sql);
}

/* Who is written to again gets the newest issues since, once each, and the issue's figures stay true. */
static void test_missed(void)
{
    struct fixture f;
    gint64 n;
    bool more = true;
    row_id issues[5];

    fixture_open(&f);
    row_id list = add_list(&f);
    subscribe(&f, list, 2);
    for (guint k = 0; k < 5; k++) { /* the last one is only for English: reader0 gets mails in German */
        issues[k] = release(&f, list, k == 4 ? "en" : NULL, T0 + k * DAY);
        if (k == 2) /* from then on nothing is sent to reader0 */
            fixture_exec(f.path, "UPDATE subscription SET state = 'suspended' WHERE id = 1");
        for (more = true; more;)
            step(&f, T0 + k * DAY, 10, &more);
        fixture_exec(f.path, "UPDATE notice SET state = 'sent', sent_at = 1 WHERE state = 'due'");
    }
    fixture_exec(
        f.path,
        "UPDATE issue SET n_sent = n_recipients; UPDATE subscription SET state = 'active' WHERE id = 1;"
        "INSERT INTO bounce (at, kind, deed, stream, notice_id, domain, status) SELECT 1, 'hard', 'paused', 2, id, 'd', ''"
        " FROM notice WHERE subscription_id = 1 AND issue_id = 2");
    subscription_auto s = subscriptions_by_id(f.db, 1, &f.e);
    fixture_ok(&f,
               db_begin(f.db, &f.e) && issues_send_missed(f.db, s, T0 + DAY, 4, T0 + 9 * DAY, &n, &f.e) && db_commit(f.db, &f.e));
    g_assert_cmpint(n, ==, 3); /* issue 2 came back, 3 and 4 were never sent; 5 is not for them, 1 was read */
    g_assert_cmpint(fixture_int(f.path, "SELECT count(*) FROM notice WHERE subscription_id = 1 AND state = 'due'"), ==, 3);
    g_assert_cmpint(state_of(&f, issues[1], "n_recipients"), ==, 2);
    g_assert_cmpint(state_of(&f, issues[1], "n_sent"), ==, 1);
    g_assert_cmpint(state_of(&f, issues[2], "n_recipients"), ==, 2);
    g_assert_cmpint(state_of(&f, issues[2], "n_sent"), ==, 1);
    fixture_ok(&f,
               db_begin(f.db, &f.e) && issues_send_missed(f.db, s, T0 + DAY, 4, T0 + 9 * DAY, &n, &f.e) && db_commit(f.db, &f.e));
    g_assert_cmpint(n, ==, 0); /* they wait already */
    fixture_exec(f.path, "DELETE FROM notice WHERE subscription_id = 1");
    fixture_ok(&f, db_begin(f.db, &f.e) && issues_send_missed(f.db, s, T0, LIMIT_ISSUES_MISSED, T0 + 9 * DAY, &n, &f.e) &&
                       db_commit(f.db, &f.e));
    g_assert_cmpint(n, ==, LIMIT_ISSUES_MISSED - 1); /* of the newest three, one is not for them */
    fixture_close(&f);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/newsletter/confirm-mails", test_confirm_mails);
    g_test_add_func("/store/newsletter/steps", test_steps);
    g_test_add_func("/store/newsletter/segment", test_segment);
    g_test_add_func("/store/newsletter/missed", test_missed);
    g_test_add_func("/store/newsletter/revived", test_revived);
    g_test_add_func("/store/newsletter/forgotten", test_forgotten);
    return g_test_run();
}
