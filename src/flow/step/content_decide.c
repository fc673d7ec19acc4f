/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What becomes of a text that waits: its author disowns it, a moderator releases or refuses it; see content.h.
 */
#include "flow/step/content_private.h"

#include "flow/facts.h"
#include "flow/step/forget.h"
#include "flow/step/idea_step.h"
#include "flow/step/reported.h"
#include "flow/step/takedown.h"
#include "flow/step/trust.h"
#include "flow/step/version.h"
#include "forum/reason.h"
#include "forum/whys.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/posts.h"

/* Decides H with one journal line, which does not repeat the reason: it may name people. *CHANGED_OUT false if it was decided before. */
static bool decide(struct gateway *g, const struct hold *h, enum hold_state state, row_id by, const char *reason,
                   const char *kind, gint64 now, bool *changed_out, struct err *e)
{
    struct reason given = reason_read(reason);
    bool is_reason = state == HOLD_REJECTED && reason != NULL;
    struct hold decided = {.id = h->id,
                           .state = state,
                           .decided_at = now,
                           .decided_by = by,
                           .about.post = h->about.post,
                           .code = is_reason ? given.code : NULL,
                           .reason = is_reason && *given.text != '\0' ? given.text : NULL};
    g_autofree char *why = g_strdup_printf("why=%s", why_name(h->why)); /* a text, a version of one, a report ... */
    struct event ev = {.at = now,
                       .kind = kind,
                       .about.message = h->about.message,
                       .about.person = by,
                       .about.forum = h->about.forum,
                       .about.idea = h->about.idea,
                       .about.post = h->about.post,
                       .about.hold = h->id,
                       .detail = h->kind == HOLD_REVIEW ? why : NULL};

    if (!holds_decide(g->db, &decided, changed_out, e))
        return false;
    return !*changed_out || events_add(g->db, &ev, e);
}

static bool find_who(struct gateway *g, const struct idea *idea, row_id moderator, enum who *out, struct err *e)
{
    g_autofree struct member *m = moderator != 0 ? members_find(g->db, idea->forum_id, moderator, e) : NULL;

    *out = moderator != 0 ? WHO_MODERATOR : WHO_OPERATOR;
    if (m != NULL)
        (void)who_of_role(m->role, out);
    return e->kind == ERR_NONE;
}

/* What a moderator decided of an idea that waited, or whoever had no part in refusing it; of one that is taken back meanwhile nothing. */
static bool step_reviewed(struct gateway *g, const struct post *p, enum idea_state to, row_id moderator, const char *reason,
                          gint64 now, struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, p->idea_id, e);
    bool is_again = idea != NULL && idea->state == IDEA_REJECTED && to == IDEA_PUBLISHED;
    struct idea_change c = {.to = to,
                            .person = moderator,
                            .post = p->id,
                            .reason = is_again ? REASON_COMPLAINT : reason,
                            .is_written = true};

    if (idea == NULL || !find_who(g, idea, moderator, &c.who, e))
        return false;
    return (idea->state != IDEA_IN_REVIEW && !is_again) || idea_must_step(g, idea, &c, now, e);
}

bool content_disown(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    bool changed;

    return decide(g, h, HOLD_REJECTED, 0, NULL, "hold.disowned", now, &changed, e) && (!changed || forget_hold(g, h, now, e));
}

/* TEXT: what appears in its place; NULL: it appears as it is, and its author hears that. */
static bool publish_reviewed(struct gateway *g, const struct hold *h, const struct post *p, row_id moderator, const char *text,
                             gint64 now, struct err *e)
{
    if (h->why == WHY_REPORTED) /* it stays as it is, or without those passages */
        return text == NULL || posts_set_text(g->db, p, text, e);
    if (h->why == WHY_CORRECTED)
        return version_publish(g, p, text != NULL ? text : h->text, h->about.message, now, e);
    if (p->kind == POST_IDEA && !step_reviewed(g, p, IDEA_PUBLISHED, moderator, NULL, now, e))
        return false;
    return (text == NULL || posts_set_text(g->db, p, text, e)) && posts_publish(g->db, p->id, e) &&
           content_announce(g, p, h->about.forum, moderator, now, e) &&
           (text != NULL ||
            content_tell_author(g, p->kind == POST_IDEA ? PURPOSE_RECEIPT_PUBLISHED_IDEA : PURPOSE_RECEIPT_PUBLISHED_REPLY, p,
                                h->about.forum, 0, NULL, now, e));
}

/* Who wrote the text of H, and whether the forum trusts them. */
static bool find_trust(struct gateway *g, const struct hold *h, gint64 now, struct trusted *out, struct err *e)
{
    post_auto p = posts_by_id(g->db, h->about.post, e);

    return e->kind == ERR_NONE && trust_before(g, p != NULL ? p->person_id : 0, h->about.forum, now, out, e);
}

