/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts that no phase takes, judged by the second in which they came: kept, their authors asked once a phase is extended over it, and not
 * if it is shortened again before that mail left; who is told of another end, and who is not any more.
 */
#include "world.h"

#include "base/limits.h"
#include "flow/clock/job.h"
#include "flow/in/receive.h"
#include "flow/step/late.h"
#include "store/phases.h"

#define ERIKA "Erika <erika@example.org>"
/* 23:59:59, 00:00:00, 00:14:59, 00:15:00 of the day after the last one */
static const int instants[] = {-1, 0, 899, 900};
static const char *const dates[] = {"2027-03-28", "2027-10-31"};

static void open_world(struct world *w)
{
    world_open(w);
    g_time_zone_unref(w->settings.zone);
    w->settings.zone = g_time_zone_new_identifier("Europe/Berlin");
    w->settings.retention_removed_days = 180;
}

/* TO: its last day; NULL no end. */
static void set_phase(struct world *w, const char *name, const char *to, gint64 now)
{
    struct phase p = {.name = name,
                      .from_at = phase_day(&w->g, "2027-01-01", false),
                      .to_at = to != NULL ? phase_day(&w->g, to, true) : 0,
                      .allows = PHASE_IDEA};
    struct phase *was = phases_by_name(w->f.db, name, &w->f.e);

    fixture_ok(&w->f,
               db_begin(w->f.db, &w->f.e) && late_set_phase(&w->g, &p, was, 0, 0, now, &w->f.e) && db_commit(w->f.db, &w->f.e));
    if (was != NULL)
        phase_free(was);
}

/* The verdict on an idea of Erika's that came at CAME_AT and is put through at AT. Caller frees. */
static char *idea(struct world *w, bool is_proved, const char *text, gint64 came_at, gint64 at)
{
    g_autofree char *header =
        g_strdup_printf("To: mobilitaet@" WORLD_DOMAIN "\r\nMessage-ID: <%s@x>\r\n%s", text,
                        is_proved ? "Authentication-Results: mx." WORLD_DOMAIN "; dmarc=pass header.from=example.org\r\n" : "");
    g_autoptr(GBytes) bytes = world_mail(ERIKA, header, text);
    message_auto m = world_read(bytes);
    g_autoptr(GPtrArray) verdicts = g_ptr_array_new_with_free_func((GDestroyNotify)receive_verdict_free);
    struct envelope *env = world_envelope("erika@example.org", "mobilitaet", at);

    env->came_at = came_at;
    fixture_ok(&w->f, db_begin(w->f.db, &w->f.e) && receive_message(&w->g, env, bytes, m, NULL, verdicts, &w->f.e) &&
                          db_commit(w->f.db, &w->f.e));
    g_assert_cmpuint(verdicts->len, ==, 1);
    envelope_free(env);
    return g_strdup(((const struct receive_verdict *)verdicts->pdata[0])->rule);
}

static void rule_is(struct world *w, bool is_proved, const char *text, gint64 came_at, gint64 at, const char *expected)
{
    g_autofree char *rule = idea(w, is_proved, text, came_at, at);

    g_assert_cmpstr(rule, ==, expected);
}

static void count_is(struct world *w, const char *sql, gint64 expected)
{
    g_assert_cmpint(world_int(w, sql), ==, expected);
}

/* On the days on which the clocks are changed, with and without grace; a mail that is put through again a week later is judged by its
 * first time, whatever its Date says. */
static void test_instants(void)
{
    for (guint d = 0; d < G_N_ELEMENTS(dates); d++)
        for (int grace = 0; grace <= 15; grace += 15)
            for (guint i = 0; i < G_N_ELEMENTS(instants); i++) {
                struct world w;
                open_world(&w);
                w.settings.intake_grace_minutes = grace;
                gint64 end = phase_day(&w.g, dates[d], true), at = end + instants[i];
                set_phase(&w, "zuhoeren", dates[d], end - 40 * DAY_S);
                bool is_taken = instants[i] < grace * 60;
                rule_is(&w, true, "Bank", at, at, is_taken ? "ask-author T1" : "phase T1");
                rule_is(&w, true, "Baum", at, at + 7 * DAY_S, is_taken ? "ask-author T1" : "phase T1");
                count_is(&w, "SELECT count(*) FROM hold WHERE yes = 'late' AND waits = 'phase' AND state = 'open'",
                         is_taken ? 0 : 2);
                world_close(&w);
            }
}

/* A question of seven days ends with the seventh day there, whose date its mail names, and what waits for a phase waits as long as it is kept. */
static void test_days(void)
{
    static const char *const ends[] = {"2027-03-30", "2027-11-02"};

    for (guint i = 0; i < G_N_ELEMENTS(ends); i++) {
        struct world w;
        gint64 n = 0;
        open_world(&w);
        gint64 end = phase_day(&w.g, ends[i], true), morning = end - 8 * DAY_S + 9 * 3600;
        rule_is(&w, true, "Bank", morning, morning, "ask-author T1");
        count_is(&w, "SELECT expires_at FROM hold", end);
        set_phase(&w, "zuhoeren", "2027-01-31", morning);
        rule_is(&w, true, "Baum", morning, morning, "phase T1");
        fixture_ok(&w.f, job_future(&w.g, morning + 1, &n, &w.f.e));
        g_assert_cmpint(world_int(&w, "SELECT expires_at FROM hold WHERE yes = 'late'"), >, morning + 179 * DAY_S);
        world_close(&w);
    }
}

