/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See outcome.h.
 */
#include "flow/out/outcome.h"

#include "flow/step/answer.h"
#include "flow/step/bounce.h"
#include "flow/step/letter.h"
#include "flow/step/mask.h"
#include "store/digests.h"
#include "store/events.h"
#include "store/issues.h"
#include "store/notices.h"
#include "store/subscriptions.h"

#include <string.h>

#define STATUS_BYTES 20

void outcome_free(struct outcome *r)
{
    notice_free(r->notice);
    g_free(r->reply);
    g_free(r->words);
    g_free(r->entries);
    g_free(r->bounced);
    g_free(r->status);
    g_free(r);
}

/* The numbers of a reply ("550 5.1.1"); what stands behind them may name people. */
static char *status_of(const char *reply)
{
    gsize n = reply != NULL ? strspn(reply, "0123456789. ") : 0;

    return g_strchomp(g_strndup(reply != NULL ? reply : "", MIN(n, STATUS_BYTES)));
}

/* A notice that will never arrive is an event, is told to the operator, and may say something about the
 * address. */
static bool write_refusal(struct gateway *g, const struct outcome *r, bool *has_told_out, struct err *e)
{
    const struct notice *n = r->notice;
    g_autofree char *status = status_of(r->reply), *masked = mask_addresses(r->reply);
    struct event event = {.at = r->at,
                          .kind = "notice.failed",
                          .about.message = n->about.message,
                          .about.person = n->person_id,
                          .about.forum = n->about.forum,
                          .about.idea = n->about.idea,
                          .about.post = n->about.post,
                          .about.hold = n->about.hold,
                          .notice_id = n->id,
                          .detail = status};

    if (!events_add(g->db, &event, e))
        return false;
    if (r->bounced != NULL && !bounce_refused(g, n, r->bounced, BOUNCE_HARD, r->status, r->reply, r->at, e))
        return false;
    if (purpose_row(n->purpose)->is_for_operator)
        return true; /* the operator's own address is refused: one mail more would help nobody */
    *has_told_out = true;
    return answer_tell_operator(g, PURPOSE_OPERATOR_UNDELIVERABLE, 0, masked, r->at, e);
}

/* What the journal says of a mail that was not sent since there is nothing to tell any more; NULL: it says nothing. */
static const char *settled(const struct outcome *r)
{
    static const struct {
        const char *reason, *detail;
    } all[] = {{DROPPED_UNDONE, "why=undone"}, {DROPPED_JUDGED, "why=decided"}, {DROPPED_HEARD, "why=heard"}};

    for (guint i = 0; r->state == NOTICE_DROPPED && i < G_N_ELEMENTS(all); i++)
        if (g_strcmp0(r->reply, all[i].reason) == 0)
            return all[i].detail;
    return NULL;
}

static bool write_settled(struct gateway *g, const struct outcome *r, const char *why, struct err *e)
{
    const struct notice *n = r->notice;
    struct event event = {.at = r->at,
                          .kind = "notice.dropped",
                          .about.person = n->person_id,
                          .about.forum = n->about.forum,
                          .about.idea = n->about.idea,
                          .about.hold = n->about.hold,
                          .notice_id = n->id,
                          .detail = why};

    return events_add(g->db, &event, e);
}

/* What became of one reader's mail is counted with its issue; what waits for a stop to be undone is not over. */
static bool count(struct db *db, const struct outcome *r, struct err *e)
{
    const struct notice *n = r->notice;
    bool is_over = r->state == NOTICE_SENT || r->state == NOTICE_FAILED ||
                   (r->state == NOTICE_DROPPED && g_strcmp0(r->reply, DROPPED_STOPPED) != 0);

    if (n->purpose != PURPOSE_NEWSLETTER || r->is_returned || !is_over)
        return true;
    return issues_count(db, n->issue_id, r->state == NOTICE_SENT, r->state == NOTICE_FAILED, r->state == NOTICE_DROPPED, e);
}

static bool write_one(struct gateway *g, const struct outcome *r, struct err *e)
{
    if (r->is_postponed)
        return notices_postpone(g->db, r->notice->id, r->at, e);
    if (r->is_returned)
        return notices_return(g->db, r->notice->id, e);
    return notices_record(g->db, r->notice->id, r->state, r->at, r->reply, e);
}

bool outcome_write(struct gateway *g, const GPtrArray *all, bool *has_told_out, struct err *e)
{
    for (guint i = 0; i < all->len; i++) {
        const struct outcome *r = all->pdata[i];

        if (!write_one(g, r, e) || !count(g->db, r, e) ||
            (r->words != NULL && !consents_set_wording(g->db, r->notice->id, r->words, e)) ||
            (r->entries != NULL && !digests_set_entries(g->db, r->notice->about.digest, r->entries, e)))
            return false;
        if (r->state == NOTICE_FAILED && !write_refusal(g, r, has_told_out, e))
            return false;
        bool is_nobodys = r->state == NOTICE_FAILED || (r->state == NOTICE_DROPPED && !r->is_returned && !r->is_postponed);
        if (is_nobodys && !letter_failed(g, r->notice, r->at, e))
            return false;
        const char *why = settled(r);
        if (why != NULL && !write_settled(g, r, why, e))
            return false;
    }
    return true;
}
