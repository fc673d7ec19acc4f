/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The answer to commands: what came of each line, and what it asked to read, as it is when the mail leaves.
 */
#include "flow/out/render_job.h"

#include "base/limits.h"
#include "flow/step/mask.h"
#include "flow/step/proposal.h"
#include "flow/step/told.h"
#include "forum/access.h"
#include "forum/command_explain.h"
#include "forum/command_help.h"
#include "forum/find.h"
#include "forum/life.h"
#include "forum/name.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/posts.h"
#include "store/proposals.h"
#include "store/search.h"
#include "store/steps.h"
#include "text/hide.h"
#include "text/wrap.h"

#include <string.h>

#define CAREFUL_CHARS 80 /* of a line, to whoever may not have written it */

/* With its title and state, if whoever reads the mail may read it. */
static void show_idea(struct value *entry, struct job *j, const struct idea *idea)
{
    if (idea == NULL || !job_may_read(j, idea))
        return;
    view_set_idea(entry, &j->v, idea);
    value_set_line(entry, "state", view_state_word(&j->v, idea));
    value_set_bool(entry, "has_idea", true);
}

/* One idea in a list: number, title, address, forum, where it stands. */
static void append_idea(struct value *list, struct job *j, const struct idea *idea)
{
    struct value *entry = value_map();
    const struct forum *forum = job_forum(j, idea->forum_id);

    view_set_idea(entry, &j->v, idea);
    value_set_line(entry, "forum_title", forum != NULL ? forum->title : NULL);
    value_set_line(entry, "state", view_state_word(&j->v, idea));
    value_append(list, entry);
}

/* ---- SUCHE */
static bool has_id(const GArray *ids, row_id id)
{
    for (guint i = 0; i < ids->len; i++)
        if (g_array_index(ids, row_id, i) == id)
            return true;
    return false;
}

static void add_hit(GArray *ids, row_id id)
{
    if (ids->len < LIMIT_SEARCH_HITS && !has_id(ids, id))
        g_array_append_val(ids, id);
}

static void find_in_titles(struct job *j, const char *words, const struct search_within *within, GArray *ids)
{
    g_autofree char *expression = find_titles(words);
    g_autoptr(GPtrArray) found =
        expression != NULL ? search_titles(j->r->g->db, expression, within, LIMIT_SEARCH_HITS, j->e) : NULL;

    for (guint i = 0; found != NULL && i < found->len; i++)
        add_hit(ids, ((struct idea *)found->pdata[i])->id);
}

/* Several of the posts may stand in one discussion. */
static void find_in_texts(struct job *j, const char *expression, const struct search_within *within, GArray *ids)
{
    g_autoptr(GPtrArray) found = search_posts(j->r->g->db, expression, within, G_MAXINT64, LIMIT_SEARCH_HITS * 10, j->e);

    for (guint i = 0; found != NULL && i < found->len; i++)
        add_hit(ids, ((struct found *)found->pdata[i])->idea_id);
}

/* Titles first, then texts; the words in their forms, as on the page, and longer ones if those are not enough. */
static void set_search(struct value *entry, struct job *j, const char *words)
{
    const struct search_within within = {.until = G_MAXINT64};
    g_autofree char *whole = find_whole(words), *expression = find_expression(words);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(row_id));
    struct value *list = value_list();

    find_in_titles(j, words, &within, ids);
    if (whole != NULL && ids->len < LIMIT_SEARCH_HITS)
        find_in_texts(j, whole, &within, ids);
    if (expression != NULL && ids->len < LIMIT_SEARCH_HITS)
        find_in_texts(j, expression, &within, ids);
    for (guint i = 0; i < ids->len; i++) {
        const struct idea *idea = job_idea(j, g_array_index(ids, row_id, i));
        if (idea != NULL && idea->ring == RING_PUBLIC && job_may_read(j, idea))
            append_idea(list, j, idea);
    }
    value_set_bool(entry, "is_nothing", value_length(list) == 0);
    value_set(entry, "ideas", list);
}

