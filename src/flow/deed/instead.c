/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ZU 17, in answer to the receipt of an idea: its author is for idea 17, and takes their own back. Both or nothing. At a forum
 * there is nothing to take back: whoever writes it is asked.
 */
#include "flow/deed/deed.h"

#include "flow/step/support.h"
#include "flow/step/withdraw.h"
#include "forum/life.h"
#include "store/forums.h"
#include "store/ideas.h"

/* Only a new idea, and only for one that everybody can read. */
static bool may_stand_for(const struct deed *d, const struct idea *other)
{
    const struct post *own = d->l->own;
    bool is_idea = own->kind == POST_IDEA && (own->state == POST_PUBLISHED || own->state == POST_IN_REVIEW);

    return is_idea && other != NULL && other->id != own->idea_id && other->ring == RING_PUBLIC &&
           access_may_read(other, ROLE_NONE, false);
}

static bool ask_at_forum(struct deed *d, const struct idea *other, struct err *e)
{
    bool may_reply = d->m->may_reply && *d->sender != '\0';
    bool is_open = other != NULL && other->ring == RING_PUBLIC && access_may_read(other, ROLE_NONE, false) &&
                   (other->state == IDEA_MERGED || life_takes_support(other->state));
    enum support found = SUPPORT_NOT_OPEN;

    if (is_open && !support_may_ask(d->g, other, d->l->came_at, &found, e))
        return false;
    if (found == SUPPORT_NO_PHASE) {
        d->answer = d->decision->trust >= TRUST_DMARC && may_reply ? PURPOSE_ERROR_SUPPORT : PURPOSE_NONE;
        d->why = support_word(found);
        d->verdict->kind = VERDICT_REFUSED;
        return true;
    }
    if (found != SUPPORT_ADDED) {
        d->answer = d->decision->is_believed ? PURPOSE_ERROR_ADDRESS : PURPOSE_NONE;
        d->verdict->kind = VERDICT_REFUSED;
        return true;
    }
    return support_ask(d->g, other, d->from, d->m->language, d->decision->trust >= TRUST_DMARC, may_reply, d->message, d->now,
                       &d->verdict->hold_id, e);
}

bool deed_instead(struct deed *d, struct err *e)
{
    idea_auto other = ideas_by_id(d->g->db, d->l->command.number, e);
    enum support found = SUPPORT_NOT_OPEN;

    if (e->kind != ERR_NONE)
        return false;
    if (d->l->own == NULL) /* and nobody may be known who wrote */
        return ask_at_forum(d, other, e);
    g_autofree struct member *m = other != NULL ? members_find(d->g->db, other->forum_id, d->l->person->id, e) : NULL;
    if (e->kind != ERR_NONE)
        return false;
    if (may_stand_for(d, other) && !support_give(d->g, other, d->l->person, m != NULL ? m->role : ROLE_NONE, d->message, "mail",
                                                 d->l->came_at, d->now, &found, e))
        return false;
    if (found != SUPPORT_ADDED && found != SUPPORT_WAS_THERE) {
        d->answer = PURPOSE_ERROR_INSTEAD;
        d->verdict->kind = VERDICT_REFUSED;
        return true;
    }
    d->verdict->post_id = d->l->own->id;
    return withdraw_instead(d->g, d->l->own, other, found == SUPPORT_ADDED, d->message, d->now, e);
}
