/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What time brings about for a text that waits, or about which somebody complained; see review.h.
 */
#include "flow/step/review.h"

#include "base/limits.h"
#include "flow/step/announce.h"
#include "flow/step/answer.h"
#include "flow/step/content.h"
#include "flow/step/official.h"
#include "flow/step/review_clock.h"
#include "forum/whys.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/notices.h"
#include "store/posts.h"

static bool journal(struct gateway *g, const struct hold *h, const char *kind, const char *detail, gint64 now, struct err *e)
{
    struct event ev = {.at = now,
                       .kind = kind,
                       .about.forum = h->about.forum,
                       .about.idea = h->about.idea,
                       .about.post = h->about.post,
                       .about.hold = h->id,
                       .detail = detail};

    return events_add(g->db, &ev, e);
}

static bool tell_operator(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    g_autofree char *detail = g_strdup_printf("forumpost hold show %" G_GINT64_FORMAT, h->id);

    return answer_tell_operator(g, PURPOSE_OPERATOR_LATE, h->about.message, detail, now, e);
}

/* Nobody decided: others are asked, too. */
static bool ask_deputy(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    return review_clock_set(g, h, NEXT_AUTHOR, now, e) && journal(g, h, "hold.deputised", NULL, now, e) &&
           announce_to_deputies(g, h, now, e);
}

/* Still nobody: its author hears that it takes longer. */
static bool tell_author(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    post_auto p = posts_by_id(g->db, h->about.post, e);
    struct notice n = {.purpose = PURPOSE_RECEIPT_WAITING, .about = h->about, .due_at = now};

    if (p == NULL)
        return false;
    n.person_id = p->person_id;
    n.about.message = p->message_id;
    bool is_told = h->why != WHY_REPORTED; /* of a report its author knows nothing: the post is public */
    return review_clock_set(g, h, NEXT_DEFAULT, now, e) && (!is_told || notices_add(g->db, &n, NULL, e));
}

/* Its author said nothing: the moderators decide without. */
static bool go_on(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    row_id asker;

    return review_asker(g, h, &asker, e) && review_clock_go_on(g, h, now, e) &&
           announce_again(g, h, PURPOSE_MODERATE, asker, now, e);
}

/* Who leads the forum, its office and the operator hear on each working day until somebody decides. */
static bool wait_on(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    return holds_set_next(g->db, h->id, NEXT_DEFAULT, review_clock_due(g, now, LIMIT_DEPUTY_S), e) &&
           journal(g, h, "hold.late", NULL, now, e) && announce_late(g, h, now, e) && tell_operator(g, h, now, e);
}

/* Only what waits because every text does appears by itself; who writes too fast may be a machine. */
static bool by_default(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    forum_auto forum = forums_by_id(g->db, h->about.forum, e);
    enum access found = ACCESS_DECIDED;

    if (forum == NULL)
        return false;
    bool is_due = forum->undecided == UNDECIDED_RELEASE && whys_of(h) == WHYS(WHY_FORUM);
    if (is_due && !content_release(g, h, 0, now, &found, e))
        return false;
    if (!is_due || found != ACCESS_GRANTED)
        return wait_on(g, h, now, e);
    return journal(g, h, "hold.defaulted", undecided_name(forum->undecided), now, e);
}

bool review_next(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    if (h->state == HOLD_REJECTED && h->next == NEXT_COMPLAINT)
        return review_remind(g, h, now, e);
    if (h->kind == HOLD_SECOND && h->state == HOLD_OPEN)
        return official_ask_others(g, h, now, e);
    if (h->kind != HOLD_REVIEW || h->state != HOLD_OPEN)
        return holds_set_next(g->db, h->id, NEXT_NONE, 0, e);
    if (office_hours_open(&g->settings->office, now) > now) /* nobody is there */
        return holds_set_next(g->db, h->id, h->next, office_hours_open(&g->settings->office, now), e);
    switch (h->next) {
    case NEXT_DEPUTY:
        return ask_deputy(g, h, now, e);
    case NEXT_AUTHOR:
        return tell_author(g, h, now, e);
    case NEXT_ANSWER:
        return go_on(g, h, now, e);
    case NEXT_DEFAULT:
        return by_default(g, h, now, e);
    case NEXT_NONE:
    case NEXT_COMPLAINT:
        break;
    }
    return holds_set_next(g->db, h->id, NEXT_NONE, 0, e);
}