/* ---- LISTE, STATUS */
struct listing {
    struct job *j;
    struct value *list;
    bool is_more;
};

static bool list_public(const struct idea *idea, void *user)
{
    struct listing *l = user;

    if (idea->ring != RING_PUBLIC || !access_may_read(idea, ROLE_NONE, false))
        return true;
    l->is_more = value_length(l->list) >= LIMIT_LIST_IDEAS;
    if (!l->is_more)
        append_idea(l->list, l->j, idea);
    return !l->is_more;
}

/* STATE: 1 + the one that is asked for, 0 any. */
static void set_list(struct value *entry, struct job *j, row_id forum, gint64 state)
{
    struct listing l = {.j = j, .list = value_list()};

    (void)ideas_each(j->r->g->db, forum, state > 0 ? idea_state_name((enum idea_state)(state - 1)) : NULL, list_public, &l, j->e);
    value_set_bool(entry, "is_nothing", value_length(l.list) == 0);
    value_set_bool(entry, "is_more", l.is_more);
    value_set(entry, "ideas", l.list);
}

/* Who asks about no idea hears of their own. */
static void set_own(struct value *entry, struct job *j)
{
    g_autoptr(GPtrArray) own = ideas_of_author(j->r->g->db, j->n->person_id, LIMIT_LIST_IDEAS + 1, j->e);
    guint n = own != NULL ? own->len : 0;
    struct value *list = value_list();

    for (guint i = 0; i < MIN(n, LIMIT_LIST_IDEAS); i++)
        append_idea(list, j, own->pdata[i]);
    value_set_bool(entry, "is_own", true);
    value_set_bool(entry, "is_nothing", n == 0);
    value_set_bool(entry, "is_more", n > LIMIT_LIST_IDEAS);
    value_set(entry, "ideas", list);
}

static void set_status(struct value *entry, struct job *j, row_id id)
{
    const struct idea *idea = job_idea(j, id);
    struct value *list;

    if (id == 0 && j->n->person_id != 0) {
        set_own(entry, j);
        return;
    }
    list = value_list();
    if (idea != NULL && (job_may_read(j, idea) || view_is_reworked(&j->v, idea)))
        append_idea(list, j, idea);
    value_set_bool(entry, "is_nothing", value_length(list) == 0);
    value_set(entry, "ideas", list);
}

/* ---- VERLAUF */
static struct value *told_post(struct job *j, const struct post *post)
{
    struct value *one = value_map();
    g_autofree char *text = text_unwrap(post->text);

    view_set_post(one, &j->v, post, job_person(j, post->person_id), post->state == POST_PUBLISHED ? text : NULL);
    value_set_number(one, "post_number", post->number);
    value_set_bool(one, "is_gone", post->state != POST_PUBLISHED);
    return one;
}

/* The posts of PAGE; of a discussion that has not so many pages the last. */
static GPtrArray *posts_of_page(struct job *j, row_id id, const GArray *all, gint64 page)
{
    guint n_pages = (all->len + LIMIT_THREAD_POSTS - 1) / LIMIT_THREAD_POSTS;
    guint at = page > n_pages ? n_pages : (guint)page;
    guint first = at > 0 ? (at - 1) * LIMIT_THREAD_POSTS : 0, last = MIN(first + LIMIT_THREAD_POSTS, all->len);

    return last > first ? posts_shown_between(j->r->g->db, id, g_array_index(all, gint64, first),
                                              g_array_index(all, gint64, last - 1), j->e)
                        : NULL;
}

