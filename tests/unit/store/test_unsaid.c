/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words of texts that were taken back, in what others say.
 */
#include "fixture.h"

#include "base/limits.h"
#include "store/ideas.h"
#include "store/posts.h"
#include "store/steps.h"
#include "store/unsaid.h"
#include "store/words.h"

#include <string.h>

#define SAID                                                                                                                \
    "Ich wünsche mir ein Ticket für das ganze Ruhrgebiet, denn jeden Morgen fahre ich mit drei verschiedenen Bahnen zur " \
    "Arbeit nach Essen."
#define CHANGED "\"ich WÜNSCHE mir ein Ticket\nfür das ganze Ruhrgebiet - denn jeden\n> Morgen fahre ich mit drei Bahnen\""

struct world {
    struct fixture *f;
    row_id forum, eva, ben, idea, other, said;
};

static struct world begin(struct fixture *f)
{
    struct world w = {.f = f,
                      .forum = fixture_forum(f, "a"),
                      .eva = fixture_person(f, "eva@example.net"),
                      .ben = fixture_person(f, "ben@example.net")};

    w.idea = fixture_idea(f, w.forum, w.eva, RING_PUBLIC);
    w.other = fixture_idea(f, w.forum, w.ben, RING_PUBLIC);
    fixture_post(f, w.idea, w.ben, "Worum geht es hier?");
    w.said = fixture_post(f, w.idea, w.eva, SAID);
    return w;
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
    OK(posts_restore(f->db, post, T0, &f->e));
    OK(db_commit(f->db, &f->e));
}

static void forget(struct fixture *f, row_id post)
{
    OK(db_begin(f->db, &f->e));
    OK(posts_forget(f->db, post, T0, &f->e));
    OK(db_commit(f->db, &f->e));
}

static void work(struct fixture *f)
{
    bool more = true;

    while (more)
        OK(unsaid_work(f->db, T0, &more, &f->e));
    fixture_exec(f->path, "INSERT INTO post_fts (post_fts, rank) VALUES ('integrity-check', 1)");
}

static void shows(struct fixture *f, row_id post, const char *text)
{
    post_auto p = posts_by_id(f->db, post, &f->e);

    g_assert_cmpstr(p->text, ==, text);
}

static gint64 n_rows(struct fixture *f, const char *table)
{
    g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM %s", table);

    return fixture_int(f->path, sql);
}

/* Its own discussion at once, others with the clock; back it comes as it was, and the index with it. */
static void test_back(struct fixture *f)
{
    struct world w = begin(f);
    row_id here = fixture_post(f, w.idea, w.ben, "Sie schreiben: „" SAID "“ Das finde ich auch.");
    row_id line = fixture_post(f, w.idea, w.ben, "> Ich wünsche mir ein Ticket\nIch auch.");
    row_id there = fixture_post(f, w.other, w.ben, "Anderswo steht: " CHANGED ". Das finde ich nicht.");
    row_id few = fixture_post(f, w.other, w.ben, "Ein Ticket für das ganze Ruhrgebiet wünsche ich mir auch.");
    row_id own = fixture_post(f, w.other, w.eva, "Noch einmal: " SAID);

    take(f, w.said, POST_WITHDRAWN);
    shows(f, here, "Sie schreiben: „[auf Wunsch entfernt].“ Das finde ich auch.");
    shows(f, line, "> [auf Wunsch entfernt]\nIch auch.");
    work(f);
    shows(f, there, "Anderswo steht: \"[auf Wunsch entfernt] Bahnen\". Das finde ich nicht.");
    shows(f, few, "Ein Ticket für das ganze Ruhrgebiet wünsche ich mir auch.");
    shows(f, own, "Noch einmal: " SAID);
    g_assert_cmpint(n_rows(f, "post_fts WHERE post_fts MATCH 'verschiedenen'"), ==, 1); /* her own */
    restore(f, w.said);
    work(f);
    shows(f, here, "Sie schreiben: „" SAID "“ Das finde ich auch.");
    shows(f, line, "> Ich wünsche mir ein Ticket\nIch auch.");
    shows(f, there, "Anderswo steht: " CHANGED ". Das finde ich nicht.");
    g_assert_cmpint(n_rows(f, "unsaid") + n_rows(f, "unsaid_in") + n_rows(f, "whole"), ==, 0);
    g_assert_cmpint(n_rows(f, "post_fts WHERE post_fts MATCH 'verschiedenen'"), ==, 3);
}

