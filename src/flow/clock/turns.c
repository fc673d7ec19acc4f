/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What waits for its turn: questions, the operator's mail. Before that, times that lie in the future because a clock was
 * ahead and then set back are clamped, or all that waits would wait until it is really that late.
 */
#include "flow/clock/job.h"

#include "base/limits.h"
#include "flow/step/announce.h"
#include "flow/step/answer.h"
#include "flow/step/ask.h"
#include "flow/step/bounce.h"
#include "flow/quota.h"
#include "forum/when.h"
#include "store/announcements.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/mailboxes.h"
#include "store/messages.h"
#include "store/notices.h"
#include "store/reports.h"

typedef bool turn(struct gateway *g, gint64 now, struct err *e);

static bool in_transaction(struct gateway *g, turn *what, gint64 now, struct err *e)
{
    if (!db_begin(g->db, e))
        return false;
    if (what(g, now, e) && db_commit(g->db, e))
        return true;
    db_rollback(g->db);
    return false;
}

static bool clamp(struct gateway *g, gint64 now, struct err *e)
{
    static const enum hold_kind kinds[] = {HOLD_CONFIRM, HOLD_WITHDRAW, HOLD_REVIEW, HOLD_ENTRY};

    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        for (int is_proved = 0; is_proved <= 1; is_proved++)
            if (!holds_clamp_ask(g->db, kinds[i], is_proved != 0, now + LIMIT_ASK_EVERY_S, now, e))
                return false;
    return members_clamp(g->db, now, e) && mailboxes_clamp(g->db, now, e) &&
           notices_clamp(g->db, now + LIMIT_NOTICE_AHEAD_S, now + LIMIT_NEWS_AHEAD_S, now, e) &&
           holds_clamp_next(g->db, now + LIMIT_NEXT_AHEAD_S, e) &&
           holds_clamp_expiry(g->db, when_days_over(now, LIMIT_CONFIRM_DAYS, g->settings->zone),
                              when_days_over(now, g->settings->retention_removed_days, g->settings->zone), e);
}

static bool forget(struct gateway *g, gint64 now, struct err *e)
{
    gint64 n;

    return mailboxes_forget(g->db, now - LIMIT_STOPPED_S, e) &&
           reports_forget(g->db, now - LIMIT_OPERATOR_KEEP_S, JOB_STEP, &n, e) &&
           messages_forget_unproved(g->db, now - LIMIT_ASK_EVERY_S, e) &&
           announcements_forget(g->db, now - LIMIT_TOLD_KEEP_S, JOB_STEP, e);
}

bool job_future(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    (void)n_out;
    return in_transaction(g, clamp, now, e);
}

/* Mail is put off as long as the disk is nearly full; somebody must make room. */
static bool look_at_disk(struct gateway *g, gint64 now, struct err *e)
{
    err_auto struct err full = {0};

    return quota_has_room(g, &full) || answer_tell_operator_once(g, PURPOSE_OPERATOR_DISK, 0, full.text, now, e);
}

bool job_turns(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    return ask_due(g, now, n_out, e) && announce_due(g, now, e) && in_transaction(g, look_at_disk, now, e) &&
           in_transaction(g, bounce_clock, now, e) && in_transaction(g, answer_tell_reports, now, e) &&
           in_transaction(g, forget, now, e);
}