static void set_page(struct value *entry, struct job *j, const struct idea *idea, gint64 page)
{
    g_autoptr(GArray) all = posts_shown_numbers(j->r->g->db, idea->id, 0, j->e);
    g_autoptr(GPtrArray) posts = all != NULL ? posts_of_page(j, idea->id, all, page) : NULL;
    gint64 n_pages = all != NULL ? (all->len + LIMIT_THREAD_POSTS - 1) / LIMIT_THREAD_POSTS : 0;
    gint64 n_before = (MIN(page, n_pages) - 1) * LIMIT_THREAD_POSTS;
    struct value *list = value_list();

    for (guint i = 0; posts != NULL && i < posts->len; i++)
        value_append(list, told_post(j, posts->pdata[i]));
    view_set_idea(entry, &j->v, idea);
    value_set_bool(entry, "is_nothing", posts == NULL);
    value_set_number(entry, "n_before", n_before);
    value_set_bool(entry, "is_shortened", n_before > 0);
    if (page < n_pages)
        value_set_number(entry, "next_page", page + 1);
    value_set(entry, "posts", list);
}

/* The newest are read; of those before them only how many there are. */
static void set_thread(struct value *entry, struct job *j, row_id id, gint64 page)
{
    const struct idea *idea = job_idea(j, id);
    bool is_readable = idea != NULL && job_may_read(j, idea);
    if (is_readable && page > 0) {
        set_page(entry, j, idea, page);
        return;
    }
    g_autoptr(GPtrArray) posts = is_readable ? posts_shown_newest(j->r->g->db, id, LIMIT_THREAD_POSTS, false, j->e) : NULL;
    g_autoptr(GArray) all =
        posts != NULL && posts->len == LIMIT_THREAD_POSTS ? posts_shown_numbers(j->r->g->db, id, 0, j->e) : NULL;
    struct value *list = value_list();
    guint n_before = all != NULL ? all->len - posts->len : 0;

    for (guint i = posts != NULL ? posts->len : 0; i > 0; i--)
        value_append(list, told_post(j, posts->pdata[i - 1]));
    if (is_readable || (idea != NULL && view_is_reworked(&j->v, idea)))
        view_set_idea(entry, &j->v, idea);
    value_set_bool(entry, "is_nothing", !is_readable);
    value_set_number(entry, "n_before", n_before);
    value_set_bool(entry, "is_shortened", n_before > 0);
    value_set(entry, "posts", list);
}

/* ---- One line */
static void set_forum(struct value *entry, struct job *j, row_id id)
{
    const struct forum *forum = job_forum(j, id);

    value_set_bool(entry, "has_forum", forum != NULL);
    if (forum != NULL)
        view_set_forum(entry, &j->v, forum);
}

/* is_search, is_daily ...: what the words of the template are chosen by. */
static void set_command(struct value *entry, const struct told_line *l)
{
    g_autofree char *key = g_strconcat("is_", command_row(l->command)->name, NULL);

    value_set_bool(entry, key, l->told == CAME_DONE || l->told == CAME_ASKED);
}

/* HILFE WORD: in the language of the word, where we have it in that. */
static void set_explained(struct value *entry, struct job *j, const char *word)
{
    g_auto(explained_auto_t) x = {0};
    struct value *rows = value_list();

    command_explain(word, &x);
    const char *language =
        x.language != NULL && (strcmp(x.language, "de") == 0 || strcmp(x.language, "en") == 0) ? x.language : j->v.language;
    for (guint i = 0; i < x.n; i++) {
        struct value *row = value_map();
        value_set_line(row, "word", x.words[i]);
        value_set_line(row, "help", command_help(x.commands[i], language));
        value_append(rows, row);
    }
    value_set_bool(entry, "is_unknown", !x.is_known);
    value_set_bool(entry, "has_near", !x.is_known && x.n > 0);
    value_set(entry, "rows", rows);
}

