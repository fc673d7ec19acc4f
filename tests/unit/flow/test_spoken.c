/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a reader found commanded is what the writer would have found, for every mail of tests/mails and a command in every
 * form; and what cannot be is parsed again. With FORUMPOST_MAILS another folder is walked.
 */
#include "base/limits.h"
#include "flow/spoken.h"
#include "mail/read/read.h"

#include <string.h>

/* As between processes. */
static struct message *through(const struct message *m)
{
    g_autoptr(GBytes) packed = message_pack(m);

    return message_unpack(g_bytes_get_data(packed, NULL), g_bytes_get_size(packed));
}

static void assert_same(const struct command_line *a, const struct command_line *b)
{
    g_assert_cmpint(a->command, ==, b->command);
    g_assert_cmpstr(a->argument, ==, b->argument);
    g_assert_cmpstr(a->name, ==, b->name);
    g_assert_cmpint(a->number, ==, b->number);
}

/* True if it commands something. */
static bool check(struct message *m)
{
    struct command_line found, parsed;

    spoken_prepare(m);
    message_auto back = through(m);
    g_assert_nonnull(back->spoken);
    spoken_command(back, &found);
    command_parse(message_command_text(back), &parsed);
    assert_same(&found, &parsed);
    bool is_command = found.command != COMMAND_NONE;
    command_clear(&found);
    command_clear(&parsed);
    return is_command;
}

static void walk(const char *folder, guint *n_out)
{
    const struct read_options options = {.own_domain = "example.org"};
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);

    for (const char *name; dir != NULL && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL), *bytes = NULL;
        gsize n;
        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            walk(path, n_out);
        } else if (g_str_has_suffix(name, ".eml") && g_file_get_contents(path, &bytes, &n, NULL)) {
            message_auto m = message_read(bytes, n, &options);
            check(m);
            ++*n_out;
        }
    }
}

static void test_mails(void)
{
    const char *given = g_getenv("FORUMPOST_MAILS");
    const char *top = g_getenv("top_srcdir");
    g_autofree char *own = g_build_filename(top != NULL ? top : ".", "tests", "mails", NULL);
    guint n = 0;

    walk(given != NULL ? given : own, &n);
    g_test_message("%u mails", n);
    g_assert_cmpuint(n, >, 0);
}

static void test_words(void)
{
    static const char *const texts[] = {"JA",
                                        "Stopp.",
                                        "ABLEHNEN: zu lang,\nund rufen Sie an: 0201 1234567",
                                        "IDEE 12",
                                        "stand umgesetzt: gebaut",
                                        "STOPP mobilitaet",
                                        "verlauf 3",
                                        "NAME: Erika B.",
                                        "12"};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        message_auto m = message_new();
        g_free(m->text);
        m->text = g_strdup(texts[i]);
        g_test_message("%s: %s", texts[i], check(m) ? "a command" : "none");
    }
}

static void test_hostile(void)
{
    g_autofree char *endless = g_strnfill(5 * LIMIT_COMMAND_BYTES, 'x');
    const struct spoken rows[] = {{.command = N_COMMANDS},
                                  {.command = G_MAXUINT32},
                                  {.command = COMMAND_IDEA, .number = -1},
                                  {.command = COMMAND_NONE, .number = 3},
                                  {.command = COMMAND_NONE, .argument = "x"},
                                  {.command = COMMAND_YES, .argument = "x"},
                                  {.command = COMMAND_REJECT, .argument = endless},
                                  {.command = COMMAND_REJECT, .name = endless}};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        message_auto m = message_new();
        struct command_line c;
        g_free(m->text);
        m->text = g_strdup("HILFE");
        m->spoken = g_new0(struct spoken, 1);
        *m->spoken = (struct spoken){rows[i].command, g_strdup(rows[i].argument), g_strdup(rows[i].name), rows[i].number};
        spoken_command(m, &c);
        g_assert_cmpint(c.command, ==, COMMAND_HELP);
        command_clear(&c);
    }
}

/* What is there is believed: that is what spares the writer. */
static void test_believed(void)
{
    message_auto m = message_new();
    struct command_line c;

    m->spoken = g_new0(struct spoken, 1);
    m->spoken->command = COMMAND_STOP;
    spoken_command(m, &c);
    g_assert_cmpint(c.command, ==, COMMAND_STOP);
    command_clear(&c);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    mail_init();
    g_test_add_func("/spoken/mails", test_mails);
    g_test_add_func("/spoken/words", test_words);
    g_test_add_func("/spoken/hostile", test_hostile);
    g_test_add_func("/spoken/believed", test_believed);
    return g_test_run();
}
