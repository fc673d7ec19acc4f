/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Issues; see issue.h.
 */
#include "flow/step/issue.h"

#include "flow/step/answer.h"
#include "store/events.h"
#include "store/issues.h"
#include "store/lists.h"
#include "store/notices.h"

static bool journal(struct gateway *g, const struct issue *i, const char *kind, gint64 now, struct err *e)
{
    g_autofree char *detail = g_strdup_printf("list %" G_GINT64_FORMAT " issue %" G_GINT64_FORMAT, i->list_id, i->number);
    struct event ev = {.at = now, .kind = kind, .about.message = i->message_id, .detail = detail};

    return events_add(g->db, &ev, e);
}

static bool send_preview(struct gateway *g, const struct issue *i, const struct editor *to, const char *left_out, gint64 now,
                         struct err *e)
{
    struct notice n = {.purpose = PURPOSE_ISSUE_PREVIEW,
                       .address = to->written,
                       .issue_id = i->id,
                       .detail = left_out,
                       .due_at = now};

    return notices_add(g->db, &n, NULL, e) && (to->id != i->drafted_by || issue_test(g, i, to->written, now, e));
}

static bool add_files(struct gateway *g, row_id id, const struct issue_enclosed *with, struct err *e)
{
    for (guint k = 0; with != NULL && with->files != NULL && k < with->files->len; k++)
        if (!issues_add_file(g->db, id, with->files->pdata[k], e))
            return false;
    return true;
}

bool issue_draft(struct gateway *g, const struct list *l, struct issue *i, const struct issue_enclosed *with, gint64 now,
                 row_id *id_out, struct err *e)
{
    i->list_id = l->id;
    i->created_at = now;
    if (!issues_last_place(g->db, l->id, &i->from_place, e) || !issues_news_place(g->db, &i->to_place, e) ||
        !issues_add(g->db, i, id_out, e) || !add_files(g, *id_out, with, e))
        return false;
    issue_auto made = issues_by_id(g->db, *id_out, e);
    g_autoptr(GPtrArray) editors = made != NULL ? editors_of(g->db, l->id, e) : NULL;
    for (guint k = 0; editors != NULL && k < editors->len; k++)
        if (!send_preview(g, made, editors->pdata[k], with != NULL ? with->left_out : NULL, now, e))
            return false;
    return editors != NULL && journal(g, made, "issue.drafted", now, e);
}

bool issue_test(struct gateway *g, const struct issue *i, const char *address, gint64 now, struct err *e)
{
    struct notice n = {.purpose = PURPOSE_NEWSLETTER_TEST, .address = address, .issue_id = i->id, .due_at = now};

    return notices_add(g->db, &n, NULL, e);
}

bool issue_stop(struct gateway *g, const struct issue *i, gint64 now, enum issue_fault *out, struct err *e)
{
    bool changed;

    if (!issues_stop(g->db, i->id, &changed, e))
        return false;
    *out = changed ? ISSUE_FINE : ISSUE_WRONG_STATE;
    return !changed || journal(g, i, "issue.stopped", now, e);
}

bool issue_resume(struct gateway *g, const struct issue *i, gint64 at, gint64 now, enum issue_fault *out, struct err *e)
{
    gint64 then = at != 0 ? at : i->started_at == 0 ? i->release_at : now; /* its own time, if that has not come */
    bool changed;

    if (!issues_resume(g->db, i->id, MAX(then, now), &changed, e))
        return false;
    *out = changed ? ISSUE_FINE : ISSUE_WRONG_STATE;
    return !changed || journal(g, i, "issue.resumed", now, e);
}

/* Who released it has had a second pair of eyes; another hour, or going on, needs none. */
static bool change_time(struct gateway *g, const struct issue *i, gint64 at, gint64 now, enum issue_fault *out, struct err *e)
{
    if (i->state == ISSUE_RELEASED && (!issue_stop(g, i, now, out, e) || *out != ISSUE_FINE))
        return e->kind == ERR_NONE;
    return issue_resume(g, i, at, now, out, e);
}

bool issue_release(struct gateway *g, const struct list *l, const struct issue *i, row_id editor, gint64 at, gint64 now,
                   enum issue_fault *out, struct err *e)
{
    bool changed, is_waiting = i->state == ISSUE_RELEASED && i->started_at == 0 && at > now;

    if (i->state == ISSUE_STOPPED || is_waiting)
        return change_time(g, i, MAX(at, now), now, out, e);
    *out = i->state != ISSUE_DRAFT                                       ? ISSUE_RUNNING
           : *g->settings->initiative_imprint == '\0'                    ? ISSUE_NO_IMPRINT
           : l->n_release == 2 && editor != 0 && i->drafted_by == editor ? ISSUE_NEEDS_OTHER
                                                                         : ISSUE_FINE;
    if (*out != ISSUE_FINE)
        return true;
    if (!issues_release(g->db, i->id, editor, MAX(at, now), &changed, e))
        return false;
    *out = changed ? ISSUE_FINE : ISSUE_RUNNING;
    return !changed || journal(g, i, "issue.released", now, e);
}

static bool tell_halted(struct gateway *g, const struct issue *i, gint64 now, struct err *e)
{
    g_autoptr(GPtrArray) editors = editors_of(g->db, i->list_id, e);
    bool ok = editors != NULL;

    for (guint k = 0; ok && k < editors->len; k++) {
        const struct editor *to = editors->pdata[k];
        struct notice n = {.purpose = PURPOSE_ISSUE_HALTED, .address = to->written, .issue_id = i->id, .due_at = now};
        ok = notices_add(g->db, &n, NULL, e);
    }
    return ok;
}

bool issue_halt(struct gateway *g, const struct issue *i, gint64 now, struct err *e)
{
    list_auto l = lists_by_id(g->db, i->list_id, e);
    enum issue_fault fault;

    if (l == NULL)
        return false;
    if (!issue_stop(g, i, now, &fault, e) || fault != ISSUE_FINE)
        return e->kind == ERR_NONE; /* all of it is out, or somebody stopped it */
    g_autofree char *detail = g_strdup_printf("%s %" G_GINT64_FORMAT ": %s", l->name, i->number, i->subject);
    return tell_halted(g, i, now, e) && answer_tell_operator(g, PURPOSE_OPERATOR_HALTED, 0, detail, now, e);
}

enum issue_state issue_shown_state(const struct issue *i)
{
    bool is_waiting = i->n_sent + i->n_failed + i->n_dropped < i->n_recipients;

    return i->state == ISSUE_SENT && is_waiting ? ISSUE_SENDING : i->state;
}
