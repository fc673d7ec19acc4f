/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Phases; see phase.h.
 */
#include "flow/phase.h"

#include "base/limits.h"
#include "forum/life.h"
#include "store/ideas.h"
#include "store/phases.h"

#include <stdio.h>
#include <string.h>

#define MINUTE_S 60

enum phase_kind phase_kind_of(const struct idea *idea, enum ring ring, bool is_proposal, bool is_support)
{
    if ((idea != NULL ? idea->ring : ring) == RING_MEMBERS)
        return PHASE_INNER;
    return is_proposal ? PHASE_FEEDBACK : is_support ? PHASE_SUPPORT : idea != NULL ? PHASE_REPLY : PHASE_IDEA;
}

gint64 phase_grace(const struct gateway *g)
{
    return g->settings->intake_grace_minutes * MINUTE_S;
}

bool phase_is_open(struct gateway *g, row_id forum, enum phase_kind kind, gint64 at, bool *out, struct err *e)
{
    g_autoptr(GPtrArray) phases = phases_all(g->db, e);

    *out = phases != NULL && phase_allows(phases, forum, kind, at, phase_grace(g));
    return phases != NULL;
}

bool phase_is_late(struct gateway *g, const struct idea *idea, enum role role, gint64 now, bool *out, struct err *e)
{
    gint64 last_at = 0;

    *out = false;
    if (idea == NULL || idea->ring != RING_PUBLIC || role > ROLE_MEMBER)
        return true;
    idea_auto lead = idea->lead_id != 0 ? ideas_by_id(g->db, idea->lead_id, e) : NULL;
    const struct idea *heir = lead != NULL ? lead : idea;
    if (e->kind != ERR_NONE || !ideas_last_sign(g->db, heir->id, &last_at, e))
        return false;
    *out = life_is_over(heir->state) || last_at < now - LIMIT_QUIET_S;
    return true;
}

#define PACKED_FIELDS 5

char *phase_pack(struct gateway *g, const char *name, struct err *e)
{
    struct phase *p = phases_by_name(g->db, name, e);
    g_autoptr(GPtrArray) titles = p != NULL ? topics_all(g->db, TOPIC_PHASE, e) : NULL;
    GString *out = titles != NULL ? g_string_new(p->name) : NULL;

    if (out != NULL)
        g_string_append_printf(out, "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT,
                               p->from_at, p->to_at, p->allows, p->forum_id);
    for (guint i = 0; out != NULL && i < titles->len; i++) {
        const struct topic *t = titles->pdata[i];
        g_autofree char *title = g_strdelimit(g_strdup(t->title), "|", '/');
        if (strcmp(t->name, p->name) == 0)
            g_string_append_printf(out, "|%s|%s", t->language, title);
    }
    if (p != NULL)
        phase_free(p);
    return out != NULL ? g_string_free(out, FALSE) : NULL;
}

struct phase *phase_unpack(const char *line, char ***titles_out)
{
    g_auto(GStrv) f = g_strsplit(line, "|", -1);

    *titles_out = NULL;
    if (g_strv_length(f) < PACKED_FIELDS)
        return NULL;
    struct phase *p = g_new0(struct phase, 1);
    *p = (struct phase){.name = g_strdup(f[0]),
                        .from_at = g_ascii_strtoll(f[1], NULL, 10),
                        .to_at = g_ascii_strtoll(f[2], NULL, 10),
                        .allows = g_ascii_strtoll(f[3], NULL, 10),
                        .forum_id = g_ascii_strtoll(f[4], NULL, 10)};
    *titles_out = g_strdupv(f + PACKED_FIELDS);
    return p;
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
