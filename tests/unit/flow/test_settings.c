/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The settings of this program: what is filled in, what is refused, and that every one is explained.
 */
#include "flow/settings.h"

#include <glib/gstdio.h>
#include <string.h>

#define LEAST "[initiative]\ntitle = Demo\ndomain = Beteiligung.Example.ORG\n"

static bool load(const char *text, struct settings *settings, struct err *e)
{
    g_autofree char *path = g_strdup("/tmp/test_settings_XXXXXX");
    int fd = g_mkstemp(path);

    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    bool ok = settings_load(path, settings, e);
    g_unlink(path);
    return ok;
}

static void test_least(void)
{
    err_auto struct err e = {0};
    settings_auto struct settings s = {0};

    g_assert_true(load(LEAST, &s, &e));
    g_assert_cmpstr(s.initiative_domain, ==, "beteiligung.example.org");
    g_assert_cmpstr(s.initiative_contact, ==, "postmaster@beteiligung.example.org");
    g_assert_cmpstr(s.dispatch_hello, ==, "beteiligung.example.org");
    g_assert_cmpstr(s.initiative_languages[0], ==, "de");
    g_assert_cmpstr(s.page_accent, ==, "#0b5563");
    g_assert_cmpstr(s.dispatch_relay, ==, "inet:127.0.0.1:25");
    g_assert_cmpstr(s.intake_listen.path, ==, "/run/forumpost/lmtp.sock");
    g_assert_cmpstr(g_time_zone_get_identifier(s.zone), ==, "Europe/Berlin");
}

static void test_idn(void)
{
    err_auto struct err e = {0};
    settings_auto struct settings s = {0};

    g_assert_true(load("[initiative]\ntitle = D\ndomain = xn--grn-ioa.example\n", &s, &e));
    g_assert_cmpstr(s.initiative_domain, ==, "grün.example");
    g_assert_cmpstr(s.dispatch_hello, ==, "xn--grn-ioa.example");
}

static void test_refusals(void)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"[initiative]\ntitle = D\ndomain = nodots\n", ":3: [initiative] domain: write a mail domain"},
        {"[initiative]\ntitle = D\ndomain = -a.example\n", ":3: [initiative] domain"},
        {"[initiative]\ntitle = D\ndomain = a b.example\n", ":3: [initiative] domain"},
        {"[initiative]\ndomain = a.example\n", "[initiative] title is missing"},
        {LEAST "[dispatch]\nrelay = smtps://u:p@mail.example\n", "[dispatch] relay: a password does not belong here"},
        {LEAST "[dispatch]\nrelay = smtps://u@mail.example\n", "[dispatch] relay: who logs in needs relay_password_file"},
        {LEAST "[dispatch]\nrelay = imaps://mail.example\n", "[dispatch] relay: imaps:// is no way"},
        {LEAST "[dispatch]\nrelay = mail.example\n", "[dispatch] relay: \"mail.example\" does not fit"},
        {LEAST "contact = nobody\n", ":4: [initiative] contact"},
        {LEAST "contact = A <a@b.example>\n", ":4: [initiative] contact"},
        {LEAST "data_protection = nobody\n", ":4: [initiative] data_protection"},
        {LEAST "data_protection = dpo@beteiligung.example.org\n", ":4: [initiative] data_protection"},
        {LEAST "[dispatch]\ncsa_complaints = eco.de\n", ":5: [dispatch] csa_complaints"},
        {LEAST "timezone = Europe/Bottrop\n", ":4: [initiative] timezone: there is no such zone"},
        {LEAST "languages = deutsch\n", ":4: [initiative] languages"},
        {LEAST "[page]\naccent = #777777\n", ":5: [page] accent: write a dark colour"},
        {LEAST "[page]\naccent = blue007\n", ":5: [page] accent: write a dark colour"},
        {LEAST "[intake]\nlisten = inet:127.0.0.1:25\n", ":5: [intake] listen: LMTP must not be spoken on port 25"},
        {LEAST "[intake]\nreaders = 0\n", ":5: [intake] readers"},
        {LEAST "[dispatch]\nconnections = 21\n", ":5: [dispatch] connections"},
        {LEAST "[dispatch]\nhello = here\n", ":5: [dispatch] hello"},
        {LEAST "[web]\nurl = http://a.example\n", ":5: [web] url: write https://"},
        {LEAST "[web]\nurl = https://a.example/\n", ":5: [web] url"},
        {LEAST "[web]\nurl = https://a.example/page\n", ":5: [web] url"},
        {LEAST "[web]\nurl = https://me@a.example\n", ":5: [web] url"},
        {LEAST "[web]\nurl = https://a.example?x\n", ":5: [web] url"},
        {LEAST "[web]\nurl = https://nodots\n", ":5: [web] url"},
        {LEAST "[web]\nurl = javascript:alert(1)\n", ":5: [web] url"},
        {LEAST "[web]\nurl = https://a.example\"x\n", ":5: [web] url"},
        {LEAST "[web]\nlisten = 127.0.0.1:80\n", ":5: [web] listen"},
        {LEAST "[digest]\nhour = 24\n", ":5: [digest] hour"},
        {LEAST "[log]\nlevel = loud\n", ":5: [log] level"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        err_auto struct err e = {0};
        struct settings s = {0}, empty = {0};
        g_assert_false(load(cases[i].text, &s, &e));
        g_assert_cmpint(e.kind, ==, ERR_CONFIG);
        if (strstr(e.text, cases[i].says) == NULL)
            g_error("case %" G_GSIZE_FORMAT ": \"%s\" does not say \"%s\"", i, e.text, cases[i].says);
        g_assert_cmpmem(&s, sizeof s, &empty, sizeof empty);
    }
}

