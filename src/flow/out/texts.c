/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The folder of templates; see texts.h.
 */
#include "flow/out/texts.h"

#include "flow/out/texts_known.h"
#include "forum/purpose.h"

#include <string.h>

const char *texts_folder(void)
{
    const char *set = g_getenv("FORUMPOST_TEMPLATES");

    return set != NULL && *set != '\0' ? set : PKGDATADIR "/templates";
}

static bool load_file(struct templates *t, const char *language, const char *folder, const char *file, struct err *e)
{
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    bool is_words = strcmp(file, "words") == 0;

    if (!is_words && (!g_str_has_suffix(file, ".txt") || *file == '.'))
        return true;
    if (!g_file_get_contents(path, &text, NULL, &error))
        return err_take_gerror(e, ERR_CONFIG, g_steal_pointer(&error));
    if (is_words)
        return templates_add_words(t, language, text, e);
    g_autofree char *name = g_strndup(file, strlen(file) - strlen(".txt"));
    return templates_add(t, language, name, text, e);
}

/* LANGUAGE/page/NAME.html or NAME.xml; the folder may be missing. */
static bool load_pages(struct templates *t, const char *language, const char *folder, struct err *e)
{
    g_autofree char *pages = g_build_filename(folder, "page", NULL);
    g_autoptr(GDir) dir = g_dir_open(pages, 0, NULL);

    for (const char *file; dir != NULL && (file = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(pages, file, NULL);
        g_autofree char *text = NULL;
        g_autoptr(GError) error = NULL;
        const char *dot = strrchr(file, '.');
        if (dot == NULL || dot == file || (strcmp(dot, ".html") != 0 && strcmp(dot, ".xml") != 0))
            continue;
        if (!g_file_get_contents(path, &text, NULL, &error))
            return err_take_gerror(e, ERR_CONFIG, g_steal_pointer(&error));
        g_autofree char *name = g_strndup(file, (gsize)(dot - file));
        if (!templates_add_page(t, language, name, text, e))
            return false;
    }
    return true;
}

static bool load_language(struct templates *t, const char *language, const char *folder, struct err *e)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);

    if (dir == NULL) /* README and other files beside the folders */
        return true;
    for (const char *file; (file = g_dir_read_name(dir)) != NULL;)
        if (!load_file(t, language, folder, file, e))
            return false;
    return load_pages(t, language, folder, e);
}

GBytes *texts_file(const char *directory, const char *name, struct err *e)
{
    g_autofree char *path = g_build_filename(directory != NULL ? directory : texts_folder(), name, NULL);
    g_autoptr(GError) error = NULL;
    char *text = NULL;
    gsize n = 0;

    if (!g_file_get_contents(path, &text, &n, &error)) {
        err_take_gerror(e, ERR_CONFIG, g_steal_pointer(&error));
        return NULL;
    }
    return g_bytes_new_take(text, n);
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Every file below FOLDER, in an order that stays. */
static bool add_files(GChecksum *sum, const char *folder, struct err *e)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, &error);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    if (dir == NULL)
        return err_take_gerror(e, ERR_CONFIG, g_steal_pointer(&error));
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;)
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, by_name);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL), *text = NULL;
        gsize n = 0;
        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            if (!add_files(sum, path, e))
                return false;
        } else if (g_file_get_contents(path, &text, &n, NULL)) {
            g_checksum_update(sum, names->pdata[i], -1);
            g_checksum_update(sum, (const guchar *)text, (gssize)n);
        }
    }
    return true;
}

char *texts_mark(const char *directory, struct err *e)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    return add_files(sum, directory != NULL ? directory : texts_folder(), e) ? g_strdup(g_checksum_get_string(sum)) : NULL;
}

struct templates *texts_load(const char *directory, const char *fallback_language, struct err *e)
{
    templates_auto t = templates_new(fallback_language);
    g_autoptr(GError) error = NULL;

    if (directory == NULL)
        directory = texts_folder();
    g_autoptr(GDir) dir = g_dir_open(directory, 0, &error);
    if (dir == NULL) {
        err_take_gerror(e, ERR_CONFIG, g_steal_pointer(&error));
        err_prefix(e, "the templates cannot be read");
        return NULL;
    }
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *folder = g_build_filename(directory, name, NULL);
        if (*name != '.' && !load_language(t, name, folder, e))
            return NULL;
    }
    if (!g_strv_contains(templates_languages(t), fallback_language)) {
        err_set(e, ERR_CONFIG, "%s holds no templates in the language %s", directory, fallback_language);
        return NULL;
    }
    return g_steal_pointer(&t);
}

void texts_examine(const struct templates *t, const char *language, GPtrArray *missing, GPtrArray *wrong)
{
    for (enum purpose p = PURPOSE_NONE + 1; missing != NULL && p < N_PURPOSES; p++)
        if (!templates_has(t, language, purpose_name(p)))
            g_ptr_array_add(missing, g_strdup(purpose_name(p)));
    if (wrong != NULL)
        templates_lint(t, known_tags, wrong);
}

struct templates *texts_load_whole(const char *directory, const char *fallback_language, struct err *e)
{
    templates_auto t = texts_load(directory, fallback_language, e);
    g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) wrong = g_ptr_array_new_with_free_func(g_free);

    if (t == NULL)
        return NULL;
    texts_examine(t, fallback_language, missing, wrong);
    if (missing->len > 0)
        err_set(e, ERR_CONFIG, "there is no template for %s in %s", (const char *)missing->pdata[0], fallback_language);
    else if (wrong->len > 0)
        err_set(e, ERR_CONFIG, "template %s", (const char *)wrong->pdata[0]);
    return missing->len + wrong->len == 0 ? g_steal_pointer(&t) : NULL;
}
