/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * New versions; see correct.h.
 */
#include "flow/step/correct.h"

#include "base/limits.h"
#include "flow/facts.h"
#include "flow/step/announce.h"
#include "flow/step/ask.h"
#include "flow/step/concern.h"
#include "flow/step/content.h"
#include "flow/step/idea_step.h"
#include "flow/step/version.h"
#include "forum/mark.h"
#include "forum/rates.h"
#include "forum/when.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/messages.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/posts.h"
#include "store/remarks.h"
#include "store/versions.h"

#include <string.h>

static bool journal(struct gateway *g, const struct post *p, const char *kind, const char *detail, row_id message, row_id hold,
                    gint64 now, struct err *e)
{
    struct event ev = {.at = now,
                       .kind = kind,
                       .detail = detail,
                       .about.message = message,
                       .about.person = p->person_id,
                       .about.idea = p->idea_id,
                       .about.post = p->id,
                       .about.hold = hold};

    return events_add(g->db, &ev, e);
}

static bool tell_author(struct gateway *g, const struct post *p, enum purpose purpose, row_id forum, row_id hold, row_id message,
                        gint64 now, struct err *e)
{
    struct notice n = {.purpose = purpose,
                       .person_id = p->person_id,
                       .about.forum = forum,
                       .about.idea = p->idea_id,
                       .about.post = p->id,
                       .about.hold = hold,
                       .about.message = message,
                       .due_at = now};

    return notices_add(g->db, &n, NULL, e);
}

/* What a moderator was asked about is not what it says any more: their answer to that question decides nothing. *REPORTED_OUT: the
 * hold, if it was asked because of reports, which are about what still stands. */
static bool end_review(struct gateway *g, const struct post *p, gint64 now, enum why *why_out, row_id *reported_out,
                       struct err *e)
{
    hold_auto open = holds_open_of_post(g->db, p->id, HOLD_REVIEW, e);
    struct hold decided = {.id = open != NULL ? open->id : 0,
                           .state = HOLD_REJECTED,
                           .decided_at = now,
                           .decided_by = p->person_id,
                           .about.post = p->id};
    bool changed;

    *why_out = open != NULL ? open->why : WHY_FORUM;
    *reported_out = open != NULL && (whys_of(open) & WHYS(WHY_REPORTED)) != 0 ? open->id : 0;
    return open != NULL ? holds_decide(g->db, &decided, &changed, e) : e->kind == ERR_NONE;
}

/* REPORTED: the hold before, if what it says now was reported; 0 not. */
static bool begin_review(struct gateway *g, const struct correction *c, enum why why, row_id reported, struct err *e)
{
    const struct post *p = c->post;
    guint whys =
        c->whys | WHYS(why) | (reported != 0 ? WHYS(WHY_REPORTED) : 0) | (mark_is_imitated(c->text) ? WHYS(WHY_IMPOSTOR) : 0);
    g_autofree char *also = whys_words(whys, WHYS(why) | WHYS(WHY_FORUM), " ");
    idea_auto idea = ideas_by_id(g->db, p->idea_id, e);
    forum_auto forum = idea != NULL ? forums_by_id(g->db, idea->forum_id, e) : NULL;
    person_auto author = forum != NULL ? persons_by_id(g->db, p->person_id, e) : NULL;

    if (author == NULL || author->address == NULL)
        return e->kind == ERR_NONE && err_set(e, ERR_OURS, "post %" G_GINT64_FORMAT " has no author to write to", p->id);
    g_autofree char *address = persons_key(author->address);
    struct hold h = {.kind = HOLD_REVIEW,
                     .state = HOLD_OPEN,
                     .about = {.message = c->message, .forum = forum->id, .idea = idea->id, .post = p->id},
                     .parent_id = p->parent_id,
                     .ring = idea->ring,
                     .address = address,
                     .title = idea->title,
                     .text = c->text,
                     .language = c->language,
                     .created_at = c->at,
                     .mailbox = gateway_mailbox(g, address),
                     .why = why,
                     .also = also};
    bool asked, is_first;
    enum purpose receipt = why == WHY_CORRECTED   ? PURPOSE_RECEIPT_CORRECTION
                           : p->kind == POST_IDEA ? PURPOSE_RECEIPT_REVIEW_IDEA
                                                  : PURPOSE_RECEIPT_REVIEW_REPLY;
    return holds_add(g->db, &h, &h.id, e) && (reported == 0 || remarks_move(g->db, reported, h.id, e)) &&
           announce_review(g, &h, forum->name, forum->title, c->at, &asked, &is_first, e) &&
           journal(g, p, "hold.opened", "kind=review", c->message, h.id, c->at, e) &&
           tell_author(g, p, receipt, forum->id, why == WHY_CORRECTED ? h.id : 0, c->message, c->at, e);
}

