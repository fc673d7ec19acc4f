/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * MEINE DATEN: what `forumpost person show` tells the operator, told to the person (Art. 15 GDPR).
 */
#include "flow/out/render_job.h"

#include "base/limits.h"
#include "store/bounces.h"
#include "store/duties.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/lists.h"
#include "store/messages.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/posts.h"
#include "store/remarks.h"
#include "store/steps.h"
#include "store/subscriptions.h"
#include "store/versions.h"
#include "store/wishes.h"
#include "text/wrap.h"

#include <string.h>

static void append_line(struct value *list, const char *key, const char *text)
{
    struct value *entry = value_map();

    value_set_line(entry, key, text);
    value_append(list, entry);
}

static void set_forums(struct value *entry, struct job *j)
{
    g_autoptr(GPtrArray) all = members_of_person(j->r->g->db, j->person->id, j->e);
    struct value *list = value_list();

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct member *m = all->pdata[i];
        const struct forum *forum = job_forum(j, m->forum_id);
        struct value *one = value_map();
        value_set_line(one, "forum_title", forum != NULL ? forum->title : NULL);
        value_set_line(one, "role", role_name(m->role));
        value_set_line(one, "delivery", delivery_name(m->delivery));
        view_set_taken(one, "since", view_date_time(&j->v, m->joined_at));
        value_append(list, one);
    }
    value_set(entry, "held_forums", list);
}

static void set_duties(struct value *entry, struct job *j)
{
    g_autoptr(GPtrArray) all = duties_of_person(j->r->g->db, j->person->id, j->e);
    struct value *list = value_list();

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct duty *d = all->pdata[i];
        const struct forum *forum = job_forum(j, d->forum_id);
        struct value *one = value_map();
        value_set_line(one, "forum_title", forum != NULL ? forum->title : NULL);
        value_set_bool(one, "is_away", d->kind == DUTY_AWAY);
        view_set_taken(one, "from", view_date_time(&j->v, d->from_at));
        if (d->to_at != 0)
            view_set_taken(one, "until", view_date_time(&j->v, d->to_at));
        value_append(list, one);
    }
    value_set(entry, "held_duties", list);
}

static void set_remarks(struct value *entry, struct job *j)
{
    g_autoptr(GPtrArray) all = remarks_of_person(j->r->g->db, j->person->id, j->e);
    struct value *list = value_list();

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct remark *said = all->pdata[i];
        struct value *one = value_map();
        g_autofree char *text = text_unwrap(said->text);
        view_set_taken(one, "at", view_date_time(&j->v, said->at));
        view_set_taken(one, "text_quoted", text_quote(text));
        value_append(list, one);
    }
    value_set(entry, "held_remarks", list);
}

/* What the person's own posts said before they corrected them. */
static void append_versions(struct value *list, struct job *j, const struct post *p)
{
    g_autoptr(GPtrArray) all = versions_of_post(j->r->g->db, p->id, j->e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct version *v = all->pdata[i];
        struct value *one = value_map();
        g_autofree char *text = text_unwrap(v->text);
        view_set_thing_of(one, &j->v, p->idea_id);
        value_set_number(one, "post_number", p->number);
        view_set_taken(one, "until", view_date_time(&j->v, v->at));
        view_set_taken(one, "text_quoted", text_quote(text));
        value_append(list, one);
    }
}

static void set_posts(struct value *entry, struct job *j)
{
    g_autoptr(GPtrArray) all = posts_of_person(j->r->g->db, j->person->id, j->e);
    struct value *list = value_list(), *versions = value_list();

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct post *p = all->pdata[i];
        struct value *one = value_map();
        g_autofree char *text = text_unwrap(p->text);
        view_set_thing_of(one, &j->v, p->idea_id);
        value_set_number(one, "post_number", p->number);
        value_set_line(one, "state", post_state_name(p->state));
        view_set_taken(one, "received", view_date_time(&j->v, p->at));
        view_set_taken(one, "text_quoted", text_quote(text));
        value_append(list, one);
        append_versions(versions, j, p);
    }
    value_set(entry, "held_posts", list);
    value_set(entry, "held_versions", versions);
}

