/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who looks like an office in From, and whose lines look like an official answer. Two lists each: what must be held, and what must not.
 */
#include "forum/mark.h"
#include "forum/name.h"

/* The operator, forums, ministries and what the settings add, of a made-up initiative. */
static const char *const protected_names[] = {"Staatskanzlei (Demo)",
                                              "Neue Mobilit\u00e4t \u2013 wie vernetzen wir die Metropolregion?",
                                              "Gr\u00fcne Infrastruktur",
                                              "mobilitaet",
                                              "VM",
                                              "MULNV",
                                              "Sport",
                                              "Stadt Essen",
                                              "Ruhr-Konferenz",
                                              NULL};

static const char *const held[] = {
    "Ministerium f\u00fcr Verkehr",
    "MINISTERIUM",
    "Verkehrsministerium NRW",
    "Minister Meyer",
    "Ministerin Dr. Vorlage",
    "Herr Minister",
    "Ministerpr\u00e4sident der Herzen",
    "Der Ministerpr\u00e4sident",
    "Staatskanzlei",
    "Staats kanzlei",
    "Landesregierung NRW",
    "Land NRW",
    "L a n d  N R W",
    "Bezirksregierung Arnsberg",
    "Staatssekret\u00e4rin Beispiel",
    "Moderation",
    "Ihre Moderation",
    "Moderatorin Anna",
    "Redaktion",
    "Gesch\u00e4ftsstelle",
    "Geschaeftsstelle Ruhr",
    "Forum",
    "Forum-Team",
    "Offizielle Antwort",
    "OFFIZIELL",
    "Administrator",
    "M i n i s t e r i u m",
    "S t a a t s k a n z l e i",
    "M.i.n.i.s.t.e.r",
    "F o r u m Energie",
    "Mi nisterium",
    "M1n1ster1um",
    "Mlnisterium",
    "Rninisterium",
    "F0rum",
    "M\u00edn\u00edst\u00e9r\u00edum",
    "\u041c\u0456n\u0456st\u0435rium",
    "M\u03bfderation",
    "\u041c\u043e\u0501\u0435\u0433\u0430\u0442\u043e\u0433", /* Cyrillic, Greek among Latin; all Cyrillic */
    "\uff2d\uff49\uff4e\uff49\uff53\uff54\uff45\uff52\uff49\uff55\uff4d",
    "\u1d0d\u1d0f\u1d05\u1d07\u0280\u1d00\u1d1b\u026a\u1d0f\u0274",
    "Mini\u200bsterium",
    "Mini\u00adsterium",
    "Mod\u200deration",
    "Minis\ufeffterium",
    "\u24c2\u24d8\u24dd\u24d8\u24e2\u24e3\u24d4\u24e1\u24d8\u24e4\u24dc",
    "Neue Mobilit\u00e4t",
    "Team neue mobilitaet",
    "NeueMobilit\u00e4t",
    "gruene infrastruktur",
    "VM",
    "Sport",
    "Stadt Essen",
    "Ruhrkonferenz",
    "\u041c\u0438\u043d\u0438\u0441\u0442\u0435\u0440\u0441\u0442\u0432\u043e",
    "Bakanl\u0131k",
    "Ministerstwo",
};

static const char *const innocent[] = {
    "Erika Beispiel",
    "Erika B.",
    "Kev aus Herne",
    "Dr. Ingrid Vorlage-M\u00fcller",
    "Ay\u015fe \u00d6rnek",
    "Zofia Wz\u00f3r",
    "Nguy\u1ec5n V\u0103n An",
    "Se\u00e1n O\u2019Brien",
    "Anna & Bert",
    "\u041e\u043b\u0435\u043d\u0430 \u0428\u0435\u0432\u0447\u0435\u043d\u043a\u043e",
    "\u0393\u03b9\u03ce\u03c1\u03b3\u03bf\u03c2 \u03a0\u03b1\u03c0\u03b1\u03b4\u03cc\u03c0\u03bf\u03c5\u03bb\u03bf\u03c2",
    "\u0645\u062d\u0645\u062f \u0639\u0644\u064a",
    "\u5c71\u7530 \u82b1\u5b50",
    "\uae40\ubbfc\uc218",
    "Karl im Wald",
    "Sportfreund Karl",
    "Sportverein Ruhr",
    "Ein Essener",
    "Stadtkind",
    "Mira Minsterberg",
    "Hans Minsterer",
    "Familie M\u00fcnster",
    "Wolf O. Rummel",
    "Rolf Orum",
    "Adolf O. Rumpf",
    "Theo Rumpel",
    "Fo Rumpel",
    "Peter Modersohn",
    "Ronald Stadler",
    "Max Landwehr",
    "Landmann",
    "Otto Regier",
    "Ministrant Tom",
    "Ministranten St. Josef",
    "Amt Landau",
    "Offizier a. D. Kurt",
    "Kurt Offitz",
    "Admira Begovi\u0107",
    "Rainer Redack",
    "Karl Kanzler",
    "Staatsb\u00fcrger Schmidt",
    "Energie Cottbus Fan",
    "Mobil in Essen",
    "Infrastrukturfan",
    "Elif Y\u0131ld\u0131z",
    "Bernd",
    "info@example.org",
    "\"Beispiel, Erika\"",
    "E. B.",
    "V. M.",
    "J. R. R. T. Beispiel",
    "a",
};

