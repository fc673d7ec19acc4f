/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ZUSAMMENFÜHREN MIT 17, in answer to an idea that waits: it is published, and goes on with that one.
 */
#include "flow/deed/deed.h"

#include "flow/step/content.h"
#include "flow/step/idea_step.h"
#include "store/ideas.h"
#include "store/posts.h"

bool deed_merge_held(struct deed *d, struct err *e)
{
    const struct hold *h = d->l->hold;
    struct idea_change c = {.who = d->l->facts.token_role == ROLE_LEAD ? WHO_LEAD : WHO_MODERATOR,
                            .person = d->l->person->id,
                            .message = d->message};
    post_auto post = posts_by_id(d->g->db, h->about.post, e);
    idea_auto idea = post != NULL && post->kind == POST_IDEA ? ideas_by_id(d->g->db, post->idea_id, e) : NULL;
    idea_auto into = idea != NULL ? idea_named(d->g, idea, d->l->command.number, e) : NULL;
    enum life_answer found = LIFE_NO_STEP;
    enum access access;

    if (e->kind != ERR_NONE)
        return false;
    if (into == NULL || into->id == idea->id || !life_takes_support(into->state)) {
        d->answer = PURPOSE_ERROR_MODERATION_UNCLEAR;
        d->verdict->kind = VERDICT_REFUSED;
        return true;
    }
    if (!content_release(d->g, h, d->l->person->id, d->now, &access, e))
        return false;
    idea_auto public = access == ACCESS_GRANTED ? ideas_by_id(d->g->db, idea->id, e) : NULL;
    if (public == NULL)
        return e->kind == ERR_NONE;
    return idea_merge(d->g, public, into, &c, d->now, &found, e);
}
