/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What becomes of a draft of an official answer: its second person, its writer, the clock; see official.h.
 */
#include "flow/step/official_private.h"

#include "flow/step/second.h"
#include "flow/step/version.h"
#include "forum/access.h"
#include "mail/contact/contact.h"
#include "store/holds.h"
#include "store/ideas.h"

/* Who wrote what would appear: of a draft that waits decided_by says who wrote its last version, else it is its first writer. */
static row_id last_writer(const struct hold *h, const struct post *p)
{
    return h->state == HOLD_OPEN && h->decided_by != 0 ? h->decided_by : p->person_id;
}

bool official_may_decide(struct gateway *g, const struct hold *h, row_id person, enum official *found_out, struct err *e)
{
    post_auto p = h->about.post != 0 ? posts_by_id(g->db, h->about.post, e) : NULL;
    idea_auto idea = p != NULL ? ideas_by_id(g->db, p->idea_id, e) : NULL;
    enum role role, of_writer;

    if (h->kind == HOLD_SECOND && h->about.post == 0)
        return second_may_decide(g, h, person, found_out, e);
    if (h->kind != HOLD_SECOND || idea == NULL)
        return err_set(e, ERR_OURS, "hold %" G_GINT64_FORMAT " is no draft of an official answer", h->id);
    if (!official_role_of(g, idea->forum_id, person, &role, e) ||
        !official_role_of(g, idea->forum_id, p->person_id, &of_writer, e))
        return false;
    enum post_state waits = h->why == WHY_CORRECTED ? POST_PUBLISHED : POST_IN_REVIEW;
    *found_out = !official_may_release(role)                  ? OFFICIAL_NOT_YOURS
                 : last_writer(h, p) == person                ? OFFICIAL_SAME
                 : h->state != HOLD_OPEN || p->state != waits ? OFFICIAL_DECIDED
                 : !life_is_readable(idea->state)             ? OFFICIAL_NOT_HERE
                 : !official_may_draft(of_writer)             ? OFFICIAL_LOST
                                                              : OFFICIAL_DONE;
    return true;
}

/* Decides H; another answer may have come before. */
static bool decide(struct gateway *g, const struct hold *h, enum hold_state state, row_id by, const char *reason, gint64 now,
                   enum official *found_out, struct err *e)
{
    struct hold decided =
        {.id = h->id, .state = state, .decided_at = now, .decided_by = by, .about.post = h->about.post, .reason = reason};
    bool changed;

    if (!holds_decide(g->db, &decided, &changed, e))
        return false;
    *found_out = changed ? OFFICIAL_DONE : OFFICIAL_DECIDED;
    return true;
}

bool official_release(struct gateway *g, const struct hold *h, row_id by, gint64 now, enum official *found_out, struct err *e)
{
    if (!official_may_decide(g, h, by, found_out, e) || *found_out != OFFICIAL_DONE)
        return e->kind == ERR_NONE;
    if (!decide(g, h, HOLD_RELEASED, by, NULL, now, found_out, e) || *found_out != OFFICIAL_DONE)
        return e->kind == ERR_NONE;
    if (h->about.post == 0)
        return second_make(g, h, by, now, found_out, e);
    post_auto p = posts_by_id(g->db, h->about.post, e);
    idea_auto idea = p != NULL ? ideas_by_id(g->db, p->idea_id, e) : NULL;
    if (idea == NULL)
        return false;
    if (h->why == WHY_CORRECTED)
        return version_replace(g, p, h->text, h->about.message, now, e) &&
               official_tell(g, PURPOSE_OFFICIAL_RELEASED, last_writer(h, p), p, idea->forum_id, h->id, NULL, now, e);
    if (!posts_set_time(g->db, p->id, now, e) || !posts_publish(g->db, p->id, e))
        return false;
    g_autofree char *detail = g_strdup_printf("second=%" G_GINT64_FORMAT, by);
    struct event ev = {.kind = "post.official",
                       .about.message = p->message_id,
                       .about.person = p->person_id,
                       .about.hold = h->id,
                       .detail = detail};
    return official_publish(g, p, idea, &ev, now, e) &&
           official_tell(g, PURPOSE_OFFICIAL_RELEASED, p->person_id, p, idea->forum_id, h->id, NULL, now, e);
}

/* Not public, and never will be. */
static bool drop(struct gateway *g, const struct hold *h, const struct event *what, gint64 now, struct err *e)
{
    post_auto p = h->about.post != 0 ? posts_by_id(g->db, h->about.post, e) : NULL;
    idea_auto idea = p != NULL ? ideas_by_id(g->db, p->idea_id, e) : NULL;
    struct event ev = *what;

    if (h->about.post == 0)
        return second_drop(g, h, what, now, e);
    ev.about.hold = h->id;
    return idea != NULL && (p->state != POST_IN_REVIEW || posts_take(g->db, p->id, POST_REJECTED, NULL, now, e)) &&
           official_write_down(g, p, idea, &ev, now, e);
}

