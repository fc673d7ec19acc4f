/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Withdrawing and undoing it; see withdraw.h. The time in which it can be undone is a hold of kind undo: its token is in
 * the receipt, so whoever answers it from the author's address has what only the author was sent.
 */
#include "flow/step/withdraw.h"

#include "base/limits.h"
#include "flow/step/announce.h"
#include "flow/step/ask.h"
#include "flow/step/idea_step.h"
#include "flow/step/review_clock.h"
#include "flow/step/support.h"
#include "forum/when.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/posts.h"

#include <string.h>

#define DAY_S 86400

bool withdraw_is_possible(const struct post *p)
{
    return p->forgotten_at == 0 &&
           (p->state == POST_PUBLISHED || p->state == POST_IN_REVIEW || p->state == POST_HIDDEN || p->state == POST_REJECTED);
}

/* DETAIL may be NULL. */
static bool note_by(struct gateway *g, const struct post *p, const struct idea *idea, const char *what, const char *detail,
                    row_id by, row_id message, gint64 now, struct err *e)
{
    g_autofree char *kind = g_strdup_printf("%s.%s", p->kind == POST_IDEA ? "idea" : "post", what);
    struct event ev = {.at = now,
                       .kind = kind,
                       .about.message = message,
                       .about.person = by != 0 ? by : p->person_id,
                       .about.forum = idea->forum_id,
                       .about.idea = p->idea_id,
                       .about.post = p->id,
                       .detail = detail};

    return events_add(g->db, &ev, e);
}

static bool note(struct gateway *g, const struct post *p, const struct idea *idea, const char *what, row_id message, gint64 now,
                 struct err *e)
{
    return note_by(g, p, idea, what, NULL, 0, message, now, e);
}

static bool tell_author(struct gateway *g, const struct post *p, const struct idea *idea, enum purpose purpose, row_id hold,
                        const char *detail, row_id message, gint64 now, struct err *e)
{
    struct notice n = {.purpose = purpose,
                       .person_id = p->person_id,
                       .about.forum = idea->forum_id,
                       .about.idea = p->idea_id,
                       .about.post = p->id,
                       .about.hold = hold,
                       .about.message = message,
                       .detail = detail,
                       .due_at = now};

    return notices_add(g->db, &n, NULL, e);
}

/* A question or a time to undo; REASON may be NULL. Nobody can be asked who has no address any more: *ID_OUT 0. */
static bool open_hold(struct gateway *g, const struct post *p, const struct idea *idea, enum hold_kind kind, row_id message,
                      bool is_proved, const char *reason, gint64 now, gint64 expires_at, row_id *id_out, struct err *e)
{
    person_auto author = persons_by_id(g->db, p->person_id, e);

    *id_out = 0;
    if (author == NULL || author->address == NULL || message == 0)
        return e->kind == ERR_NONE;
    g_autofree char *address = persons_key(author->address);
    struct hold h = holds_to(idea, kind, address, now);
    h.about.message = message;
    h.about.post = p->id;
    h.language = p->language;
    h.expires_at = expires_at;
    h.asked_at = kind == HOLD_UNDO ? now : 0;
    h.mailbox = gateway_mailbox(g, address);
    h.is_proved = is_proved;
    h.reason = reason; /* the caller's */
    if (!holds_add(g->db, &h, &h.id, e) || (kind != HOLD_UNDO && !ask_author(g, &h, true, now, e)))
        return false;
    *id_out = h.id;
    return true;
}

bool withdraw_ask(struct gateway *g, const struct post *p, row_id message, bool has_token, gint64 now, row_id *hold_out,
                  struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, p->idea_id, e);
    hold_auto open = idea != NULL ? holds_open_of_post(g->db, p->id, HOLD_WITHDRAW, e) : NULL;

    *hold_out = open != NULL ? open->id : 0;
    if (idea == NULL || e->kind != ERR_NONE || open != NULL)
        return e->kind == ERR_NONE;
    if (!open_hold(g, p, idea, HOLD_WITHDRAW, message, has_token, NULL, now,
                   when_days_over(now, g->settings->intake_confirm_days, g->settings->zone), hold_out, e))
        return false;
    struct event ev = {.at = now,
                       .kind = "hold.opened",
                       .about.message = message,
                       .about.forum = idea->forum_id,
                       .about.idea = p->idea_id,
                       .about.post = p->id,
                       .about.hold = *hold_out,
                       .detail = "kind=withdraw"};
    return *hold_out == 0 || events_add(g->db, &ev, e);
}

