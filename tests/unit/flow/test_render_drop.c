/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is not sent any more when its turn comes, each for its own reason: a small database, changed between two looks at the same notice.
 */
#include "../store/fixture.h"
#include "render_world.h"

#include "flow/out/render.h"
#include "flow/out/texts.h"

static void assert_dropped(struct world *w, const struct notice *n, const char *reason)
{
    struct rendered mail = {0};

    renderer_forget(w->r);
    g_assert_cmpint(render_notice(w->r, n, T0, &mail, &w->f.e), ==, RENDER_DROP);
    g_assert_cmpstr(mail.reason, ==, reason);
    rendered_clear(&mail);
}

static void test_dropped(void)
{
    struct world w;
    world_open(&w);
    struct notice post = {.id = 1,
                          .purpose = PURPOSE_POST,
                          .person_id = w.ben,
                          .about.forum = w.forum,
                          .about.idea = w.idea,
                          .about.post = w.reply};
    struct notice waiting = post, inner = post, gone = post;
    waiting.purpose = PURPOSE_RECEIPT_REVIEW_REPLY;
    inner.about.idea = w.inner;
    inner.about.post = add_post(&w, w.inner, 0, w.anna, POST_PUBLISHED, "nur für uns", NULL);
    gone.person_id = 999;
    struct notice ask = {.id = 2,
                         .purpose = PURPOSE_CONFIRM_IDEA,
                         .address = "canary-new@example.net",
                         .about.forum = w.forum,
                         .about.hold = w.confirm_idea};
    struct notice told = {.id = 3, .purpose = PURPOSE_DIGEST_DAILY, .person_id = w.eva, .about.digest = w.digest};
    struct notice inner_receipt = inner, moderate = {.id = 4,
                                                     .purpose = PURPOSE_MODERATE,
                                                     .person_id = w.ben,
                                                     .about.forum = w.forum,
                                                     .about.idea = w.idea,
                                                     .about.post = w.held,
                                                     .about.hold = w.review};
    inner_receipt.purpose = PURPOSE_RECEIPT_PUBLISHED_IDEA;
    inner_receipt.person_id = w.anna;
    assert_dropped(&w, &inner_receipt, "no member any more"); /* its author left the forum meanwhile */
    assert_dropped(&w, &moderate, "no staff any more");
    assert_dropped(&w, &waiting, "decided");
    assert_dropped(&w, &inner, "not wanted");
    assert_dropped(&w, &gone, "no address");
    fixture_exec(w.f.path, "UPDATE follow SET stopped_at = 5 WHERE person_id = 2"); /* STOPP */
    assert_dropped(&w, &post, "not wanted");
    struct notice news =
        {.id = 5, .purpose = PURPOSE_NEWS, .person_id = w.eva, .about.forum = w.forum, .about.idea = w.idea, .detail = "1"};
    fixture_exec(w.f.path, "UPDATE follow SET stopped_at = 5");
    assert_dropped(&w, &news, "not wanted");
    fixture_exec(w.f.path, "DELETE FROM follow; UPDATE member SET delivery = 'daily'");
    assert_dropped(&w, &post, "not wanted");
    fixture_exec(w.f.path, "UPDATE hold SET state = 'expired'");
    assert_dropped(&w, &ask, "decided");
    fixture_exec(w.f.path, "UPDATE post SET state = 'removed'");
    assert_dropped(&w, &post, "not public");
    assert_dropped(&w, &told, "nothing left");
    fixture_exec(w.f.path, "UPDATE address SET suspended_at = 1");
    assert_dropped(&w, &post, "address switched off");
    world_close(&w);
}

