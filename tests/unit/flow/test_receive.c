/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One mail on its way in: the facts that are looked up for it, its one verdict for each recipient, its second copy, and the
 * answers that are owed because of it.
 */
#include "world.h"

#include "base/limits.h"
#include "flow/facts.h"
#include "flow/in/receive.h"
#include "flow/pose.h"
#include "flow/step/answer.h"
#include "mail/read/read.h"
#include "store/forums.h"

#include <string.h>

#define ERIKA  "Erika <erika@example.org>"
#define PROVED "Authentication-Results: mx." WORLD_DOMAIN "; dmarc=pass header.from=example.org\r\n"

/* One verdict as "kind rule trust"; the mail is from ERIKA, to that one recipient. Caller frees. */
static char *received(struct world *w, const char *recipient, const char *header, const char *text, gint64 at)
{
    g_autoptr(GBytes) bytes = world_mail(ERIKA, header, text);
    message_auto m = world_read(bytes);
    g_autoptr(GPtrArray) verdicts = g_ptr_array_new_with_free_func((GDestroyNotify)receive_verdict_free);
    struct envelope *env = world_envelope("erika@example.org", recipient, at);

    fixture_ok(&w->f, db_begin(w->f.db, &w->f.e) && receive_message(&w->g, env, bytes, m, NULL, verdicts, &w->f.e) &&
                          db_commit(w->f.db, &w->f.e));
    g_assert_cmpuint(verdicts->len, ==, 1);
    const struct receive_verdict *v = verdicts->pdata[0];
    char *said = g_strconcat(verdict_name(v->kind), " ", v->rule, NULL);
    envelope_free(env);
    return said;
}

static void test_asked_first(void)
{
    struct world w;

    world_open(&w);
    g_autofree char *first = received(&w, "mobilitaet", "Message-ID: <a@x>\r\n", "Eine Bank.", T0);
    g_assert_cmpstr(first, ==, "confirm ask-author T0");
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM hold WHERE state = 'open' AND text = 'Eine Bank.'"), ==, 1);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM post"), ==, 0);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE purpose = 'confirm-idea'"), ==, 1);
    world_close(&w);
}

/* The same mail again, and the same Message-ID over other words. */
static void test_again(void)
{
    struct world w;

    world_open(&w);
    g_autofree char *first = received(&w, "mobilitaet", PROVED "Message-ID: <a@x>\r\n", "Eine Bank.", T0);
    g_autofree char *second = received(&w, "mobilitaet", PROVED "Message-ID: <a@x>\r\n", "Eine Bank.", T0 + 1);
    g_autofree char *other = received(&w, "mobilitaet", PROVED "Message-ID: <a@x>\r\n", "Zwei Bänke.", T0 + 2);
    g_assert_cmpstr(first, ==, "confirm ask-author T1");
    g_assert_cmpstr(second, ==, "duplicate same-mail");
    g_assert_cmpstr(other, ==, "confirm ask-author T1");
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM message"), ==, 2);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM hold"), ==, 2);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM event WHERE kind = 'message.same-id-other-content'"), ==, 1);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM event WHERE kind = 'message.duplicate'"), ==, 1);
    world_close(&w);
}

/* Undone as a whole: no row of it stays, and it can come again. */
static void test_undone(void)
{
    struct world w;
    g_autoptr(GBytes) bytes = world_mail(ERIKA, "", "Eine Bank.");
    message_auto m = world_read(bytes);

    world_open(&w);
    struct envelope *env = world_envelope("erika@example.org", "mobilitaet", T0);
    fixture_ok(&w.f, db_begin(w.f.db, &w.f.e) && receive_message(&w.g, env, bytes, m, NULL, NULL, &w.f.e));
    db_rollback(w.f.db);
    g_assert_cmpint(world_int(&w, "SELECT (SELECT count(*) FROM message) + (SELECT count(*) FROM hold) + "
                                  "(SELECT count(*) FROM notice) + (SELECT count(*) FROM verdict)"),
                    ==, 0);
    fixture_ok(&w.f,
               db_begin(w.f.db, &w.f.e) && receive_message(&w.g, env, bytes, m, NULL, NULL, &w.f.e) && db_commit(w.f.db, &w.f.e));
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM hold"), ==, 1);
    envelope_free(env);
    world_close(&w);
}

