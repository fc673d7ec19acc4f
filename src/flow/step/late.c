/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See late.h.
 */
#include "flow/step/late.h"

#include "base/limits.h"
#include "flow/step/answer.h"
#include "flow/step/ask.h"
#include "forum/when.h"
#include "store/events.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/notices.h"
#include "store/phases.h"
#include "store/proposals.h"

#define STEP 100 /* texts at once */

static bool journal(struct gateway *g, const struct hold *h, const char *kind, gint64 now, struct err *e)
{
    struct event ev = {.at = now,
                       .kind = kind,
                       .about.message = h->about.message,
                       .about.forum = h->about.forum,
                       .about.idea = h->about.idea,
                       .about.hold = h->id};

    return events_add(g->db, &ev, e);
}

/* Would the text of H be taken, as the phases are now, in the second in which it came? */
static bool is_in_time(struct gateway *g, const struct hold *h, bool *out, struct err *e)
{
    idea_auto idea = h->about.idea != 0 ? ideas_by_id(g->db, h->about.idea, e) : NULL;
    row_id proposal = 0;

    *out = false;
    if (e->kind != ERR_NONE || (idea != NULL && !proposals_of_discussion(g->db, idea->id, &proposal, e)))
        return false;
    if (h->about.idea != 0 && idea == NULL)
        return true;
    return phase_is_open(g, h->about.forum, phase_kind_of(idea, h->ring, proposal != 0, false), h->created_at, out, e);
}

static bool reopen(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    gint64 until = when_days_over(now, g->settings->intake_confirm_days, g->settings->zone);

    return holds_set_late(g->db, h->id, WAIT_NONE, until, e) && ask_author(g, h, true, now, e) &&
           journal(g, h, "hold.reopened", now, e);
}

/* What was not told yet is as if the phase had never been extended; a question that left stands, and so does its answer. */
static bool close_again(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    bool is_unsent = h->asked_at == 0;

    if (!is_unsent && !notices_take_back(g->db, h->id, PURPOSE_PHASE_REOPENED, DROPPED_UNDONE, &is_unsent, e))
        return false;
    return !is_unsent ||
           (holds_set_late(g->db, h->id, WAIT_PHASE,
                           when_days_over(h->created_at, g->settings->retention_removed_days, g->settings->zone), e) &&
            journal(g, h, "hold.too-late", now, e));
}

/* H as the phases are now. */
static bool settle_one(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    bool waits = h->asked_at == 0 && h->waits == WAIT_PHASE, in_time;

    if (!is_in_time(g, h, &in_time, e))
        return false;
    if (waits && in_time && h->is_proved)
        return reopen(g, h, now, e);
    return waits || in_time || h->waits == WAIT_NO_REPLY || close_again(g, h, now, e);
}

static bool settle(struct gateway *g, row_id forum, gint64 now, struct err *e)
{
    row_id last = 0;

    for (guint n = STEP; n == STEP;) {
        g_autoptr(GPtrArray) some = holds_late(g->db, forum, last, STEP, e);
        for (guint i = 0; some != NULL && i < some->len; i++) {
            const struct hold *h = some->pdata[i];
            last = h->id;
            if (!settle_one(g, h, now, e))
                return false;
        }
        if (some == NULL)
            return false;
        n = some->len;
    }
    return true;
}

/* The mail that waits for the morning tells of this change, too; from which end on, it remembers. */
static bool tell(struct gateway *g, const struct phase *p, gint64 before, gint64 now, struct err *e)
{
    gint64 told = before;

    if (!phases_untold(g->db, p->name, &told, e))
        return false;
    return told == p->to_at || phases_tell(g->db, p, told, when_morning(now, g->settings->zone), now, e);
}