/* Extended: who was refused since, and proved to be themselves, is asked; nobody whose text was late for the new end, too. */
static void test_reopened(void)
{
    struct world w;

    open_world(&w);
    gint64 end = phase_day(&w.g, "2027-03-28", true);
    set_phase(&w, "zuhoeren", "2027-03-28", end - 40 * DAY_S);
    rule_is(&w, true, "Bank", end + 60, end + 60, "phase T1");
    rule_is(&w, false, "Baum", end + 61, end + 61, "phase T0");
    rule_is(&w, true, "Bus", end + 5 * DAY_S, end + 5 * DAY_S, "phase T1");
    count_is(&w, "SELECT count(*) FROM notice WHERE purpose = 'error-phase'", 2);
    count_is(&w, "SELECT count(*) FROM message WHERE keep = 'waiting'", 3);
    set_phase(&w, "zuhoeren", "2027-03-31", end + 6 * DAY_S);
    count_is(&w, "SELECT count(*) FROM notice WHERE purpose = 'phase-reopened'", 1);
    count_is(&w, "SELECT count(*) FROM hold WHERE yes = 'late' AND text = 'Bank' AND asked_at IS NOT NULL AND waits = 'none'", 1);
    count_is(&w, "SELECT count(*) FROM hold WHERE yes = 'late' AND waits = 'phase' AND asked_at IS NULL", 2);
    set_phase(&w, "zuhoeren", "2027-04-01", end + 6 * DAY_S + 1); /* nobody is asked twice */
    count_is(&w, "SELECT count(*) FROM notice WHERE purpose = 'phase-reopened'", 1);
    set_phase(&w, "zuhoeren", NULL, end + 6 * DAY_S + 2);
    count_is(&w, "SELECT count(*) FROM notice WHERE purpose = 'phase-reopened'", 2);
    world_close(&w);
}

/* However many there are. */
static void test_many(void)
{
    struct world w;

    open_world(&w);
    gint64 end = phase_day(&w.g, "2027-03-28", true);
    set_phase(&w, "zuhoeren", "2027-03-28", end - 40 * DAY_S);
    rule_is(&w, true, "Bank", end + 60, end + 60, "phase T1");
    fixture_exec(
        w.f.path,
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)"
        "INSERT INTO hold (kind, state, message_id, forum_id, ring, address, title, text, created_at, expires_at, is_proved, "
        "waits, yes, mailbox) SELECT kind, state, message_id, forum_id, ring, i || address, title, text, created_at, expires_at, "
        "is_proved, waits, yes, i FROM hold, n");
    set_phase(&w, "zuhoeren", NULL, end + DAY_S);
    count_is(&w, "SELECT count(*) FROM notice WHERE purpose = 'phase-reopened'", 251);
    world_close(&w);
}

/* Shortened again before the mail left: nobody is asked, and the text waits as before. A question that left stands. */
static void test_taken_back(void)
{
    struct world w;

    open_world(&w);
    gint64 end = phase_day(&w.g, "2027-03-28", true);
    set_phase(&w, "zuhoeren", "2027-03-28", end - 40 * DAY_S);
    rule_is(&w, true, "Bank", end + 60, end + 60, "phase T1");
    set_phase(&w, "zuhoeren", "2027-03-31", end + 3600);
    set_phase(&w, "zuhoeren", "2027-03-28", end + 3601);
    count_is(&w, "SELECT count(*) FROM notice WHERE purpose = 'phase-reopened' AND state = 'dropped' AND last_reply = 'undone'",
             1);
    count_is(&w, "SELECT count(*) FROM hold WHERE waits = 'phase' AND asked_at IS NULL", 1);
    set_phase(&w, "zuhoeren", "2027-03-31", end + 3602);
    count_is(&w, "SELECT count(*) FROM notice WHERE purpose = 'phase-reopened' AND state = 'due'", 1);
    fixture_exec(w.f.path, "UPDATE notice SET state = 'sent' WHERE state = 'due'");
    set_phase(&w, "zuhoeren", "2027-03-28", end + 3603);
    count_is(&w, "SELECT count(*) FROM hold WHERE waits = 'none' AND asked_at IS NOT NULL AND state = 'open'", 1);
    world_close(&w);
}

