/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A digest. While it is short each post stands in it whole. Nobody reads a thousand: of many only those that matter to this
 * reader (forum/digest.h), the other discussions are a line each, and what is beyond that is counted for each forum.
 */
#include "flow/out/render_job.h"

#include "forum/digest.h"

#include <stdlib.h>
#include <string.h>

struct topic { /* one discussion in the digest: posts [from, to) */
    guint from, to, n_whole;
    guint number; /* as it is shown; 0 not by name */
};

static char *shorten_entry(const char *text, bool *is_cut)
{
    *is_cut = strlen(text) > LIMIT_DIGEST_ENTRY_CHARS && g_utf8_strlen(text, -1) > LIMIT_DIGEST_ENTRY_CHARS;
    if (!*is_cut)
        return g_strdup(text);
    const char *end = g_utf8_offset_to_pointer(text, LIMIT_DIGEST_ENTRY_CHARS);
    const char *line = g_strrstr_len(text, end - text, "\n\n");
    if (line != NULL && line - text > (end - text) / 2)
        end = line;
    return g_strndup(text, (gsize)(end - text));
}

static struct value *digest_post(struct job *j, const struct post *post)
{
    struct value *entry = value_map();
    bool is_cut;
    g_autofree char *shown = shorten_entry(job_post_text(j, post), &is_cut);

    view_set_post(entry, &j->v, post, job_person(j, post->person_id), shown);
    value_set_bool(entry, "is_cut", is_cut);
    job_set_left_out(entry, j, post->message_id);
    view_set_taken(entry, "reply_address",
                   route_reply_address(post->idea_id, j->n->person_id, post->id, j->r->g->domain, j->r->g->key));
    return entry;
}

/* Only the texts of those that may be whole are looked at. */
const struct digest_entry *job_pick(struct job *j)
{
    guint n = j->posts->len;
    if (j->picked != NULL)
        return j->picked;
    struct digest_entry *entries = j->picked = g_new0(struct digest_entry, n + 1);

    for (guint i = 0; i < n; i++) {
        const struct post *post = j->posts->pdata[i];
        const struct idea *idea = job_idea(j, post->idea_id);
        const struct post *parent = job_post(j, post->parent_id);
        entries[i] = (struct digest_entry){.idea_id = post->idea_id,
                                           .is_official = post->kind == POST_OFFICIAL || post->kind == POST_NOTE,
                                           .is_answer = parent != NULL && parent->person_id == j->n->person_id,
                                           .is_in_own = idea != NULL && idea->author_id == j->n->person_id};
    }
    digest_pick(entries, n);
    for (guint i = 0; i < n; i++) {
        const struct post *whole = entries[i].is_whole ? job_post(j, ((const struct post *)j->posts->pdata[i])->id) : NULL;
        entries[i].n_chars = whole != NULL ? MIN(g_utf8_strlen(whole->text, -1), LIMIT_DIGEST_ENTRY_CHARS) : 0;
    }
    digest_pick(entries, n);
    return entries;
}

/* The posts come grouped by discussion. */
static GArray *topics_of(struct job *j, const struct digest_entry *entries)
{
    GArray *topics = g_array_new(FALSE, TRUE, sizeof(struct topic));

    for (guint i = 0; i < j->posts->len; i++) {
        row_id idea = ((const struct post *)j->posts->pdata[i])->idea_id;
        bool is_new = i == 0 || ((const struct post *)j->posts->pdata[i - 1])->idea_id != idea;
        if (is_new)
            g_array_append_val(topics, ((struct topic){.from = i}));
        struct topic *t = &g_array_index(topics, struct topic, topics->len - 1);
        t->to = i + 1;
        t->n_whole += entries[i].is_whole;
    }
    return topics;
}

static gint by_posts(gconstpointer a, gconstpointer b)
{
    const struct topic *x = *(const struct topic *const *)a, *y = *(const struct topic *const *)b;
    guint n_x = x->to - x->from, n_y = y->to - y->from;

    return n_x != n_y ? (n_x > n_y ? -1 : 1) : x->from < y->from ? -1 : x->from > y->from;
}

/* Numbers: first those that stand whole, then the lines, in their order; of these the ones with most posts, as far as there is room. */
static void number_topics(GArray *topics)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    guint number = 0;

    for (guint i = 0; i < topics->len; i++) {
        struct topic *t = &g_array_index(topics, struct topic, i);
        if (t->n_whole > 0)
            t->number = ++number;
        else
            g_ptr_array_add(lines, t);
    }
    g_ptr_array_sort(lines, by_posts);
    for (guint i = 0; i < MIN(lines->len, LIMIT_DIGEST_LINES); i++)
        ((struct topic *)lines->pdata[i])->number = G_MAXUINT;
    for (guint i = 0; i < topics->len; i++) {
        struct topic *t = &g_array_index(topics, struct topic, i);
        t->number = t->number == G_MAXUINT ? ++number : t->number;
    }
}