static void set_read(struct value *entry, struct job *j, const struct told_line *l)
{
    if (l->command == COMMAND_EXPLAIN && l->name != NULL)
        set_explained(entry, j, l->name);
    if (l->command == COMMAND_SEARCH && l->name != NULL)
        set_search(entry, j, l->name);
    else if (l->command == COMMAND_LIST)
        set_list(entry, j, l->id, l->until);
    else if (l->command == COMMAND_STATUS)
        set_status(entry, j, l->id);
    else if (l->command == COMMAND_THREAD)
        set_thread(entry, j, l->id, l->until);
    else if (l->command == COMMAND_DATA)
        job_set_own_data(entry, j);
}

static void set_why_not(struct value *entry, enum came told)
{
    value_set_bool(entry, "waits", told == CAME_WAITS);
    value_set_bool(entry, "is_unclear", told == CAME_UNCLEAR);
    value_set_bool(entry, "is_unproved", told == CAME_UNPROVED);
    value_set_bool(entry, "no_forum", told == CAME_FORUM);
    value_set_bool(entry, "no_idea", told == CAME_IDEA);
    value_set_bool(entry, "no_value", told == CAME_VALUE);
    value_set_bool(entry, "is_past", told == CAME_PAST);
    value_set_bool(entry, "no_member", told == CAME_MEMBER);
    value_set_bool(entry, "no_role", told == CAME_ROLE);
    value_set_bool(entry, "no_own", told == CAME_OWN);
    value_set_bool(entry, "no_name", told == CAME_NAME);
    value_set_bool(entry, "is_kept", told == CAME_KEPT);
    value_set_bool(entry, "is_open", told == CAME_OPEN);
    value_set_bool(entry, "is_asked", told == CAME_ASKED);
}

/* What somebody else did meanwhile: who, when, what. */
static void set_changed(struct value *entry, struct job *j, row_id step)
{
    struct stage *s = steps_by_id(j->r->g->db, step, j->e);
    const char *colon = s != NULL ? strchr(s->to_state, ':') : NULL;

    if (s == NULL)
        return;
    g_autofree char *by = g_strconcat("who_", s->by, NULL), *state = g_strconcat("state_", s->to_state, NULL);
    value_set_line(entry, "changed_by", templates_word(j->r->t, j->v.language, by));
    view_set_taken(entry, "changed_at", view_date_time(&j->v, s->at));
    bool is_move = g_str_has_prefix(s->to_state, "moved:"), is_merge = g_str_has_prefix(s->to_state, "merged:");
    if (is_move)
        value_set_line(entry, "moved_to", colon + 1);
    else if (is_merge)
        value_set_line(entry, "merged_here", colon + 1);
    else if (g_str_has_prefix(s->to_state, "in-proposal:"))
        value_set_line(entry, "in_proposal", colon + 1);
    else if (g_str_has_prefix(s->to_state, "out-of-proposal:"))
        value_set_line(entry, "out_of_proposal", colon + 1);
    else if (g_str_has_prefix(s->to_state, "also:"))
        value_set_line(entry, "also_in", colon + 1);
    else if (g_str_has_prefix(s->to_state, "not-also:"))
        value_set_line(entry, "not_in", colon + 1);
    else if (g_str_has_prefix(s->to_state, "deadline:"))
        value_set_line(entry, "new_day", strcmp(colon + 1, "none") != 0 ? colon + 1 : "-");
    else if (strcmp(s->to_state, "unmerged") == 0)
        value_set_bool(entry, "is_unmerged", true);
    else if (colon == NULL)
        value_set_line(entry, "new_state", templates_word(j->r->t, j->v.language, state));
    stage_free(s);
}

/* What everybody will read once its writer says yes: a draft's title and text, as they stand. */
static void set_publication(struct value *entry, struct job *j, row_id draft)
{
    const struct idea *idea = job_idea(j, draft);
    g_autofree char *words = idea != NULL ? proposal_public_words(j->r->g, idea, j->e) : NULL;

    if (words == NULL)
        return;
    value_set_bool(entry, "is_publication", true);
    value_set(entry, "text", value_take(text_unwrap(words)));
}

