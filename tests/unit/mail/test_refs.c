/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ids of header fields, and threads: tables of what the world writes, and the shapes that hurt careless code.
 */
#include "base/limits.h"
#include "mail/thread/threads.h"
#include "mail/word/refs.h"

#include <string.h>

static const struct {
    const char *raw, *ids; /* joined by blanks */
} fields[] = {
    {"<a@b> <c@d>", "a@b c@d"},
    {"<a@b>,<c@d>", "a@b c@d"},
    {"<a@b><c@d>", "a@b c@d"},
    {"a@b c@d", "a@b c@d"},
    {"Your message of \"Mon, 3 Jun\" <x@y> (was: <z@y>)", "x@y z@y"},
    {"<a@b> <c@d> <a@b>", "c@d a@b"},
    {"<long-id-that\r\n was.folded@example.net>", "long-id-thatwas.folded@example.net"},
    {"<a@b <c@d>", "c@d"},
    {"<c@d> <open@e", "c@d open@e"},
    {"<no-at-sign>", "no-at-sign"},
    {"<a@b> <y> <yes>", "a@b"}, /* typed at a prompt that asked for an id */
    {"some words only", ""},
    {"<>", ""},
    {"", ""},
    {"<\xff\xfe@x>", "\xef\xbf\xbd\xef\xbf\xbd@x"},
};

static char *joined(GPtrArray *ids)
{
    g_ptr_array_add(ids, NULL);
    return g_strjoinv(" ", (char **)ids->pdata);
}

static void test_fields(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
        g_autofree char *got = NULL;

        refs_parse(fields[i].raw, ids);
        got = joined(ids);
        g_assert_cmpstr(got, ==, fields[i].ids);
    }
}

static void test_message_id(void)
{
    static const char *const cases[][2] = {
        {"<a@b>", "a@b"}, {" <a@b> (comment)", "a@b"}, {"a@b", "a@b"}, {"<a@b", "a@b"}, {"junk <a@b>", "a@b"}, {"", NULL},
        {"<>", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = refs_message_id(cases[i][0]);

        g_assert_cmpstr(got, ==, cases[i][1]);
    }
    g_assert_null(refs_message_id(NULL));
}

static void test_many_references(void)
{
    g_autoptr(GString) raw = g_string_new(NULL);
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);

    for (int i = 0; i < 3 * LIMIT_REFERENCES; i++)
        g_string_append_printf(raw, "<%d@x> ", i);
    refs_parse(raw->str, ids);
    g_assert_cmpuint(ids->len, ==, LIMIT_REFERENCES);
    g_assert_cmpstr(ids->pdata[0], ==, "0@x");
    g_assert_cmpstr(ids->pdata[ids->len - 1], ==, "2999@x");
}

/* "id < refs | in-reply-to" per message, ";" between; the answer is "id:parent:root" per line, "?" before a
 * missing one */
