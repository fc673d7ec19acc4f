/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions to authors; see ask.h.
 */
#include "flow/step/ask.h"

#include "base/limits.h"
#include "flow/step/answer.h"
#include "flow/step/forget.h"
#include "store/events.h"
#include "store/holds.h"
#include "store/mailboxes.h"
#include "store/notices.h"
#include "store/posts.h"

#define HOUR_S 3600
#define DAY_S  86400
#define STEP   100 /* holds in one transaction */

struct turn {
    enum wait waits; /* WAIT_NONE: now */
    gint64 ask_at;   /* when to look again; 0 never */
};

static enum purpose question_of(const struct hold *h, bool is_whole)
{
    if (h->kind == HOLD_ENTRY)
        return PURPOSE_ASK_ENTRY;
    if (h->kind == HOLD_WITHDRAW)
        return PURPOSE_CONFIRM_DELETE; /* never shortened: it shows what is public */
    if (h->yes == YES_SUPPORT)
        return PURPOSE_CONFIRM_SUPPORT;
    if (h->yes == YES_CORRECT)
        return PURPOSE_CONFIRM_CORRECT;
    if (h->yes == YES_FORWARD && !is_whole)
        return PURPOSE_CONFIRM_FORWARDED;
    if (h->yes == YES_KIND)
        return PURPOSE_ASK_KIND;
    if (h->yes == YES_LATE && !is_whole)
        return PURPOSE_PHASE_REOPENED;
    if (h->about.idea != 0)
        return is_whole ? PURPOSE_CONFIRM_REPLY_WHOLE : PURPOSE_CONFIRM_REPLY;
    return is_whole ? PURPOSE_CONFIRM_IDEA_WHOLE : PURPOSE_CONFIRM_IDEA;
}

static bool send_question(struct gateway *g, const struct hold *h, bool is_whole, gint64 now, struct err *e)
{
    post_auto post = h->kind == HOLD_WITHDRAW ? posts_by_id(g->db, h->about.post, e) : NULL;
    struct notice n = {.purpose = question_of(h, is_whole),
                       .address = h->address,
                       .language = h->language,
                       .about.forum = h->about.forum,
                       .about.idea = h->about.idea,
                       .about.hold = h->id,
                       .about.message = h->about.message,
                       .due_at = now};

    if (post != NULL) { /* its author is known, and may be written to elsewhere by then */
        n.about.post = post->id;
        n.person_id = post->person_id;
        n.address = NULL;
    }
    return e->kind == ERR_NONE && notices_add(g->db, &n, NULL, e);
}

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

/* A proved author is held back only against their own machine. */
static bool turn_of_proved(struct gateway *g, const struct hold *h, gint64 now, struct turn *out, struct err *e)
{
    gint64 n = holds_count_asked(g->db, h->mailbox, now - DAY_S + 1, now, LIMIT_ASKED_PROVED, e);

    if (n >= LIMIT_ASKED_PROVED)
        *out = (struct turn){WAIT_TURN, now + HOUR_S};
    return n >= 0;
}

/* All of them together; who comes later must not overtake who waits. */
static bool turn_under_ceiling(struct gateway *g, const struct hold *h, gint64 now, struct turn *out, struct err *e)
{
    gint64 ceiling = g->settings->intake_questions_per_hour;
    gint64 n = mailboxes_count_asked(g->db, now - HOUR_S + 1, now, ceiling, e);
    bool is_behind = false;

    if (n < 0 || (h->waits != WAIT_CEILING && !holds_queue(g->db, now, &is_behind, e)))
        return false;
    if (n >= ceiling || is_behind)
        *out = (struct turn){WAIT_CEILING, now};
    return true;
}

static bool turn_of_unproved(struct gateway *g, const struct hold *h, gint64 now, struct turn *out, struct err *e)
{
    struct mailbox_state state;

    if (!mailboxes_get(g->db, h->mailbox, &state, e))
        return false;
    if (state.stopped_at != 0 && now < state.stopped_at + LIMIT_STOPPED_S) {
        *out = (struct turn){WAIT_STOPPED, 0};
        return true;
    }
    if (state.asked_at != 0 && now < state.asked_at + LIMIT_ASK_EVERY_S) {
        *out = (struct turn){WAIT_TURN, state.asked_at + LIMIT_ASK_EVERY_S};
        return true;
    }
    return turn_under_ceiling(g, h, now, out, e);
}

