/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How fast, and when again; see pace.h.
 */
#include "forum/pace.h"

#include "base/limits.h"

#define RETRY_S   10
#define MINUTE_US (60 * G_USEC_PER_SEC)

static gint64 doubled(gint64 first, gint64 n, gint64 most)
{
    return n > 20 ? most : MIN(first << n, most);
}

gint64 pace_retry_s(gint64 n_tries)
{
    return doubled(RETRY_S, n_tries, LIMIT_BACKOFF_MAX_S);
}

gint64 pace_pause_s(gint64 n)
{
    return doubled(LIMIT_DOMAIN_PAUSE_S, MAX(n, 1) - 1, LIMIT_DOMAIN_PAUSE_MOST_S);
}

/* Room for one more; what a second bears may go at once. */
static bool has_room(struct pace *p, gint64 per_minute, gint64 now_us)
{
    if (p->next_us > now_us + G_USEC_PER_SEC - MINUTE_US / per_minute)
        return p->next_us <= now_us;
    return true;
}

enum pace_answer pace_ask(struct pace *p, const struct pace_rule *rule, gint64 now_us, gint64 *at_out)
{
    gint64 now = now_us / G_USEC_PER_SEC;
    gint64 until = MAX(p->paused_until, p->deferred_until);

    if (until > now) {
        *at_out = until;
        return PACE_LATER;
    }
    if (rule->at_once > 0 && p->n_flying >= rule->at_once)
        return PACE_BUSY;
    if (rule->per_minute > 0 && !has_room(p, rule->per_minute, now_us)) {
        p->n_waiting++;
        *at_out = now + 1 + p->n_waiting * 60 / rule->per_minute;
        return PACE_LATER;
    }
    if (rule->per_minute > 0)
        p->next_us = MAX(p->next_us, now_us) + MINUTE_US / rule->per_minute;
    if (p->n_waiting > 0)
        p->n_waiting--;
    p->n_flying++;
    return PACE_GO;
}

void pace_landed(struct pace *p, bool is_deferred, gint64 now)
{
    if (p->n_flying > 0)
        p->n_flying--;
    if (!is_deferred) {
        p->n_deferred = 0;
        return;
    }
    p->n_deferred++;
    if (p->n_deferred >= LIMIT_DOMAIN_DEFERRALS)
        p->deferred_until = now + doubled(LIMIT_DOMAIN_DEFER_S, p->n_deferred - LIMIT_DOMAIN_DEFERRALS, LIMIT_DOMAIN_PAUSE_S);
}

bool pace_is_idle(const struct pace *p, gint64 now)
{
    return p->n_flying == 0 && p->n_deferred == 0 && p->paused_until <= now && p->deferred_until <= now &&
           p->next_us <= now * G_USEC_PER_SEC;
}