/* What comes while it is taken back, from whoever it comes, in whatever state. */
static void test_later(struct fixture *f)
{
    struct world w = begin(f);

    take(f, w.said, POST_REMOVED);
    row_id late = fixture_post(f, w.other, w.ben, "Da stand: " SAID " Schade.");
    shows(f, late, "Da stand: [entfernt]. Schade.");
    row_id plain = fixture_post(f, w.other, w.ben, "Etwas anderes.");
    post_auto p = posts_by_id(f->db, plain, &f->e);
    OK(db_begin(f->db, &f->e));
    OK(posts_set_text(f->db, p, "Neu: " SAID, &f->e));
    OK(db_commit(f->db, &f->e));
    shows(f, plain, "Neu: [entfernt].");
    work(f);
    take(f, late, POST_WITHDRAWN);
    restore(f, w.said);
    work(f);
    restore(f, late);
    work(f);
    shows(f, late, "Da stand: " SAID " Schade.");
    shows(f, plain, "Neu: " SAID);
    g_assert_cmpint(n_rows(f, "whole"), ==, 0);
}

/* Deleted is deleted, whichever of the two goes first; what the clock had not found yet it finds. */
static void test_gone(struct fixture *f)
{
    struct world w = begin(f);
    row_id here = fixture_post(f, w.idea, w.ben, "> Ich wünsche mir ein Ticket\nIch auch, denn: " SAID);
    row_id there = fixture_post(f, w.other, w.ben, "Da stand: " SAID " Schade.");
    row_id both = fixture_post(f, w.other, w.ben, "Da stand: " SAID " Und: " CHANGED);

    take(f, w.said, POST_WITHDRAWN);
    take(f, both, POST_WITHDRAWN);
    forget(f, w.said);
    shows(f, here, "> [auf Wunsch entfernt]\nIch auch, denn: [auf Wunsch entfernt].");
    work(f);
    shows(f, there, "Da stand: [auf Wunsch entfernt]. Schade.");
    forget(f, both);
    work(f);
    g_assert_cmpint(n_rows(f, "unsaid") + n_rows(f, "unsaid_in") + n_rows(f, "whole"), ==, 0);
    g_assert_cmpint(n_rows(f, "post WHERE text LIKE '%verschiedenen Bahnen%'"), ==, 0);
}

/* Nobody takes away what somebody else said before, nor the same letter that others sent, too. */
static void test_others(struct fixture *f)
{
    struct world w = begin(f);
    row_id letter = fixture_idea(f, w.forum, w.ben, RING_PUBLIC);
    row_id copied = fixture_post(f, w.other, w.ben, "Abgeschrieben: " SAID);
    row_id quoted = fixture_post(f, w.idea, w.eva, "Da steht: " SAID);

    struct post same =
        {.idea_id = letter, .person_id = w.ben, .kind = POST_IDEA, .state = POST_PUBLISHED, .at = T0, .text = "Guten Tag, " SAID};
    OK(db_begin(f->db, &f->e));
    OK(posts_add(f->db, &same, &f->e));
    OK(db_commit(f->db, &f->e));
    take(f, copied, POST_WITHDRAWN);
    work(f);
    shows(f, w.said, SAID);
    shows(f, quoted, "Da steht: " SAID);
    shows(f, same.id, "Guten Tag, " SAID);
    take(f, w.said, POST_WITHDRAWN);
    work(f);
    shows(f, same.id, "Guten Tag, " SAID);
}

