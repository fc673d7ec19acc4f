/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See order.h.
 */
#include "flow/deed/order.h"

#include "flow/phase.h"
#include "flow/step/answer.h"
#include "flow/step/proposal.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/phases.h"
#include "store/posts.h"
#include "store/proposals.h"
#include "store/steps.h"

#include <string.h>

#define MARK_DIGITS 15 /* hexadecimal: what a gint64 holds */

/* What an order is about; owned. */
struct place {
    struct idea *idea;
    struct forum *forum;
    struct post *post; /* that it answers, or names */
    enum role role;    /* of its writer there */
    bool is_proposal;
};

static void place_clear(struct place *p)
{
    idea_free(p->idea);
    forum_free(p->forum);
    post_free(p->post);
}
typedef struct place place_auto_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(place_auto_t, place_clear)

static bool needs_idea(enum command c)
{
    return c != COMMAND_PROPOSE && c != COMMAND_PHASE;
}

/* Which idea: the one named, else the one that was written to; of a new proposal the first that it is made of, for its forum. */
static bool find_idea(const struct deed *d, const struct block_line *line, struct place *out, struct err *e)
{
    row_id id = line->about;

    if (line->is_proposal && !proposals_discussion(d->g->db, line->about, &id, e))
        return false;
    bool is_here = line->about == 0 && d->l->idea != NULL && line->command != COMMAND_PROPOSE;
    if (is_here)
        id = d->l->idea->id;
    if (line->command == COMMAND_PROPOSE && d->l->forum == NULL)
        id = line->number;
    out->idea = id != 0 ? ideas_by_id(d->g->db, id, e) : NULL;
    if (out->idea != NULL && line->post_number != 0)
        out->post = posts_by_number(d->g->db, id, line->post_number, e);
    else if (is_here && d->l->parent != NULL && d->l->parent->idea_id == id)
        out->post = posts_by_id(d->g->db, d->l->parent->id, e);
    row_id proposal = 0;
    bool ok = e->kind == ERR_NONE && (out->idea == NULL || proposals_of_discussion(d->g->db, id, &proposal, e));
    out->is_proposal = proposal != 0;
    return ok;
}

/* Without an idea or a forum that was written to: the first one for which the writer speaks. */
static bool find_forum(const struct deed *d, const struct block_line *line, struct place *p, struct err *e)
{
    row_id id = p->idea != NULL ? p->idea->forum_id : d->l->forum != NULL ? d->l->forum->id : 0;
    g_autoptr(GPtrArray) all = id == 0 ? members_of_person(d->g->db, d->l->person->id, e) : NULL;

    for (guint i = 0; all != NULL && i < all->len && id == 0; i++) {
        const struct member *m = all->pdata[i];
        if ((command_row(line->command)->roles & COMMAND_ROLE(m->role)) != 0)
            id = m->forum_id;
    }
    p->forum = id != 0 && e->kind == ERR_NONE ? forums_by_id(d->g->db, id, e) : NULL;
    g_autofree struct member *m = p->forum != NULL ? members_find(d->g->db, id, d->l->person->id, e) : NULL;
    p->role = m != NULL ? m->role : ROLE_NONE;
    return e->kind == ERR_NONE;
}

/* May its writer say that there? */
static enum came judge(const struct deed *d, const struct block_line *line, const struct place *p)
{
    const struct command_row *row = command_row(line->command);
    bool is_author = p->idea != NULL && p->idea->author_id == d->l->person->id;
    bool may_read = p->idea != NULL && access_may_read(p->idea, p->role, is_author);
    bool is_removed = line->command == COMMAND_RESTORE && p->idea != NULL && p->idea->state == IDEA_REMOVED;
    bool is_gone = p->role > ROLE_MEMBER && p->idea != NULL && (is_removed || line->command == COMMAND_LETTER);
    bool is_missing = needs_idea(line->command) ? !may_read && !is_gone : p->forum == NULL;

    if (is_missing || (row->of_proposal && !p->is_proposal) || (line->post_number != 0 && p->post == NULL))
        return CAME_IDEA;
    struct idea_change by = {.who = WHO_OFFICE, .person = d->l->person->id};
    bool is_other_office = row->of_initiative && p->role == ROLE_OFFICE && !idea_is_by_initiative(d->g, &by);
    return (row->roles & COMMAND_ROLE(p->role)) != 0 && !is_other_office ? CAME_DONE : CAME_ROLE;
}

/* Did somebody else lead the idea on since the writer read of it? A text does not rest on that. */
static bool find_change(const struct deed *d, const struct block_line *line, const struct order_asked *asked, row_id idea,
                        row_id *step_out, struct err *e)
{
    bool is_text = line->command == COMMAND_ANSWER || line->command == COMMAND_NOTE;
    struct stage *last =
        idea != 0 && !is_text && (asked->since != 0 || asked->seen != 0)
            ? steps_by_others(d->g->db, idea, d->l->person->id, line->command == COMMAND_DEADLINE, asked->since, asked->seen, e)
            : NULL;

    *step_out = last != NULL ? last->id : 0;
    stage_free(last);
    return e->kind == ERR_NONE;
}

