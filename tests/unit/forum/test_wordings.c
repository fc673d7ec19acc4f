/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers as people give them, written before anybody looked at the words that are known (command.def): what means a command, and what
 * only sounds like it. A wrong word in the second table is worse than ten in the first.
 */
#include "forum/command.h"

#include <glib.h>

struct row {
    const char *text;
    enum command command;
};

static const struct row said[] = {
    /* clang-format off */
    {"Ja, bin ich", COMMAND_YES}, {"Ist von mir.", COMMAND_YES}, {"Ja, das ist mein Beitrag.", COMMAND_YES}, {"Beitrag melden", COMMAND_REPORT},
    {"Bitte löschen Sie meinen Beitrag wieder", COMMAND_DELETE}, {"Meine Idee bitte zurückziehen", COMMAND_DELETE}, {"Ja, passt so", COMMAND_YES}, {"Ja alles in Ordnung", COMMAND_YES},
    {"Ja, machen Sie das", COMMAND_YES}, {"Ja, können Sie so veröffentlichen.", COMMAND_YES}, {"evet, ben yazdım", COMMAND_YES},
    {"Hayır, ben yazmadım", COMMAND_NO}, {"No, I did not send this.", COMMAND_NO}, {"Not me", COMMAND_NO}, {"Nie, nie pisałam tego", COMMAND_NO},
    {"Nein, war ich nicht", COMMAND_NO}, {"Ich möchte keine Mails mehr von Ihnen erhalten.", COMMAND_STOP},
    {"bitte nichts mehr schicken!!", COMMAND_STOP}, {"Bitte hören Sie auf, mir diese Mails zu schicken", COMMAND_STOP},
    {"Ich möchte nicht mehr benachrichtigt werden", COMMAND_STOP}, {"Please stop these emails", COMMAND_STOP},
    {"I no longer wish to receive your emails", COMMAND_STOP}, {"Bana artık mail göndermeyin", COMMAND_STOP},
    {"Bin auch dafür", COMMAND_SUPPORT}, {"Das unterstütze ich!", COMMAND_SUPPORT}, {"I am in favour of it", COMMAND_SUPPORT},
    {"Ben de destekliyorum", COMMAND_SUPPORT}, {"Jestem za!", COMMAND_SUPPORT},
    /* clang-format on */
};

static const char *const texts[] = {
    /* clang-format off */
    "Das ist mein Beitrag zur Debatte", "Beitrag melden kann man nicht", "Löschen Sie bitte den zweiten Satz.", "Nehmen Sie meinen Beitrag ernst",
    "Ja, passt so nicht", "Ist von mir aus zu teuer", "Ja so alles", "Bitte nichts mehr bauen", "Ich möchte keine Autos mehr sehen",
    "Ich möchte keine Mails mehr vom Amt lesen müssen", "Das unterstütze ich nicht", "Bin auch nicht dafür", "Jestem za drogą",
    /* clang-format on */
};

static void test_said(void)
{
    int n_wrong = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(said); i++) {
        enum command got = command_of(said[i].text);
        n_wrong += got != said[i].command;
        if (got != said[i].command)
            g_test_message("\"%s\" is %s, not %s", said[i].text, command_row(got)->name, command_row(said[i].command)->name);
    }
    g_assert_cmpint(n_wrong, ==, 0);
}

static void test_texts(void)
{
    int n_wrong = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        enum command got = command_of(texts[i]);
        n_wrong += got != COMMAND_NONE;
        if (got != COMMAND_NONE)
            g_test_message("\"%s\" is %s", texts[i], command_row(got)->name);
    }
    g_assert_cmpint(n_wrong, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wordings/said", test_said);
    g_test_add_func("/wordings/texts", test_texts);
    return g_test_run();
}
