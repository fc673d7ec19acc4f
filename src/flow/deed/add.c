/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A contribution: published, kept for a moderator or for a phase that takes it, or its author is asked, as the verdict says.
 */
#include "flow/deed/deed.h"

#include "flow/step/ask.h"
#include "flow/step/content.h"
#include "flow/step/copy.h"
#include "flow/step/incomplete.h"
#include "forum/whys.h"

bool deed_add(struct deed *d, struct err *e)
{
    const struct looked_up *l = d->l;
    struct verdict *verdict = d->verdict;
    bool is_ready = public_words_are_of(d->ready, d->g, d->m, l, l->facts.text);
    public_words_auto made = is_ready ? NULL : public_words_new(d->g, d->m, l, l->facts.text);
    const struct public_words *words = is_ready ? d->ready : made;
    char *text = words->text;
    const char *title = l->idea != NULL ? l->idea->title : words->title;
    bool is_incomplete = false;
    if (!incomplete_note(d->g, d->m, d->message, l, d->recipients, words->n_cut, words->n_masked + words->n_title, &is_incomplete,
                         e))
        return false;
    bool may_reply = d->m->may_reply && *d->sender != '\0';
    struct content c = {.forum = l->forum,
                        .idea = l->idea,
                        .parent = l->parent != NULL ? l->parent->id : 0,
                        .ring = l->idea != NULL ? l->idea->ring : l->route.ring,
                        .person = l->person != NULL ? l->person->id : 0,
                        .address = d->from,
                        .title = title,
                        .text = text,
                        .language = d->m->language,
                        .message = d->message,
                        .pose = l->facts.is_from_inner      ? WHY_RING
                                : l->facts.pose == WHY_NAME ? WHY_NAME
                                                            : WHY_FORUM,
                        .yes = d->is_voice ? YES_VOICE : YES_PUBLISH,
                        .whys = words->whys | (l->facts.is_own_chain ? WHYS(WHY_RATE) : 0),
                        .is_proved = d->decision->trust >= TRUST_DMARC,
                        .is_incomplete = is_incomplete,
                        .late = d->m->kind == KIND_HUMAN ? &l->facts.is_late : NULL, /* of people the facts know it */
                        .is_told = d->is_part || !may_reply, /* what no program may answer gets no receipt either */
                        .came_at = l->came_at,
                        .at = d->now};

    bool is_waiting = copy_is_text_of(d->waiting, c.forum->id, c.idea != NULL ? c.idea->id : 0, title, text);

    if (d->decision->verdict == VERDICT_REFUSED) {
        d->is_kept = true;
        return content_keep_late(d->g, &c, may_reply, &verdict->hold_id, e);
    }
    if (d->decision->verdict == VERDICT_CONFIRM && is_waiting) {
        verdict->hold_id = d->waiting->id;
        return ask_with_proof(d->g, d->waiting, may_reply, c.at, e);
    }
    if (d->decision->verdict == VERDICT_CONFIRM)
        return content_ask(d->g, &c, may_reply, &verdict->hold_id, e);
    if (!content_add(d->g, &c, d->decision->verdict == VERDICT_REVIEW, &verdict->post_id, &verdict->hold_id, e))
        return false;
    if (verdict->hold_id != 0 && verdict->kind == VERDICT_POST)
        verdict->kind = VERDICT_REVIEW; /* for a reason found as it was stored: the other forum of a mail to two reads first */
    return !is_waiting || copy_supersede(d->g, d->waiting, verdict->post_id, c.person, c.at, e);
}
