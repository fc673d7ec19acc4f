/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A step that two persons must decide waits for the second one; see official.h and second.h.
 */
#include "flow/step/second.h"

#include "flow/step/proposal.h"
#include "forum/access.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/posts.h"
#include "store/proposals.h"

bool second_writer(struct gateway *g, const struct hold *h, row_id *out, struct err *e)
{
    post_auto p = h->about.post != 0 ? posts_by_id(g->db, h->about.post, e) : NULL;
    person_auto writer = h->about.post == 0 ? persons_by_address(g->db, h->address, e) : NULL;

    *out = p != NULL ? p->person_id : writer != NULL ? writer->id : 0;
    return e->kind == ERR_NONE;
}

static bool write_down(struct gateway *g, const struct hold *h, const char *kind, const char *detail, row_id person, gint64 now,
                       struct err *e)
{
    struct event ev = {.at = now,
                       .kind = kind,
                       .about.message = h->about.message,
                       .about.person = person,
                       .about.forum = h->about.forum,
                       .about.idea = h->about.idea,
                       .about.hold = h->id,
                       .detail = detail};

    return events_add(g->db, &ev, e);
}

bool second_ask(struct gateway *g, const struct idea *idea, const struct idea_change *c, gint64 now, enum official *found_out,
                struct err *e)
{
    g_autoptr(GArray) seconds = members_seconds(g->db, idea->forum_id, e);
    person_auto writer = seconds != NULL ? persons_by_id(g->db, c->person, e) : NULL;
    g_autofree char *address = writer != NULL && writer->address != NULL ? persons_key(writer->address) : NULL;
    bool has_other = false;

    if (e->kind != ERR_NONE)
        return false;
    struct hold h = {.kind = HOLD_SECOND,
                     .state = HOLD_OPEN,
                     .about.message = c->message,
                     .about.forum = idea->forum_id,
                     .about.idea = idea->id,
                     .ring = idea->ring,
                     .address = address,
                     .title = idea_state_name(c->to),
                     .text = (c->reason != NULL ? c->reason : ""),
                     .created_at = now,
                     .asked_at = now,
                     .expires_at = office_hours_after(&g->settings->office, now, LIMIT_SECOND_S)};
    for (guint i = 0; i < seconds->len; i++)
        has_other |= g_array_index(seconds, row_id, i) != c->person;
    *found_out = address == NULL ? OFFICIAL_NOT_YOURS : !has_other ? OFFICIAL_NO_SECOND : OFFICIAL_DONE;
    if (*found_out != OFFICIAL_DONE)
        return true;
    if (!holds_add(g->db, &h, &h.id, e) || !write_down(g, &h, "hold.opened", "kind=second", c->person, now, e))
        return false;
    for (guint i = 0; i < seconds->len; i++) {
        row_id second = g_array_index(seconds, row_id, i);
        if (second != c->person && !notices_add_of_hold(g->db, PURPOSE_STEP_SECOND, second, &h, NULL, now, e))
            return false;
    }
    return true;
}

/* Merging and taking back have words of their own. */
static bool is_by_word(const struct idea *idea, row_id proposal, const struct idea_change *c)
{
    return (proposal_next(idea, proposal, c->who, true) & 1U << c->to) != 0;
}

bool second_lead(struct gateway *g, const struct idea *idea, const struct idea_change *c, gint64 now, enum life_answer *found_out,
                 struct err *e)
{
    row_id proposal = 0;
    enum official asked;

    *found_out = LIFE_NO_STEP;
    if (!proposals_of_discussion(g->db, idea->id, &proposal, e))
        return false;
    bool ok = !is_by_word(idea, proposal, c) ||
              (proposal != 0 ? proposal_lead(g, proposal, idea, c, now, found_out, e) : idea_step(g, idea, c, now, found_out, e));
    if (!ok || (*found_out == LIFE_NEEDS_SECOND && !second_ask(g, idea, c, now, &asked, e)))
        return false;
    if (*found_out == LIFE_NEEDS_SECOND && asked == OFFICIAL_DONE)
        *found_out = LIFE_IS_ASKED;
    if (c->to == idea->state && (proposal == 0 || !proposal_is_draft(idea)))
        *found_out = LIFE_IS_THERE;
    return true;
}

bool second_may_decide(struct gateway *g, const struct hold *h, row_id person, enum official *found_out, struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, h->about.idea, e);
    g_autofree struct member *m = idea != NULL ? members_find(g->db, idea->forum_id, person, e) : NULL;
    row_id writer;

    if (e->kind != ERR_NONE || !second_writer(g, h, &writer, e))
        return false;
    *found_out = m == NULL || !official_may_release(m->role) ? OFFICIAL_NOT_YOURS
                 : writer == person                          ? OFFICIAL_SAME
                 : h->state != HOLD_OPEN                     ? OFFICIAL_DECIDED
                                                             : OFFICIAL_DONE;
    return true;
}

/* By the role that its writer has now, in the forum where the idea is now. */
static bool change_of(struct gateway *g, const struct hold *h, const struct idea *idea, row_id by, struct idea_change *out,
                      struct err *e)
{
    row_id writer;

    if (!second_writer(g, h, &writer, e))
        return false;
    g_autofree struct member *m = writer != 0 ? members_find(g->db, idea->forum_id, writer, e) : NULL;
    *out =
        (struct idea_change){.who = WHO_AUTHOR, .person = writer, .second = by, .message = h->about.message, .reason = h->text};
    who_of_role(m != NULL ? m->role : ROLE_NONE, &out->who);
    return e->kind == ERR_NONE && idea_state_parse(h->title, &out->to);
}

bool second_make(struct gateway *g, const struct hold *h, row_id by, gint64 now, enum official *found_out, struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, h->about.idea, e);
    enum life_answer found;
    struct idea_change c;
    row_id proposal = 0;

    if (idea == NULL || !change_of(g, h, idea, by, &c, e) || !proposals_of_discussion(g->db, idea->id, &proposal, e))
        return false;
    bool ok = proposal != 0 ? proposal_lead(g, proposal, idea, &c, now, &found, e) : idea_step(g, idea, &c, now, &found, e);
    if (!ok)
        return false;
    *found_out = found == LIFE_GRANTED ? OFFICIAL_DONE : OFFICIAL_CHANGED;
    return write_down(g, h, "hold.released", NULL, by, now, e) &&
           (found == LIFE_GRANTED ? notices_add_of_hold(g->db, PURPOSE_STEP_MADE, c.person, h, NULL, now, e)
                                  : notices_add_of_hold(g->db, PURPOSE_STEP_EXPIRED, c.person, h, NULL, now, e));
}

bool second_drop(struct gateway *g, const struct hold *h, const struct event *what, gint64 now, struct err *e)
{
    return write_down(g, h, what->kind, NULL, what->about.person, now, e);
}

bool second_tell(struct gateway *g, const struct hold *h, enum purpose purpose, const char *reason, gint64 now, struct err *e)
{
    row_id writer;

    return second_writer(g, h, &writer, e) && notices_add_of_hold(g->db, purpose, writer, h, reason, now, e);
}
