/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See review.h. Each step writes its rows, one line of the journal, and the notices that follow.
 */
#include "flow/step/review.h"

#include "base/limits.h"
#include "flow/facts.h"
#include "flow/step/announce.h"
#include "flow/step/answer.h"
#include "flow/step/content.h"
#include "flow/step/idea_step.h"
#include "flow/step/review_clock.h"
#include "mail/contact/contact.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/notices.h"
#include "store/posts.h"
#include "store/steps.h"
#include "store/remarks.h"

static bool journal(struct gateway *g, const struct hold *h, const char *kind, row_id person, row_id message, const char *detail,
                    gint64 now, struct err *e)
{
    struct event ev = {.at = now,
                       .kind = kind,
                       .about.message = message,
                       .about.person = person,
                       .about.forum = h->about.forum,
                       .about.idea = h->about.idea,
                       .about.post = h->about.post,
                       .about.hold = h->id,
                       .detail = detail};

    return events_add(g->db, &ev, e);
}

/* Whoever says it, at whatever door: what tells where somebody lives reaches nobody. */
static bool say(struct gateway *g, const struct hold *h, enum remark_kind kind, const char *text, row_id person, row_id message,
                gint64 now, struct err *e)
{
    g_autofree char *masked = contact_mask(text, h->language, g->domain, NULL);
    struct remark t = {.hold_id = h->id, .at = now, .kind = kind, .person_id = person, .message_id = message, .text = masked};

    return remarks_add(g->db, &t, e);
}

static bool tell(struct gateway *g, const struct hold *h, enum purpose purpose, row_id person, row_id message, const char *detail,
                 gint64 now, struct err *e)
{
    struct notice n = {.purpose = purpose,
                       .person_id = person,
                       .about.forum = h->about.forum,
                       .about.idea = h->about.idea,
                       .about.post = h->about.post,
                       .about.hold = h->id,
                       .about.message = message,
                       .detail = detail,
                       .due_at = now};

    return notices_add(g->db, &n, NULL, e);
}

/* The post, and whether H can still be decided. NULL: *FOUND_OUT says why not, or E. */
static struct post *waiting_post(struct gateway *g, const struct hold *h, enum review *found_out, struct err *e)
{
    hold_auto fresh = holds_by_id(g->db, h->id, e);
    post_auto p = fresh != NULL && fresh->state == HOLD_OPEN ? posts_by_id(g->db, h->about.post, e) : NULL;

    *found_out = p == NULL || p->state != POST_IN_REVIEW ? REVIEW_DECIDED : REVIEW_DONE;
    return *found_out == REVIEW_DONE ? g_steal_pointer(&p) : NULL;
}

/* How often something was said about H, in all and of KIND. */
static bool count(struct gateway *g, const struct hold *h, enum remark_kind kind, guint *n_out, guint *n_kind_out, struct err *e)
{
    g_autoptr(GPtrArray) all = remarks_of_hold(g->db, h->id, e);

    *n_out = all != NULL ? all->len : 0;
    *n_kind_out = 0;
    for (guint i = 0; i < *n_out; i++)
        *n_kind_out += ((const struct remark *)all->pdata[i])->kind == kind;
    return all != NULL;
}

/* ---- Another forum */

/* Where every text is read first it waits for the moderators there. */
static bool arrive(struct gateway *g, const struct hold *h, const struct post *p, const struct forum *to, row_id moderator,
                   gint64 now, struct err *e)
{
    hold_auto there = holds_by_id(g->db, h->id, e);
    enum access found = ACCESS_GRANTED;
    bool asked, is_first;

    if (there == NULL)
        return false;
    if (to->moderation == MODERATION_NONE)
        return content_release(g, there, moderator, now, &found, e);
    return announce_review(g, there, to->name, to->title, now, &asked, &is_first, e) &&
           tell(g, there, PURPOSE_RECEIPT_MOVED, p->person_id, p->message_id, NULL, now, e);
}

