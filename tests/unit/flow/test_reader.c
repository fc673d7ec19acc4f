/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pool of readers with real processes: many mails, mails that take a reader down in every way, readers and the
 * nursery killed from outside, answers that are not of our making. Built with short_limits.h.
 */
#include "base/limits.h"
#include "flow/reader/reader.h"
#include "flow/reader/death.h"
#include "flow/reader/ledger.h"
#include "flow/reader/link.h"

#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct outcome {
    enum reader_outcome outcome;
    char *subject; /* of a mail that was read */
    char *reason;
    bool is_there;
    guint rank; /* how many were answered before */
};

struct stage {
    struct reader_pool *pool;
    GPtrArray *outcomes; /* struct outcome, by mail */
    guint n_there;
    bool is_broken;
};

static void outcome_free(struct outcome *o)
{
    g_free(o->subject);
    g_free(o->reason);
    g_free(o);
}

static void stage_open(struct stage *s, guint n_readers)
{
    const struct read_options options = {.own_domain = "example.org"};
    err_auto struct err e = {0};

    *s = (struct stage){.pool = reader_pool_new(n_readers, &options, &e)};
    g_assert_cmpstr(e.text, ==, NULL);
    g_assert_nonnull(s->pool);
    s->outcomes = g_ptr_array_new_with_free_func((GDestroyNotify)outcome_free);
}

static void stage_close(struct stage *s)
{
    g_clear_pointer(&s->pool, reader_pool_free);
    g_ptr_array_unref(s->outcomes);
}

struct ticket {
    struct stage *stage;
    guint index;
};

static void on_done(enum reader_outcome outcome, struct message *m, const char *reason, void *user)
{
    g_autofree struct ticket *t = user;
    struct outcome *o = g_ptr_array_index(t->stage->outcomes, t->index);
    message_auto owned = m;

    g_assert_false(o->is_there);
    g_assert_true((outcome == READER_OK) == (m != NULL));
    g_assert_true((outcome == READER_OK) == (reason == NULL));
    o->is_there = true;
    o->outcome = outcome;
    o->subject = m != NULL ? g_strdup(m->subject) : NULL;
    o->reason = g_strdup(reason);
    o->rank = t->stage->n_there++;
}

/* A mail whose subject is its number; FIELD is a further header line or "". */
static void hand_in_from(struct stage *s, const char *sender, const char *field, gsize n_body)
{
    struct ticket *t = g_new0(struct ticket, 1);
    g_autoptr(GString) mail = g_string_new(NULL);
    g_autofree char *id = g_strdup_printf("id%u", s->outcomes->len);

    g_string_append_printf(mail, "From: a@example.net\nSubject: %u\n%s\n", s->outcomes->len, field);
    while (mail->len < n_body)
        g_string_append(mail, "Der Radweg endet im Nichts, und das seit Jahren.\n");
    t->stage = s;
    t->index = s->outcomes->len;
    g_ptr_array_add(s->outcomes, g_new0(struct outcome, 1));
    g_autoptr(GBytes) bytes = g_bytes_new(mail->str, mail->len);
    reader_pool_read(s->pool, bytes, id, sender, on_done, t);
}

static void hand_in(struct stage *s, const char *field, gsize n_body)
{
    hand_in_from(s, "", field, n_body);
}

static gboolean on_late(gpointer user)
{
    *(bool *)user = true;
    return G_SOURCE_CONTINUE;
}

/* Runs the main loop until all that was handed in is answered, or fails. */
static void await_all(struct stage *s)
{
    bool is_late = false;
    guint timer = g_timeout_add_seconds(180, on_late, &is_late);

    while (s->n_there < s->outcomes->len && !is_late)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(timer);
    g_assert_false(is_late);
}

static void assert_read(const struct stage *s, guint index)
{
    const struct outcome *o = g_ptr_array_index(s->outcomes, index);
    g_autofree char *number = g_strdup_printf("%u", index);

    g_assert_cmpstr(o->reason, ==, NULL);
    g_assert_cmpint(o->outcome, ==, READER_OK);
    g_assert_cmpstr(o->subject, ==, number);
}

