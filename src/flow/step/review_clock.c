/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See review_clock.h.
 */
#include "flow/step/review_clock.h"

#include "base/limits.h"
#include "forum/when.h"
#include "store/holds.h"

/* In their order: what comes after how many seconds of working days in all. */
static const struct review_stage {
    enum next next;
    gint64 after_s;
} stages[] = {{NEXT_DEPUTY, LIMIT_DEPUTY_S}, {NEXT_AUTHOR, LIMIT_AUTHOR_S}, {NEXT_DEFAULT, LIMIT_DEFAULT_S}};

static guint stage_of(enum next next)
{
    for (guint i = 0; i < G_N_ELEMENTS(stages); i++)
        if (stages[i].next == next)
            return i;
    return 0;
}

gint64 review_clock_due(const struct gateway *g, gint64 from, gint64 seconds)
{
    const struct office_hours *o = &g->settings->office;

    return office_hours_open(o, office_hours_after(o, from, MAX(seconds, 0)));
}

bool review_clock_begin(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    return holds_set_clock(g->db, h->id, NEXT_DEPUTY, review_clock_due(g, now, LIMIT_DEPUTY_S), now, 0, e);
}

bool review_clock_set(struct gateway *g, const struct hold *h, enum next next, gint64 now, struct err *e)
{
    gint64 since = h->runs_at != 0 ? h->runs_at : now,
           due = review_clock_due(g, since, stages[stage_of(next)].after_s - h->ran_s);

    return holds_set_clock(g->db, h->id, next, MAX(due, now), since, h->ran_s, e);
}

bool review_clock_stand(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    guint i = stage_of(h->next);
    gint64 ran = h->ran_s + (h->runs_at != 0 ? office_hours_between(&g->settings->office, h->runs_at, now) : 0);

    /* What is due but has not come yet, since nobody is there, is not passed over; what came does not come again. */
    if (h->next != NEXT_ANSWER)
        ran = CLAMP(ran, i == 0 ? 0 : stages[i - 1].after_s + 1, stages[i].after_s);
    return holds_set_clock(g->db, h->id, NEXT_ANSWER, when_days_over(now, LIMIT_QUESTION_DAYS, g->settings->zone), 0, ran, e);
}

bool review_clock_go_on(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    guint i = 0;

    while (i + 1 < G_N_ELEMENTS(stages) && stages[i].after_s < h->ran_s)
        i++;
    gint64 due = review_clock_due(g, now, stages[i].after_s - h->ran_s);
    return holds_set_clock(g->db, h->id, stages[i].next, due, now, h->ran_s, e);
}
