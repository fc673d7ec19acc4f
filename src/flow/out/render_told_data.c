/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * MEINE DATEN: what `forumpost person show` tells the operator, told to the person: in words (Art. 15 GDPR), and the same rows as a file
 * that programs read (Art. 20), see own_rows.h.
 */
#include "flow/out/own_rows.h"

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

#include <string.h>

static void set_forums(struct value *entry, struct job *j)
{
    g_autoptr(GPtrArray) all = members_of_person(j->r->g->db, j->person->id, j->e);
    struct own_rows rows = own_rows_begin(j, "forums");

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct member *m = all->pdata[i];
        const struct forum *forum = job_forum(j, m->forum_id);
        own_row_begin(&rows);
        own_set_line(&rows, "forum_title", forum != NULL ? forum->title : NULL);
        own_set_line(&rows, "role", role_name(m->role));
        own_set_line(&rows, "delivery", delivery_name(m->delivery));
        own_set_time(&rows, "since", m->joined_at);
        own_row_end(&rows);
    }
    own_set_rows(entry, "held_forums", &rows);
}

static void set_duties(struct value *entry, struct job *j)
{
    g_autoptr(GPtrArray) all = duties_of_person(j->r->g->db, j->person->id, j->e);
    struct own_rows rows = own_rows_begin(j, "duties");

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct duty *d = all->pdata[i];
        const struct forum *forum = job_forum(j, d->forum_id);
        own_row_begin(&rows);
        own_set_line(&rows, "forum_title", forum != NULL ? forum->title : NULL);
        own_set_flag(&rows, "is_away", d->kind == DUTY_AWAY);
        own_set_time(&rows, "from", d->from_at);
        own_set_time(&rows, "until", d->to_at);
        own_row_end(&rows);
    }
    own_set_rows(entry, "held_duties", &rows);
}

static void set_remarks(struct value *entry, struct job *j)
{
    g_autoptr(GPtrArray) all = remarks_of_person(j->r->g->db, j->person->id, j->e);
    struct own_rows rows = own_rows_begin(j, "remarks");

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct remark *said = all->pdata[i];
        own_row_begin(&rows);
        own_set_time(&rows, "at", said->at);
        own_set_words(&rows, said->text);
        own_row_end(&rows);
    }
    own_set_rows(entry, "held_remarks", &rows);
}

static void add_letters(struct own_rows *rows, struct job *j, const GPtrArray *all, enum remark_kind own)
{
    for (guint i = 0; all != NULL && i < all->len && j->e->kind == ERR_NONE; i++) {
        const struct remark *said = all->pdata[i];
        hold_auto h = holds_by_id(j->r->g->db, said->hold_id, j->e);
        own_row_begin(rows);
        own_set_thing(rows, h != NULL ? h->about.idea : 0);
        own_set_time(rows, "at", said->at);
        own_set_flag(rows, "is_own", said->kind == own);
        own_set_words(rows, said->text);
        own_row_end(rows);
    }
}

/* What they read as the author of an idea, and answered. */
static void add_letters_to(struct own_rows *rows, struct job *j, const char *key)
{
    g_autoptr(GPtrArray) all = remarks_letters_to(j->r->g->db, key, j->e);

    add_letters(rows, j, all, REMARK_ANSWER);
}

/* What they wrote to authors, as somebody who leads a forum; the answers are the authors'. */
static void set_letters_by(struct value *entry, struct job *j)
{
    g_autoptr(GPtrArray) all = remarks_letters_by(j->r->g->db, j->person->id, j->e);
    struct own_rows rows = own_rows_begin(j, "letters_written");

    add_letters(&rows, j, all, REMARK_LETTER);
    own_set_rows(entry, "held_letters_written", &rows);
}

