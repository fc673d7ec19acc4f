/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A digest. While it is short each post stands in it whole. Nobody reads a thousand: of many only those that matter to this
 * reader (forum/digest.h), the other discussions are a line each, and what is beyond that is counted for each forum.
 */
#include "flow/out/render_job.h"

#include "base/number.h"
#include "forum/digest.h"

#include <stdlib.h>
#include <string.h>

struct topic { /* one discussion in the digest: posts [from, to) */
    guint from, to, n_whole;
    guint number; /* as it is shown; 0 not by name */
    const struct idea *idea;
};

static const struct post *job_digest_post(const struct job *j, guint i)
{
    return j->posts->pdata[i];
}

/* What makes an address for answers the reader's: between its + and its @. */
static char *own_part(const struct job *j, const struct idea *idea, const struct post *post)
{
    const struct gateway *g = j->r->g;
    g_autofree char *address = route_reply_address(idea->id, idea->ring, j->n->person_id, post->id, g->domain, g->key);
    const char *plus = strchr(address, '+');

    return g_strndup(plus + 1, strcspn(plus + 1, "@"));
}

/* What things take in a mail beside their words, in both forms together: tags with their looks, addresses for answers. */
#define POST_BYTES      1500
#define PARAGRAPH_BYTES 60
#define LINE_BYTES      420
#define FORUM_BYTES     420  /* one of the rest */
#define AROUND_BYTES    9000 /* header, head and foot */

/* Where TEXT ends in a digest, and what it takes up to there in both forms as quoted-printable. */
static const char *end_of_entry(const char *text, gint64 *n_bytes_out)
{
    gint64 n = 0, n_chars = 0;

    for (; *text != '\0'; text++) {
        guchar c = (guchar)*text;
        bool is_full = n_chars == LIMIT_DIGEST_ENTRY_CHARS || n > LIMIT_DIGEST_WHOLE_BYTES;
        if ((c & 0xc0) != 0x80 && is_full)
            break;
        n += c >= 0x80 || c == '=' ? 6 : c == '\n' ? PARAGRAPH_BYTES : 2;
        n += c == '&' || c == '<' || c == '>' || c == '"' ? 6 : 0;
        n_chars += (c & 0xc0) != 0x80;
    }
    *n_bytes_out = n;
    return text;
}

static gint64 count_bytes(const char *text)
{
    gint64 n;

    end_of_entry(text, &n);
    return n;
}

/* The same of a post, once for all readers. */
static gint64 post_bytes(struct job *j, row_id id)
{
    gpointer known;

    if (g_hash_table_lookup_extended(j->r->sizes, &id, NULL, &known))
        return GPOINTER_TO_INT(known);
    const struct post *post = job_post(j, id);
    gint64 n = post != NULL ? POST_BYTES + count_bytes(post->text) : 0;
    if (post != NULL)
        g_hash_table_insert(j->r->sizes, g_memdup2(&id, sizeof id), GINT_TO_POINTER((int)n));
    return n;
}

static char *shorten_entry(const char *text, bool *is_cut)
{
    gint64 n;
    const char *end = end_of_entry(text, &n);

    *is_cut = *end != '\0';
    if (!*is_cut)
        return g_strdup(text);
    const char *line = g_strrstr_len(text, end - text, "\n\n");
    if (line != NULL && line - text > (end - text) / 2)
        end = line;
    return g_strndup(text, (gsize)(end - text));
}

static struct value *digest_post(struct job *j, const struct idea *idea, const struct post *post)
{
    struct value *entry = value_map();
    bool is_cut;
    g_autofree char *shown = shorten_entry(job_post_text(j, post), &is_cut);

    view_set_post(entry, &j->v, post, job_person(j, post->person_id), shown);
    value_set_bool(entry, "is_cut", is_cut);
    job_set_left_out(entry, j, post->message_id);
    view_set_taken(entry, "reply_address",
                   route_reply_address(idea->id, idea->ring, j->n->person_id, post->id, j->r->g->domain, j->r->g->key));
    return entry;
}

/* Only the texts of those that may be whole are looked at. */
const struct digest_entry *job_pick(struct job *j)
{
    guint n = j->posts->len;
    if (j->picked != NULL)
        return j->picked;
    struct digest_entry *entries = j->picked = g_new0(struct digest_entry, n + 1);
    const struct idea *idea = NULL;

    for (guint i = 0; i < n; i++) {
        const struct post *post = j->posts->pdata[i];
        if (i == 0 || entries[i - 1].idea_id != post->idea_id)
            idea = job_idea(j, post->idea_id);
        const struct post *parent = job_post(j, post->parent_id);
        entries[i] = (struct digest_entry){.idea_id = post->idea_id,
                                           .is_official = post->kind == POST_OFFICIAL || post->kind == POST_NOTE,
                                           .is_answer = parent != NULL && parent->person_id == j->n->person_id,
                                           .is_in_own = idea != NULL && idea->author_id == j->n->person_id};
    }
    digest_pick(entries, n);
    for (guint i = 0; i < n; i++)
        entries[i].n_bytes = entries[i].is_whole ? post_bytes(j, job_digest_post(j, i)->id) : 0;
    digest_pick(entries, n);
    return entries;
}

