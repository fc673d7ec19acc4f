/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Debts of senders in CPU time; see reader_ledger.h. So few that looking at each is quicker than any table.
 */
#include "flow/reader/ledger.h"

#include "base/hash.h"
#include "base/limits.h"

#include <stdbool.h>
#include <string.h>

#define CHEAP_US        (LIMIT_READER_CHEAP_MS * 1000) /* what costs less is not written down */
#define MOST_US         (60 * G_USEC_PER_SEC)          /* no debt is larger, so each is forgiven within an hour */
#define FORGIVEN_A_S_US 20000

struct debt {
    guint64 debtor; /* hash of a sender, 0 free */
    gint64 owed_us, at_us;
};

struct ledger {
    struct hash_key key;
    struct debt debts[LIMIT_READER_DEBTS];
};

struct ledger *ledger_new(void)
{
    struct ledger *l = g_new0(struct ledger, 1);

    hash_key_new(&l->key);
    return l;
}

void ledger_free(struct ledger *l)
{
    g_free(l);
}

static guint64 debtor_of(const struct ledger *l, const char *name)
{
    g_autofree char *lower = g_ascii_strdown(name, -1);

    return hash_bytes(&l->key, lower, strlen(lower)) | 1;
}

static gint64 owed_now(const struct debt *d, gint64 now_us)
{
    return MAX(d->owed_us - (now_us - d->at_us) / G_USEC_PER_SEC * FORGIVEN_A_S_US, 0);
}

/* The debtor's own line, NULL if there is none: asked of every mail. */
static struct debt *find(struct ledger *l, guint64 debtor)
{
    for (gsize i = 0; i < G_N_ELEMENTS(l->debts); i++)
        if (l->debts[i].debtor == debtor)
            return &l->debts[i];
    return NULL;
}

/* The debtor's own line, or else the one that is missed least, cleared for it. */
static struct debt *find_or_make(struct ledger *l, guint64 debtor, gint64 now_us)
{
    struct debt *own = find(l, debtor), *least = &l->debts[0];

    if (own != NULL)
        return own;
    for (gsize i = 1; i < G_N_ELEMENTS(l->debts); i++)
        if (owed_now(&l->debts[i], now_us) < owed_now(least, now_us))
            least = &l->debts[i];
    *least = (struct debt){.debtor = debtor, .at_us = now_us};
    return least;
}

static void charge(struct ledger *l, const char *name, gint64 cpu_us, gint64 now_us)
{
    struct debt *d = find_or_make(l, debtor_of(l, name), now_us);

    d->owed_us = MIN(owed_now(d, now_us) + cpu_us, MOST_US);
    d->at_us = now_us;
}

static bool is_in_debt(struct ledger *l, const char *name, gint64 now_us)
{
    const struct debt *d = find(l, debtor_of(l, name));

    return d != NULL && owed_now(d, now_us) > LIMIT_READER_DEBT_MS * 1000;
}

void ledger_charge(struct ledger *l, const char *sender, gint64 cpu_us, gint64 now_us)
{
    const char *at = strrchr(sender, '@');

    if (*sender == '\0' || cpu_us < CHEAP_US)
        return;
    charge(l, sender, cpu_us, now_us);
    if (at != NULL)
        charge(l, at, cpu_us, now_us);
}

enum reader_lane ledger_lane(struct ledger *l, const char *sender, gint64 now_us)
{
    const char *at = strrchr(sender, '@');

    if (*sender == '\0')
        return LANE_FIRST;
    if (is_in_debt(l, sender, now_us))
        return LANE_SLOW;
    return at != NULL && is_in_debt(l, at, now_us) ? LANE_BEHIND : LANE_FIRST;
}
