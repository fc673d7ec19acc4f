/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything about one person; see person_show.h. Each part is a list; for people a heading with lines, with --json an array
 * of one object.
 */
#include "cmd/person_show.h"

#include "flow/spool.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/messages.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/posts.h"
#include "store/lists.h"
#include "store/steps.h"
#include "store/subscriptions.h"
#include "store/versions.h"

#include <stdio.h>
#include <string.h>

struct held {
    struct door *d;
    JsonBuilder *json;    /* NULL for people */
    struct person *p;     /* NULL: nobody confirmed the address */
    GPtrArray *addresses; /* as written */
    struct err *e;
};

/* ---- One part */
static void begin(struct held *h, const char *name, const char *heading)
{
    if (h->json == NULL) {
        printf("\n%s\n", heading);
        return;
    }
    json_builder_set_member_name(h->json, name);
    json_builder_begin_array(h->json);
}

static void end(struct held *h)
{
    if (h->json != NULL)
        json_builder_end_array(h->json);
}

static void begin_line(struct held *h)
{
    if (h->json != NULL)
        json_builder_begin_object(h->json);
    else
        printf(" ");
}

static void end_line(struct held *h)
{
    if (h->json != NULL)
        json_builder_end_object(h->json);
    else
        printf("\n");
}

static void put_text(struct held *h, const char *name, const char *text)
{
    if (h->json != NULL)
        json_text(h->json, name, text);
    else if (text != NULL && *text != '\0')
        printf(" %s", text);
}

static void put_time(struct held *h, const char *name, gint64 at)
{
    if (h->json != NULL) {
        json_time(h->json, name, at, h->d);
    } else if (at != 0) {
        g_autofree char *text = door_time(h->d, at);
        printf(" %s", text);
    }
}

static void put_id(struct held *h, const char *name, const char *before, row_id id)
{
    if (h->json != NULL)
        json_id(h->json, name, id);
    else if (id != 0)
        printf(" %s%" G_GINT64_FORMAT, before, id);
}

/* Several lines: below, for people. */
static void put_words(struct held *h, const char *name, const char *text)
{
    if (h->json != NULL)
        json_text(h->json, name, text);
    else if (text != NULL && *text != '\0')
        printf("\n%s\n", text);
}

/* ---- The parts */
static bool show_members(struct held *h)
{
    g_autoptr(GPtrArray) all = h->p != NULL ? members_of_person(h->d->gateway->db, h->p->id, h->e) : g_ptr_array_new();

    begin(h, "forums", "Forums");
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct member *m = all->pdata[i];
        forum_auto f = forums_by_id(h->d->gateway->db, m->forum_id, h->e);
        begin_line(h);
        put_text(h, "forum", f != NULL ? f->name : NULL);
        put_text(h, "role", role_name(m->role));
        put_text(h, "delivery", delivery_name(m->delivery));
        put_time(h, "joined_at", m->joined_at);
        end_line(h);
    }
    end(h);
    return all != NULL;
}

static bool show_follows(struct held *h)
{
    g_autoptr(GArray) all =
        h->p != NULL ? persons_follows(h->d->gateway->db, h->p->id, h->e) : g_array_new(FALSE, FALSE, sizeof(row_id));

    begin(h, "follows", "Is told of new posts in ideas");
    for (guint i = 0; all != NULL && i < all->len; i++) {
        begin_line(h);
        put_id(h, "idea", "idea ", g_array_index(all, row_id, i));
        end_line(h);
    }
    end(h);
    return all != NULL;
}

static bool show_supports(struct held *h)
{
    g_autoptr(GPtrArray) all = h->p != NULL ? supports_of_person(h->d->gateway->db, h->p->id, h->e) : g_ptr_array_new();

    begin(h, "supports", "Is for ideas");
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct backing *s = all->pdata[i];
        begin_line(h);
        put_id(h, "idea", "idea ", s->idea_id);
        put_time(h, "at", s->at);
        put_text(h, "how", s->how);
        put_time(h, "ended_at", s->ended_at);
        end_line(h);
    }
    end(h);
    return all != NULL;
}

static bool show_steps(struct held *h)
{
    g_autoptr(GPtrArray) all = h->p != NULL ? steps_of_person(h->d->gateway->db, h->p->id, h->e) : g_ptr_array_new();

    begin(h, "steps", "Steps that ideas took by them");
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct stage *s = all->pdata[i];
        begin_line(h);
        put_id(h, "idea", "idea ", s->idea_id);
        put_time(h, "at", s->at);
        put_text(h, "by", s->by);
        put_text(h, "from", s->from_state);
        put_text(h, "to", s->to_state);
        put_words(h, "reason", s->reason);
        end_line(h);
    }
    end(h);
    return all != NULL;
}