static void set_posts(struct value *entry, struct job *j, const GPtrArray *posts)
{
    struct own_rows rows = own_rows_begin(j, "posts");

    for (guint i = 0; posts != NULL && i < posts->len; i++) {
        const struct post *p = posts->pdata[i];
        own_row_begin(&rows);
        own_set_thing(&rows, p->idea_id);
        own_set_number(&rows, "post_number", p->number);
        own_set_line(&rows, "state", post_state_name(p->state));
        own_set_time(&rows, "received", p->at);
        own_set_words(&rows, p->text);
        own_row_end(&rows);
    }
    own_set_rows(entry, "held_posts", &rows);
}

static void add_versions(struct own_rows *rows, struct job *j, const struct post *p)
{
    g_autoptr(GPtrArray) all = versions_of_post(j->r->g->db, p->id, j->e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct version *v = all->pdata[i];
        own_row_begin(rows);
        own_set_thing(rows, p->idea_id);
        own_set_number(rows, "post_number", p->number);
        own_set_time(rows, "until", v->at);
        own_set_words(rows, v->text);
        own_row_end(rows);
    }
}

/* What the person's own posts said before they corrected them. */
static void set_versions(struct value *entry, struct job *j, const GPtrArray *posts)
{
    struct own_rows rows = own_rows_begin(j, "versions");

    for (guint i = 0; posts != NULL && i < posts->len; i++)
        add_versions(&rows, j, posts->pdata[i]);
    own_set_rows(entry, "held_versions", &rows);
}

static void set_supports(struct value *entry, struct job *j)
{
    g_autoptr(GPtrArray) all = supports_of_person(j->r->g->db, j->person->id, j->e);
    struct own_rows rows = own_rows_begin(j, "supports");

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct backing *s = all->pdata[i];
        own_row_begin(&rows);
        own_set_thing(&rows, s->idea_id);
        own_set_time(&rows, "since", s->at);
        own_set_time(&rows, "until", s->ended_at);
        own_row_end(&rows);
    }
    own_set_rows(entry, "held_supports", &rows);
}

