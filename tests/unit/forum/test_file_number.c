/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers of an office's files in place of an idea's.
 */
#include "forum/file_number.h"

static gint64 number_filed(gint64 year, gint64 number, void *unused)
{
    (void)unused;
    return year == 2026 ? number : FILE_NUMBER_NONE;
}

/* What an office's files call an idea is its number, wherever a command takes one; nothing that is said, sought or published changes. */
static void test_file_numbers(void)
{
    static const struct {
        const char *text, *expected; /* NULL: as it stands */
    } rows[] = {
        {"STATUS RK-2026-0042", "STATUS 42"},
        {"folgen rk-2026-0042", "folgen 42"},
        {"Verlauf Rk 2026 42 2", "Verlauf 42 2"},
        {"dafür #RK\u20132026\u20130042", "dafür 42"},
        {"zu RK - 2026 - 0042", "zu 42"},
        {"RK/2026/0042 beraten", "42 beraten"},
        {"RK-2026-0042", "42"},
        {"zusammenführen RK-2026-0009 mit RK-2026-0001", "zusammenführen 9 mit 1"},
        {"zusammenführen mit RK-2026-0001", "zusammenführen mit 1"},
        {"frist RK-2026-0042 3.5.2030", "frist 42 3.5.2030"},
        {"verschieben RK-2026-0042 nach energie", "verschieben 42 nach energie"},
        {"entfernen RK-2026-0042/4 werbung", "entfernen 42/4 werbung"},
        {"löschen RK-2026-0042", "löschen 42"},
        {"stand RK-2026-0042 nicht weiterverfolgt: Siehe RK-2026-0007.", "stand 42 nicht weiterverfolgt: Siehe RK-2026-0007."},
        {"VORSCHLAG RK-2026-0003, RK-2026-0007: Netz nach RK-2026-0001", "VORSCHLAG 3, 7: Netz nach RK-2026-0001"},
        {"Guten Tag,\n\nstatus rk 2026 0001\nfolgen RK-2026-0002\n\nzu RK-2026-0003", "Guten Tag,\n\nstatus 1\nfolgen 2\n\nzu 3"},
        {"status RK-2025-0042", "status 999999999999"}, /* no such file */
        {"status BRK-2026-0042", NULL},
        {"status RK-2026-0042a", NULL},
        {"status XY-2026-0042", NULL},
        {"suche RK-2026-0042", NULL},
        {"antwort: Das steht in RK-2026-0042.\nzu RK-2026-0042", "antwort: Das steht in RK-2026-0042.\nzu 42"},
        {"Zu RK-2026-0042 möchte ich sagen, dass es eilt.\nfolgen RK-2026-0001", NULL},
        {"Wir brauchen das.\nstatus RK-2026-0001", NULL},
        {"", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *found = file_number_text(rows[i].text, "RK", number_filed, NULL);
        g_test_message("%s", rows[i].text);
        g_assert_cmpstr(found, ==, rows[i].expected);
        g_autofree char *none = file_number_text(rows[i].text, "", number_filed, NULL);
        g_assert_null(none);
    }
    g_autofree char *umlaut = file_number_text("status öa.1-2026-0042", "ÖA.1", number_filed, NULL);
    g_assert_cmpstr(umlaut, ==, "status 42");
    g_autofree char *line = file_number_line("3, RK-2026-0007 und x", "RK", number_filed, NULL);
    g_assert_cmpstr(line, ==, "3, 7 und x");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/file-number/commands", test_file_numbers);
    return g_test_run();
}
