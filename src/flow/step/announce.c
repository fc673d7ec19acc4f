/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Telling readers and moderators; see announce.h.
 */
#include "flow/step/announce.h"

#include "base/limits.h"
#include "flow/step/answer.h"
#include "flow/step/review_clock.h"
#include "flow/step/rota.h"
#include "forum/when.h"
#include "store/announcements.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/notices.h"

#define HOUR_S 3600
#define STEP   100 /* holds in one transaction */

bool announce_post(struct gateway *g, const struct post *p, row_id forum, gint64 now, struct err *e)
{
    struct announcement a = {.post_id = p->id, .forum_id = forum, .idea_id = p->idea_id, .person_id = p->person_id, .at = now};
    g_autoptr(GArray) recent = announcements_recent(g->db, forum, now - HOUR_S + 1, now, LIMIT_TOLD_OF_FORUM, e);

    if (recent == NULL)
        return false;
    a.late = rates_is_late(recent, p->idea_id, p->person_id) ? 1 : 0;
    return announcements_add(g->db, &a, e) && (a.late != 0 || notices_add_for_post(g->db, p->id, now, NULL, e));
}

/* ---- Moderators */

/* To each of MODERATORS (row_id; NULL: E is set): about H, or only about the forum. */
static bool tell_moderators(struct gateway *g, const struct hold *h, const GArray *moderators, enum purpose purpose,
                            bool about_hold, gint64 now, struct err *e)
{
    for (guint i = 0; moderators != NULL && i < moderators->len; i++) {
        struct notice n = {.purpose = purpose,
                           .person_id = g_array_index(moderators, row_id, i),
                           .about.forum = h->about.forum,
                           .due_at = now};
        if (about_hold) {
            n.about.idea = h->about.idea;
            n.about.post = h->about.post;
            n.about.hold = h->id;
            n.about.message = h->about.message;
        }
        if (!notices_add(g->db, &n, NULL, e))
            return false;
    }
    return moderators != NULL;
}

/* A text that waits where nobody can release it must not wait unseen. */
static bool tell_nobody_moderates(struct gateway *g, const struct hold *h, const char *name, const char *title, gint64 now,
                                  struct err *e)
{
    g_autofree char *detail =
        g_strdup_printf("%s: forumpost hold show %" G_GINT64_FORMAT "; forumpost member add %s ADDRESS --role moderator", title,
                        h->id, name);

    return answer_tell_operator(g, PURPOSE_OPERATOR_UNMODERATED, h->about.message, detail, now, e);
}

static bool ask_moderators(struct gateway *g, const struct hold *h, const char *name, const char *title, gint64 now,
                           struct err *e)
{
    g_autoptr(GArray) moderators = rota_first(g, h, now, e);

    return moderators != NULL && holds_set_asked(g->db, h->id, now, e) && review_clock_begin(g, h, now, e) &&
           tell_moderators(g, h, moderators, PURPOSE_MODERATE, true, now, e) &&
           (moderators->len > 0 || tell_nobody_moderates(g, h, name, title, now, e));
}

/* Each text is asked about when it comes, but of one author only so many in an hour: theirs alone wait. */
static bool has_room(struct gateway *g, const struct hold *h, gint64 now, bool *room_out, struct err *e)
{
    gint64 n;

    if (!holds_count_reviews(g->db, h->about.forum, h->mailbox, now - HOUR_S + 1, now, LIMIT_MODERATE_OF_PERSON, &n, e))
        return false;
    *room_out = rates_may_ask_moderators(n);
    return true;
}

/* The moderators hear once that texts wait, not of each. */
static bool wait_for_room(struct gateway *g, const struct hold *h, gint64 now, bool *is_first_out, struct err *e)
{
    bool forum_waits, author_waits;
    g_autoptr(GArray) moderators = rota_first(g, h, now, e);

    if (moderators == NULL || !holds_has_waiting_review(g->db, h->about.forum, 0, &forum_waits, e) ||
        !holds_has_waiting_review(g->db, h->about.forum, h->mailbox, &author_waits, e))
        return false;
    *is_first_out = !author_waits;
    return holds_set_waits(g->db, h->id, WAIT_RATE, now + LIMIT_MODERATE_LATER_S, e) &&
           (forum_waits || tell_moderators(g, h, moderators, PURPOSE_REVIEW_MANY, false, now, e));
}

