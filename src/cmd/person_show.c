/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything about one person; see person_show.h.
 */
#include "cmd/person_show.h"

#include "cmd/person_held.h"
#include "forum/given.h"
#include "store/holds.h"
#include "store/messages.h"
#include "store/persons.h"
#include "store/subscriptions.h"
#include "store/wishes.h"

#include <stdio.h>

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
    static bool (*const parts[])(struct held *) = {person_show_members,  person_show_duties,          person_show_follows,
                                                   person_show_supports, person_show_steps,           person_show_subscriptions,
                                                   person_show_consents, person_show_posts,           person_show_versions,
                                                   person_show_holds,    person_show_wishes,          person_show_remarks,
                                                   person_show_letters,  person_show_letters_written, person_show_mails,
                                                   person_show_failed,   person_show_notices,         person_show_bounces};

    show_person(h);
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        if (!parts[i](h))
            return false;
    return h->e->kind == ERR_NONE;
}

/* Of an address that nobody confirmed: did any mail come from there, does a text or a question wait, did anybody order a
 * newsletter? */
static bool is_known(struct door *d, const char *key, struct err *e)
{
    g_autoptr(GPtrArray) mails = messages_of_sender(d->gateway->db, key, e);
    g_autoptr(GPtrArray) holds = mails != NULL ? holds_of_address(d->gateway->db, key, e) : NULL;
    g_autoptr(GPtrArray) subscriptions = holds != NULL ? subscriptions_of(d->gateway->db, key, e) : NULL;
    g_autoptr(GPtrArray) wishes = subscriptions != NULL ? wishes_of(d->gateway->db, key, e) : NULL;

    return wishes != NULL && mails->len + holds->len + subscriptions->len + wishes->len > 0;
}

bool person_show(struct door *d, struct err *e)
{
    g_autofree char *key = persons_key(d->argv[0]);
    person_auto p = persons_by_address(d->gateway->db, key, e);
    struct held h = {.d = d, .p = p, .e = e};

    if (p == NULL && (e->kind != ERR_NONE || !is_known(d, key, e)))
        return e->kind == ERR_NONE && given_is_address(d->argv[0], e) &&
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