bool withdraw_end_questions(struct gateway *g, const struct post *p, gint64 now, struct err *e)
{
    static const enum hold_kind kinds[] = {HOLD_REVIEW, HOLD_WITHDRAW};

    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        hold_auto h = holds_open_of_post(g->db, p->id, kinds[i], e);
        bool changed;
        if (h == NULL && e->kind != ERR_NONE)
            return false;
        if (h == NULL)
            continue;
        struct hold decided = {.id = h->id,
                               .state = kinds[i] == HOLD_REVIEW ? HOLD_REJECTED : HOLD_CONFIRMED,
                               .decided_at = now,
                               .decided_by = p->person_id,
                               .about.post = p->id};
        /* A new version that waits waits again if the post comes back; it goes with the post. */
        bool is_version = h->kind == HOLD_REVIEW && h->why == WHY_CORRECTED;
        if (!holds_decide(g->db, &decided, &changed, e) || (is_version && !holds_keep_text(g->db, h->id, h->text, e)))
            return false;
    }
    return true;
}

/* Undoing it takes back what was given for it: the number of that idea, after this, is why the hold is open. */
#define UNDO_INSTEAD "instead of "

static bool withdraw(struct gateway *g, const struct post *p, const struct idea *for_it, const char *reason, row_id message,
                     gint64 now, struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, p->idea_id, e);
    /* What somebody else took back does not come back by undoing this. */
    bool can_undo = p->state == POST_PUBLISHED || p->state == POST_IN_REVIEW;
    g_autofree char *number = for_it != NULL ? g_strdup_printf("%" G_GINT64_FORMAT, for_it->id) : NULL;
    row_id undo = 0;

    if (idea == NULL)
        return false;
    if (!withdraw_is_possible(p))
        return true;
    struct idea_change c =
        {.to = IDEA_WITHDRAWN, .who = WHO_AUTHOR, .person = p->person_id, .message = message, .post = p->id, .is_written = true};
    if (!withdraw_end_questions(g, p, now, e) || !posts_take(g->db, p->id, POST_WITHDRAWN, NULL, now, e) ||
        (p->kind == POST_IDEA && !idea_must_step(g, idea, &c, now, e)))
        return false;
    if (can_undo && !open_hold(g, p, idea, HOLD_UNDO, message != 0 ? message : p->message_id, true, reason, now,
                               when_days_over(now, LIMIT_UNDO_DAYS, g->settings->zone), &undo, e))
        return false;
    return note(g, p, idea, "withdrawn", message, now, e) &&
           tell_author(g, p, idea, PURPOSE_WITHDRAWN, undo, number, message, now, e);
}

bool withdraw_post(struct gateway *g, const struct post *p, row_id message, gint64 now, struct err *e)
{
    return withdraw(g, p, NULL, NULL, message, now, e);
}

bool withdraw_instead(struct gateway *g, const struct post *p, const struct idea *other, bool is_new, row_id message, gint64 now,
                      struct err *e)
{
    g_autofree char *reason = is_new ? g_strdup_printf(UNDO_INSTEAD "%" G_GINT64_FORMAT, other->id) : NULL;

    return withdraw(g, p, other, reason, message, now, e);
}

static bool take_voice_back(struct gateway *g, const struct hold *undo, row_id person, gint64 now, struct err *e)
{
    const char *reason = undo->reason != NULL && g_str_has_prefix(undo->reason, UNDO_INSTEAD) ? undo->reason : NULL;
    idea_auto other = reason != NULL ? ideas_by_id(g->db, g_ascii_strtoll(reason + strlen(UNDO_INSTEAD), NULL, 10), e) : NULL;
    bool ended;

    return other == NULL ? e->kind == ERR_NONE : support_take_back(g, other, person, 0, now, &ended, e);
}

/* What waited for a moderator waits again, and their clock runs. They are asked again once a day at most, whatever its author takes
 * back and forth: what they were sent is still good. */
