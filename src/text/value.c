/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tree of values that fills a template; see template.h. Maps are short and written by our own code, so they are
 * lists of keys beside lists of values, searched from the end.
 */
#include "text/value.h"

#include "base/number.h"

#include <string.h>

static struct value *value_new(enum value_kind kind)
{
    struct value *v = g_new0(struct value, 1);

    v->kind = kind;
    return v;
}

struct value *value_take(char *text)
{
    struct value *v = value_new(VALUE_STRING);

    v->text = text != NULL ? text : g_strdup("");
    return v;
}

struct value *value_string(const char *text)
{
    return value_take(g_strdup(text));
}

struct value *value_written(GBytes *page)
{
    struct value *v = value_new(VALUE_WRITTEN);

    v->written = g_bytes_ref(page);
    return v;
}

struct value *value_block(guint n)
{
    struct value *v = value_new(VALUE_BLOCK);

    v->n = n;
    return v;
}

struct value *value_bool(bool is_true)
{
    struct value *v = value_new(VALUE_BOOL);

    v->is_true = is_true;
    return v;
}

struct value *value_list(void)
{
    struct value *v = value_new(VALUE_LIST);

    v->items = g_ptr_array_new_with_free_func((GDestroyNotify)value_free);
    return v;
}

struct value *value_map(void)
{
    struct value *v = value_new(VALUE_MAP);

    v->items = g_ptr_array_new_with_free_func((GDestroyNotify)value_free);
    v->keys = g_ptr_array_new_with_free_func(g_free);
    return v;
}

void value_append(struct value *list, struct value *item)
{
    g_return_if_fail(list->kind == VALUE_LIST);
    g_ptr_array_add(list->items, item);
}

void value_set(struct value *map, const char *key, struct value *item)
{
    g_return_if_fail(map->kind == VALUE_MAP);
    g_ptr_array_add(map->keys, g_strdup(key));
    g_ptr_array_add(map->items, item);
}

void value_set_string(struct value *map, const char *key, const char *text)
{
    if (text != NULL && *text != '\0')
        value_set(map, key, value_string(text));
}

void value_set_line(struct value *map, const char *key, const char *text)
{
    g_autoptr(GString) line = g_string_new(NULL);

    if (text == NULL)
        return;
    escape_append(line, text, ESCAPE_LINE);
    value_set_string(map, key, line->str);
}

void value_set_number(struct value *map, const char *key, gint64 number)
{
    GString *digits = g_string_sized_new(0);

    number_append(digits, number);
    value_set(map, key, value_take(g_string_free(digits, FALSE)));
}

void value_set_bool(struct value *map, const char *key, bool is_true)
{
    value_set(map, key, value_bool(is_true));
}

guint value_length(const struct value *list)
{
    return list->items != NULL ? list->items->len : 0;
}

const struct value *value_get(const struct value *map, const char *key)
{
    if (map->kind != VALUE_MAP)
        return NULL;
    for (guint i = map->keys->len; i > 0; i--)
        if (strcmp(g_ptr_array_index(map->keys, i - 1), key) == 0)
            return g_ptr_array_index(map->items, i - 1);
    return NULL;
}

bool value_is_truthy(const struct value *v)
{
    if (v == NULL)
        return false;
    switch (v->kind) {
    case VALUE_STRING:
        return *v->text != '\0';
    case VALUE_BOOL:
        return v->is_true;
    case VALUE_LIST:
        return v->items->len > 0;
    case VALUE_MAP:
        return true;
    case VALUE_BLOCK:
        return true;
    case VALUE_WRITTEN:
        return g_bytes_get_size(v->written) > 0;
    }
    return false;
}

void value_free(struct value *v)
{
    if (v == NULL)
        return;
    g_free(v->text);
    g_clear_pointer(&v->written, g_bytes_unref);
    g_clear_pointer(&v->items, g_ptr_array_unref);
    g_clear_pointer(&v->keys, g_ptr_array_unref);
    g_free(v);
}
