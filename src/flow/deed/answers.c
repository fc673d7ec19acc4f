/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The answers to a digest, in one mail: each is decided and done as if it had come to its entry's own address, in this one
 * transaction. What is unclear waits, and its author is asked; nothing of it is published meanwhile.
 */
#include "flow/deed/deed.h"

#include "flow/step/answer.h"
#include "flow/step/answers.h"
#include "flow/step/ask.h"
#include "forum/when.h"
#include "store/events.h"
#include "store/holds.h"
#include "store/notices.h"
#include "store/posts.h"

#define DAY_S 86400

static enum fared fared_of(const struct decision *decision)
{
    switch (decision->verdict) {
    case VERDICT_POST:
        return FARED_PUBLISHED;
    case VERDICT_REVIEW:
        return FARED_REVIEW;
    case VERDICT_CONFIRM:
        return FARED_ASKED;
    case VERDICT_ACCEPTED:
        return FARED_DONE;
    case VERDICT_REFUSED:
    case VERDICT_BOUNCE:
    case VERDICT_IGNORE:
    case VERDICT_DUPLICATE:
    case VERDICT_OPERATOR:
    case VERDICT_SET_ASIDE:
        break;
    }
    return decision->answer == PURPOSE_ERROR_CLOSED || decision->answer == PURPOSE_ERROR_IDEA_CLOSED ? FARED_CLOSED
           : decision->answer == PURPOSE_ERROR_MEMBER                                                ? FARED_MEMBERS
                                                                                                     : FARED_NOT;
}

/* The mail has one verdict: the strongest of its answers'. */
static void take_verdict(struct deed *d, const struct verdict *of_part)
{
    static const int weight[] =
        {[VERDICT_POST] = 5,   [VERDICT_REVIEW] = 4, [VERDICT_CONFIRM] = 3,   [VERDICT_ACCEPTED] = 2, [VERDICT_REFUSED] = 1,
         [VERDICT_BOUNCE] = 0, [VERDICT_IGNORE] = 0, [VERDICT_DUPLICATE] = 0, [VERDICT_OPERATOR] = 0, [VERDICT_SET_ASIDE] = 0};
    bool is_first = d->verdict->post_id == 0 && d->verdict->hold_id == 0 && d->verdict->kind == VERDICT_ACCEPTED;

    if (!is_first && weight[of_part->kind] <= weight[d->verdict->kind])
        return;
    d->verdict->kind = of_part->kind;
    d->verdict->post_id = of_part->post_id;
    d->verdict->hold_id = of_part->hold_id;
}

/* A program that sends a mail once more gives it another Message-ID now and then. */
static bool was_said(const struct deed *d, const struct looked_up *l, const struct decision *decision,
                     const struct public_words *words, bool *found_out, struct err *e)
{
    *found_out = false;
    if (decision->action != ACTION_ADD || l->parent == NULL)
        return true;
    if (l->person != NULL &&
        !posts_has_same(d->g->db, l->person->id, l->parent, words->text, d->now - DAY_S, d->now, found_out, e))
        return false;
    return *found_out || holds_has_same(d->g->db, gateway_mailbox(d->g, d->from), l->parent, words->text, found_out, e);
}

bool deed_answer_entry(struct deed *d, const struct portion *p, gint64 came_at, GString *told, struct err *e)
{
    struct looked_up l = {.came_at = came_at};
    struct decision decision = {0};
    struct verdict verdict = {0};
    const struct portions_entry *x = &d->l->shown->entries[p->entry];
    struct facts_entry at = {.shown = d->l->shown, .entry = p->entry, .has_token = d->l->route.has_token, .text = p->text};
    bool ok = facts_gather_entry(d->g, d->m, d->sender, d->from, d->l->recipient, d->now, &at, &l, e);

    bool is_twice = false;
    public_words_auto words = ok && l.forum != NULL ? public_words_new(d->g, d->m, &l, p->text) : NULL;

    ok = ok && (words == NULL || public_words_weigh(d->g, words, &l, d->now, e));
    if (ok) {
        policy_decide(&l.facts, &decision);
        ok = was_said(d, &l, &decision, words, &is_twice, e);
    }
    if (ok && is_twice) {
        answers_add(told, &(struct fared_line){.fared = FARED_TWICE, .number = x->number, .post = x->post, .text = p->text});
    } else if (ok) {
        verdict.kind = decision.verdict;
        struct deed part = *d;
        part.l = &l;
        part.ready = words;
        part.decision = &decision;
        part.verdict = &verdict;
        part.answer = decision.answer;
        part.is_part = true;
        ok = deed_do(&part, e);
        d->is_kept |= part.is_kept;
        g_autofree char *said = part.told;
        bool is_answered = verdict.kind == VERDICT_ACCEPTED && part.answer != PURPOSE_NONE;
        ok = ok && (!is_answered || answer_send_why(d->g, &l, part.answer, said != NULL ? said : part.why, d->from,
                                                    d->m->language, d->message, d->now, e));
        enum fared fared = fared_of(&decision);
        answers_add(told, &(struct fared_line){.fared = fared,
                                               .number = x->number,
                                               .post = x->post,
                                               .id = verdict.post_id,
                                               .text = fared == FARED_PUBLISHED || fared == FARED_REVIEW ? NULL : p->text});
        take_verdict(d, &verdict);
    }
    decision_clear(&decision);
    looked_up_clear(&l);
    return ok;
}