static char *threaded(const char *mailbox)
{
    threads_auto t = threads_new(42);
    g_auto(GStrv) mails = g_strsplit(mailbox, ";", -1);
    g_autoptr(GString) out = g_string_new(NULL);

    for (int i = 0; mails[i] != NULL; i++) {
        g_auto(GStrv) half = g_strsplit(mails[i], "|", 2);
        g_auto(GStrv) side = g_strsplit(half[0], "<", 2);
        g_autoptr(GPtrArray) refs = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(GPtrArray) reply = g_ptr_array_new_with_free_func(g_free);
        g_autofree char *id = refs_message_id(side[0]);

        refs_parse(side[1], refs);
        refs_parse(half[1] == NULL ? "" : half[1], reply);
        g_assert_true(threads_add(t, id, refs, reply));
    }
    threads_finish(t);
    for (guint i = 0; i < threads_count(t); i++) {
        struct thread_line line;

        threads_line(t, i, &line);
        g_string_append_printf(out, "%s%s%s:%s:%s", i == 0 ? "" : " ", line.is_missing ? "?" : "",
                               line.message_id == NULL ? "-" : line.message_id, line.parent == NULL ? "-" : line.parent,
                               line.root == NULL ? "-" : line.root);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static void test_threads(void)
{
    static const char *const cases[][2] = {
        {"a@; b@ < a@; c@ < a@ b@", "a@:-:a@ b@:a@:a@ c@:b@:a@"},
        {"c@ < a@ b@; b@ < a@; a@", "c@:b@:a@ b@:a@:a@ a@:-:a@"},           /* order does not matter */
        {"b@ < a@; c@ < a@", "b@:a@:a@ c@:a@:a@ ?a@:-:a@"},                 /* siblings of a missing one */
        {"d@ < a@ b@ c@", "d@:c@:a@ ?a@:-:a@ ?b@:a@:a@ ?c@:b@:a@"},         /* missing in between */
        {"a@; b@ | a@", "a@:-:a@ b@:a@:a@"},                                /* In-Reply-To only */
        {"a@; c@; b@ < a@ | c@", "a@:-:a@ c@:-:c@ b@:a@:a@"},               /* References win */
        {"a@ < b@; b@ < a@", "a@:b@:b@ b@:-:b@"},                           /* loop of two: the later is first */
        {"a@ < a@", "a@:-:a@"},                                             /* itself */
        {"a@ < b@; b@ < c@; c@ < a@", "a@:b@:c@ b@:c@:c@ c@:-:c@"},         /* loop of three */
        {"x@ < a@ b@; y@ < b@ a@", "x@:b@:a@ y@:a@:a@ ?a@:-:a@ ?b@:a@:a@"}, /* loop of missing ones */
        {"a@; a@ < b@; c@ < a@", "a@:-:a@ a@:b@:b@ c@:a@:a@ ?b@:-:b@"},     /* same id twice */
        {" < a@; a@", "-:a@:a@ a@:-:a@"},                                   /* no id */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = threaded(cases[i][0]);

        g_assert_cmpstr(got, ==, cases[i][1]);
    }
}

/* Chains forwards, backwards, and one that joins ends: quadratic code would take minutes here. */
static void test_long_chains(void)
{
    enum { N = 200000 };
    threads_auto t = threads_new(1);
    struct thread_line line;

    for (int i = 0; i < 2 * N; i++) {
        g_autofree char *id = g_strdup_printf("%d@x", i < N ? i : 3 * N - 1 - i);
        g_autoptr(GPtrArray) refs = g_ptr_array_new_with_free_func(g_free);

        if (i > 0)
            g_ptr_array_add(refs, g_strdup_printf("%d@x", i < N ? i - 1 : 3 * N - 2 - i));
        g_assert_true(threads_add(t, id, refs, NULL));
    }
    threads_finish(t);
    g_assert_cmpuint(threads_count(t), ==, 2 * N);
    threads_line(t, N, &line);
    g_assert_cmpstr(line.root, ==, "0@x");
}

static void test_ceiling_of_guesses(void)
{
    threads_auto t = threads_new(1);
    g_autoptr(GPtrArray) refs = g_ptr_array_new_with_free_func(g_free);

    for (int i = 0; i < 1000; i++)
        g_ptr_array_add(refs, g_strdup_printf("%d@x", i));
    g_assert_true(threads_add(t, "m@x", refs, NULL));
    threads_finish(t);
    g_assert_cmpuint(threads_count(t), ==, 1 + LIMIT_THREAD_GUESSES);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/refs/fields", test_fields);
    g_test_add_func("/refs/message-id", test_message_id);
    g_test_add_func("/refs/many", test_many_references);
    g_test_add_func("/threads/table", test_threads);
    g_test_add_func("/threads/long-chains", test_long_chains);
    g_test_add_func("/threads/guesses", test_ceiling_of_guesses);
    return g_test_run();
}
