/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The configuration reader; see conf.h. GKeyFile reads the values, but it merges sections, lets the last duplicate
 * win and knows no line numbers; so the lines are walked first, and what it would swallow is refused there.
 */
#include "base/conf.h"

#include "base/limits.h"

#include <string.h>

/* One `key = value` of the file. */
struct entry {
    char *section, *key;
    guint line;
};

/* The file while it is read. */
struct conf {
    const char *path;
    char *text;
    GKeyFile *values;
    GArray *entries; /* struct entry, in order */
};

static void entry_clear(gpointer data)
{
    struct entry *entry = data;

    g_free(entry->section);
    g_free(entry->key);
}

static void conf_close(struct conf *c)
{
    g_clear_pointer(&c->text, g_free);
    g_clear_pointer(&c->values, g_key_file_unref);
    g_clear_pointer(&c->entries, g_array_unref);
}
#define conf_auto __attribute__((cleanup(conf_close)))

static const struct entry *conf_find(const struct conf *c, const char *section, const char *key)
{
    for (guint i = 0; i < c->entries->len; i++) {
        const struct entry *entry = &g_array_index(c->entries, struct entry, i);
        if (strcmp(entry->section, section) == 0 && strcmp(entry->key, key) == 0)
            return entry;
    }
    return NULL;
}

static bool read_text(struct conf *c, struct err *e)
{
    GError *error = NULL;
    gsize n_bytes;

    if (!g_file_get_contents(c->path, &c->text, &n_bytes, &error)) {
        bool is_denied = g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_ACCES);
        err_take_gerror(e, is_denied ? ERR_RIGHTS : ERR_CONFIG, error);
        return err_prefix(e, "cannot read the configuration (-c FILE names another one)");
    }
    if (n_bytes > LIMIT_CONF_BYTES)
        return err_set(e, ERR_CONFIG, "%s is no configuration: it has more than %d bytes", c->path, LIMIT_CONF_BYTES);
    if (!g_utf8_validate(c->text, (gssize)n_bytes, NULL))
        return err_set(e, ERR_CONFIG, "%s is not valid UTF-8; save it as UTF-8", c->path);
    return true;
}

/* Takes note of one line; SECTION is the current one and changes at `[name]`. */
static bool note_line(struct conf *c, char *line, guint number, char **section, struct err *e)
{
    g_strstrip(line);
    if (*line == '\0' || *line == '#')
        return true;
    gsize length = strlen(line);
    if (*line == '[' && line[length - 1] == ']') {
        g_free(*section);
        *section = g_strndup(line + 1, length - 2);
        return true;
    }
    char *equals = strchr(line, '=');
    if (equals == NULL || equals == line)
        return err_set(e, ERR_CONFIG, "%s:%u: this is neither [section], key = value nor a # comment", c->path, number);
    if (*section == NULL)
        return err_set(e, ERR_CONFIG, "%s:%u: a [section] must come before the first key", c->path, number);
    g_autofree char *key = g_strchomp(g_strndup(line, (gsize)(equals - line)));
    const struct entry *before = conf_find(c, *section, key);
    if (before != NULL)
        return err_set(e, ERR_CONFIG, "%s:%u: [%s] %s stands in line %u already; delete one of the two", c->path, number,
                       *section, key, before->line);
    struct entry entry = {g_strdup(*section), g_steal_pointer(&key), number};
    g_array_append_val(c->entries, entry);
    return true;
}

static bool note_lines(struct conf *c, struct err *e)
{
    g_auto(GStrv) lines = g_strsplit(c->text, "\n", -1);
    g_autofree char *section = NULL;
    GError *error = NULL;

    c->entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    g_array_set_clear_func(c->entries, entry_clear);
    for (guint i = 0; lines[i] != NULL; i++)
        if (!note_line(c, lines[i], i + 1, &section, e))
            return false;
    c->values = g_key_file_new();
    if (!g_key_file_load_from_data(c->values, c->text, strlen(c->text), G_KEY_FILE_NONE, &error)) {
        err_take_gerror(e, ERR_CONFIG, error);
        return err_prefix(e, "%s", c->path);
    }
    return true;
}

static bool conf_open(struct conf *c, struct err *e)
{
    return read_text(c, e) && note_lines(c, e);
}

/* The keys of SECTION, or all sections if SECTION is NULL, in one line for an error. */
static char *known_names(const struct conf_setting *settings, gsize n_settings, const char *section)
{
    g_autoptr(GString) names = g_string_new(NULL);
    const char *last = "";

    for (gsize i = 0; i < n_settings; i++) {
        if (section != NULL && strcmp(settings[i].section, section) != 0)
            continue;
        const char *name = section != NULL ? settings[i].key : settings[i].section;
        if (strcmp(name, last) == 0)
            continue;
        g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", name);
        last = name;
    }
    return g_string_free(g_steal_pointer(&names), FALSE);
}

