/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The moderators' clock with a set time: who hears what when, over a weekend, a holiday and a change of the clock; a question stops it; who
 * is asked where nobody moderates.
 */
#include "world.h"

#include "base/clock.h"
#include "base/limits.h"
#include "flow/clock/job.h"
#include "flow/step/content.h"
#include "flow/step/review.h"
#include "store/actions.h"
#include "store/forums.h"
#include "store/holds.h"

#include <string.h>

#define HOUR_S 3600

static gint64 at(const char *text)
{
    gint64 out = 0;

    g_assert_true(clock_parse(text, &out));
    return out;
}

struct office { /* a world with a text that waits */
    struct world w;
    row_id author, hold;
};

static void open_office(struct office *o, const char *hours, const char *holiday)
{
    struct world *w = &o->w;

    world_open(w);
    g_time_zone_unref(w->settings.zone);
    w->settings.zone = g_time_zone_new_identifier("Europe/Berlin");
    g_assert_true(office_hours_parse(hours, &w->settings.office));
    w->settings.office.zone = w->settings.zone;
    g_assert_true(office_hours_add_holiday(&w->settings.office, holiday));
    fixture_exec(w->f.path, "UPDATE forum SET moderation = 'pre'");
    o->author = fixture_person(&w->f, "erika@example.net");
}

static void close_office(struct office *o)
{
    office_hours_clear(&o->w.settings.office);
    world_close(&o->w);
}

static row_id add(struct office *o, const char *address, enum role role)
{
    row_id person = fixture_person(&o->w.f, address);

    fixture_member(&o->w.f, o->w.forum, person, role, DELIVERY_NONE);
    return person;
}

static void text_comes(struct office *o, gint64 now)
{
    struct world *w = &o->w;
    forum_auto forum = forums_by_id(w->f.db, w->forum, &w->f.e);
    row_id message = fixture_message(&w->f, "k1", "m1@example.net", "From: erika@example.net\r\n\r\nEine Bank.");
    struct content c = {.forum = forum,
                        .person = o->author,
                        .address = "erika@example.net",
                        .title = "Eine Bank",
                        .text = "Eine Bank.",
                        .message = message,
                        .at = now};
    row_id post;

    fixture_ok(&w->f, db_begin(w->f.db, &w->f.e) && content_add(&w->g, &c, true, &post, &o->hold, &w->f.e) &&
                          db_commit(w->f.db, &w->f.e));
}

static char *told_since(struct office *o, gint64 *n_seen)
{
    g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM notice WHERE id > %" G_GINT64_FORMAT, *n_seen);
    gint64 n = world_int(&o->w, sql);
    GString *out = g_string_new(NULL);

    for (gint64 i = 1; i <= n; i++) {
        static const struct {
            const char *where, *letter;
        } kinds[] = {{"purpose = 'moderate' AND person_id = %" G_GINT64_FORMAT, "m"},
                     {"purpose = 'moderate-deputy' AND person_id = %" G_GINT64_FORMAT, "d"},
                     {"purpose = 'moderate-late' AND person_id = %" G_GINT64_FORMAT, "l"},
                     {"purpose = 'receipt-waiting' AND person_id = %" G_GINT64_FORMAT, "w"}};
        for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
            for (row_id p = 1; p <= 5; p++) {
                g_autofree char *where = g_strdup_printf(kinds[k].where, p);
                g_autofree char *one =
                    g_strdup_printf("SELECT count(*) FROM notice WHERE id = %" G_GINT64_FORMAT " AND %s", *n_seen + i, where);
                if (world_int(&o->w, one) != 0)
                    g_string_append_printf(out, "%s%s%" G_GINT64_FORMAT, out->len > 0 ? " " : "", kinds[k].letter, p);
            }
    }
    *n_seen = world_int(&o->w, "SELECT coalesce(max(id), 0) FROM notice");
    return g_string_free(out, FALSE);
}