static void set_supports(struct value *entry, struct job *j)
{
    g_autoptr(GPtrArray) all = supports_of_person(j->r->g->db, j->person->id, j->e);
    struct value *list = value_list();

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct backing *s = all->pdata[i];
        struct value *one = value_map();
        view_set_thing_of(one, &j->v, s->idea_id);
        view_set_taken(one, "since", view_date_time(&j->v, s->at));
        if (s->ended_at != 0)
            view_set_taken(one, "until", view_date_time(&j->v, s->ended_at));
        value_append(list, one);
    }
    value_set(entry, "held_supports", list);
}

static void set_follows(struct value *entry, struct job *j)
{
    g_autoptr(GArray) all = persons_follows(j->r->g->db, j->person->id, j->e);
    g_autoptr(GString) numbers = g_string_new(NULL);

    for (guint i = 0; all != NULL && i < all->len; i++)
        g_string_append_printf(numbers, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", g_array_index(all, row_id, i));
    if (numbers->len > 0)
        value_set_line(entry, "follows", numbers->str);
}

static void append_holds(struct value *list, struct job *j, const char *key)
{
    g_autoptr(GPtrArray) all = holds_of_address(j->r->g->db, key, j->e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct hold *h = all->pdata[i];
        struct value *one = value_map();
        g_autofree char *text = text_unwrap(h->text);
        value_set_line(one, "kind", hold_kind_name(h->kind));
        value_set_line(one, "state", hold_state_name(h->state));
        view_set_taken(one, "received", view_date_time(&j->v, h->created_at));
        if (*h->title != '\0')
            value_set_line(one, "title", h->title);
        if (*text != '\0')
            view_set_taken(one, "text_quoted", text_quote(text));
        value_append(list, one);
    }
}

static void append_mails(struct value *list, struct job *j, const char *key)
{
    g_autoptr(GPtrArray) all = messages_of_sender(j->r->g->db, key, j->e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct stored_message *m = all->pdata[i];
        struct value *one = value_map();
        view_set_taken(one, "received", view_date_time(&j->v, m->received_at));
        value_set_line(one, "subject", m->subject);
        value_append(list, one);
    }
}

/* KIND_NAME in the reader's language; borrowed. */
static const char *word_for(struct job *j, const char *kind, const char *name)
{
    g_autofree char *key = g_strdup_printf("%s_%s", kind, name);
    const char *word = templates_word(j->r->t, j->v.language, key);

    return word != key ? word : name;
}

static void append_newsletters(struct value *list, struct job *j, const char *key)
{
    g_autoptr(GPtrArray) all = subscriptions_of(j->r->g->db, key, j->e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct subscription *s = all->pdata[i];
        const struct list *newsletter = job_list(j, s->list_id);
        struct value *one = value_map();
        value_set_line(one, "title", newsletter != NULL ? newsletter->title : NULL);
        value_set_line(one, "state", word_for(j, "subscription", subscription_state_name(s->state)));
        view_set_taken(one, "since", view_date_time(&j->v, s->changed_at));
        value_append(list, one);
    }
}

/* Which newsletters somebody may write for. */
static void append_edited(struct value *list, struct job *j, const char *key)
{
    g_autoptr(GPtrArray) all = lists_all(j->r->g->db, j->e);

    for (guint i = 0; all != NULL && i < all->len && j->e->kind == ERR_NONE; i++) {
        const struct list *newsletter = all->pdata[i];
        editor_auto editor = editors_by_address(j->r->g->db, newsletter->id, key, j->e);
        if (editor != NULL)
            append_line(list, "title", newsletter->title);
    }
}

/* How each newsletter came about. */
static void append_consents(struct value *list, struct job *j, const char *key)
{
    g_autoptr(GPtrArray) all = consents_of(j->r->g->db, key, j->e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct consent *c = all->pdata[i];
        const struct list *newsletter = job_list(j, c->list_id);
        struct value *one = value_map();
        value_set_line(one, "title", newsletter != NULL ? newsletter->title : NULL);
        value_set_line(one, "kind", word_for(j, "consent", consent_kind_name(c->kind)));
        value_set_line(one, "way", word_for(j, "way", way_name(c->way)));
        view_set_taken(one, "at", view_date_time(&j->v, c->at));
        value_append(list, one);
    }
}

/* Questions that wait for an answer. The other address of one is nobody's until its owner said yes: it is not told. */
static void append_wishes(struct value *list, struct job *j, const char *key)
{
    g_autoptr(GPtrArray) all = wishes_of(j->r->g->db, key, j->e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct wish *w = all->pdata[i];
        struct value *one = value_map();
        value_set_line(one, "kind", word_for(j, "wish", wish_kind_name(w->kind)));
        view_set_taken(one, "since", view_date_time(&j->v, w->created_at));
        view_set_taken(one, "until", view_date_time(&j->v, w->expires_at));
        value_append(list, one);
    }
}

static void append_bounces(struct value *list, struct job *j, const char *key)
{
    g_autoptr(GPtrArray) all = bounces_of(j->r->g->db, key, j->e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct bounce *b = all->pdata[i];
        struct value *one = value_map();
        view_set_taken(one, "at", view_date_time(&j->v, b->at));
        value_set_line(one, "kind", word_for(j, "bounce", bounce_kind_names[b->kind]));
        if (*b->status != '\0')
            value_set_line(one, "code", b->status);
        value_append(list, one);
    }
}

/* ---- What we sent */

/* In words, what kind of mail it was: by the first word of its name. Borrowed. */
static const char *sort_of(struct job *j, enum purpose p)
{
    const char *name = purpose_name(p);
    g_autofree char *first = g_strndup(name, strcspn(name, "-"));
    const char *word = word_for(j, "mail", first);

    return word != first ? word : word_for(j, "mail", "other");
}

struct sent { /* one mail */
    enum purpose purpose;
    gint64 at;
    row_id idea;
};
struct sending {
    GArray *mails; /* struct sent, the oldest first */
};

static bool note_sent(const struct notice *n, void *user)
{
    struct sending *all = user;
    struct sent one = {.purpose = n->purpose, .at = n->sent_at, .idea = n->about.idea};

    if (n->state == NOTICE_SENT)
        g_array_append_val(all->mails, one);
    return true;
}

static gint by_time(gconstpointer a, gconstpointer b)
{
    const struct sent *x = a, *y = b;

    return (x->at > y->at) - (x->at < y->at);
}

/* Why, when and about what, the newest LIMIT_DATA_MAILS; never a word of what somebody else wrote. */
static void set_sent(struct value *entry, struct job *j, const GPtrArray *addresses)
{
    struct sending all = {.mails = g_array_new(FALSE, FALSE, sizeof(struct sent))};
    struct value *list = value_list();

    for (guint i = 0; i < addresses->len && j->e->kind == ERR_NONE; i++) {
        g_autofree char *key = persons_key(addresses->pdata[i]);
        notices_each_of(j->r->g->db, i == 0 && j->person != NULL ? j->person->id : 0, key, note_sent, &all, j->e);
    }
    g_array_sort(all.mails, by_time);
    guint first = all.mails->len > LIMIT_DATA_MAILS ? all.mails->len - LIMIT_DATA_MAILS : 0;
    for (guint i = first; i < all.mails->len; i++) {
        const struct sent *m = &g_array_index(all.mails, struct sent, i);
        struct value *one = value_map();
        view_set_taken(one, "at", view_date_time(&j->v, m->at));
        value_set_line(one, "kind", sort_of(j, m->purpose));
        value_set_line(one, "purpose", purpose_name(m->purpose));
        value_set_bool(one, "thing", false); /* nor that of the mail */
        if (m->idea != 0)
            view_set_thing_of(one, &j->v, m->idea);
        value_append(list, one);
    }
    if (first > 0)
        value_set_number(entry, "n_sent_before", first);
    value_set(entry, "held_sent", list);
    g_array_unref(all.mails);
}

/* How they led ideas on, as somebody of staff or as an author. */
static void set_held_steps(struct value *entry, struct job *j)
{
    g_autoptr(GPtrArray) all = steps_of_person(j->r->g->db, j->person->id, j->e);
    struct value *list = value_list();

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct stage *s = all->pdata[i];
        struct value *one = value_map();
        g_autofree char *reason = s->reason != NULL ? text_unwrap(s->reason) : NULL;
        view_set_thing_of(one, &j->v, s->idea_id);
        value_set_line(one, "state", word_for(j, "state", s->to_state));
        value_set_line(one, "role", word_for(j, "who", s->by));
        view_set_taken(one, "at", view_date_time(&j->v, s->at));
        if (reason != NULL)
            view_set_taken(one, "text_quoted", text_quote(reason));
        value_append(list, one);
    }
    value_set(entry, "held_steps", list);
}

