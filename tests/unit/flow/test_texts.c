/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The shipped templates against the table of mails: every mail has its text in every language, every text is of a mail.
 */
#include "flow/out/texts.h"
#include "forum/purpose.h"

#include <string.h>

/* NAME, or a longer name that falls back to it, is a mail we owe. `error` is what every error falls back to. */
static bool is_owed(const char *name)
{
    gsize n = strlen(name);

    for (enum purpose p = PURPOSE_NONE + 1; p < N_PURPOSES; p++) {
        const char *word = purpose_name(p);
        if (strncmp(word, name, n) == 0 && (word[n] == '\0' || word[n] == '-'))
            return true;
    }
    return false;
}

static void test_templates_of_table(void)
{
    static const char *const languages[] = {"de", "en"};
    err_auto struct err e = {0};
    templates_auto t = texts_load(NULL, "de", &e);

    g_assert_nonnull(t);
    for (guint i = 0; i < G_N_ELEMENTS(languages); i++) {
        g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func(g_free), wrong = g_ptr_array_new_with_free_func(g_free);
        g_autofree char *folder = g_build_filename(g_getenv("FORUMPOST_TEMPLATES"), languages[i], NULL);
        g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
        texts_examine(t, languages[i], missing, wrong);
        g_assert_cmpuint(missing->len, ==, 0);
        for (guint k = 0; k < wrong->len; k++) /* a tag that nothing is put in for: no page process starts with it */
            g_test_message("%s", (const char *)wrong->pdata[k]);
        g_assert_cmpuint(wrong->len, ==, 0);
        for (const char *file; (file = g_dir_read_name(dir)) != NULL;) {
            g_autofree char *name = g_strndup(file, strcspn(file, "."));
            g_test_message("%s/%s", languages[i], name);
            bool is_channel = g_str_has_prefix(file, "channel-"); /* for other servers, flow/out/news_item.c */
            g_assert_true(is_channel || *file == '_' || strcmp(file, "words") == 0 || strcmp(file, "page") == 0 || is_owed(name));
        }
    }
}

/* Dispatch and the pages do not begin with templates that name what is never put in. */
static void test_templates_are_whole(void)
{
    err_auto struct err e = {0};
    templates_auto t = texts_load_whole(NULL, "de", &e);

    g_assert_cmpstr(e.text, ==, NULL);
    g_assert_nonnull(t);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/texts/whole", test_templates_are_whole);
    g_test_add_func("/texts/of-the-table", test_templates_of_table);
    return g_test_run();
}
