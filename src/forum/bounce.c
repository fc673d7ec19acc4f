/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What reports mean; see bounce.h.
 */
#include "forum/bounce.h"

#include "base/limits.h"

#include <string.h>

const char *const bounce_kind_names[] = {"nothing", "hard", "soft", "infrastructure", "policy", "complaint", NULL};
const char *const bounce_deed_names[] = {"noted", "late", "counted", "paused", "off", "spared", "stopped", NULL};

/* --- which kind --- */

enum permanence { FOR_NOW, FOR_GOOD, EITHER };

/* The first row that fits. REASON and STATUS NULL: any; STATUS fits the beginning. */
static const struct rule {
    const char *reason, *status;
    enum permanence permanence;
    enum bounce_kind kind;
} rules[] = {
    {NULL, "5.1.3", EITHER, BOUNCE_POLICY}, /* our syntax, our sender */
    {NULL, "5.1.7", EITHER, BOUNCE_POLICY},
    {NULL, "5.1.8", EITHER, BOUNCE_POLICY},
    {NULL, "5.1.9", EITHER, BOUNCE_POLICY},
    {NULL, "5.5.", EITHER, BOUNCE_POLICY},
    {NULL, "5.6.", EITHER, BOUNCE_POLICY},
    {"blocked", NULL, EITHER, BOUNCE_INFRASTRUCTURE},
    {"policy", NULL, EITHER, BOUNCE_POLICY},
    {"too_big", NULL, EITHER, BOUNCE_POLICY},
    {"no_user", NULL, FOR_GOOD, BOUNCE_HARD},
    {"host", "5.3.", EITHER, BOUNCE_INFRASTRUCTURE},
    {"host", "5.4.0", EITHER, BOUNCE_INFRASTRUCTURE},
    {"host", "5.4.1", EITHER, BOUNCE_INFRASTRUCTURE},
    {"host", "5.4.6", EITHER, BOUNCE_INFRASTRUCTURE},
    {"host", "5.4.7", EITHER, BOUNCE_INFRASTRUCTURE},
    {"host", NULL, FOR_GOOD, BOUNCE_HARD}, /* there is no such domain */
    {"host", NULL, FOR_NOW, BOUNCE_INFRASTRUCTURE},
    {NULL, "5.7.", EITHER, BOUNCE_POLICY},
    {NULL, NULL, EITHER, BOUNCE_SOFT},
};

static bool fits(const struct rule *rule, const struct report_recipient *r)
{
    return (rule->reason == NULL || strcmp(rule->reason, r->reason) == 0) &&
           (rule->status == NULL || g_str_has_prefix(r->status, rule->status)) &&
           (rule->permanence == EITHER || (rule->permanence == FOR_GOOD) == r->is_permanent);
}

/* Words for our server as such, not for one mail of it. */
static bool is_about_server(const char *said)
{
    static const char *const words[] = {"refused to talk", "greeting",   "reputation", "blacklist",   "black list", "blocklist",
                                        "block list",      "blocked",    "rbl",        "spamhaus",    "spamcop",    "listed",
                                        "your ip",         "sending ip", " ip ",       "[ip",         "ip=",        "ptr",
                                        "reverse",         "connect",    "too many",   "client host", NULL};
    g_autofree char *lower = g_ascii_strdown(said, -1);

    for (const char *const *word = words; *word != NULL; word++)
        if (strstr(lower, *word) != NULL)
            return true;
    return false;
}

enum bounce_kind bounce_kind_of(enum message_kind kind, const struct report_recipient *r)
{
    const struct rule *rule = rules;

    if (kind == KIND_COMPLAINT)
        return BOUNCE_COMPLAINT;
    if (kind != KIND_BOUNCE)
        return BOUNCE_NOTHING;
    if (r == NULL)
        return BOUNCE_SOFT;
    while (!fits(rule, r))
        rule++;
    bool is_said = r->diagnostic != NULL && *r->diagnostic != '\0';
    if (rule->kind == BOUNCE_INFRASTRUCTURE && strcmp(r->reason, "blocked") == 0 && is_said && !is_about_server(r->diagnostic))
        return BOUNCE_POLICY; /* "spam": this mail */
    return rule->kind;
}

enum bounce_kind bounce_kind_of_report(const struct message *m)
{
    static const int weights[N_BOUNCE_KINDS] =
        {[BOUNCE_HARD] = 4, [BOUNCE_SOFT] = 3, [BOUNCE_INFRASTRUCTURE] = 2, [BOUNCE_POLICY] = 1};
    enum bounce_kind kind = bounce_kind_of(m->kind, m->recipients->len > 0 ? m->recipients->pdata[0] : NULL);

    for (guint i = 1; i < m->recipients->len; i++) {
        enum bounce_kind other = bounce_kind_of(m->kind, m->recipients->pdata[i]);
        if (weights[other] > weights[kind])
            kind = other;
    }
    return kind;
}

/* --- what it counts --- */

static void fade(struct bounce_state *s, gint64 now)
{
    gint64 n = s->bounced_at != 0 && now > s->bounced_at ? (now - s->bounced_at) / LIMIT_BOUNCE_FADE_S : 0;

    s->points = MAX(0, s->points - n);
}

static enum bounce_deed pause_it(struct bounce_state *s, const struct bounce_case *c)
{
    if (c->n_paused >= LIMIT_BOUNCE_DOMAIN_DAY)
        return BOUNCE_SPARED;
    s->suspended_at = c->now;
    s->probe_at = c->now + LIMIT_BOUNCE_PROBE_S;
    s->probed_at = 0;
    return BOUNCE_PAUSED;
}

static enum bounce_deed count_failure(struct bounce_state *s, const struct bounce_case *c)
{
    bool is_same_day = s->bounced_at != 0 && c->now - s->bounced_at < LIMIT_BOUNCE_POINT_S;

    if (s->suspended_at != 0 && c->is_probe && s->probe_at != 0) {
        s->probe_at = 0;
        return BOUNCE_OFF;
    }
    if (s->suspended_at != 0)
        return BOUNCE_NOTED;
    if (!is_same_day) {
        fade(s, c->now);
        s->points++;
        s->bounced_at = c->now;
    }
    if (c->kind == BOUNCE_HARD || s->points >= LIMIT_BOUNCE_POINTS)
        return pause_it(s, c);
    return is_same_day ? BOUNCE_NOTED : BOUNCE_COUNTED;
}

enum bounce_deed bounce_count(struct bounce_state *s, const struct bounce_case *c)
{
    if (c->sent_at != 0 && c->now - c->sent_at > LIMIT_BOUNCE_TOKEN_S)
        return BOUNCE_LATE;
    switch (c->kind) {
    case BOUNCE_HARD:
    case BOUNCE_SOFT:
        return count_failure(s, c);
    case BOUNCE_COMPLAINT:
        if (s->complained_at != 0)
            return BOUNCE_NOTED;
        s->complained_at = c->now;
        return BOUNCE_STOPPED;
    case BOUNCE_NOTHING:
    case BOUNCE_INFRASTRUCTURE:
    case BOUNCE_POLICY:
        break;
    }
    return BOUNCE_NOTED;
}

bool bounce_is_well_again(const struct bounce_state *s, gint64 now)
{
    return s->suspended_at != 0 && s->probe_at != 0 && s->probed_at != 0 && now >= s->probe_at;
}

bool bounce_is_run_bad(gint64 n_unknown, gint64 n_last, gint64 percent)
{
    return n_unknown * 100 > percent * MAX(n_last, LIMIT_RUN_LAST);
}