/* Whoever never took part has the one address that the mail goes to. */
static GPtrArray *addresses_of(struct job *j)
{
    if (j->person != NULL)
        return persons_addresses(j->r->g->db, j->person->id, j->e);
    GPtrArray *one = g_ptr_array_new_with_free_func(g_free);
    if (j->n->address != NULL)
        g_ptr_array_add(one, g_strdup(j->n->address));
    return one;
}

/* What is known by the address, whoever has it. */
static struct value *by_address(struct job *j, const GPtrArray *addresses,
                                void (*append)(struct value *, struct job *, const char *))
{
    struct value *list = value_list();

    for (guint i = 0; i < addresses->len; i++) {
        g_autofree char *key = persons_key(addresses->pdata[i]);
        append(list, j, key);
    }
    return list;
}

static void set_addresses(struct value *entry, struct job *j)
{
    g_autoptr(GPtrArray) all = addresses_of(j);
    struct value *list = value_list();

    for (guint i = 0; all != NULL && i < all->len; i++)
        append_line(list, "address", all->pdata[i]);
    value_set(entry, "addresses", list);
    if (all == NULL)
        return;
    struct value *holds = by_address(j, all, append_holds);
    value_set_bool(entry, "has_holds", value_length(holds) > 0);
    value_set(entry, "holds", holds);
    value_set(entry, "mails", by_address(j, all, append_mails));
    value_set(entry, "held_lists", by_address(j, all, append_newsletters));
    value_set(entry, "held_consents", by_address(j, all, append_consents));
    value_set(entry, "held_wishes", by_address(j, all, append_wishes));
    value_set(entry, "held_bounces", by_address(j, all, append_bounces));
    value_set(entry, "held_edited", by_address(j, all, append_edited));
    set_sent(entry, j, all);
}

/* Only in the mail to the person's own address, which the deed asked for proof of. */
void job_set_own_data(struct value *entry, struct job *j)
{
    const struct person *p = j->person;

    set_addresses(entry, j);
    if (p == NULL)
        return;
    value_set_line(entry, "held_name", p->public_name);
    value_set_line(entry, "held_language", p->language);
    if (p->confirmed_at != 0)
        view_set_taken(entry, "confirmed", view_date_time(&j->v, p->confirmed_at));
    set_forums(entry, j);
    set_duties(entry, j);
    set_follows(entry, j);
    set_supports(entry, j);
    set_posts(entry, j);
    set_remarks(entry, j);
    set_held_steps(entry, j);
}
