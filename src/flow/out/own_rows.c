/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See own_rows.h.
 */
#include "flow/out/own_rows.h"

#include "base/clock.h"
#include "base/json_text.h"
#include "text/wrap.h"

void own_begin(struct job *j)
{
    if (j->own_data == NULL)
        j->own_data = g_string_new(NULL);
    g_string_assign(j->own_data, "{");
}

void own_end(struct job *j)
{
    g_string_append(j->own_data, "\n}\n");
}

/* A name inside the braces of the file. */
static void put_name(struct job *j, const char *name)
{
    char last = j->own_data->str[j->own_data->len - 1];

    g_string_append(j->own_data, last == '{' ? "\n  " : ",\n  ");
    json_text_append(j->own_data, name);
    g_string_append(j->own_data, ": ");
}

static void put_key(struct own_rows *rows, const char *key)
{
    g_string_append(rows->j->own_data, rows->has_field ? ", " : "");
    json_text_append(rows->j->own_data, key);
    g_string_append(rows->j->own_data, ": ");
    rows->has_field = true;
}

static void put_time(struct job *j, gint64 at)
{
    g_autofree char *text = clock_format(at, j->r->g->settings->zone);

    json_text_append(j->own_data, text);
}

void own_set_one_line(struct value *entry, const char *key, struct job *j, const char *name, const char *text)
{
    value_set_line(entry, key, text);
    if (text == NULL)
        return;
    put_name(j, name);
    json_text_append(j->own_data, text);
}

void own_set_one_time(struct value *entry, const char *key, struct job *j, const char *name, gint64 at)
{
    if (at == 0)
        return;
    view_set_taken(entry, key, view_date_time(&j->v, at));
    put_name(j, name);
    put_time(j, at);
}

void own_set_one_number(struct value *entry, const char *key, struct job *j, const char *name, gint64 number)
{
    value_set_number(entry, key, number);
    put_name(j, name);
    g_string_append_printf(j->own_data, "%" G_GINT64_FORMAT, number);
}

struct own_rows own_rows_begin(struct job *j, const char *name)
{
    put_name(j, name);
    g_string_append_c(j->own_data, '[');
    return (struct own_rows){.j = j, .all = value_list()};
}

void own_set_rows(struct value *entry, const char *key, struct own_rows *rows)
{
    g_string_append(rows->j->own_data, value_length(rows->all) > 0 ? "\n  ]" : "]");
    value_set(entry, key, rows->all);
}

void own_row_begin(struct own_rows *rows)
{
    g_string_append(rows->j->own_data, value_length(rows->all) > 0 ? ",\n    {" : "\n    {");
    rows->row = value_map();
    rows->has_field = false;
    value_append(rows->all, rows->row);
}

void own_row_end(struct own_rows *rows)
{
    g_string_append_c(rows->j->own_data, '}');
}

void own_set_line(struct own_rows *rows, const char *key, const char *text)
{
    value_set_line(rows->row, key, text);
    if (text == NULL)
        return;
    put_key(rows, key);
    json_text_append(rows->j->own_data, text);
}

void own_set_time(struct own_rows *rows, const char *key, gint64 at)
{
    if (at == 0)
        return;
    view_set_taken(rows->row, key, view_date_time(&rows->j->v, at));
    put_key(rows, key);
    put_time(rows->j, at);
}

void own_set_number(struct own_rows *rows, const char *key, gint64 number)
{
    value_set_number(rows->row, key, number);
    put_key(rows, key);
    g_string_append_printf(rows->j->own_data, "%" G_GINT64_FORMAT, number);
}

void own_set_flag(struct own_rows *rows, const char *key, bool is_true)
{
    value_set_bool(rows->row, key, is_true);
    put_key(rows, key);
    g_string_append(rows->j->own_data, is_true ? "true" : "false");
}

const char *own_word(struct job *j, const char *kind, const char *name)
{
    g_autofree char *key = g_strdup_printf("%s_%s", kind, name);
    const char *word = templates_word(j->r->t, j->v.language, key);

    return word != key ? word : name;
}

void own_set_word(struct own_rows *rows, const char *key, const char *kind, const char *name)
{
    value_set_line(rows->row, key, own_word(rows->j, kind, name));
    put_key(rows, key);
    json_text_append(rows->j->own_data, name);
}

void own_set_words(struct own_rows *rows, const char *text)
{
    g_autofree char *lines = text != NULL && *text != '\0' ? text_unwrap(text) : NULL;

    if (lines == NULL || *lines == '\0')
        return;
    view_set_taken(rows->row, "text_quoted", text_quote(lines));
    put_key(rows, "text");
    json_text_append(rows->j->own_data, lines);
}

void own_set_thing(struct own_rows *rows, row_id idea)
{
    row_id proposal = 0;

    if (idea == 0) {
        value_set_bool(rows->row, "thing", false); /* nor that of the mail */
        return;
    }
    proposal = view_set_thing_of(rows->row, &rows->j->v, idea);
    put_key(rows, proposal != 0 ? "proposal" : "idea");
    g_string_append_printf(rows->j->own_data, "%" G_GINT64_FORMAT, proposal != 0 ? proposal : idea);
}
