/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is taken when; see phase.h.
 */
#include "forum/phase.h"

#include "forum/when.h"

#include <string.h>

const char *const phase_kind_names[] = {"idea", "reply", "support", "feedback", "inner", NULL};

void phase_free(struct phase *p)
{
    g_free((char *)p->name);
    g_free(p);
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

bool phase_order(const char *folded, char **name_out, int *day_out)
{
    static const char *const words[] = {" bis zum ", " bis ", " until ", " to "};

    *name_out = NULL;
    for (guint i = 0; folded != NULL && i < G_N_ELEMENTS(words); i++) {
        const char *at = strstr(folded, words[i]);
        if (at == NULL || (*day_out = when_day(at + strlen(words[i]))) < 0)
            continue;
        *name_out = g_strdelimit(g_strndup(folded, (gsize)(at - folded)), " ", '-');
        return **name_out != '\0';
    }
    return false;
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