static bool review_again(struct gateway *g, const struct hold *h, const struct post *p, const struct idea *idea, const char *text,
                         gint64 now, struct err *e)
{
    forum_auto forum = h != NULL ? forums_by_id(g->db, h->about.forum, e) : NULL;

    if (forum == NULL)
        return err_set(e, ERR_OURS, "post %" G_GINT64_FORMAT " waited for a moderator without a hold", p->id);
    struct hold again = {.id = h->id,
                         .kind = HOLD_REVIEW,
                         .about = {.message = h->about.message, .forum = h->about.forum, .idea = h->about.idea, .post = p->id},
                         .title = idea->title,
                         .text = text,
                         .why = h->why,
                         .mailbox = h->mailbox};
    bool was_asked_again = h->asked_at > h->created_at && now < h->asked_at + DAY_S;
    bool asked, is_first;
    if (!holds_reopen(g->db, &again, e))
        return false;
    return was_asked_again ? review_clock_begin(g, &again, now, e)
                           : announce_review(g, &again, forum->name, forum->title, now, &asked, &is_first, e);
}

/* The text, if it was not public yet; the version of it that waited when P was taken back. */
static bool reviews_again(struct gateway *g, const struct post *p, const struct idea *idea, gint64 now, struct err *e)
{
    hold_auto h = holds_review_of_post(g->db, p->id, e);
    bool waited = p->taken_from == POST_IN_REVIEW;
    bool is_version = h != NULL && h->why == WHY_CORRECTED && h->state == HOLD_REJECTED && h->decided_by == p->person_id &&
                      h->decided_at == p->taken_at && *h->text != '\0';

    if (e->kind != ERR_NONE || (!waited && !is_version))
        return e->kind == ERR_NONE;
    return review_again(g, h, p, idea, waited ? p->text : h->text, now, e);
}

bool withdraw_restore(struct gateway *g, const struct post *p, gint64 now, struct err *e)
{
    bool is_authors = p->state == POST_WITHDRAWN;
    struct idea_change c = {.who = is_authors ? WHO_AUTHOR : WHO_OPERATOR, .person = is_authors ? p->person_id : 0};

    return withdraw_restore_by(g, p, &c, now, e);
}

bool withdraw_restore_by(struct gateway *g, const struct post *p, const struct idea_change *by, gint64 now, struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, p->idea_id, e);
    struct idea_change c =
        {.who = by->who, .person = by->person, .message = by->message, .reason = by->reason, .post = p->id, .is_written = true};

    if (idea == NULL || !posts_restore(g->db, p->id, now, e))
        return false;
    c.to = idea_before(idea);
    /* First that it is back, then where its proposal leads it. */
    g_autofree char *to = p->kind == POST_IDEA ? g_strdup_printf("to=%s", idea_state_name(c.to)) : NULL;
    if (!note_by(g, p, idea, "restored", to, by->person, by->message, now, e) ||
        (p->kind == POST_IDEA && !idea_must_step(g, idea, &c, now, e)) || !notices_revive(g->db, p->id, DROPPED_NOT_PUBLIC, e) ||
        !notices_revive_joined(g->db, p->id, p->taken_at, e) || !reviews_again(g, p, idea, now, e))
        return false;
    return tell_author(g, p, idea, PURPOSE_RESTORED, 0, NULL, 0, now, e);
}

bool withdraw_undo(struct gateway *g, const struct post *p, gint64 now, struct err *e)
{
    hold_auto undo = holds_open_of_post(g->db, p->id, HOLD_UNDO, e);
    bool changed;

    if (undo == NULL || p->state != POST_WITHDRAWN || p->forgotten_at != 0)
        return e->kind == ERR_NONE; /* too late, or done before */
    struct hold decided = {.id = undo->id,
                           .state = HOLD_CONFIRMED,
                           .decided_at = now,
                           .decided_by = p->person_id,
                           .about.post = p->id};
    return take_voice_back(g, undo, p->person_id, now, e) && holds_decide(g->db, &decided, &changed, e) &&
           withdraw_restore(g, p, now, e);
}

bool withdraw_answered(struct gateway *g, const struct hold *h, row_id message, gint64 now, row_id *post_out, struct err *e)
{
    post_auto p = posts_by_id(g->db, h->about.post, e);

    if (p == NULL)
        return e->kind != ERR_NONE ? false : err_set(e, ERR_OURS, "hold %" G_GINT64_FORMAT " has no post", h->id);
    *post_out = p->id;
    return h->kind == HOLD_UNDO ? withdraw_undo(g, p, now, e) : withdraw_post(g, p, message, now, e);
}
