/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What 250 means: the answer comes after the commit, in the main loop; a failure of the database is everybody's, nothing of
 * the group stays, and the next group that succeeds writes it into the journal.
 */
#include "world.h"

#include "flow/in/writer.h"
#include "flow/quota.h"
#include "mail/read/read.h"

#define MOST 5

struct waiting {
    struct world *w;
    int n_answered, n_ok, n_later;
    gint64 n_stored_when_answered;
};

static void answered(enum err_kind outcome, const GPtrArray *verdicts, void *user)
{
    struct waiting *waiting = user;

    waiting->n_answered++;
    waiting->n_ok += outcome == ERR_NONE;
    waiting->n_later += outcome == ERR_LATER;
    g_assert_true((verdicts != NULL) == (outcome == ERR_NONE));
    waiting->n_stored_when_answered = world_int(waiting->w, "SELECT count(*) FROM message");
}

static void put(struct writer *writer, struct waiting *waiting, int number)
{
    g_autofree char *id = g_strdup_printf("Message-ID: <%d@x>\r\n", number);
    g_autoptr(GBytes) bytes = world_mail("erika@example.org", id, "Eine Bank.");

    writer_put(writer, world_envelope("erika@example.org", "mobilitaet", T0), bytes, world_read(bytes), NULL, answered, waiting);
}

static void wait_for(struct waiting *waiting, int n)
{
    while (waiting->n_answered < n)
        g_main_context_iteration(NULL, TRUE);
}

static void test_group(void)
{
    struct world w;

    world_open(&w);
    struct waiting waiting = {.w = &w};
    struct writer *writer = writer_new(&w.settings, &w.f.e);
    fixture_ok(&w.f, writer != NULL);
    for (int i = 0; i < MOST; i++)
        put(writer, &waiting, i);
    wait_for(&waiting, MOST);
    g_assert_cmpint(waiting.n_ok, ==, MOST);
    g_assert_cmpint(waiting.n_stored_when_answered, ==, MOST);
    writer_free(writer);
    world_close(&w);
}

/* While the writer is at one mail, the next ones are prepared beside it: masked as it would mask them, and what no reader could read
 * is on the disk before its transaction. */
static void test_prepared(void)
{
    struct world w;

    world_open(&w);
    g_autofree char *failed = g_build_filename(w.f.folder, "failed", NULL);
    g_mkdir_with_parents(failed, 0700);
    struct waiting waiting = {.w = &w};
    struct writer *writer = writer_new(&w.settings, &w.f.e);
    fixture_ok(&w.f, writer != NULL);
    for (int i = 0; i < MOST; i++) {
        g_autofree char *id = g_strdup_printf("Message-ID: <%d@x>\r\n", i);
        g_autoptr(GBytes) bytes = world_mail("erika@example.org", id, "Meine Nummer ist 0201 1234567, rufen Sie mich an.");
        struct message *m = i == 3 ? NULL : world_read(bytes);
        writer_put(writer, world_envelope("erika@example.org", "mobilitaet", T0), bytes, m,
                   m == NULL ? "it killed its reader" : NULL, answered, &waiting);
    }
    wait_for(&waiting, MOST);
    g_assert_cmpint(waiting.n_ok, ==, MOST);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM hold WHERE text LIKE '%[Telefonnummer entfernt]%'"), ==, MOST - 1);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM verdict WHERE kind = 'set-aside'"), ==, 1);
    g_autoptr(GDir) kept = g_dir_open(failed, 0, NULL);
    guint n_files = 0;
    while (g_dir_read_name(kept) != NULL)
        n_files++;
    g_assert_cmpuint(n_files, ==, 2); /* .eml, .info */
    writer_free(writer);
    world_close(&w);
}

static enum err_kind admitted(struct quota *q, struct world *w, const struct message *m, gsize n_bytes)
{
    err_auto struct err e = {0};

    return quota_admit(q, &w->g, m, "erika@example.org", n_bytes, T0, &e) ? ERR_NONE : e.kind;
}

/* What passed counts until it is settled: the database counts it from then on. */
static void test_quota(void)
{
    struct world w;
    g_autoptr(GBytes) bytes = world_mail("erika@example.org", "", "Eine Bank.");
    message_auto m = world_read(bytes);

    world_open(&w);
    w.settings.intake_unproved_mails_per_hour = 3;
    w.settings.intake_unproved_mb_per_hour = w.settings.intake_unproved_mb_per_hour_all = 1;
    quota_auto q = quota_new();
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 3; i++)
            g_assert_cmpint(admitted(q, &w, m, 1000), ==, ERR_NONE);
        g_assert_cmpint(admitted(q, &w, m, 1000), ==, ERR_RATE);
        for (int i = 0; i < 3; i++)
            quota_settle(q, &w.g, m, "erika@example.org", 1000);
        g_assert_cmpint(admitted(q, &w, NULL, 1024 * 1024), ==, ERR_NONE); /* of nobody: all together */
        g_assert_cmpint(admitted(q, &w, m, 1000), ==, ERR_RATE);
        quota_settle(q, &w.g, NULL, "erika@example.org", 1024 * 1024);
    }
    world_close(&w);
}

/* What was put is finished when the writer is freed; its answer may come later. */
static void test_end(void)
{
    struct world w;

    world_open(&w);
    struct waiting waiting = {.w = &w};
    struct writer *writer = writer_new(&w.settings, &w.f.e);
    put(writer, &waiting, 1);
    writer_free(writer);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM message"), ==, 1);
    wait_for(&waiting, 1);
    g_assert_cmpint(waiting.n_ok, ==, 1);
    world_close(&w);
}

static void test_trouble(void)
{
    struct world w;

    world_open(&w);
    struct waiting waiting = {.w = &w};
    struct writer *writer = writer_new(&w.settings, &w.f.e);
    fixture_ok(&w.f, writer != NULL);
    fixture_exec(w.f.path,
                 "CREATE TRIGGER full BEFORE INSERT ON verdict BEGIN SELECT RAISE(ROLLBACK, 'as if the disk were full'); END");
    put(writer, &waiting, 1);
    wait_for(&waiting, 1);
    g_assert_cmpint(waiting.n_ok, ==, 0);
    g_assert_cmpint(waiting.n_stored_when_answered, ==, 0);
    fixture_exec(w.f.path, "DROP TRIGGER full");
    put(writer, &waiting, 1);
    wait_for(&waiting, 2);
    g_assert_cmpint(waiting.n_ok, ==, 1);
    g_assert_cmpint(waiting.n_stored_when_answered, ==, 1);
    g_assert_cmpint(world_int(&w, "SELECT count(*) FROM event WHERE kind = 'store.trouble'"), ==, 1);
    writer_free(writer);
    world_close(&w);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    mail_init();
    g_test_add_func("/writer/group", test_group);
    g_test_add_func("/writer/prepared", test_prepared);
    g_test_add_func("/writer/quota", test_quota);
    g_test_add_func("/writer/end", test_end);
    g_test_add_func("/writer/trouble", test_trouble);
    return g_test_run();
}