/* What it was, where that is another: "before" is the end. */
static char *detail_of(const struct gateway *g, const struct phase *p, const struct phase *was)
{
    g_autofree char *from = phase_date(g, p->from_at, false), *allows = phase_kinds_text(p->allows);
    g_autofree char *to = p->to_at != 0 ? phase_date(g, p->to_at, true) : g_strdup("open");
    g_autofree char *before = was == NULL || was->to_at == 0 ? g_strdup("open") : phase_date(g, was->to_at, true);
    g_autofree char *began = was != NULL ? phase_date(g, was->from_at, false) : NULL;
    g_autofree char *allowed = was != NULL ? phase_kinds_text(was->allows) : NULL;
    GString *out = g_string_new(NULL);

    g_string_append_printf(out, "name=%s from=%s to=%s allows=%s", p->name, from, to, allows);
    if (was != NULL)
        g_string_append_printf(out, " before=%s", before);
    if (was != NULL && was->from_at != p->from_at)
        g_string_append_printf(out, " began=%s", began);
    if (was != NULL && was->allows != p->allows)
        g_string_append_printf(out, " allowed=%s", allowed);
    return g_string_free(out, FALSE);
}

static bool journal_instant(struct gateway *g, const struct phase *p, const char *kind, gint64 now, struct err *e)
{
    g_autofree char *from = phase_date(g, p->from_at, false),
                    *to = p->to_at != 0 ? phase_date(g, p->to_at, true) : g_strdup("open");
    g_autofree char *detail = g_strdup_printf("name=%s from=%s to=%s", p->name, from, to);
    struct event ev = {.at = now, .kind = kind, .about.forum = p->forum_id, .detail = detail};

    return events_add(g->db, &ev, e);
}

/* What the operator can do about it. */
static bool tell_operator(struct gateway *g, const struct phase *p, gint64 now, struct err *e)
{
    g_autofree char *detail = g_strdup_printf("forumpost phase change %s --to", p->name);

    return answer_tell_operator(g, PURPOSE_OPERATOR_PHASE, 0, detail, now, e);
}

bool late_journal_phase(struct gateway *g, const struct phase *p, gint64 now, guint *n_out, struct err *e)
{
    gint64 passed = phase_passed(p, now);
    bool opens = (passed & PHASE_OPENED) != 0, closes = (passed & PHASE_CLOSED) != 0;
    struct phase put = *p;

    gint64 patience = g->is_by_cron ? LIMIT_PHASE_MISSED_CRON_S : LIMIT_PHASE_MISSED_S;

    *n_out = (guint)opens + (guint)closes;
    put.journaled |= passed;
    return (passed == 0 || phases_put(g->db, &put, e)) && (!opens || journal_instant(g, p, "phase.opened", now, e)) &&
           (!closes || journal_instant(g, p, "phase.closed", now, e)) &&
           (!closes || now < p->to_at + patience || tell_operator(g, p, now, e));
}

/* What was made in the past never began; what is ended in the past ends now. */
static bool settle_journal(struct gateway *g, struct phase *put, bool is_new, gint64 now, struct err *e)
{
    put->journaled = phase_journaled(put, now);
    bool closes = (phase_passed(put, now) & PHASE_CLOSED) != 0, was_open = (put->journaled & PHASE_OPENED) != 0;
    if (!closes)
        return true;
    put->journaled |= PHASE_OPENED | PHASE_CLOSED;
    return is_new || !was_open || journal_instant(g, put, "phase.closed", now, e);
}

bool late_set_phase(struct gateway *g, const struct phase *p, const struct phase *was, row_id person, row_id message, gint64 now,
                    struct err *e)
{
    struct phase put = *p;
    bool is_other_end = was != NULL && was->to_at != p->to_at;
    g_autofree char *detail = detail_of(g, p, was);
    struct event ev = {.at = now,
                       .kind = was == NULL ? "phase.added" : "phase.changed",
                       .about.message = message,
                       .about.person = person,
                       .about.forum = p->forum_id,
                       .detail = detail};

    put.n_changes += is_other_end;
    put.journaled = was != NULL ? was->journaled : 0;
    put.changed_at = now;
    put.changed_by = person;
    return events_add(g->db, &ev, e) && settle_journal(g, &put, was == NULL, now, e) && phases_put(g->db, &put, e) &&
           (!is_other_end || tell(g, p, was->to_at, now, e)) &&
           settle(g, was != NULL && was->forum_id != p->forum_id ? 0 : p->forum_id, now, e);
}
