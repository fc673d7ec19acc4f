/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See filed.h.
 */
#include "flow/filed.h"

#include "forum/file_number.h"
#include "store/ideas.h"

static const char *prefix_of(const struct gateway *g)
{
    return g->settings->initiative_ref != NULL ? g->settings->initiative_ref : "";
}

static gint64 year_of(const struct gateway *g, const struct idea *idea)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(idea->created_at);
    g_autoptr(GDateTime) here = g_date_time_to_timezone(utc, g->settings->zone);

    return g_date_time_get_year(here);
}

char *filed_number(const struct gateway *g, const struct idea *idea)
{
    const char *ref = prefix_of(g);

    return *ref != '\0' ? g_strdup_printf("%s-%04" G_GINT64_FORMAT "-%04" G_GINT64_FORMAT, ref, year_of(g, idea), idea->id)
                        : NULL;
}

static gint64 find(gint64 year, gint64 number, void *user)
{
    struct gateway *g = user;
    err_auto struct err e = {0};
    idea_auto idea = ideas_by_id(g->db, number, &e);

    return idea != NULL && year_of(g, idea) == year ? number : FILE_NUMBER_NONE;
}

char *filed_text(struct gateway *g, const char *text)
{
    return file_number_text(text, prefix_of(g), find, g);
}

char *filed_line(struct gateway *g, const char *line)
{
    return file_number_line(line, prefix_of(g), find, g);
}