/* What was refused waits again, in its new version. */
static bool begin_again(struct gateway *g, const struct correction *c, struct err *e)
{
    const struct post *p = c->post;
    idea_auto idea = ideas_by_id(g->db, p->idea_id, e);
    hold_auto refused = idea != NULL ? holds_review_of_post(g->db, p->id, e) : NULL;
    struct idea_change back = {.to = IDEA_IN_REVIEW,
                               .who = WHO_AUTHOR,
                               .person = p->person_id,
                               .message = c->message,
                               .post = p->id,
                               .is_written = true};

    return refused != NULL && holds_set_next(g->db, refused->id, NEXT_NONE, 0, e) && posts_restore(g->db, p->id, c->at, e) &&
           (p->kind != POST_IDEA || idea_must_step(g, idea, &back, c->at, e)) &&
           version_replace(g, p, c->text, c->message, c->at, e) && begin_review(g, c, WHY_FORUM, 0, e);
}

/* C with the reasons that remain if its author is trusted. */
static bool settle_whys(struct gateway *g, struct correction *c, struct err *e)
{
    idea_auto idea = c->whys != 0 ? ideas_by_id(g->db, c->post->idea_id, e) : NULL;
    forum_auto forum = idea != NULL ? forums_by_id(g->db, idea->forum_id, e) : NULL;

    return e->kind == ERR_NONE &&
           (forum == NULL || concern_settle(g, forum, idea, c->post->person_id, c->is_proved, c->at, &c->whys, e));
}

bool correct_post(struct gateway *g, const struct correction *given, enum correct *found_out, struct err *e)
{
    struct correction settled = *given; /* borrows its texts */
    const struct correction *c = &settled;
    const struct post *p = c->post;
    g_autoptr(GPtrArray) before = versions_of_post(g->db, p->id, e);
    bool is_public = p->state == POST_PUBLISHED, waits = p->state == POST_IN_REVIEW;
    bool was_refused = p->state == POST_REJECTED && p->taken_from == POST_IN_REVIEW;
    bool is_redacted; /* a moderator took something out: whatever door it comes by, they read what comes in its place */
    enum why why;
    row_id reported;

    if (before == NULL || !holds_is_redacted(g->db, p->id, &is_redacted, e) || !settle_whys(g, &settled, e))
        return false;
    *found_out = p->forgotten_at != 0 || !(is_public || waits || was_refused) ? CORRECT_GONE
                 : strcmp(p->text, c->text) == 0                              ? CORRECT_SAME
                 : before->len >= LIMIT_CORRECTIONS                           ? CORRECT_MANY
                                                                              : CORRECT_DONE;
    if (*found_out != CORRECT_DONE)
        return true;
    if (was_refused)
        return begin_again(g, c, e);
    if (!end_review(g, p, c->at, &why, &reported, e))
        return false;
    if (waits)
        return version_replace(g, p, c->text, c->message, c->at, e) && begin_review(g, c, why, 0, e);
    return c->needs_review || c->whys != 0 || is_redacted || reported != 0 || mark_is_imitated(c->text)
               ? begin_review(g, c, WHY_CORRECTED, reported, e)
               : version_publish(g, p, c->text, c->message, c->at, e);
}

/* ---- Asking first */

