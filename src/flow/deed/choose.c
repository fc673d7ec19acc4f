/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The author of a waiting answer to a digest said which entries it is for: now it is decided like any other.
 */
#include "flow/deed/deed.h"

#include "flow/step/answers.h"
#include "store/events.h"
#include "store/holds.h"
#include "store/messages.h"

bool deed_choose(struct deed *d, struct err *e)
{
    const struct hold *h = d->l->hold;
    const GArray *chosen = d->l->chosen;
    g_autofree char *text = g_strdup(h->text);
    g_autoptr(GString) told = g_string_new(NULL);
    struct hold decided = {.id = h->id,
                           .state = HOLD_CONFIRMED,
                           .decided_at = d->now,
                           .decided_by = d->l->person != NULL ? d->l->person->id : 0};
    struct event ev = {.at = d->now,
                       .kind = "hold.chosen",
                       .about = {.message = d->message, .person = decided.decided_by, .hold = h->id}};
    bool changed;

    if (!holds_decide(d->g->db, &decided, &changed, e) || !changed)
        return e->kind == ERR_NONE;
    struct deed of_text = *d;
    of_text.message = h->about.message; /* the post came with the mail that was asked about */
    d->verdict->post_id = d->verdict->hold_id = 0;
    for (guint i = 0; i < chosen->len; i++) {
        struct portion p = {.by = PORTION_NUMBER, .entry = g_array_index(chosen, guint, i), .text = text};
        if (!deed_answer_entry(&of_text, &p, h->created_at, told, e))
            return false;
    }
    if (d->l->beside != NULL) /* nobody said that this is to be public: its author has it back */
        answers_add(told, &(struct fared_line){.fared = FARED_NOT, .text = d->l->beside});
    d->verdict->kind = VERDICT_ACCEPTED;
    d->verdict->hold_id = h->id;
    return messages_decided(d->g->db, h->about.message, e) && events_add(d->g->db, &ev, e) && deed_tell_answers(d, told, true, e);
}
