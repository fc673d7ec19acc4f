/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What doors print with --json: one object a line; see door.h.
 */
#include "base/clock.h"
#include "cmd/door.h"

#include <stdio.h>

JsonBuilder *json_begin(void)
{
    JsonBuilder *b = json_builder_new();

    json_builder_begin_object(b);
    return b;
}

void json_text(JsonBuilder *b, const char *name, const char *value)
{
    json_builder_set_member_name(b, name);
    if (value != NULL)
        json_builder_add_string_value(b, value);
    else
        json_builder_add_null_value(b);
}

void json_number(JsonBuilder *b, const char *name, gint64 value)
{
    json_builder_set_member_name(b, name);
    json_builder_add_int_value(b, value);
}

void json_flag(JsonBuilder *b, const char *name, bool value)
{
    json_builder_set_member_name(b, name);
    json_builder_add_boolean_value(b, value);
}

void json_id(JsonBuilder *b, const char *name, row_id id)
{
    if (id != 0)
        json_number(b, name, id);
    else
        json_text(b, name, NULL);
}

void json_time(JsonBuilder *b, const char *name, gint64 at, const struct door *d)
{
    g_autofree char *text = at != 0 ? clock_format(at, d->settings.zone) : NULL;

    json_text(b, name, text);
}

void json_print(JsonBuilder *b)
{
    json_builder_end_object(b);
    g_autoptr(JsonNode) node = json_builder_get_root(b);
    g_autofree char *line = json_to_string(node, FALSE);
    puts(line);
    g_object_unref(b);
}