/* What happened was undone before the mail left: nothing is left to say. */
static void test_undone(void)
{
    static const struct {
        const char *first, *second; /* steps: from, to, was */
        bool is_undone;
    } rows[] = {
        {"'published', 'in_deliberation', NULL", "'in_deliberation', 'published', NULL", true},
        {"'published', 'in_deliberation', NULL", NULL, false},
        {"'published', 'merged:77', NULL", "'published', 'unmerged', '77'", true},
        {"'published', 'unmerged', '77'", NULL, false},
        {"'published', 'merged:77', NULL", NULL, false},
        {"'published', 'moved:bildung', 'mobilitaet'", "'published', 'moved:mobilitaet', 'bildung'", true},
        {"'published', 'moved:bildung', 'mobilitaet'", "'published', 'moved:energie', 'bildung'", false},
        {"'published', 'deadline:2027-05-03', '2027-04-01'", "'published', 'deadline:2027-04-01', '2027-05-03'", true},
        {"'published', 'deadline:2027-05-03', 'none'", "'published', 'deadline:2027-04-01', '2027-05-03'", false},
        {"'published', 'also:bildung', NULL", "'published', 'not-also:bildung', NULL", true},
    };
    struct world w;
    world_open(&w);
    struct notice news =
        {.id = 5, .purpose = PURPOSE_NEWS, .person_id = w.eva, .about.forum = w.forum, .about.idea = w.idea, .detail = "1"};
    struct notice removed = {.id = 6,
                             .purpose = PURPOSE_REMOVED,
                             .person_id = w.anna,
                             .about.forum = w.forum,
                             .about.idea = w.idea,
                             .about.post = w.first};
    struct notice phase = {.id = 7, .purpose = PURPOSE_PHASE_CHANGED, .person_id = w.eva, .detail = "zuhoeren 1800000000"};

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct rendered mail = {0};
        g_autofree char *second =
            rows[i].second != NULL ? g_strdup_printf(", (2, 1, 2, %s, 'lead')", rows[i].second) : g_strdup("");
        g_autofree char *sql =
            g_strdup_printf("DELETE FROM step; UPDATE idea SET state = '%s' WHERE id = 1;"
                            "INSERT INTO step (id, idea_id, at, from_state, to_state, was, by) VALUES (1, 1, 1, %s, 'lead')%s",
                            i == 1 ? "in_deliberation" : "published", rows[i].first, second);
        fixture_exec(w.f.path, sql);
        renderer_forget(w.r);
        bool is_dropped = render_notice(w.r, &news, T0, &mail, &w.f.e) == RENDER_DROP;
        fixture_ok(&w.f, w.f.e.kind == ERR_NONE);
        g_test_message("%s", rows[i].first);
        g_assert_cmpint(is_dropped, ==, rows[i].is_undone);
        if (is_dropped)
            g_assert_cmpstr(mail.reason, ==, DROPPED_UNDONE);
        rendered_clear(&mail);
    }
    assert_dropped(&w, &removed, "restored");
    assert_dropped(&w, &phase, DROPPED_UNDONE);
    world_close(&w);
}

/* Who decides about a complaint, and the author of whose idea nothing was heard: dropped once it is settled, else sent. */
static void test_settled(void)
{
    struct world w;
    struct rendered mail = {0};
    world_open(&w);
    struct notice complaint = {.id = 8,
                               .purpose = PURPOSE_COMPLAINT,
                               .person_id = w.mod,
                               .about.forum = w.forum,
                               .about.idea = w.idea,
                               .about.post = w.held,
                               .about.hold = w.review};
    struct notice silence = {.id = 9,
                             .purpose = PURPOSE_SILENCE,
                             .person_id = w.anna,
                             .about.forum = w.forum,
                             .about.idea = w.idea,
                             .about.post = w.first};

    w.settings.silence_author_days = 30;
    fixture_exec(w.f.path, "UPDATE hold SET state = 'rejected', next = 'complaint', decided_at = 1 WHERE kind = 'review'");
    g_assert_cmpint(render_notice(w.r, &complaint, T0, &mail, &w.f.e), ==, RENDER_OK);
    rendered_clear(&mail);
    fixture_exec(w.f.path, "UPDATE post SET state = 'withdrawn' WHERE id = 3");
    assert_dropped(&w, &complaint, DROPPED_JUDGED);
    fixture_exec(w.f.path,
                 "UPDATE post SET state = 'rejected' WHERE id = 3; UPDATE hold SET next = 'none' WHERE kind = 'review'");
    assert_dropped(&w, &complaint, DROPPED_JUDGED);
    fixture_exec(w.f.path, "UPDATE hold SET next = 'complaint', state = 'released' WHERE kind = 'review'");
    assert_dropped(&w, &complaint, DROPPED_JUDGED);
    renderer_forget(w.r);
    g_assert_cmpint(render_notice(w.r, &silence, T0, &mail, &w.f.e), ==, RENDER_OK);
    rendered_clear(&mail);
    fixture_exec(w.f.path, "UPDATE post SET kind = 'official' WHERE id = 2");
    assert_dropped(&w, &silence, DROPPED_HEARD);
    fixture_exec(w.f.path, "UPDATE post SET kind = 'reply' WHERE id = 2; INSERT INTO step (idea_id, at, from_state, to_state, by)"
                           " VALUES (1, 1792000000, 'published', 'assigned', 'lead')");
    assert_dropped(&w, &silence, DROPPED_HEARD);
    world_close(&w);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/render-drop/dropped", test_dropped);
    g_test_add_func("/render-drop/undone", test_undone);
    g_test_add_func("/render-drop/settled", test_settled);
    return g_test_run();
}
