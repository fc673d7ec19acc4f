/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What somebody wrote, was asked and was sent; see person_held.h.
 */
#include "cmd/person_held.h"

#include "flow/spool.h"
#include "store/bounces.h"
#include "store/holds.h"
#include "store/messages.h"
#include "store/notices.h"
#include "store/posts.h"
#include "store/remarks.h"
#include "store/versions.h"
#include "store/wishes.h"

#include <string.h>

bool person_show_posts(struct held *h)
{
    g_autoptr(GPtrArray) all = h->p != NULL ? posts_of_person(h->d->gateway->db, h->p->id, h->e) : g_ptr_array_new();

    held_begin(h, "posts", "Contributions");
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct post *p = all->pdata[i];
        held_begin_line(h);
        held_put_id(h, "post", "post ", p->id);
        held_put_id(h, "idea", "idea ", p->idea_id);
        held_put_id(h, "number", "#", p->number);
        held_put_text(h, "state", post_state_name(p->state));
        held_put_time(h, "at", p->at);
        held_put_text(h, "reason", p->taken_reason);
        held_put_time(h, "deleted_at", p->forgotten_at);
        held_put_words(h, "text", p->text);
        held_end_line(h);
    }
    held_end(h);
    return all != NULL;
}

/* What the posts said before they were corrected. */
bool person_show_versions(struct held *h)
{
    g_autoptr(GPtrArray) posts = h->p != NULL ? posts_of_person(h->d->gateway->db, h->p->id, h->e) : g_ptr_array_new();

    held_begin(h, "versions", "Earlier versions of contributions");
    for (guint i = 0; posts != NULL && i < posts->len; i++) {
        g_autoptr(GPtrArray) all = versions_of_post(h->d->gateway->db, ((const struct post *)posts->pdata[i])->id, h->e);
        for (guint k = 0; all != NULL && k < all->len; k++) {
            const struct version *v = all->pdata[k];
            held_begin_line(h);
            held_put_id(h, "post", "post ", v->post_id);
            held_put_time(h, "until", v->at);
            held_put_words(h, "text", v->text);
            held_end_line(h);
        }
    }
    held_end(h);
    return posts != NULL && h->e->kind == ERR_NONE;
}

bool person_show_holds(struct held *h)
{
    held_begin(h, "questions", "What we asked, and what waits");
    for (guint i = 0; i < h->addresses->len; i++) {
        g_autofree char *key = persons_key(h->addresses->pdata[i]);
        g_autoptr(GPtrArray) all = holds_of_address(h->d->gateway->db, key, h->e);
        for (guint j = 0; all != NULL && j < all->len; j++) {
            const struct hold *hold = all->pdata[j];
            held_begin_line(h);
            held_put_id(h, "hold", "hold ", hold->id);
            held_put_text(h, "kind", hold_kind_name(hold->kind));
            held_put_text(h, "state", hold_state_name(hold->state));
            held_put_time(h, "created_at", hold->created_at);
            held_put_time(h, "decided_at", hold->decided_at);
            held_put_text(h, "reason", hold->reason);
            held_put_text(h, "title", hold->title);
            held_put_words(h, "text", hold->text);
            held_end_line(h);
        }
        if (all == NULL)
            return false;
    }
    held_end(h);
    return true;
}

/* Who is named in a wish besides its owner is not theirs to know. */
bool person_show_wishes(struct held *h)
{
    held_begin(h, "wishes", "Wishes that wait for their yes");
    for (guint i = 0; i < h->addresses->len; i++) {
        g_autofree char *key = persons_key(h->addresses->pdata[i]);
        g_autoptr(GPtrArray) all = wishes_of(h->d->gateway->db, key, h->e);
        for (guint j = 0; all != NULL && j < all->len; j++) {
            const struct wish *wish = all->pdata[j];
            held_begin_line(h);
            held_put_text(h, "address", wish->written);
            held_put_text(h, "kind", wish_kind_name(wish->kind));
            held_put_time(h, "created_at", wish->created_at);
            held_put_time(h, "asked_at", wish->asked_at);
            held_put_time(h, "expires_at", wish->expires_at);
            held_end_line(h);
        }
        if (all == NULL)
            return false;
    }
    held_end(h);
    return true;
}

/* A line each. */
static bool show_said(struct held *h, const GPtrArray *all)
{
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct remark *said = all->pdata[i];
        held_begin_line(h);
        held_put_id(h, "hold", "hold ", said->hold_id);
        held_put_text(h, "kind", remark_kind_names[said->kind]);
        held_put_time(h, "at", said->at);
        held_put_words(h, "text", said->text);
        held_end_line(h);
    }
    return all != NULL;
}