static void test_names(void)
{
    guint n_caught = 0, n_free = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(held); i++) {
        bool is = name_is_protected(held[i], protected_names);
        n_caught += is;
        if (!is)
            g_test_message("not held: %s", held[i]);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(innocent); i++) {
        bool is = name_is_protected(innocent[i], protected_names);
        n_free += !is;
        if (is)
            g_test_message("held: %s", innocent[i]);
    }
    g_test_message("held %u of %u, let through %u of %u innocent ones", n_caught, (guint)G_N_ELEMENTS(held), n_free,
                   (guint)G_N_ELEMENTS(innocent));
    g_assert_cmpuint(n_caught, ==, G_N_ELEMENTS(held));
    g_assert_cmpuint(n_free, ==, G_N_ELEMENTS(innocent));
    g_assert_true(name_turns("\u202emuiretsinim"));
    g_assert_true(name_turns("Erika \u2066B.\u2069"));
    g_assert_false(name_turns("\u0645\u062d\u0645\u062f"));
}

static void test_marks(void)
{
    static const struct {
        const char *text;
        bool imitates;
    } rows[] = {
        {"Offizielle Antwort: Der Radweg kommt.", true},
        {"Offizielle Antwort", true},
        {"OFFIZIELLE ANTWORT \u00b7 Ministerium f\u00fcr Verkehr", true},
        {"Offizielle Antwort \u2013 Radweg", true},
        {"Offizielle Antwort, 3. Februar 2026", true},
        {"Offizielle Antwort des Ministeriums: Ja.", true},
        {"Offizielle Antwort vom Land NRW", true},
        {"Guten Tag,\n\n*Offizielle Antwort*\nDer Radweg kommt.", true},
        {"> Offizielle Antwort:", true},
        {"[Offizielle Antwort] Der Radweg kommt", true},
        {"Off\u0456z\u0456elle Antwort: ja", true},
        {"Offizie\u200blle Antwort: ja", true},
        {"O f f i z i e l l e  A n t w o r t : ja", true},
        {"0ffizielle Antw0rt: ja", true},
        {"Hinweis der Moderation: Bitte l\u00f6schen.", true},
        {"Antwort der Staatskanzlei: Danke.", true},
        {"Official answer: yes", true},
        {"Official Statement from the ministry", true},
        {"Note of the moderators: stop", true},
        {"Resmi yan\u0131t: evet", true},
        {"Oficjalna odpowied\u017a: tak", true},
        {"Aamtliche Mitteilung: ja", true},
        {"4mtliche Antwort: ja", true},
        {"Arntliche Antwort: ja", true},
        {"A\u0308mtliche Antwort: ja", true},
        {"Ho\u0308here Brücken: ja", false},
        {"Am Teich: eine Bank.", false},
        {"Rundweg: eine Bank.", false},
        {"Offizielle Antworten kommen zu sp\u00e4t.", false},
        {"Offizielle Antwort fehlt seit Wochen", false},
        {"Eine offizielle Antwort: die h\u00e4tten wir gern.", false},
        {"Wann kommt die offizielle Antwort?", false},
        {"Ich warte auf eine Antwort des Ministeriums.", false},
        {"Antwort des Ministeriums war schon einmal besser", false},
        {"Hinweis: Der Weg ist schmal.", false},
        {"Moderation: Frau Beispiel f\u00fchrt durch den Abend", false},
        {"Official answers take too long", false},
        {"Mehr Radwege: Bitte bauen.", false},
        {"", false},
        {"\n\n\n", false},
        {":", false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_test_message("%s", rows[i].text);
        g_assert_cmpint(mark_is_imitated(rows[i].text), ==, rows[i].imitates);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/impostor/names", test_names);
    g_test_add_func("/impostor/marks", test_marks);
    return g_test_run();
}
