/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Public names: who may be called so, and who may not.
 */
#include "base/limits.h"
#include "forum/name.h"

#include <string.h>

static const char *const protected_names[] = {"Staatskanzlei (Demo)",
                                              "Neue Mobilität \u2013 wie vernetzen wir die Metropolregion?",
                                              "VM",
                                              "Sport",
                                              "Stadt Essen",
                                              "Ruhr-Konferenz",
                                              NULL};

static const struct row {
    const char *name;
    enum name_fault fault;
} rows[] = {
    /* People */
    {"Erika B.", NAME_FINE},
    {"Erika Beispiel", NAME_FINE},
    {"Kev aus Herne", NAME_FINE},
    {"Dr. Ingrid Vorlage-Müller", NAME_FINE},
    {"Ayşe Örnek", NAME_FINE},
    {"Zofia Wzór", NAME_FINE},
    {"Nguyễn Văn An", NAME_FINE},
    {"Seán O\u2019Brien", NAME_FINE},
    {"Anna & Bert", NAME_FINE},
    {"Team 4 (Essen-Werden)", NAME_FINE},
    {"Олена Шевченко", NAME_FINE},
    {"Γιώργος Παπαδόπουλος", NAME_FINE},
    {"محمد علي", NAME_FINE},
    {"山田 花子", NAME_FINE},
    {"ヤマダ花子 (Hanako)", NAME_FINE},
    {"김민수", NAME_FINE},
    {"Karl im Wald", NAME_FINE},
    {"Sportfreund Karl", NAME_FINE},
    {"Timo", NAME_FINE},
    {"Ein Essener", NAME_FINE},
    {"Mira Minsterberg", NAME_FINE},
    {"a", NAME_FINE},
    /* What sounds like an office, the moderation or the program */
    {"Ministerium für Verkehr", NAME_PROTECTED},
    {"MINISTERIUM", NAME_PROTECTED},
    {"Verkehrsministerium", NAME_PROTECTED},
    {"Die Ministerin", NAME_PROTECTED},
    {"Staatskanzlei NRW", NAME_PROTECTED},
    {"Staats-Kanzlei", NAME_PROTECTED},
    {"M i n i s t e r i u m", NAME_PROTECTED},
    {"Moderation", NAME_PROTECTED},
    {"Ihr Moderator", NAME_PROTECTED},
    {"Moderatorin Anna", NAME_PROTECTED},
    {"Redaktion", NAME_PROTECTED},
    {"Forum", NAME_PROTECTED},
    {"Forum-Team", NAME_PROTECTED},
    {"Geschaeftsstelle", NAME_PROTECTED},
    {"Geschäftsstelle", NAME_PROTECTED},
    {"Offizielle Antwort", NAME_PROTECTED},
    {"Министерство транспорта", NAME_PROTECTED},
    /* What the operator protects */
    {"Neue Mobilität", NAME_PROTECTED},
    {"Team neue mobilitaet", NAME_PROTECTED},
    {"NeueMobilität", NAME_PROTECTED},
    {"stadt essen", NAME_PROTECTED},
    {"Stadt Essen, Presse", NAME_PROTECTED},
    {"Ruhrkonferenz", NAME_PROTECTED},
    {"VM", NAME_PROTECTED},
    {"Sport", NAME_PROTECTED},
    /* Drawn to look like it */
    {"M1n1ster1um", NAME_PROTECTED},
    {"Mlnlsterlum", NAME_PROTECTED},
    {"Rninisterium", NAME_PROTECTED},
    {"F0rum", NAME_PROTECTED},
    {"\uff2d\uff49\uff4e\uff49\uff53\uff54\uff45\uff52\uff49\uff55\uff4d", NAME_PROTECTED}, /* full width */
    {"\U0001d40c\U0001d428\U0001d41d\U0001d41e\U0001d42b\U0001d41a\U0001d42d\U0001d428\U0001d42b", NAME_PROTECTED}, /* bold */
    {"\u1d0d\u1d0f\u1d05\u1d07\u0280\u1d00\u1d1b\u026a\u1d0f\u0274", NAME_PROTECTED}, /* small capitals */
    {"Mínístéríum", NAME_PROTECTED},
    {"Мiniстеrium", NAME_MIXED}, /* Cyrillic among Latin */
    {"M\u0456n\u0456sterium", NAME_MIXED},
    {"Μοderation", NAME_MIXED},                                                 /* Greek */
    {"\u041c\u043e\u0501\u0435\u0433\u0430\u0442\u043e\u0433", NAME_PROTECTED}, /* all Cyrillic, looks like Moderator */
    {"\ua4df\ua4f3\ua4e4\ua4f4\ua4df", NAME_MIXED},                             /* Lisu, a script of capitals that look Latin */
    {"\u13b7\u13a5\u13a2", NAME_MIXED},                                         /* Cherokee */
    /* Signs */
    {"Erika\u200bB.", NAME_SIGNS},
    {"Erika\u200dB.", NAME_SIGNS},
    {"\u202eakirE", NAME_SIGNS},
    {"Erika\u2066", NAME_SIGNS},
    {"Erika\u00adB", NAME_SIGNS},
    {"Erika\tB", NAME_SIGNS},
    {"Erika\x01", NAME_SIGNS},
    {"Erika\ufe0f", NAME_SIGNS},
    {"\u3164", NAME_SIGNS},
    {"\u2800Erika", NAME_SIGNS},
    {"Z\u0334\u0321\u0322\u0323a", NAME_SIGNS},
    {"\U0001f1f2\U0001f1f4\U0001f1e9", NAME_SIGNS}, /* regional indicators */
    {"Erika \u2714", NAME_SIGNS},
    {"<b>Erika</b>", NAME_SIGNS},
    {"...", NAME_SIGNS},
    {"42", NAME_SIGNS},
    {"\ue000", NAME_SIGNS},
    /* Addresses */
    {"erika@example.org", NAME_ADDRESS},
    {"https://example.org", NAME_ADDRESS},
    {"www.example.org", NAME_ADDRESS},
    {"Erika 0231 123456", NAME_ADDRESS},
};

