/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A contribution: published, kept for a moderator, or its author is asked, as the verdict says.
 */
#include "flow/deed/deed.h"

#include "flow/step/ask.h"
#include "flow/step/content.h"
#include "flow/step/copy.h"
#include "flow/step/incomplete.h"
#include "forum/contact.h"

/* What the whole world will read; the members of a forum may give each other their numbers. */
static char *masked(const struct deed *d, const char *text, guint *n_out)
{
    bool is_public = (d->l->idea != NULL ? d->l->idea->ring : d->l->route.ring) == RING_PUBLIC;
    const char *language = d->m->language != NULL ? d->m->language : d->g->settings->initiative_languages[0];

    return is_public ? contact_mask(text, language, d->g->domain, n_out) : g_strdup(text);
}

bool deed_add(struct deed *d, struct err *e)
{
    const struct looked_up *l = d->l;
    struct verdict *verdict = d->verdict;
    g_autofree char *subject = policy_title(d->m);
    guint n_cut = 0, n_title = 0, n_text = 0;
    g_autofree char *kept = contact_cut(l->facts.text, &n_cut), *text = masked(d, kept, &n_text), *named = masked(d, subject, &n_title);
    g_autofree char *title = g_strdup(l->idea != NULL ? l->idea->title : named);
    bool is_incomplete = false;
    if (!incomplete_note(d->g, d->m, d->message, l, d->recipients, n_cut, n_text + (l->idea == NULL ? n_title : 0), &is_incomplete, e))
        return false;
    struct content c = {.forum = l->forum, .idea = l->idea, .parent = l->parent != NULL ? l->parent->id : 0,
                        .ring = l->idea != NULL ? l->idea->ring : l->route.ring,
                        .person = l->person != NULL ? l->person->id : 0, .address = d->from, .title = title,
                        .text = text, .language = d->m->language, .message = d->message,
                        .is_proved = d->decision->trust >= TRUST_DMARC, .is_incomplete = is_incomplete,
                        .at = d->now};

    bool may_reply = d->m->may_reply && *d->sender != '\0';
    bool is_waiting = copy_is_text_of(d->waiting, c.forum->id, c.idea != NULL ? c.idea->id : 0, title, text);

    if (d->decision->verdict == VERDICT_CONFIRM && is_waiting) {
        verdict->hold_id = d->waiting->id;
        return ask_with_proof(d->g, d->waiting, may_reply, c.at, e);
    }
    if (d->decision->verdict == VERDICT_CONFIRM)
        return content_ask(d->g, &c, may_reply, &verdict->hold_id, e);
    return content_add(d->g, &c, d->decision->verdict == VERDICT_REVIEW, &verdict->post_id, &verdict->hold_id, e) &&
           (!is_waiting || copy_supersede(d->g, d->waiting, verdict->post_id, c.person, c.at, e));
}