static bool turn_of(struct gateway *g, const struct hold *h, bool may_reply, gint64 now, struct turn *out, struct err *e)
{
    *out = (struct turn){WAIT_NONE, 0};
    if (!may_reply) {
        out->waits = WAIT_NO_REPLY;
        return true;
    }
    return h->is_proved ? turn_of_proved(g, h, now, out, e) : turn_of_unproved(g, h, now, out, e);
}

static bool ask_now(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    return holds_set_asked(g->db, h->id, now, e) && (h->is_proved || mailboxes_set_asked(g->db, h->mailbox, now, e)) &&
           send_question(g, h, false, now, e);
}

bool ask_again(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    return ask_now(g, h, now, e) && journal(g, h, "hold.asked", now, e);
}

/* Nobody is asked for a yes that would be refused. Nothing of the text stays; whoever proved to be its author is told. */
static bool give_up(struct gateway *g, const struct hold *h, enum access why, gint64 now, struct err *e)
{
    struct hold decided = {.id = h->id, .state = HOLD_EXPIRED, .decided_at = now};
    struct notice n = {.purpose = access_answer(why),
                       .address = h->address,
                       .mailbox = h->mailbox,
                       .language = h->language,
                       .about.forum = h->about.forum,
                       .about.message = h->about.message,
                       .due_at = now};
    struct event ev = {.at = now,
                       .kind = "hold.expired",
                       .about.message = h->about.message,
                       .about.forum = h->about.forum,
                       .about.idea = h->about.idea,
                       .about.hold = h->id,
                       .detail = access_rule(why)};
    bool changed;

    return holds_decide(g->db, &decided, &changed, e) && (!h->is_proved || notices_add(g->db, &n, NULL, e)) &&
           forget_hold(g, h, now, e) && events_add(g->db, &ev, e);
}

/* A question that waited its turn, for days perhaps: the rules are asked again first. */
static bool ask_in_turn(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    enum access found = ACCESS_GRANTED;

    if (h->kind == HOLD_CONFIRM && !facts_access(g, h, DEED_CONFIRM, now, &found, e))
        return false;
    if (found == ACCESS_GRANTED)
        return ask_now(g, h, now, e) && journal(g, h, "hold.asked", now, e);
    return found == ACCESS_DECIDED || found == ACCESS_EXPIRED || give_up(g, h, found, now, e);
}

static bool wait_for_turn(struct gateway *g, const struct hold *h, const struct turn *turn, gint64 now, struct err *e)
{
    if (turn->waits == WAIT_CEILING && !answer_tell_operator_once(g, PURPOSE_OPERATOR_QUESTIONS, h->about.message, NULL, now, e))
        return false;
    return holds_set_waits(g->db, h->id, turn->waits, turn->ask_at, e);
}

bool ask_takes_turn(struct gateway *g, gint64 mailbox, bool is_proved, gint64 now, bool *is_turn_out, struct err *e)
{
    struct hold h = {.mailbox = mailbox, .is_proved = is_proved};
    struct turn turn;

    *is_turn_out = false;
    if (!turn_of(g, &h, true, now, &turn, e))
        return false;
    *is_turn_out = turn.waits == WAIT_NONE;
    return !*is_turn_out || is_proved || mailboxes_set_asked(g->db, mailbox, now, e);
}

bool ask_author(struct gateway *g, const struct hold *h, bool may_reply, gint64 now, struct err *e)
{
    struct turn turn;

    if (!turn_of(g, h, may_reply, now, &turn, e))
        return false;
    return turn.waits == WAIT_NONE ? ask_now(g, h, now, e) : wait_for_turn(g, h, &turn, now, e);
}

bool ask_with_proof(struct gateway *g, const struct hold *h, bool may_reply, gint64 now, struct err *e)
{
    struct hold proved = *h; /* borrows its texts */

    proved.is_proved = true;
    return holds_set_proved(g->db, h->id, e) && (!may_reply || ask_author(g, &proved, true, now, e));
}

