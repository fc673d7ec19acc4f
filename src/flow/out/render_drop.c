/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Is there still something to say? What each kind of mail is dropped for stands in forum/purpose.def, how it is found out
 * here.
 */
#include "flow/out/render_job.h"

#include "flow/step/review.h"
#include "forum/access.h"
#include "store/holds.h"
#include "store/issues.h"
#include "store/silence.h"

#define DAY_S 86400

static bool is_decided(struct job *j)
{
    return j->hold == NULL || j->hold->state != HOLD_OPEN;
}

static bool is_judged(struct job *j)
{
    return j->hold == NULL || !review_has_complaint(j->hold) || (j->post != NULL && j->post->state == POST_WITHDRAWN);
}

/* What would be no reason to write such a mail now is none to send it. */
static bool is_heard(struct job *j)
{
    bool is_silent = true;

    return j->idea != NULL &&
           silence_is_of(j->r->g->db, j->idea->id, j->v.now - j->r->g->settings->silence_author_days * DAY_S, &is_silent, j->e) &&
           !is_silent;
}

static bool is_reviewed(struct job *j)
{
    return j->post == NULL || j->idea == NULL || j->post->state != POST_IN_REVIEW;
}

static bool is_not_public(struct job *j)
{
    return j->post == NULL || j->idea == NULL || j->post->state != POST_PUBLISHED;
}

static bool is_taken_again(struct job *j)
{
    return j->post == NULL || j->post->taken_at != 0;
}

static bool is_restored(struct job *j)
{
    return j->post != NULL && j->post->state == POST_PUBLISHED;
}

static bool is_deleted(struct job *j)
{
    return j->post != NULL && j->post->forgotten_at != 0;
}

/* Who said STOPP, left the forum or chose a digest since the post was published is not told any more. */
static bool is_not_wanted(struct job *j)
{
    bool told = false;

    return j->idea != NULL && j->person != NULL && !(ideas_is_told(j->r->g->db, j->idea->id, j->person->id, &told, j->e) && told);
}

/* Its name is not told, and a yes would be refused. */
static bool is_idea_hidden(struct job *j)
{
    return j->idea != NULL && !access_may_read(j->idea, ROLE_OFFICE, false);
}

/* That it was taken back or removed, or is reworked, may be told; its words are in no mail. */
static bool is_idea_unknown(struct job *j)
{
    bool is_stub =
        j->idea != NULL && (j->idea->state == IDEA_WITHDRAWN || j->idea->state == IDEA_REMOVED) && access_is_known(j->idea);

    return is_idea_hidden(j) && !is_stub && !view_is_reworked(&j->v, j->idea);
}

static enum role role_of_recipient(struct job *j)
{
    row_id forum = j->idea != NULL ? j->idea->forum_id : j->n->about.forum;

    if (j->person == NULL || forum == 0 || j->e->kind != ERR_NONE)
        return ROLE_NONE;
    g_autofree struct member *m = members_find(j->r->g->db, forum, j->person->id, j->e);
    return m != NULL ? m->role : ROLE_NONE;
}

/* The office hears what is taken away from a proposal, whether it follows that idea or not. */
static bool is_for_office(struct job *j)
{
    return (j->idea->state == IDEA_WITHDRAWN || j->idea->state == IDEA_REMOVED) && role_of_recipient(j) == ROLE_OFFICE;
}

static bool is_not_followed(struct job *j)
{
    bool followed = false;

    return j->idea != NULL && j->person != NULL && !is_for_office(j) &&
           !(ideas_is_followed(j->r->g->db, j->idea->id, j->person->id, &followed, j->e) && followed);
}

/* Whoever left the forum while the mail waited is not told the names of its inner discussions. */
static bool is_no_member(struct job *j)
{
    return j->idea != NULL && j->idea->ring == RING_MEMBERS && role_of_recipient(j) < ROLE_MEMBER;
}

static bool is_no_moderator(struct job *j)
{
    enum role role = role_of_recipient(j);

    return role != ROLE_MODERATOR && role != ROLE_LEAD;
}

static bool is_no_second(struct job *j)
{
    return !official_may_release(role_of_recipient(j));
}

