/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A proposal at the desk, draft or public: what STAND, ANTWORT, HINWEIS and VORSCHLAG PLUS, OHNE, TITEL, FELD and ZIEL do by mail; and the
 * proposals of the forums where somebody is staff. A draft is shown to nobody else.
 */
#include "page/desk_sitting.h"

#include "flow/step/proposal.h"
#include "forum/access.h"
#include "page/public.h"
#include "page/thread.h"
#include "store/forums.h"
#include "store/proposals.h"

#include <string.h>

static const struct act acts[] = {
    {"state", COMMAND_STATE, act_state},  {"answer", COMMAND_ANSWER, act_answer},
    {"note", COMMAND_NOTE, act_note},     {"plus", COMMAND_PLUS, act_plus},
    {"minus", COMMAND_MINUS, act_minus},  {"title", COMMAND_TITLE, act_title},
    {"field", COMMAND_FIELD, act_field},  {"goal", COMMAND_GOAL, act_goal},
    {"remove", COMMAND_NONE, act_remove}, {0},
};

/* The discussion of PROPOSAL, if whoever sits there is staff of its forum and may read it; *ROLE_OUT: as what. NULL without E: not. */
static struct idea *find(struct page *p, const struct session *s, row_id proposal, enum role *role_out, struct err *e)
{
    row_id id = 0;
    enum who who;
    idea_auto discussion =
        proposal != 0 && proposals_discussion(p->g->db, proposal, &id, e) && id != 0 ? ideas_by_id(p->g->db, id, e) : NULL;

    if (discussion == NULL)
        return NULL;
    *role_out = desk_role(p, s, discussion->forum_id, e);
    bool may_see = who_of_role(*role_out, &who) && access_may_read(discussion, *role_out, false);
    return e->kind == ERR_NONE && may_see ? g_steal_pointer(&discussion) : NULL;
}

static void set_state(const struct page *p, struct value *data, const struct idea *discussion)
{
    bool is_draft = proposal_is_draft(discussion);

    public_set_state(p, data, discussion->state);
    value_set_bool(data, "is_open_draft", is_draft && discussion->state == IDEA_PROPOSAL);
}

/* ---- One of them */
static bool set_ideas(const struct sitting *at, struct value *data, struct err *e)
{
    g_autoptr(GArray) parts = proposals_ideas(at->p->g->db, at->proposal, e);
    struct value *list = value_list();
    const char *chosen = page_field(at->p, "number");

    value_set(data, "ideas", list);
    for (guint i = 0; parts != NULL && i < parts->len && e->kind == ERR_NONE; i++) {
        idea_auto idea = ideas_by_id(at->p->g->db, g_array_index(parts, row_id, i), e);
        if (idea == NULL || !public_may_read(idea))
            continue;
        struct value *one = public_idea(at->p, idea, e);
        if (one == NULL)
            return false;
        g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, idea->id);
        value_set_bool(one, "is_selected", g_strcmp0(chosen, number) == 0);
        value_append(list, one);
    }
    value_set_bool(data, "has_ideas", value_length(list) > 0);
    return e->kind == ERR_NONE;
}

/* KEY: fields or goals to choose from, in the language of the page if they are there; has_KEY. NAMES: those that it serves. */
static bool set_topics(const struct sitting *at, struct value *data, enum topic_kind kind, const char *key, const char *has,
                       const char *served, struct err *e)
{
    struct page *p = at->p;
    g_autoptr(GPtrArray) all = topics_all(p->g->db, kind, e);
    g_autoptr(GPtrArray) own = all != NULL ? topics_of_proposal(p->g->db, at->proposal, kind, e) : NULL;
    struct value *list = value_list(), *mine = value_list();
    const char *last = "";

    value_set(data, key, list);
    value_set(data, served, mine);
    for (guint i = 0; own != NULL && i < all->len; i++) {
        const struct topic *t = all->pdata[i];
        bool is_served = false;
        for (guint k = 0; k < own->len; k++)
            is_served |= strcmp(((const struct topic *)own->pdata[k])->name, t->name) == 0;
        if (strcmp(t->name, last) == 0)
            continue;
        last = t->name;
        struct value *one = value_map();
        value_set_string(one, "value", t->name);
        value_set_line(one, "text", topic_title(all, t->name, p->language));
        value_append(is_served ? mine : list, one);
    }
    value_set_bool(data, has, value_length(list) > 0);
    if (value_length(mine) > 0)
        value_set_bool(data, "has_served", true);
    return own != NULL;
}

