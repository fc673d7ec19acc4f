/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every step from every state, tried by everybody, with and without a reason: what is not in this list is refused.
 */
#include "forum/life.h"
#include "forum/undone.h"

#include <string.h>

/* Who may: A author, M moderator, L lead, O office, G the initiative's office alone, X operator, T timer, S the gateway by itself; then: a
 * reason is needed; a second person, or X. Before is what a step back leads to: "-" nothing is remembered, "B" any state is. */
static const struct expected {
    const char *from, *before, *to, *who;
    bool needs_reason, needs_second;
} expected[] = {
    {"-", "-", "in_review", "S", false, false},
    {"-", "-", "published", "S", false, false},
    {"-", "-", "proposal", "S", false, false},
    {"in_review", "-", "published", "MLOX", false, false},
    {"in_review", "-", "rejected", "MLOX", true, false},
    {"in_review", "-", "withdrawn", "AX", false, false},
    {"in_review", "-", "removed", "MGX", true, false},
    {"rejected", "-", "withdrawn", "AX", false, false},
    {"rejected", "-", "in_review", "AX", false, false},
    {"rejected", "-", "published", "MLOX", true, false},
    {"published", "-", "assigned", "MLOX", false, false},
    {"published", "-", "in_deliberation", "LOX", false, false},
    {"assigned", "-", "in_deliberation", "LOX", false, false},
    {"in_deliberation", "-", "assigned", "S", false, false},
    {"published|assigned|in_deliberation", "-", "forwarded", "MLOX", true, false},
    {"published|assigned|in_deliberation", "-", "not_pursued", "LOX", true, false},
    {"published|assigned|in_deliberation", "-", "done", "OX", true, true},
    {"published|assigned|in_deliberation", "-", "proposal", "SOX", false, false},
    {"published|assigned|in_deliberation", "-", "adopted", "S", false, false},
    {"published|assigned|in_deliberation|not_pursued", "-", "merged", "MLX", false, false},
    {"not_pursued|forwarded|done", "-", "in_deliberation", "LOX", true, false},
    {"published|assigned|in_deliberation|adopted|in_progress|done|not_pursued|forwarded", "-", "proposal", "S", true, false},
    {"published|assigned|in_deliberation|proposal|in_progress|done|not_pursued|forwarded", "-", "adopted", "S", true, false},
    {"published|assigned|in_deliberation|proposal|adopted|done|not_pursued|forwarded", "-", "in_progress", "S", true, false},
    {"published|assigned|in_deliberation|proposal|adopted|in_progress|not_pursued|forwarded", "-", "done", "S", true, false},
    {"proposal", "-", "adopted", "S", false, false},
    {"proposal", "-", "adopted", "GX", false, true},
    {"proposal", "-", "in_deliberation", "S", true, false},
    {"adopted", "-", "in_progress", "S", false, false},
    {"adopted", "-", "in_progress", "GX", false, true},
    {"in_progress", "-", "done", "S", false, false},
    {"in_progress", "-", "done", "GX", false, true},
    {"in_progress", "-", "adopted", "GX", true, false},
    {"done", "-", "in_progress", "GX", true, false},
    {"proposal|adopted|in_progress", "-", "not_pursued", "S", true, false},
    {"proposal|adopted|in_progress", "-", "not_pursued", "GX", true, true},
    {"published|assigned|in_deliberation|proposal|adopted|in_progress|done|not_pursued|forwarded|merged", "-", "withdrawn", "AX",
     false, false},
    {"published|assigned|in_deliberation|proposal|adopted|in_progress|done|not_pursued|forwarded|merged", "-", "removed", "MGX",
     true, false},
    {"published|assigned|in_deliberation|proposal|adopted|in_progress|done|not_pursued|forwarded|merged", "-", "in_review", "X",
     true, false},
    {"removed", "-", "withdrawn", "X", false, false},
    /* Back to what it was. */
    {"merged", "B", "B", "MLSX", false, false},
    {"withdrawn", "B", "B", "AX", false, false},
    {"removed", "B", "B", "MGX", true, false},
    {"in_review", "B", "B", "X", false, false},
    {"in_review", "B", "published", "MLOX", false, false},
    {"in_review", "B", "rejected", "MLOX", true, false},
    {"in_review", "B", "withdrawn", "AX", false, false},
    {"in_review", "B", "removed", "MGX", true, false},
    {"merged", "B", "withdrawn", "AX", false, false},
    {"merged", "B", "removed", "MGX", true, false},
    {"merged", "B", "in_review", "X", true, false},
    {"removed", "B", "withdrawn", "X", false, false},
};
/* Of a proposal. */
static const struct expected of_proposals[] = {
    {"-", "-", "proposal", "S", false, false},
    {"draft", "-", "proposal", "LOX", false, false},
    {"draft", "-", "adopted", "GX", true, true},
    {"draft", "-", "not_pursued", "LX", true, false},
    {"proposal", "-", "draft", "LOX", true, false},
    {"proposal", "-", "adopted", "GX", false, true},
    {"adopted", "-", "in_progress", "OX", false, false},
    {"in_progress", "-", "done", "GX", true, true},
    {"proposal|adopted|in_progress", "-", "not_pursued", "GX", true, true},
    {"not_pursued", "-", "proposal", "GX", true, false},
    {"done", "-", "in_progress", "GX", true, false},
    {"published|assigned|in_deliberation|proposal|adopted|in_progress|done|not_pursued|forwarded|merged", "-", "withdrawn", "AX",
     false, false},
    {"published|assigned|in_deliberation|proposal|adopted|in_progress|done|not_pursued|forwarded|merged", "-", "removed", "GX",
     true, false},
    {"published|assigned|in_deliberation|proposal|adopted|in_progress|done|not_pursued|forwarded|merged", "-", "in_review", "X",
     true, false},
    {"removed", "-", "withdrawn", "X", false, false},
    {"withdrawn", "B", "B", "AX", false, false},
    {"removed", "B", "B", "GX", true, false},
    {"removed", "B", "withdrawn", "X", false, false},
    {"in_review", "B", "B", "X", false, false},
    {"merged", "B", "withdrawn", "AX", false, false},
    {"merged", "B", "removed", "GX", true, false},
    {"merged", "B", "in_review", "X", true, false},
};
static const char letters[] = "AMLOXTS"; /* by value of enum who */