static bool is_no_staff(struct job *j)
{
    return is_no_moderator(j) && role_of_recipient(j) != ROLE_OFFICE;
}

static bool is_stopped(struct job *j)
{
    return j->issue == NULL || j->issue->state == ISSUE_STOPPED;
}

static bool is_unsubscribed(struct job *j)
{
    return j->subscription == NULL || j->subscription->state != SUBSCRIPTION_ACTIVE;
}

static bool is_answered(struct job *j)
{
    return j->subscription == NULL || j->subscription->state != SUBSCRIPTION_ASKED;
}

static bool is_no_editor(struct job *j)
{
    return j->editor == NULL || j->issue == NULL;
}

static bool is_no_wish(struct job *j)
{
    return j->wish == NULL;
}

static bool is_nothing_left(struct job *j)
{
    return (j->posts == NULL || j->posts->len == 0) && (j->joined == NULL || j->joined->len == 0);
}

static bool is_nothing_waiting(struct job *j)
{
    gint64 n = 0;
    g_autoptr(GPtrArray) first = holds_listed(j->r->g->db, j->n->about.forum, j->n->person_id, 1, &n, j->e);

    return first != NULL && first->len == 0;
}

/* In the order in which they are asked. */
static const struct drop_reason {
    enum drop drop;
    bool (*applies)(struct job *j);
    const char *reason;
} drop_reasons[] = {
    {DROP_DECIDED, is_decided, "decided"},
    {DROP_REVIEWED, is_reviewed, "decided"},
    {DROP_JUDGED, is_judged, DROPPED_JUDGED},
    {DROP_HEARD, is_heard, DROPPED_HEARD},
    {DROP_NO_WISH, is_no_wish, "answered"},
    {DROP_NOT_PUBLIC, is_not_public, DROPPED_NOT_PUBLIC},
    {DROP_TAKEN_AGAIN, is_taken_again, "taken back again"},
    {DROP_RESTORED, is_restored, "restored"},
    {DROP_DELETED, is_deleted, "deleted"},
    {DROP_NOT_WANTED, is_not_wanted, "not wanted"},
    {DROP_NOT_FOLLOWED, is_not_followed, "not wanted"},
    {DROP_IDEA_HIDDEN, is_idea_hidden, DROPPED_IDEA_HIDDEN},
    {DROP_IDEA_UNKNOWN, is_idea_unknown, DROPPED_IDEA_HIDDEN},
    {DROP_NO_MEMBER, is_no_member, "no member any more"},
    {DROP_NO_SECOND, is_no_second, "no role any more"},
    {DROP_NO_STAFF, is_no_staff, "no staff any more"},
    {DROP_NOTHING_WAITS, is_nothing_waiting, "decided"},
    {DROP_UNDONE, job_is_undone, DROPPED_UNDONE},
    {DROP_PHASE_BACK, job_is_phase_back, DROPPED_UNDONE},
    {DROP_NOTHING_LEFT, is_nothing_left, "nothing left"},
    {DROP_UNSUBSCRIBED, is_unsubscribed, "unsubscribed"},
    {DROP_STOPPED, is_stopped, DROPPED_STOPPED},
    {DROP_ANSWERED, is_answered, "answered"},
    {DROP_NO_EDITOR, is_no_editor, "no editor any more"},
};

const char *job_reason_to_drop(struct job *j)
{
    const struct notice *n = j->n;

    if (n->person_id != 0 && (j->person == NULL || j->person->address == NULL) && n->address == NULL)
        return "no address";
    if (n->address == NULL && j->person == NULL && j->subscription == NULL)
        return "no recipient";
    if (j->person != NULL && j->person->is_suspended && n->address == NULL)
        return "address switched off";
    if (j->person != NULL && j->person->has_complained && j->row->stream != STREAM_TRANSACTIONAL)
        return "complained";
    for (guint i = 0; i < G_N_ELEMENTS(drop_reasons); i++)
        if ((j->row->drop & drop_reasons[i].drop) != 0 && drop_reasons[i].applies(j))
            return drop_reasons[i].reason;
    return NULL;
}
