/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions that nobody answered in time: nothing of the text may be left.
 */
#include "flow/clock/job.h"

#include "flow/step/forget.h"
#include "flow/step/official.h"
#include "store/events.h"
#include "store/holds.h"
#include "store/notices.h"

/* Nobody said which idea an answer to a digest is for. Its author has it back, if they proved to be who they are. */
static bool give_back(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    struct notice n = {.purpose = PURPOSE_ENTRY_EXPIRED,
                       .address = h->address,
                       .language = h->language,
                       .about.forum = h->about.forum,
                       .detail = h->text,
                       .due_at = now};

    return h->kind != HOLD_ENTRY || !h->is_proved || notices_add(g->db, &n, NULL, e);
}

static bool expire(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    struct hold decided = {.id = h->id, .state = HOLD_EXPIRED, .decided_at = now};
    struct event ev = {.at = now,
                       .kind = "hold.expired",
                       .about.forum = h->about.forum,
                       .about.idea = h->about.idea,
                       .about.hold = h->id};
    bool changed;
    /* When a withdrawal cannot be undone any more its text is posts.c's; a closed file keeps the mails about it. */
    bool is_filed = h->kind == HOLD_UNDO && g->settings->retention_withdrawn == WITHDRAWN_KEEP;

    if (h->kind == HOLD_SECOND)
        return official_expire(g, h, now, e);
    if (is_filed)
        return holds_decide(g->db, &decided, &changed, e) && holds_forget(g->db, h->id, e) && events_add(g->db, &ev, e);
    return holds_decide(g->db, &decided, &changed, e) && give_back(g, h, now, e) && forget_hold(g, h, now, e) &&
           events_add(g->db, &ev, e);
}

static bool expire_some(struct gateway *g, gint64 now, gint64 unused, guint *n_out, struct err *e)
{
    g_autoptr(GPtrArray) over = holds_over(g->db, now, JOB_STEP, e);

    (void)unused;
    for (guint i = 0; over != NULL && i < over->len; i++)
        if (!expire(g, over->pdata[i], now, e))
            return false;
    *n_out = over != NULL ? over->len : 0;
    return over != NULL;
}

bool job_holds(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    return job_in_steps(g, expire_some, now, 0, n_out, e);
}