/* With its posts that are shown, and how many more there are. */
static struct value *whole_topic(struct job *j, const struct topic *t, const struct idea *idea,
                                 const struct digest_entry *entries)
{
    struct value *entry = value_map(), *posts = value_list();
    const struct forum *forum = job_forum(j, idea->forum_id);

    view_set_idea(entry, &j->v, idea);
    if (forum != NULL)
        view_set_forum(entry, &j->v, forum);
    value_set_number(entry, "entry", t->number);
    for (guint i = t->from; i < t->to; i++) {
        const struct post *post = entries[i].is_whole ? job_post(j, ((const struct post *)j->posts->pdata[i])->id) : NULL;
        if (post == NULL)
            continue;
        value_append(posts, digest_post(j, post));
        digest_shown_add(j->entries, t->number, post->id);
    }
    guint n_more = t->to - t->from - t->n_whole;
    if (n_more > 0)
        value_set_number(entry, "n_more", n_more);
    value_set_bool(entry, "is_one_more", n_more == 1);
    value_set(entry, "posts", posts);
    return entry;
}

/* Number, title, who wrote last, how many. */
static struct value *line_topic(struct job *j, const struct topic *t, const struct idea *idea)
{
    struct value *entry = value_map();
    const struct post *last = j->posts->pdata[t->to - 1];
    const struct person *author = job_person(j, last->person_id);
    guint n = t->to - t->from;

    value_set_number(entry, "entry", t->number);
    value_set_number(entry, "number", idea->id);
    value_set_line(entry, "idea_title", idea->title);
    value_set_line(entry, "author", author != NULL ? author->public_name : NULL);
    value_set_number(entry, "n_new", n);
    value_set_bool(entry, "is_one_new", n == 1);
    digest_shown_add(j->entries, t->number, last->id);
    return entry;
}

/* What is not even a line, for each forum. */
static void count_rest(struct value *data, struct job *j, const GArray *topics)
{
    struct value *rest = value_list(), *entry = NULL;
    row_id of_entry = 0;
    guint n_posts = 0, n_ideas = 0;

    for (guint i = 0; i <= topics->len; i++) {
        const struct topic *t = i < topics->len ? &g_array_index(topics, struct topic, i) : NULL;
        const struct idea *idea =
            t != NULL && t->number == 0 ? job_idea(j, ((const struct post *)j->posts->pdata[t->from])->idea_id) : NULL;
        bool is_over = entry != NULL && (t == NULL || (idea != NULL && idea->forum_id != of_entry));
        if (is_over) {
            value_set_number(entry, "n_posts", n_posts);
            value_set_number(entry, "n_ideas", n_ideas);
            value_append(rest, entry);
            entry = NULL;
        }
        if (idea == NULL)
            continue;
        if (entry == NULL) {
            const struct forum *forum = job_forum(j, idea->forum_id);
            entry = value_map();
            of_entry = idea->forum_id;
            n_posts = n_ideas = 0;
            value_set_line(entry, "forum_title", forum != NULL ? forum->title : "");
            value_set_line(entry, "forum_name", forum != NULL ? forum->name : "");
        }
        n_posts += t->to - t->from;
        n_ideas++;
    }
    value_set_bool(data, "has_rest", value_length(rest) > 0);
    value_set(data, "rest", rest);
}

static void set_counts(struct value *data, guint n_posts, guint n_ideas)
{
    value_set_number(data, "n_posts", n_posts);
    value_set_number(data, "n_ideas", n_ideas);
    value_set_bool(data, "is_one", n_posts == 1);
    value_set_bool(data, "is_one_idea", n_ideas == 1);
}

void job_set_digest(struct value *data, struct job *j)
{
    struct value *ideas = value_list(), *lines = value_list();
    bool has_public = false, has_inner = false, has_more = false;
    const struct digest_entry *entries = job_pick(j);
    g_autoptr(GArray) topics = topics_of(j, entries);

    j->entries = g_string_new(NULL);
    number_topics(topics);
    for (guint i = 0; i < topics->len; i++) {
        const struct topic *t = &g_array_index(topics, struct topic, i);
        const struct idea *idea = job_idea(j, ((const struct post *)j->posts->pdata[t->from])->idea_id);
        if (idea == NULL)
            continue;
        has_public = has_public || idea->ring == RING_PUBLIC;
        has_inner = has_inner || idea->ring != RING_PUBLIC;
        has_more = has_more || t->n_whole < t->to - t->from;
        if (t->n_whole > 0)
            value_append(ideas, whole_topic(j, t, idea, entries));
        else if (t->number > 0)
            value_append(lines, line_topic(j, t, idea));
    }
    set_counts(data, j->posts->len, topics->len);
    count_rest(data, j, topics);
    value_set_bool(data, "has_more", has_more);
    value_set_bool(data, "has_lines", value_length(lines) > 0);
    value_set_bool(data, "has_public", has_public);
    value_set_bool(data, "has_inner", has_inner);
    value_set(data, "ideas", ideas);
    value_set(data, "lines", lines);
}