static bool show_subscription(struct held *h, const struct subscription *s)
{
    list_auto l = lists_by_id(h->d->gateway->db, s->list_id, h->e);

    begin_line(h);
    put_text(h, "newsletter", l != NULL ? l->name : NULL);
    put_text(h, "address", s->written);
    put_text(h, "state", subscription_state_name(s->state));
    put_text(h, "by", way_name(s->way));
    put_text(h, "language", s->language);
    put_time(h, "since", s->since);
    put_time(h, "asked_at", s->asked_at);
    put_time(h, "changed_at", s->changed_at);
    end_line(h);
    return l != NULL;
}

static bool show_subscriptions(struct held *h)
{
    begin(h, "subscriptions", "Newsletters (`forumpost consent show ADDRESS` has the record)");
    for (guint i = 0; i < h->addresses->len; i++) {
        g_autofree char *key = persons_key(h->addresses->pdata[i]);
        g_autoptr(GPtrArray) all = subscriptions_of(h->d->gateway->db, key, h->e);
        for (guint j = 0; all != NULL && j < all->len; j++)
            if (!show_subscription(h, all->pdata[j]))
                return false;
        if (all == NULL)
            return false;
    }
    end(h);
    return true;
}

static bool show_posts(struct held *h)
{
    g_autoptr(GPtrArray) all = h->p != NULL ? posts_of_person(h->d->gateway->db, h->p->id, h->e) : g_ptr_array_new();

    begin(h, "posts", "Contributions");
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct post *p = all->pdata[i];
        begin_line(h);
        put_id(h, "post", "post ", p->id);
        put_id(h, "idea", "idea ", p->idea_id);
        put_id(h, "number", "#", p->number);
        put_text(h, "state", post_state_name(p->state));
        put_time(h, "at", p->at);
        put_text(h, "reason", p->taken_reason);
        put_time(h, "deleted_at", p->forgotten_at);
        put_words(h, "text", p->text);
        end_line(h);
    }
    end(h);
    return all != NULL;
}

/* What the posts said before they were corrected. */
static bool show_versions(struct held *h)
{
    g_autoptr(GPtrArray) posts = h->p != NULL ? posts_of_person(h->d->gateway->db, h->p->id, h->e) : g_ptr_array_new();

    begin(h, "versions", "Earlier versions of contributions");
    for (guint i = 0; posts != NULL && i < posts->len; i++) {
        g_autoptr(GPtrArray) all = versions_of_post(h->d->gateway->db, ((const struct post *)posts->pdata[i])->id, h->e);
        for (guint k = 0; all != NULL && k < all->len; k++) {
            const struct version *v = all->pdata[k];
            begin_line(h);
            put_id(h, "post", "post ", v->post_id);
            put_time(h, "until", v->at);
            put_words(h, "text", v->text);
            end_line(h);
        }
    }
    end(h);
    return posts != NULL && h->e->kind == ERR_NONE;
}

static bool show_holds(struct held *h)
{
    begin(h, "questions", "What we asked, and what waits");
    for (guint i = 0; i < h->addresses->len; i++) {
        g_autofree char *key = persons_key(h->addresses->pdata[i]);
        g_autoptr(GPtrArray) all = holds_of_address(h->d->gateway->db, key, h->e);
        for (guint j = 0; all != NULL && j < all->len; j++) {
            const struct hold *hold = all->pdata[j];
            begin_line(h);
            put_id(h, "hold", "hold ", hold->id);
            put_text(h, "kind", hold_kind_name(hold->kind));
            put_text(h, "state", hold_state_name(hold->state));
            put_time(h, "created_at", hold->created_at);
            put_time(h, "decided_at", hold->decided_at);
            put_text(h, "reason", hold->reason);
            put_text(h, "title", hold->title);
            put_words(h, "text", hold->text);
            end_line(h);
        }
        if (all == NULL)
            return false;
    }
    end(h);
    return true;
}

static bool show_mails(struct held *h)
{
    begin(h, "mails", "Mails that came from there (`forumpost message show ID` shows one)");
    for (guint i = 0; i < h->addresses->len; i++) {
        g_autofree char *key = persons_key(h->addresses->pdata[i]);
        g_autoptr(GPtrArray) all = messages_of_sender(h->d->gateway->db, key, h->e);
        for (guint j = 0; all != NULL && j < all->len; j++) {
            const struct stored_message *m = all->pdata[j];
            begin_line(h);
            put_text(h, "message", m->key);
            put_time(h, "received_at", m->received_at);
            put_text(h, "kept_as", keep_name(m->keep));
            put_text(h, "subject", m->subject);
            end_line(h);
        }
        if (all == NULL)
            return false;
    }
    end(h);
    return true;
}

static bool show_failed(struct held *h)
{
    g_autoptr(GPtrArray) all = spool_failed_list(h->d->settings.storage_spool, h->e);

    begin(h, "unread", "Mails that could not be read (`forumpost retry`)");
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct spooled *s = all->pdata[i];
        g_autofree char *sender = persons_key(s->sender);
        for (guint j = 0; j < h->addresses->len; j++) {
            g_autofree char *key = persons_key(h->addresses->pdata[j]);
            if (strcmp(key, sender) != 0)
                continue;
            begin_line(h);
            put_text(h, "message", s->id);
            put_time(h, "received_at", s->received_at);
            end_line(h);
        }
    }
    end(h);
    return all != NULL;
}

