/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The configuration reader; see conf.h. GKeyFile reads the values, but it merges sections, lets the last duplicate
 * win and knows no line numbers; so the lines are walked first, and what it would swallow is refused there.
 */
#include "base/conf_value.h"
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

static bool load_one(const struct conf *c, const struct conf_setting *s, void *field, struct err *e)
{
    const struct entry *entry = conf_find(c, s->section, s->key);
    g_autofree char *expectation = conf_expectation(s);

    if (entry == NULL && s->fallback == NULL)
        return err_set(e, ERR_CONFIG, "%s: [%s] %s is missing; add it (%s)", c->path, s->section, s->key, expectation);
    g_autofree char *text = entry == NULL ? g_strdup(s->fallback) : g_key_file_get_string(c->values, s->section, s->key, NULL);
    if (text != NULL && conf_take(c->path, s, g_strstrip(text), field))
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

guint conf_line(const char *path, const char *section, const char *key)
{
    conf_auto struct conf c = {.path = path};
    const struct entry *entry = conf_open(&c, NULL) ? conf_find(&c, section, key) : NULL;

    return entry != NULL ? entry->line : 0;
}
