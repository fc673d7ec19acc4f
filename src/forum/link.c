/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tokens of pages, both directions; see link.h.
 */
#include "forum/link.h"

#include "base/token.h"

#include <string.h>

#define DAY_S             86400
#define MOST_IDS          3 /* in front of the day */
#define MAX_ID_DIGITS     12
#define MAX_TOKEN         100
#define MARK_SUBSCRIPTION "s"

static const struct {
    char letter;
    const char *mark; /* in front of the ids, so that two kinds share a path */
    guint n_ids;
} kinds[] = {[LINK_CONFIRM] = {'c', "", 1},
             [LINK_LEAVE] = {'u', "", 3},
             [LINK_PREFERENCES] = {'p', "", 1},
             [LINK_SUBSCRIBE] = {'c', MARK_SUBSCRIPTION, 1},
             [LINK_UNSUBSCRIBE] = {'u', MARK_SUBSCRIPTION, 1},
             [LINK_DESK] = {'s', "", 1}};

/* What the MAC covers, and how the token begins. */
static char *ids_text(const struct link *l)
{
    gint64 day = (l->expires_at + DAY_S - 1) / DAY_S;

    switch (l->kind) {
    case LINK_CONFIRM:
        return g_strdup_printf("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, l->hold, day);
    case LINK_LEAVE:
        return g_strdup_printf("%" G_GINT64_FORMAT "-%d-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, l->person, (int)l->leave, l->id,
                               day);
    case LINK_PREFERENCES:
        return g_strdup_printf("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, l->person, day);
    case LINK_DESK:
        return g_strdup_printf("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, l->id, day);
    case LINK_SUBSCRIBE:
    case LINK_UNSUBSCRIBE:
        return g_strdup_printf("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, l->subscription, day);
    }
    return NULL;
}

static char *subject_of(const struct link *l)
{
    g_autofree char *ids = ids_text(l);

    return g_strdup_printf("page-%c%s:%s", kinds[l->kind].letter, kinds[l->kind].mark, ids);
}

/* Digits only; -1 if it is anything else. */
static gint64 number_of(const char *text)
{
    gsize n = strspn(text, "0123456789");

    return n > 0 && n <= MAX_ID_DIGITS && text[n] == '\0' ? g_ascii_strtoll(text, NULL, 10) : -1;
}

static bool take_ids(struct link *out, const gint64 *ids)
{
    switch (out->kind) {
    case LINK_CONFIRM:
        out->hold = ids[0];
        break;
    case LINK_LEAVE:
        if (ids[1] > LEAVE_ALL)
            return false;
        out->person = ids[0];
        out->leave = (enum leave)ids[1];
        out->id = ids[2];
        break;
    case LINK_PREFERENCES:
        out->person = ids[0];
        break;
    case LINK_DESK:
        out->id = ids[0];
        break;
    case LINK_SUBSCRIBE:
    case LINK_UNSUBSCRIBE:
        out->subscription = ids[0];
        break;
    }
    out->expires_at = ids[kinds[out->kind].n_ids] * DAY_S;
    return ids[0] > 0;
}

enum link_state link_read(enum link_kind kind, const char *token, const guint8 *key, gint64 now, struct link *out)
{
    guint n_ids = kinds[kind].n_ids;
    gint64 ids[MOST_IDS + 1];

    *out = (struct link){.kind = kind};
    if (strlen(token) > MAX_TOKEN || g_ascii_strncasecmp(token, kinds[kind].mark, strlen(kinds[kind].mark)) != 0)
        return LINK_FALSE;
    token += strlen(kinds[kind].mark);
    g_auto(GStrv) parts = g_strsplit(token, "-", -1);
    if (g_strv_length(parts) != n_ids + 2)
        return LINK_FALSE;
    for (guint i = 0; i <= n_ids; i++)
        if ((ids[i] = number_of(parts[i])) < 0)
            return LINK_FALSE;
    if (!take_ids(out, ids))
        return LINK_FALSE;
    g_autofree char *subject = subject_of(out);
    if (!token_verify(key, subject, parts[n_ids + 1]))
        return LINK_FALSE;
    return now < out->expires_at ? LINK_FINE : LINK_EXPIRED;
}

char *link_path(const struct link *l, const guint8 *key)
{
    g_autofree char *ids = ids_text(l);
    g_autofree char *subject = subject_of(l);
    g_autofree char *mac = token_mac(key, subject);

    return g_strdup_printf("/%c/%s%s-%s", kinds[l->kind].letter, kinds[l->kind].mark, ids, mac);
}

char *link_url(const char *base, const char *prefix, const struct link *l, const guint8 *key)
{
    g_autofree char *path = link_path(l, key);

    return g_strconcat(base, prefix, path, NULL);
}

static char *form_subject(const char *token)
{
    return g_strconcat("page-form:", token, NULL);
}

char *link_form_token(const char *token, const guint8 *key)
{
    g_autofree char *subject = form_subject(token);

    return token_mac(key, subject);
}

bool link_is_form_token(const char *token, const char *given, const guint8 *key)
{
    g_autofree char *subject = form_subject(token);

    return given != NULL && token_verify(key, subject, given);
}

bool link_is_of_subscription(const char *token)
{
    return g_ascii_strncasecmp(token, MARK_SUBSCRIPTION, strlen(MARK_SUBSCRIPTION)) == 0;
}