static bool show_notice(const struct notice *n, void *user)
{
    struct held *h = user;

    begin_line(h);
    put_id(h, "notice", "notice ", n->id);
    put_text(h, "purpose", purpose_name(n->purpose));
    put_text(h, "state", notice_state_name(n->state));
    put_time(h, "due_at", n->due_at);
    put_id(h, "idea", "idea ", n->about.idea);
    put_id(h, "post", "post ", n->about.post);
    put_text(h, "detail", n->detail);
    end_line(h);
    return true;
}

static bool show_notices(struct held *h)
{
    bool ok = true;

    begin(h, "notices", "Mails that we sent or owe");
    for (guint i = 0; ok && i < h->addresses->len; i++) {
        g_autofree char *key = persons_key(h->addresses->pdata[i]);
        ok = notices_each_of(h->d->gateway->db, i == 0 && h->p != NULL ? h->p->id : 0, key, show_notice, h, h->e);
    }
    end(h);
    return ok;
}

static void show_person(struct held *h)
{
    const struct person *p = h->p;

    if (h->json != NULL) {
        json_id(h->json, "person", p != NULL ? p->id : 0);
        json_text(h->json, "address", p != NULL ? p->address : NULL);
        json_text(h->json, "public_name", p != NULL ? p->public_name : NULL);
        json_text(h->json, "language", p != NULL ? p->language : NULL);
        json_time(h->json, "confirmed_at", p != NULL ? p->confirmed_at : 0, h->d);
        json_flag(h->json, "suspended", p != NULL && p->is_suspended);
        json_flag(h->json, "complained", p != NULL && p->has_complained);
        json_builder_set_member_name(h->json, "addresses");
        json_builder_begin_array(h->json);
        for (guint i = 0; i < h->addresses->len; i++)
            json_builder_add_string_value(h->json, h->addresses->pdata[i]);
        json_builder_end_array(h->json);
        return;
    }
    g_autofree char *confirmed = door_time(h->d, p != NULL ? p->confirmed_at : 0);
    if (p != NULL)
        printf("Person %" G_GINT64_FORMAT ", %s, language %s, confirmed %s%s\n", p->id,
               p->public_name != NULL ? p->public_name : "without name", p->language != NULL ? p->language : "not known",
               confirmed,
               p->is_suspended     ? ", suspended: mail came back"
               : p->has_complained ? ", complained: nothing unasked is sent"
                                   : "");
    else
        printf("Nobody has confirmed this address.\n");
    for (guint i = 0; i < h->addresses->len; i++)
        printf("  %s\n", (const char *)h->addresses->pdata[i]);
}

static bool show_parts(struct held *h)
{
    static bool (*const parts[])(struct held *) = {show_members,       show_follows, show_supports, show_steps,
                                                   show_subscriptions, show_posts,   show_versions, show_holds,
                                                   show_mails,         show_failed,  show_notices};

    show_person(h);
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        if (!parts[i](h))
            return false;
    return h->e->kind == ERR_NONE;
}

/* Of an address that nobody confirmed: did any mail come from there, does a text wait, did
 * anybody order a newsletter? */
static bool is_known(struct door *d, const char *key, struct err *e)
{
    g_autoptr(GPtrArray) mails = messages_of_sender(d->gateway->db, key, e);
    g_autoptr(GPtrArray) holds = mails != NULL ? holds_of_address(d->gateway->db, key, e) : NULL;
    g_autoptr(GPtrArray) subscriptions = holds != NULL ? subscriptions_of(d->gateway->db, key, e) : NULL;

    return subscriptions != NULL && mails->len + holds->len + subscriptions->len > 0;
}

bool person_show(struct door *d, struct err *e)
{
    g_autofree char *key = persons_key(d->argv[0]);
    person_auto p = persons_by_address(d->gateway->db, key, e);
    struct held h = {.d = d, .p = p, .e = e};

    if (p == NULL && (e->kind != ERR_NONE || !is_known(d, key, e)))
        return e->kind == ERR_NONE &&
               err_set(e, ERR_ABSENT, "nothing is held about '%s'; `forumpost person list` shows everybody", d->argv[0]);
    g_autoptr(GPtrArray) addresses =
        p != NULL ? persons_addresses(d->gateway->db, p->id, e) : g_ptr_array_new_with_free_func(g_free);
    if (addresses == NULL)
        return false;
    if (p == NULL)
        g_ptr_array_add(addresses, g_strdup(d->argv[0]));
    h.addresses = addresses;
    h.json = d->as_json ? json_begin() : NULL;
    bool ok = show_parts(&h);
    if (h.json != NULL && ok)
        json_print(h.json);
    else if (h.json != NULL)
        g_object_unref(h.json);
    return ok;
}