/* Hour after hour until UNTIL: what was told when, a line each. */
static char *live(struct office *o, gint64 from, gint64 until)
{
    GString *out = g_string_new(NULL);
    gint64 n_seen = world_int(&o->w, "SELECT coalesce(max(id), 0) FROM notice"),
           n_operator = world_int(&o->w, "SELECT count(*) FROM report");

    for (gint64 now = from; now <= until; now += HOUR_S) {
        gint64 n_done = 0;
        fixture_ok(&o->w.f, job_reviews(&o->w.g, now, &n_done, &o->w.f.e));
        g_autofree char *told = told_since(o, &n_seen);
        gint64 n = world_int(&o->w, "SELECT count(*) FROM report");
        g_autofree char *when = clock_format(now, o->w.settings.zone);
        if (*told != '\0' || n > n_operator)
            g_string_append_printf(out, "%.13s %s%s\n", when, told, n > n_operator ? " x" : "");
        n_operator = n;
    }
    return g_string_free(out, FALSE);
}

/* Erika is 1, Marta, who has duty, 2, Moritz 3, Lena, who leads, 4, the office 5. */
static void add_all(struct office *o)
{
    row_id marta = add(o, "marta@example.org", ROLE_MODERATOR);

    add(o, "moritz@example.org", ROLE_MODERATOR);
    add(o, "lena@example.org", ROLE_LEAD);
    add(o, "otto@example.org", ROLE_OFFICE);
    g_autofree char *sql = g_strdup_printf("INSERT INTO duty (forum_id, person_id, kind, from_at) VALUES (%" G_GINT64_FORMAT
                                           ", %" G_GINT64_FORMAT ", 'on', 1)",
                                           o->w.forum, marta);
    fixture_exec(o->w.f.path, sql);
}

static void test_weekend_and_holiday(void)
{
    struct office o;
    gint64 from = at("2026-12-04T15:00:00+01:00"); /* a Friday; the Tuesday after it is a holiday */

    open_office(&o, "Mo-Fr 8-17", "2026-12-08");
    add_all(&o);
    text_comes(&o, from);
    g_assert_cmpint(world_int(&o.w, "SELECT count(*) FROM notice WHERE purpose = 'moderate' AND person_id = 2"), ==, 1);
    g_assert_cmpint(world_int(&o.w, "SELECT count(*) FROM notice WHERE purpose LIKE 'moderate%'"), ==, 1);
    g_autofree char *told = live(&o, from, at("2026-12-14T20:00:00+01:00"));
    g_assert_cmpstr(told, ==,
                    "2026-12-07T15 d3\n"
                    "2026-12-09T15 w1\n"
                    "2026-12-10T15 l4 l5 x\n"
                    "2026-12-11T15 l4 l5 x\n"
                    "2026-12-14T15 l4 l5 x\n");
    g_assert_cmpint(world_int(&o.w, "SELECT count(*) FROM hold WHERE state = 'open'"), ==, 1);
    close_office(&o);
}

/* The night to Sunday, 28 March 2027, has an hour less; nobody is there at night. */
static void test_change_of_the_clock(void)
{
    struct office o;
    gint64 from = at("2027-03-26T20:00:00+01:00");

    open_office(&o, "Mo-Fr 8-17, So 9-12", "2026-12-25");
    add_all(&o);
    text_comes(&o, from);
    g_autofree char *told = live(&o, from, at("2027-03-31T20:00:00+02:00"));
    g_assert_cmpstr(told, ==,
                    "2027-03-29T08 d3\n"
                    "2027-03-30T08 w1\n"
                    "2027-03-31T08 l4 l5 x\n");
    close_office(&o);
}

static void test_published_by_default(void)
{
    static const struct {
        const char *sql;
        bool is_published;
    } cases[] = {{"UPDATE hold SET why = 'forum'", true},
                 {"UPDATE hold SET why = 'impostor'", false},
                 {"UPDATE hold SET why = 'forum', also = 'links'", false}};

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct office o;
        gint64 from = at("2026-12-04T15:00:00+01:00");
        open_office(&o, "Mo-Fr 8-17", "2026-12-08");
        add_all(&o);
        fixture_exec(o.w.f.path, "UPDATE forum SET undecided = 'release'");
        text_comes(&o, from);
        fixture_exec(o.w.f.path, cases[i].sql);
        g_autofree char *before = live(&o, from, at("2026-12-10T14:00:00+01:00"));
        g_assert_cmpint(world_int(&o.w, "SELECT count(*) FROM post WHERE state = 'published'"), ==, 0);
        g_autofree char *after = live(&o, at("2026-12-10T15:00:00+01:00"), at("2026-12-10T15:00:00+01:00"));
        g_assert_cmpint(world_int(&o.w, "SELECT count(*) FROM post WHERE state = 'published'"), ==, cases[i].is_published);
        close_office(&o);
    }
}

