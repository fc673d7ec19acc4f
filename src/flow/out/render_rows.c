/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows behind a notice. Many notices in a batch are about the same post, so what was looked up is kept until
 * renderer_forget().
 */
#include "flow/out/render_job.h"

#include "flow/out/digest_news.h"
#include "forum/access.h"
#include "store/digests.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/issues.h"
#include "store/lists.h"
#include "store/messages.h"
#include "store/notices.h"

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

    if (d == NULL)
        return j->e->kind == ERR_NONE;
    j->joined = notices_joined(db, d->id, j->e);
    if ((d->delivery != DELIVERY_NEWS || j->n->purpose == PURPOSE_DIGEST_LATE) && j->joined != NULL)
        j->posts = digest_news_of(j->r->news, db, d, j->e);
    else if (j->n->purpose != PURPOSE_NEWS_MANY)
        j->posts = g_ptr_array_new(); /* a digest of steps alone */
    return j->e->kind == ERR_NONE;
}

/* Who is asked whether a text is theirs may be known already, under a public name. */
static const struct person *person_asked(struct job *j)
{
    person_auto p = j->e->kind == ERR_NONE ? persons_by_address(j->r->g->db, j->hold->address, j->e) : NULL;

    return p != NULL ? job_person(j, p->id) : NULL;
}

bool job_may_read(struct job *j, const struct idea *idea)
{
    row_id reader = j->n->person_id;
    g_autofree struct member *m = reader != 0 ? members_find(j->r->g->db, idea->forum_id, reader, j->e) : NULL;

    return access_may_read(idea, m != NULL ? m->role : ROLE_NONE, reader != 0 && reader == idea->author_id);
}

bool job_gather(struct job *j)
{
    const struct notice *n = j->n;
    struct db *db = j->r->g->db;

    j->forum = job_forum(j, n->about.forum);
    j->idea = job_idea(j, n->about.idea);
    if (j->idea != NULL && (j->row->shows & SHOW_STEPS) != 0)
        j->forum = job_forum(j, j->idea->forum_id); /* it may have moved since */
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
    if (j->joined != NULL && !job_sift_joined(j))
        return false;
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
    g_clear_pointer(&j->joined, g_ptr_array_unref);
    g_free(j->picked);
    g_clear_pointer(&j->places, g_array_unref);
    if (j->own_data != NULL)
        g_string_free(j->own_data, TRUE);
    if (j->entries != NULL)
        g_string_free(j->entries, TRUE);
}