bool correct_ask(struct gateway *g, const struct correction *c, enum yes yes, const char *address, bool is_proved, bool may_ask,
                 row_id *hold_out, struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, c->post->idea_id, e);

    if (idea == NULL)
        return false;
    g_autofree char *also = whys_words(c->whys, 0, " ");
    struct hold h = {.kind = HOLD_CONFIRM,
                     .state = HOLD_OPEN,
                     .yes = yes,
                     .about = {.message = c->message, .forum = idea->forum_id, .idea = idea->id, .post = c->post->id},
                     .parent_id = c->post->id,
                     .ring = idea->ring,
                     .address = address,
                     .title = idea->title,
                     .text = c->text,
                     .language = c->language,
                     .created_at = c->at,
                     .expires_at = when_days_over(c->at, g->settings->intake_confirm_days, g->settings->zone),
                     .mailbox = gateway_mailbox(g, address),
                     .also = also,
                     .is_proved = is_proved};
    if (!holds_add(g->db, &h, &h.id, e) || !ask_author(g, &h, may_ask, c->at, e))
        return false;
    *hold_out = h.id;
    return journal(g, c->post, "hold.opened", "kind=confirm", c->message, h.id, c->at, e);
}

static bool needs_review(struct gateway *g, const struct hold *h, row_id person, gint64 now, bool *out, struct err *e)
{
    forum_auto forum = forums_by_id(g->db, h->about.forum, e);
    g_autofree struct member *m = forum != NULL ? members_find(g->db, forum->id, person, e) : NULL;
    bool is_trusted = false;

    if (forum == NULL || e->kind != ERR_NONE || (h->is_proved && !facts_is_trusted(g, forum, person, now, &is_trusted, e)))
        return false;
    *out = rates_needs_review(forum->moderation, m != NULL ? m->role : ROLE_NONE, is_trusted, 0);
    return true;
}

bool correct_confirm(struct gateway *g, const struct hold *h, const char *answer, const char *from_written, row_id message,
                     gint64 now, row_id *post_out, enum access *found_out, struct err *e)
{
    struct hold decided = {.id = h->id, .state = HOLD_CONFIRMED, .decided_at = now, .about.post = h->about.post};
    bool changed = false, is_read_first = false;
    enum correct found;

    *post_out = h->about.post;
    if (!facts_access(g, h, DEED_CONFIRM, now, found_out, e) || *found_out != ACCESS_GRANTED)
        return e->kind == ERR_NONE;
    post_auto p = posts_by_id(g->db, h->about.post, e);
    if (p == NULL || !content_person(g, h, answer, from_written, now, &decided.decided_by, e) ||
        !holds_decide(g->db, &decided, &changed, e))
        return false;
    if (!changed || p->person_id != decided.decided_by) {
        *found_out = ACCESS_DECIDED;
        return true;
    }
    if (!needs_review(g, h, p->person_id, now, &is_read_first, e))
        return false;
    struct correction c = {.post = p,
                           .text = h->text,
                           .message = message,
                           .language = h->language,
                           .needs_review = is_read_first,
                           .whys = whys_parse(h->also),
                           .is_proved = h->is_proved,
                           .at = now};
    return journal(g, p, "hold.confirmed", NULL, h->about.message, h->id, now, e) && correct_post(g, &c, &found, e) &&
           messages_decided(g->db, h->about.message, e) && ask_next(g, h->mailbox, now, e);
}

bool correct_held(struct gateway *g, const struct hold *h, const char *title, const char *text, guint whys, row_id message,
                  gint64 now, row_id *hold_out, struct err *e)
{
    struct hold fresh = *h; /* borrows its texts */
    struct hold replaced = {.id = h->id, .state = HOLD_CONFIRMED, .decided_at = now};
    struct event ev = {.at = now,
                       .kind = "hold.corrected",
                       .about = {.message = message, .forum = h->about.forum, .idea = h->about.idea, .hold = h->id}};
    bool changed;

    g_autofree char *also = whys_words(whys, 0, " ");
    fresh.id = 0;
    fresh.title = title != NULL ? title : h->title;
    fresh.text = text;
    fresh.also = also;
    fresh.created_at = now;
    fresh.expires_at = when_days_over(now, g->settings->intake_confirm_days, g->settings->zone);
    fresh.asked_at = fresh.shown_at = fresh.ask_at = 0;
    fresh.waits = WAIT_NONE;
    if (!holds_decide(g->db, &replaced, &changed, e) || !changed || !holds_add(g->db, &fresh, hold_out, e))
        return e->kind == ERR_NONE;
    fresh.id = *hold_out;
    return remarks_move(g->db, h->id, fresh.id, e) && holds_forget(g->db, h->id, e) && events_add(g->db, &ev, e) &&
           ask_again(g, &fresh, now, e);
}
