/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The configuration reader against a small table of its own: each way a file can be wrong, and what is then said.
 */
#include "base/conf.h"

#include <glib/gstdio.h>
#include <stddef.h>
#include <string.h>

struct sample {
    char *name, *notes, *folder, *file, *relay;
    gint64 count, mode, level;
    bool is_on;
    char **words;
    struct conf_endpoint door;
};

#define FIELD(name) offsetof(struct sample, name)
static const struct conf_setting table[] = {
    {"one", "name", CONF_TEXT, NULL, 1, 5, "A name.", NULL, FIELD(name)},
    {"one", "notes", CONF_LINES, "", 0, 40, "Notes.", NULL, FIELD(notes)},
    {"one", "count", CONF_NUMBER, "3", 1, 20, "A count.", NULL, FIELD(count)},
    {"one", "mode", CONF_MODE, "0640", 0, 0777, "A mode.", NULL, FIELD(mode)},
    {"two", "on", CONF_FLAG, "no", 0, 0, "A flag.", NULL, FIELD(is_on)},
    {"two", "words", CONF_WORDS, "a, b", 1, 3, "Words.", NULL, FIELD(words)},
    {"two", "level", CONF_CHOICE, "high", 0, 0, "A level.", "low high", FIELD(level)},
    {"two", "folder", CONF_PATH, "here", 1, 4000, "A folder.", NULL, FIELD(folder)},
    {"two", "file", CONF_PATH, "", 0, 4000, "A file, or none.", NULL, FIELD(file)},
    {"two", "door", CONF_ENDPOINT, "unix:sock", 0, 0, "A door.", NULL, FIELD(door)},
    {"two", "relay", CONF_RELAY, "unix:sock", 1, 40, "A relay.", NULL, FIELD(relay)},
};

