/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost consent: the whole record of how an address came to get newsletters, on one page.
 */
#include "cmd/commands.h"
#include "cmd/door.h"
#include "forum/given.h"
#include "forum/list.h"
#include "store/lists.h"
#include "store/persons.h"
#include "store/subscriptions.h"

#include <stdio.h>
#include <string.h>

static void print_json(const struct door *d, const struct list *l, const struct consent *c)
{
    JsonBuilder *b = json_begin();

    json_text(b, "newsletter", l->name);
    json_text(b, "title", l->title);
    json_text(b, "address", c->address);
    json_time(b, "at", c->at, d);
    json_text(b, "what", consent_kind_name(c->kind));
    json_text(b, "by", way_name(c->way));
    json_text(b, "wording", c->wording);
    json_text(b, "message", c->message_key);
    json_text(b, "authentication", c->authentication);
    json_id(b, "notice", c->notice_id);
    json_print(b);
}

static void print_words(const char *words)
{
    g_auto(GStrv) lines = g_strsplit(words, "\n", -1);

    for (char **l = lines; *l != NULL; l++)
        printf("    | %s\n", *l);
}

static const char *what_happened(enum consent_kind kind)
{
    switch (kind) {
    case CONSENT_ASKED:
        return "somebody asked for it; this address was sent the question";
    case CONSENT_CONFIRMED:
        return "the owner of the address said yes";
    case CONSENT_IMPORTED:
        return "taken over from a list, with this proof";
    case CONSENT_ADDED:
        return "added by the operator to a newsletter of members only";
    case CONSENT_DECLINED:
        return "the owner of the address said no";
    case CONSENT_UNSUBSCRIBED:
        return "ended";
    case CONSENT_SUSPENDED:
        return "switched off: the address refuses mail";
    case CONSENT_REVIVED:
        return "written to again: the address takes mail, or the operator took the reports back";
    }
    return "";
}

static void print_plain(const struct door *d, const struct consent *c)
{
    g_autofree char *at = door_time(d, c->at);

    printf("  %s  %s, by %s\n", at, what_happened(c->kind), way_name(c->way));
    if (c->message_key != NULL)
        printf("    with mail %s\n", c->message_key);
    if (c->authentication != NULL)
        printf("    our mail server found: %s\n", c->authentication);
    if (c->wording != NULL)
        print_words(c->wording);
    else if (c->kind == CONSENT_ASKED)
        printf("    (the question was not sent yet)\n");
}

static void print_state(const struct door *d, const GPtrArray *subscriptions, const struct list *l)
{
    for (guint i = 0; i < subscriptions->len; i++) {
        const struct subscription *s = subscriptions->pdata[i];
        g_autofree char *since = door_time(d, s->since), *changed = door_time(d, s->changed_at);
        if (s->list_id == l->id)
            printf("%s (%s): %s, in since %s, last changed %s\n", l->title, l->name, subscription_state_name(s->state), since,
                   changed);
    }
}

static bool consent_show(struct door *d, struct err *e)
{
    g_autofree char *key = persons_key(d->argv[0]);
    g_autoptr(GPtrArray) record = consents_of(d->gateway->db, key, e);
    g_autoptr(GPtrArray) subscriptions = record != NULL ? subscriptions_of(d->gateway->db, key, e) : NULL;
    row_id last = 0;

    if (subscriptions == NULL)
        return false;
    if (record->len == 0)
        return given_is_address(d->argv[0], e) &&
               err_set(e, ERR_ABSENT, "nothing is recorded of '%s': it was never asked for, or it was erased", d->argv[0]);
    for (guint i = 0; i < record->len; i++) {
        const struct consent *c = record->pdata[i];
        list_auto l = lists_by_id(d->gateway->db, c->list_id, e);
        if (l == NULL)
            return false;
        if (d->as_json) {
            print_json(d, l, c);
            continue;
        }
        if (l->id != last)
            print_state(d, subscriptions, l);
        print_plain(d, c);
        last = l->id;
    }
    return true;
}

static const struct door_verb verbs[] = {
    {"show", "ADDRESS", "json", DOOR_READS, consent_show, "every yes and no of one address, with words, times and proof"},
    {0},
};
static const struct door_spec spec = {"consent", "Proof that somebody wants a newsletter.", verbs, NULL};

int cmd_consent(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
