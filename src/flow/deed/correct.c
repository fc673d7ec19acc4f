/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * NEU: a new version of the writer's own post.
 */
#include "flow/deed/deed.h"

#include "flow/step/correct.h"
#include "forum/correct.h"
#include "forum/rates.h"
#include "store/ideas.h"

/* TEXT as it will stand where RING reads it; *WHYS_OUT: reasons to read it first. Caller frees. */
static char *as_public(const struct deed *d, enum ring ring, const char *text, guint *whys_out)
{
    struct public_made made;
    char *public =
        public_words_make(d->g, text, public_words_language(d->g, d->m), public_words_author(d->m), ring == RING_PUBLIC, &made);

    *whys_out = made.whys;
    return public;
}

static void answer_correct(struct deed *d, const char *why)
{
    d->verdict->kind = VERDICT_REFUSED;
    d->answer = PURPOSE_ERROR_CORRECT;
    d->why = why;
}

static bool is_still_open(const struct deed *d)
{
    const struct looked_up *l = d->l;
    bool is_closed = l->forum != NULL && l->forum->closed_at != 0 && l->forum->closed_at <= d->now;

    return !is_closed && (l->idea == NULL || l->idea->ring == RING_PUBLIC || l->facts.role >= ROLE_MEMBER);
}

static bool ask_about(struct deed *d, const struct correction *c, enum yes yes, struct err *e)
{
    d->verdict->kind = VERDICT_CONFIRM;
    return correct_ask(d->g, c, yes, d->from, d->decision->trust >= TRUST_DMARC, d->m->may_reply && *d->sender != '\0',
                       &d->verdict->hold_id, e);
}

bool deed_correct(struct deed *d, struct err *e)
{
    static const char *const words[] =
        {[CORRECT_DONE] = NULL, [CORRECT_SAME] = "same", [CORRECT_GONE] = "lost", [CORRECT_MANY] = "many"};
    const struct looked_up *l = d->l;
    bool is_marked = true;
    g_autofree char *given = correct_text(l->facts.text != NULL ? l->facts.text : d->m->text, &is_marked);
    idea_auto idea = ideas_by_id(d->g->db, l->own->idea_id, e);
    enum correct found;
    guint whys = 0;

    if (idea == NULL)
        return false;
    g_autofree char *text = given != NULL ? as_public(d, idea->ring, given, &whys) : NULL;
    struct correction c = {.post = l->own,
                           .text = text,
                           .message = d->message,
                           .language = d->m->language,
                           .needs_review = l->forum != NULL &&
                                           rates_needs_review(l->forum->moderation, l->facts.role, l->facts.is_trusted, 0),
                           .whys = whys,
                           .is_proved = policy_is_proved(&l->facts),
                           .at = d->now};
    d->verdict->post_id = l->own->id;
    if (l->own->kind == POST_OFFICIAL && text != NULL) { /* again by two persons */
        enum official answered;
        if (!official_correct(d->g, l->own, l->own->person_id, given, d->message, d->now, &d->verdict->hold_id, &answered, e))
            return false;
        deed_answer_official(d, answered);
        return true;
    }
    if (text == NULL || !is_still_open(d)) {
        answer_correct(d, text == NULL ? "empty" : "not_open");
        return true;
    }
    if (d->decision->verdict == VERDICT_CONFIRM || !is_marked)
        return ask_about(d, &c, is_marked ? YES_CORRECT : YES_KIND, e);
    if (!correct_post(d->g, &c, &found, e))
        return false;
    if (found != CORRECT_DONE)
        answer_correct(d, words[found]);
    return true;
}