/* Row by row: who is asked at once, after 24, 48 and 72 hours of working days, and each time not a second before. A text comes on a
 * Tuesday at ten. Person 1 wrote it; 2 to 5 have ROLES, a letter each: m moderates, l leads, o is of the office, - is none of these.
 * ON has duty, NEXT has it later; 0 there is no rota. */
static const struct row {
    const char *roles;
    row_id on, next;
    const char *told[4]; /* at once, after 24, 48, 72 hours */
} rows[] = {
    {"mmlo", 2, 0, {"m2", "d3", "w1", "l4 l5 x"}},    /* who has duty; then the other who moderates */
    {"mmmo", 2, 4, {"m2", "d4", "w1", "l5 x"}},       /* then who has it next */
    {"mmlo", 0, 0, {"m2 m3", "d4", "w1", "l4 l5 x"}}, /* no rota: all who moderate; then who leads */
    {"m-lo", 0, 0, {"m2", "d4", "w1", "l4 l5 x"}},
    {"m--o", 0, 0, {"m2", "d2", "w1", "l5 x"}}, /* nobody else moderates or leads: once more */
    {"m---", 0, 0, {"m2", "d2", "w1", "x"}},
    {"--lo", 0, 0, {"m4", "d4", "w1", "l4 l5 x"}}, /* nobody moderates: who leads, else the office, else the operator */
    {"---o", 0, 0, {"m5", "d5", "w1", "l5 x"}},
    {"----", 0, 0, {"x", "", "w1", "x"}},
};

static char *told_at(struct office *o, gint64 now)
{
    g_autofree char *line = live(o, now, now), *told = *line != '\0' ? g_strdup(strchr(line, ' ') + 1) : g_strdup("");

    return g_strdup(g_strstrip(told));
}

static void add_roles(struct office *o, const struct row *row)
{
    for (guint i = 0; row->roles[i] != '\0'; i++) {
        g_autofree char *address = g_strdup_printf("p%u@example.org", i);
        char c = row->roles[i];
        add(o, address, c == 'm' ? ROLE_MODERATOR : c == 'l' ? ROLE_LEAD : c == 'o' ? ROLE_OFFICE : ROLE_READER);
    }
    for (int k = 0; k <= 1; k++) {
        g_autofree char *sql = g_strdup_printf("INSERT INTO duty (forum_id, person_id, kind, from_at) VALUES (%" G_GINT64_FORMAT
                                               ", %" G_GINT64_FORMAT ", 'on', %s)",
                                               o->w.forum, k == 0 ? row->on : row->next, k == 0 ? "1" : "4000000000");
        if ((k == 0 ? row->on : row->next) != 0)
            fixture_exec(o->w.f.path, sql);
    }
}

static void test_row(gconstpointer data)
{
    const struct row *row = data;
    static const char *const times[] = {"2026-12-02T10:00:00+01:00", "2026-12-03T10:00:00+01:00", "2026-12-04T10:00:00+01:00"};
    struct office o;
    gint64 n_seen = 0;

    open_office(&o, "Mo-Fr 8-17", "2026-12-25");
    add_roles(&o, row);
    text_comes(&o, at("2026-12-01T10:00:00+01:00"));
    g_autofree char *first = told_since(&o, &n_seen);
    bool is_operators = world_int(&o.w, "SELECT count(*) FROM report WHERE purpose = 'operator-unmoderated'") == 1;
    g_assert_cmpstr(is_operators ? "x" : first, ==, row->told[0]);
    for (guint i = 0; i < G_N_ELEMENTS(times); i++) {
        g_autofree char *before = told_at(&o, at(times[i]) - 1), *told = told_at(&o, at(times[i])),
                        *after = told_at(&o, at(times[i]) + 1);
        g_assert_cmpstr(before, ==, "");
        g_assert_cmpstr(told, ==, row->told[i + 1]);
        g_assert_cmpstr(after, ==, "");
    }
    g_assert_cmpint(world_int(&o.w, "SELECT count(*) FROM hold WHERE state = 'open'"), ==, 1);
    close_office(&o);
}