static struct reader_stats stats_of(const struct stage *s)
{
    struct reader_stats stats;

    reader_pool_stats(s->pool, &stats);
    return stats;
}

/* Processes of that name that descend from us, by the kernel's list. */
static GArray *processes(const char *name)
{
    g_autoptr(GDir) proc = g_dir_open("/proc", 0, NULL);
    GArray *pids = g_array_new(FALSE, FALSE, sizeof(pid_t));
    const char *entry;

    while ((entry = g_dir_read_name(proc)) != NULL) {
        g_autofree char *path = g_build_filename("/proc", entry, "stat", NULL);
        g_autofree char *stat = NULL;
        g_autofree char *wanted = g_strdup_printf(" (%s) ", name);
        pid_t pid = (pid_t)g_ascii_strtoll(entry, NULL, 10);

        if (pid == 0 || !g_file_get_contents(path, &stat, NULL, NULL) || strstr(stat, wanted) == NULL)
            continue;
        g_auto(GStrv) words = g_strsplit(strchr(stat, ')') + 2, " ", 4); /* state, parent, group */
        if (g_ascii_strtoll(words[2], NULL, 10) == getpgrp() && words[0][0] != 'Z')
            g_array_append_val(pids, pid);
    }
    return pids;
}

/* ---- */

static void test_many(void)
{
    struct stage s;

    stage_open(&s, 2);
    for (guint i = 0; i < 200; i++)
        hand_in(&s, "", i % 7 * 1000);
    g_assert_cmpuint(s.n_there, ==, 0); /* never from within */
    await_all(&s);
    for (guint i = 0; i < 200; i++)
        assert_read(&s, i);
    g_assert_cmpuint(stats_of(&s).n_read, ==, 200);
    g_assert_cmpuint(stats_of(&s).n_died, ==, 0);
    /* LIMIT_READER_MESSAGES is 50 here: nobody reads more. */
    g_assert_cmpuint(stats_of(&s).n_retired, >=, 2);
    stage_close(&s);
}

static void test_large(void)
{
    struct stage s;

    stage_open(&s, 1);
    hand_in(&s, "", 0);
    hand_in(&s, "", 20 * 1000 * 1000);
    hand_in(&s, "", 0);
    await_all(&s);
    for (guint i = 0; i < 3; i++)
        assert_read(&s, i);
#ifndef WITH_SANITIZERS /* the reader had grown to LIMIT_READER_RSS_BYTES */
    g_assert_cmpuint(stats_of(&s).n_retired, >=, 1);
#endif
    stage_close(&s);
}

#define SLOW "X-Forumpost-Test: slow\n"

static guint rank_of(const struct stage *s, guint index)
{
    return ((const struct outcome *)g_ptr_array_index(s->outcomes, index))->rank;
}

/* A mail that takes long loses its quick reader and the ones behind it, and is read by a patient one, though its answer
 * comes in pieces; the others overtake it. */
static void test_slow(void)
{
    struct stage s;

    stage_open(&s, 1);
    hand_in(&s, SLOW, 1000 * 1000);
    for (guint i = 0; i < 30; i++)
        hand_in(&s, "", 0);
    await_all(&s);
    for (guint i = 0; i < 31; i++)
        assert_read(&s, i);
    g_assert_cmpuint(rank_of(&s, 0), ==, 30);
    g_assert_cmpuint(stats_of(&s).n_died, ==, 1);
    stage_close(&s);
}

