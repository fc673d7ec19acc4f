/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is taken when; see phase.h.
 */
#include "forum/phase.h"

#include "forum/route.h"

#include <string.h>

#define MOST_NAME 40 /* bytes */

const char *const phase_kind_names[] = {"idea", "reply", "support", "feedback", "inner", NULL};

void phase_free(struct phase *p)
{
    g_free((char *)p->name);
    g_free(p);
}

gint64 phase_passed(const struct phase *p, gint64 now)
{
    gint64 passed = (now >= p->from_at ? PHASE_OPENED : 0) | (p->to_at != 0 && now >= p->to_at ? PHASE_CLOSED : 0);

    return passed & ~p->journaled;
}

gint64 phase_journaled(const struct phase *p, gint64 now)
{
    bool is_ahead = p->from_at > now, ends_later = p->to_at == 0 || p->to_at > now;

    if (is_ahead || (ends_later && (p->journaled & PHASE_CLOSED) != 0))
        return 0;
    return p->journaled;
}

gint64 phase_kinds_parse(const char *words)
{
    g_auto(GStrv) each = g_strsplit(words, ",", -1);
    gint64 kinds = 0;

    for (char **w = each; *w != NULL; w++) {
        guint bit = 0;
        g_strstrip(*w);
        while (phase_kind_names[bit] != NULL && strcmp(phase_kind_names[bit], *w) != 0)
            bit++;
        if (phase_kind_names[bit] == NULL)
            return 0;
        kinds |= G_GINT64_CONSTANT(1) << bit;
    }
    return kinds;
}

char *phase_kinds_text(gint64 kinds)
{
    GString *out = g_string_new(NULL);

    for (guint bit = 0; phase_kind_names[bit] != NULL; bit++)
        if ((kinds & G_GINT64_CONSTANT(1) << bit) != 0)
            g_string_append_printf(out, "%s%s", out->len > 0 ? "," : "", phase_kind_names[bit]);
    return g_string_free(out, FALSE);
}

const struct phase *phase_like(const GPtrArray *phases, const char *name)
{
    g_autofree char *wanted = route_skeleton(name);

    for (guint i = 0; i < phases->len; i++) {
        const struct phase *p = phases->pdata[i];
        g_autofree char *skeleton = route_skeleton(p->name);
        if (strcmp(skeleton, wanted) == 0)
            return p;
    }
    return NULL;
}

const struct phase *phase_named(const GPtrArray *phases, const char *name)
{
    g_autofree char *wanted = route_skeleton(name);
    const struct phase *found = NULL;
    guint n_found = 0;

    for (guint i = 0; i < phases->len; i++) {
        const struct phase *p = phases->pdata[i];
        g_autofree char *skeleton = route_skeleton(p->name);
        if (strcmp(p->name, name) == 0)
            return p;
        if (strcmp(skeleton, wanted) == 0) {
            found = p;
            n_found++;
        }
    }
    return n_found == 1 ? found : NULL;
}

bool phase_is_name(const char *name)
{
    gsize n = strlen(name), number = n;

    while (number > 0 && g_ascii_isdigit(name[number - 1]))
        number--;
    bool is_idea = number == strlen("idee-") && (g_str_has_prefix(name, "idee-") || g_str_has_prefix(name, "idea-"));
    return g_ascii_islower(*name) && n <= MOST_NAME && !is_idea && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == n;
}

gint64 phase_mark(const struct phase *p)
{
    return p == NULL ? 1 : (((p->from_at * 31 + p->to_at) * 31 + p->allows) * 31 + p->forum_id) * 4 + 2;
}

char *phase_told(const char *name, gint64 end)
{
    return g_strdup_printf("%s %" G_GINT64_FORMAT, name, end);
}

gint64 phase_told_end(const char *told)
{
    const char *space = strchr(told, ' ');

    return space != NULL ? g_ascii_strtoll(space + 1, NULL, 10) : 0;
}

const struct phase *phase_called(const GPtrArray *phases, const char *told)
{
    gsize n = strcspn(told, " ");

    for (guint i = 0; i < phases->len; i++) {
        const struct phase *p = phases->pdata[i];
        if (strlen(p->name) == n && strncmp(p->name, told, n) == 0)
            return p;
    }
    return NULL;
}

static bool concerns(const struct phase *p, row_id forum)
{
    return p->forum_id == 0 || p->forum_id == forum;
}

const struct phase *phase_taking(const GPtrArray *phases, row_id forum, enum phase_kind kind, gint64 at, gint64 grace)
{
    for (guint i = 0; i < phases->len; i++) {
        const struct phase *p = phases->pdata[i];
        bool is_open = at >= p->from_at && (p->to_at == 0 || at < p->to_at + grace);
        if (concerns(p, forum) && (p->allows & (gint64)kind) != 0 && is_open)
            return p;
    }
    return NULL;
}

bool phase_allows(const GPtrArray *phases, row_id forum, enum phase_kind kind, gint64 at, gint64 grace)
{
    bool any = false;

    for (guint i = 0; i < phases->len && !any; i++)
        any = concerns(phases->pdata[i], forum);
    return !any || phase_taking(phases, forum, kind, at, grace) != NULL;
}

const struct phase *phase_last(const GPtrArray *phases, row_id forum, enum phase_kind kind, gint64 at)
{
    const struct phase *last = NULL;

    for (guint i = 0; i < phases->len; i++) {
        const struct phase *p = phases->pdata[i];
        bool is_over = concerns(p, forum) && (p->allows & (gint64)kind) != 0 && p->to_at != 0 && p->to_at <= at;
        if (is_over && (last == NULL || p->to_at > last->to_at))
            last = p;
    }
    return last;
}

const struct phase *phase_next(const GPtrArray *phases, row_id forum, enum phase_kind kind, gint64 at)
{
    const struct phase *next = NULL;

    for (guint i = 0; i < phases->len; i++) {
        const struct phase *p = phases->pdata[i];
        bool comes = concerns(p, forum) && (p->allows & (gint64)kind) != 0 && p->from_at > at;
        if (comes && (next == NULL || p->from_at < next->from_at))
            next = p;
    }
    return next;
}
