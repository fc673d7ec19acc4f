/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See version.h.
 */
#include "flow/step/version.h"

#include "store/events.h"
#include "store/ideas.h"
#include "store/notices.h"
#include "store/posts.h"
#include "store/versions.h"

bool version_replace(struct gateway *g, const struct post *p, const char *text, row_id message, gint64 now, struct err *e)
{
    struct version old = {.post_id = p->id, .at = now, .message_id = message, .text = p->text};
    struct event ev = {.at = now,
                       .kind = "post.corrected",
                       .about.message = message,
                       .about.person = p->person_id,
                       .about.idea = p->idea_id,
                       .about.post = p->id};

    return versions_add(g->db, &old, e) && posts_set_text(g->db, p, text, e) && posts_set_edited(g->db, p->id, now, e) &&
           events_add(g->db, &ev, e);
}

bool version_publish(struct gateway *g, const struct post *p, const char *text, row_id message, gint64 now, struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, p->idea_id, e);
    struct notice n = {.purpose = PURPOSE_RECEIPT_CORRECTED,
                       .person_id = p->person_id,
                       .about.forum = idea != NULL ? idea->forum_id : 0,
                       .about.idea = p->idea_id,
                       .about.post = p->id,
                       .about.message = message,
                       .due_at = now};

    return idea != NULL && version_replace(g, p, text, message, now, e) && notices_add(g->db, &n, NULL, e);
}