static char *scratch(const char *text)
{
    char *path = g_strdup("/tmp/test_conf_XXXXXX");
    int fd = g_mkstemp(path);

    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

static bool load(const char *text, struct sample *sample, struct err *e)
{
    g_autofree char *path = scratch(text);
    bool ok = conf_load(path, table, G_N_ELEMENTS(table), sample, e);

    g_unlink(path);
    return ok;
}

static void test_fallbacks(void)
{
    err_auto struct err e = {0};
    struct sample s = {0};

    g_assert_true(load("[one]\nname = x\n", &s, &e));
    g_assert_cmpstr(s.name, ==, "x");
    g_assert_cmpstr(s.notes, ==, "");
    g_assert_cmpint(s.count, ==, 3);
    g_assert_cmpint(s.mode, ==, 0640);
    g_assert_false(s.is_on);
    g_assert_cmpuint(g_strv_length(s.words), ==, 2);
    g_assert_cmpint(s.level, ==, 1);
    g_assert_cmpstr(s.folder, ==, "/tmp/here");
    g_assert_cmpstr(s.door.path, ==, "/tmp/sock");
    g_assert_cmpstr(s.relay, ==, "unix:/tmp/sock");
    g_assert_cmpstr(s.file, ==, "");
    conf_clear(table, G_N_ELEMENTS(table), &s);
    g_assert_null(s.name);
    g_assert_null(s.door.path);
}

static void test_values(void)
{
    err_auto struct err e = {0};
    struct sample s = {0};

    g_assert_true(load("# hello\n\n[two]\r\non=yes\n words = tr,  pl ,uk\nlevel=low\nfolder = /a/b\ndoor = "
                       "inet:[::1]:8024\nrelay = smtps://u@[::1]:465\nfile = secret\n"
                       "[one]\nname = Größe \nnotes = a\\nb; c\ncount = 20\nmode = 0777\n",
                       &s, &e));
    g_assert_cmpstr(s.name, ==, "Größe");
    g_assert_cmpstr(s.notes, ==, "a\nb; c");
    g_assert_cmpint(s.count, ==, 20);
    g_assert_cmpint(s.mode, ==, 0777);
    g_assert_true(s.is_on);
    g_assert_cmpstr(s.words[2], ==, "uk");
    g_assert_cmpint(s.level, ==, 0);
    g_assert_cmpstr(s.folder, ==, "/a/b");
    g_assert_cmpstr(s.door.host, ==, "::1");
    g_assert_cmpstr(s.relay, ==, "smtps://u@[::1]:465");
    g_assert_cmpstr(s.file, ==, "/tmp/secret");
    g_assert_cmpuint(s.door.port, ==, 8024);
    g_autofree char *text = conf_endpoint_text(&s.door);
    g_assert_cmpstr(text, ==, "inet:[::1]:8024");
    conf_clear(table, G_N_ELEMENTS(table), &s);
}

/* Each wrong file and what its error must say. */
static void test_refusals(void)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"", "[one] name is missing"},
        {"[one]\nname = x\nnmae = y\n", ":3: [one] has no key nmae; it has name, notes, count, mode"},
        {"[one]\nname = x\n[tow]\non = yes\n", ":4: there is no section [tow]; there are one, two"},
        {"[one]\nname = x\n\n[two]\non=no\n[one]\nname = y\n", ":7: [one] name stands in line 2 already"},
        {"name = x\n", ":1: a [section] must come before"},
        {"[one]\nname\n", ":2: this is neither"},
        {"[one\nname = x\n", ":1: this is neither"},
        {"[one]\n= x\n", ":2: this is neither"},
        {"[one]\nname = 123456\n", ":2: [one] name: \"123456\" does not fit; write one line of 1 to 5 characters"},
        {"[one]\nname = a\\nb\n", ":2: [one] name"},
        {"[one]\nname =\n", ":2: [one] name"},
        {"[one]\nname = x\ncount = 21\n", ":3: [one] count: \"21\" does not fit; write a number from 1 to 20"},
        {"[one]\nname = x\ncount = 0\n", ":3: [one] count"},
        {"[one]\nname = x\ncount = 99999999999999999999\n", ":3: [one] count"},
        {"[one]\nname = x\nmode = 0888\n", ":3: [one] mode"},
        {"[one]\nname = x\n[two]\non = maybe\n", "write yes or no"},
        {"[one]\nname = x\n[two]\nwords = , ,\n", ":4: [two] words"},
        {"[one]\nname = x\n[two]\nwords = a b c d\n", ":4: [two] words"},
        {"[one]\nname = x\n[two]\nlevel = middle\n", "write one of low high"},
        {"[one]\nname = x\n[two]\nfolder =\n", ":4: [two] folder"},
        {"[one]\nname = x\n[two]\ndoor = tcp:1\n", "write unix:PATH or inet:ADDRESS:PORT"},
        {"[one]\nname = x\n[two]\ndoor = inet:host:0\n", ":4: [two] door"},
        {"[one]\nname = x\n[two]\ndoor = inet::25\n", ":4: [two] door"},
        {"[one]\nname = x\n[two]\ndoor = inet:::1:25\n", ":4: [two] door"},
        {"[one]\nname = x\n[two]\ndoor = inet:[]:25\n", ":4: [two] door"},
        {"[one]\nname = x\n[two]\ndoor = unix:\n", ":4: [two] door"},
        {"[one]\nname = x\n[two]\nrelay = mail.example.org\n", ":4: [two] relay"},
        {"[one]\nname = x\n[two]\nrelay =\n", ":4: [two] relay"},
        {"[one]\nname = x\n[two]\nrelay = smtps://a-name-that-is-longer-than-forty-chars.example\n", ":4: [two] relay"},
        {"[one]\nname = \xff\n", "not valid UTF-8"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        err_auto struct err e = {0};
        struct sample s = {0}, empty = {0};
        g_assert_false(load(cases[i].text, &s, &e));
        g_assert_cmpint(e.kind, ==, ERR_CONFIG);
        if (strstr(e.text, cases[i].says) == NULL)
            g_error("case %" G_GSIZE_FORMAT ": \"%s\" does not say \"%s\"", i, e.text, cases[i].says);
        g_assert_cmpmem(&s, sizeof s, &empty, sizeof empty);
    }
}

static void test_absent_and_large(void)
{
    err_auto struct err e = {0};
    struct sample s = {0};
    g_autoptr(GString) large = g_string_new("[one]\nname = x\n");

    g_assert_false(conf_load("/nonexistent/forumpost.conf", table, G_N_ELEMENTS(table), &s, &e));
    g_assert_cmpint(e.kind, ==, ERR_CONFIG);
    g_assert_nonnull(strstr(e.text, "/nonexistent/forumpost.conf"));
    err_clear(&e);
    while (large->len <= 256 * 1024)
        g_string_append(large, "# filled\n");
    g_assert_false(load(large->str, &s, &e));
    g_assert_cmpint(e.kind, ==, ERR_CONFIG);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/conf/fallbacks", test_fallbacks);
    g_test_add_func("/conf/values", test_values);
    g_test_add_func("/conf/refusals", test_refusals);
    g_test_add_func("/conf/absent-and-large", test_absent_and_large);
    return g_test_run();
}