/* One sender's slow mails are read one after the other; everybody else's are not held up by them. */
static void test_slow_sender(void)
{
    struct stage s;

    stage_open(&s, 1);
    for (guint i = 0; i < 1 + LIMIT_READER_SLOW_WAITING; i++)
        hand_in_from(&s, "eve@example.net", SLOW, 100);
    for (guint i = 0; i < 40; i++)
        hand_in_from(&s, "anna@example.org", "", 0);
    await_all(&s);
    for (guint i = 0; i < 41 + LIMIT_READER_SLOW_WAITING; i++)
        assert_read(&s, i);
    /* The last slow one comes after all others; by then its sender is in debt and is not read quickly at all. */
    guint n_died = (guint)stats_of(&s).n_died;
    g_assert_cmpuint(rank_of(&s, LIMIT_READER_SLOW_WAITING), ==, 40 + LIMIT_READER_SLOW_WAITING);
    hand_in_from(&s, "eve@example.net", SLOW, 100);
    hand_in_from(&s, "kit@example.net", "", 0); /* of the same domain: behind, but read */
    hand_in_from(&s, "anna@example.org", "", 0);
    await_all(&s);
    for (guint i = 41 + LIMIT_READER_SLOW_WAITING; i < s.outcomes->len; i++)
        assert_read(&s, i);
    g_assert_cmpuint(stats_of(&s).n_died, ==, n_died);
    stage_close(&s);
}

/* Whoever waits for the patient reader holds a session of the mail server: too many are told to come again. */
static void test_slow_too_many(void)
{
    const guint n = 2 * LIMIT_READER_SLOW_WAITING + 4;
    struct stage s;
    guint n_read = 0, n_later = 0;

    stage_open(&s, 1);
    for (guint i = 0; i < n; i++)
        hand_in(&s, SLOW, 100);
    await_all(&s);
    for (guint i = 0; i < n; i++) {
        const struct outcome *o = g_ptr_array_index(s.outcomes, i);

        n_read += o->outcome == READER_OK;
        n_later += o->outcome == READER_LATER;
    }
    g_assert_cmpuint(n_read, >=, 1 + LIMIT_READER_SLOW_WAITING);
    g_assert_cmpuint(n_later, >=, 1);
    g_assert_cmpuint(n_read + n_later, ==, n);
    stage_close(&s);
}

/* Whoever wants to end does not wait for all of them. */
static void test_hurry(void)
{
    struct stage s;
    guint n_later = 0;

    stage_open(&s, 1);
    for (guint i = 0; i < LIMIT_READER_SLOW_WAITING; i++)
        hand_in(&s, SLOW, 100);
    while (s.n_there == 0)
        g_main_context_iteration(NULL, TRUE);
    reader_pool_hurry(s.pool);
    await_all(&s);
    for (guint i = 0; i < s.outcomes->len; i++)
        n_later += ((const struct outcome *)g_ptr_array_index(s.outcomes, i))->outcome == READER_LATER;
    g_assert_cmpuint(n_later, >=, 1);
    g_assert_cmpuint(stats_of(&s).n_fatal + stats_of(&s).n_gone, ==, 0);
    stage_close(&s);
}

/* ---- who owes how much ---- */

/* Libraries look for modules and zones when they meet something rare; that must not kill the reader. */
static void test_rare(void)
{
    static const char *const fields[] = {
        "Content-Type: text/plain; charset=ibm1047\n", "Content-Type: text/plain; charset=EUC-KR\n",
        "Content-Type: text/plain; charset=UTF-7\n",   "Content-Type: text/plain; charset=ISO-2022-JP-3\n",
        "Content-Type: text/plain; charset=no/such\n", "Content-Type: text/plain; charset=BIG5-HKSCS\n",
        "Content-Type: text/html; charset=TSCII\n",    "Date: Sat, 31 Feb 2026 25:61:61 +9999 (Mars)\n",
    };
    struct stage s;

    stage_open(&s, 1);
    for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
        hand_in(&s, fields[i], 1000);
    await_all(&s);
    for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
        assert_read(&s, i);
    g_assert_cmpuint(stats_of(&s).n_died, ==, 0);
    stage_close(&s);
}

struct bad_case {
    const char *field;
    const char *reason; /* part of it */
    guint n_deaths;     /* 0: one or two */
};