static void ask(struct office *o, gint64 now)
{
    hold_auto h = holds_by_id(o->w.f.db, o->hold, &o->w.f.e);
    enum review found;

    fixture_ok(&o->w.f, db_begin(o->w.f.db, &o->w.f.e) && review_ask(&o->w.g, h, "Wo?", 2, 0, now, &found, &o->w.f.e) &&
                            db_commit(o->w.f.db, &o->w.f.e));
    g_assert_cmpint(found, ==, REVIEW_DONE);
}

static void answer(struct office *o, gint64 now)
{
    hold_auto h = holds_by_id(o->w.f.db, o->hold, &o->w.f.e);
    enum review found;

    fixture_ok(&o->w.f, db_begin(o->w.f.db, &o->w.f.e) && review_answer(&o->w.g, h, "Dort.", 0, now, &found, &o->w.f.e) &&
                            db_commit(o->w.f.db, &o->w.f.e));
    g_assert_cmpint(found, ==, REVIEW_DONE);
}

/* Five hours ran before the question, none while it is open; without an answer it runs on after a week. */
static void test_question(void)
{
    struct office o;
    gint64 from = at("2026-12-01T10:00:00+01:00");

    for (int is_answered = 0; is_answered <= 1; is_answered++) {
        open_office(&o, "Mo-Fr 8-17", "2026-12-25");
        add_all(&o);
        text_comes(&o, from);
        ask(&o, at("2026-12-01T15:00:00+01:00"));
        if (is_answered != 0)
            answer(&o, at("2026-12-03T12:00:00+01:00"));
        g_autofree char *told = live(&o, at("2026-12-03T13:00:00+01:00"), at("2026-12-11T20:00:00+01:00"));
        g_assert_cmpstr(told, ==,
                        is_answered != 0 ? "2026-12-04T08 d3\n2026-12-07T08 w1\n2026-12-08T08 l4 l5 x\n2026-12-09T08 l4 l5 x\n"
                                           "2026-12-10T08 l4 l5 x\n2026-12-11T08 l4 l5 x\n"
                                         : "2026-12-09T08 m2\n2026-12-10T08 d3\n2026-12-11T08 w1\n");
        close_office(&o);
    }
}

static void test_nobody_moderates(void)
{
    static const struct {
        enum role role;
        gint64 n_asked, n_operator;
    } cases[] = {{ROLE_LEAD, 1, 0}, {ROLE_OFFICE, 1, 0}, {ROLE_MEMBER, 0, 1}};

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct office o;
        open_office(&o, "Mo-Fr 8-17", "2026-12-25");
        add(&o, "x@example.org", cases[i].role);
        text_comes(&o, at("2026-12-05T10:00:00+01:00")); /* a Saturday: at once all the same */
        g_assert_cmpint(world_int(&o.w, "SELECT count(*) FROM notice WHERE purpose = 'moderate'"), ==, cases[i].n_asked);
        g_assert_cmpint(world_int(&o.w, "SELECT count(*) FROM report WHERE purpose = 'operator-unmoderated'"), ==,
                        cases[i].n_operator);
        close_office(&o);
    }
}

/* A clock that was ahead and is set back leaves nothing waiting for good; deadlines over long holidays stay what they are. */
static void test_set_back(void)
{
    struct office o;
    gint64 now = at("2026-12-04T15:00:00+01:00"), n_done = 0;

    open_office(&o, "Mo-Fr 8-17", "2026-12-25");
    add_all(&o);
    text_comes(&o, now + 400 * 24 * HOUR_S);
    fixture_ok(&o.w.f, job_future(&o.w.g, now, &n_done, &o.w.f.e));
    g_assert_cmpint(world_int(&o.w, "SELECT next_at FROM hold"), ==, now + LIMIT_NEXT_AHEAD_S);
    fixture_exec(o.w.f.path, "UPDATE hold SET next_at = next_at - 1");
    fixture_ok(&o.w.f, job_future(&o.w.g, now, &n_done, &o.w.f.e));
    g_assert_cmpint(world_int(&o.w, "SELECT next_at FROM hold"), ==, now + LIMIT_NEXT_AHEAD_S - 1);
    close_office(&o);
}

