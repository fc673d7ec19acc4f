/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The types of settings: what a value of each looks like, how it is read, freed and compared; see conf_value.h.
 */
#include "base/conf_value.h"

#include <string.h>

/* An endpoint that need not be. */
static bool is_optional(const struct conf_setting *s)
{
    return s->fallback != NULL && *s->fallback == '\0';
}

char *conf_expectation(const struct conf_setting *s)
{
    const char *const format_of_range = "%s from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT;

    switch (s->type) {
    case CONF_TEXT:
        return g_strdup_printf("one line of %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " characters", s->low, s->high);
    case CONF_LINES:
        return g_strdup_printf("at most %" G_GINT64_FORMAT " characters, \\n for a new line", s->high);
    case CONF_NUMBER:
        return g_strdup_printf(format_of_range, "a number", s->low, s->high);
    case CONF_MODE:
        return g_strdup("an octal file mode such as 0660");
    case CONF_FLAG:
        return g_strdup("yes or no");
    case CONF_WORDS:
        return g_strdup_printf("%" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " words with commas between them", s->low, s->high);
    case CONF_CHOICE:
        return g_strdup_printf("one of %s", s->choices);
    case CONF_PATH:
        return g_strdup("a path");
    case CONF_ENDPOINT:
        return g_strdup(is_optional(s) ? "unix:PATH, inet:ADDRESS:PORT or nothing" : "unix:PATH or inet:ADDRESS:PORT");
    case CONF_RELAY:
        return g_strdup("unix:PATH, inet:ADDRESS:PORT, smtps://USER@HOST or smtp://USER@HOST:587");
    }
    return NULL;
}

/* PATH as it is meant in the file CONF_PATH. */
static char *resolve(const char *conf_path, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(conf_path);
    g_autofree char *absolute = g_canonicalize_filename(folder, NULL);

    return g_canonicalize_filename(path, absolute);
}

static bool is_length_within(const char *text, const struct conf_setting *s)
{
    glong n = g_utf8_strlen(text, -1);

    return n >= s->low && n <= s->high;
}

static bool has_control(const char *text, const char *allowed)
{
    for (const char *p = text; *p != '\0'; p++)
        if (g_ascii_iscntrl(*p) && strchr(allowed, *p) == NULL)
            return true;
    return false;
}

static bool take_text(const char *text, const struct conf_setting *s, const char *allowed, char **field)
{
    if (!is_length_within(text, s) || has_control(text, allowed))
        return false;
    *field = g_strdup(text);
    return true;
}

static bool take_number(const char *text, const struct conf_setting *s, guint base, gint64 *field)
{
    return g_ascii_string_to_signed(text, base, s->low, s->high, field, NULL);
}

static bool take_flag(const char *text, bool *field)
{
    *field = strcmp(text, "yes") == 0;
    return *field || strcmp(text, "no") == 0;
}

static bool take_words(const char *text, const struct conf_setting *s, char ***field)
{
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();
    g_auto(GStrv) pieces = g_strsplit_set(text, ", \t", -1);
    gint64 n = 0;

    for (char **p = pieces; *p != NULL; p++)
        if (**p != '\0') {
            g_strv_builder_add(words, *p);
            n++;
        }
    if (n < s->low || n > s->high)
        return false;
    *field = g_strv_builder_end(words);
    return true;
}

static bool take_choice(const char *text, const struct conf_setting *s, gint64 *field)
{
    g_auto(GStrv) choices = g_strsplit(s->choices, " ", -1);

    for (*field = 0; choices[*field] != NULL; (*field)++)
        if (strcmp(choices[*field], text) == 0)
            return true;
    return false;
}

static bool take_path(const char *text, const struct conf_setting *s, const char *conf_path, char **field)
{
    if ((*text == '\0' && s->low > 0) || has_control(text, ""))
        return false;
    *field = *text != '\0' ? resolve(conf_path, text) : g_strdup("");
    return true;
}

static bool take_endpoint(const char *text, const char *conf_path, struct conf_endpoint *field)
{
    if (has_control(text, "") || !conf_endpoint_parse(text, field, NULL))
        return false;
    if (field->path == NULL && field->port == 0) {
        conf_endpoint_clear(field);
        return false; /* the system's choice could not be told to a mail server */
    }
    if (field->path != NULL) {
        g_autofree char *written = field->path;
        field->path = resolve(conf_path, written);
    }
    return true;
}

static bool take_relay(const char *text, const struct conf_setting *s, const char *conf_path, char **field)
{
    struct conf_endpoint endpoint = {0};

    if (has_control(text, "") || !is_length_within(text, s))
        return false;
    if (*text == '\0' || strstr(text, "://") != NULL) {
        *field = g_strdup(text);
        return true;
    }
    if (!take_endpoint(text, conf_path, &endpoint))
        return false;
    *field = conf_endpoint_text(&endpoint);
    conf_endpoint_clear(&endpoint);
    return true;
}

bool conf_take(const char *path, const struct conf_setting *s, const char *text, void *field)
{
    switch (s->type) {
    case CONF_TEXT:
        return take_text(text, s, "", field);
    case CONF_LINES:
        return take_text(text, s, "\n\t", field);
    case CONF_NUMBER:
        return take_number(text, s, 10, field);
    case CONF_MODE:
        return take_number(text, s, 8, field);
    case CONF_FLAG:
        return take_flag(text, field);
    case CONF_WORDS:
        return take_words(text, s, field);
    case CONF_CHOICE:
        return take_choice(text, s, field);
    case CONF_PATH:
        return take_path(text, s, path, field);
    case CONF_ENDPOINT:
        return (*text == '\0' && is_optional(s)) || take_endpoint(text, path, field);
    case CONF_RELAY:
        return take_relay(text, s, path, field);
    }
    return false;
}

void conf_clear(const struct conf_setting *settings, gsize n_settings, void *base)
{
    for (gsize i = 0; i < n_settings; i++) {
        void *field = (char *)base + settings[i].offset;
        switch (settings[i].type) {
        case CONF_TEXT:
        case CONF_LINES:
        case CONF_PATH:
        case CONF_RELAY:
            g_clear_pointer((char **)field, g_free);
            break;
        case CONF_WORDS:
            g_clear_pointer((char ***)field, g_strfreev);
            break;
        case CONF_ENDPOINT:
            conf_endpoint_clear(field);
            break;
        case CONF_NUMBER:
        case CONF_MODE:
        case CONF_CHOICE:
            *(gint64 *)field = 0;
            break;
        case CONF_FLAG:
            *(bool *)field = false;
            break;
        }
    }
}

static bool endpoint_differs(const struct conf_endpoint *a, const struct conf_endpoint *b)
{
    return g_strcmp0(a->path, b->path) != 0 || g_strcmp0(a->host, b->host) != 0 || a->port != b->port;
}

bool conf_differs(const struct conf_setting *setting, const void *a, const void *b)
{
    const void *x = (const char *)a + setting->offset, *y = (const char *)b + setting->offset;

    switch (setting->type) {
    case CONF_TEXT:
    case CONF_LINES:
    case CONF_PATH:
    case CONF_RELAY:
        return strcmp(*(char *const *)x, *(char *const *)y) != 0;
    case CONF_WORDS:
        return !g_strv_equal(*(const char *const *const *)x, *(const char *const *const *)y);
    case CONF_ENDPOINT:
        return endpoint_differs(x, y);
    case CONF_NUMBER:
    case CONF_MODE:
    case CONF_CHOICE:
        return *(const gint64 *)x != *(const gint64 *)y;
    case CONF_FLAG:
        return *(const bool *)x != *(const bool *)y;
    }
    return false;
}