/* LIMIT_UNSAID_AT_ONCE: so many answers at once, the others with the clock; and twice is once. */
static void test_many(struct fixture *f)
{
    struct world w = begin(f);
    const guint n = LIMIT_UNSAID_AT_ONCE + 70;

    for (guint i = 0; i < n; i++)
        fixture_post(f, w.idea, w.ben, "Da steht: " SAID);
    for (guint i = 0; i < 2; i++) {
        take(f, w.said, POST_WITHDRAWN);
        g_assert_cmpint(n_rows(f, "post WHERE text LIKE '%entfernt%'"), ==, LIMIT_UNSAID_AT_ONCE);
        bool more;
        OK(unsaid_work(f->db, T0, &more, &f->e));
        g_assert_true(more);
        work(f);
        g_assert_cmpint(n_rows(f, "post WHERE text LIKE '%entfernt%'"), ==, n);
        restore(f, w.said);
        take(f, w.said, POST_WITHDRAWN);
        restore(f, w.said);
        work(f);
        g_assert_cmpint(n_rows(f, "post WHERE text LIKE '%entfernt%'"), ==, 0);
        g_assert_cmpint(n_rows(f, "whole"), ==, 0);
    }
}

/* LIMIT_UNSAID_AT_ONCE is for all that one transaction takes back and deletes, and the quoted lines of what is deleted go with the clock. */
static void test_erased(struct fixture *f)
{
    struct world w = begin(f);
    const guint n = LIMIT_UNSAID_AT_ONCE + 70;
    row_id own[] = {w.said, fixture_post(f, w.idea, w.eva, "Die alte Trasse liegt seit Jahren brach.")};

    for (guint i = 0; i < n; i++)
        fixture_post(f, w.idea, w.ben,
                     i % 2 == 0 ? "> Ich wünsche mir ein Ticket\nIch auch." : "> Die alte Trasse liegt seit\nSo ist es.");
    OK(db_begin(f->db, &f->e));
    for (guint i = 0; i < G_N_ELEMENTS(own); i++) {
        OK(posts_take(f->db, own[i], POST_WITHDRAWN, NULL, T0, &f->e));
        OK(posts_forget(f->db, own[i], T0, &f->e));
    }
    OK(db_commit(f->db, &f->e));
    g_assert_cmpint(n_rows(f, "post WHERE text LIKE '%entfernt%'"), ==, LIMIT_UNSAID_AT_ONCE / 2);
    row_id late = fixture_post(f, w.idea, w.ben, "> Die alte Trasse liegt seit\nSpät.");
    shows(f, late, "> [auf Wunsch entfernt]\nSpät.");
    work(f);
    g_assert_cmpint(n_rows(f, "post WHERE text LIKE '%entfernt%'"), ==, n + 1);
    g_assert_cmpint(n_rows(f, "post WHERE text LIKE '%Ticket%' OR text LIKE '%Trasse%'"), ==, 0);
    g_assert_cmpint(n_rows(f, "unsaid") + n_rows(f, "unsaid_in") + n_rows(f, "whole"), ==, 0);
}

static row_id titled(struct fixture *f, row_id forum, row_id author, const char *title)
{
    struct idea idea =
        {.forum_id = forum, .author_id = author, .title = title, .state = IDEA_PUBLISHED, .created_at = T0, .published_at = T0};
    row_id id = 0;

    OK(ideas_add(f->db, &idea, &id, &f->e));
    return id;
}

static row_id reasoned(struct fixture *f, row_id idea, row_id person, const char *reason)
{
    struct stage s = {.idea_id = idea, .at = T0, .to_state = "assigned", .by = "office", .person_id = person, .reason = reason};
    row_id id = 0;

    OK(steps_add(f->db, &s, &id, &f->e));
    return id;
}

/* What others wrote later in a title, or as the reason of a step, goes with the text; what its author wrote stays. */
static void test_titles(struct fixture *f)
{
    struct world w = begin(f);
    OK(db_begin(f->db, &f->e));
    row_id theirs = titled(f, w.forum, w.ben, "Zu: " SAID), own = titled(f, w.forum, w.eva, "Ich: " SAID);
    row_id why = reasoned(f, w.idea, w.ben, "Sie schrieben: " SAID), mine = reasoned(f, w.idea, w.eva, SAID);
    OK(db_commit(f->db, &f->e));

    take(f, w.said, POST_WITHDRAWN);
    work(f);
    forget(f, w.said);
    work(f);
    idea_auto cut = ideas_by_id(f->db, theirs, &f->e), left = ideas_by_id(f->db, own, &f->e);
    stage_auto said = steps_by_id(f->db, why, &f->e), kept = steps_by_id(f->db, mine, &f->e);
    g_assert_cmpstr(cut->title, ==, "Zu: [auf Wunsch entfernt].");
    g_assert_cmpstr(left->title, ==, "Ich: " SAID);
    g_assert_cmpstr(said->reason, ==, "Sie schrieben: [auf Wunsch entfernt].");
    g_assert_cmpstr(kept->reason, ==, SAID);
    fixture_exec(f->path, "INSERT INTO title_fts (title_fts, rank) VALUES ('integrity-check', 1)");
}

