/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers to a digest: what became of each, and the question which entry one is for. A reader sees no title that they may
 * not read, whoever forwarded them what.
 */
#include "flow/out/render_job.h"

#include "base/limits.h"
#include "flow/shown.h"
#include "flow/step/answers.h"
#include "store/forums.h"
#include "text/wrap.h"

#define START_CHARS 60

static void set_fared(struct value *entry, enum fared fared)
{
    value_set_bool(entry, "is_published", fared == FARED_PUBLISHED);
    value_set_bool(entry, "is_review", fared == FARED_REVIEW);
    value_set_bool(entry, "is_asked", fared == FARED_ASKED);
    value_set_bool(entry, "is_done", fared == FARED_DONE);
    value_set_bool(entry, "is_closed", fared == FARED_CLOSED);
    value_set_bool(entry, "is_members", fared == FARED_MEMBERS);
    value_set_bool(entry, "is_refused", fared == FARED_NOT);
    value_set_bool(entry, "is_twice", fared == FARED_TWICE);
    value_set_bool(entry, "is_waiting", fared == FARED_WAITS);
}

static void append_answer(struct value *list, struct job *j, const struct fared_line *line)
{
    struct value *entry = value_map();
    const struct post *answered = job_post(j, line->post), *post = job_post(j, line->id);
    const struct idea *idea = answered != NULL ? job_idea(j, answered->idea_id) : NULL;
    g_autofree char *text = line->text != NULL ? text_unwrap(line->text) : post != NULL ? text_unwrap(post->text) : NULL;

    set_fared(entry, line->fared);
    if (line->number != 0)
        value_set_number(entry, "entry", line->number);
    if (idea != NULL && job_may_read(j, idea))
        view_set_idea(entry, &j->v, idea);
    if (text != NULL)
        view_set_taken(entry, "text_quoted", text_quote(text));
    value_append(list, entry);
}

void job_set_answers(struct value *data, struct job *j)
{
    g_autoptr(GPtrArray) lines = answers_read(j->n->detail != NULL ? j->n->detail : "");
    struct value *list = value_list();
    guint n = 0;

    for (guint i = 0; i < lines->len; i++) {
        const struct fared_line *line = lines->pdata[i];
        n += line->fared == FARED_PUBLISHED || line->fared == FARED_REVIEW;
        append_answer(list, j, line);
    }
    value_set_number(data, "n_answers", n);
    value_set_bool(data, "is_one_answer", n == 1);
    value_set_bool(data, "is_no_answer", n == 0);
    value_set(data, "answers", list);
}

/* One line a discussion: its number, title, and how its newest post begins. */
void job_set_entries(struct value *data, struct job *j)
{
    shown_auto s = shown_of(j->r->g, j->hold->about.digest, j->e);
    struct value *list = value_list();

    for (guint i = 0; s != NULL && i < s->n_entries; i++) {
        const struct idea *idea = shown_idea(s, i);
        bool is_newest = i + 1 == s->n_entries || s->entries[i + 1].number != s->entries[i].number;
        if (!is_newest || value_length(list) >= LIMIT_DIGEST_ASKED || !job_may_read(j, idea))
            continue;
        struct value *entry = value_map();
        const struct post *post = s->posts->pdata[i];
        const struct person *author = job_person(j, post->person_id);
        value_set_number(entry, "entry", s->entries[i].number);
        value_set_line(entry, "idea_title", idea->title);
        value_set_line(entry, "author", author != NULL ? author->public_name : NULL);
        if (post->state == POST_PUBLISHED)
            view_set_taken(entry, "start", text_shorten(post->text, START_CHARS));
        value_append(list, entry);
    }
    value_set(data, "entries", list);
}