/* An order: which idea it is about, what that is now, and why nothing came of it. */
static void set_order(struct value *entry, struct job *j, const struct told_line *l)
{
    const struct idea *idea = job_idea(j, l->id);
    const char *why = l->told == CAME_STEP && l->name != NULL ? l->name : "";

    value_set_bool(entry, "is_publication", false);
    bool is_shown = g_strcmp0(l->name, TOLD_PUBLIC) == 0, is_changed = l->told == CAME_CHANGED;
    bool is_text_changed = is_shown && is_changed && l->until == 0; /* no step, but other words than they were shown */
    if (is_shown && (is_changed || l->told == CAME_WAITS))
        set_publication(entry, j, l->id);
    value_set_bool(entry, "text_changed", is_text_changed);
    value_set_bool(entry, "is_order", l->told == CAME_DONE || l->told == CAME_SECOND);
    value_set_bool(entry, "is_second", l->told == CAME_SECOND);
    value_set_bool(entry, "no_role", false); /* that one speaks of the rota */
    value_set_bool(entry, "no_right", l->told == CAME_ROLE);
    value_set_bool(entry, "has_changed", is_changed && !is_text_changed);
    value_set_bool(entry, "step_there", strcmp(why, "there") == 0);
    value_set_bool(entry, "step_reason", strcmp(why, "reason") == 0);
    value_set_bool(entry, "step_second", strcmp(why, "second") == 0);
    value_set_bool(entry, "step_led", strcmp(why, "led") == 0);
    row_id leader = 0;
    if (strcmp(why, "led") == 0 && proposals_of_idea(j->r->g->db, l->id, &leader, j->e) && leader != 0)
        value_set_number(entry, "led_by", leader);
    value_set_bool(entry, "step_unknown",
                   l->command != COMMAND_PHASE && (strcmp(why, "unknown") == 0 || strcmp(why, "no_idea") == 0));
    value_set_bool(entry, "step_past", l->command != COMMAND_PHASE && strcmp(why, "past") == 0);
    static const char *const named[] = {"there", "reason", "second", "led", "unknown", "no_idea", "past", NULL};
    value_set_bool(entry, "step_not", l->told == CAME_STEP && l->command != COMMAND_PHASE && !g_strv_contains(named, why));
    if (is_changed && l->command == COMMAND_PHASE)
        job_set_phase_changed(entry, j, l->name);
    else if (is_changed)
        set_changed(entry, j, l->until);
    if (l->told == CAME_WAITS && l->command == COMMAND_PHASE && l->name != NULL)
        job_set_phase_to_come(entry, j, l->name);
    if (l->told == CAME_STEP && l->command == COMMAND_PHASE)
        job_set_phase_fault(entry, why);
    show_idea(entry, j, idea);
}

/* Being for an idea, or no more; following it. */
static void set_voice(struct value *entry, struct job *j, const struct told_line *l)
{
    const char *why = l->told == CAME_DONE && l->name != NULL ? l->name : "";
    static const char *const else_why[] = {"own", "staff", "closed", "phase", "annulled", NULL};
    bool is_else = g_strv_contains(else_why, why);

    view_set_thing_of(entry, &j->v, l->id);
    value_set_bool(entry, "is_counted", l->command == COMMAND_ENDORSE && l->told == CAME_DONE && !is_else);
    value_set_bool(entry, "is_own", strcmp(why, "own") == 0);
    value_set_bool(entry, "is_staff", strcmp(why, "staff") == 0);
    value_set_bool(entry, "is_closed", strcmp(why, "closed") == 0);
    value_set_bool(entry, "no_phase", strcmp(why, "phase") == 0);
    value_set_bool(entry, "is_annulled", strcmp(why, "annulled") == 0);
    value_set_bool(entry, "is_taken_back", strcmp(why, "back") == 0);
    value_set_bool(entry, "was_none", strcmp(why, "none") == 0);
}

