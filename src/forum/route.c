/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an address or a Message-ID of ours means; see route.h.
 */
#include "forum/route_private.h"

#include "base/token.h"

#include <string.h>

/* HOLD-MAC or NOTICE-MAC behind one of the words. */
static bool parse_one(const char *rest, const char *purpose, const guint8 *key, row_id *id_out)
{
    const char *p = rest;
    gint64 id = route_parse_id(&p, '-');

    if (id <= 0)
        return false;
    g_autofree char *subject = g_strdup_printf("%s:%" G_GINT64_FORMAT, purpose, id);
    *id_out = id;
    return token_verify(key, subject, p);
}

static bool parse_moderate(const char *rest, const guint8 *key, struct route *out)
{
    const char *p = rest;

    out->hold = route_parse_id(&p, '-');
    out->person = out->hold > 0 ? route_parse_id(&p, '-') : -1;
    if (out->person <= 0)
        return false;
    g_autofree char *subject = g_strdup_printf("moderate:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, out->hold, out->person);
    return token_verify(key, subject, p);
}

static bool parse_subscription(const char *local, const guint8 *key, struct route *out)
{
    for (gsize i = 0; i < N_READERS; i++) {
        const char *rest = route_skip_word(local, route_reader_words[i]);
        if (rest == NULL || *rest != '+')
            continue;
        out->reader = (enum reader)i;
        out->has_token = parse_one(rest + 1, route_reader_words[i], key, &out->subscription);
        out->kind = out->has_token ? ROUTE_SUBSCRIPTION : ROUTE_UNKNOWN;
        return true;
    }
    return false;
}

static bool parse_issue(const char *rest, const guint8 *key, struct route *out)
{
    const char *p = rest;

    out->issue = route_parse_id(&p, '-');
    out->editor = out->issue > 0 ? route_parse_id(&p, '-') : -1;
    if (out->editor <= 0)
        return false;
    g_autofree char *subject = route_issue_subject(out->issue, out->editor);
    return token_verify(key, subject, p);
}

/* PERSON-SCOPE-ID-MAC behind "stopp+". */
static bool parse_leave(const char *rest, const guint8 *key, struct route *out)
{
    const char *p = rest;

    out->person = route_parse_id(&p, '-');
    gint64 what = out->person > 0 ? route_parse_id(&p, '-') : -1;
    row_id id = what >= LEAVE_ASK && what <= LEAVE_ALL ? route_parse_id(&p, '-') : -1;
    if (id < 0)
        return false;
    out->leave = (enum leave)what;
    if (out->leave == LEAVE_IDEA)
        out->idea = id;
    else
        out->forum = id;
    g_autofree char *subject = route_leave_subject(out->person, out->leave, id);
    return token_verify(key, subject, p);
}

/* The local part of ADDRESS folded, if its domain is ours. */
static char *own_local_part(const char *address, const char *domain)
{
    const char *at = strrchr(address, '@');

    if (at == address || !route_is_own(address, domain))
        return NULL;
    g_autofree char *local = g_strndup(address, (gsize)(at - address));
    return route_fold_name(local);
}

static const char *skip_bounce(const char *local)
{
    for (gsize i = 0; i < N_STREAMS; i++) {
        const char *rest = route_skip_word(local, route_bounce_words[i]);
        if (rest != NULL)
            return rest;
    }
    return NULL;
}

/* What may stand behind the + of a forum's address. Anything else is no address: a slip of the hand in "+intern" must
 * not publish what was meant for the members. */
static const struct extension {
    const char *word;
    enum ring ring;
} extensions[] = {
    {"intern", RING_MEMBERS},
    {"members", RING_MEMBERS},
    {"mitglieder", RING_MEMBERS},
};

/* The same of a newsletter's. */
static const struct {
    const char *word;
    enum list_word means;
} list_words[] = {
    {"abo", LIST_WORD_SUBSCRIBE},
    {"subscribe", LIST_WORD_SUBSCRIBE},
    {"abmelden", LIST_WORD_UNSUBSCRIBE},
    {"unsubscribe", LIST_WORD_UNSUBSCRIBE},
};

static bool parse_list(const char *local, struct route *out)
{
    const char *plus = strchr(local, '+');

    for (gsize i = 0; plus != NULL && plus > local && i < G_N_ELEMENTS(list_words); i++)
        if (strcmp(plus + 1, list_words[i].word) == 0) {
            out->kind = ROUTE_LIST;
            out->name = g_strndup(local, (gsize)(plus - local));
            out->word = list_words[i].means;
            return true;
        }
    return false;
}

static void parse_forum(const char *local, struct route *out)
{
    const char *plus = strchr(local, '+');
    const struct extension *known = NULL;

    for (gsize i = 0; plus != NULL && i < G_N_ELEMENTS(extensions); i++)
        if (strcmp(plus + 1, extensions[i].word) == 0)
            known = &extensions[i];
    if (plus != NULL && known == NULL)
        return;
    out->kind = ROUTE_FORUM;
    out->name = plus != NULL ? g_strndup(local, (gsize)(plus - local)) : g_strdup(local);
    out->ring = known != NULL ? known->ring : RING_PUBLIC;
}

void route_parse(const char *address, const char *domain, const guint8 *key, struct route *out)
{
    const char *rest;

    memset(out, 0, sizeof *out);
    g_autofree char *local = own_local_part(address, domain);
    if (local == NULL) {
        if (g_ascii_strcasecmp(address, "postmaster") == 0) /* RFC 5321 4.5.1: also without a domain */
            out->kind = ROUTE_OPERATOR;
        return;
    }
    out->kind = ROUTE_UNKNOWN;
    if (route_parse_role(local, out) || parse_subscription(local, key, out) || parse_list(local, out))
        return;
    if ((rest = route_skip_word(local, "idee-")) != NULL || (rest = route_skip_word(local, "idea-")) != NULL)
        route_parse_idea(rest, key, out);
    else if ((rest = route_skip_word(local, "vorschlag-")) != NULL || (rest = route_skip_word(local, "proposal-")) != NULL)
        route_parse_proposal(rest, out);
    else if ((rest = route_skip_word(local, "ja+")) != NULL)
        out->kind = parse_one(rest, "confirm", key, &out->hold) ? ROUTE_CONFIRM : ROUTE_UNKNOWN;
    else if ((rest = route_skip_word(local, "moderation+")) != NULL)
        out->kind = parse_moderate(rest, key, out) ? ROUTE_MODERATE : ROUTE_UNKNOWN;
    else if ((rest = skip_bounce(local)) != NULL)
        out->kind = parse_one(rest, "bounce", key, &out->notice) ? ROUTE_BOUNCE : ROUTE_UNKNOWN;
    else if ((rest = route_skip_word(local, "uebersicht+")) != NULL)
        out->kind = parse_one(rest, "digest", key, &out->notice) ? ROUTE_DIGEST : ROUTE_UNKNOWN;
    else if ((rest = route_skip_word(local, "frage+")) != NULL)
        out->kind = parse_one(rest, "wish", key, &out->wish) ? ROUTE_WISH : ROUTE_UNKNOWN;
    else if ((rest = route_skip_word(local, "stopp+")) != NULL)
        out->kind = parse_leave(rest, key, out) ? ROUTE_LEAVE : ROUTE_UNKNOWN;
    else if ((rest = route_skip_word(local, "ausgabe+")) != NULL)
        out->kind = parse_issue(rest, key, out) ? ROUTE_ISSUE : ROUTE_UNKNOWN;
    else
        parse_forum(local, out);
    if (out->kind == ROUTE_ISSUE || out->kind == ROUTE_CONFIRM || out->kind == ROUTE_MODERATE || out->kind == ROUTE_BOUNCE ||
        out->kind == ROUTE_DIGEST || out->kind == ROUTE_LEAVE || out->kind == ROUTE_WISH)
        out->has_token = true;
}

void route_clear(struct route *r)
{
    g_clear_pointer(&r->name, g_free);
}

bool route_parse_message_id(const char *message_id, const char *domain, const guint8 *key, row_id *post_out, row_id *notice_out)
{
    g_autofree char *local = own_local_part(message_id, domain);
    const char *rest;

    *post_out = *notice_out = 0;
    if (local == NULL)
        return false;
    if ((rest = route_skip_word(local, "post-")) != NULL)
        return parse_one(rest, "post-id", key, post_out);
    if ((rest = route_skip_word(local, "notice-")) != NULL)
        return parse_one(rest, "notice-id", key, notice_out);
    return false;
}