static bool has(const GArray *ids, row_id id)
{
    for (guint i = 0; i < ids->len; i++)
        if (g_array_index(ids, row_id, i) == id)
            return true;
    return false;
}

bool announce_again(struct gateway *g, const struct hold *h, enum purpose purpose, row_id also, gint64 now, struct err *e)
{
    g_autoptr(GArray) moderators = rota_first(g, h, now, e);
    g_autofree struct member *m = moderators != NULL && also != 0 ? members_find(g->db, h->about.forum, also, e) : NULL;
    bool is_left_out = m != NULL && (m->role == ROLE_MODERATOR || m->role == ROLE_LEAD) && !has(moderators, also);

    if (is_left_out)
        g_array_append_val(moderators, also);
    return e->kind == ERR_NONE && tell_moderators(g, h, moderators, purpose, true, now, e);
}

bool announce_to_deputies(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    g_autoptr(GArray) deputies = rota_deputies(g, h, now, e);

    return tell_moderators(g, h, deputies, PURPOSE_MODERATE_DEPUTY, true, now, e);
}

bool announce_late(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    g_autoptr(GArray) superiors = rota_superiors(g, h, now, e);

    return tell_moderators(g, h, superiors, PURPOSE_MODERATE_LATE, true, now, e);
}

bool announce_review(struct gateway *g, const struct hold *h, const char *forum_name, const char *forum_title, gint64 now,
                     bool *asked_out, bool *is_first_out, struct err *e)
{
    *is_first_out = false;
    if (!has_room(g, h, now, asked_out, e))
        return false;
    return *asked_out ? ask_moderators(g, h, forum_name, forum_title, now, e) : wait_for_room(g, h, now, is_first_out, e);
}

/* ---- By the clock */

static bool look_at(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    forum_auto forum = forums_by_id(g->db, h->about.forum, e);
    bool room;

    if (forum == NULL || !has_room(g, h, now, &room, e))
        return false;
    return room ? ask_moderators(g, h, forum->name, forum->title, now, e)
                : holds_set_waits(g->db, h->id, WAIT_RATE, now + LIMIT_MODERATE_LATER_S, e);
}

static bool look_at_some(struct gateway *g, gint64 now, bool *is_done_out, struct err *e)
{
    g_autoptr(GPtrArray) holds = holds_to_ask(g->db, HOLD_REVIEW, false, now, STEP, e);

    for (guint i = 0; holds != NULL && i < holds->len; i++)
        if (!look_at(g, holds->pdata[i], now, e))
            return false;
    *is_done_out = holds != NULL && holds->len < STEP;
    return holds != NULL;
}

/* A moment before the morning, so that what else waits for it goes along. */
static bool tell_late(struct gateway *g, gint64 now, bool *is_done_out, struct err *e)
{
    gint64 n = 0, morning = when_last_morning(now + LIMIT_LATE_AHEAD_S, g->settings->zone);
    bool ok = announcements_tell(g->db, LIMIT_DIGEST_POSTS, MAX(morning, now), now, &n, e);

    *is_done_out = n < LIMIT_DIGEST_POSTS;
    return ok;
}

static bool in_steps(struct gateway *g, bool (*step)(struct gateway *g, gint64 now, bool *is_done_out, struct err *e), gint64 now,
                     struct err *e)
{
    for (bool done = false; !done;) {
        if (!db_begin(g->db, e))
            return false;
        if (!step(g, now, &done, e) || !db_commit(g->db, e)) {
            db_rollback(g->db);
            return false;
        }
    }
    return true;
}

bool announce_due(struct gateway *g, gint64 now, struct err *e)
{
    gint64 cut = when_last_morning(now + LIMIT_LATE_AHEAD_S, g->settings->zone) - LIMIT_LATE_AHEAD_S;
    bool due;

    if (!in_steps(g, look_at_some, now, e) || !announcements_due(g->db, cut, now, &due, e))
        return false;
    return !due || in_steps(g, tell_late, now, e);
}
