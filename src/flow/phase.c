/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Phases; see phase.h.
 */
#include "flow/phase.h"

#include "store/events.h"
#include "store/phases.h"

#include <stdio.h>

#define MINUTE_S 60

enum phase_kind phase_kind_of(const struct idea *idea, enum ring ring, bool is_proposal, bool is_support)
{
    if ((idea != NULL ? idea->ring : ring) == RING_MEMBERS)
        return PHASE_INNER;
    return is_proposal ? PHASE_FEEDBACK : is_support ? PHASE_SUPPORT : idea != NULL ? PHASE_REPLY : PHASE_IDEA;
}

bool phase_is_open(struct gateway *g, row_id forum, enum phase_kind kind, gint64 at, bool *out, struct err *e)
{
    g_autoptr(GPtrArray) phases = phases_all(g->db, e);

    *out = phases != NULL && phase_allows(phases, forum, kind, at, g->settings->intake_grace_minutes * MINUTE_S);
    return phases != NULL;
}

gint64 phase_day(const struct gateway *g, const char *date, bool is_end)
{
    int year, month, day, n = 0;

    if (sscanf(date, "%4d-%2d-%2d%n", &year, &month, &day, &n) != 3 || n != 10 || date[n] != '\0')
        return 0;
    g_autoptr(GDateTime) first = g_date_time_new(g->settings->zone, year, month, day, 0, 0, 0);
    g_autoptr(GDateTime) then = first == NULL ? NULL : is_end ? g_date_time_add_days(first, 1) : g_date_time_ref(first);
    return then != NULL ? g_date_time_to_unix(then) : 0;
}

char *phase_date(const struct gateway *g, gint64 at, bool is_end)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(is_end ? at - 1 : at);
    g_autoptr(GDateTime) here = g_date_time_to_timezone(utc, g->settings->zone);

    return g_date_time_format(here, "%Y-%m-%d");
}

bool phase_set(struct gateway *g, const struct phase *p, const struct phase *was, row_id person, row_id message, gint64 now,
               struct err *e)
{
    struct phase put = *p;
    bool is_other_end = was != NULL && was->to_at != p->to_at;
    g_autofree char *from = phase_date(g, p->from_at, false),
                    *to = p->to_at != 0 ? phase_date(g, p->to_at, true) : g_strdup("open");
    g_autofree char *before = was == NULL || was->to_at == 0 ? g_strdup("open") : phase_date(g, was->to_at, true);
    g_autofree char *detail = was == NULL ? g_strdup_printf("name=%s from=%s to=%s", p->name, from, to)
                                          : g_strdup_printf("name=%s from=%s to=%s before=%s", p->name, from, to, before);
    struct event ev = {.at = now,
                       .kind = was == NULL ? "phase.added" : "phase.changed",
                       .about.message = message,
                       .about.person = person,
                       .about.forum = p->forum_id,
                       .detail = detail};

    put.n_changes += is_other_end;
    return phases_put(g->db, &put, e) && events_add(g->db, &ev, e) &&
           (!is_other_end || phases_tell(g->db, p->name, p->forum_id, now, e));
}