/* Where a text stands is no matter: in an idea that goes on with another, among members, in an official answer; and what a moderator took
 * out of it is no less said by others. */
static void test_everywhere(struct fixture *f)
{
    struct world w = begin(f);
    row_id inner = fixture_idea(f, w.forum, w.ben, RING_MEMBERS), lead = fixture_idea(f, w.forum, w.ben, RING_PUBLIC);
    row_id among = fixture_post(f, inner, w.ben, "Intern: " SAID), there = fixture_post(f, lead, w.ben, "Dort: " SAID);
    struct post official =
        {.idea_id = lead, .person_id = w.ben, .kind = POST_OFFICIAL, .state = POST_PUBLISHED, .at = T0, .text = "Amtlich: " SAID};
    g_autoptr(GPtrArray) passages = g_ptr_array_new();

    OK(db_begin(f->db, &f->e));
    OK(posts_add(f->db, &official, &f->e));
    OK(ideas_set_merged(f->db, w.idea, lead, IDEA_PUBLISHED, &f->e) && ideas_settle_group(f->db, lead, w.idea, &f->e));
    g_ptr_array_add(passages, (gpointer)SAID);
    post_auto said = posts_by_id(f->db, w.said, &f->e);
    OK(unsaid_redact(f->db, said, passages, 0, T0, &f->e));
    OK(db_commit(f->db, &f->e));
    work(f);
    post_auto redacted = posts_by_id(f->db, there, &f->e);
    g_assert_null(strstr(redacted->text, "Ruhrgebiet"));
    take(f, w.said, POST_WITHDRAWN);
    work(f);
    forget(f, w.said);
    work(f);
    for (guint i = 0; i < 3; i++) {
        post_auto p = posts_by_id(f->db, (row_id[]){among, there, official.id}[i], &f->e);
        g_assert_null(strstr(p->text, "Ruhrgebiet"));
    }
}

/* A row that was never committed leaves nothing in what is kept of rows, whose numbers come again. */
static void test_undone(struct fixture *f)
{
    struct world w = begin(f);
    row_id other = fixture_post(f, w.idea, w.eva,
                                "Die alte Bahntrasse wäre dafür gut geeignet, denn sie gehört schon lange der ganzen Stadt.");

    fixture_post(f, w.other, w.ben, "Hallo.");
    OK(db_begin(f->db, &f->e));
    OK(posts_take(f->db, other, POST_WITHDRAWN, NULL, T0, &f->e));
    struct post seen =
        {.idea_id = w.other, .person_id = w.ben, .kind = POST_REPLY, .state = POST_PUBLISHED, .at = T0, .text = SAID};
    OK(posts_add(f->db, &seen, &f->e));
    db_rollback(f->db);
    take(f, w.said, POST_WITHDRAWN);
    row_id late = fixture_post(f, w.other, w.ben, "Da stand: " SAID);
    shows(f, late, "Da stand: [auf Wunsch entfernt].");
}

static void run(gconstpointer test)
{
    struct fixture f = {0};

    fixture_open(&f);
    ((void (*)(struct fixture *))test)(&f);
    fixture_close(&f);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_data_func("/unsaid/back", test_back, run);
    g_test_add_data_func("/unsaid/later", test_later, run);
    g_test_add_data_func("/unsaid/gone", test_gone, run);
    g_test_add_data_func("/unsaid/others", test_others, run);
    g_test_add_data_func("/unsaid/many", test_many, run);
    g_test_add_data_func("/unsaid/erased", test_erased, run);
    g_test_add_data_func("/unsaid/titles", test_titles, run);
    g_test_add_data_func("/unsaid/everywhere", test_everywhere, run);
    g_test_add_data_func("/unsaid/undone", test_undone, run);
    return g_test_run();
}
