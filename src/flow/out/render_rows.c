/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows behind a notice. Many notices in a batch are about the same post, so what was looked up is kept until
 * renderer_forget().
 */
#include "flow/out/render_job.h"

#include "base/log.h"

#include "store/digests.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/issues.h"
#include "store/lists.h"
#include "store/messages.h"
#include "store/persons.h"
#include "store/posts.h"
#include "text/wrap.h"

#include <string.h>

static GHashTable *rows_new(GDestroyNotify free_row)
{
    return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, free_row);
}

/* Without its logo a mail still says everything; the operator finds the line in the log, and `check` says the same. */
static void read_look(struct renderer *r)
{
    struct colours colours;
    err_auto struct err e = {0};

    colours_of(r->g->settings->page_accent, &colours);
    r->look = mail_look_new(&colours);
    if (!logo_load(r->g->settings, &r->logo, &e))
        log_event(LOG_LEVEL_ERROR, NULL, "logo.not-read", "why", e.text, NULL);
}

static void forget_look(struct renderer *r)
{
    g_clear_pointer(&r->look, mail_look_free);
    g_clear_pointer(&r->logo, logo_free);
}

struct renderer *renderer_new(struct gateway *g, const struct templates *t)
{
    struct renderer *r = g_new0(struct renderer, 1);

    r->g = g;
    r->t = t;
    read_look(r);
    r->forums = rows_new((GDestroyNotify)forum_free);
    r->ideas = rows_new((GDestroyNotify)idea_free);
    r->posts = rows_new((GDestroyNotify)post_free);
    r->persons = rows_new((GDestroyNotify)person_free);
    r->lists = rows_new((GDestroyNotify)list_free);
    r->issues = rows_new((GDestroyNotify)issue_free);
    r->texts = rows_new(g_free);
    return r;
}

void kept_free(struct kept *k)
{
    if (k == NULL)
        return;
    g_free(k->key);
    g_free(k->subject);
    g_free(k->text);
    g_free(k->html);
    g_free(k->language);
    g_free(k);
}

void renderer_forget_issue(struct renderer *r)
{
    if (r->issue_key != NULL)
        markdown_clear(&r->issue_text);
    g_clear_pointer(&r->issue_key, g_free);
}

static void forget_enclosed(struct renderer *r)
{
    g_clear_pointer(&r->enclosed, g_ptr_array_unref);
    r->enclosed_of = 0;
}

void renderer_forget(struct renderer *r)
{
    renderer_forget_issue(r);
    g_hash_table_remove_all(r->lists);
    g_hash_table_remove_all(r->issues);
    g_clear_pointer(&r->last, kept_free);
    g_hash_table_remove_all(r->forums);
    g_hash_table_remove_all(r->ideas);
    g_hash_table_remove_all(r->posts);
    g_hash_table_remove_all(r->persons);
    g_hash_table_remove_all(r->texts);
}

void renderer_use(struct renderer *r, const struct templates *t)
{
    renderer_forget(r); /* the text kept for the next reader is in the old words */
    r->t = t;
    forget_look(r);
    read_look(r);
}

void renderer_free(struct renderer *r)
{
    if (r == NULL)
        return;
    g_hash_table_unref(r->forums);
    g_hash_table_unref(r->ideas);
    g_hash_table_unref(r->posts);
    g_hash_table_unref(r->persons);
    g_hash_table_unref(r->texts);
    g_hash_table_unref(r->lists);
    g_hash_table_unref(r->issues);
    renderer_forget_issue(r);
    forget_enclosed(r);
    forget_look(r);
    kept_free(r->last);
    g_free(r);
}

static gpointer keep(GHashTable *rows, row_id id, gpointer row)
{
    if (row != NULL)
        g_hash_table_insert(rows, g_memdup2(&id, sizeof id), row);
    return row;
}

/* JOB_ROW(forum, forums_by_id) is job_forum(): from memory, else from the database. */
#define JOB_ROW(type, table, find)                                                       \
    const struct type *job_##type(struct job *j, row_id id)                              \
    {                                                                                    \
        const struct type *row = id != 0 ? g_hash_table_lookup(j->r->table, &id) : NULL; \
        if (row != NULL || id == 0 || j->e->kind != ERR_NONE)                            \
            return row;                                                                  \
        return keep(j->r->table, id, find(j->r->g->db, id, j->e));                       \
    }