/* Another end is told the next morning, once, from the end that people know; what is changed back until then is not told. */
static void test_told(void)
{
    struct world w;

    open_world(&w);
    gint64 now = phase_day(&w.g, "2027-03-10", false) + 10 * 3600, morning = phase_day(&w.g, "2027-03-11", false) + 7 * 3600;
    row_id erika = fixture_person(&w.f, "erika@example.org");
    fixture_member(&w.f, w.forum, erika, ROLE_READER, DELIVERY_EACH);
    set_phase(&w, "zuhoeren", "2027-03-28", now);
    count_is(&w, "SELECT count(*) FROM notice", 0);
    set_phase(&w, "zuhoeren", "2027-03-31", now + 1);
    set_phase(&w, "zuhoeren", "2027-04-10", now + 2);
    count_is(&w, "SELECT count(*) FROM notice WHERE purpose = 'phase-changed' AND state = 'due'", 1);
    count_is(&w, "SELECT due_at FROM notice WHERE purpose = 'phase-changed' AND state = 'due'", morning);
    g_autofree char *told = phase_told("zuhoeren", phase_day(&w.g, "2027-03-28", true));
    g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM notice WHERE state = 'due' AND detail = '%s'", told);
    count_is(&w, sql, 1);
    set_phase(&w, "zuhoeren", "2027-03-28", now + 3);
    count_is(&w, "SELECT count(*) FROM notice WHERE state = 'due'", 0);
    count_is(&w, "SELECT count(*) FROM notice WHERE purpose = 'phase-changed' AND state = 'dropped' AND last_reply = 'undone'",
             2);
    world_close(&w);
}

static void tick(struct world *w, gint64 now)
{
    gint64 n = 0;

    fixture_ok(&w->f, job_phases(&w->g, now, &n, &w->f.e));
}

static void instants_are(struct world *w, gint64 n_opened, gint64 n_closed, gint64 n_told)
{
    count_is(w, "SELECT count(*) FROM event WHERE kind = 'phase.opened'", n_opened);
    count_is(w, "SELECT count(*) FROM event WHERE kind = 'phase.closed'", n_closed);
    count_is(w, "SELECT count(*) FROM report WHERE purpose = 'operator-phase'", n_told);
}

/* That a phase began and ended stands in the journal in the second in which it did, on the days on which the clocks are changed too, and
 * once, whichever way the clock goes; the operator hears of an end that nobody saw, and of no other. */
static void test_journal(void)
{
    for (guint d = 0; d < G_N_ELEMENTS(dates); d++) {
        struct world w;
        open_world(&w);
        gint64 begin = phase_day(&w.g, "2027-01-01", false), end = phase_day(&w.g, dates[d], true);
        set_phase(&w, "zuhoeren", dates[d], begin - DAY_S);
        tick(&w, begin - 1);
        instants_are(&w, 0, 0, 0);
        tick(&w, begin);
        tick(&w, begin - 1);
        tick(&w, begin + 1);
        instants_are(&w, 1, 0, 0);
        tick(&w, end - 1);
        instants_are(&w, 1, 0, 0);
        tick(&w, end);
        tick(&w, end - 1);
        tick(&w, end + DAY_S);
        instants_are(&w, 1, 1, 0);
        set_phase(&w, "zuhoeren", NULL, end + DAY_S); /* open again */
        tick(&w, end + DAY_S);
        instants_are(&w, 2, 1, 0);
        set_phase(&w, "zuhoeren", dates[d], end + 2 * DAY_S); /* ended by a word, not by nobody's being there */
        tick(&w, end + 2 * DAY_S + 20);
        instants_are(&w, 2, 2, 0);
        set_phase(&w, "gewesen", dates[d], end + 2 * DAY_S); /* made when it was over */
        tick(&w, end + 3 * DAY_S);
        instants_are(&w, 2, 2, 0);
        world_close(&w);
        open_world(&w);
        set_phase(&w, "zuhoeren", dates[d], begin - DAY_S);
        tick(&w, end + LIMIT_PHASE_MISSED_S - 1);
        instants_are(&w, 1, 1, 0);
        world_close(&w);
        open_world(&w);
        set_phase(&w, "zuhoeren", dates[d], begin - DAY_S);
        tick(&w, end + LIMIT_PHASE_MISSED_S);
        tick(&w, end + 3600);
        instants_are(&w, 1, 1, 1);
        world_close(&w);
        open_world(&w);
        w.g.is_by_cron = true;
        set_phase(&w, "zuhoeren", dates[d], begin - DAY_S);
        tick(&w, end + LIMIT_PHASE_MISSED_CRON_S - 1); /* the next run that there was to be */
        instants_are(&w, 1, 1, 0);
        world_close(&w);
        open_world(&w);
        w.g.is_by_cron = true;
        set_phase(&w, "zuhoeren", dates[d], begin - DAY_S);
        tick(&w, end + LIMIT_PHASE_MISSED_CRON_S);
        instants_are(&w, 1, 1, 1);
        world_close(&w);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/late/instants", test_instants);
    g_test_add_func("/late/days", test_days);
    g_test_add_func("/late/reopened", test_reopened);
    g_test_add_func("/late/many", test_many);
    g_test_add_func("/late/taken-back", test_taken_back);
    g_test_add_func("/late/told", test_told);
    g_test_add_func("/late/journal", test_journal);
    return g_test_run();
}
