/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links in mails to pages of ours, each only for who gets the mail; none as long as [web] url is empty.
 */
#include "flow/out/render_job.h"

#include "forum/link.h"
#include "forum/when.h"

#include <string.h>

/* NULL: there are no pages. */
static char *url_of(const struct job *j, const struct link *l)
{
    const struct settings *s = j->r->g->settings;
    bool is_first = j->v.language == NULL || strcmp(j->v.language, s->initiative_languages[0]) == 0 ||
                    !g_strv_contains((const char *const *)s->initiative_languages, j->v.language);
    g_autofree char *prefix = is_first ? g_strdup("") : g_strconcat("/", j->v.language, NULL);

    return *s->web_url != '\0' ? link_url(s->web_url, prefix, l, j->r->g->key) : NULL;
}

static void set_url(struct value *data, const char *key, const struct job *j, const struct link *l)
{
    g_autofree char *url = url_of(j, l);

    value_set_string(data, key, url);
}

char *job_unsubscribe_url(const struct job *j)
{
    if (j->subscription == NULL)
        return NULL;
    return url_of(j, &(struct link){.kind = LINK_UNSUBSCRIBE,
                                    .subscription = j->subscription->id,
                                    .expires_at = j->v.now + LIMIT_LINK_LEAVE_S});
}

void job_set_links(struct value *data, const struct job *j)
{
    /* A question to an author, or the receipt of a withdrawal, which can be undone. */
    bool is_asked = j->hold != NULL && (j->row->answer == ANSWER_QUESTION || j->hold->kind == HOLD_UNDO) &&
                    j->hold->kind != HOLD_ENTRY && j->hold->kind != HOLD_LETTER;

    if (j->row->answer == ANSWER_SUBSCRIBE && j->subscription != NULL)
        set_url(data, "confirm_url", j,
                &(struct link){.kind = LINK_SUBSCRIBE,
                               .subscription = j->subscription->id,
                               .expires_at = when_days_over(j->v.now, LIMIT_SUBSCRIBE_DAYS, j->r->g->settings->zone)});
    if (is_asked && j->hold->kind != HOLD_REVIEW && j->hold->expires_at != 0)
        set_url(data, "confirm_url", j,
                &(struct link){.kind = LINK_CONFIRM, .hold = j->hold->id, .expires_at = j->hold->expires_at});
    if ((j->row->shows & SHOW_DESK) != 0)
        set_url(data, "desk_url", j,
                &(struct link){.kind = LINK_DESK, .id = j->n->id, .expires_at = j->v.now + LIMIT_DESK_LINK_S});
    /* What everybody is told of a post is written once for all: nothing of one person's may stand in it. */
    if (j->person != NULL && j->row->thread != THREAD_POST && !j->row->is_for_operator)
        set_url(data, "preferences_url", j,
                &(struct link){.kind = LINK_PREFERENCES,
                               .person = j->person->id,
                               .expires_at = j->v.now + LIMIT_LINK_PREFERENCES_S});
}

char *job_leave_url(const struct job *j, enum leave what, row_id id)
{
    return url_of(j, &(struct link){.kind = LINK_LEAVE,
                                    .person = j->n->person_id,
                                    .leave = what,
                                    .id = id,
                                    .expires_at = j->v.now + LIMIT_LINK_LEAVE_S});
}