JOB_ROW(forum, forums, forums_by_id)
JOB_ROW(idea, ideas, ideas_by_id)
JOB_ROW(post, posts, posts_by_id)
JOB_ROW(person, persons, persons_by_id)
JOB_ROW(list, lists, lists_by_id)
JOB_ROW(issue, issues, issues_by_id)

const char *job_post_text(struct job *j, const struct post *post)
{
    const char *text = g_hash_table_lookup(j->r->texts, &post->id);

    return text != NULL ? text : keep(j->r->texts, post->id, text_unwrap(post->text));
}

static bool is_written(const struct job *j, const char *language)
{
    char *const *languages = j->r->g->settings->initiative_languages;

    for (; *languages != NULL; languages++) {
        gsize n = strlen(*languages);
        if (g_ascii_strncasecmp(language, *languages, n) == 0 && (language[n] == '\0' || language[n] == '-'))
            return true;
    }
    return false;
}

/* The notice's, the person's, the forum's, the initiative's: the first in which the gateway writes. */
static const char *choose_language(const struct job *j)
{
    const char *const wishes[] = {j->n->language, j->person != NULL ? j->person->language : NULL,
                                  j->forum != NULL ? j->forum->language : NULL, j->list != NULL ? j->list->language : NULL};

    for (guint i = 0; i < G_N_ELEMENTS(wishes); i++)
        if (wishes[i] != NULL && is_written(j, wishes[i]))
            return wishes[i];
    return j->r->g->settings->initiative_languages[0];
}

static bool gather_digest(struct job *j)
{
    struct db *db = j->r->g->db;
    g_autofree struct digest *d = digests_by_id(db, j->n->about.digest, j->e);

    if (d != NULL)
        j->posts = digests_posts(db, d->person_id, d->delivery, d->from_post, d->to_post, j->e);
    return j->e->kind == ERR_NONE;
}

/* Who is asked whether a text is theirs may be known already, under a public name. */
static const struct person *person_asked(struct job *j)
{
    person_auto p = j->e->kind == ERR_NONE ? persons_by_address(j->r->g->db, j->hold->address, j->e) : NULL;

    return p != NULL ? job_person(j, p->id) : NULL;
}

bool job_gather(struct job *j)
{
    const struct notice *n = j->n;
    struct db *db = j->r->g->db;

    j->forum = job_forum(j, n->about.forum);
    j->idea = job_idea(j, n->about.idea);
    j->post = job_post(j, n->about.post);
    j->person = job_person(j, n->person_id);
    if (j->post != NULL)
        j->author = job_person(j, j->post->person_id);
    if (n->about.hold != 0 && j->e->kind == ERR_NONE)
        j->hold = holds_by_id(db, n->about.hold, j->e);
    if (n->about.message != 0 && j->e->kind == ERR_NONE)
        j->message = messages_by_id(db, n->about.message, j->e);
    if (j->message != NULL && j->message->message_id != NULL && strchr(j->message->message_id, '@') == NULL)
        row_text_set(&j->message->message_id, NULL); /* it had none, or it was deleted: nothing to thread by */
    if (n->about.digest != 0 && j->e->kind == ERR_NONE)
        gather_digest(j);
    if (j->hold != NULL && j->hold->kind == HOLD_CONFIRM && j->person == NULL)
        j->person = person_asked(j);
    if (j->row->detail == DETAIL_WISH && n->detail != NULL && g_ascii_isdigit(*n->detail) && j->e->kind == ERR_NONE)
        j->wish = wishes_by_id(db, g_ascii_strtoll(n->detail, NULL, 10), j->e);
    job_gather_news(j);
    j->v.language = choose_language(j);
    return j->e->kind == ERR_NONE;
}

void job_clear(struct job *j)
{
    subscription_free(j->subscription);
    editor_free(j->editor);
    hold_free(j->hold);
    wish_free(j->wish);
    stored_message_free(j->message);
    g_clear_pointer(&j->posts, g_ptr_array_unref);
}
