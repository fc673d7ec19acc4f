/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What moderators, and whoever decides about a complaint, need to know: why a text waits, what was said about it; and the sentences
 * of the reason for which it was refused.
 */
#include "flow/out/render_job.h"

#include "flow/view/reason.h"
#include "flow/view/similar.h"
#include "forum/reason.h"
#include "forum/when.h"
#include "store/holds.h"
#include "store/remarks.h"
#include "store/versions.h"
#include "text/wrap.h"

#include <string.h>

static struct value *said(struct job *j, const struct remark *t)
{
    struct value *entry = value_map();

    value_set_bool(entry, "is_question", t->kind == REMARK_QUESTION);
    value_set_bool(entry, "is_answer", t->kind == REMARK_ANSWER);
    value_set_bool(entry, "is_complaint", t->kind == REMARK_COMPLAINT);
    value_set_bool(entry, "is_report", t->kind == REMARK_REPORT);
    value_set_bool(entry, "is_unproved", t->kind == REMARK_REPORT && t->person_id == 0);
    value_set_bool(entry, "is_said_note", t->kind == REMARK_NOTE);
    view_set_taken(entry, "said_at", view_date_time(&j->v, t->at));
    view_set_taken(entry, "said", text_unwrap(t->text));
    return entry;
}

/* How it went with the author's texts in this forum so far. */
static void set_standing(struct value *data, struct job *j)
{
    gint64 n_released = 0, n_refused = 0;

    if (j->post == NULL || j->e->kind != ERR_NONE ||
        !posts_standing(j->r->g->db, j->post->person_id, j->hold->about.forum, j->v.now - LIMIT_TRUST_S, LIMIT_TRUST_POSTS,
                        &n_released, &n_refused, j->e))
        return;
    value_set_number(data, "n_released", n_released);
    value_set_number(data, "n_refused", n_refused);
}

/* What a moderator read before, or what stands meanwhile, where its author sent a new version. */
static void set_before(struct value *data, struct job *j)
{
    bool is_version = j->hold->why == WHY_CORRECTED;
    g_autoptr(GPtrArray) all = j->post != NULL ? versions_of_post(j->r->g->db, j->post->id, j->e) : NULL;
    const struct version *last = all != NULL && all->len > 0 ? all->pdata[all->len - 1] : NULL;
    const char *before = is_version && j->post != NULL ? j->post->text : last != NULL ? last->text : NULL;
    g_autofree char *whole = before != NULL ? text_unwrap(before) : NULL;

    if (whole != NULL)
        view_set_taken(data, "before_quoted", text_quote(whole));
}

void job_set_complained(struct value *data, const struct job *j)
{
    const struct hold *h = j->hold;
    bool is_redacted = h->why == WHY_REDACTED, is_second = h->kind == HOLD_SECOND && h->state == HOLD_OPEN;

    value_set_bool(data, "is_revised", is_second && j->post != NULL && j->post->person_id == j->n->person_id);
    value_set_bool(data, "is_correction", is_second && h->why == WHY_CORRECTED);

    value_set_bool(data, "is_removal", h->why == WHY_REMOVED);
    value_set_bool(data, "is_redaction", is_redacted);
    value_set_bool(data, "is_refusal", h->why != WHY_REMOVED && !is_redacted);
    value_set_bool(data, "is_overruled", h->state == HOLD_RELEASED);
    if (is_redacted && *h->text != '\0') {
        g_autofree char *whole = text_unwrap(h->text);
        view_set_taken(data, "before_quoted", text_quote(whole));
    }
    if (h->decided_at != 0)
        view_set_taken(data, "complain_by",
                       templates_date(j->r->t, j->v.language,
                                      when_days_over(h->decided_at, LIMIT_COMPLAIN_DAYS, j->r->g->settings->zone) - 1,
                                      j->r->g->settings->zone));
}

void job_set_waits(struct value *data, struct job *j)
{
    const struct gateway *g = j->r->g;
    hold_auto open = j->hold == NULL && j->post != NULL ? holds_open_of_post(g->db, j->post->id, HOLD_REVIEW, j->e) : NULL;
    const struct hold *h = j->hold != NULL ? j->hold : open;

    if (h == NULL)
        return;
    view_set_whys(data, h);
    gint64 since = h->asked_at != 0 ? h->asked_at : h->created_at,
           due = office_hours_after(&g->settings->office, since, LIMIT_AUTHOR_S);
    view_set_taken(data, "office_hours", view_office_hours(&j->v));
    view_set_taken(data, "since", view_date_time(&j->v, h->created_at));
    if (due > j->v.now)
        view_set_taken(data, "answer_by", templates_date(j->r->t, j->v.language, due, g->settings->zone));
}