bool review_move(struct gateway *g, const struct hold *h, const struct forum *to, row_id moderator, row_id message, gint64 now,
                 enum review *found_out, struct err *e)
{
    post_auto p = waiting_post(g, h, found_out, e);
    idea_auto idea = p != NULL ? ideas_by_id(g->db, p->idea_id, e) : NULL;
    g_autofree char *word = g_strdup_printf("moved:%s", to->name);
    row_id step;

    if (idea == NULL)
        return e->kind == ERR_NONE;
    bool may_move = p->kind == POST_IDEA && idea->state == IDEA_IN_REVIEW && idea->ring == RING_PUBLIC;
    *found_out = to->id == idea->forum_id ? REVIEW_IS_THERE : may_move ? REVIEW_DONE : REVIEW_NOT_ALONE;
    if (*found_out != REVIEW_DONE)
        return true;
    forum_auto home = forums_by_id(g->db, idea->forum_id, e);
    if (home == NULL)
        return false;
    struct stage moved = {.idea_id = idea->id,
                          .at = now,
                          .from_state = idea_state_name(idea->state),
                          .to_state = word,
                          .was = home->name,
                          .by = who_name(moderator != 0 ? WHO_MODERATOR : WHO_OPERATOR),
                          .person_id = moderator,
                          .message_id = message};
    return ideas_move(g->db, idea->id, to->id, e) && holds_move(g->db, h->id, to->id, e) && steps_add(g->db, &moved, &step, e) &&
           journal(g, h, "hold.moved", moderator, message, to->name, now, e) && arrive(g, h, p, to, moderator, now, e);
}

/* ---- Question and answer */

bool review_ask(struct gateway *g, const struct hold *h, const char *question, row_id moderator, row_id message, gint64 now,
                enum review *found_out, struct err *e)
{
    post_auto p = waiting_post(g, h, found_out, e);
    hold_auto fresh = p != NULL ? holds_by_id(g->db, h->id, e) : NULL;
    guint n, n_questions;

    if (fresh == NULL || !count(g, h, REMARK_QUESTION, &n, &n_questions, e))
        return e->kind == ERR_NONE;
    if (n_questions >= LIMIT_QUESTIONS || n >= LIMIT_REMARKS) {
        *found_out = REVIEW_ENOUGH;
        return true;
    }
    g_autofree char *masked = contact_mask(question, h->language, g->domain, NULL);

    return say(g, h, REMARK_QUESTION, masked, moderator, message, now, e) && review_clock_stand(g, fresh, now, e) &&
           journal(g, h, "hold.asked-author", moderator, message, NULL, now, e) &&
           tell(g, h, PURPOSE_REVIEW_QUESTION, p->person_id, p->message_id, masked, now, e);
}

bool review_asker(struct gateway *g, const struct hold *h, row_id *person_out, struct err *e)
{
    g_autoptr(GPtrArray) all = remarks_of_hold(g->db, h->id, e);

    *person_out = 0;
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct remark *r = all->pdata[i];
        if (r->kind == REMARK_QUESTION)
            *person_out = r->person_id;
    }
    return all != NULL;
}

bool review_answer(struct gateway *g, const struct hold *h, const char *text, row_id message, gint64 now, enum review *found_out,
                   struct err *e)
{
    post_auto p = waiting_post(g, h, found_out, e);
    hold_auto fresh = p != NULL ? holds_by_id(g->db, h->id, e) : NULL;
    guint n, n_answers;
    row_id asker;

    if (fresh == NULL || !review_asker(g, h, &asker, e) || !count(g, h, REMARK_ANSWER, &n, &n_answers, e))
        return e->kind == ERR_NONE;
    if (n >= LIMIT_REMARKS) {
        *found_out = REVIEW_ENOUGH;
        return true;
    }
    return say(g, h, REMARK_ANSWER, text, p->person_id, message, now, e) &&
           (fresh->next != NEXT_ANSWER || review_clock_go_on(g, fresh, now, e)) &&
           journal(g, h, "hold.answered", p->person_id, message, NULL, now, e) &&
           announce_again(g, h, PURPOSE_MODERATE_ANSWER, asker, now, e);
}
