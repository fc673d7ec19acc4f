/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /suche?q=WORDS&forum=NAME&stand=STATE&sprache=CODE&von=DAY&bis=DAY: ideas and proposals by their title, then posts by their
 * words, newest first, each with the passage where it was found.
 */
#include "page/public.h"

#include "base/limits.h"
#include "forum/find.h"
#include "store/proposals.h"
#include "store/search.h"

#include <stdio.h>
#include <string.h>

#define TITLES 10
#define POSTS  20

/* PASSAGE as pieces, found or not: [{text, is_found}]. */
static struct value *pieces_of(const char *passage)
{
    struct value *list = value_list();

    while (*passage != '\0') {
        bool is_found = *passage == FOUND_BEGIN;
        passage += is_found || *passage == FOUND_END;
        gsize n = strcspn(passage, (const char[]){FOUND_BEGIN, FOUND_END, '\0'});
        struct value *one = value_map();
        value_set(one, "text", value_take(g_strndup(passage, n)));
        value_set_bool(one, "is_found", is_found);
        if (n > 0)
            value_append(list, one);
        else
            value_free(one);
        passage += n;
    }
    return list;
}

static struct value *post_found(const struct page *p, const struct found *f, struct err *e)
{
    struct value *one = value_map();
    g_autofree char *name = public_name(p, f->person_id, e);
    bool is_proposal = f->proposal_id != 0;
    gint64 number = is_proposal ? f->proposal_id : f->idea_id;

    value_set(one, "post_path",
              value_take(g_strdup_printf("%s/%s/%" G_GINT64_FORMAT "#post-%" G_GINT64_FORMAT, p->prefix,
                                         is_proposal ? "vorschlag" : "idee", number, f->number)));
    value_set_number(one, "number", number);
    value_set_number(one, "post_number", f->number);
    value_set_line(one, "title", f->title);
    value_set_bool(one, "is_proposal", is_proposal);
    value_set_bool(one, "is_idea", f->kind == POST_IDEA);
    value_set_bool(one, "is_official", f->kind == POST_OFFICIAL);
    public_set_maybe(one, "author", name);
    page_set_date(p, one, "written", f->at);
    value_set(one, "pieces", pieces_of(f->passage != NULL ? f->passage : ""));
    return one;
}

/* ---- What is asked for besides the words */
static const char *const tongues[] = {"de", "en", "tr", "pl", "ar", "uk", "ru", "fr", NULL};

/* The day of the field KEY, or the one AFTER it; IF_NONE where none stands there that is one. */
static gint64 day_of(const struct page *p, const char *key, gint after, gint64 if_none)
{
    const char *text = page_query(p, key);
    int year, month, day;
    bool is_day = text != NULL && (sscanf(text, "%4d-%2d-%2d", &year, &month, &day) == 3 ||
                                   sscanf(text, "%2d.%2d.%4d", &day, &month, &year) == 3);

    if (!is_day || year < 1970)
        return if_none;
    g_autoptr(GDateTime) begin = g_date_time_new(p->g->settings->zone, year, month, day, 0, 0, 0);
    g_autoptr(GDateTime) shifted = begin != NULL ? g_date_time_add_days(begin, after) : NULL;
    return shifted != NULL ? g_date_time_to_unix(shifted) : if_none;
}

static void add_choice(struct value *list, const char *value, const char *text, bool is_selected)
{
    struct value *one = value_map();

    value_set_string(one, "value", value);
    value_set_line(one, "text", text);
    value_set_bool(one, "is_selected", is_selected);
    value_append(list, one);
}

static bool set_forums(const struct page *p, struct value *data, struct search_within *within, struct err *e)
{
    g_autoptr(GPtrArray) all = forums_all(p->g->db, e);
    const char *name = page_query(p, "forum");
    struct value *list = value_list();

    value_set(data, "choices", list);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct forum *forum = all->pdata[i];
        bool is_chosen = g_strcmp0(name, forum->name) == 0;
        add_choice(list, forum->name, forum->title, is_chosen);
        within->forum = is_chosen ? forum->id : within->forum;
    }
    return all != NULL;
}

static void set_states(const struct page *p, struct value *data, struct search_within *within)
{
    const char *chosen = page_query(p, "stand");
    struct value *list = value_list();

    value_set(data, "states", list);
    for (guint i = 0; idea_state_names[i] != NULL; i++) {
        const struct idea probe = {.state = (enum idea_state)i, .ring = RING_PUBLIC};
        const char *name = idea_state_names[i];
        g_autofree char *key = g_strconcat("state_", name, NULL);
        if (!public_may_read(&probe))
            continue;
        bool is_chosen = g_strcmp0(chosen, name) == 0;
        add_choice(list, name, templates_word(p->t, p->language, key), is_chosen);
        within->state = is_chosen ? name : within->state;
    }
}

static void set_tongues(const struct page *p, struct value *data, struct search_within *within)
{
    const char *chosen = page_query(p, "sprache");
    struct value *list = value_list();

    value_set(data, "tongues", list);
    for (guint i = 0; tongues[i] != NULL; i++) {
        g_autofree char *key = g_strconcat("tongue_", tongues[i], NULL);
        bool is_chosen = g_strcmp0(chosen, tongues[i]) == 0;
        add_choice(list, tongues[i], templates_word(p->t, p->language, key), is_chosen);
        within->language = is_chosen ? tongues[i] : within->language;
    }
}

