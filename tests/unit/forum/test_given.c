/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What may be typed: each rule of forum/given with what just fits and what just does not.
 */
#include "forum/given.h"

#include "base/limits.h"

#include <string.h>

#define DOMAIN "beteiligung.example.org"

struct row {
    const char *given, *kept; /* KEPT NULL: refused */
};

typedef char *give_fn(const char *text, struct err *e);

static void try(const struct row *rows, gsize n, give_fn *give)
{
    for (gsize i = 0; i < n; i++) {
        err_auto struct err e = {0};
        g_autofree char *got = give(rows[i].given, &e);
        g_test_message("'%s'", rows[i].given);
        g_assert_cmpstr(got, ==, rows[i].kept);
        g_assert_cmpint(e.kind, ==, rows[i].kept != NULL ? ERR_NONE : ERR_VALUE);
        g_assert_true(rows[i].kept != NULL || strlen(e.text) > 20);
    }
}

static char *give_line(const char *text, struct err *e)
{
    return given_line("a title", text, 10, e);
}

static void test_line(void)
{
    static const struct row rows[] = {
        {"Sport", "Sport"},
        {"  Sport ", "Sport"},
        {"0123456789", "0123456789"},
        {"01234567890", NULL},
        {"äöüäöüäöüä", "äöüäöüäöüä"}, /* characters, not bytes */
        {"Grün/Blau!", "Grün/Blau!"},
        {"👩", "👩"},
        {"👩\u200d🚀", NULL}, /* the joiner is an invisible sign */
        {"", NULL},
        {" \t ", NULL},
        {"a\nb", NULL},
        {"a\x1b[1mb", NULL},
        {"a\x7f", NULL},
        {"a\xc2\x85"
         "b",
         NULL},
        {"a\u2028b", NULL},
        {"a\u202eb", NULL},
        {"a\u200bb", NULL},
        {"a\ufeffb", NULL},
        {"a\xff", NULL},
        {"a\ue000", NULL},
    };
    try(rows, G_N_ELEMENTS(rows), give_line);
}

static void test_forum_name(void)
{
    static const struct row rows[] = {
        {"mobilitaet", "mobilitaet"},
        {"Mobilität", "mobilitaet"},
        {"MOBILITÄT", "mobilitaet"},
        {"sport-2030", "sport-2030"},
        {"a", "a"},
        {"1a", "1a"},
        {"a.b_c", "a.b_c"},
        {"jam", "jam"},     /* not `ja` */
        {"ideen", "ideen"}, /* not `idee` */
        {"hilfen", "hilfen"},
        {"2030", NULL},
        {"a..b", NULL},
        {"-a", NULL},
        {"a-", NULL},
        {"a b", NULL},
        {"a+b", NULL},
        {"a@b", NULL},
        {"спорт", NULL},
        {"", NULL},
        {"ja", NULL},
        {"JA", NULL},
        {"hilfe", NULL},
        {"postmaster", NULL},
        {"abuse", NULL},
        {"moderation", NULL},
        {"bounce", NULL},
        {"idee", NULL},
        {"idee-7", NULL},
        {"idea-x", NULL},
        {"mailer-daemon", NULL},
        {"a.html", NULL}, /* /forum/a as a file */
        {"a.gone", NULL},
        {"a.gone.b", NULL},
        {"A.HTML.gz", NULL},
        {"index", NULL},
        {"a.gz", "a.gz"}, /* forum/a.gz.html */
        {"html-gruppe", "html-gruppe"},
        {"a.index", "a.index"},
    };
    try(rows, G_N_ELEMENTS(rows), given_forum_name);

    g_autofree char *just = g_strnfill(LIMIT_FORUM_NAME_CHARS, 'x'), *over = g_strnfill(LIMIT_FORUM_NAME_CHARS + 1, 'x');
    const struct row sizes[] = {{just, just}, {over, NULL}};
    try(sizes, G_N_ELEMENTS(sizes), given_forum_name);
}

static char *give_address(const char *text, struct err *e)
{
    return given_address(text, DOMAIN, e);
}

static void test_address(void)
{
    static const struct row rows[] = {
        {"anna@example.net", "anna@example.net"},
        {"Anna@Example.NET", "Anna@Example.NET"},
        {"anna@münchen.example", "anna@münchen.example"},
        {"anna@" DOMAIN ".example.net", "anna@" DOMAIN ".example.net"},
        {"anna@other." DOMAIN, "anna@other." DOMAIN},
        {"anna", NULL},
        {"anna@", NULL},
        {"@example.net", NULL},
        {"anna example.net", NULL},
        {"anna@example.net,max@example.net", NULL},
        {"<anna@example.net>", NULL},
        {"anna@example.net\r\nBcc: x", NULL},
        {"hilfe@" DOMAIN, NULL},
        {"whoever@BETEILIGUNG.example.ORG", NULL},
        {"idee-7+1-2-abc@" DOMAIN, NULL},
        {"", NULL},
    };
    try(rows, G_N_ELEMENTS(rows), give_address);
}

static char *give_language(const char *text, struct err *e)
{
    static const char *const known[] = {"de", "en", NULL};

    return given_language(text, (char *const *)known, e);
}

static void test_language(void)
{
    static const struct row rows[] = {{"de", "de"}, {"en", "en"}, {"fr", NULL}, {"DE", NULL}, {"", NULL}, {"d\xff", NULL}};

    try(rows, G_N_ELEMENTS(rows), give_language);
}

static void test_public_name(void)
{
    static const struct row rows[] = {
        {"Erika B.", "Erika B."},
        {"Ministerium", "Ministerium"}, /* the operator's to say */
        {"Jean-François d'Été", "Jean-François d'Été"},
        {"Müller 2", "Müller 2"},
        {"anna@example.net", NULL},
        {"Anna 0171 1234567", NULL},
        {"\u0410nna", NULL}, /* a Cyrillic A */
        {"...", NULL},
        {"", NULL},
    };
    try(rows, G_N_ELEMENTS(rows), given_public_name);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/forum/given/line", test_line);
    g_test_add_func("/forum/given/forum-name", test_forum_name);
    g_test_add_func("/forum/given/address", test_address);
    g_test_add_func("/forum/given/public-name", test_public_name);
    g_test_add_func("/forum/given/language", test_language);
    return g_test_run();
}
