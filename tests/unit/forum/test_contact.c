/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What of a text tells who somebody is and where they live; what is cut below the name and what stays; what else of
 * a mail is left out.
 */
#include "forum/contact.h"

#include "base/limits.h"
#include "forum/left_out.h"

#include <string.h>

static void test_lines(void)
{
    static const struct {
        const char *line;
        bool is_contact;
    } rows[] = {
        {"Tel.: 0231 123456", true},
        {"+49 (0)231 / 12 34 56", true},
        {"Musterstr. 3a", true},
        {"Am Hohen Weg 12", true},
        {"44135 Dortmund", true},
        {"erika@example.net", true},
        {"www.example.net", true},
        {"https://example.net/erika", true},
        {"Mobil 0170/1234567", true},
        {"E-Mail: erika@example.net", true},
        {"Sokak 5", true},
        {"", false},
        {"Erika Beispiel", false},
        {"Wir brauchen 12 Busse", false},
        {"44135 Menschen haben unterschrieben, das ist viel", false},
        {"Die Musterstraße braucht Bäume.", false},
        {"2026", false},
        {"Tempo 30", false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_test_message("%s", rows[i].line);
        g_assert_cmpint(contact_is_line(rows[i].line, strlen(rows[i].line)), ==, rows[i].is_contact);
    }
}

static void test_cut(void)
{
    static const struct {
        const char *text, *kept;
        guint n_cut;
    } rows[] = {
        {"Mehr Bänke!\n\nViele Grüße\nErika Beispiel\nMusterstr. 3\n44135 Dortmund\nTel. 0231 123456",
         "Mehr Bänke!\n\nViele Grüße\nErika Beispiel", 3},
        {"Mehr Bänke!\n\nErika Beispiel\n\n0231 123456\n", "Mehr Bänke!\n\nErika Beispiel", 1},
        {"Mehr Bänke!\n\nMfG\nerika\nerika@example.net", "Mehr Bänke!\n\nMfG\nerika", 1},
        /* What a text is about */
        {"Wir treffen uns hier:\nBahnhofstr. 3\n44135 Dortmund", "Wir treffen uns hier:\nBahnhofstr. 3\n44135 Dortmund", 0},
        {"Der Zebrastreifen fehlt in der\nMusterstr. 3", "Der Zebrastreifen fehlt in der\nMusterstr. 3", 0},
        {"Mehr Bänke!", "Mehr Bänke!", 0},
        {"0231 123456", "0231 123456", 0},
        {"", "", 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        guint n;
        g_autofree char *kept = contact_cut(rows[i].text, &n);
        g_assert_cmpstr(kept, ==, rows[i].kept);
        g_assert_cmpuint(n, ==, rows[i].n_cut);
    }
}

/* LIMIT_CONTACT_LINES: a list of numbers is what the text is about. */
static void test_many_lines(void)
{
    for (int more = 0; more < 2; more++) {
        g_autoptr(GString) text = g_string_new("Mehr Bänke!\n\nMfG\nErika");
        guint n;
        for (guint i = 0; i < LIMIT_CONTACT_LINES + (guint)more; i++)
            g_string_append(text, "\n\nTel. 0231 123456");
        g_autofree char *kept = contact_cut(text->str, &n);
        g_assert_cmpuint(n, ==, more ? 0 : LIMIT_CONTACT_LINES);
        g_assert_cmpstr(kept, ==, more ? text->str : "Mehr Bänke!\n\nMfG\nErika");
    }
}

static void test_names(void)
{
    static const struct {
        const char *text, *address, *name;
    } rows[] = {
        {"Mehr Bänke!\n\nViele Grüße\nErika Beispiel", NULL, "Erika Beispiel"},
        {"Mehr Bänke!\n\nErika", NULL, "Erika"},
        {"Mehr Bänke!\n\nmfg\nerika b.", NULL, "erika b."},
        {"Ich bin Erika und will mehr Bänke.", "erika.beispiel@example.net", "Erika"},
        {"Mehr Bänke!", "erika.beispiel@example.net", NULL},
        {"Mehr Bänke, sagt der Verein.", "verein@example.net", NULL},
        {"Mehr Bänke!\n\nViele Grüße", NULL, NULL},
        {"Mehr Bänke!\n\nWann kommen sie?", NULL, NULL},
        {"Erika", NULL, NULL},
        {"", NULL, NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *name = contact_name(rows[i].text, rows[i].address);
        g_assert_cmpstr(name, ==, rows[i].name);
    }
}

static void add_file(struct message *m, const char *type, const char *disposition, const char *id, guint64 n_bytes)
{
    struct attachment *a = g_new0(struct attachment, 1);

    a->type = g_strdup(type);
    a->disposition = g_strdup(disposition);
    a->content_id = g_strdup(id);
    a->n_bytes = n_bytes;
    g_ptr_array_add(m->attachments, a);
}

static void test_courtesy(void)
{
    static const struct {
        const char *text;
        bool is;
    } rows[] = {
        {"Danke", true},
        {"Vielen Dank!", true},
        {"Guten Tag,\n\nvielen Dank!\n\nViele Grüße\nErika Beispiel", true},
        {"Thank you very much.\nKind regards\nE. B.", true},
        {"Mit freundlichen Grüßen", true},
        {"", false},
        {"Erika Beispiel", false},
        {"Sehr gute Idee!", false},
        {"Sehr gute Idee!\nDanke", false},
        {"Liebe zum Fahrrad!\nDanke", false},
        {"Danke.\nDas ist falsch.", false},
        {"Danke.\nUnsinn.", false},
        {"Danke!\nAber nicht so", false},
        {"Danke, gern mit Dach.", false},
        {"Vielen Dank für den Radweg.", false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_test_message("%s", rows[i].text);
        g_assert_cmpint(contact_is_courtesy(rows[i].text), ==, rows[i].is);
    }
}

static void test_left_out(void)
{
    message_auto m = message_new();
    struct left_out l, back;
    char *forums[] = {"heimat", "kunst", NULL};

    add_file(m, "image/png", "inline", "logo@x", 4000); /* a logo */
    left_out_count(m, &l);
    g_assert_null(left_out_write(&l));
    add_file(m, "image/jpeg", "inline", "foto@x", 900000);
    add_file(m, "image/png", "attachment", NULL, 4000);
    add_file(m, "application/pdf", "attachment", NULL, 5);
    left_out_count(m, &l);
    g_assert_true(l.n_pictures == 2 && l.n_files == 1);
    l.n_contact_lines = 3;
    l.forums = forums;
    l.is_led = true;
    g_autofree char *line = left_out_write(&l);
    g_assert_cmpstr(line, ==, "pictures=2 files=1 contact=3 forums=heimat,kunst led=1");
    left_out_read(line, &back);
    g_assert_true(back.n_pictures == 2 && back.n_files == 1 && back.n_contact_lines == 3 && back.is_led);
    g_assert_cmpstr(back.forums[1], ==, "kunst");
    left_out_clear(&back);
    left_out_read("=== x pictures forums=a forums=b files=99999999999999999999", &back);
    g_assert_cmpuint(back.n_files, ==, 99999);
    left_out_clear(&back);
    left_out_read(NULL, &back);
    g_assert_true(back.n_pictures == 0 && back.forums == NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/contact/lines", test_lines);
    g_test_add_func("/contact/cut", test_cut);
    g_test_add_func("/contact/many-lines", test_many_lines);
    g_test_add_func("/contact/names", test_names);
    g_test_add_func("/contact/courtesy", test_courtesy);
    g_test_add_func("/left-out", test_left_out);
    return g_test_run();
}