static void test_bad_mail(gconstpointer data)
{
    const struct bad_case *c = data;
    struct stage s;

    stage_open(&s, 2);
    for (guint i = 0; i < 21; i++)
        hand_in(&s, i == 10 ? c->field : "", 3000);
    await_all(&s);
    for (guint i = 0; i < 21; i++)
        if (i != 10)
            assert_read(&s, i);
    const struct outcome *bad = g_ptr_array_index(s.outcomes, 10);
    g_assert_cmpint(bad->outcome, ==, READER_FATAL);
    g_assert_nonnull(strstr(bad->reason, c->reason));
    if (c->n_deaths != 0)
        g_assert_cmpuint(stats_of(&s).n_died, ==, c->n_deaths);
    g_assert_cmpuint(stats_of(&s).n_fatal, ==, 1);
    /* And the pool is as good as new. */
    for (guint i = 0; i < 20; i++)
        hand_in(&s, "", 0);
    await_all(&s);
    for (guint i = 21; i < 41; i++)
        assert_read(&s, i);
    stage_close(&s);
}

/* A reader killed by somebody else is nobody's fault: all mails are read. */
static void test_reader_killed(void)
{
    struct stage s;

    stage_open(&s, 2);
    for (guint round = 0; round < 5; round++) {
        for (guint i = 0; i < 30; i++)
            hand_in(&s, "", 20000);
        g_autoptr(GArray) pids = processes("fp-reader");
        while (pids->len == 0) { /* all of them were just being replaced */
            g_main_context_iteration(NULL, FALSE);
            g_array_unref(pids);
            pids = processes("fp-reader");
        }
        kill(g_array_index(pids, pid_t, round % pids->len), SIGKILL);
        await_all(&s);
    }
    for (guint i = 0; i < 150; i++)
        assert_read(&s, i);
    g_assert_cmpuint(stats_of(&s).n_died, >=, 1);
    stage_close(&s);
}

/* On a busy machine a reader may stand still until the mail behind its own was taken back from it, and then answer both at once:
 * neither nonsense nor a death. */
static void test_late_answers(void)
{
    struct stage s;

    stage_open(&s, 1);
    g_autoptr(GArray) pids = processes("fp-reader");
    while (pids->len != 1) { /* those of the test before are still going */
        g_main_context_iteration(NULL, FALSE);
        g_array_unref(pids);
        pids = processes("fp-reader");
    }
    kill(g_array_index(pids, pid_t, 0), SIGSTOP);
    hand_in(&s, "", 0);
    hand_in(&s, "", 0);
    for (gint64 end = g_get_monotonic_time() + (LIMIT_READER_SLOW_MS + 400) * 1000; g_get_monotonic_time() < end;)
        g_main_context_iteration(NULL, FALSE);
    kill(g_array_index(pids, pid_t, 0), SIGCONT);
    g_usleep(500 * 1000);
    await_all(&s);
    for (gint64 end = g_get_monotonic_time() + 200 * 1000; g_get_monotonic_time() < end;)
        g_main_context_iteration(NULL, FALSE);
    assert_read(&s, 0);
    assert_read(&s, 1);
    g_assert_cmpuint(stats_of(&s).n_died, ==, 0);
    g_assert_cmpuint(stats_of(&s).n_retired, ==, 1);
    stage_close(&s);
}

static void on_broken(void *user)
{
    *(bool *)user = true;
}