/* A draft becomes a proposal, by being decided, too. */
static bool is_publication(const struct block_line *line, const struct place *p)
{
    enum idea_state to;

    return line->command == COMMAND_STATE && p->is_proposal && life_state_called(line->name, &to) &&
           proposal_is_publication(p->idea, to);
}

/* The mark of what the line's writer was shown, as it is: the phase, or the words that become public. 0: nothing was. */
static bool mark_of(const struct deed *d, const struct block_line *line, const struct place *p, gint64 *out, struct err *e)
{
    g_auto(phase_order_auto_t) o = {0};

    *out = 0;
    if (is_publication(line, p)) {
        g_autofree char *words = proposal_public_words(d->g, p->idea, e);
        g_autofree char *sum = words != NULL ? g_compute_checksum_for_string(G_CHECKSUM_SHA256, words, -1) : NULL;
        if (sum != NULL)
            sum[MARK_DIGITS] = '\0';
        *out = sum != NULL ? 1 + (gint64)g_ascii_strtoull(sum, NULL, 16) : 0;
        return sum != NULL;
    }
    if (line->command != COMMAND_PHASE || !phase_order(line->name, &o))
        return true;
    g_autoptr(GPtrArray) all = phases_all(d->g->db, e);
    const struct phase *phase = all != NULL ? phase_named(all, o.name) : NULL;
    g_autofree char *titles = phase != NULL ? phase_pack(d->g, phase->name, e) : NULL;
    *out = all != NULL ? phase_mark(phase) : 0;
    for (const char *c = titles != NULL ? titles : ""; *c != '\0'; c++)
        *out = ((*out * 31 + (guchar)*c) & G_MAXINT32) + 1; /* its titles, too */
    return all != NULL && e->kind == ERR_NONE;
}

void ordered_clear(struct ordered *o)
{
    g_clear_pointer(&o->will, g_free);
}

static void tell_came(const struct deed *sub, struct ordered *out)
{
    bool is_asked = sub->decision->action == ACTION_ANSWER || g_strcmp0(sub->why, "asked") == 0;

    out->came = sub->verdict->kind == VERDICT_REFUSED ? CAME_STEP : is_asked ? CAME_SECOND : CAME_DONE;
    out->why = out->came == CAME_STEP ? sub->why != NULL ? sub->why : "not" : NULL;
}

/* The deed of its row, for a mail with this one word. */
static bool do_as_one(const struct deed *d, const struct block_line *line, const struct order_asked *asked, struct place *p,
                      struct ordered *out, struct err *e)
{
    struct looked_up l = *d->l; /* borrows all of it */
    struct decision decision = {.verdict = VERDICT_ACCEPTED,
                                .rule = command_row(line->command)->name,
                                .action = command_row(line->command)->action,
                                .trust = TRUST_TOKEN,
                                .argument = line->argument};
    struct verdict verdict = {.kind = VERDICT_ACCEPTED};
    struct deed sub = *d;

    l.idea = p->idea;
    l.forum = p->forum;
    l.parent = p->post;
    l.hold = NULL;
    l.command =
        (struct command_line){.command = line->command, .argument = line->argument, .name = line->name, .number = line->number};
    l.facts.role = p->role;
    l.facts.is_proposal = p->is_proposal;
    sub.l = &l;
    sub.decision = &decision;
    sub.verdict = &verdict;
    sub.answer = PURPOSE_NONE;
    sub.why = NULL;
    sub.told = NULL;
    sub.is_part = !asked->is_alone;
    if (!deed_do(&sub, e))
        return false;
    g_autofree char *told = sub.told;
    tell_came(&sub, out);
    if (line->command == COMMAND_PHASE && out->came == CAME_DONE && (out->will = phase_pack(d->g, told, e)) == NULL)
        return false;
    if (!asked->is_alone)
        return true;
    d->verdict->kind = verdict.kind;
    d->verdict->hold_id = verdict.hold_id;
    d->verdict->post_id = verdict.post_id;
    return sub.answer == PURPOSE_NONE ||
           answer_send_why(d->g, &l, sub.answer, told != NULL ? told : sub.why, d->from, d->m->language, d->message, d->now, e);
}

bool order_do(const struct deed *d, const struct block_line *line, const struct order_asked *asked, struct ordered *out,
              struct err *e)
{
    g_auto(place_auto_t) p = {0};

    *out = (struct ordered){.came = CAME_DONE};
    if (!find_idea(d, line, &p, e) || !find_forum(d, line, &p, e))
        return false;
    out->came = judge(d, line, &p);
    if (out->came != CAME_DONE)
        return true;
    out->idea = p.idea != NULL ? p.idea->id : 0;
    out->forum = p.forum->id;
    out->publishes = is_publication(line, &p);
    row_id step;
    gint64 mark;
    if (!mark_of(d, line, &p, &mark, e))
        return false;
    out->mark = mark;
    bool is_other = mark != 0 && asked->is_granted && line->number != mark;
    if (!find_change(d, line, asked, out->idea, &step, e) || !do_as_one(d, line, asked, &p, out, e))
        return false;
    if ((step != 0 || is_other) && out->came != CAME_STEP) { /* what cannot be done anyway is told as that */
        out->came = CAME_CHANGED;
        out->step = step;
    }
    return true;
}
