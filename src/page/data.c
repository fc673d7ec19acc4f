/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Open data: /daten/ says what there is and how it is counted; every public idea as CSV (UTF-8 with a byte order mark and
 * semicolons, as spreadsheets in this country read it) and as JSON. No person is in them, no name and no address.
 */
#include "page/data.h"

#include "page/public.h"

#include <string.h>

#define MOST_IDEAS 100000

struct row {
    const struct idea *idea;
    const char *forum;
    const GPtrArray *forums; /* char *: its home first */
    gint64 n_supporters;
    char *published;
};

typedef void append_row(GString *out, const struct page *p, const struct row *row);

static char *forum_name(const struct page *p, GHashTable *names, row_id id, struct err *e)
{
    char *name = g_hash_table_lookup(names, &id);

    if (name == NULL) {
        forum_auto forum = forums_by_id(p->g->db, id, e);
        name = g_strdup(forum != NULL ? forum->name : "");
        g_hash_table_insert(names, g_memdup2(&id, sizeof id), name);
    }
    return name;
}

static GPtrArray *forum_names(const struct page *p, GHashTable *names, row_id idea, struct err *e)
{
    g_autoptr(GArray) ids = ideas_forums(p->g->db, idea, e);
    GPtrArray *out = g_ptr_array_new();

    for (guint i = 0; ids != NULL && i < ids->len; i++)
        g_ptr_array_add(out, forum_name(p, names, g_array_index(ids, row_id, i), e));
    return out;
}

char *data_date(const struct page *p, gint64 at)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at), local = g_date_time_to_timezone(utc, p->g->settings->zone);

    return g_date_time_format(local, "%Y-%m-%d");
}

static bool append_ideas(GString *out, struct page *p, append_row *append, struct err *e)
{
    g_autoptr(GPtrArray) ideas = ideas_public(p->g->db, 0, G_MAXINT64, MOST_IDEAS, e);
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);

    for (guint i = 0; ideas != NULL && i < ideas->len && e->kind == ERR_NONE; i++) {
        struct row row = {.idea = ideas->pdata[i]};
        row.forum = forum_name(p, names, row.idea->forum_id, e);
        g_autoptr(GPtrArray) forums = forum_names(p, names, row.idea->id, e);
        row.forums = forums;
        if (!ideas_count_supporters(p->g->db, row.idea->id, &row.n_supporters, e))
            return false;
        g_autofree char *published = data_date(p, row.idea->published_at);
        row.published = published;
        append(out, p, &row);
    }
    return ideas != NULL && e->kind == ERR_NONE;
}

/* ---- CSV (RFC 4180, with semicolons) */
/* What a spreadsheet would take for a formula begins with an apostrophe. */
static void append_cell(GString *out, const char *text)
{
    g_string_append(out, strchr("=+-@\t\r", *text) != NULL && *text != '\0' ? "\"'" : "\"");
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *c);
    }
    g_string_append_c(out, '"');
}

static void append_csv(GString *out, const struct page *p, const struct row *row)
{
    g_autofree char *key = g_strconcat("state_", idea_state_name(row->idea->state), NULL);

    g_string_append_printf(out, "%" G_GINT64_FORMAT ";", row->idea->id);
    append_cell(out, row->idea->title);
    g_string_append_printf(out, ";%s;%s;", row->forum, idea_state_name(row->idea->state));
    append_cell(out, templates_word(p->t, p->language, key));
    g_string_append_printf(out, ";%s;%" G_GINT64_FORMAT ";%" G_GINT64_FORMAT ";%s/idee/%" G_GINT64_FORMAT ";", row->published,
                           row->idea->n_posts, row->n_supporters, p->g->settings->web_url, row->idea->id);
    for (guint i = 1; i < row->forums->len; i++)
        g_string_append_printf(out, "%s%s", i > 1 ? " " : "", (const char *)row->forums->pdata[i]);
    g_string_append(out, "\r\n");
}

bool data_show(struct page *p, const char *type, GString *text)
{
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(text);

    page_bytes(p, type, bytes);
    return true;
}

bool page_data_csv(struct page *p, struct err *e)
{
    g_autoptr(GString) out = g_string_new("\xEF\xBB\xBF");

    g_string_append_printf(out, "%s\r\n", templates_word(p->t, p->language, "data_head"));
    return append_ideas(out, p, append_csv, e) && data_show(p, "text/csv; charset=utf-8", g_steal_pointer(&out));
}

/* ---- JSON (RFC 8259) */
void data_append_string(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            g_string_append_printf(out, "\\%c", *c);
        else if ((guchar)*c < 0x20)
            g_string_append_printf(out, "\\u%04x", (guint)*c);
        else
            g_string_append_c(out, *c);
    }
    g_string_append_c(out, '"');
}

static void append_json(GString *out, const struct page *p, const struct row *row)
{
    (void)p;
    g_string_append_printf(out, "%s\n{\"number\":%" G_GINT64_FORMAT ",\"title\":", out->str[out->len - 1] == '[' ? "" : ",",
                           row->idea->id);
    data_append_string(out, row->idea->title);
    g_string_append(out, ",\"forum\":");
    data_append_string(out, row->forum);
    g_string_append_printf(out,
                           ",\"state\":\"%s\",\"published\":\"%s\",\"posts\":%" G_GINT64_FORMAT
                           ",\"supporters\":%" G_GINT64_FORMAT,
                           idea_state_name(row->idea->state), row->published, row->idea->n_posts, row->n_supporters);
    g_string_append(out, ",\"forums\":[");
    for (guint i = 0; i < row->forums->len; i++) {
        g_string_append(out, i > 0 ? "," : "");
        data_append_string(out, row->forums->pdata[i]);
    }
    g_string_append_c(out, ']');
    if (row->idea->merged_into != 0)
        g_string_append_printf(out, ",\"merged_into\":%" G_GINT64_FORMAT, row->idea->merged_into);
    g_string_append_c(out, '}');
}

bool page_data_json(struct page *p, struct err *e)
{
    g_autoptr(GString) out = g_string_new("{\"initiative\":");

    data_append_string(out, p->g->settings->initiative_title);
    g_string_append(out, ",\"ideas\":[");
    if (!append_ideas(out, p, append_json, e))
        return false;
    g_string_append(out, "\n]}\n");
    return data_show(p, "application/json", g_steal_pointer(&out));
}

bool page_data(struct page *p, struct err *e)
{
    return page_say(p, 200, "data", e);
}