static const char *name_of(int state)
{
    return state == LIFE_DRAFT ? "draft" : idea_state_name((enum idea_state)state);
}

/* What a step leads to and from: the states, and the draft of a proposal. */
static int next_state(int state)
{
    return state == IDEA_REMOVED ? (int)LIFE_DRAFT : state + 1;
}

static bool names(const char *list, const char *state)
{
    g_auto(GStrv) each = g_strsplit(list, "|", -1);

    return g_strv_contains((const char *const *)each, state);
}

/* Somebody, and what they have beside their office. */
struct tried {
    enum who who;
    bool is_initiative, has_reason, has_second;
};

static bool is_named(const struct expected *x, const char *from, const char *before, const char *to)
{
    bool is_remembered = strcmp(before, "-") != 0;

    return names(x->from, from) && (strcmp(x->before, "B") == 0) == is_remembered &&
           strcmp(strcmp(x->to, "B") == 0 ? before : x->to, to) == 0;
}

static bool is_expected(bool is_proposal, const char *from, const char *before, const char *to, const struct tried *t)
{
    const struct expected *all = is_proposal ? of_proposals : expected;
    gsize n = is_proposal ? G_N_ELEMENTS(of_proposals) : G_N_ELEMENTS(expected);

    for (gsize i = 0; i < n; i++) {
        const struct expected *x = &all[i];
        bool may =
            strchr(x->who, letters[t->who]) != NULL || (t->who == WHO_OFFICE && t->is_initiative && strchr(x->who, 'G') != NULL);
        bool is_second_there = !x->needs_second || t->has_second || t->who == WHO_OPERATOR;
        if (is_named(x, from, before, to) && may && (t->has_reason || !x->needs_reason) && is_second_there)
            return true;
    }
    return false;
}