bool ask_next(struct gateway *g, gint64 mailbox, gint64 now, struct err *e)
{
    hold_auto next = mailboxes_set_willing(g->db, mailbox, e) ? holds_next_unasked(g->db, mailbox, e) : NULL;

    if (next == NULL || next->waits == WAIT_NO_REPLY)
        return e->kind == ERR_NONE;
    return ask_in_turn(g, next, now, e);
}

bool ask_show(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    bool changed;

    if (!holds_set_shown(g->db, h->id, now, &changed, e))
        return false;
    return !changed || (send_question(g, h, true, now, e) && journal(g, h, "hold.shown", now, e));
}

bool ask_stopped(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    return mailboxes_set_stopped(g->db, h->mailbox != 0 ? h->mailbox : gateway_mailbox(g, h->address), now, e);
}

bool ask_answered(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    return mailboxes_set_answered(g->db, h->mailbox != 0 ? h->mailbox : gateway_mailbox(g, h->address), now - LIMIT_ASK_EVERY_S,
                                  e);
}

/* ---- By the clock */

/* Looks at H, whose time has come; *IS_FULL_OUT: the ceiling is reached, so the others need not be looked at now. */
static bool look_at(struct gateway *g, const struct hold *h, gint64 now, gint64 *n_asked, bool *is_full_out, struct err *e)
{
    struct turn turn;

    *is_full_out = false;
    if (!turn_of(g, h, true, now, &turn, e))
        return false;
    if (turn.waits == WAIT_CEILING) {
        *is_full_out = true;
        return h->waits == WAIT_CEILING || wait_for_turn(g, h, &turn, now, e);
    }
    if (turn.waits != WAIT_NONE)
        return wait_for_turn(g, h, &turn, now, e);
    *n_asked += 1;
    return ask_in_turn(g, h, now, e);
}

static bool ask_some(struct gateway *g, enum hold_kind kind, bool is_proved, gint64 now, gint64 *n_asked, bool *is_done_out,
                     struct err *e)
{
    bool is_full = false;

    if (!db_begin(g->db, e))
        return false;
    g_autoptr(GPtrArray) holds = holds_to_ask(g->db, kind, is_proved, now, STEP, e);
    if (holds == NULL)
        return false;
    for (guint i = 0; i < holds->len && !is_full; i++)
        if (!look_at(g, holds->pdata[i], now, n_asked, &is_full, e))
            return false;
    *is_done_out = holds->len < STEP || is_full;
    return db_commit(g->db, e);
}

/* What an older program stored has no mailbox yet. */
static bool name_mailboxes(struct gateway *g, bool *is_done_out, struct err *e)
{
    if (!db_begin(g->db, e))
        return false;
    g_autoptr(GPtrArray) holds = holds_without_mailbox(g->db, STEP, e);
    if (holds == NULL)
        return false;
    for (guint i = 0; i < holds->len; i++) {
        const struct hold *h = holds->pdata[i];
        if (!holds_set_mailbox(g->db, h->id, gateway_mailbox(g, h->address), e))
            return false;
    }
    *is_done_out = holds->len < STEP;
    return db_commit(g->db, e);
}

static bool ask_each(struct gateway *g, enum hold_kind kind, bool is_proved, gint64 now, gint64 *n_asked, struct err *e)
{
    for (bool done = false; !done;)
        if (!ask_some(g, kind, is_proved, now, n_asked, &done, e))
            return false;
    return true;
}

static bool ask_all(struct gateway *g, gint64 now, gint64 *n_asked, struct err *e)
{
    for (bool done = false; !done;)
        if (!name_mailboxes(g, &done, e))
            return false;
    return ask_each(g, HOLD_CONFIRM, true, now, n_asked, e) && ask_each(g, HOLD_WITHDRAW, true, now, n_asked, e) &&
           ask_each(g, HOLD_CONFIRM, false, now, n_asked, e) && ask_each(g, HOLD_WITHDRAW, false, now, n_asked, e) &&
           ask_each(g, HOLD_ENTRY, false, now, n_asked, e);
}

bool ask_due(struct gateway *g, gint64 now, gint64 *n_asked_out, struct err *e)
{
    gint64 n_asked = 0;
    bool ok = ask_all(g, now, &n_asked, e);

    if (!ok)
        db_rollback(g->db);
    if (n_asked_out != NULL)
        *n_asked_out = n_asked;
    return ok;
}
