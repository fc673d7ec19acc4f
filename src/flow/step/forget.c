/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deletions; see forget.h.
 */
#include "flow/step/forget.h"

#include "forum/answered.h"
#include "forum/memory.h"
#include "store/events.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/leftovers.h"
#include "store/messages.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/posts.h"
#include "store/versions.h"

#define MARK "[…]" /* in place of a quote, in texts of any language */

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

/* All that the post said since it was there, for any of it may be quoted (char *). */
static GPtrArray *texts_of(struct gateway *g, const struct post *p, struct err *e)
{
    g_autoptr(GPtrArray) versions = versions_of_post(g->db, p->id, e);
    GPtrArray *out = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(out, g_strdup(p->text));
    for (guint i = 0; versions != NULL && i < versions->len; i++)
        g_ptr_array_add(out, g_strdup(((const struct version *)versions->pdata[i])->text));
    return out;
}

bool forget_answered(struct gateway *g, const struct post *p, struct err *e)
{
    g_autoptr(GPtrArray) all = posts_of_idea(g->db, p->idea_id, false, e), said = texts_of(g, p, e);
    bool ok = all != NULL && e->kind == ERR_NONE;

    for (guint i = 0; ok && i < all->len; i++) {
        const struct post *later = all->pdata[i];
        g_autofree char *text = later->id > p->id ? answered_forget(later->text, said, MARK) : NULL;
        ok = text == NULL || posts_set_text(g->db, later, text, e);
    }
    return ok;
}

char *forget_answered_in(struct gateway *g, const char *text, row_id parent, bool *is_gone_out, struct err *e)
{
    post_auto p = parent != 0 ? posts_by_id(g->db, parent, e) : NULL;

    *is_gone_out = p != NULL && p->forgotten_at != 0;
    if (p == NULL || p->state == POST_PUBLISHED)
        return g_strdup(text);
    g_autoptr(GPtrArray) said = texts_of(g, p, e);
    char *left = *is_gone_out ? answered_forget_all(text, MARK) : answered_forget(text, said, MARK);
    return left != NULL ? left : g_strdup(text);
}

/* What a later post of the same discussion says of the deleted text: runs of it in its words, all of it in the quotes of
 * the mails that it came with. Its author's own words stay, and what answers to it are found by. */
static bool forget_in(struct gateway *g, const struct post *later, GBytes *memory, const char *mark, gint64 now, struct err *e)
{
    g_autofree char *text = memory_replace(later->text, memory, mark);
    g_autoptr(GArray) mails = messages_of_post(g->db, later->id, e);

    if (mails == NULL || (text != NULL && !posts_set_text(g->db, later, text, e)))
        return false;
    for (guint i = 0; i < mails->len; i++)
        if (!messages_forget(g->db, g_array_index(mails, row_id, i), true, now, e))
            return false;
    return true;
}

static GBytes *memory_of_all(const GPtrArray *texts)
{
    g_autoptr(GPtrArray) memories = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);

    for (guint i = 0; i < texts->len; i++)
        g_ptr_array_add(memories, memory_of(texts->pdata[i]));
    return memory_join((GBytes *const *)memories->pdata, memories->len);
}

static bool forget_quotes(struct gateway *g, const struct post *p, gint64 now, struct err *e)
{
    if (!forget_answered(g, p, e)) /* posts are read again below, as they are now */
        return false;
    g_autoptr(GPtrArray) all = posts_of_idea(g->db, p->idea_id, false, e), texts = texts_of(g, p, e);
    g_autoptr(GBytes) memory = memory_of_all(texts);
    bool ok = all != NULL && e->kind == ERR_NONE;

    for (guint i = 0; ok && i < all->len; i++) {
        const struct post *later = all->pdata[i];
        if (later->id > p->id)
            ok = forget_in(g, later, memory, MARK, now, e);
    }
    return ok;
}

bool forget_post(struct gateway *g, row_id post, gint64 now, struct err *e)
{
    post_auto p = posts_by_id(g->db, post, e);
    g_autoptr(GArray) mails = p != NULL ? messages_of_post(g->db, post, e) : NULL;
    struct event ev = {.at = now, .kind = "post.deleted", .about.idea = p != NULL ? p->idea_id : 0, .about.post = post};

    if (mails == NULL)
        return false;
    return forget_quotes(g, p, now, e) && posts_forget(g->db, post, now, e) && holds_forget_of_post(g->db, post, e) &&
           forget_mails(g, mails, now, e) && (p->kind != POST_IDEA || ideas_forget(g->db, p->idea_id, e)) &&
           leftovers_add(g->db, LEFTOVER_WORDS, "", now, e) && events_add(g->db, &ev, e);
}