static bool set_within(const struct page *p, struct value *data, struct search_within *within, struct err *e)
{
    within->since = day_of(p, "von", 0, 0);
    within->until = day_of(p, "bis", 1, G_MAXINT64);
    set_states(p, data, within);
    set_tongues(p, data, within);
    value_set_string(data, "from_given", within->since != 0 ? page_query(p, "von") : NULL);
    value_set_string(data, "until_given", within->until != G_MAXINT64 ? page_query(p, "bis") : NULL);
    if (!set_forums(p, data, within, e))
        return false;
    value_set_bool(data, "is_within",
                   within->forum != 0 || within->state != NULL || within->language != NULL || within->since != 0 ||
                       within->until != G_MAXINT64);
    return true;
}

/* The same question, for what comes behind post LAST. */
static char *older_path(const struct page *p, const char *words, row_id last)
{
    static const char *const keys[] = {"forum", "stand", "sprache", "von", "bis"};
    g_autofree char *q = g_uri_escape_string(words, NULL, FALSE);
    GString *path = g_string_new(NULL);

    g_string_printf(path, "%s/suche?q=%s", p->prefix, q);
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *given = page_query(p, keys[i]);
        if (given != NULL && *given != '\0')
            g_string_append_uri_escaped(g_string_append(g_string_append(g_string_append_c(path, '&'), keys[i]), "="), given, NULL,
                                        FALSE);
    }
    g_string_append_printf(path, "&vor=%" G_GINT64_FORMAT, last);
    return g_string_free(path, FALSE);
}

/* ---- What fits */
/* A word that fills a page by itself is not looked for as the beginning of longer ones: with a million posts that takes a hundred times as
 * long. */
static GPtrArray *find_posts(const struct page *p, const char *words, const struct search_within *within, row_id before,
                             struct err *e)
{
    g_autofree char *whole = find_whole(words), *expression = find_expression(words);
    g_autoptr(GPtrArray) all = search_posts(p->g->db, whole, within, before, POSTS + 1, e);

    if (all == NULL || all->len > POSTS || strcmp(whole, expression) == 0)
        return g_steal_pointer(&all);
    return search_posts(p->g->db, expression, within, before, POSTS + 1, e);
}

static bool set_posts(const struct page *p, struct value *data, const char *words, const struct search_within *within,
                      struct err *e)
{
    const char *text = page_query(p, "vor");
    gint64 before;
    bool is_more = text != NULL && g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &before, NULL);
    g_autoptr(GPtrArray) all = find_posts(p, words, within, is_more ? before : G_MAXINT64, e);
    struct value *list = value_list();

    value_set(data, "posts", list);
    for (guint i = 0; all != NULL && i < MIN(all->len, POSTS) && e->kind == ERR_NONE; i++)
        value_append(list, post_found(p, all->pdata[i], e));
    value_set_bool(data, "has_posts", value_length(list) > 0);
    if (all != NULL && all->len > POSTS)
        value_set(data, "older_path", value_take(older_path(p, words, ((struct found *)all->pdata[POSTS - 1])->post_id)));
    return all != NULL && e->kind == ERR_NONE;
}

static bool set_titles(const struct page *p, struct value *data, const char *words, const struct search_within *within,
                       struct err *e)
{
    g_autofree char *expression = find_titles(words);
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_autoptr(GPtrArray) fitting = expression != NULL ? search_titles(p->g->db, expression, within, TITLES, e) : NULL;

    if (expression != NULL && fitting == NULL)
        return false;
    value_set_bool(data, "has_ideas", fitting != NULL && fitting->len > 0);
    return public_set_ideas(p, data, "ideas", fitting != NULL ? fitting : none, e);
}

static bool fits(const struct idea *discussion, const struct search_within *within)
{
    return (within->forum == 0 || within->forum == discussion->forum_id) &&
           (within->state == NULL || strcmp(within->state, idea_state_name(discussion->state)) == 0) &&
           discussion->published_at >= within->since && discussion->published_at < within->until;
}

/* Proposals are few. */
static bool set_proposals(const struct page *p, struct value *data, const char *words, const struct search_within *within,
                          struct err *e)
{
    g_autoptr(GArray) all = proposals_all(p->g->db, e);
    struct value *list = value_list();

    value_set(data, "proposals", list);
    for (guint i = all != NULL ? all->len : 0; i > 0 && e->kind == ERR_NONE && value_length(list) < TITLES; i--) {
        row_id id = g_array_index(all, row_id, i - 1);
        idea_auto discussion = public_proposal(p, id, e);
        if (discussion != NULL && fits(discussion, within) && find_is_in_title(words, discussion->title))
            value_append(list, public_proposal_value(p, id, e));
    }
    value_set_bool(data, "has_proposals", value_length(list) > 0);
    return e->kind == ERR_NONE;
}

bool page_search(struct page *p, struct err *e)
{
    value_auto data = value_map();
    const char *q = page_query(p, "q");
    g_autofree char *words = q != NULL ? g_utf8_substring(q, 0, MIN(g_utf8_strlen(q, -1), LIMIT_FIND_CHARS)) : g_strdup("");
    g_autofree char *expression = find_expression(words);
    struct search_within within = {0};

    value_set_line(data, "q", words);
    if (!set_within(p, data, &within, e))
        return false;
    value_set_bool(data, "is_asked", expression != NULL);
    if (expression != NULL && !(set_titles(p, data, words, &within, e) && set_proposals(p, data, words, &within, e) &&
                                set_posts(p, data, words, &within, e)))
        return false;
    return page_show(p, 200, "search", g_steal_pointer(&data), e);
}