/* Which idea it is, with its title, to whoever is asked about a word that may not name it. */
static void set_asked_idea(struct value *entry, struct job *j, const struct told_line *l)
{
    const struct idea *idea = l->id != 0 ? job_idea(j, l->id) : NULL;

    show_idea(entry, j, idea);
}

/* A line as it was written; whoever may not have written it gets no link in it, and no more than a few words. */
static char *shown_line(const struct job *j, const struct told_line *l)
{
    g_autofree char *masked = mask_addresses(l->written);

    if (j->wish == NULL || j->wish->is_proved)
        return g_steal_pointer(&masked);
    g_autofree char *hidden = text_hide_links(masked, templates_word(j->r->t, j->v.language, "link_to"),
                                              templates_word(j->r->t, j->v.language, "address_at"));
    return text_shorten(hidden, CAREFUL_CHARS);
}

/* What is wrong with the name, where its form alone says it. */
static void set_name_form(struct value *entry, const struct told_line *l)
{
    const char *colon = strchr(l->written, ':');
    g_autofree char *name = g_strstrip(g_strdup(colon != NULL ? colon + 1 : l->written + strcspn(l->written, " ")));
    enum name_fault fault = name_form(name);

    value_set_bool(entry, "is_long", fault == NAME_LONG);
    value_set_bool(entry, "is_address", fault == NAME_ADDRESS);
}

static struct value *line_value(struct job *j, const struct told_line *l)
{
    struct value *entry = value_map();
    g_autofree char *masked = shown_line(j, l);
    enum wants wants = command_row(l->command)->wants;

    value_set_line(entry, "written", masked);
    set_why_not(entry, l->told);
    set_command(entry, l);
    if (l->told == CAME_NAME)
        set_name_form(entry, l);
    if (wants == WANTS_FORUM)
        set_forum(entry, j, l->id);
    if (wants == WANTS_HOUR)
        value_set_number(entry, "hour", l->id);
    if (wants == WANTS_WEEKDAY && l->id != 0) {
        g_autofree char *key = g_strdup_printf("weekday_%d", (int)l->id);
        value_set_line(entry, "weekday", templates_word(j->r->t, j->v.language, key));
    }
    if (l->command == COMMAND_WITHDRAW)
        view_set_thing_of(entry, &j->v, l->id);
    if (l->command == COMMAND_ENDORSE || l->command == COMMAND_UNENDORSE || l->command == COMMAND_WATCH)
        set_voice(entry, j, l);
    bool is_about_idea = wants == WANTS_IDEA || (command_row(l->command)->where & WHERE_IDEA) != 0;
    if (j->wish != NULL && !command_row(l->command)->is_order && is_about_idea)
        set_asked_idea(entry, j, l);
    if (command_row(l->command)->is_order)
        set_order(entry, j, l);
    else if (l->until != 0 && l->command != COMMAND_THREAD && l->command != COMMAND_LIST) /* the last second of the last day */
        view_set_taken(entry, "until", templates_date(j->r->t, j->v.language, l->until - 1, j->r->g->settings->zone));
    if (l->told == CAME_DONE)
        set_read(entry, j, l);
    return entry;
}

void job_set_told(struct value *data, struct job *j)
{
    const char *told = j->wish != NULL ? j->wish->told : j->n->detail;
    g_autoptr(GPtrArray) lines = told_read(told != NULL ? told : "");
    struct value *list = value_list();
    bool is_wrong = false, is_probe = false;

    for (guint i = 0; i < lines->len; i++) {
        const struct told_line *l = lines->pdata[i];
        is_wrong |= l->told != CAME_DONE && l->told != CAME_WAITS && l->told != CAME_SECOND && l->told != CAME_KEPT;
        is_probe |= l->command == COMMAND_PROBE;
        if (l->command != COMMAND_PROBE)
            value_append(list, line_value(j, l));
    }
    value_set_bool(data, "is_wrong", is_wrong);
    value_set_bool(data, "is_probe", is_probe && !is_wrong);
    value_set(data, "lines", list);
}
