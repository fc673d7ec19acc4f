/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What 250 means: the answer comes after the commit, in the main loop; a failure of the database is everybody's, nothing of
 * the group stays, and the next group that succeeds writes it into the journal.
 */
#include "world.h"

#include "flow/in/writer.h"
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
    fixture_exec(w.f.path, "CREATE TRIGGER full BEFORE INSERT ON verdict BEGIN SELECT RAISE(ROLLBACK, 'as if the disk were full'); END");
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
    g_test_add_func("/writer/end", test_end);
    g_test_add_func("/writer/trouble", test_trouble);
    return g_test_run();
}
