/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A mail about a phase: its title, its last day, and what comes next.
 */
#include "flow/out/render_job.h"

#include "flow/phase.h"
#include "store/phases.h"
#include "store/proposals.h"
#include "store/topics.h"

#include <string.h>

static const char *title_of(const struct job *j, const GPtrArray *titles, const struct phase *p)
{
    const char *title = topic_title(titles, p->name, j->v.language);

    return title != NULL ? title : p->name;
}

static char *day(const struct job *j, gint64 at)
{
    return templates_date(j->r->t, j->v.language, at, j->r->g->settings->zone);
}

/* "ideas, contributions". */
static char *kinds(const struct job *j, gint64 allows)
{
    GString *out = g_string_new(NULL);

    for (guint bit = 0; phase_kind_names[bit] != NULL; bit++) {
        g_autofree char *key = g_strconcat("phase_", phase_kind_names[bit], NULL);
        if ((allows & G_GINT64_CONSTANT(1) << bit) != 0)
            g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", templates_word(j->r->t, j->v.language, key));
    }
    return g_string_free(out, FALSE);
}

/* phase_forum: of this one alone. */
static void set_forum(struct value *data, struct job *j, row_id id)
{
    const struct forum *forum = id != 0 ? job_forum(j, id) : NULL;

    value_set_line(data, "phase_forum", forum != NULL ? forum->title : NULL);
}

static void set_whole(struct value *data, const struct job *j, const GPtrArray *titles, const struct phase *p)
{
    g_autofree char *takes = kinds(j, p->allows);

    view_set_short(data, "phase_title", title_of(j, titles, p));
    view_set_taken(data, "phase_start", day(j, p->from_at));
    value_set_line(data, "phase_takes", takes);
    if (p->to_at != 0)
        view_set_taken(data, "phase_end", day(j, p->to_at - 1));
}

void job_set_phase_to_come(struct value *entry, struct job *j, const char *packed)
{
    g_auto(GStrv) titles = NULL;
    struct phase *p = phase_unpack(packed, &titles);
    struct value *list = value_list();

    value_set(entry, "titles", list);
    if (p == NULL)
        return;
    for (guint i = 0; titles[i] != NULL && titles[i + 1] != NULL; i += 2) {
        struct value *one = value_map();
        value_set_line(one, "title_language", templates_word(j->r->t, titles[i], "language_name"));
        value_set_line(one, "title", titles[i + 1]);
        value_append(list, one);
    }
    value_set_bool(entry, "will_stand", true);
    value_set_line(entry, "phase_name", p->name);
    g_autofree char *takes = kinds(j, p->allows);
    view_set_taken(entry, "phase_start", day(j, p->from_at));
    value_set_line(entry, "phase_takes", takes);
    if (p->to_at != 0)
        view_set_taken(entry, "phase_end", day(j, p->to_at - 1));
    set_forum(entry, j, p->forum_id);
    phase_free(p);
}

void job_set_phase_fault(struct value *entry, const char *word)
{
    value_set_bool(entry, "phase_unknown", strcmp(word, "unknown") == 0 || strcmp(word, "not") == 0);
    value_set_bool(entry, "phase_no_name", strcmp(word, "name") == 0);
    value_set_bool(entry, "phase_no_forum", strcmp(word, "forum") == 0);
    value_set_bool(entry, "phase_no_right", strcmp(word, "right") == 0);
    value_set_bool(entry, "phase_is_over", strcmp(word, "past") == 0);
    value_set_bool(entry, "phase_no_days", strcmp(word, "days") == 0);
    value_set_bool(entry, "phase_no_title", strcmp(word, "title") == 0);
    value_set_bool(entry, "phase_no_language", strcmp(word, "language") == 0);
}

void job_set_phase_changed(struct value *entry, struct job *j, const char *ordered)
{
    g_auto(phase_order_auto_t) o = {0};
    g_autoptr(GPtrArray) phases = phases_all(j->r->g->db, j->e);
    g_autoptr(GPtrArray) titles = phases != NULL ? topics_all(j->r->g->db, TOPIC_PHASE, j->e) : NULL;
    const struct phase *p = titles != NULL && phase_order(ordered, &o) ? phase_named(phases, o.name) : NULL;

    if (p == NULL)
        return;
    const char *by = p->changed_by != 0 ? "who_office" : "who_operator";
    value_set_line(entry, "changed_by", templates_word(j->r->t, j->v.language, by));
    view_set_taken(entry, "changed_at", view_date_time(&j->v, p->changed_at));
    set_whole(entry, j, titles, p);
}

bool job_is_phase_back(struct job *j)
{
    g_autoptr(GPtrArray) phases = phases_all(j->r->g->db, j->e);
    const struct phase *p = phases != NULL && j->n->detail != NULL ? phase_called(phases, j->n->detail) : NULL;

    return j->e->kind == ERR_NONE && (p == NULL || p->to_at == phase_told_end(j->n->detail));
}

/* Which kind of text was refused, or waits: told by what the mail is about. */
static enum phase_kind kind_of(struct job *j)
{
    row_id proposal = 0;

    if (j->idea != NULL)
        proposals_of_discussion(j->r->g->db, j->idea->id, &proposal, j->e);
    return phase_kind_of(j->idea, j->hold != NULL ? j->hold->ring : RING_PUBLIC, proposal != 0, false);
}

/* The phase that the mail is about: one that was named, the one that takes the text that waits, the last that would have. */
static const struct phase *phase_meant(struct job *j, const GPtrArray *phases, row_id forum)
{
    gint64 grace = phase_grace(j->r->g);

    if (j->row->detail == DETAIL_NAME)
        return j->n->detail != NULL ? phase_called(phases, j->n->detail) : NULL;
    return j->hold != NULL ? phase_taking(phases, forum, kind_of(j), j->hold->created_at, grace)
                           : phase_last(phases, forum, kind_of(j), j->v.now);
}

void job_set_phase(struct value *data, struct job *j)
{
    g_autoptr(GPtrArray) phases = phases_all(j->r->g->db, j->e);
    g_autoptr(GPtrArray) titles = phases != NULL ? topics_all(j->r->g->db, TOPIC_PHASE, j->e) : NULL;
    bool is_over = j->row->detail != DETAIL_NAME && j->hold == NULL;

    if (titles == NULL)
        return;
    row_id forum = j->forum != NULL ? j->forum->id : 0;
    const struct phase *p = phase_meant(j, phases, forum);
    const struct phase *next = is_over ? phase_next(phases, forum, kind_of(j), j->v.now) : NULL;
    if (p != NULL)
        set_whole(data, j, titles, p);
    if (j->n->purpose == PURPOSE_PHASE_SET && p != NULL)
        set_forum(data, j, p->forum_id);
    else if (j->n->purpose == PURPOSE_PHASE_SET)
        job_set_phase_fault(data, j->n->detail != NULL && *j->n->detail == *PHASE_FAULT_MARK ? j->n->detail + 1 : "unknown");
    if (j->hold != NULL)
        view_set_taken(data, "came_at", day(j, j->hold->created_at));
    if (next != NULL) {
        value_set_line(data, "next_title", title_of(j, titles, next));
        view_set_taken(data, "next_start", day(j, next->from_at));
    }
}