static bool refuse_unknown(const struct conf *c, const struct conf_setting *settings, gsize n_settings, struct err *e)
{
    for (guint i = 0; i < c->entries->len; i++) {
        const struct entry *entry = &g_array_index(c->entries, struct entry, i);
        bool is_known = false;
        for (gsize k = 0; k < n_settings && !is_known; k++)
            is_known = strcmp(settings[k].section, entry->section) == 0 && strcmp(settings[k].key, entry->key) == 0;
        if (is_known)
            continue;
        g_autofree char *keys = known_names(settings, n_settings, entry->section);
        if (*keys != '\0')
            return err_set(e, ERR_CONFIG, "%s:%u: [%s] has no key %s; it has %s", c->path, entry->line, entry->section,
                           entry->key, keys);
        g_autofree char *sections = known_names(settings, n_settings, NULL);
        return err_set(e, ERR_CONFIG, "%s:%u: there is no section [%s]; there are %s", c->path, entry->line, entry->section,
                       sections);
    }
    return true;
}

bool conf_endpoint_parse(const char *text, struct conf_endpoint *endpoint_out, struct err *e)
{
    if (g_str_has_prefix(text, "unix:") && text[5] != '\0') {
        *endpoint_out = (struct conf_endpoint){.path = g_strdup(text + 5)};
        return true;
    }
    const char *colon = strrchr(text, ':');
    guint64 port;
    if (!g_str_has_prefix(text, "inet:") || colon <= text + 5 || !g_ascii_string_to_unsigned(colon + 1, 10, 1, 65535, &port, NULL))
        return err_set(e, ERR_INPUT, "\"%s\" is neither unix:PATH nor inet:ADDRESS:PORT", text);
    const char *host = text + 5;
    gsize length = (gsize)(colon - host);
    if (*host == '[' && length > 2 && host[length - 1] == ']') {
        host++;
        length -= 2;
    }
    *endpoint_out = (struct conf_endpoint){.host = g_strndup(host, length), .port = (guint16)port};
    return true;
}

void conf_endpoint_clear(struct conf_endpoint *endpoint)
{
    g_free(endpoint->path);
    g_free(endpoint->host);
    *endpoint = (struct conf_endpoint){0};
}

bool conf_endpoint_is_set(const struct conf_endpoint *endpoint)
{
    return endpoint->path != NULL || endpoint->host != NULL;
}

char *conf_endpoint_text(const struct conf_endpoint *endpoint)
{
    if (!conf_endpoint_is_set(endpoint))
        return g_strdup("");
    if (endpoint->path != NULL)
        return g_strconcat("unix:", endpoint->path, NULL);
    return g_strdup_printf(strchr(endpoint->host, ':') != NULL ? "inet:[%s]:%u" : "inet:%s:%u", endpoint->host,
                           endpoint->port);
}

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

/* Puts TEXT into the field of S; false if it is not what conf_expectation() says. */
static bool take(const struct conf *c, const struct conf_setting *s, const char *text, void *field)
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
        return take_path(text, s, c->path, field);
    case CONF_ENDPOINT:
        return (*text == '\0' && is_optional(s)) || take_endpoint(text, c->path, field);
    case CONF_RELAY:
        return take_relay(text, s, c->path, field);
    }
    return false;
}

static bool load_one(const struct conf *c, const struct conf_setting *s, void *field, struct err *e)
{
    const struct entry *entry = conf_find(c, s->section, s->key);
    g_autofree char *expectation = conf_expectation(s);

    if (entry == NULL && s->fallback == NULL)
        return err_set(e, ERR_CONFIG, "%s: [%s] %s is missing; add it (%s)", c->path, s->section, s->key, expectation);
    g_autofree char *text = entry == NULL ? g_strdup(s->fallback) : g_key_file_get_string(c->values, s->section, s->key, NULL);
    if (text != NULL && take(c, s, g_strstrip(text), field))
        return true;
    return err_set(e, ERR_CONFIG, "%s:%u: [%s] %s: \"%s\" does not fit; write %s", c->path, entry != NULL ? entry->line : 0,
                   s->section, s->key, text != NULL ? text : "", expectation);
}

bool conf_load(const char *path, const struct conf_setting *settings, gsize n_settings, void *base, struct err *e)
{
    conf_auto struct conf c = {.path = path};

    if (!conf_open(&c, e) || !refuse_unknown(&c, settings, n_settings, e))
        return false;
    for (gsize i = 0; i < n_settings; i++)
        if (!load_one(&c, &settings[i], (char *)base + settings[i].offset, e)) {
            conf_clear(settings, n_settings, base);
            return false;
        }
    return true;
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

guint conf_line(const char *path, const char *section, const char *key)
{
    conf_auto struct conf c = {.path = path};
    const struct entry *entry = conf_open(&c, NULL) ? conf_find(&c, section, key) : NULL;

    return entry != NULL ? entry->line : 0;
}
