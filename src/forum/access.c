/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who may write and who may read; see access.h.
 */
#include "forum/access.h"

#include "forum/life.h"

/* A new idea that waits for a moderator is in review, or was refused and its author's complaint is right; anything else needs an idea that takes posts. */
static bool is_open(const struct access_facts *f)
{
    bool is_the_idea_itself = f->deed == DEED_RELEASE && f->hold != NULL && f->hold->parent_id == 0;

    if (f->idea == NULL)
        return true;
    return life_takes_posts(f->idea->state) ||
           (is_the_idea_itself && (f->idea->state == IDEA_IN_REVIEW || f->idea->state == IDEA_REJECTED));
}

static bool is_closed(const struct access_facts *f)
{
    return f->deed != DEED_RELEASE && f->forum->closed_at != 0 && f->now >= f->forum->closed_at;
}

enum access access_ask(const struct access_facts *f)
{
    const struct hold *h = f->hold;

    if (h != NULL && h->state == HOLD_EXPIRED)
        return ACCESS_EXPIRED;
    if (h != NULL && h->state != HOLD_OPEN)
        return ACCESS_DECIDED;
    if (f->deed == DEED_CONFIRM && h != NULL && h->expires_at != 0 && f->now >= h->expires_at)
        return ACCESS_EXPIRED; /* even if nobody has swept yet */
    if (f->deed == DEED_RELEASE && h != NULL && h->why == WHY_REPORTED)
        return ACCESS_GRANTED; /* others read it already: who wrote it may be gone, and it stays */
    if (is_closed(f))
        return ACCESS_CLOSED;
    if (f->ring == RING_MEMBERS && f->role < ROLE_MEMBER)
        return ACCESS_MEMBERS_ONLY;
    return is_open(f) ? ACCESS_GRANTED : ACCESS_IDEA_NOT_OPEN;
}

static const struct refusal {
    const char *rule;
    enum purpose answer;
    const char *sentence;
} refusals[] = {
    [ACCESS_GRANTED] = {NULL, PURPOSE_NONE, "it may be published"},
    [ACCESS_DECIDED] = {"decided", PURPOSE_NONE, "it was decided before"},
    [ACCESS_EXPIRED] = {"expired", PURPOSE_ERROR_EXPIRED, "its time is over"},
    [ACCESS_CLOSED] = {"closed", PURPOSE_ERROR_CLOSED, "its forum is closed"},
    [ACCESS_MEMBERS_ONLY] = {"members-only", PURPOSE_ERROR_MEMBER, "its author is no member of the forum any more"},
    [ACCESS_IDEA_NOT_OPEN] = {"idea-not-open", PURPOSE_ERROR_IDEA_CLOSED, "its idea is not public or takes nothing any more"},
    [ACCESS_OWN_TEXT] = {"own-text", PURPOSE_ERROR_MODERATION_OWN, "nobody decides about a text of their own"},
};

const char *access_rule(enum access a)
{
    return refusals[a].rule;
}

enum purpose access_answer(enum access a)
{
    return refusals[a].answer;
}

const char *access_sentence(enum access a)
{
    return refusals[a].sentence;
}

bool access_may_read(const struct idea *idea, enum role role, bool is_author)
{
    if (idea->ring == RING_MEMBERS && role < ROLE_MEMBER)
        return false;
    return is_author || life_is_readable(idea->state);
}

bool access_is_known(const struct idea *idea)
{
    return idea->ring == RING_PUBLIC && idea->published_at != 0;
}

bool official_may_draft(enum role role)
{
    return role == ROLE_OFFICE;
}

bool official_may_release(enum role role)
{
    return role == ROLE_OFFICE || role == ROLE_LEAD;
}

bool official_may_note(enum role role)
{
    return role == ROLE_MODERATOR || role == ROLE_LEAD;
}
