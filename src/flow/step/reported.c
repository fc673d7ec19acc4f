/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reports of public posts; see reported.h.
 */
#include "flow/step/reported.h"

#include "base/limits.h"
#include "flow/step/announce.h"
#include "flow/step/rota.h"
#include "mail/contact/contact.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/post_reports.h"
#include "store/remarks.h"

#define HOUR_S 3600

/* Not who: whoever moderates sees that somebody said so, and whether we know them. */
static bool journal(struct gateway *g, const struct post *p, row_id forum, const struct reporter *r, row_id hold,
                    const char *kind, const char *detail, gint64 now, struct err *e)
{
    struct event ev =
        {.at = now,
         .kind = kind,
         .about = {.message = r->message, .person = r->person, .forum = forum, .idea = p->idea_id, .post = p->id, .hold = hold},
         .detail = detail};

    return events_add(g->db, &ev, e);
}

/* Who has duty reads the post and what is said about it, and can remove it by answering. */
static bool tell_moderators(struct gateway *g, const struct hold *h, const struct reporter *r, const char *said, gint64 now,
                            struct err *e)
{
    g_autoptr(GArray) moderators = rota_first(g, h, now, e);

    for (guint i = 0; moderators != NULL && i < moderators->len; i++) {
        struct notice n = {.purpose = r->person != 0 ? PURPOSE_REPORTED : PURPOSE_REPORTED_UNPROVED,
                           .person_id = g_array_index(moderators, row_id, i),
                           .about = {.forum = h->about.forum, .idea = h->about.idea, .post = h->about.post},
                           .detail = said,
                           .due_at = now};
        if (!notices_add(g->db, &n, NULL, e))
            return false;
    }
    return moderators != NULL;
}

static bool add_remark(struct gateway *g, row_id hold, const struct reporter *r, const char *said, gint64 now, struct err *e)
{
    struct remark t =
        {.hold_id = hold, .at = now, .kind = REMARK_REPORT, .person_id = r->person, .message_id = r->message, .text = said};
    g_autoptr(GPtrArray) kept = *said != '\0' ? remarks_of_hold(g->db, hold, e) : NULL;

    if (kept == NULL || kept->len >= LIMIT_REPORTS_KEPT) /* anybody may report: of hundreds each would make the question longer */
        return e->kind == ERR_NONE;
    return remarks_add(g->db, &t, e);
}

/* A moderator has to decide: the post waits like any, but it stays public meanwhile. */
static bool open_review(struct gateway *g, const struct post *p, const struct idea *idea, const struct reporter *r,
                        const char *said, gint64 now, struct err *e)
{
    forum_auto forum = forums_by_id(g->db, idea->forum_id, e);
    person_auto author = forum != NULL ? persons_by_id(g->db, p->person_id, e) : NULL;
    g_autofree char *address = author != NULL && author->address != NULL ? persons_key(author->address) : g_strdup("");
    struct hold h = {.kind = HOLD_REVIEW,
                     .state = HOLD_OPEN,
                     .about = {.message = p->message_id, .forum = idea->forum_id, .idea = idea->id, .post = p->id},
                     .parent_id = p->parent_id,
                     .ring = idea->ring,
                     .address = address,
                     .title = idea->title,
                     .text = p->text,
                     .language = p->language,
                     .created_at = now,
                     .mailbox = *address != '\0' ? gateway_mailbox(g, address) : 0,
                     .why = WHY_REPORTED};
    bool asked, is_first;

    return author != NULL && holds_add(g->db, &h, &h.id, e) && add_remark(g, h.id, r, said, now, e) &&
           journal(g, p, idea->forum_id, r, h.id, "hold.opened", "kind=review why=reported", now, e) &&
           announce_review(g, &h, forum->name, forum->title, now, &asked, &is_first, e);
}

/* Moderators hear of the first reports of a post, and not of hundreds that nothing proves. */
static bool is_worth_a_mail(const struct reporter *r, gint64 n, gint64 n_recent)
{
    return n <= LIMIT_REPORTS && (r->person != 0 || n_recent <= LIMIT_REPORTS_TOLD);
}

static bool act(struct gateway *g, const struct post *p, const struct idea *idea, const struct reporter *r, gint64 now,
                struct err *e)
{
    g_autofree char *said = r->text != NULL ? contact_mask(r->text, r->language, g->domain, NULL) : g_strdup("");
    struct hold about = {
        .about = {.forum = idea->forum_id, .idea = idea->id, .post = p->id}}; /* whom the rota asks about the post */
    gint64 n, n_proved, n_recent = post_reports_recent(g->db, idea->forum_id, now - HOUR_S + 1, LIMIT_REPORTS_TOLD + 1, e);
    hold_auto open = n_recent >= 0 ? holds_open_of_post(g->db, p->id, HOLD_REVIEW, e) : NULL;

    if (e->kind != ERR_NONE || !post_reports_count(g->db, p->id, &n, &n_proved, e))
        return false;
    if (open != NULL)
        return add_remark(g, open->id, r, said, now, e);
    if (n_proved >= LIMIT_REPORTS && p->kind != POST_OFFICIAL) /* what an office said two people released */
        return open_review(g, p, idea, r, said, now, e);
    return !is_worth_a_mail(r, n, n_recent) || tell_moderators(g, &about, r, said, now, e);
}

bool reported_add(struct gateway *g, const struct post *p, const struct idea *idea, const struct reporter *r, gint64 now,
                  struct err *e)
{
    struct post_report row = {.post_id = p->id,
                              .mailbox = gateway_mailbox(g, r->address),
                              .forum_id = idea->forum_id,
                              .at = now,
                              .is_proved = r->person != 0};
    bool changed;

    if (p->state != POST_PUBLISHED || r->person == p->person_id)
        return true;
    if (!post_reports_add(g->db, &row, &changed, e))
        return false;
    return !changed || (journal(g, p, idea->forum_id, r, 0, "post.reported", NULL, now, e) && act(g, p, idea, r, now, e));
}

bool reported_again(struct gateway *g, const struct post *p, const struct hold *h, gint64 now, struct err *e)
{
    forum_auto forum = forums_by_id(g->db, h->about.forum, e);
    struct reporter nobody = {.message = h->about.message};
    struct hold again = *h; /* borrows its texts */
    bool asked, is_first;

    again.id = 0;
    again.state = HOLD_OPEN;
    again.why = WHY_REPORTED;
    again.also = NULL;
    again.text = p->text;
    again.created_at = now;
    again.asked_at = again.ask_at = again.decided_at = again.next_at = again.runs_at = again.ran_s = 0;
    again.waits = WAIT_NONE;
    again.next = NEXT_NONE;
    return forum != NULL && holds_add(g->db, &again, &again.id, e) && remarks_move(g->db, h->id, again.id, e) &&
           journal(g, p, forum->id, &nobody, again.id, "hold.opened", "kind=review why=reported", now, e) &&
           announce_review(g, &again, forum->name, forum->title, now, &asked, &is_first, e);
}