/* The posts come grouped by discussion. */
static GArray *topics_of(struct job *j, const struct digest_entry *entries)
{
    GArray *topics = g_array_new(FALSE, TRUE, sizeof(struct topic));

    for (guint i = 0; i < j->posts->len; i++) {
        row_id idea = job_digest_post(j, i)->idea_id;
        bool is_new = i == 0 || job_digest_post(j, i - 1)->idea_id != idea;
        struct topic fresh = {.from = i, .idea = is_new ? job_idea(j, idea) : NULL};
        if (is_new && fresh.idea != NULL)
            g_array_append_val(topics, fresh);
        if (topics->len == 0 || g_array_index(topics, struct topic, topics->len - 1).idea->id != idea)
            continue; /* gone */
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

/* What is left for lines beside what stands whole. */
static gint64 room_for_lines(const struct job *j, const GArray *topics)
{
    g_autoptr(GHashTable) forums = g_hash_table_new(g_int64_hash, g_int64_equal);
    gint64 n = LIMIT_DIGEST_MAIL_BYTES - AROUND_BYTES;

    for (guint i = 0; i < topics->len; i++) {
        const struct topic *t = &g_array_index(topics, struct topic, i);
        if (t->n_whole > 0)
            n -= LINE_BYTES + count_bytes(t->idea->title);
        else if (g_hash_table_add(forums, (gpointer)&t->idea->forum_id))
            n -= FORUM_BYTES;
        for (guint k = t->from; k < t->to; k++)
            n -= j->picked[k].is_whole ? j->picked[k].n_bytes : 0;
    }
    return n;
}

/* Numbers: first those that stand whole, then the lines, in their order; of these the ones with most posts, as far as there is room. */
static void number_topics(const struct job *j, GArray *topics)
{
    gint64 room = room_for_lines(j, topics);
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
    for (guint i = 0; i < MIN(lines->len, LIMIT_DIGEST_LINES); i++) {
        struct topic *t = lines->pdata[i];
        room -= LINE_BYTES + count_bytes(t->idea->title);
        if (room < 0)
            break;
        t->number = G_MAXUINT;
    }
    for (guint i = 0; i < topics->len; i++) {
        struct topic *t = &g_array_index(topics, struct topic, i);
        t->number = t->number == G_MAXUINT ? ++number : t->number;
    }
}

/* With its posts that are shown, and how many more there are. */
static void fill_topic(struct job *j, struct value *entry, void *user)
{
    const struct topic *t = user;
    struct value *posts = value_list();
    const struct forum *forum = job_forum(j, t->idea->forum_id);

    view_set_idea(entry, &j->v, t->idea);
    if (forum != NULL)
        view_set_forum(entry, &j->v, forum);
    value_set_number(entry, "entry", t->number);
    for (guint i = t->from; i < t->to; i++) {
        const struct post *post = j->picked[i].is_whole ? job_post(j, job_digest_post(j, i)->id) : NULL;
        if (post != NULL)
            value_append(posts, digest_post(j, t->idea, post));
    }
    guint n_more = t->to - t->from - t->n_whole;
    if (n_more > 0)
        value_set_number(entry, "n_more", n_more);
    value_set_bool(entry, "is_one_more", n_more == 1);
    value_set(entry, "posts", posts);
}

/* Number, title, who wrote last, how many. */
static void fill_line(struct job *j, struct value *entry, void *user)
{
    const struct topic *t = user;
    const struct person *author = job_person(j, job_digest_post(j, t->to - 1)->person_id);
    guint n = t->to - t->from;

    value_set_number(entry, "entry", t->number);
    view_set_thing(entry, &j->v, t->idea);
    value_set_line(entry, "idea_title", view_idea_title(&j->v, t->idea));
    value_set_line(entry, "author", author != NULL ? author->public_name : NULL);
    value_set_number(entry, "n_new", n);
    value_set_bool(entry, "is_one_new", n == 1);
}

static bool has_part(const struct job *j, const char *part)
{
    return templates_has_part(j->r->t, j->v.language, j->row->word, part);
}

/* The templates of an operator may do without the part: then its values stand in ENTRY. */
static void set_part(struct job *j, struct value *entry, const struct block_spec *spec, struct topic *t, bool has_part)
{
    if (has_part)
        job_set_block(j, entry, spec, t);
    else
        spec->fill(j, entry, t);
}

static GString *add_number(GString *key, gint64 number)
{
    number_append(key, number);
    return g_string_append_c(key, ' ');
}

/* What happened to the idea stands below what was written there: an idea is one entry. */
static void set_stand(struct value *entry, struct job *j, const struct topic *t)
{
    struct value *stand = job_stand_of(j, t->idea->id, t->number);

    if (stand == NULL)
        return;
    struct value *list = value_list();
    value_append(list, stand);
    value_set(entry, "stand", list);
}

/* The parts of addresses before the @ that are the reader's own stand in the block as often as the posts. */
static struct value *whole_topic(struct job *j, struct topic *t, bool has_part)
{
    struct value *entry = value_map();
    g_autoptr(GString) key = g_string_new(NULL);
    g_autoptr(GPtrArray) own = g_ptr_array_new_with_free_func(g_free);

    add_number(add_number(key, t->number), t->to - t->from);
    for (guint i = t->from; i < t->to; i++) {
        const struct post *post = job_digest_post(j, i);
        if (!j->picked[i].is_whole)
            continue;
        add_number(key, post->id);
        g_ptr_array_add(own, own_part(j, t->idea, post));
        digest_shown_add(j->entries, t->number, post->id);
    }
    g_ptr_array_add(own, NULL);
    value_set_number(entry, "entry", t->number);
    value_set_line(entry, "idea_title", view_idea_title(&j->v, t->idea));
    const struct block_spec spec = {"_digest_idea", key, (char *const *)own->pdata, fill_topic};
    set_part(j, entry, &spec, t, has_part);
    set_stand(entry, j, t);
    return entry;
}

static struct value *line_topic(struct job *j, struct topic *t, bool has_part)
{
    static char *const own[] = {NULL};
    struct value *entry = value_map();
    row_id last = job_digest_post(j, t->to - 1)->id;
    g_autoptr(GString) key = g_string_sized_new(64);
    const struct block_spec spec = {"_digest_line", key, own, fill_line};

    add_number(add_number(add_number(key, t->number), t->to - t->from), last);
    digest_shown_add(j->entries, t->number, last);
    set_part(j, entry, &spec, t, has_part);
    set_stand(entry, j, t);
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
        const struct idea *idea = t != NULL && t->number == 0 ? t->idea : NULL;
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

/* What happened to ideas that are no entry yet. Returns the last number. */
static guint set_other_stands(struct value *data, struct job *j, const GArray *topics, bool *has_public, bool *has_inner)
{
    g_autoptr(GHashTable) entries = g_hash_table_new(g_int64_hash, g_int64_equal);
    guint last = 0;

    for (guint i = 0; i < topics->len; i++) {
        const struct topic *t = &g_array_index(topics, struct topic, i);
        last = MAX(last, t->number);
        if (t->number > 0)
            g_hash_table_add(entries, (gpointer)&t->idea->id);
    }
    return job_set_stands(data, j, entries, last, has_public, has_inner);
}

void job_set_digest(struct value *data, struct job *j)
{
    struct value *ideas = value_list(), *lines = value_list();
    bool has_public = false, has_inner = false, has_more = false;
    const struct digest_entry *entries = job_pick(j);
    g_autoptr(GArray) topics = topics_of(j, entries);

    j->entries = g_string_new(NULL);
    bool has_idea = has_part(j, "_digest_idea"), has_line = has_part(j, "_digest_line");
    number_topics(j, topics);
    for (guint i = 0; i < topics->len; i++) {
        struct topic *t = &g_array_index(topics, struct topic, i);
        has_public = has_public || t->idea->ring == RING_PUBLIC;
        has_inner = has_inner || t->idea->ring != RING_PUBLIC;
        has_more = has_more || t->n_whole < t->to - t->from;
        if (t->n_whole > 0)
            value_append(ideas, whole_topic(j, t, has_idea));
        else if (t->number > 0)
            value_append(lines, line_topic(j, t, has_line));
    }
    set_counts(data, j->posts->len, topics->len);
    count_rest(data, j, topics);
    value_set_bool(data, "is_one_entry", set_other_stands(data, j, topics, &has_public, &has_inner) == 1);
    value_set_bool(data, "has_posts", j->posts->len > 0);
    value_set_bool(data, "is_late", j->n->purpose == PURPOSE_DIGEST_LATE);
    value_set_bool(data, "has_more", has_more);
    value_set_bool(data, "has_lines", value_length(lines) > 0);
    value_set_bool(data, "has_public", has_public);
    value_set_bool(data, "has_inner", has_inner);
    value_set(data, "ideas", ideas);
    value_set(data, "lines", lines);
}
