/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reports about mails of ours: their rows, what an address has of them, domains that are paused.
 */
#include "fixture.h"

#include "store/bounces.h"
#include "store/persons.h"

#include <string.h>

typedef void test_fn(struct fixture *f);

/* What is remembered of an address is one row while there is something, and stands at the person's address, too. */
static void test_trouble(struct fixture *f)
{
    struct bounce_state s = {.points = 1, .bounced_at = T0}, read;
    bool is_known;

    fixture_person(f, "eva@example.net");
    OK(bounces_is_known(f->db, "eva@example.net", &is_known, &f->e));
    g_assert_true(is_known);
    OK(bounces_is_known(f->db, "stranger@example.net", &is_known, &f->e));
    g_assert_false(is_known);
    fixture_exec(f->path, "INSERT INTO list (id, name, title, language, n_release, is_members_only, created_at) VALUES (1, "
                          "'neues', 'N', 'de', 1, 0, 1);"
                          "INSERT INTO subscription (list_id, address, written, state, way, changed_at) VALUES"
                          " (1, 'asked@example.net', 'a', 'asked', 'mail', 1), (1, 'in@example.net', 'b', 'active', 'mail', 1)");
    OK(bounces_is_known(f->db, "in@example.net", &is_known, &f->e));
    g_assert_true(is_known); /* gets a newsletter */
    OK(bounces_is_known(f->db, "asked@example.net", &is_known, &f->e));
    g_assert_false(is_known); /* somebody ordered it for them */
    OK(bounces_set_state(f->db, "eva@example.net", &s, &f->e));
    OK(bounces_state(f->db, "eva@example.net", &read, &f->e));
    g_assert_cmpmem(&read, sizeof read, &s, sizeof s);
    s.suspended_at = T0 + 1;
    s.probe_at = T0 + 2;
    OK(bounces_set_state(f->db, "eva@example.net", &s, &f->e));
    person_auto p = persons_by_address(f->db, "eva@example.net", &f->e);
    g_assert_true(p->is_suspended);
    g_assert_false(p->has_complained);
    g_autoptr(GPtrArray) none = bounces_probes(f->db, T0 + 1, 10, &f->e), due = bounces_probes(f->db, T0 + 2, 10, &f->e);
    g_assert_cmpuint(none->len, ==, 0);
    g_assert_cmpuint(due->len, ==, 1);
    g_assert_cmpint(((const struct probe *)due->pdata[0])->person_id, ==, p->id);
    OK(bounces_set_state(f->db, "eva@example.net", &(struct bounce_state){0}, &f->e));
    person_auto q = persons_by_address(f->db, "eva@example.net", &f->e);
    g_assert_false(q->is_suspended);
}

static void test_bounce_rows(struct fixture *f)
{
    struct bounce b = {.at = T0,
                       .kind = BOUNCE_HARD,
                       .deed = BOUNCE_PAUSED,
                       .stream = STREAM_BULK,
                       .notice_id = 7,
                       .address = "eva@example.net",
                       .domain = "example.net",
                       .status = "5.1.1",
                       .said = "no"};
    struct destination d = {.domain = "example.net", .paused_at = T0, .paused_until = T0 + 60, .n_pauses = 1, .said = "554"};
    row_id id;
    gint64 n;

    OK(bounces_add(f->db, &b, &id, &f->e));
    g_assert_cmpint(bounces_count_deed(f->db, "example.net", BOUNCE_PAUSED, T0, &f->e), ==, 1);
    g_assert_cmpint(bounces_count_deed(f->db, "example.net", BOUNCE_PAUSED, T0 + 1, &f->e), ==, 0);
    g_assert_cmpint(bounces_count_refused(f->db, "example.org", BOUNCE_HARD, T0, &f->e), ==, 0);
    OK(bounces_undo(f->db, "eva@example.net", T0 + 5, &f->e));
    g_assert_cmpint(bounces_count_deed(f->db, "example.net", BOUNCE_PAUSED, T0, &f->e), ==, 0);
    OK(bounces_erase(f->db, 0, "eva@example.net", &f->e));
    struct bounce *gone = bounces_by_id(f->db, id, &f->e);
    g_assert_null(gone->address);
    g_assert_null(gone->said);
    bounce_free(gone);
    OK(bounces_forget(f->db, T0 + 1, 10, &n, &f->e));
    g_assert_cmpint(n, ==, 1);
    OK(destinations_put(f->db, &d, &f->e));
    g_autoptr(GPtrArray) now = destinations_paused(f->db, T0 + 59, &f->e), later = destinations_paused(f->db, T0 + 60, &f->e);
    g_assert_cmpuint(now->len, ==, 1);
    g_assert_cmpuint(later->len, ==, 0);
}

static void unknown_is(struct fixture *f, row_id issue, row_id notice, gint64 most, gint64 n_last, gint64 n_unknown)
{
    gint64 last, unknown;

    OK(bounces_unknown(f->db, issue, notice, most, &last, &unknown, &f->e));
    g_assert_cmpint(last, ==, n_last);
    g_assert_cmpint(unknown, ==, n_unknown);
}

/* Each issue by itself, however late its reports come and whatever is queued behind it. */
static void test_unknown(struct fixture *f)
{
    fixture_exec(
        f->path,
        "INSERT INTO list (id, name, title, language, n_release, is_members_only, created_at) VALUES (1, 'n', 'N', 'de', 1, 0, 0);"
        "INSERT INTO issue (id, list_id, number, subject, source, state, from_place, to_place, created_at) VALUES"
        " (1, 1, 1, 's', 's', 'sent', 0, 0, 0), (2, 1, 2, 's', 's', 'sending', 0, 0, 0);"
        "INSERT INTO notice (id, stream, purpose, issue_id, due_at, state) VALUES (101, 2, 'newsletter', 1, 1, 'sent'),"
        " (102, 2, 'newsletter', 1, 1, 'sent'), (103, 2, 'newsletter', 1, 1, 'failed'), (104, 2, 'newsletter', 2, 1, 'sent'),"
        " (105, 1, 'post', NULL, 1, 'sent'), (106, 2, 'newsletter', 2, 1, 'sent'), (107, 2, 'newsletter', 2, 1, 'due');"
        "INSERT INTO bounce (at, kind, deed, stream, notice_id, domain, status) VALUES (1, 'hard', 'paused', 2, 101, 'd', ''),"
        " (1, 'hard', 'paused', 2, 102, 'd', ''), (1, 'hard', 'paused', 2, 103, 'd', ''), (1, 'hard', 'paused', 2, 104, 'd', '')");
    unknown_is(f, 2, 104, 200, 1, 1); /* three of issue 1 do not count against issue 2 */
    unknown_is(f, 2, 106, 200, 2, 1);
    unknown_is(f, 1, 101, 200, 3, 3); /* the newest known is at the end of the window, not the one that is reported now */
    unknown_is(f, 1, 103, 2, 2, 2);
    unknown_is(f, 1, 103, 200, 3, 3);
}

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
    g_test_add_data_func("/store/bounces/trouble", (gconstpointer)test_trouble, run);
    g_test_add_data_func("/store/bounces/unknown", (gconstpointer)test_unknown, run);
    g_test_add_data_func("/store/bounces/rows", (gconstpointer)test_bounce_rows, run);
    return g_test_run();
}
