/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The weekly mail to who leads a forum: what waits there, each with an address that takes the reader's word.
 */
#include "flow/out/render_job.h"

#include "base/limits.h"
#include "forum/figures.h"
#include "forum/route.h"
#include "store/silence.h"

#define DAY_S         86400
#define WEEK_S        (7 * DAY_S)
#define MEDIAN_DAYS   90 /* of what was published since */
#define MEDIAN_FEWEST 5  /* ideas of which a median says something */

/* The middle one of WAITS (seconds), in days, as text; NULL of fewer than MEDIAN_FEWEST, which say nothing. Caller frees. */
static char *median_days(GArray *waits)
{
    if (waits->len < MEDIAN_FEWEST)
        return NULL;
    gint64 median = figures_median((gint64 *)(void *)waits->data, waits->len);
    return g_strdup_printf("%" G_GINT64_FORMAT, (median + DAY_S / 2) / DAY_S);
}

/* Does any text wait? */
static bool set_figures(struct value *data, struct job *j)
{
    struct db *db = j->r->g->db;
    g_autoptr(GArray) reactions = g_array_new(FALSE, FALSE, sizeof(gint64)), answers = g_array_new(FALSE, FALSE, sizeof(gint64));
    struct silence_counts counts;

    if (j->forum == NULL || !silence_first_signs(db, j->forum->id, j->v.now - MEDIAN_DAYS * DAY_S, reactions, answers, j->e) ||
        !silence_held(db, j->forum->id, j->v.now - WEEK_S, &counts, j->e))
        return false;
    g_autofree char *reaction = median_days(reactions), *answer = median_days(answers);
    value_set_line(data, "reaction_days", reaction);
    value_set_number(data, "n_reactions", reactions->len);
    value_set_line(data, "answer_days", answer);
    value_set_number(data, "n_answers", answers->len);
    if (counts.n_held > 0)
        value_set_number(data, "n_held", counts.n_held);
    if (counts.n_drafts > 0)
        value_set_number(data, "n_drafts", counts.n_drafts);
    if (counts.n_late > 0)
        value_set_number(data, "n_late", counts.n_late);
    if (counts.n_expired > 0)
        value_set_number(data, "n_expired", counts.n_expired);
    return counts.n_held + counts.n_drafts + counts.n_late > 0;
}

/* Is there one? */
static bool set_deadlines(struct value *data, struct job *j)
{
    const struct gateway *g = j->r->g;
    g_autoptr(GPtrArray) ideas =
        j->forum != NULL ? silence_deadlines(g->db, j->forum->id, j->v.now, j->v.now + 2 * WEEK_S, LIMIT_WAITING_SHOWN, j->e)
                         : NULL;
    struct value *list = value_list();

    for (guint i = 0; ideas != NULL && i < ideas->len; i++) {
        const struct idea *idea = ideas->pdata[i];
        struct value *entry = value_map();
        view_set_thing(entry, &j->v, idea);
        value_set_line(entry, "title", idea->title);
        view_set_taken(entry, "due", templates_date(j->r->t, j->v.language, idea->deadline_at - 1, g->settings->zone));
        value_append(list, entry);
    }
    value_set_bool(data, "has_deadlines", value_length(list) > 0);
    value_set(data, "deadlines", list); /* the list is DATA's */
    return value_length(list) > 0;
}

void job_set_waiting(struct value *data, struct job *j)
{
    const struct gateway *g = j->r->g;
    gint64 before = j->v.now - g->settings->silence_office_days * DAY_S;
    g_autoptr(GPtrArray) ideas =
        j->forum != NULL ? silence_waiting(g->db, j->forum->id, before, LIMIT_WAITING_SHOWN, j->e) : NULL;
    struct value *list = value_list();

    for (guint i = 0; ideas != NULL && i < ideas->len; i++) {
        const struct idea *idea = ideas->pdata[i];
        struct value *entry = value_map();
        view_set_thing(entry, &j->v, idea);
        value_set_line(entry, "title", idea->title);
        value_set_number(entry, "days", (j->v.now - idea->published_at) / DAY_S);
        view_set_taken(entry, "reply_address", route_reply_address(idea->id, idea->ring, j->n->person_id, 0, g->domain, g->key));
        value_append(list, entry);
    }
    value_set_bool(data, "has_waiting", value_length(list) > 0);
    value_set(data, "waiting", list);
    bool has_texts = set_figures(data, j), has_deadlines = set_deadlines(data, j);
    value_set_bool(data, "is_nothing", value_length(list) == 0 && !has_texts && !has_deadlines);
    value_set_number(data, "days", g->settings->silence_office_days);
}
