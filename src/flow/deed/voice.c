/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * idee-42+dafuer@ with words: one more is for the idea, and the words are decided as if they had come to the idea's own address.
 */
#include "flow/deed/deed.h"

#include "flow/step/answer.h"

/* Beside the support: of both the mail has the stronger verdict. */
static bool contribute(struct deed *d, const struct looked_up *l, const struct decision *decision, struct err *e)
{
    struct verdict verdict = {.kind = decision->verdict};
    struct deed part = *d;

    part.l = l;
    part.decision = decision;
    part.verdict = &verdict;
    part.answer = decision->answer;
    part.why = decision->why;
    part.told = NULL;
    bool ok = deed_do(&part, e);
    g_autofree char *told = part.told;
    ok = ok && (part.answer == PURPOSE_NONE || answer_send_why(d->g, l, part.answer, told != NULL ? told : part.why, d->from,
                                                               d->m->language, d->message, d->now, e));
    take_verdict(d, &verdict);
    return ok;
}

/* Whom nothing proves is asked once, about both. */
static bool is_one_question(const struct deed *d, const struct decision *decision, bool is_twice)
{
    return !d->decision->is_believed && !is_twice && decision->verdict == VERDICT_CONFIRM && decision->action == ACTION_ADD;
}

static bool speak(struct deed *d, const struct looked_up *l, const struct decision *decision, struct err *e)
{
    const char *text = l->facts.text != NULL ? l->facts.text : d->m->text;
    bool is_ready = public_words_are_of(d->ready, d->g, d->m, l, text), is_twice = false;
    public_words_auto made = is_ready ? NULL : public_words_new(d->g, d->m, l, text);

    if (!was_said(d, l, decision, is_ready ? d->ready : made, &is_twice, e))
        return false;
    d->is_voice = is_one_question(d, decision, is_twice);
    if (!d->is_voice && !(d->decision->is_believed ? deed_support(d, e) : deed_ask_support(d, e)))
        return false;
    return is_twice || contribute(d, l, decision, e);
}

bool deed_voice(struct deed *d, struct err *e)
{
    struct looked_up l = *d->l; /* borrows all of it */
    struct command_line none = {0};
    struct decision decision = {0};

    l.route.act = ACT_NONE;
    l.command = none;
    l.facts.route = &l.route;
    l.facts.command = &l.command;
    policy_decide(&l.facts, &decision);
    bool ok = speak(d, &l, &decision, e);
    decision_clear(&decision);
    return ok;
}