static void test_nursery_killed(void)
{
    struct stage s;

    stage_open(&s, 2);
    reader_pool_on_broken(s.pool, on_broken, &s.is_broken);
    hand_in(&s, "", 0);
    await_all(&s);
    g_autoptr(GArray) pids = processes("fp-nursery");
    g_assert_cmpuint(pids->len, ==, 1);
    kill(g_array_index(pids, pid_t, 0), SIGKILL);
    while (!s.is_broken)
        g_main_context_iteration(NULL, TRUE);
    hand_in(&s, "", 0);
    g_assert_cmpuint(s.n_there, ==, 1);
    await_all(&s);
    const struct outcome *o = g_ptr_array_index(s.outcomes, 1);
    g_assert_cmpint(o->outcome, ==, READER_GONE);
    g_autoptr(GArray) left = processes("fp-reader");
    for (guint i = 0; left->len > 0 && i < 100; i++, g_usleep(20000)) {
        g_array_unref(left);
        left = processes("fp-reader");
    }
    g_assert_cmpuint(left->len, ==, 0); /* they go with it */
    stage_close(&s);
}

/* What is unanswered at the end is our fault. */
static void test_free_answers(void)
{
    struct stage s;

    stage_open(&s, 1);
    for (guint i = 0; i < 10; i++)
        hand_in(&s, "", 0);
    g_clear_pointer(&s.pool, reader_pool_free);
    g_assert_cmpuint(s.n_there, ==, 10);
    for (guint i = 0; i < 10; i++)
        g_assert_cmpint(((struct outcome *)g_ptr_array_index(s.outcomes, i))->outcome, ==, READER_GONE);
    stage_close(&s);
}

/* ---- why a reader died ---- */

static void test_deaths(void)
{
    static const struct {
        int status; /* a signal, or 256 times an exit code, as wait(2) has it */
        guint32 max_rss_kib;
        bool is_overdue, is_decisive;
        const char *says;
        bool is_patient, is_too_slow, is_disbelieved;
    } deaths[] = {
        {SIGPROF, 20000, false, false, "200 ms of CPU", false, true, false},
        {SIGPROF, 20000, false, true, "1 s of CPU", true, false, false},
        {SIGKILL, 20000, true, false, "than 40 s", true, false, false},
        {SIGSEGV, 20000, false, false, "crashed", false, false, false},
        {SIGABRT, 20000, false, false, "crashed", false, false, false},
        {SIGKILL, 20000, true, false, "longer", false, false, false},
        {SIGXCPU, 20000, false, true, "CPU time", false, false, false},
        {SIGSYS, 20000, false, true, "forbidden", false, false, false},
        {0, 20000, false, false, "ended", false, false, false},
        {256, 20000, false, false, "ended", false, false, false},
        {SIGKILL, 200000, false, false, "killed from outside at 195 MiB", false, false, false},
        {SIGKILL, 20000, false, false, "nonsense", false, false, true},
        {SIGSEGV, 20000, false, false, "crashed", false, false, true},
#ifndef WITH_SANITIZERS
        {SIGTRAP, 200000, false, true, "memory", false, false, false},
        {SIGSEGV, 200000, false, true, "memory", false, false, false},
#endif
    };

    for (gsize i = 0; i < G_N_ELEMENTS(deaths); i++) {
        const struct nursery_report report = {.news = NURSERY_DIED,
                                              .pid = 1,
                                              .status = deaths[i].status,
                                              .max_rss_kib = deaths[i].max_rss_kib};
        struct reader_death death =
            reader_death_explain(&report, deaths[i].is_patient, deaths[i].is_overdue, deaths[i].is_disbelieved);
        g_assert_cmpint(death.is_decisive, ==, deaths[i].is_decisive);
        g_assert_cmpint(death.is_too_slow, ==, deaths[i].is_too_slow);
        g_assert_nonnull(strstr(death.reason, deaths[i].says));
        g_free(death.reason);
    }
}

/* ---- a reader that was taken over ---- */

static struct request *request_new(guint64 number)
{
    struct request *q = g_new0(struct request, 1);

    q->number = number;
    q->bytes = g_bytes_new_static("x", 1);
    return q;
}

