/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paces by domain; see domains.h.
 */
#include "flow/out/domains.h"

#include "base/hash.h"
#include "base/limits.h"
#include "store/bounces.h"

#include <string.h>

struct domains {
    struct db *db;
    struct pace_rule rule;
    GHashTable *paces; /* domain -> struct pace */
};

struct domains *domains_new(struct db *db, const struct pace_rule *rule)
{
    struct domains *d = g_new0(struct domains, 1);

    d->db = db;
    d->rule = *rule;
    d->paces = g_hash_table_new_full(hash_text, g_str_equal, g_free, g_free);
    return d;
}

void domains_free(struct domains *d)
{
    if (d == NULL)
        return;
    g_hash_table_unref(d->paces);
    g_free(d);
}

static gboolean is_idle(gpointer domain, gpointer pace, gpointer user)
{
    (void)domain;
    return pace_is_idle(pace, *(gint64 *)user);
}

static struct pace *pace_named(struct domains *d, const char *domain, gint64 now)
{
    struct pace *pace = g_hash_table_lookup(d->paces, domain);

    if (pace != NULL)
        return pace;
    if (g_hash_table_size(d->paces) >= LIMIT_DOMAINS)
        g_hash_table_foreach_remove(d->paces, is_idle, &now);
    pace = g_new0(struct pace, 1);
    g_hash_table_insert(d->paces, g_strdup(domain), pace);
    return pace;
}

/* As bounces are kept: lower case, U-labels. */
static struct pace *pace_of(struct domains *d, const char *recipient, gint64 now)
{
    const char *at = strrchr(recipient, '@');
    g_autofree char *unicode = g_hostname_to_unicode(at != NULL ? at + 1 : "");
    g_autofree char *lower = g_utf8_strdown(unicode != NULL ? unicode : "", -1);

    return pace_named(d, lower, now);
}

guint domains_n_known(const struct domains *d)
{
    return g_hash_table_size(d->paces);
}

bool domains_read(struct domains *d, gint64 now, struct err *e)
{
    g_autoptr(GPtrArray) paused = destinations_paused(d->db, now, e);
    GHashTableIter i;
    gpointer pace;

    if (paused == NULL)
        return false;
    g_hash_table_iter_init(&i, d->paces);
    while (g_hash_table_iter_next(&i, NULL, &pace))
        ((struct pace *)pace)->paused_until = 0;
    for (guint n = 0; n < paused->len; n++) {
        const struct destination *destination = paused->pdata[n];
        pace_named(d, destination->domain, now)->paused_until = destination->paused_until;
    }
    return true;
}

bool domains_ask(struct domains *d, const char *recipient, gint64 now, gint64 *at_out)
{
    *at_out = now + 1; /* where the domain is busy */
    return pace_ask(pace_of(d, recipient, now), &d->rule, now * G_USEC_PER_SEC, at_out) == PACE_GO;
}

void domains_landed(struct domains *d, const char *recipient, bool is_deferred, gint64 now)
{
    pace_landed(pace_of(d, recipient, now), is_deferred, now);
}