static guint try_step(bool is_proposal, int from, int before, int to, const struct tried *t)
{
    struct life_question q = {.is_proposal = is_proposal,
                              .is_initiative = t->is_initiative,
                              .has_second = t->has_second,
                              .is_new = from < 0,
                              .from = (enum idea_state)MAX(from, 0),
                              .before = (enum idea_state)(before >= 0 ? before : MAX(from, 0)),
                              .to = (enum idea_state)to,
                              .who = t->who,
                              .reason = t->has_reason ? "why" : ""};
    const struct life_row *row = NULL;
    bool granted = life_step(&q, &row) == LIFE_GRANTED;
    const char *a = from < 0 ? "-" : name_of(from), *b = before < 0 ? "-" : name_of(before);

    g_test_message("%s (%s) -> %s by %s%s%s%s", a, b, name_of(to), who_name(t->who), t->is_initiative ? " of the initiative" : "",
                   t->has_reason ? " with a reason" : "", t->has_second ? " and a second person" : "");
    g_assert_cmpint(granted, ==, is_expected(is_proposal, a, b, name_of(to), t));
    g_assert_cmpint(granted, ==, row != NULL);
    return granted;
}

static guint try_steps(bool is_proposal, int from, int before)
{
    guint n_granted = 0;

    for (int to = IDEA_SUBMITTED; to <= (int)LIFE_DRAFT; to = next_state(to))
        for (int who = WHO_AUTHOR; who <= WHO_GATEWAY; who++)
            for (guint has = 0; has < 8; has++) {
                struct tried t = {(enum who)who, (has & 1) != 0, (has & 2) != 0, (has & 4) != 0};
                n_granted += try_step(is_proposal, from, before, to, &t);
            }
    return n_granted;
}

static guint try_all(bool is_proposal)
{
    static const int remembers[] = {IDEA_MERGED, IDEA_WITHDRAWN, IDEA_REMOVED, IDEA_IN_REVIEW};
    guint n = try_steps(is_proposal, -1, -1);

    for (int from = IDEA_SUBMITTED; from <= (int)LIFE_DRAFT; from = next_state(from))
        n += try_steps(is_proposal, from, -1);
    for (guint i = 0; i < G_N_ELEMENTS(remembers); i++)
        for (int before = IDEA_IN_REVIEW; before < IDEA_REMOVED; before = next_state(before))
            if (before != remembers[i])
                n += try_steps(is_proposal, remembers[i], before);
    return n;
}

static void test_every_step(void)
{
    g_assert_cmpuint(try_all(false), >, 1500);
    g_assert_cmpuint(try_all(true), >, 1000);
}

static void test_answers(void)
{
    const struct life_row *row;
    static const struct {
        enum idea_state from, to;
        enum who who;
        const char *reason;
        enum life_answer answer;
    } rows[] = {
        {IDEA_ASSIGNED, IDEA_ASSIGNED, WHO_LEAD, NULL, LIFE_IS_THERE},
        {IDEA_WITHDRAWN, IDEA_DONE, WHO_OPERATOR, "x", LIFE_NO_STEP},
        {IDEA_PUBLISHED, IDEA_NOT_PURSUED, WHO_AUTHOR, "x", LIFE_NOT_YOURS},
        {IDEA_PUBLISHED, IDEA_NOT_PURSUED, WHO_LEAD, NULL, LIFE_NO_REASON},
        {IDEA_PUBLISHED, IDEA_NOT_PURSUED, WHO_LEAD, "", LIFE_NO_REASON},
        {IDEA_PUBLISHED, IDEA_DONE, WHO_OFFICE, "built", LIFE_NEEDS_SECOND},
        {IDEA_PUBLISHED, IDEA_DONE, WHO_OPERATOR, "built", LIFE_GRANTED},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct life_question q = {.is_initiative = true,
                                  .from = rows[i].from,
                                  .before = rows[i].from,
                                  .to = rows[i].to,
                                  .who = rows[i].who,
                                  .reason = rows[i].reason};
        g_assert_cmpint(life_step(&q, &row), ==, rows[i].answer);
    }
}

