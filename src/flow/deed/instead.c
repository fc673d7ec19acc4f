/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ZU 17, in answer to the receipt of an idea: its author is for idea 17, and takes their own back. Both or nothing.
 */
#include "flow/deed/deed.h"

#include "flow/step/support.h"
#include "flow/step/withdraw.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/notices.h"

static bool tell_instead(const struct deed *d, const struct idea *other, enum support found, struct err *e)
{
    struct notice n = {.purpose = PURPOSE_SUPPORTED,
                       .person_id = d->l->person->id,
                       .about.forum = other->forum_id,
                       .about.idea = other->id,
                       .about.message = d->message,
                       .detail = support_word(found),
                       .due_at = d->now};

    return notices_add(d->g->db, &n, NULL, e);
}

/* Only a new idea, and only for one that everybody can read. */
static bool may_stand_for(const struct deed *d, const struct idea *other)
{
    const struct post *own = d->l->own;
    bool is_idea = own->kind == POST_IDEA && (own->state == POST_PUBLISHED || own->state == POST_IN_REVIEW);

    return is_idea && other != NULL && other->id != own->idea_id && other->ring == RING_PUBLIC &&
           access_may_read(other, ROLE_NONE, false);
}

bool deed_instead(struct deed *d, struct err *e)
{
    idea_auto other = ideas_by_id(d->g->db, d->l->command.number, e);
    g_autofree struct member *m = other != NULL ? members_find(d->g->db, other->forum_id, d->l->person->id, e) : NULL;
    enum support found = SUPPORT_NOT_OPEN;

    if (e->kind != ERR_NONE)
        return false;
    if (may_stand_for(d, other) &&
        !support_give(d->g, other, d->l->person, m != NULL ? m->role : ROLE_NONE, d->message, "mail", d->now, &found, e))
        return false;
    if (found != SUPPORT_ADDED && found != SUPPORT_WAS_THERE) {
        d->answer = PURPOSE_ERROR_INSTEAD;
        d->verdict->kind = VERDICT_REFUSED;
        return true;
    }
    d->verdict->post_id = d->l->own->id;
    return tell_instead(d, other, found, e) && withdraw_post(d->g, d->l->own, d->message, d->now, e);
}