/* The file that is made to be copied says what the program does without it. */
static void test_example(void)
{
    const char *top = g_getenv("top_builddir");
    g_autofree char *path = g_build_filename(top != NULL ? top : ".", "man", "forumpost.conf.example", NULL);
    g_autofree char *text = NULL;
    err_auto struct err e = {0};
    settings_auto struct settings example = {0}, all = {0}, least = {0};
    gsize n;
    const struct conf_setting *table = settings_table(&n);

    g_assert_true(load("[initiative]\ntitle = Our discussion\ndomain = beteiligung.example.org\n", &least, &e));
    g_assert_true(settings_load(path, &example, &e));
    g_assert_null(settings_difference(&least, &example));
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_autoptr(GRegex) commented = g_regex_new("^#(?=[a-z_]+ =)", G_REGEX_MULTILINE, 0, NULL);
    g_autofree char *bare = g_regex_replace_literal(commented, text, -1, 0, "", 0, NULL);
    g_assert_true(load(bare, &all, &e)); /* with every line brought to life it still loads, and means the same */
    g_assert_null(settings_difference(&least, &all));
    for (gsize i = 0; i < n; i++) {
        g_autofree char *line = g_strdup_printf("\n%s =", table[i].key);
        g_assert_nonnull(strstr(bare, line));
    }
}

/* What a running process is told about a changed file. */
static void test_difference(void)
{
    static const struct {
        const char *text, *key;
    } cases[] = {
        {LEAST, NULL},
        {LEAST "[log]\nlevel = debug\n", NULL}, /* is read again by itself */
        {LEAST "imprint = a\\nb\n", "imprint"},
        {LEAST "languages = en, de\n", "languages"},
        {LEAST "[storage]\nspool = /tmp/elsewhere\n", "spool"},
        {LEAST "[intake]\nreaders = 3\n", "readers"},
        {LEAST "[intake]\nsocket_mode = 0600\n", "socket_mode"},
        {LEAST "[intake]\nlisten = inet:127.0.0.1:8024\n", "listen"},
        {LEAST "[dispatch]\nrelay = inet:127.0.0.1:26\n", "relay"},
        {LEAST "[dispatch]\nrelay = inet:127.0.0.2:25\n", "relay"},
    };
    err_auto struct err e = {0};
    settings_auto struct settings least = {0};

    g_assert_true(load(LEAST, &least, &e));
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        settings_auto struct settings s = {0};
        g_assert_true(load(cases[i].text, &s, &e));
        const struct conf_setting *found = settings_difference(&least, &s);
        g_assert_cmpstr(found != NULL ? found->key : NULL, ==, cases[i].key);
    }
}

/* Each setting has a sentence, and its default is one that the reader takes. */
static void test_table(void)
{
    gsize n;
    const struct conf_setting *table = settings_table(&n);

    for (gsize i = 0; i < n; i++) {
        g_assert_true(g_str_has_suffix(table[i].sentence, "."));
        g_autofree char *expectation = conf_expectation(&table[i]);
        g_assert_nonnull(expectation);
        for (gsize k = 0; k < i; k++)
            g_assert_false(strcmp(table[i].section, table[k].section) == 0 && strcmp(table[i].key, table[k].key) == 0);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/settings/least", test_least);
    g_test_add_func("/settings/idn", test_idn);
    g_test_add_func("/settings/refusals", test_refusals);
    g_test_add_func("/settings/difference", test_difference);
    g_test_add_func("/settings/example", test_example);
    g_test_add_func("/settings/table", test_table);
    return g_test_run();
}
