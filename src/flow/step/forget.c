/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deletions; see forget.h.
 */
#include "flow/step/forget.h"

#include "forum/answered.h"
#include "forum/unsaid.h"
#include "store/events.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/leftovers.h"
#include "store/messages.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/posts.h"

/* A mail of which another text stands or waits keeps its bytes as long as that one. */
static bool forget_mails(struct gateway *g, GArray *mails, gint64 now, struct err *e)
{
    for (guint i = 0; i < mails->len; i++) {
        row_id mail = g_array_index(mails, row_id, i);
        bool is_needed;
        if (!messages_is_needed(g->db, mail, &is_needed, e) || (!is_needed && !messages_forget(g->db, mail, false, now, e)))
            return false;
    }
    return true;
}

/* Whoever passed a text on hears that it does not appear; not what it was, nor whose. */
static bool tell_forwarder(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    stored_message_auto mail = h->yes == YES_FORWARD ? messages_by_id(g->db, h->about.message, e) : NULL;
    person_auto who = mail != NULL && mail->from_address != NULL ? persons_by_address(g->db, mail->from_address, e) : NULL;
    struct notice n = {.purpose = PURPOSE_FORWARD_OVER,
                       .person_id = who != NULL ? who->id : 0,
                       .about.forum = h->about.forum,
                       .due_at = now};

    return e->kind == ERR_NONE && (who == NULL || notices_add(g->db, &n, NULL, e));
}

bool forget_hold(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    g_autoptr(GArray) mails = messages_of_hold(g->db, h->id, e);

    return mails != NULL && tell_forwarder(g, h, now, e) && forget_mails(g, mails, now, e) && holds_forget(g->db, h->id, e);
}

char *forget_answered_in(struct gateway *g, const char *text, row_id parent, bool *is_gone_out, struct err *e)
{
    post_auto p = parent != 0 ? posts_by_id(g->db, parent, e) : NULL;

    *is_gone_out = p != NULL && p->forgotten_at != 0;
    char *left = *is_gone_out ? answered_forget_all(text, unsaid_mark(UNSAID_WISH, p->language)) : NULL;
    return left != NULL ? left : g_strdup(text);
}

bool forget_post(struct gateway *g, row_id post, gint64 now, struct err *e)
{
    post_auto p = posts_by_id(g->db, post, e);
    g_autoptr(GArray) mails = p != NULL ? messages_of_post(g->db, post, e) : NULL;
    struct event ev = {.at = now, .kind = "post.deleted", .about.idea = p != NULL ? p->idea_id : 0, .about.post = post};

    if (mails == NULL)
        return false;
    return posts_forget(g->db, post, now, e) && holds_forget_of_post(g->db, post, e) && forget_mails(g, mails, now, e) &&
           (p->kind != POST_IDEA || ideas_forget(g->db, p->idea_id, e)) && leftovers_add(g->db, LEFTOVER_WORDS, "", now, e) &&
           events_add(g->db, &ev, e);
}