static bool release_cut(struct gateway *g, const struct hold *h, row_id moderator, const char *text, gint64 now,
                        enum access *found_out, struct err *e)
{
    bool changed;

    if (!facts_access(g, h, DEED_RELEASE, now, found_out, e) || *found_out != ACCESS_GRANTED)
        return e->kind == ERR_NONE;
    post_auto p = posts_by_id(g->db, h->about.post, e);
    if (p == NULL)
        return err_set(e, ERR_OURS, "hold %" G_GINT64_FORMAT " has no post", h->id);
    bool is_version = h->why == WHY_CORRECTED, is_public = is_version || h->why == WHY_REPORTED, is_own;
    if (!posts_is_own(g->db, p->id, moderator, &is_own, e))
        return false;
    if (p->state != (is_public ? POST_PUBLISHED : POST_IN_REVIEW) || is_own) {
        *found_out = is_own ? ACCESS_OWN_TEXT : ACCESS_IDEA_NOT_OPEN; /* taken back by its author, or removed */
        return true;
    }
    if (!decide(g, h, HOLD_RELEASED, moderator, NULL, "hold.released", now, &changed, e))
        return false;
    *found_out = changed ? ACCESS_GRANTED : ACCESS_DECIDED;
    return !changed || publish_reviewed(g, h, p, moderator, text, now, e);
}

bool content_release_cut(struct gateway *g, const struct hold *h, row_id moderator, const char *text, gint64 now,
                         enum access *found_out, struct err *e)
{
    struct trusted trust;

    return find_trust(g, h, now, &trust, e) && release_cut(g, h, moderator, text, now, found_out, e) &&
           trust_after(g, &trust, now, e);
}

bool content_release(struct gateway *g, const struct hold *h, row_id moderator, gint64 now, enum access *found_out, struct err *e)
{
    return content_release_cut(g, h, moderator, NULL, now, found_out, e);
}

/* The post and its idea go no further; what was taken back or removed meanwhile stays what it is. */
static bool reject_post(struct gateway *g, const struct post *p, row_id moderator, const char *reason, gint64 now, struct err *e)
{
    if (p->kind == POST_IDEA && !step_reviewed(g, p, IDEA_REJECTED, moderator, reason, now, e))
        return false;
    return p->state != POST_IN_REVIEW || posts_take(g->db, p->id, POST_REJECTED, NULL, now, e);
}

/* It was public, so its author and everybody who followed it hear what they hear of any removal. */
static bool remove_reported(struct gateway *g, const struct post *p, row_id moderator, const char *reason, gint64 now,
                            struct err *e)
{
    g_autofree char *words = reason_words(reason);
    struct idea_change c = {.who = moderator != 0 ? WHO_MODERATOR : WHO_OPERATOR, .person = moderator, .reason = words};
    enum life_answer found;

    return takedown_by_staff(g, p, &c, now, &found, e); /* not any more, if its author was faster */
}

static bool reject(struct gateway *g, const struct hold *h, row_id moderator, const char *reason, gint64 now,
                   enum access *found_out, struct err *e)
{
    post_auto p = posts_by_id(g->db, h->about.post, e);
    bool changed = false, is_own;

    if (p == NULL)
        return e->kind == ERR_NONE && err_set(e, ERR_OURS, "hold %" G_GINT64_FORMAT " has no post", h->id);
    *found_out = ACCESS_OWN_TEXT;
    if (!posts_is_own(g->db, p->id, moderator, &is_own, e) || is_own)
        return e->kind == ERR_NONE;
    if (!decide(g, h, HOLD_REJECTED, moderator, reason, "hold.rejected", now, &changed, e))
        return false;
    *found_out = changed ? ACCESS_GRANTED : ACCESS_DECIDED;
    if (!changed)
        return true;
    struct reason given = reason_read(reason);
    if (h->why == WHY_REPORTED)
        return remove_reported(g, p, moderator, reason, now, e);
    /* A new version that was refused stands nowhere else, should a complaint win. */
    return (h->why == WHY_CORRECTED ? holds_keep_text(g->db, h->id, h->text, e) : reject_post(g, p, moderator, reason, now, e)) &&
           content_tell_author(g, PURPOSE_REJECTED, p, h->about.forum, h->id, *given.text != '\0' ? given.text : NULL, now, e) &&
           (h->why != WHY_CORRECTED || (whys_of(h) & WHYS(WHY_REPORTED)) == 0 || reported_again(g, p, h, now, e));
}

bool content_reject(struct gateway *g, const struct hold *h, row_id moderator, const char *reason, gint64 now,
                    enum access *found_out, struct err *e)
{
    struct trusted trust;

    if (h->why == WHY_REPORTED) /* a removal, which says it itself */
        return reject(g, h, moderator, reason, now, found_out, e);
    return find_trust(g, h, now, &trust, e) && reject(g, h, moderator, reason, now, found_out, e) &&
           trust_after(g, &trust, now, e);
}
