/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The texts by language and name; see templates.h.
 */
#include "text/templates.h"

#include "base/hash.h"
#include "text/layout.h"
#include "text/page_lint.h"

#include <string.h>

struct entry {
    struct template *subject; /* NULL of a partial */
    struct template *body;
};

struct language {
    char *tag;
    GHashTable *entries;               /* name -> struct entry */
    GHashTable *words;                 /* key -> word */
    GHashTable *pages;                 /* name -> struct template */
    struct template *date, *date_time; /* NULL: not among its words */
};

struct templates {
    char *fallback;
    GHashTable *languages; /* tag -> struct language */
    GPtrArray *tags;       /* char * of those with mails, NULL at its end; owned by the languages */
};

static void entry_free(gpointer data)
{
    struct entry *entry = data;

    template_free(entry->subject);
    template_free(entry->body);
    g_free(entry);
}

static void free_page(gpointer data)
{
    template_free(data);
}

static void language_free(gpointer data)
{
    struct language *l = data;

    g_free(l->tag);
    g_hash_table_unref(l->entries);
    g_hash_table_unref(l->words);
    g_hash_table_unref(l->pages);
    template_free(l->date);
    template_free(l->date_time);
    g_free(l);
}

struct templates *templates_new(const char *fallback_language)
{
    struct templates *t = g_new0(struct templates, 1);

    t->fallback = g_ascii_strdown(fallback_language, -1);
    t->languages = g_hash_table_new_full(hash_text, g_str_equal, NULL, language_free);
    t->tags = g_ptr_array_new();
    g_ptr_array_add(t->tags, NULL);
    return t;
}

void templates_free(struct templates *t)
{
    if (t == NULL)
        return;
    g_ptr_array_unref(t->tags);
    g_hash_table_unref(t->languages);
    g_free(t->fallback);
    g_free(t);
}

static struct language *get_language(struct templates *t, const char *tag)
{
    g_autofree char *lower = g_ascii_strdown(tag, -1);
    struct language *l = g_hash_table_lookup(t->languages, lower);

    if (l != NULL)
        return l;
    l = g_new0(struct language, 1);
    l->tag = g_steal_pointer(&lower);
    l->entries = g_hash_table_new_full(hash_text, g_str_equal, g_free, entry_free);
    l->words = g_hash_table_new_full(hash_text, g_str_equal, g_free, g_free);
    l->pages = g_hash_table_new_full(hash_text, g_str_equal, g_free, free_page);
    g_hash_table_insert(t->languages, l->tag, l);
    return l;
}