static enum link_answer answer_with(const struct reader_answer *head, const void *bytes, gsize n_bytes)
{
    struct request *q = NULL;
    struct message *m = NULL;
    guint32 cpu_us;
    int pair[2];

    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), ==, 0);
    struct reader *r = reader_link_new(1, pair[0]);
    reader_link_add(r, request_new(7));
    g_assert_true(reader_link_flush(r));
    g_assert_cmpint(write(pair[1], head, sizeof *head), ==, sizeof *head);
    g_assert_cmpint(write(pair[1], bytes, n_bytes), ==, n_bytes);
    g_assert_true(reader_link_receive(r));
    enum link_answer got = reader_link_next(r, &q, &m, &cpu_us);
    if (got == LINK_ANSWER) {
        request_free(q);
        message_free(m);
    }
    reader_link_free(r);
    close(pair[1]);
    return got;
}

static void test_nonsense(void)
{
    message_auto m = message_new();
    g_autoptr(GBytes) packed = message_pack(m);
    gsize n = g_bytes_get_size(packed);
    g_autofree char *bytes = g_memdup2(g_bytes_get_data(packed, NULL), n);
    struct reader_answer good = {.number = 7, .n_bytes = n};
    struct reader_answer bad = good;

    g_assert_cmpint(answer_with(&good, bytes, n), ==, LINK_ANSWER);
    g_assert_cmpint(answer_with(&good, bytes, n - 8), ==, LINK_NONE);
    bad.number = 8;
    g_assert_cmpint(answer_with(&bad, bytes, n), ==, LINK_NONSENSE);
    bad = good;
    bad.n_bytes = LIMIT_READER_ANSWER_BYTES + 1ULL;
    g_assert_cmpint(answer_with(&bad, bytes, n), ==, LINK_NONSENSE);
    bad.n_bytes = G_MAXUINT64;
    g_assert_cmpint(answer_with(&bad, bytes, n), ==, LINK_NONSENSE);
    for (gsize i = 0; i < n; i += 5) { /* never a crash, whatever it is taken for */
        g_autofree char *bent = g_memdup2(bytes, n);
        bent[i] ^= 0x55;
        answer_with(&good, bent, n);
    }
    memset(bytes, 0xff, n);
    g_assert_cmpint(answer_with(&good, bytes, n), ==, LINK_NONSENSE);
}

static const struct bad_case bad_cases[] = {
    {"X-Forumpost-Test: crash\n", "crashed", 2},
    {"X-Forumpost-Test: hang\n", "reading took", 0}, /* on a busy machine the clock may be first */
    {"X-Forumpost-Test: stall\n", "longer than", 2},
#ifndef WITH_SANITIZERS /* which need the address space and the system calls that would be limited */
    {"X-Forumpost-Test: forbidden\n", "forbidden", 1},
    {"X-Forumpost-Test: grow\n", "memory", 0}, /* filling it may take a quick reader too long already */
#endif
};

int main(int argc, char **argv)
{
    setpgid(0, 0); /* processes() knows ours by the group */
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reader/many", test_many);
    g_test_add_func("/reader/slow", test_slow);
    g_test_add_func("/reader/late-answers", test_late_answers);
    g_test_add_func("/reader/slow-sender", test_slow_sender);
    g_test_add_func("/reader/slow-too-many", test_slow_too_many);
    g_test_add_func("/reader/hurry", test_hurry);
    g_test_add_func("/reader/rare", test_rare);
    g_test_add_func("/reader/large", test_large);
    for (gsize i = 0; i < G_N_ELEMENTS(bad_cases); i++) {
        g_autofree char *path = g_strdup_printf("/reader/bad-mail/%s", strchr(bad_cases[i].field, ' ') + 1);
        g_strchomp(path);
        g_test_add_data_func(path, &bad_cases[i], test_bad_mail);
    }
    g_test_add_func("/reader/killed", test_reader_killed);
    g_test_add_func("/reader/nursery-killed", test_nursery_killed);
    g_test_add_func("/reader/free-answers", test_free_answers);
    g_test_add_func("/reader/deaths", test_deaths);
    g_test_add_func("/reader/nonsense", test_nonsense);
    return g_test_run();
}