/* Nobody could read it: kept, and a person is told. */
static void test_unreadable(void)
{
    struct world w;
    g_autoptr(GBytes) bytes = g_bytes_new("\0\1\2", 3);

    world_open(&w);
    struct envelope *env = world_envelope("", "mobilitaet", T0);
    fixture_ok(&w.f, db_begin(w.f.db, &w.f.e) && receive_message(&w.g, env, bytes, NULL, "reader crashed", NULL, &w.f.e) &&
                         db_commit(w.f.db, &w.f.e));
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM message WHERE failed = 'reader crashed' AND n_bytes = 3"), ==, 1);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM verdict WHERE kind = 'set-aside'"), ==, 1);
    g_assert_cmpint(world_int(&w,
                              "SELECT count(*) FROM notice WHERE purpose = 'operator-failed' AND address = 'office@example.org'"),
                    ==, 1);
    envelope_free(env);
    world_close(&w);
}

/* Of one kind one automatic answer a day and mailbox, of all kinds LIMIT_REPLIES_PER_DAY. */
static void test_answers_end(void)
{
    struct world w;

    world_open(&w);
    for (int i = 0; i < 3; i++) {
        g_autofree char *id = g_strdup_printf(PROVED "Message-ID: <%d@x>\r\n", i);
        g_autofree char *said = received(&w, "hilfe", id, "Guten Tag", T0 + i);
        g_assert_cmpstr(said, ==, "accepted help T1");
    }
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE purpose = 'help'"), ==, 1);
    g_autofree char *next_day = received(&w, "hilfe", PROVED "Message-ID: <9@x>\r\n", "Guten Tag", T0 + 86400 + 1);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE purpose = 'help'"), ==, 2);
    world_close(&w);
}

/* All kinds together: whatever they are about, the one after the last is not written. */
static void test_answers_of_all_kinds(void)
{
    static const enum purpose kinds[] =
        {PURPOSE_HELP,          PURPOSE_ERROR_EMPTY,         PURPOSE_ERROR_CLOSED,     PURPOSE_ERROR_ADDRESS,
         PURPOSE_ERROR_MEMBER,  PURPOSE_ERROR_ENCRYPTED,     PURPOSE_ERROR_EXPIRED,    PURPOSE_ERROR_DELETE,
         PURPOSE_ERROR_UNCLEAR, PURPOSE_ERROR_OTHER_ADDRESS, PURPOSE_ERROR_NOT_PROVED, PURPOSE_ERROR_STOP_NOTHING};
    struct world w;
    struct message *m = message_new();
    struct looked_up l = {.facts.message = m};

    world_open(&w);
    G_STATIC_ASSERT(G_N_ELEMENTS(kinds) > LIMIT_REPLIES_PER_DAY);
    fixture_ok(&w.f, db_begin(w.f.db, &w.f.e));
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        fixture_ok(&w.f, answer_send(&w.g, &l, kinds[i], "erika@example.org", "de", 0, T0, &w.f.e));
    fixture_ok(&w.f, db_commit(w.f.db, &w.f.e));
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice"), ==, LIMIT_REPLIES_PER_DAY);
    message_free(m);
    world_close(&w);
}

/* What comes for who answers for data protection goes there, each by itself; beyond the day's share the operator hears. */
static void test_officer(void)
{
    struct world w;

    world_open(&w);
    w.settings.initiative_data_protection = "schutz@example.org";
    fixture_ok(&w.f, db_begin(w.f.db, &w.f.e));
    for (int i = 0; i <= LIMIT_OFFICER_PER_DAY; i++)
        fixture_ok(&w.f, answer_tell_officer(&w.g, 0, "Was wissen Sie?", T0 + i, &w.f.e));
    fixture_ok(&w.f, db_commit(w.f.db, &w.f.e));
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE address = 'schutz@example.org'"), ==, LIMIT_OFFICER_PER_DAY);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM notice WHERE address = 'office@example.org'"), ==, 1);
    world_close(&w);
}