static void set_follows(struct value *entry, struct job *j)
{
    g_autoptr(GArray) all = persons_follows(j->r->g->db, j->person->id, j->e);
    g_autoptr(GString) numbers = g_string_new(NULL);

    for (guint i = 0; all != NULL && i < all->len; i++)
        g_string_append_printf(numbers, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", g_array_index(all, row_id, i));
    if (numbers->len > 0)
        own_set_one_line(entry, "follows", j, "follows", numbers->str);
}

/* ---- By address */

/* Of an answer it is that of somebody else's idea, as it is now; of a step that two decide a state. */
static const char *title_of(struct job *j, const struct hold *h)
{
    const struct idea *idea = h->kind != HOLD_SECOND ? job_idea(j, h->about.idea) : NULL;
    const char *title = idea == NULL ? h->title : job_may_read(j, idea) ? view_idea_title(&j->v, idea) : "";

    return *title != '\0' ? title : NULL;
}

static void add_holds(struct own_rows *rows, struct job *j, const char *key)
{
    g_autoptr(GPtrArray) all = holds_of_address(j->r->g->db, key, j->e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct hold *h = all->pdata[i];
        if (h->kind == HOLD_LETTER)
            continue; /* stands among the letters */
        own_row_begin(rows);
        own_set_line(rows, "kind", hold_kind_name(h->kind));
        own_set_line(rows, "state", hold_state_name(h->state));
        own_set_time(rows, "received", h->created_at);
        own_set_line(rows, "title", title_of(j, h));
        own_set_words(rows, h->text);
        own_row_end(rows);
    }
}

static void add_mails(struct own_rows *rows, struct job *j, const char *key)
{
    g_autoptr(GPtrArray) all = messages_of_sender(j->r->g->db, key, j->e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct stored_message *m = all->pdata[i];
        own_row_begin(rows);
        own_set_time(rows, "received", m->received_at);
        own_set_line(rows, "subject", m->subject);
        own_row_end(rows);
    }
}

static void add_newsletters(struct own_rows *rows, struct job *j, const char *key)
{
    g_autoptr(GPtrArray) all = subscriptions_of(j->r->g->db, key, j->e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct subscription *s = all->pdata[i];
        const struct list *newsletter = job_list(j, s->list_id);
        own_row_begin(rows);
        own_set_line(rows, "title", newsletter != NULL ? newsletter->title : NULL);
        own_set_word(rows, "state", "subscription", subscription_state_name(s->state));
        own_set_time(rows, "since", s->changed_at);
        own_row_end(rows);
    }
}

/* Which newsletters somebody may write for. */
static void add_edited(struct own_rows *rows, struct job *j, const char *key)
{
    g_autoptr(GPtrArray) all = lists_all(j->r->g->db, j->e);

    for (guint i = 0; all != NULL && i < all->len && j->e->kind == ERR_NONE; i++) {
        const struct list *newsletter = all->pdata[i];
        editor_auto editor = editors_by_address(j->r->g->db, newsletter->id, key, j->e);
        if (editor == NULL)
            continue;
        own_row_begin(rows);
        own_set_line(rows, "title", newsletter->title);
        own_row_end(rows);
    }
}

/* How each newsletter came about. */
static void add_consents(struct own_rows *rows, struct job *j, const char *key)
{
    g_autoptr(GPtrArray) all = consents_of(j->r->g->db, key, j->e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct consent *c = all->pdata[i];
        const struct list *newsletter = job_list(j, c->list_id);
        own_row_begin(rows);
        own_set_line(rows, "title", newsletter != NULL ? newsletter->title : NULL);
        own_set_word(rows, "kind", "consent", consent_kind_name(c->kind));
        own_set_word(rows, "way", "way", way_name(c->way));
        own_set_time(rows, "at", c->at);
        own_row_end(rows);
    }
}

/* Questions that wait for an answer. The other address of one is nobody's until its owner said yes: it is not told. */
static void add_wishes(struct own_rows *rows, struct job *j, const char *key)
{
    g_autoptr(GPtrArray) all = wishes_of(j->r->g->db, key, j->e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct wish *w = all->pdata[i];
        own_row_begin(rows);
        own_set_word(rows, "kind", "wish", wish_kind_name(w->kind));
        own_set_time(rows, "since", w->created_at);
        own_set_time(rows, "until", w->expires_at);
        own_row_end(rows);
    }
}

static void add_bounces(struct own_rows *rows, struct job *j, const char *key)
{
    g_autoptr(GPtrArray) all = bounces_of(j->r->g->db, key, j->e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct bounce *b = all->pdata[i];
        own_row_begin(rows);
        own_set_time(rows, "at", b->at);
        own_set_word(rows, "kind", "bounce", bounce_kind_names[b->kind]);
        own_set_line(rows, "code", *b->status != '\0' ? b->status : NULL);
        own_row_end(rows);
    }
}

/* ---- What we sent */

/* In words, what kind of mail it was: by the first word of its name. Borrowed. */
static const char *sort_of(struct job *j, enum purpose p)
{
    const char *name = purpose_name(p);
    g_autofree char *first = g_strndup(name, strcspn(name, "-"));
    const char *word = own_word(j, "mail", first);

    return word != first ? word : own_word(j, "mail", "other");
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
    struct own_rows rows = own_rows_begin(j, "sent");

    for (guint i = 0; i < addresses->len && j->e->kind == ERR_NONE; i++) {
        g_autofree char *key = persons_key(addresses->pdata[i]);
        notices_each_of(j->r->g->db, i == 0 && j->person != NULL ? j->person->id : 0, key, note_sent, &all, j->e);
    }
    g_array_sort(all.mails, by_time);
    guint first = all.mails->len > LIMIT_DATA_MAILS ? all.mails->len - LIMIT_DATA_MAILS : 0;
    for (guint i = first; i < all.mails->len; i++) {
        const struct sent *m = &g_array_index(all.mails, struct sent, i);
        own_row_begin(&rows);
        own_set_time(&rows, "at", m->at);
        own_set_line(&rows, "kind", sort_of(j, m->purpose));
        own_set_line(&rows, "purpose", purpose_name(m->purpose));
        own_set_thing(&rows, m->idea);
        own_row_end(&rows);
    }
    own_set_rows(entry, "held_sent", &rows);
    if (first > 0)
        own_set_one_number(entry, "n_sent_before", j, "sent_before", first);
    g_array_unref(all.mails);
}

/* How they led ideas on, as somebody of staff or as an author. */
static void set_held_steps(struct value *entry, struct job *j)
{
    g_autoptr(GPtrArray) all = steps_of_person(j->r->g->db, j->person->id, j->e);
    struct own_rows rows = own_rows_begin(j, "steps");

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct stage *s = all->pdata[i];
        own_row_begin(&rows);
        own_set_thing(&rows, s->idea_id);
        own_set_word(&rows, "state", "state", s->to_state);
        own_set_word(&rows, "role", "who", s->by);
        own_set_time(&rows, "at", s->at);
        own_set_words(&rows, s->reason);
        own_row_end(&rows);
    }
    own_set_rows(entry, "held_steps", &rows);
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

/* What is known by the address, whoever has it: how many rows. */
static guint set_each(struct value *entry, const char *key, struct job *j, const char *name, const GPtrArray *addresses,
                      void (*add)(struct own_rows *rows, struct job *j, const char *address))
{
    struct own_rows rows = own_rows_begin(j, name);

    for (guint i = 0; i < addresses->len; i++) {
        g_autofree char *address = persons_key(addresses->pdata[i]);
        add(&rows, j, address);
    }
    own_set_rows(entry, key, &rows);
    return value_length(rows.all);
}

static void set_by_address(struct value *entry, struct job *j, const GPtrArray *addresses)
{
    guint n_holds = set_each(entry, "holds", j, "holds", addresses, add_holds);

    value_set_bool(entry, "has_holds", n_holds > 0);
    set_each(entry, "held_letters", j, "letters", addresses, add_letters_to);
    set_each(entry, "mails", j, "mails", addresses, add_mails);
    set_each(entry, "held_lists", j, "newsletters", addresses, add_newsletters);
    set_each(entry, "held_consents", j, "consents", addresses, add_consents);
    set_each(entry, "held_wishes", j, "questions", addresses, add_wishes);
    set_each(entry, "held_bounces", j, "bounces", addresses, add_bounces);
    set_each(entry, "held_edited", j, "edits", addresses, add_edited);
    set_sent(entry, j, addresses);
}

static void set_addresses(struct value *entry, struct job *j)
{
    g_autoptr(GPtrArray) all = addresses_of(j);
    struct own_rows rows = own_rows_begin(j, "addresses");

    for (guint i = 0; all != NULL && i < all->len; i++) {
        own_row_begin(&rows);
        own_set_line(&rows, "address", all->pdata[i]);
        own_row_end(&rows);
    }
    own_set_rows(entry, "addresses", &rows);
    if (all != NULL)
        set_by_address(entry, j, all);
}

static void set_person(struct value *entry, struct job *j)
{
    const struct person *p = j->person;
    g_autoptr(GPtrArray) posts = posts_of_person(j->r->g->db, p->id, j->e);

    own_set_one_line(entry, "held_name", j, "public_name", p->public_name);
    own_set_one_line(entry, "held_language", j, "language", p->language);
    own_set_one_time(entry, "confirmed", j, "confirmed", p->confirmed_at);
    set_forums(entry, j);
    set_duties(entry, j);
    set_follows(entry, j);
    set_supports(entry, j);
    set_posts(entry, j, posts);
    set_versions(entry, j, posts);
    set_remarks(entry, j);
    set_letters_by(entry, j);
    set_held_steps(entry, j);
}

/* Only in the mail to the person's own address, which the deed asked for proof of. */
void job_set_own_data(struct value *entry, struct job *j)
{
    own_begin(j);
    set_addresses(entry, j);
    if (j->person != NULL)
        set_person(entry, j);
    own_end(j);
}
