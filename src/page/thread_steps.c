/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history of an idea or a proposal; see thread.h.
 */
#include "page/thread.h"

#include "flow/view/reason.h"
#include "page/public.h"
#include "store/steps.h"

#include <string.h>

/* What a step came to: a state's word, or what happened beside the states. */
static void set_step(struct page *p, struct value *one, const struct stage *x, struct err *e)
{
    enum idea_state state;
    const char *to = x->to_state, *colon = strchr(to, ':');

    bool is_reworked = strcmp(to, "reworked") == 0;

    if (is_reworked || idea_state_parse(to, &state)) {
        g_autofree char *key = g_strconcat("state_", to, NULL);
        value_set_string(one, "word", templates_word(p->t, p->language, key));
    } else if (g_str_has_prefix(to, "moved:")) {
        forum_auto forum = forums_by_name(p->g->db, colon + 1, e);
        value_set_bool(one, "is_moved", true);
        value_set_line(one, "moved_to", forum != NULL ? forum->title : colon + 1);
    } else if (g_str_has_prefix(to, "also:") || g_str_has_prefix(to, "not-also:")) {
        forum_auto forum = forums_by_name(p->g->db, colon + 1, e);
        value_set_bool(one, *to == 'a' ? "is_also" : "is_not_also", true);
        value_set_line(one, "moved_to", forum != NULL ? forum->title : colon + 1);
    } else if (g_str_has_prefix(to, "in-proposal:") || g_str_has_prefix(to, "out-of-proposal:")) {
        value_set_bool(one, *to == 'i' ? "is_in_proposal" : "is_out_of_proposal", true);
        value_set_string(one, "proposal_number", colon + 1);
    } else if (g_str_has_prefix(to, "deadline:")) {
        value_set_bool(one, "is_deadline", true);
        public_set_maybe(one, "due", strcmp(colon + 1, "none") != 0 ? colon + 1 : NULL);
    } else if (g_str_has_prefix(to, "merged:")) {
        value_set_bool(one, "is_merged", true);
        value_set_string(one, "merged_number", colon + 1);
        value_set(one, "merged_path", value_take(g_strconcat(p->prefix, "/idee/", colon + 1, NULL)));
    } else {
        value_set_bool(one, "is_back", true);
    }
    g_autofree char *reason = view_reason(p->t, p->language, x->reason);
    public_set_maybe(one, "reason", reason);
    page_set_date(p, one, "at", x->at);
}

bool thread_set_steps(struct page *p, struct value *data, const struct idea *idea, struct err *e)
{
    g_autoptr(GPtrArray) steps = steps_of_idea(p->g->db, idea->id, 0, e);
    struct value *list = value_list();

    value_set(data, "steps", list);
    for (guint i = 0; steps != NULL && i < steps->len && e->kind == ERR_NONE; i++) {
        struct value *one = value_map();
        set_step(p, one, steps->pdata[i], e);
        value_set_bool(one, "is_now", i + 1 == steps->len);
        value_append(list, one);
    }
    value_set_bool(data, "has_steps", value_length(list) > 0);
    return e->kind == ERR_NONE;
}
