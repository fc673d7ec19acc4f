/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What becomes of a complaint; see review.h.
 */
#include "flow/step/review.h"

#include "base/limits.h"
#include "flow/step/answer.h"
#include "flow/step/content.h"
#include "flow/step/idea_step.h"
#include "flow/step/redact.h"
#include "flow/step/review_clock.h"
#include "flow/step/withdraw.h"
#include "forum/duty.h"
#include "forum/reason.h"
#include "forum/when.h"
#include "mail/contact/contact.h"
#include "store/duties.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/notices.h"
#include "store/posts.h"
#include "store/remarks.h"

static bool journal(struct gateway *g, const struct hold *h, const char *kind, row_id person, row_id message, const char *detail,
                    gint64 now, struct err *e)
{
    struct event ev = {.at = now,
                       .kind = kind,
                       .about = {.message = message,
                                 .person = person,
                                 .forum = h->about.forum,
                                 .idea = h->about.idea,
                                 .post = h->about.post,
                                 .hold = h->id},
                       .detail = detail};

    return events_add(g->db, &ev, e);
}

static bool tell(struct gateway *g, const struct hold *h, enum purpose purpose, row_id person, row_id message, const char *detail,
                 gint64 now, struct err *e)
{
    struct notice n =
        {.purpose = purpose,
         .person_id = person,
         .about = {.message = message, .forum = h->about.forum, .idea = h->about.idea, .post = h->about.post, .hold = h->id},
         .detail = detail,
         .due_at = now};

    return person == 0 || notices_add(g->db, &n, NULL, e);
}

static bool say(struct gateway *g, const struct hold *h, enum remark_kind kind, const char *text, row_id person, row_id message,
                gint64 now, struct err *e)
{
    g_autofree char *masked = contact_mask(text, h->language, g->domain, NULL);
    struct remark t = {.hold_id = h->id, .at = now, .kind = kind, .person_id = person, .message_id = message, .text = masked};

    return remarks_add(g->db, &t, e);
}

/* Who may decide about it: nobody who decided before, nobody of whose text or idea it is. ALL: of every rank. */
static GArray *judges(struct gateway *g, const struct hold *h, bool all, gint64 now, struct err *e)
{
    g_autoptr(GArray) shifts = duties_shifts(g->db, h->about.forum, h->about.post, h->id, now, e);
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(row_id));

    g_array_append_val(parts, h->decided_by);
    return shifts != NULL ? duty_judges(shifts, parts, all) : NULL;
}

bool review_has_complaint(const struct hold *h)
{
    return h->kind == HOLD_REVIEW && h->state == HOLD_REJECTED && h->next == NEXT_COMPLAINT;
}

bool review_may_judge(struct gateway *g, const struct hold *h, row_id person, gint64 now, bool *may_out, struct err *e)
{
    g_autoptr(GArray) all = review_has_complaint(h) ? judges(g, h, true, now, e) : NULL;

    *may_out = false;
    for (guint i = 0; all != NULL && i < all->len; i++)
        *may_out |= g_array_index(all, row_id, i) == person;
    return e->kind == ERR_NONE;
}

static bool tell_judges(struct gateway *g, const struct hold *h, const GArray *to, gint64 now, struct err *e)
{
    bool ok = true;

    for (guint i = 0; ok && i < to->len; i++)
        ok = tell(g, h, PURPOSE_COMPLAINT, g_array_index(to, row_id, i), 0, NULL, now, e);
    return ok;
}

static bool tell_operator(struct gateway *g, const struct hold *h, row_id message, gint64 now, struct err *e)
{
    g_autofree char *detail = g_strdup_printf("forumpost hold show %" G_GINT64_FORMAT, h->id);

    return answer_tell_operator(g, PURPOSE_OPERATOR_COMPLAINT, message, detail, now, e);
}

/* What was said about H, and how much of it complained. */
static bool count(struct gateway *g, const struct hold *h, guint *n_out, guint *n_complaints_out, struct err *e)
{
    g_autoptr(GPtrArray) all = remarks_of_hold(g->db, h->id, e);

    *n_out = all != NULL ? all->len : 0;
    *n_complaints_out = 0;
    for (guint i = 0; i < *n_out; i++)
        *n_complaints_out += ((const struct remark *)all->pdata[i])->kind == REMARK_COMPLAINT;
    return all != NULL;
}