/* Kept until its author says which entry it is for. The text as they wrote it: it is masked when it is known who will read it. */
static bool ask_which(struct deed *d, const struct portion *p, struct err *e)
{
    const struct shown *s = d->l->shown;
    const struct idea *first = shown_idea(s, 0);
    struct about about = {.message = d->message, .forum = first->forum_id, .digest = s->digest};
    struct hold h = {.kind = HOLD_ENTRY,
                     .state = HOLD_OPEN,
                     .about = about,
                     .ring = RING_MEMBERS,
                     .address = d->from,
                     .title = "",
                     .text = p->text,
                     .language = d->m->language,
                     .created_at = d->now,
                     .expires_at = when_days_over(d->now, d->g->settings->intake_confirm_days, d->g->settings->zone),
                     .asked_at = d->decision->is_believed ? d->now : 0,
                     .mailbox = gateway_mailbox(d->g, d->from),
                     .is_proved = d->decision->trust >= TRUST_DMARC};

    if (!holds_add(d->g->db, &h, &h.id, e))
        return false;
    bool may_ask = d->m->may_reply && *d->sender != '\0';
    struct notice n = {.purpose = PURPOSE_ASK_ENTRY,
                       .person_id = d->l->person != NULL ? d->l->person->id : 0,
                       .address = d->from,
                       .language = d->m->language,
                       .about = {.message = d->message, .forum = first->forum_id, .hold = h.id},
                       .due_at = d->now};
    struct event ev = {.at = d->now,
                       .kind = "hold.opened",
                       .detail = "kind=entry",
                       .about = {.message = d->message, .person = n.person_id, .hold = h.id}};
    take_verdict(d, &(struct verdict){.kind = VERDICT_CONFIRM, .hold_id = h.id});
    return (d->decision->is_believed ? notices_add(d->g->db, &n, NULL, e) : ask_author(d->g, &h, may_ask, d->now, e)) &&
           events_add(d->g->db, &ev, e);
}

/* One mail says what went where. Of what its author is asked about in a mail of its own they need not hear twice. */
bool deed_tell_answers(struct deed *d, const GString *told, bool is_worth_it, struct err *e)
{
    bool may_answer = d->m->may_reply && *d->sender != '\0' && is_worth_it;
    struct notice n = {.purpose = PURPOSE_RECEIPT_ANSWERS,
                       .person_id = d->l->person != NULL ? d->l->person->id : 0,
                       .address = d->from,
                       .language = d->m->language,
                       .about.message = d->message,
                       .detail = told->str,
                       .due_at = d->now};

    return !may_answer || notices_add(d->g->db, &n, NULL, e);
}

bool deed_answers(struct deed *d, struct err *e)
{
    const GPtrArray *portions = d->l->portions;
    g_autoptr(GString) told = g_string_new(NULL);
    bool is_open = false;

    d->verdict->post_id = d->verdict->hold_id = 0;
    for (guint i = 0; i < portions->len; i++) {
        const struct portion *p = portions->pdata[i];
        bool is_unclear = p->by == PORTION_UNCLEAR;
        if (!(is_unclear ? ask_which(d, p, e) : deed_answer_entry(d, p, d->l->came_at, told, e)))
            return false;
        is_open |= is_unclear;
    }
    bool is_worth_it = told->len > 0 && d->verdict->kind != VERDICT_CONFIRM && d->decision->is_believed;
    if (is_open && told->len > 0)
        answers_add(told, &(struct fared_line){.fared = FARED_WAITS});
    return deed_tell_answers(d, told, is_worth_it, e);
}