/* What only the office of the initiative may: not every office. */
static void test_initiative(void)
{
    static const struct {
        bool is_proposal;
        enum idea_state from, to;
        bool is_everyones;
    } rows[] = {
        {false, IDEA_PUBLISHED, IDEA_DONE, true},       {false, IDEA_PUBLISHED, IDEA_PROPOSAL, true},
        {false, IDEA_DONE, IDEA_IN_DELIBERATION, true}, {false, IDEA_PROPOSAL, IDEA_ADOPTED, false},
        {false, IDEA_ADOPTED, IDEA_IN_PROGRESS, false}, {false, IDEA_IN_PROGRESS, IDEA_DONE, false},
        {false, IDEA_DONE, IDEA_IN_PROGRESS, false},    {false, IDEA_IN_PROGRESS, IDEA_ADOPTED, false},
        {false, IDEA_ADOPTED, IDEA_NOT_PURSUED, false}, {false, IDEA_PUBLISHED, IDEA_REMOVED, false},
        {true, LIFE_DRAFT, IDEA_PROPOSAL, true},        {true, LIFE_DRAFT, IDEA_ADOPTED, false},
        {true, IDEA_PROPOSAL, IDEA_ADOPTED, false},     {true, IDEA_ADOPTED, IDEA_IN_PROGRESS, true},
        {true, IDEA_IN_PROGRESS, IDEA_DONE, false},     {true, IDEA_ADOPTED, IDEA_NOT_PURSUED, false},
        {true, IDEA_NOT_PURSUED, IDEA_PROPOSAL, false}, {true, IDEA_DONE, IDEA_IN_PROGRESS, false},
        {true, IDEA_ADOPTED, IDEA_REMOVED, false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        for (int is = 0; is <= 1; is++) {
            const struct life_row *row;
            struct life_question q = {.is_proposal = rows[i].is_proposal,
                                      .is_initiative = is != 0,
                                      .has_second = true,
                                      .from = rows[i].from,
                                      .before = rows[i].from,
                                      .to = rows[i].to,
                                      .who = WHO_OFFICE,
                                      .reason = "why"};
            g_test_message("%zu %d", i, is);
            g_assert_cmpint(life_step(&q, &row), ==, is != 0 || rows[i].is_everyones ? LIFE_GRANTED : LIFE_NOT_YOURS);
        }
}

static void test_words(void)
{
    static const struct {
        const char *words;
        enum idea_state state;
    } rows[] = {
        {"in Beratung", IDEA_IN_DELIBERATION}, {"BERATEN", IDEA_IN_DELIBERATION}, {"nicht weiterverfolgt", IDEA_NOT_PURSUED},
        {"not pursued", IDEA_NOT_PURSUED},     {"in_progress", IDEA_IN_PROGRESS}, {"umgesetzt!", IDEA_DONE},
        {"zugeordnet", IDEA_ASSIGNED},
    };
    enum idea_state found;

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_assert_true(life_state_called(rows[i].words, &found));
        g_assert_cmpint(found, ==, rows[i].state);
    }
    g_assert_false(life_state_called("gut", &found));
    g_assert_false(life_state_called("merged", &found)); /* has a word of its own */
    g_assert_cmpuint(life_next(IDEA_PUBLISHED, WHO_MODERATOR, false), ==, 1U << IDEA_ASSIGNED | 1U << IDEA_FORWARDED);
    g_assert_cmpuint(life_next(IDEA_WITHDRAWN, WHO_OPERATOR, true), ==, 0);
    g_assert_cmpuint(life_next(IDEA_PROPOSAL, WHO_OFFICE, false), ==, 0); /* the initiative's office alone */
    g_assert_cmpuint(life_next(IDEA_PROPOSAL, WHO_OFFICE, true), ==, 1U << IDEA_ADOPTED | 1U << IDEA_NOT_PURSUED);
    g_assert_cmpuint(life_next_of_proposal(IDEA_ADOPTED, WHO_OFFICE, false), ==, 1U << IDEA_IN_PROGRESS);
    g_assert_cmpuint(life_next_of_proposal(IDEA_ADOPTED, WHO_OFFICE, true), ==, 1U << IDEA_IN_PROGRESS | 1U << IDEA_NOT_PURSUED);
}

/* ---- What is left to tell */
/* Steps "from>to" or "from>to(was)", and which of them are left. */
static void test_undone(void)
{
    static const struct {
        const char *steps, *left;
    } rows[] = {
        {"published>assigned assigned>published", ""},
        {"published>assigned", "0"},
        {"published>assigned assigned>in_deliberation in_deliberation>assigned", "0"},
        {"published>assigned assigned>in_deliberation in_deliberation>published", ""},
        {"published>moved:b(a) published>moved:a(b)", ""},
        {"published>moved:b(a) published>moved:c(b)", "0 1"},
        {"published>moved:b(a) published>moved:c(b) published>moved:b(c)", "0"},
        {"published>moved:b(a) published>moved:c(b) published>moved:a(c)", ""},
        {"in_deliberation>moved:b(a) in_deliberation>assigned assigned>moved:a(b)", "1"},
        {"published>deadline:2027-05-03(none) published>deadline:none(2027-05-03)", ""},
        {"published>deadline:2027-05-03(none) published>deadline:2027-05-04(2027-05-03)", "0 1"},
        {"published>deadline:2027-05-03(2027-04-01) published>assigned published>deadline:2027-04-01(2027-05-03)", "1"},
        {"published>also:b published>also:c published>not-also:b", "1"},
        {"published>not-also:b published>also:b", ""},
        {"proposal>in-proposal:2 proposal>out-of-proposal:2", ""},
        {"proposal>in-proposal:2 proposal>out-of-proposal:1", "0 1"},
        {"published>merged:7 published>unmerged(7)", ""},
        {"published>merged:7 published>merged:8 published>unmerged(7)", "1"},
        {"published>unmerged(7) published>merged:7", ""},
        {"published>merged:7 published>unmerged", "0 1"}, /* from before it was noted who left */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(GStrv) words = g_strsplit(rows[i].steps, " ", -1);
        g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func((GDestroyNotify)stage_free);
        g_autoptr(GString) left = g_string_new(NULL);
        for (guint k = 0; words[k] != NULL; k++) {
            g_auto(GStrv) parts = g_strsplit_set(words[k], ">()", -1);
            struct stage *s = g_new0(struct stage, 1);
            s->id = k;
            s->from_state = g_strdup(parts[0]);
            s->to_state = g_strdup(parts[1]);
            s->was = g_strdup(parts[2]);
            g_ptr_array_add(steps, s);
        }
        undone_sift(steps);
        for (guint k = 0; k < steps->len; k++)
            g_string_append_printf(left, "%s%d", k > 0 ? " " : "", (int)((struct stage *)steps->pdata[k])->id);
        g_test_message("%s", rows[i].steps);
        g_assert_cmpstr(left->str, ==, rows[i].left);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/forum/life/every-step", test_every_step);
    g_test_add_func("/forum/life/answers", test_answers);
    g_test_add_func("/forum/life/initiative", test_initiative);
    g_test_add_func("/forum/life/words", test_words);
    g_test_add_func("/forum/life/undone", test_undone);
    return g_test_run();
}