bool review_complain(struct gateway *g, const struct hold *h, const char *text, row_id message, gint64 now,
                     enum review *found_out, struct err *e)
{
    hold_auto fresh = holds_by_id(g->db, h->id, e);
    post_auto p = fresh != NULL ? posts_by_id(g->db, h->about.post, e) : NULL;
    g_autoptr(GArray) to = p != NULL ? judges(g, fresh, false, now, e) : NULL;
    guint n, n_complaints;

    if (to == NULL || !count(g, fresh, &n, &n_complaints, e))
        return false;
    bool is_more = review_has_complaint(fresh); /* nobody has decided: it goes with the complaint */
    *found_out = fresh->state != HOLD_REJECTED || (n_complaints > 0 && !is_more) ? REVIEW_DECIDED
                 : !is_more && now >= when_days_over(fresh->decided_at, LIMIT_COMPLAIN_DAYS, g->settings->zone)
                     ? REVIEW_IMPOSSIBLE
                 : n >= LIMIT_REMARKS ? REVIEW_ENOUGH
                                      : REVIEW_DONE;
    if (*found_out == REVIEW_ENOUGH) /* nothing more is kept beside the text: somebody must look at the mail itself */
        return tell_operator(g, h, message, now, e);
    if (*found_out != REVIEW_DONE)
        return true;
    gint64 due = review_clock_due(g, now, LIMIT_COMPLAINT_S);
    bool ok = say(g, h, REMARK_COMPLAINT, text, p->person_id, message, now, e) &&
              (is_more || (holds_set_clock(g->db, h->id, NEXT_COMPLAINT, due, now, 0, e) &&
                           journal(g, h, "complaint.opened", p->person_id, message, NULL, now, e))) &&
              (to->len > 0 || tell_operator(g, h, message, now, e)) && tell_judges(g, h, to, now, e);
    return ok && tell(g, h, PURPOSE_COMPLAINT_RECEIVED, p->person_id, message, NULL, now, e);
}

bool review_remind(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    const struct office_hours *o = &g->settings->office;
    bool is_over = office_hours_between(o, h->runs_at, now) >= LIMIT_JUDGE_S;
    gint64 next = is_over ? review_clock_due(g, now, LIMIT_COMPLAINT_S) : review_clock_due(g, h->runs_at, LIMIT_JUDGE_S);
    post_auto p = posts_by_id(g->db, h->about.post, e);
    g_autoptr(GArray) to = p != NULL ? judges(g, h, is_over, now, e) : NULL;

    if (to == NULL)
        return false;
    bool is_taken = p->state == POST_WITHDRAWN; /* its author may bring it back for some days */
    bool is_gone = is_taken && p->forgotten_at != 0;
    if (!holds_set_next(g->db, h->id, is_gone ? NEXT_NONE : NEXT_COMPLAINT, is_gone ? 0 : next, e))
        return false;
    return is_taken ||
           ((is_over || to->len == 0 ? tell_operator(g, h, h->about.message, now, e) : true) && tell_judges(g, h, to, now, e));
}

static bool shares(const GArray *some, const GArray *others)
{
    for (guint i = 0; i < some->len; i++)
        for (guint k = 0; k < others->len; k++)
            if (g_array_index(some, row_id, i) == g_array_index(others, row_id, k))
                return true;
    return false;
}

bool review_hand_over(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    g_autoptr(GArray) asked = notices_readers_of_hold(g->db, h->id, PURPOSE_COMPLAINT, e);
    g_autoptr(GArray) may = asked != NULL ? judges(g, h, true, now, e) : NULL;

    if (may == NULL || asked->len == 0 || shares(asked, may))
        return may != NULL; /* where nobody was there to be asked the operator knows it */
    post_auto p = posts_by_id(g->db, h->about.post, e);
    g_autoptr(GArray) to = p != NULL ? judges(g, h, false, now, e) : NULL;
    if (to == NULL || p->state == POST_WITHDRAWN)
        return to != NULL;
    g_autofree char *detail = g_strdup_printf("forumpost hold show %" G_GINT64_FORMAT, h->id);
    return to->len > 0 ? tell_judges(g, h, to, now, e)
                       : answer_tell_operator_once(g, PURPOSE_OPERATOR_COMPLAINT, h->about.message, detail, now, e);
}

/* ---- Its end */

/* Is there a complaint about H that nobody decided? */
static struct hold *complained(struct gateway *g, const struct hold *h, enum review *found_out, struct err *e)
{
    hold_auto fresh = holds_by_id(g->db, h->id, e);
    bool is_open = fresh != NULL && review_has_complaint(fresh);

    *found_out = is_open ? REVIEW_DONE : REVIEW_DECIDED;
    return is_open ? g_steal_pointer(&fresh) : NULL;
}