static bool tell_writer(struct gateway *g, const struct hold *h, enum purpose purpose, const char *reason, gint64 now,
                        struct err *e)
{
    post_auto p = h->about.post != 0 ? posts_by_id(g->db, h->about.post, e) : NULL;

    if (h->about.post == 0)
        return second_tell(g, h, purpose == PURPOSE_OFFICIAL_REFUSED ? PURPOSE_STEP_REFUSED : PURPOSE_STEP_EXPIRED, reason, now,
                           e);
    return p != NULL && official_tell(g, purpose, p->person_id, p, h->about.forum, h->id, reason, now, e);
}

bool official_refuse(struct gateway *g, const struct hold *h, row_id by, const char *reason, gint64 now, enum official *found_out,
                     struct err *e)
{
    struct event ev = {.kind = "hold.rejected", .about.person = by};

    if (!official_may_decide(g, h, by, found_out, e))
        return false;
    if (*found_out == OFFICIAL_NOT_HERE || *found_out == OFFICIAL_LOST)
        *found_out = OFFICIAL_DONE; /* refused it may be for that very reason */
    if (*found_out == OFFICIAL_DONE && (reason == NULL || *reason == '\0'))
        *found_out = OFFICIAL_EMPTY;
    if (*found_out != OFFICIAL_DONE)
        return true;
    if (!decide(g, h, HOLD_REJECTED, by, reason, now, found_out, e) || *found_out != OFFICIAL_DONE)
        return e->kind == ERR_NONE;
    return drop(g, h, &ev, now, e) && tell_writer(g, h, PURPOSE_OFFICIAL_REFUSED, reason, now, e);
}

bool official_revise(struct gateway *g, const struct hold *h, row_id person, const char *text, gint64 now,
                     enum official *found_out, struct err *e)
{
    post_auto p = h->about.post != 0 ? posts_by_id(g->db, h->about.post, e) : NULL;
    idea_auto idea = p != NULL ? ideas_by_id(g->db, p->idea_id, e) : NULL;
    struct event ev = {.kind = "hold.revised", .about.person = person, .about.hold = h->id};

    if (e->kind != ERR_NONE || !official_may_decide(g, h, person, found_out, e))
        return false;
    if (p == NULL) /* a step has no text of its own */
        *found_out = OFFICIAL_NOT_HERE;
    if (*found_out != OFFICIAL_DONE)
        return true;
    struct official_text t = {.idea = idea, .text = text};
    *found_out = official_judge_text(&t);
    if (*found_out != OFFICIAL_DONE)
        return true;
    g_autofree char *masked = contact_mask_but_phones(text, p->language, g->domain);
    return holds_revise(g->db, h->id, masked, person, e) && (h->why == WHY_CORRECTED || posts_set_text(g->db, p, masked, e)) &&
           official_set_times(g, h->id, now, e) && official_write_down(g, p, idea, &ev, now, e) &&
           official_tell(g, PURPOSE_RELEASE_SECOND, p->person_id, p, idea->forum_id, h->id, NULL, now, e);
}

bool official_ask_others(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    post_auto p = h->about.post != 0 ? posts_by_id(g->db, h->about.post, e) : NULL;
    struct event ev = {.kind = "hold.deputised", .about.hold = h->id};
    idea_auto idea = p != NULL ? ideas_by_id(g->db, p->idea_id, e) : NULL;

    if (e->kind != ERR_NONE || !holds_set_next(g->db, h->id, NEXT_NONE, 0, e))
        return false;
    return p == NULL || idea == NULL ||
           (official_ask_seconds(g, p, idea->forum_id, h->id, last_writer(h, p), true, now, e) &&
            official_write_down(g, p, idea, &ev, now, e));
}

bool official_take_back(struct gateway *g, const struct hold *h, row_id by, gint64 now, enum official *found_out, struct err *e)
{
    row_id writer = 0;
    struct event ev = {.kind = "hold.withdrawn", .about.person = by};

    if (!second_writer(g, h, &writer, e))
        return false;
    *found_out = writer != by || h->kind != HOLD_SECOND ? OFFICIAL_NOT_YOURS : OFFICIAL_DONE;
    if (*found_out != OFFICIAL_DONE)
        return true;
    if (!decide(g, h, HOLD_REJECTED, by, NULL, now, found_out, e) || *found_out != OFFICIAL_DONE)
        return e->kind == ERR_NONE;
    return drop(g, h, &ev, now, e) && tell_writer(g, h, PURPOSE_OFFICIAL_BACK, NULL, now, e);
}

bool official_expire(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    struct event ev = {.kind = "hold.expired"};
    enum official found;

    if (!decide(g, h, HOLD_EXPIRED, 0, NULL, now, &found, e) || found != OFFICIAL_DONE)
        return e->kind == ERR_NONE;
    return drop(g, h, &ev, now, e) && tell_writer(g, h, PURPOSE_OFFICIAL_EXPIRED, NULL, now, e);
}
