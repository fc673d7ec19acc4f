/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * MEINE DATEN: what `forumpost person show` tells the operator, told to the person (Art. 15 GDPR).
 */
#include "flow/out/render_job.h"

#include "store/duties.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/messages.h"
#include "store/persons.h"
#include "store/posts.h"
#include "store/remarks.h"
#include "text/wrap.h"

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

static void set_posts(struct value *entry, struct job *j)
{
    g_autoptr(GPtrArray) all = posts_of_person(j->r->g->db, j->person->id, j->e);
    struct value *list = value_list();

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct post *p = all->pdata[i];
        struct value *one = value_map();
        g_autofree char *text = text_unwrap(p->text);
        value_set_number(one, "number", p->idea_id);
        value_set_number(one, "post_number", p->number);
        value_set_line(one, "state", post_state_name(p->state));
        view_set_taken(one, "received", view_date_time(&j->v, p->at));
        view_set_taken(one, "text_quoted", text_quote(text));
        value_append(list, one);
    }
    value_set(entry, "held_posts", list);
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

static void set_addresses(struct value *entry, struct job *j)
{
    g_autoptr(GPtrArray) all = addresses_of(j);
    struct value *list = value_list(), *holds = value_list(), *mails = value_list();

    for (guint i = 0; all != NULL && i < all->len; i++) {
        g_autofree char *key = persons_key(all->pdata[i]);
        append_line(list, "address", all->pdata[i]);
        append_holds(holds, j, key);
        append_mails(mails, j, key);
    }
    value_set(entry, "addresses", list);
    value_set_bool(entry, "has_holds", value_length(holds) > 0);
    value_set(entry, "holds", holds);
    value_set(entry, "mails", mails);
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
    set_posts(entry, j);
    set_remarks(entry, j);
}