/* It waits once more, for this moment: whoever overrules releases it. */
static bool open_again(struct gateway *g, const struct hold *h, const struct post *p, const struct idea *idea, gint64 now,
                       struct err *e)
{
    bool is_version = h->why == WHY_CORRECTED;
    struct hold again = *h; /* borrows its texts */

    again.title = idea->title;
    again.text = is_version ? h->text : p->text;
    return holds_reopen(g->db, &again, e) && (is_version || posts_restore(g->db, p->id, now, e));
}

/* Was refused before it was public. */
static bool publish_after_all(struct gateway *g, const struct hold *h, const struct post *p, const struct idea *idea,
                              row_id person, gint64 now, enum review *found_out, struct err *e)
{
    bool is_version = h->why == WHY_CORRECTED;
    enum access found;

    if (is_version ? p->state != POST_PUBLISHED || *h->text == '\0' : p->state != POST_REJECTED || p->forgotten_at != 0) {
        *found_out = REVIEW_IMPOSSIBLE; /* taken back meanwhile, or deleted */
        return true;
    }
    if (!open_again(g, h, p, idea, now, e) || !content_release(g, h, person, now, &found, e))
        return false;
    return found == ACCESS_GRANTED ||
           err_set(e, ERR_RULE, "hold %" G_GINT64_FORMAT " cannot be published: %s", h->id, access_sentence(found));
}

/* Was removed, or a passage taken out: it is there as before. The decision is no more. */
static bool bring_back(struct gateway *g, const struct hold *h, const struct post *p, row_id person, gint64 now,
                       enum review *found_out, struct err *e)
{
    struct idea_change c = {.who = person != 0 ? WHO_MODERATOR : WHO_OPERATOR, .person = person, .reason = REASON_COMPLAINT};
    struct hold decided = {.id = h->id, .state = HOLD_RELEASED, .decided_at = now, .decided_by = person, .about.post = p->id};
    bool is_redacted = h->why == WHY_REDACTED, is_done = p->state == POST_REMOVED && p->forgotten_at == 0, changed;

    if (is_redacted ? !redact_undo(g, h, now, &is_done, e) : is_done && !withdraw_restore_by(g, p, &c, now, e))
        return false;
    *found_out = is_done ? REVIEW_DONE : REVIEW_IMPOSSIBLE;
    return !is_done || (holds_reopen(g->db, h, e) && holds_decide(g->db, &decided, &changed, e) &&
                        (!is_redacted || tell(g, h, PURPOSE_COMPLAINT_DECIDED, p->person_id, 0, NULL, now, e)));
}

bool review_overrule(struct gateway *g, const struct hold *h, row_id person, gint64 now, enum review *found_out, struct err *e)
{
    hold_auto fresh = complained(g, h, found_out, e);
    post_auto p = fresh != NULL ? posts_by_id(g->db, h->about.post, e) : NULL;
    idea_auto idea = p != NULL ? ideas_by_id(g->db, p->idea_id, e) : NULL;

    if (idea == NULL)
        return e->kind == ERR_NONE;
    bool was_public = fresh->why == WHY_REMOVED || fresh->why == WHY_REDACTED;
    bool ok = was_public ? bring_back(g, fresh, p, person, now, found_out, e)
                         : publish_after_all(g, fresh, p, idea, person, now, found_out, e);
    if (!ok || *found_out != REVIEW_DONE)
        return ok;
    return journal(g, h, "complaint.decided", person, 0, "result=published", now, e) &&
           tell(g, h, PURPOSE_COMPLAINT_DECIDED_FIRST, fresh->decided_by, 0, NULL, now, e);
}

bool review_uphold(struct gateway *g, const struct hold *h, const char *text, row_id person, row_id message, gint64 now,
                   enum review *found_out, struct err *e)
{
    hold_auto fresh = complained(g, h, found_out, e);
    post_auto p = fresh != NULL ? posts_by_id(g->db, h->about.post, e) : NULL;

    if (p == NULL)
        return e->kind == ERR_NONE;
    return holds_set_next(g->db, h->id, NEXT_NONE, 0, e) &&
           (text == NULL || say(g, h, REMARK_NOTE, text, person, message, now, e)) &&
           journal(g, h, "complaint.decided", person, message, "result=stands", now, e) &&
           tell(g, h, PURPOSE_COMPLAINT_DECIDED, p->person_id, 0, text, now, e) &&
           tell(g, h, PURPOSE_COMPLAINT_DECIDED_FIRST, fresh->decided_by, 0, text, now, e);
}
