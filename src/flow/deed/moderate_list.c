/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A moderator decides about several texts of a list, a line each: each line is decided and done as if it had come to the address of its
 * text alone. All are looked at before any is done: if one is not understood nothing is done, and the list comes once more.
 */
#include "flow/deed/deed.h"

#include "base/limits.h"
#include "flow/step/answer.h"
#include "forum/listed.h"
#include "store/notices.h"

typedef bool with_line(struct deed *d, struct looked_up *l, struct decision *decision, bool *clear_out, struct err *e);

static bool look(struct deed *d, struct looked_up *l, struct decision *decision, bool *clear_out, struct err *e)
{
    (void)d;
    (void)e;
    *clear_out = l->hold != NULL && decision->answer != PURPOSE_ERROR_MODERATION_UNCLEAR &&
                 decision->answer != PURPOSE_ERROR_MODERATION_REASON && decision->answer != PURPOSE_ERROR_NOT_MODERATOR;
    return true;
}

/* What was decided meanwhile, or cannot be, is said in a mail of its own, as it would be to one answer. */
static bool carry_out(struct deed *d, struct looked_up *l, struct decision *decision, bool *clear_out, struct err *e)
{
    struct verdict verdict = {.kind = decision->verdict};
    struct deed part = *d;

    *clear_out = true;
    part.l = l;
    part.decision = decision;
    part.verdict = &verdict;
    part.answer = decision->answer;
    part.why = decision->why;
    part.ready = NULL;
    part.is_part = true;
    if (decision->verdict == VERDICT_ACCEPTED && !deed_do(&part, e))
        return false;
    return part.answer == PURPOSE_NONE ||
           answer_send_why(d->g, l, part.answer, part.why, d->from, d->m->language, d->message, d->now, e);
}

static bool each(struct deed *d, const GPtrArray *lines, with_line *what, bool *clear_out, struct err *e)
{
    bool ok = true;

    *clear_out = true;
    for (guint i = 0; ok && *clear_out && i < lines->len; i++) {
        const struct listed_line *line = lines->pdata[i];
        struct looked_up l = {.came_at = d->l->came_at};
        struct decision decision = {0};
        const struct facts_held held = {line->number, d->l->holder->id, true, line->text};
        ok = facts_gather_held(d->g, d->m, d->sender, d->from, d->l->recipient, d->now, &held, &l, e);
        if (ok && l.hold != NULL)
            policy_decide(&l.facts, &decision);
        ok = ok && what(d, &l, &decision, clear_out, e);
        decision_clear(&decision);
        looked_up_clear(&l);
    }
    return ok;
}

static bool list_again(struct deed *d, struct err *e)
{
    struct notice n = {.purpose = PURPOSE_MODERATE_LIST,
                       .person_id = d->l->holder->id,
                       .about.forum = d->l->notice->about.forum,
                       .about.message = d->message,
                       .detail = "unclear",
                       .due_at = d->now};

    return !d->m->may_reply || *d->sender == '\0' || notices_add(d->g->db, &n, NULL, e);
}

bool deed_moderate_list(struct deed *d, struct err *e)
{
    const char *text = d->l->facts.text != NULL ? d->l->facts.text : d->m->text;
    g_autoptr(GPtrArray) lines = listed_parse(text, LIMIT_MODERATE_LINES);
    bool is_clear = lines != NULL;

    if (lines != NULL && !each(d, lines, look, &is_clear, e))
        return false;
    return is_clear ? each(d, lines, carry_out, &is_clear, e) : list_again(d, e);
}
