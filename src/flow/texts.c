/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The folder of templates; see texts.h.
 */
#include "flow/texts.h"

#include <string.h>

static const char *default_directory(void)
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

static bool load_language(struct templates *t, const char *language, const char *folder, struct err *e)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);

    if (dir == NULL) /* README and other files beside the folders */
        return true;
    for (const char *file; (file = g_dir_read_name(dir)) != NULL;)
        if (!load_file(t, language, folder, file, e))
            return false;
    return true;
}

struct templates *texts_load(const char *directory, const char *fallback_language, struct err *e)
{
    templates_auto t = templates_new(fallback_language);
    g_autoptr(GError) error = NULL;

    if (directory == NULL)
        directory = default_directory();
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
