/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whose words a forwarded mail has, and when nobody can say.
 */
#include "base/limits.h"
#include "forum/forward.h"

#include <string.h>

static bool is_staff(const char *address, void *user)
{
    (void)user;
    return strcmp(address, "lead@example.org") == 0;
}

/* The outermost mail of a chain of N, of which only the innermost says something. */
static char *chain(guint n)
{
    GString *text = g_string_new("Mit Dach.");

    for (guint i = 0; i + 1 < n; i++)
        g_string_prepend(text, "---------- Forwarded message ---------\nFrom: Berta <berta@example.com>\nDate: Mon, Mar 2, 2026\n"
                               "Subject: Fwd: Bus\nTo: <office@example.org>\n\n");
    return g_string_free(text, FALSE);
}

static const struct row {
    const char *name, *from, *text, *note;
    enum forward_found found;
    const char *address, *words, *left;
} rows[] = {
    {"plain", "Berta <berta@example.com>", "Mit Dach.", "Bitte.", FORWARD_IS_CLEAR, "berta@example.com", "Mit Dach.", "Bitte."},
    {"twice the same", "Berta [mailto:Berta@Example.com] <berta@example.com>", "Mit Dach.", "", FORWARD_IS_CLEAR,
     "berta@example.com", "Mit Dach.", ""},
    {"a name with an address", "\"victim@example.net\" <eve@example.com>", "Mit Dach.", "", FORWARD_NO_ADDRESS, NULL, NULL, ""},
    {"no address", "Berta Bittermann", "Mit Dach.", "", FORWARD_NO_ADDRESS, NULL, NULL, ""},
    {"it is said", "Berta Bittermann", "Mit Dach.", "von: berta@example.com\n\nBitte.", FORWARD_IS_CLEAR, "berta@example.com",
     "Mit Dach.", "Bitte."},
    {"a line that only begins so", "Berta Bittermann", "Mit Dach.", "Von: der Poststelle", FORWARD_NO_ADDRESS, NULL, NULL,
     "Von: der Poststelle"},
    {"nothing in it", "Berta <berta@example.com>", "\n", "", FORWARD_NO_TEXT, NULL, NULL, ""},
    {"a colleague's", "Lead <lead@example.org>", "Mit Dach.", "", FORWARD_NO_TEXT, NULL, NULL, ""},
    {"our own mail", "Forum <mobilitaet@beteiligung.example.org>", "Mit Dach.", "", FORWARD_OURS, NULL, NULL, ""},
    {"our own mail, somebody is named", "Forum <mobilitaet@beteiligung.example.org>", "Mit Dach.", "von: berta@example.com",
     FORWARD_OURS, NULL, NULL, ""},
    {"where nobody reads", "Shop <noreply@shop.example>", "Mit Dach.", "", FORWARD_MACHINE, NULL, NULL, ""},
    {"a mail server", "MAILER-DAEMON@mx.example.net", "Mit Dach.", "", FORWARD_MACHINE, NULL, NULL, ""},
    {"of a form, and who filled it in is named", "Formular <noreply@shop.example>", "Mit Dach.", "von: berta@example.com",
     FORWARD_IS_CLEAR, "berta@example.com", "Mit Dach.", ""},
    {"an answer in it", "Berta <berta@example.com>",
     "Mit Dach.\n\nAm 2. März 2026 schrieb Poststelle <post@example.org>:\n> Was meinen Sie?", "", FORWARD_IS_CLEAR,
     "berta@example.com", "Mit Dach.", ""},
    {"two people's", "Berta <berta@example.com>",
     "Das sagt auch Karl.\n\n---------- Forwarded message ---------\nFrom: Karl <karl@example.net>\nDate: Mon, Mar 2, 2026\nSubject: Bus\nTo: <berta@example.com>\n\nMit Dach.",
     "", FORWARD_SEVERAL, NULL, NULL, ""},
    {"one of two is named", "Berta <berta@example.com>",
     "Das sagt auch Karl.\n\n---------- Forwarded message ---------\nFrom: Karl <karl@example.net>\nDate: Mon, Mar 2, 2026\nSubject: Bus\nTo: <berta@example.com>\n\nMit Dach.",
     "from: karl@example.net", FORWARD_IS_CLEAR, "karl@example.net", "Mit Dach.", ""},
};

static enum forward_found find(const char *from, const char *text, const char *note, struct forward *out)
{
    message_auto m = message_new();
    struct forward_facts facts = {.text = note,
                                  .from = "office@example.org",
                                  .own_domain = "beteiligung.example.org",
                                  .is_staff = is_staff};

    m->forwarded = g_new0(struct forwarded, 1);
    m->forwarded->from = g_strdup(from);
    m->forwarded->subject = g_strdup("Bus");
    m->forwarded->text = g_strdup(text);
    return forward_find(m, &facts, out);
}

static void test_rows(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct row *r = &rows[i];
        struct forward f = {0};
        g_test_message("%s", r->name);
        g_assert_cmpint(find(r->from, r->text, r->note, &f), ==, r->found);
        g_assert_cmpstr(f.address, ==, r->address);
        g_assert_cmpstr(f.text, ==, r->words);
        g_assert_cmpstr(f.note, ==, r->left);
        forward_clear(&f);
    }
}

static void test_depth(void)
{
    struct forward f = {0};
    g_autofree char *deep = chain(LIMIT_FORWARD_DEPTH), *too_deep = chain(LIMIT_FORWARD_DEPTH + 1);

    g_assert_cmpint(find("Lead <lead@example.org>", deep, "", &f), ==, FORWARD_IS_CLEAR);
    g_assert_cmpstr(f.text, ==, "Mit Dach.");
    forward_clear(&f);
    g_assert_cmpint(find("Lead <lead@example.org>", too_deep, "", &f), ==, FORWARD_NO_TEXT);
    forward_clear(&f);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/forward/rows", test_rows);
    g_test_add_func("/forward/depth", test_depth);
    return g_test_run();
}