bool person_show_remarks(struct held *h)
{
    g_autoptr(GPtrArray) all = h->p != NULL ? remarks_of_person(h->d->gateway->db, h->p->id, h->e) : g_ptr_array_new();

    held_begin(h, "remarks", "Said to moderators or as one");
    bool ok = show_said(h, all);
    held_end(h);
    return ok;
}

/* What staff wrote to them alone, and they answered. */
bool person_show_letters(struct held *h)
{
    bool ok = true;

    held_begin(h, "letters", "Letters to them alone, and their answers");
    for (guint i = 0; ok && i < h->addresses->len; i++) {
        g_autofree char *key = persons_key(h->addresses->pdata[i]);
        g_autoptr(GPtrArray) all = remarks_letters_to(h->d->gateway->db, key, h->e);
        ok = show_said(h, all);
    }
    held_end(h);
    return ok;
}

bool person_show_letters_written(struct held *h)
{
    g_autoptr(GPtrArray) all = h->p != NULL ? remarks_letters_by(h->d->gateway->db, h->p->id, h->e) : g_ptr_array_new();

    held_begin(h, "letters_written", "Letters that they wrote to authors");
    bool ok = show_said(h, all);
    held_end(h);
    return ok;
}

bool person_show_mails(struct held *h)
{
    held_begin(h, "mails", "Mails that came from there (`forumpost message show ID` shows one)");
    for (guint i = 0; i < h->addresses->len; i++) {
        g_autofree char *key = persons_key(h->addresses->pdata[i]);
        g_autoptr(GPtrArray) all = messages_of_sender(h->d->gateway->db, key, h->e);
        for (guint j = 0; all != NULL && j < all->len; j++) {
            const struct stored_message *m = all->pdata[j];
            held_begin_line(h);
            held_put_text(h, "message", m->key);
            held_put_time(h, "received_at", m->received_at);
            held_put_text(h, "kept_as", keep_name(m->keep));
            held_put_text(h, "subject", m->subject);
            held_end_line(h);
        }
        if (all == NULL)
            return false;
    }
    held_end(h);
    return true;
}

bool person_show_failed(struct held *h)
{
    g_autoptr(GPtrArray) all = spool_failed_list(h->d->settings.storage_spool, h->e);

    held_begin(h, "unread", "Mails that could not be read (`forumpost retry`)");
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct spooled *s = all->pdata[i];
        g_autofree char *sender = persons_key(s->sender);
        for (guint j = 0; j < h->addresses->len; j++) {
            g_autofree char *key = persons_key(h->addresses->pdata[j]);
            if (strcmp(key, sender) != 0)
                continue;
            held_begin_line(h);
            held_put_text(h, "message", s->id);
            held_put_time(h, "received_at", s->received_at);
            held_end_line(h);
        }
    }
    held_end(h);
    return all != NULL;
}

static bool show_notice(const struct notice *n, void *user)
{
    struct held *h = user;

    held_begin_line(h);
    held_put_id(h, "notice", "notice ", n->id);
    held_put_text(h, "purpose", purpose_name(n->purpose));
    held_put_text(h, "state", notice_state_name(n->state));
    held_put_time(h, "due_at", n->due_at);
    held_put_id(h, "idea", "idea ", n->about.idea);
    held_put_id(h, "post", "post ", n->about.post);
    held_put_text(h, "detail", n->detail);
    held_end_line(h);
    return true;
}

bool person_show_notices(struct held *h)
{
    bool ok = true;

    held_begin(h, "notices", "Mails that we sent or owe");
    for (guint i = 0; ok && i < h->addresses->len; i++) {
        g_autofree char *key = persons_key(h->addresses->pdata[i]);
        ok = notices_each_of(h->d->gateway->db, i == 0 && h->p != NULL ? h->p->id : 0, key, show_notice, h, h->e);
    }
    held_end(h);
    return ok;
}

bool person_show_bounces(struct held *h)
{
    held_begin(h, "bounces", "Mails to them that came back");
    for (guint i = 0; i < h->addresses->len; i++) {
        g_autofree char *key = persons_key(h->addresses->pdata[i]);
        g_autoptr(GPtrArray) all = bounces_of(h->d->gateway->db, key, h->e);
        for (guint j = 0; all != NULL && j < all->len; j++) {
            const struct bounce *b = all->pdata[j];
            held_begin_line(h);
            held_put_id(h, "bounce", "bounce ", b->id);
            held_put_text(h, "address", b->address);
            held_put_time(h, "at", b->at);
            held_put_text(h, "kind", bounce_kind_names[b->kind]);
            held_put_text(h, "status", b->status);
            held_put_time(h, "undone_at", b->undone_at);
            held_end_line(h);
        }
        if (all == NULL)
            return false;
    }
    held_end(h);
    return true;
}
