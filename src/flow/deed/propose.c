/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * VORSCHLAG 3, 7: who leads the forum makes a proposal of ideas, a draft that its members discuss first.
 */
#include "flow/deed/deed.h"

#include "flow/step/proposal.h"
#include "store/ideas.h"
#include "store/notices.h"
#include "store/proposals.h"

#include <string.h>

/* The numbers of NAME, "3 7" or "3 und 7", each once. */
static GArray *numbers_in(const char *name)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(row_id));
    g_auto(GStrv) words = g_strsplit(name != NULL ? name : "", " ", -1);

    for (char **w = words; *w != NULL; w++) {
        row_id id = g_ascii_strtoll(*w, NULL, 10);
        bool is_there = id <= 0;
        for (guint i = 0; i < out->len; i++)
            is_there |= g_array_index(out, row_id, i) == id;
        if (!is_there)
            g_array_append_val(out, id);
    }
    return out;
}

/* The first line of what stands behind the colon is its title, the rest what it says. */
static void read_words(const char *argument, char **title_out, char **text_out)
{
    const char *given = argument != NULL ? argument : "";
    gsize n = strcspn(given, "\n");

    *title_out = g_strstrip(g_strndup(given, n));
    *text_out = g_strstrip(g_strdup(given + n));
    if (**text_out == '\0') {
        g_free(*text_out);
        *text_out = g_strdup(*title_out);
    }
}

bool deed_propose(struct deed *d, struct err *e)
{
    g_autofree char *title = NULL, *text = NULL;
    g_autoptr(GArray) ideas = numbers_in(d->l->command.name);
    struct proposed_found found;
    row_id id, discussion;

    read_words(d->decision->argument, &title, &text);
    struct proposal_plan plan = {.forum = d->l->forum,
                                 .title = title,
                                 .text = text,
                                 .language = d->m->language,
                                 .ideas = ideas,
                                 .person = d->l->person->id,
                                 .message = d->message};
    if (!proposal_begin(d->g, &plan, d->now, &id, &found, e))
        return false;
    deed_answer_proposal(d, &found);
    if (found.what != PROPOSED_DONE || d->is_part)
        return true;
    if (!proposals_discussion(d->g->db, id, &discussion, e))
        return false;
    struct notice n = {.purpose = PURPOSE_PROPOSAL_CHANGED,
                       .person_id = plan.person,
                       .about.forum = plan.forum->id,
                       .about.idea = discussion,
                       .about.message = d->message,
                       .due_at = d->now};
    d->answer = PURPOSE_NONE; /* it is about another discussion than the mail */
    return notices_add(d->g->db, &n, NULL, e);
}