/* A list has so many of the texts that wait in a forum, the oldest, and counts the rest; not what its reader wrote. */
static void test_listed(void)
{
    struct office o;
    gint64 n = 0;

    open_office(&o, "Mo-Fr 8-17", "2026-12-25");
    add_all(&o);
    text_comes(&o, at("2026-12-04T15:00:00+01:00"));
    g_autofree char *many = g_strdup_printf(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO hold (kind, state, forum_id, address, title, "
        "text, created_at, asked_at, ring) SELECT 'review', 'open', %" G_GINT64_FORMAT
        ", 'a@example.net', 'T', 'T', 1800000000, 1800000000, 'public' FROM n",
        LIMIT_MODERATE_LISTED, o.w.forum);
    fixture_exec(o.w.f.path, many);
    g_autoptr(GPtrArray) holds = holds_listed(o.w.f.db, o.w.forum, 2, LIMIT_MODERATE_LISTED, &n, &o.w.f.e);
    g_assert_cmpuint(holds->len, ==, LIMIT_MODERATE_LISTED);
    g_assert_cmpint(n, ==, LIMIT_MODERATE_LISTED + 1);
    g_assert_cmpint(((struct hold *)holds->pdata[0])->id, ==, o.hold);
    g_autoptr(GPtrArray) hers = holds_listed(o.w.f.db, o.w.forum, o.author, LIMIT_MODERATE_LISTED, &n, &o.w.f.e);
    g_assert_cmpint(n, ==, LIMIT_MODERATE_LISTED);
    g_assert_cmpuint(hers->len, ==, LIMIT_MODERATE_LISTED);
    close_office(&o);
}

/* What staff did is looked for among the newest lines alone, and no mail of it is endless. */
static void test_actions(void)
{
    struct office o;
    gint64 now = at("2026-12-04T15:00:00+01:00");

    open_office(&o, "Mo-Fr 8-17", "2026-12-25");
    add_all(&o);
    g_autofree char *many =
        g_strdup_printf("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= %d) INSERT INTO event "
                        "(at, kind, person_id, forum_id, hash) SELECT %" G_GINT64_FORMAT ", 'hold.released', 2, %" G_GINT64_FORMAT
                        ", x'' FROM n",
                        LIMIT_ACTIONS_SHOWN, now, o.w.forum);
    fixture_exec(o.w.f.path, many);
    g_autoptr(GPtrArray) shown = actions_since(o.w.f.db, now - 1, LIMIT_ACTIONS_SHOWN, &o.w.f.e);
    g_assert_cmpuint(shown->len, ==, LIMIT_ACTIONS_SHOWN);
    g_autofree char *others =
        g_strdup_printf("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO event "
                        "(at, kind, hash) SELECT 1, 'message.post', x'' FROM n",
                        LIMIT_ACTIONS_LOOKED - 1);
    fixture_exec(o.w.f.path, others);
    g_autoptr(GPtrArray) last = actions_since(o.w.f.db, now - 1, LIMIT_ACTIONS_SHOWN, &o.w.f.e);
    g_assert_cmpuint(last->len, ==, 1);
    close_office(&o);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *name = g_strdup_printf("/review-clock/row/%s-%d-%d", rows[i].roles, (int)rows[i].on, (int)rows[i].next);
        g_test_add_data_func(name, &rows[i], test_row);
    }
    g_test_add_func("/review-clock/weekend-and-holiday", test_weekend_and_holiday);
    g_test_add_func("/review-clock/change-of-the-clock", test_change_of_the_clock);
    g_test_add_func("/review-clock/published-by-default", test_published_by_default);
    g_test_add_func("/review-clock/question", test_question);
    g_test_add_func("/review-clock/nobody-moderates", test_nobody_moderates);
    g_test_add_func("/review-clock/set-back", test_set_back);
    g_test_add_func("/review-clock/listed", test_listed);
    g_test_add_func("/review-clock/actions", test_actions);
    return g_test_run();
}
