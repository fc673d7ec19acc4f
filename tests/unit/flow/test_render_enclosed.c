/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What goes along with a mail: the operator's original, the files of an issue.
 */
#include "world.h"

#include "base/limits.h"
#include "flow/out/render.h"
#include "flow/out/texts.h"

#include <string.h>

struct letter {
    struct world w;
    struct templates *t;
    struct renderer *r;
    struct rendered mail;
};

static void letter_open(struct letter *l)
{
    *l = (struct letter){0};
    world_open(&l->w);
    l->t = texts_load(NULL, "de", &l->w.f.e);
    fixture_ok(&l->w.f, l->t != NULL);
    l->r = renderer_new(&l->w.g, l->t);
    fixture_message(&l->w.f, "k1", "anna-1@mail.example", "From: anna@example.net\r\n\r\nx");
}

static void letter_close(struct letter *l)
{
    rendered_clear(&l->mail);
    renderer_free(l->r);
    templates_free(l->t);
    world_close(&l->w);
}

static const char *render(struct letter *l, enum purpose purpose, row_id message, row_id issue)
{
    struct notice n = {.id = 9,
                       .purpose = purpose,
                       .address = (char *)"office@example.org",
                       .about.message = message,
                       .issue_id = issue};

    fixture_ok(&l->w.f, render_notice(l->r, &n, T0, &l->mail, &l->w.f.e) == RENDER_OK);
    return l->mail.bytes->str;
}

/* The mail that the operator must answer goes along, unless it is too large or deleted: then the words must do. */
static void test_original(void)
{
    struct letter l;
    const gint64 sizes[] = {1000, LIMIT_ORIGINAL_BYTES, LIMIT_ORIGINAL_BYTES + 1};

    letter_open(&l);
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autofree char *sql = g_strdup_printf("UPDATE message_raw SET bytes = zeroblob(%" G_GINT64_FORMAT ")", sizes[i]);
        fixture_exec(l.w.f.path, sql);
        bool is_along = strstr(render(&l, PURPOSE_OPERATOR_MAIL, 1, 0), "multipart/mixed") != NULL;
        g_assert_cmpint(is_along, ==, sizes[i] <= LIMIT_ORIGINAL_BYTES);
        g_assert_cmpuint(l.mail.bytes->len, >, is_along ? (gsize)sizes[i] : 0);
    }
    fixture_exec(l.w.f.path,
                 "UPDATE message_raw SET bytes = CAST('From: anna@example.net' || char(13, 10, 13, 10) || 'Grüße' AS BLOB)");
    const char *mail = render(&l, PURPOSE_OPERATOR_MAIL, 1, 0);
    g_assert_true(l.mail.is_8bit);
    g_assert_nonnull(strstr(mail, "message/rfc822"));
    g_assert_nonnull(strstr(mail, "\r\n\r\nFrom: anna@example.net\r\n\r\nGrüße\r\n--"));
    fixture_exec(l.w.f.path, "DELETE FROM message_raw");
    g_assert_null(strstr(render(&l, PURPOSE_OPERATOR_MAIL, 1, 0), "multipart/mixed"));
    g_assert_false(l.mail.is_8bit);
    letter_close(&l);
}

/* Of several reports in one mail only those bring a mail that somebody must answer. */
static void test_originals(void)
{
    struct letter l;

    letter_open(&l);
    fixture_message(&l.w.f, "k2", "ben-1@mail.example", "From: ben@example.net\r\n\r\ny");
    fixture_exec(l.w.f.path, "INSERT INTO notice (id, stream, purpose, due_at) VALUES (9, 0, 'operator-digest', 0);"
                             "INSERT INTO report (at, purpose, message_id, notice_id) VALUES (1, 'operator-mail', 1, 9),"
                             " (2, 'operator-waiting', 2, 9), (3, 'operator-mail', 2, 9)");
    const char *mail = render(&l, PURPOSE_OPERATOR_DIGEST, 0, 0);
    const char *first = strstr(mail, "k1.eml"), *second = strstr(mail, "k2.eml");
    g_assert_true(first != NULL && second != NULL);
    guint n = 0;
    for (const char *at = mail; (at = strstr(at, "message/rfc822")) != NULL; at++)
        n++;
    g_assert_cmpuint(n, ==, 2);
    letter_close(&l);
}

/* Made once for all readers, and other ones for the next issue. */
static void test_issue_files(void)
{
    struct letter l;

    letter_open(&l);
    fixture_exec(
        l.w.f.path,
        "INSERT INTO list (id, name, title, language, n_release, is_members_only, created_at) VALUES (1, 'neues', 'Neues', 'de', 1, 0, 0);"
        "INSERT INTO editor (list_id, address, written, added_at) VALUES (1, 'office@example.org', 'office@example.org', 0);"
        "INSERT INTO issue (id, list_id, number, subject, source, state, from_place, to_place, created_at) VALUES"
        " (1, 1, 1, 'Eins', '# Eins', 'draft', 0, 9, 1000), (2, 1, 2, 'Zwei', '# Zwei', 'draft', 0, 9, 1000);"
        "INSERT INTO issue_file (issue_id, name, type, n_bytes, content) VALUES (1, 'a.pdf', 'application/pdf', 5, CAST('Hello' AS BLOB)),"
        " (1, 'b.pdf', 'application/pdf', 0, x''), (2, 'c.pdf', 'application/pdf', 1, CAST('x' AS BLOB))");
    for (guint again = 0; again < 2; again++) {
        const char *mail = render(&l, PURPOSE_NEWSLETTER_TEST, 0, 1);
        g_assert_true(strstr(mail, "a.pdf") != NULL && strstr(mail, "SGVsbG8=") != NULL && strstr(mail, "b.pdf") != NULL);
        g_assert_null(strstr(mail, "c.pdf"));
        mail = render(&l, PURPOSE_ISSUE_PREVIEW, 0, 2);
        g_assert_true(strstr(mail, "c.pdf") != NULL && strstr(mail, "a.pdf") == NULL);
        g_assert_null(strstr(render(&l, PURPOSE_ISSUE_STOPPED, 0, 1), "a.pdf"));
    }
    letter_close(&l);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/flow/enclosed/original", test_original);
    g_test_add_func("/flow/enclosed/originals", test_originals);
    g_test_add_func("/flow/enclosed/issue", test_issue_files);
    return g_test_run();
}