/* Is somebody of that name read first? */
static bool poses(struct world *w, const struct message *m)
{
    enum why why = WHY_FORUM;

    fixture_ok(&w->f, pose_find(&w->g, m, "Eine Bank.", 0, true, &why, &w->f.e));
    return why == WHY_NAME;
}

/* Names of forums are kept, and read again as soon as one is added, here or by another process, and when that is undone. */
static void test_pose(void)
{
    struct world w;
    struct forum forum = {.name = "nord", .title = "Runder Tisch Nord", .language = "de"};
    row_id id;

    world_open(&w);
    g_autoptr(GBytes) bytes = world_mail("Runder Tisch Nord <erika@example.org>", "", "Eine Bank.");
    message_auto m = world_read(bytes);
    fixture_ok(&w.f, db_begin(w.f.db, &w.f.e));
    g_assert_false(poses(&w, m));
    fixture_ok(&w.f, db_savepoint(w.f.db, &w.f.e) && forums_put(w.f.db, &forum, T0, &id, &w.f.e));
    g_assert_true(poses(&w, m));
    db_savepoint_undo(w.f.db);
    g_assert_false(poses(&w, m));
    fixture_ok(&w.f, db_commit(w.f.db, &w.f.e));
    db_auto other = db_open(db_path(w.f.db), DB_WRITE, &w.f.e);
    fixture_ok(&w.f, other != NULL && db_begin(other, &w.f.e) && forums_put(other, &forum, T0, &id, &w.f.e) &&
                         db_commit(other, &w.f.e));
    g_assert_true(poses(&w, m));
    fixture_ok(&w.f, db_begin(w.f.db, &w.f.e));
    g_assert_true(poses(&w, m));
    db_rollback(w.f.db);
    world_close(&w);
}

/* What the rules are told about a reply: forum, idea, the writer's role; and nothing about an idea that the world does not know. */
static void test_facts(void)
{
    struct world w;
    g_autoptr(GBytes) bytes = world_mail(ERIKA, "To: idee-1@" WORLD_DOMAIN "\r\n", "Dafür.");
    message_auto m = world_read(bytes);
    struct looked_up known = {0}, hidden = {0};

    world_open(&w);
    row_id erika = fixture_person(&w.f, "erika@example.org");
    fixture_member(&w.f, w.forum, erika, ROLE_LEAD, DELIVERY_EACH);
    row_id idea = fixture_idea(&w.f, w.forum, erika, RING_PUBLIC);
    g_autofree char *recipient = g_strdup_printf("idee-%d@" WORLD_DOMAIN, (int)idea);
    fixture_post(&w.f, idea, erika, "Eine Bank.");
    fixture_ok(&w.f, facts_gather(&w.g, m, "erika@example.org", "erika@example.org", recipient, T0, &known, &w.f.e));
    g_assert_cmpint(known.facts.idea->id, ==, idea);
    g_assert_cmpint(known.facts.forum->id, ==, w.forum);
    g_assert_cmpint(known.facts.person->id, ==, erika);
    g_assert_cmpint(known.facts.role, ==, ROLE_LEAD);
    g_assert_true(known.facts.is_addressed && known.facts.reads_authentication);
    g_assert_cmpint(known.facts.now, ==, T0);
    looked_up_clear(&known);
    fixture_exec(w.f.path, "UPDATE idea SET state = 'submitted', published_at = NULL");
    fixture_ok(&w.f, facts_gather(&w.g, m, "erika@example.org", "erika@example.org", recipient, T0, &hidden, &w.f.e));
    g_assert_null(hidden.facts.idea);
    g_assert_null(hidden.facts.forum);
    looked_up_clear(&hidden);
    world_close(&w);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    mail_init();
    g_test_add_func("/receive/asked-first", test_asked_first);
    g_test_add_func("/receive/again", test_again);
    g_test_add_func("/receive/undone", test_undone);
    g_test_add_func("/receive/unreadable", test_unreadable);
    g_test_add_func("/receive/answers-end", test_answers_end);
    g_test_add_func("/receive/answers-of-all-kinds", test_answers_of_all_kinds);
    g_test_add_func("/receive/officer", test_officer);
    g_test_add_func("/receive/facts", test_facts);
    g_test_add_func("/receive/pose", test_pose);
    return g_test_run();
}