void job_set_remarks(struct value *data, struct job *j)
{
    g_autoptr(GPtrArray) all = remarks_of_hold(j->r->g->db, j->hold->id, j->e);
    struct value *list = value_list();
    enum purpose p = j->n->purpose;

    for (guint i = 0; all != NULL && i < all->len; i++)
        value_append(list, said(j, all->pdata[i]));
    value_set_bool(data, "has_talk", all != NULL && all->len > 0);
    value_set(data, "talk", list);
    view_set_whys(data, j->hold);
    set_standing(data, j);
    set_before(data, j);
    value_set_bool(data, "is_answered", p == PURPOSE_MODERATE_ANSWER);
    value_set_bool(data, "is_deputy", p == PURPOSE_MODERATE_DEPUTY);
    value_set_bool(data, "is_late", p == PURPOSE_MODERATE_LATE);
}

void job_set_similar(struct value *data, struct job *j)
{
    bool is_new = j->post != NULL && j->post->kind == POST_IDEA && j->idea != NULL && j->idea->ring == RING_PUBLIC;
    g_autoptr(GPtrArray) found = is_new ? similar_ideas(j->r->g, j->idea, j->post->text, j->e) : NULL;
    struct value *list = value_list();

    for (guint i = 0; found != NULL && i < found->len; i++) {
        const struct idea *idea = found->pdata[i];
        struct value *entry = value_map();
        g_autofree char *key = g_strconcat("state_", idea_state_name(idea->state), NULL);
        value_set_number(entry, "similar_number", idea->id);
        value_set_line(entry, "similar_title", view_idea_title(&j->v, idea));
        value_set_line(entry, "similar_state", templates_word(j->r->t, j->v.language, key));
        view_set_taken(entry, "similar_address", route_idea_address(idea->id, j->r->g->domain));
        value_append(list, entry);
    }
    value_set_bool(data, "has_similar", value_length(list) > 0);
    value_set(data, "similar", list);
}

/* NULL: the moderator's own words say it all. */
static const char *sentence(const struct job *j, const char *which)
{
    g_autofree char *key = g_strdup_printf("reason_%s%s", j->hold->code, which);

    return templates_word(j->r->t, j->v.language, key);
}

void job_set_removal(struct value *data, const struct job *j, const char *reason)
{
    const char *words = view_reason_words(reason);

    value_set_string(data, "reason_private", view_reason_sentence(j->r->t, j->v.language, reason, "_private"));
    value_set_string(data, "reason_fix", view_reason_sentence(j->r->t, j->v.language, reason, "_fix"));
    value_set_bool(data, "has_reason", *reason != '\0');
    if (*words != '\0')
        view_set_taken(data, "reason", text_unwrap(words));
}

void job_set_code(struct value *data, struct job *j)
{
    const struct post *post = (j->row->shows & SHOW_DECISION) != 0 ? job_post(j, j->hold->about.post) : NULL;
    bool is_taken_back = post != NULL && post->state == POST_WITHDRAWN;
    bool has_one = j->hold->code != NULL && strcmp(j->hold->code, REASON_OTHER) != 0 && !is_taken_back;

    value_set_string(data, "reason_private", has_one ? sentence(j, "_private") : NULL);
    value_set_string(data, "reason_fix", has_one ? sentence(j, "_fix") : NULL);
    value_set_bool(data, "is_why_corrected", j->hold->why == WHY_CORRECTED);
    value_set_bool(data, "has_reason", !is_taken_back && (has_one || j->hold->reason != NULL));
}

/* ---- All that waits */

#define LISTED_CHARS 400 /* of each text */

static struct value *listed(struct job *j, const struct hold *h)
{
    struct value *entry = value_map();
    const struct gateway *g = j->r->g;
    const struct idea *idea = job_idea(j, h->about.idea);
    const struct post *post = job_post(j, h->about.post);
    g_autofree char *whole = text_unwrap(h->text), *begin = text_shorten(whole, LISTED_CHARS);

    value_set_number(entry, "entry", h->id);
    value_set_line(entry, "title", *h->title != '\0' || idea == NULL ? h->title : idea->title);
    value_set_bool(entry, "is_new_idea", post != NULL && post->kind == POST_IDEA);
    view_set_taken(entry, "begin_quoted", text_quote(begin));
    value_set_bool(entry, "is_begin", strlen(begin) < strlen(whole));
    view_set_taken(entry, "since", view_date_time(&j->v, h->created_at));
    view_set_taken(entry, "decide_address", route_moderate_address(h->id, j->n->person_id, g->domain, g->key));
    return entry;
}

void job_set_listed(struct value *data, struct job *j)
{
    gint64 n = 0;
    g_autoptr(GPtrArray) holds = holds_listed(j->r->g->db, j->n->about.forum, j->n->person_id, LIMIT_MODERATE_LISTED, &n, j->e);
    struct value *list = value_list();

    for (guint i = 0; holds != NULL && i < holds->len; i++)
        value_append(list, listed(j, holds->pdata[i]));
    value_set_bool(data, "is_unclear", j->n->detail != NULL);
    value_set_number(data, "n_waiting", n);
    value_set_bool(data, "is_one", n == 1);
    if (holds != NULL && n > holds->len)
        value_set_number(data, "n_more", n - holds->len);
    value_set_number(data, "example", holds != NULL && holds->len > 0 ? ((const struct hold *)holds->pdata[0])->id : 1);
    value_set(data, "texts", list);
}