static gint compare_tags(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void note_language(struct templates *t, const struct language *l)
{
    if (g_ptr_array_find(t->tags, l->tag, NULL)) /* the very string: tags are owned by their languages */
        return;
    g_ptr_array_set_size(t->tags, (gint)t->tags->len - 1);
    g_ptr_array_add(t->tags, l->tag);
    g_ptr_array_sort(t->tags, compare_tags);
    g_ptr_array_add(t->tags, NULL);
}

const char *const *templates_languages(const struct templates *t)
{
    return (const char *const *)t->tags->pdata;
}

bool templates_add(struct templates *t, const char *language, const char *name, const char *source, struct err *e)
{
    g_autofree char *full_name = g_strconcat(language, "/", name, NULL);
    g_autofree char *subject = NULL;
    bool is_partial = *name == '_';

    if (!is_partial && !layout_take_subject(&source, &subject))
        return err_set(e, ERR_CONFIG, "template %s: its first line must be \"Subject: ...\", its second one empty", full_name);
    g_autofree char *master = layout_join(full_name, source, e);
    if (master == NULL)
        return false;
    struct entry *entry = g_new0(struct entry, 1);
    entry->body = template_compile(full_name, master, e);
    if (subject != NULL && entry->body != NULL)
        entry->subject = template_compile(full_name, subject, e);
    if (entry->body == NULL || (subject != NULL && entry->subject == NULL)) {
        entry_free(entry);
        return false;
    }
    struct language *l = get_language(t, language);
    g_hash_table_replace(l->entries, g_strdup(name), entry);
    if (!is_partial)
        note_language(t, l);
    return true;
}

/* ---- Words */
static bool compile_pattern(struct language *l, const char *key, struct template **out, struct err *e)
{
    const char *pattern = g_hash_table_lookup(l->words, key);
    g_autofree char *name = g_strconcat(l->tag, "/words, ", key, NULL);

    if (pattern == NULL)
        return true;
    g_clear_pointer(out, template_free);
    *out = template_compile(name, pattern, e);
    return *out != NULL;
}

bool templates_add_words(struct templates *t, const char *language, const char *source, struct err *e)
{
    struct language *l = get_language(t, language);
    g_auto(GStrv) lines = g_strsplit(source, "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++) {
        char *line = g_strstrip(lines[i]);
        char *equals = strchr(line, '=');
        if (*line == '\0' || *line == '#')
            continue;
        if (equals == NULL || equals == line)
            return err_set(e, ERR_CONFIG, "words of %s, line %u: not \"key = word\"", language, i + 1);
        *equals = '\0';
        g_hash_table_replace(l->words, g_strdup(g_strchomp(line)), g_strdup(g_strchug(equals + 1)));
    }
    return compile_pattern(l, "date", &l->date, e) && compile_pattern(l, "date_time", &l->date_time, e);
}

/* "de-AT" -> "de-at", then "de"; NULL if neither is there. */
static const struct language *find_language(const struct templates *t, const char *language)
{
    if (language == NULL)
        return NULL;
    g_autofree char *lower = g_ascii_strdown(language, -1);
    const struct language *l = g_hash_table_lookup(t->languages, lower);
    if (l != NULL)
        return l;
    lower[strcspn(lower, "-_")] = '\0';
    return g_hash_table_lookup(t->languages, lower);
}

const char *templates_word(const struct templates *t, const char *language, const char *key)
{
    const struct language *tried[] = {find_language(t, language), find_language(t, t->fallback)};

    for (guint i = 0; i < G_N_ELEMENTS(tried); i++) {
        const char *word = tried[i] != NULL ? g_hash_table_lookup(tried[i]->words, key) : NULL;
        if (word != NULL)
            return word;
    }
    return key;
}

static char *write_date(const struct templates *t, const char *language, gint64 at, GTimeZone *zone, bool with_time)
{
    const struct language *l = find_language(t, language);
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
    g_autoptr(GString) out = g_string_new(NULL);

    if (utc == NULL)
        return g_strdup("");
    g_autoptr(GDateTime) when = zone != NULL ? g_date_time_to_timezone(utc, zone) : g_date_time_ref(utc);
    if (l == NULL || l->date == NULL || l->date_time == NULL)
        l = find_language(t, t->fallback);
    if (l == NULL || l->date == NULL || l->date_time == NULL)
        return g_date_time_format(when, with_time ? "%Y-%m-%d %H:%M" : "%Y-%m-%d");
    value_auto data = value_map();
    g_autofree char *month = g_strdup_printf("month_%d", g_date_time_get_month(when));
    value_set_number(data, "day", g_date_time_get_day_of_month(when));
    value_set_string(data, "month", templates_word(t, l->tag, month));
    value_set_number(data, "year", g_date_time_get_year(when));
    value_set_number(data, "hour", g_date_time_get_hour(when));
    value_set(data, "minute", value_take(g_strdup_printf("%02d", g_date_time_get_minute(when))));
    template_expand(with_time ? l->date_time : l->date, data, ESCAPE_LINE, NULL, NULL, out, NULL);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

char *templates_date(const struct templates *t, const char *language, gint64 at, GTimeZone *zone)
{
    return write_date(t, language, at, zone, false);
}

char *templates_date_time(const struct templates *t, const char *language, gint64 at, GTimeZone *zone)
{
    return write_date(t, language, at, zone, true);
}

/* ---- Mails */
static const struct entry *find_in(const struct language *l, const char *name)
{
    g_autofree char *shorter = g_strdup(name);
    const struct entry *entry = g_hash_table_lookup(l->entries, shorter);

    for (char *dash; entry == NULL && (dash = strrchr(shorter, '-')) != NULL;) {
        *dash = '\0';
        entry = g_hash_table_lookup(l->entries, shorter);
    }
    return entry != NULL && entry->subject != NULL ? entry : NULL;
}

static const struct entry *find_entry(const struct templates *t, const char *language, const char *name,
                                      const struct language **found_out)
{
    const struct language *tried[] = {find_language(t, language), find_language(t, t->fallback)};

    for (guint i = 0; i < G_N_ELEMENTS(tried); i++) {
        const struct entry *entry = tried[i] != NULL ? find_in(tried[i], name) : NULL;
        if (entry != NULL) {
            *found_out = tried[i];
            return entry;
        }
    }
    return NULL;
}

static const struct template *find_partial(const char *name, const void *data)
{
    const struct language *l = data;
    const struct entry *entry = g_hash_table_lookup(l->entries, name);

    return entry != NULL && entry->subject == NULL ? entry->body : NULL;
}

bool templates_write(const struct templates *t, const char *language, const char *name, const struct value *data,
                     struct written *out, struct err *e)
{
    const struct language *l = NULL;
    const struct entry *entry = find_entry(t, language, name, &l);
    g_autoptr(GString) subject = g_string_new(NULL);
    g_autoptr(GString) body = g_string_sized_new(4096);

    *out = (struct written){0};
    if (entry == NULL)
        return err_set(e, ERR_CONFIG, "there is no template for %s", name);
    if (!template_expand(entry->subject, data, ESCAPE_LINE, find_partial, l, subject, e) ||
        !template_expand(entry->body, data, ESCAPE_TEXT, find_partial, l, body, e))
        return false;
    out->subject = g_string_free(g_steal_pointer(&subject), FALSE);
    out->body = g_string_free(g_steal_pointer(&body), FALSE);
    out->language = l->tag;
    return true;
}

static const struct template *find_part(const struct templates *t, const char *language, const char *name, const char *part,
                                        const struct language **found_out)
{
    const struct entry *entry = find_entry(t, language, name, found_out);

    return entry != NULL && template_uses_part(entry->body, part) ? find_partial(part, *found_out) : NULL;
}

bool templates_has_part(const struct templates *t, const char *language, const char *name, const char *part)
{
    const struct language *l;

    return find_part(t, language, name, part, &l) != NULL;
}

bool templates_write_part(const struct templates *t, const char *language, const char *name, const char *part,
                          const struct value *data, GString *out, struct err *e)
{
    const struct language *l = NULL;
    const struct template *found = find_part(t, language, name, part, &l);

    return found != NULL && template_expand(found, data, ESCAPE_TEXT, find_partial, l, out, e);
}

bool templates_has(const struct templates *t, const char *language, const char *name)
{
    const struct language *l = find_language(t, language);

    return l != NULL && find_in(l, name) != NULL;
}

struct lint {
    const struct language *language;
    const char *const *known_tags;
    GPtrArray *findings;
};

static void lint_name(const char *template_name, const char *name, bool is_partial, const void *user)
{
    const struct lint *lint = user;

    if (is_partial && find_partial(name, lint->language) == NULL)
        g_ptr_array_add(lint->findings, g_strdup_printf("%s: there is no part {{>%s}}", template_name, name));
    else if (!is_partial && !g_strv_contains(lint->known_tags, name))
        g_ptr_array_add(lint->findings, g_strdup_printf("%s: nothing is ever put in for {{%s}}", template_name, name));
}

void templates_lint(const struct templates *t, const char *const *known_tags, GPtrArray *findings)
{
    GHashTableIter languages, entries;
    gpointer language, entry;

    g_hash_table_iter_init(&languages, t->languages);
    while (g_hash_table_iter_next(&languages, NULL, &language)) {
        const struct lint lint = {language, known_tags, findings};
        g_hash_table_iter_init(&entries, ((const struct language *)language)->entries);
        while (g_hash_table_iter_next(&entries, NULL, &entry)) {
            const struct entry *found = entry;
            if (found->subject != NULL)
                template_each_name(found->subject, lint_name, &lint);
            template_each_name(found->body, lint_name, &lint);
        }
    }
    g_ptr_array_sort(findings, compare_tags);
}

bool templates_uses(const struct templates *t, const char *language, const char *name, const char *key)
{
    const struct language *l = NULL;
    const struct entry *entry = find_entry(t, language, name, &l);

    return entry != NULL &&
           (template_uses(entry->subject, key, find_partial, l) || template_uses(entry->body, key, find_partial, l));
}

void written_clear(struct written *w)
{
    g_clear_pointer(&w->subject, g_free);
    g_clear_pointer(&w->body, g_free);
}

/* ---- Pages */
bool templates_add_page(struct templates *t, const char *language, const char *name, const char *source, struct err *e)
{
    g_autofree char *full_name = g_strconcat(language, "/page/", name, NULL);

    if (!page_lint(full_name, source, e))
        return false;
    struct template *page = template_compile(full_name, source, e);
    if (page == NULL)
        return false;
    g_hash_table_replace(get_language(t, language)->pages, g_strdup(name), page);
    return true;
}

static const struct template *find_part_of_page(const char *name, const void *data)
{
    const struct language *l = data;

    return g_hash_table_lookup(l->pages, name);
}

bool templates_write_page(const struct templates *t, const char *language, const char *name, const struct value *data,
                          GString *out, struct err *e)
{
    const struct language *tried[] = {find_language(t, language), find_language(t, t->fallback)};

    for (guint i = 0; i < G_N_ELEMENTS(tried); i++) {
        const struct template *page = tried[i] != NULL ? find_part_of_page(name, tried[i]) : NULL;
        if (page != NULL)
            return template_expand(page, data, ESCAPE_HTML, find_part_of_page, tried[i], out, e);
    }
    return err_set(e, ERR_CONFIG, "there is no page %s", name);
}