static void set_changing(const struct sitting *at, struct value *data, enum outcome outcome)
{
    bool may = desk_may(at->role, COMMAND_PLUS), is_wrong = outcome_is_wrong(outcome);
    bool takes = at->idea->state == IDEA_PROPOSAL || at->idea->state == IDEA_ADOPTED;
    g_autofree char *title = desk_field(at->p, "title"), *number = desk_field(at->p, "number");

    value_set_bool(data, "may_change", may);
    value_set_bool(data, "may_plus", may && takes);
    value_set_bool(data, "may_minus", may && at->idea->state == IDEA_PROPOSAL);
    value_set_line(data, "typed_title", is_wrong && *title != '\0' ? title : at->idea->title);
    value_set_line(data, "typed_number", is_wrong ? number : "");
}

static bool show(const struct sitting *at, enum outcome outcome, struct err *e)
{
    struct page *p = at->p;
    value_auto data = value_map();
    forum_auto forum = forums_by_id(p->g->db, at->idea->forum_id, e);

    if (forum == NULL || !sitting_set(at, data, acts, outcome, e))
        return false;
    value_set_number(data, "proposal_number", at->proposal);
    value_set_line(data, "title", at->idea->title);
    value_set_line(data, "forum_title", forum->title);
    set_state(p, data, at->idea);
    value_set(data, "desk_path",
              value_take(g_strdup_printf("%s/schreibtisch/vorschlag/%" G_GINT64_FORMAT, p->prefix, at->proposal)));
    value_set(data, "proposal", public_proposal_value(p, at->proposal, e));
    page_set_time(p, data, "written", at->idea->created_at);
    sitting_set_states(at, data);
    if (!sitting_set_publishing(at, data, outcome, e))
        return false;
    sitting_set_saying(at, data, outcome);
    sitting_set_removing(at, data, outcome);
    set_changing(at, data, outcome);
    return set_ideas(at, data, e) && set_topics(at, data, TOPIC_FIELD, "fields", "has_fields", "served_fields", e) &&
           set_topics(at, data, TOPIC_GOAL, "goals", "has_goals", "served_goals", e) && sitting_set_text(at, data, e) &&
           thread_set_steps(p, data, at->idea, e) && sitting_show_page(at, outcome, "desk-proposal", g_steal_pointer(&data), e);
}

static bool at_proposal(struct page *p, const struct session *s, struct err *e)
{
    row_id number = desk_number(p->part[0]);
    enum role role = ROLE_NONE;
    idea_auto discussion = find(p, s, number, &role, e);

    if (e->kind != ERR_NONE)
        return false;
    if (discussion == NULL) {
        idea_auto known = public_proposal(p, number, e);
        return e->kind == ERR_NONE && (known != NULL ? desk_say_no_role(p, s, e) : page_say(p, 404, "not-found", e));
    }
    struct sitting at = {.p = p, .s = s, .idea = discussion, .proposal = number, .role = role, .reason = ""};
    return page_is_post(p) ? sitting_answer(&at, acts, show, e) : show(&at, OUTCOME_NONE, e);
}

bool page_desk_proposal(struct page *p, struct err *e)
{
    return desk_open(p, at_proposal, e);
}

/* ---- All of one's forums */
static bool at_proposals(struct page *p, const struct session *s, struct err *e)
{
    g_autoptr(GArray) all = proposals_all(p->g->db, e);
    struct session_work work;
    value_auto data = value_map();
    struct value *list = value_list();

    value_set(data, "proposals", list);
    if (all == NULL || !session_work(p, s->person, s->address, &work, e))
        return false;
    bool is_staff = work.members->len > 0;
    session_work_clear(&work);
    if (!is_staff)
        return desk_say_no_role(p, s, e);
    for (guint i = all->len; i > 0 && e->kind == ERR_NONE; i--) {
        row_id id = g_array_index(all, row_id, i - 1);
        enum role role;
        idea_auto discussion = find(p, s, id, &role, e);
        forum_auto forum = discussion != NULL ? forums_by_id(p->g->db, discussion->forum_id, e) : NULL;
        if (forum == NULL)
            continue;
        struct value *one = value_map();
        value_set_number(one, "proposal_number", id);
        value_set(one, "desk_path", value_take(g_strdup_printf("%s/schreibtisch/vorschlag/%" G_GINT64_FORMAT, p->prefix, id)));
        value_set_line(one, "title", discussion->title);
        value_set_line(one, "forum_title", forum->title);
        set_state(p, one, discussion);
        value_append(list, one);
    }
    value_set_bool(data, "has_proposals", value_length(list) > 0);
    return e->kind == ERR_NONE && desk_show(p, s, DESK_PROPOSALS, 200, "desk-proposals", g_steal_pointer(&data), e);
}

bool page_desk_proposals(struct page *p, struct err *e)
{
    return desk_open(p, at_proposals, e);
}