static void test_rows(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_test_message("%s", rows[i].name);
        g_assert_cmpint(name_examine(rows[i].name, protected_names), ==, rows[i].fault);
    }
}

/* The form alone is what an operator's own names must have, too. */
static void test_form(void)
{
    g_assert_cmpint(name_form("Moderation (Demo)"), ==, NAME_FINE);
    g_assert_cmpint(name_form("Fachreferat Verkehr (Demo)"), ==, NAME_FINE);
    g_assert_cmpint(name_form("M\u0456n\u0456sterium"), ==, NAME_MIXED);
    g_assert_cmpint(name_examine("Erika", NULL), ==, NAME_FINE);
}

static void test_long(void)
{
    g_autofree char *most = g_strnfill(LIMIT_GIVEN_NAME_CHARS, 'x'), *more = g_strnfill(LIMIT_GIVEN_NAME_CHARS + 1, 'x');
    g_autofree char *huge = g_strnfill(1000 * 1000, 'x');

    g_assert_cmpint(name_form(most), ==, NAME_FINE);
    g_assert_cmpint(name_form(more), ==, NAME_LONG);
    g_assert_cmpint(name_examine(huge, protected_names), ==, NAME_LONG);
}

static void test_likeness(void)
{
    static const struct {
        const char *a, *b;
        bool like;
    } pairs[] = {
        {"Erika B.", "erika b", true},   {"Erika B.", "ErikaB", true},
        {"Müller", "Mueller", true},     {"Erika B.", "Er\u0456ka B.", true},
        {"Bernd", "Bemd", true},         {"Ilse", "lise", true},
        {"Erika B.", "Erika C.", false}, {"Anna", "Hanna", false},
        {"Олена", "Олег", false},        {"...", "---", false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_test_message("%s %s", pairs[i].a, pairs[i].b);
        g_assert_cmpint(name_is_like(pairs[i].a, pairs[i].b), ==, pairs[i].like);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/name/rows", test_rows);
    g_test_add_func("/name/form", test_form);
    g_test_add_func("/name/long", test_long);
    g_test_add_func("/name/likeness", test_likeness);
    return g_test_run();
}
