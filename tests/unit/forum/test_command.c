/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words that a mail may command: as people write them, in four languages; and what only looks like one.
 */
#include "forum/command_block.h"
#include "forum/command_language.h"
#include "forum/command_words.h"
#include "forum/order.h"
#include "forum/when.h"

#include "base/limits.h"

#include <string.h>

struct row {
    const char *text;
    enum command command;
};

static void check_rows(const struct row *rows, gsize n)
{
    int n_wrong = 0;

    for (gsize i = 0; i < n; i++) {
        enum command got = command_of(rows[i].text);
        n_wrong += got != rows[i].command;
        if (got != rows[i].command)
            g_test_message("\"%s\" is %s, not %s", rows[i].text, command_row(got)->name, command_row(rows[i].command)->name);
    }
    g_assert_cmpint(n_wrong, ==, 0);
}

static void test_words(void)
{
    /* clang-format off */
    static const struct row rows[] = {
        {"JA", COMMAND_YES}, {"ja.", COMMAND_YES}, {"Yes", COMMAND_YES}, {"EVET", COMMAND_YES}, {"tak!", COMMAND_YES},
        {"NEIN", COMMAND_NO}, {"no", COMMAND_NO}, {"HAYIR", COMMAND_NO}, {"Hayır", COMMAND_NO}, {"nie", COMMAND_NO},
        {"FREI", COMMAND_RELEASE}, {"freigeben", COMMAND_RELEASE}, {"Release", COMMAND_RELEASE}, {"ONAYLA", COMMAND_RELEASE},
        {"zatwierdź", COMMAND_RELEASE}, {"ablehnen", COMMAND_REJECT}, {"reject", COMMAND_REJECT}, {"odrzuć", COMMAND_REJECT},
        {"STOPP", COMMAND_STOP}, {"stop", COMMAND_STOP}, {"ABMELDEN", COMMAND_STOP}, {"abbestellen", COMMAND_STOP},
        {"unsubscribe", COMMAND_STOP}, {"Austragen", COMMAND_STOP}, {"DUR", COMMAND_STOP}, {"wypisz", COMMAND_STOP},
        {"Hilfe!", COMMAND_HELP}, {"help", COMMAND_HELP}, {"YARDIM", COMMAND_HELP}, {"yardım", COMMAND_HELP},
        {"pomoc", COMMAND_HELP}, {"ZEIGEN", COMMAND_SHOW}, {"show", COMMAND_SHOW}, {"göster", COMMAND_SHOW},
        {"pokaż", COMMAND_SHOW}, {"LÖSCHEN", COMMAND_DELETE}, {"Loeschen", COMMAND_DELETE}, {"loschen", COMMAND_DELETE},
        {"delete", COMMAND_DELETE}, {"SİL", COMMAND_DELETE}, {"usuń", COMMAND_DELETE}, {"ZURÜCK", COMMAND_UNDO},
        {"zurueck", COMMAND_UNDO}, {"undo", COMMAND_UNDO}, {"geri al", COMMAND_UNDO}, {"cofnij", COMMAND_UNDO},
        {"+1", COMMAND_SUPPORT}, {" +1 👍", COMMAND_SUPPORT}, {"dafür", COMMAND_SUPPORT}, {"Dafuer!", COMMAND_SUPPORT},
        {"unterstützen", COMMAND_SUPPORT}, {"Ich unterstütze das.", COMMAND_SUPPORT}, {"support", COMMAND_SUPPORT},
        {"I support this idea", COMMAND_SUPPORT}, {"nicht mehr", COMMAND_UNSUPPORT}, {"Nicht dafür.", COMMAND_UNSUPPORT},
        {"ich bin nicht mehr dafür", COMMAND_UNSUPPORT}, {"unsupport", COMMAND_UNSUPPORT}, {"folgen", COMMAND_FOLLOW},
        {"Abonnieren", COMMAND_FOLLOW}, {"follow", COMMAND_FOLLOW}, {"STUMM", COMMAND_MUTE}, {"mute", COMMAND_MUTE}, {"dafür 17", COMMAND_BLOCK}, {"+1 #17", COMMAND_BLOCK}, {"nicht mehr V3", COMMAND_BLOCK}, {"folgen 17", COMMAND_BLOCK}, {"dafür 17 gute Gründe", COMMAND_NONE}, {"nicht mehr 30 fahren", COMMAND_NONE}, {"Status V3 der Ampel", COMMAND_NONE}, {"dafür 17?", COMMAND_NONE}, {"verlauf 17 2", COMMAND_BLOCK}, {"verlauf 17 2 3", COMMAND_NONE}, {"Verlauf 3 der Trasse", COMMAND_NONE},
        {"+1, aber bitte mit Radweg.", COMMAND_NONE}, {"dafür?", COMMAND_NONE}, {"+10 Prozent", COMMAND_NONE},
        {"Dafür braucht es Geld.", COMMAND_NONE}, {"Folgen der Klimakrise", COMMAND_NONE}, {"Support für Vereine", COMMAND_NONE},
        {"ablehnen werbung", COMMAND_REJECT}, {"Ablehnen: Werbung", COMMAND_REJECT}, {"ablehnen wäre falsch", COMMAND_NONE},
        {"nach energie", COMMAND_TO}, {"to energie", COMMAND_TO}, {"Nach Bochum fährt einer.", COMMAND_NONE}, {"Fragen: Wo?", COMMAND_ASK},
        {"bleibt", COMMAND_STANDS}, {"Beschwerde: Nein.", COMMAND_COMPLAINT}, {"Beschwerden gibt es viele.", COMMAND_NONE},
        {"", COMMAND_NONE}, {"   \n\n", COMMAND_NONE}, {"danke", COMMAND_NONE}, {"👍", COMMAND_NONE},
    };
    /* clang-format on */

    check_rows(rows, G_N_ELEMENTS(rows));
}

static void test_sentences(void)
{
    /* clang-format off */
    static const struct row rows[] = {
        {"Ja, das bin ich.", COMMAND_YES}, {"Ja das bin ich", COMMAND_YES}, {"Das bin ich.", COMMAND_YES},
        {"Ja, bitte veröffentlichen!", COMMAND_YES}, {"ja bitte", COMMAND_YES}, {"Ja, gerne.", COMMAND_YES},
        {"Ja, der Text ist von mir.", COMMAND_YES}, {"Ja, das bin ich.\nBitte veröffentlichen Sie den Text.", COMMAND_YES},
        {"Bitte veröffentlichen Sie\nmeinen Text", COMMAND_YES}, {"Yes, it's me", COMMAND_YES},
        {"yes please publish it", COMMAND_YES}, {"Evet, onaylıyorum", COMMAND_YES}, {"Tak, potwierdzam.", COMMAND_YES},
        {"Nein danke", COMMAND_NO}, {"Das ist nicht von mir", COMMAND_NO}, {"Nein, das war ich nicht!", COMMAND_NO},
        {"Bitte nicht veröffentlichen", COMMAND_NO}, {"I didn't write this", COMMAND_NO}, {"To nie ja", COMMAND_NO},
        {"bitte keine Mails mehr", COMMAND_STOP}, {"Bitte schicken Sie mir keine E-Mails mehr.", COMMAND_STOP},
        {"Keine weiteren Nachrichten bitte", COMMAND_STOP}, {"Bitte abmelden", COMMAND_STOP},
        {"Ich möchte mich abmelden", COMMAND_STOP}, {"Bitte nehmen Sie mich aus dem Verteiler", COMMAND_STOP},
        {"Bitte tragen Sie mich aus.", COMMAND_STOP}, {"Newsletter abbestellen", COMMAND_STOP},
        {"Ich möchte keine Mails mehr bekommen.", COMMAND_STOP}, {"Please unsubscribe me", COMMAND_STOP},
        {"Remove me from your list!", COMMAND_STOP}, {"please stop sending me emails", COMMAND_STOP},
        {"I don't want to receive any more emails", COMMAND_STOP}, {"Artık e-posta istemiyorum", COMMAND_STOP},
        {"Listeden çıkar", COMMAND_STOP}, {"Proszę o wypisanie", COMMAND_STOP}, {"Nie chcę więcej maili", COMMAND_STOP},
        {"Bitte löschen Sie meinen Beitrag", COMMAND_DELETE}, {"Delete my post, please", COMMAND_DELETE},
        {"Zeigen Sie mir den ganzen Text", COMMAND_SHOW}, {"Rückgängig machen", COMMAND_UNDO},
    };
    /* clang-format on */

    check_rows(rows, G_N_ELEMENTS(rows));
}

/* What begins with a word, or holds one, and goes on. */
static void test_text(void)
{
    /* clang-format off */
    static const char *const rows[] = {
        "Ja, aber nur ohne den zweiten Absatz.", "Ja, wir brauchen mehr Radwege!", "Jawohl, endlich!", "JA?", "Ja oder Nein",
        "Ja\nAber bitte ohne meinen Namen im Text.", "JA\n\nIch habe noch einen zweiten Vorschlag: mehr Bänke.",
        "Nein zu Tempo 30!", "Stopp dem Autoverkehr!", "Stop the cars", "STOPP!\nSo geht es nicht weiter mit dem Verkehr.",
        "Stoppschilder fehlen", "Hilfe für Obdachlose", "Hilfe! In der Kita regnet es durch das Dach.",
        "Frei von Autos", "Löschen der Brände", "Zurück zur Natur", "Zeigen wir Haltung!", "No more cars in the city",
        "Keine Post mehr in unserem Dorf", "Die Post schließt, keine Mails mehr an das Amt", "Abmelden beim Amt muss leichter werden.",
        "Ja, aber", "JA\nAber Nicht So", "Ja ich bin dafür", "ja nein", "JA\n\nPS: Bitte den Titel ändern.",
        "STOPP\n\nDIE BUSSE KOMMEN ZU SPÄT.", "STOP.\n\nPlease\u00a0think\u00a0about\u00a0noise.", "HILFE.\n\nDIE BUSSE KOMMEN NIE PÜNKTLICH.", "JA\n\nDAS MUSS VIEL SCHNELLER GEHEN",
        "Mail", "mesaj", "Bildirim", "Stimme", "nichts mehr", "Danke", "Erika Beispiel",
    };
    /* clang-format on */

    int n_wrong = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        enum command got = command_of(rows[i]);
        n_wrong += got != COMMAND_NONE;
        if (got != COMMAND_NONE)
            g_test_message("\"%s\" is %s", rows[i], command_row(got)->name);
    }
    g_assert_cmpint(n_wrong, ==, 0);
}

static void test_disguises(void)
{
    /* clang-format off */
    static const struct row rows[] = {
        {"„JA“", COMMAND_YES}, {"»ja«", COMMAND_YES}, {"“Yes”", COMMAND_YES}, {"'JA'", COMMAND_YES}, {"‚JA‘", COMMAND_YES},
        {"*JA*", COMMAND_YES}, {"(ja)", COMMAND_YES}, {"ＪＡ", COMMAND_YES}, {"J\u200bA\ufeff", COMMAND_YES},
        {"\u200eJA\u200f", COMMAND_YES}, {"JA 👍🏽", COMMAND_YES}, {"✅ Ja", COMMAND_YES}, {"JA!!!1", COMMAND_NONE},
        {"J\u00adA", COMMAND_YES}, {"ja :-)", COMMAND_YES}, {"- JA", COMMAND_YES}, {"\u00a0JA\u00a0", COMMAND_YES},
        {"LO\u0308SCHEN", COMMAND_DELETE}, {"„STOPP“ – bitte", COMMAND_STOP}, {"ＳＴＯＰ", COMMAND_STOP},
        {"EVET ✔\ufe0f", COMMAND_YES}, {"ABMELDEN\u2026", COMMAND_STOP}, {"\r\nJA\r\n", COMMAND_YES},
        {"„+1“", COMMAND_SUPPORT}, {"*+1*", COMMAND_SUPPORT}, {"\u00a0+1\u00a0\u200b", COMMAND_SUPPORT},
    };
    /* clang-format on */

    check_rows(rows, G_N_ELEMENTS(rows));
}

/* A command stands alone, but a letter is a letter. */
static void test_tails(void)
{
    /* clang-format off */
    static const struct row rows[] = {
        {"JA\n\nMit freundlichen Grüßen\nErika Beispiel", COMMAND_YES}, {"JA\n\nErika Beispiel", COMMAND_YES},
        {"Sehr geehrte Damen und Herren,\n\nja, das bin ich.\n\nMfG\nerika b.", COMMAND_YES},
        {"Guten Tag,\nJA\nViele Grüße\nDr. E. von der Heide\nMusterstr. 3a\n44135 Dortmund\nTel.: 0231 123456", COMMAND_YES},
        {"JA\nNAME: Erika B.", COMMAND_YES}, {"JA\n\nNAME: \n", COMMAND_YES}, {"JA\n> Ist dieser Text von Ihnen?\n> aber nein", COMMAND_YES},
        {"JA\n-- \nwas auch immer hier steht, es ist eine Unterschrift.", COMMAND_YES}, {"Ja\n\nVielen Dank für Ihre Mühe!\nE. B.", COMMAND_YES},
        {"STOPP\n\nDanke\nKarl", COMMAND_STOP}, {"Hallo,\n\nbitte keine Mails mehr.\n\nLG\nKarl", COMMAND_STOP},
        {"Ja\n\u00a0\u200b\n\u00a0Gruß\u00a0Erika\u00a0\u200b", COMMAND_YES}, {"Ja\n\n*Gruß Erika*", COMMAND_YES},
        {"*JA*\n*NAME: Erika B.*", COMMAND_YES}, {"JA\n„NAME: Erika B.“", COMMAND_YES}, {"JA\nName : Erika B.", COMMAND_YES},
        {"EVET\nAD: Ayşe", COMMAND_YES}, {"Tak\nNazwa: Jan", COMMAND_YES}, {"JA\nBedingung: ohne Namen", COMMAND_NONE},
        {"FREI\n\nIch finde den Text aber schwierig.", COMMAND_NONE}, {"ZEIGEN\nErika", COMMAND_SHOW},
        {"Hello,\n\nyes\n\nKind regards\nJohn Doe\nPhone: +44 20 7946 0000\njohn@example.org", COMMAND_YES},
    };
    /* clang-format on */

    check_rows(rows, G_N_ELEMENTS(rows));
}

static void test_rejection(void)
{
    static const struct {
        const char *text, *reason;
        /* clang-format off */
    } rows[] = {
        {"ABLEHNEN: beleidigend", "beleidigend"}, {"ablehnen\nBitte ohne Namen.\nDanke", "Bitte ohne Namen.\nDanke"},
        {"Ablehnen - doppelt", "doppelt"}, {"„Ablehnen“: doppelt", "doppelt"}, {"reject: rude\nreally", "rude\nreally"},
        {"ablehnen: Doppelt.\n\nGruß\nMara Muster\nZimmer 4\n0211 5550125", "Doppelt."}, {"ablehnen\nDoppelt.\nMara, Tel. 0211 5550125", "Doppelt."},
        {"ablehnen: Rufen Sie mich an, 0211 5550125", "Rufen Sie mich an, [Telefonnummer entfernt]"},
        {"ablehnen: Siehe unten.\n\nMfG\nDas war ernst gemeint.", "Siehe unten.\n\nMfG\nDas war ernst gemeint."},
        {"ABLEHNEN", NULL}, {"ABLEHNEN:", NULL}, {"ABLEHNEN:  \n \n", NULL}, {"ablehnen\n\nViele Grüße\nMira", NULL}, {"ABLEHNEN:\nMfG", NULL},
    };
    /* clang-format on */

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct command_line c;
        command_parse(rows[i].text, &c);
        g_assert_cmpint(c.command, ==, COMMAND_REJECT);
        g_assert_cmpstr(c.argument, ==, rows[i].reason);
        command_clear(&c);
    }
    g_assert_cmpint(command_of("Ablehnen wäre falsch"), ==, COMMAND_NONE);
}

static void test_public_name(void)
{
    static const struct {
        const char *text, *name;
    } rows[] = {
        {"JA\nNAME: Erika B.", "Erika B."},
        {"JA\nname:ohne", ""},
        {"JA\nNAME: a@b.example", "a@b.example"},
        {"JA", NULL},
        {"JA\nNAME:", ""},
        {"*JA*\n*NAME:* Erika B.", "Erika B."},
        {"JA\n„NAME: Erika B.“", "Erika B."},
        {"JA\n\u00a0Name : Erika\u00a0B.\u200b", "Erika B."},
        {"EVET\nAD: Ayşe", "Ayşe"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *name = command_public_name(rows[i].text);
        g_assert_cmpstr(name, ==, rows[i].name);
    }
}

/* LIMIT_COMMAND_BYTES: who writes so much gives no order; what is quoted below one is not written. */
static void test_long(void)
{
    for (int is_quote = 0; is_quote < 2; is_quote++)
        for (int more = 0; more < 2; more++) {
            g_autoptr(GString) text = g_string_new("JA\n");
            while (text->len < LIMIT_COMMAND_BYTES + 4 * (gsize)more)
                g_string_append(text, is_quote ? "> x\n" : "\n");
            g_string_truncate(text, LIMIT_COMMAND_BYTES + 4 * (gsize)more);
            g_assert_cmpint(command_of(text->str), ==, COMMAND_YES);
            if (is_quote == 0 && more)
                g_string_append(text, "x");
            g_assert_cmpint(command_of(text->str), ==, is_quote == 0 && more ? COMMAND_NONE : COMMAND_YES);
        }
    g_autofree char *many = g_strnfill(LIMIT_COMMAND_BYTES, 'x');
    g_autofree char *rejection = g_strconcat("ABLEHNEN: zu lang\n", many, NULL);
    g_assert_cmpint(command_of(rejection), ==, COMMAND_NONE);
    rejection[LIMIT_COMMAND_BYTES] = '\0';
    g_assert_cmpint(command_of(rejection), ==, COMMAND_REJECT);
}

/* Words that would be left out make the mail no list of commands wherever it could be a text. */
static void test_block_loses_nothing(void)
{
    static const struct {
        const char *text;
        bool is_whole;
        /* clang-format off */
    } rows[] = {
        {"status\nende", true},
        {"status\nende\n\n", true},
        {"status\n\nliste", true},
        {"Liste\n#Klimaschutz jetzt!", false},
        {"#Klimaschutz jetzt!\nListe", false},
        {"status\nende\nMehr Bäume an die Straße, bitte!", false},
    };
    /* clang-format on */

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct command_line c;
        g_test_message("%s", rows[i].text);
        command_parse(rows[i].text, &c);
        g_assert_cmpint(c.command, ==, COMMAND_BLOCK);
        g_assert_cmpint(block_is_whole(c.lines), ==, rows[i].is_whole);
        command_clear(&c);
    }
}

/* A name is what stands behind the colon, however long: whoever wrote it hears that it is too long. Other words have no such end. */
static void test_long_name(void)
{
    static const struct {
        const char *word;
        enum command command;
        /* clang-format off */
    } rows[] = {
        {"NAME: ", COMMAND_NAME}, {"*Name*: ", COMMAND_NAME}, {"ORGANISATION: ", COMMAND_ORGANISATION}, {"ADRESSE: ", COMMAND_ADDRESS},
        {"SUCHE: ", COMMAND_NONE}, {"Name ", COMMAND_NONE}, {"Mein Name: ", COMMAND_NONE},
    };
    /* clang-format on */
    g_autofree char *many = g_strnfill(10000, 'x');

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = g_strconcat(rows[i].word, many, NULL);
        struct command_line c;
        g_test_message("%s", rows[i].word);
        command_parse(text, &c);
        const struct block_line *first = c.lines != NULL && c.lines->len == 1 ? c.lines->pdata[0] : NULL;
        g_assert_cmpint(first != NULL ? first->command : COMMAND_NONE, ==, rows[i].command);
        g_assert_true(first == NULL || strcmp(first->written, text) == 0);
        command_clear(&c);
    }
}

/* LIMIT_COMMAND_LINES: so many lines are no list of commands any more. */
static void test_block(void)
{
    for (guint n = LIMIT_COMMAND_LINES - 1; n <= LIMIT_COMMAND_LINES; n++) {
        g_autoptr(GString) text = g_string_new(NULL);
        struct command_line c;
        for (guint i = 0; i < n; i++)
            g_string_append(text, "status\n");
        command_parse(text->str, &c);
        g_assert_cmpint(c.command, ==, COMMAND_BLOCK);
        g_assert_cmpint(block_is_whole(c.lines), ==, n < LIMIT_COMMAND_LINES);
        command_clear(&c);
    }
    struct command_line c;
    command_parse("Hallo,\n\nsofort\nstunde 18 Uhr\n# nichts\nbanane\nende\nund so weiter", &c);
    g_assert_cmpint(c.lines->len, ==, 3);
    g_assert_cmpint(((const struct block_line *)c.lines->pdata[0])->command, ==, COMMAND_EACH);
    g_assert_cmpint(((const struct block_line *)c.lines->pdata[1])->number, ==, 18);
    g_assert_cmpint(((const struct block_line *)c.lines->pdata[2])->command, ==, COMMAND_NONE);
    g_assert_false(block_is_whole(c.lines));
    command_clear(&c);
}

/* Lines of who leads a forum: what, about which idea, with what. */
static void test_orders(void)
{
    static const struct {
        const char *line;
        enum command command;
        gint64 about, post, number;
        bool is_proposal;
        const char *name, *argument;
    } rows[] = {
        {"stand in Beratung", COMMAND_STATE, 0, 0, 0, false, "in beratung", NULL},
        {"stand 17 in Beratung", COMMAND_STATE, 17, 0, 0, false, "in beratung", NULL},
        {"Bitte stand #17 in Beratung", COMMAND_NONE, 0, 0, 0, false, NULL, NULL},
        {"17 beraten", COMMAND_STATE, 17, 0, 0, false, "beraten", NULL},
        {"#17 beraten", COMMAND_STATE, 17, 0, 0, false, "beraten", NULL},
        {"idee-17 nicht weiterverfolgt: Zu teuer.", COMMAND_STATE, 17, 0, 0, false, "nicht weiterverfolgt", "Zu teuer."},
        {"Idee 17 frist 3.5.", COMMAND_DEADLINE, 17, 0, 3, false, "3 5", NULL},
        {"frist 17 3.5.", COMMAND_DEADLINE, 17, 0, 3, false, "3 5", NULL},
        {"frist 3.5.", COMMAND_DEADLINE, 0, 0, 3, false, "3 5", NULL},
        {"Frist ist zu kurz", COMMAND_NONE, 0, 0, 0, false, NULL, NULL},
        {"zuordnen 17", COMMAND_ASSIGN, 17, 0, 0, false, NULL, NULL},
        {"zuordnen energie", COMMAND_ASSIGN, 0, 0, 0, false, "energie", NULL},
        {"zuordnen sollte man das", COMMAND_NONE, 0, 0, 0, false, NULL, NULL},
        {"entfernen 17/4 werbung", COMMAND_REMOVE, 17, 4, 0, false, "werbung", NULL},
        {"entfernen wäre falsch", COMMAND_NONE, 0, 0, 0, false, NULL, NULL},
        {"wiederherstellen 17: Ein Versehen.", COMMAND_RESTORE, 17, 0, 0, false, NULL, "Ein Versehen."},
        {"wiederherstellen", COMMAND_NONE, 0, 0, 0, false, NULL, NULL},
        {"trennen 9", COMMAND_UNMERGE, 9, 0, 0, false, NULL, NULL},
        {"zusammenführen mit 9", COMMAND_MERGE, 0, 0, 9, false, "9", NULL},
        {"zusammenführen 9 mit 1", COMMAND_MERGE, 9, 0, 1, false, "1", NULL},
        {"idee 9 zusammenführen mit idee-1", COMMAND_MERGE, 9, 0, 1, false, "idee1", NULL},
        {"merge 9 into 1", COMMAND_MERGE, 9, 0, 1, false, "1", NULL},
        {"17 verschieben nach energie", COMMAND_MOVE, 17, 0, 0, false, "energie", NULL},
        {"verschieben 17 nach energie", COMMAND_MOVE, 17, 0, 0, false, "energie", NULL},
        {"verschieben nach oben geht nicht", COMMAND_NONE, 0, 0, 0, false, NULL, NULL},
        {"weiterleiten 17 an: Stadt Essen", COMMAND_FORWARD, 17, 0, 0, false, NULL, "Stadt Essen"},
        {"weiterleiten an die Stadt", COMMAND_NONE, 0, 0, 0, false, NULL, NULL},
        {"vorschlag 3, 7: Ein Tarif", COMMAND_PROPOSE, 0, 0, 3, false, "3 7", "Ein Tarif"},
        {"vorschlag V3 plus 9", COMMAND_PLUS, 3, 0, 9, true, "9", NULL},
        {"vorschlag-3 stand beschlossen", COMMAND_STATE, 3, 0, 0, true, "beschlossen", NULL},
        {"stand v3 beschlossen", COMMAND_STATE, 3, 0, 0, true, "beschlossen", NULL},
        {"phase zuhoeren bis 10.4.2027", COMMAND_PHASE, 0, 0, 10, false, "zuhoeren bis 10 4 2027", NULL},
        {"stand in Beratung?", COMMAND_NONE, 0, 0, 0, false, NULL, NULL},
        {"17 Haltestellen fehlen", COMMAND_NONE, 0, 0, 0, false, NULL, NULL},
        {"stand 17", COMMAND_NONE, 0, 0, 0, false, NULL, NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct block_line *l = g_new0(struct block_line, 1);
        l->written = g_strdup(rows[i].line);
        l->has_colon = strchr(rows[i].line, ':') != NULL;
        g_test_message("%s", rows[i].line);
        g_assert_cmpint(order_read(rows[i].line, l), ==, rows[i].command != COMMAND_NONE);
        g_assert_cmpint(l->command, ==, rows[i].command);
        g_assert_cmpint(l->about, ==, rows[i].about);
        g_assert_cmpint(l->post_number, ==, rows[i].post);
        g_assert_cmpint(l->number, ==, rows[i].number);
        g_assert_cmpint(l->is_proposal, ==, rows[i].is_proposal);
        g_assert_cmpstr(l->name, ==, rows[i].name);
        g_assert_cmpstr(l->argument, ==, rows[i].argument);
        block_line_free(l);
    }
}

/* Kept for a yes that comes later, they are the same. */
static void test_orders_kept(void)
{
    struct command_line c;

    command_parse(
        "idee-17 stand in Beratung\nstatus 3\nstand nicht weiterverfolgt: Der Bund,\n\tsagt \"nein\".\n\nMfG\nLena Maier", &c);
    g_assert_cmpint(c.command, ==, COMMAND_BLOCK);
    g_assert_true(block_is_whole(c.lines));
    g_autofree char *packed = order_pack(c.lines);
    g_autoptr(GPtrArray) kept = order_unpack(packed);
    g_assert_nonnull(kept);
    g_assert_cmpuint(kept->len, ==, 3);
    g_autofree char *again = order_pack(kept);
    g_assert_cmpstr(again, ==, packed);
    g_assert_cmpstr(((struct block_line *)kept->pdata[2])->argument, ==, "Der Bund,\nsagt \"nein\".");
    command_clear(&c);
    command_parse("HINWEIS: Bitte beim Thema bleiben.\nDas gilt für alle.\n2 ENTFERNEN: beleidigung: So nicht.", &c);
    g_assert_cmpint(c.command, ==, COMMAND_BLOCK); /* the last line is no part of the note, and nothing is done */
    g_assert_false(block_is_whole(c.lines));
    g_assert_cmpuint(c.lines->len, ==, 3);
    command_clear(&c);
    command_parse("wiederherstellen: Ein Versehen.", &c);
    g_assert_cmpint(c.command, ==, COMMAND_BLOCK);
    command_clear(&c);
    g_assert_cmpint(command_of("wiederherstellen"), ==, COMMAND_UNDO);
    g_assert_null(order_unpack(""));
    g_assert_null(order_unpack("state\t1\n"));
    g_assert_null(order_unpack("nonsense\t1\t0\t0\t0\t0\t0\t\t\t\t\n"));
}

/* "pause bis 10.4.": the forum, the day, both or none; a day that is none makes no command. */
static void test_pause(void)
{
    static const struct {
        const char *text;
        int day;
        const char *forum;
        enum command command;
        /* clang-format off */
    } rows[] = {
        {"pause", 0, NULL, COMMAND_PAUSE},
        {"Pause bis 10.4.2026", 20260410, NULL, COMMAND_PAUSE},
        {"pause mobilitaet bis zum 10. April", 410, "mobilitaet", COMMAND_PAUSE},
        {"pause until 2026-04-10", 20260410, NULL, COMMAND_PAUSE},
        {"pause mobilitaet", 0, "mobilitaet", COMMAND_PAUSE},
        {"pauza do 1.5.26", 20260501, NULL, COMMAND_PAUSE},
        {"pause bis 31.2.", 231, NULL, COMMAND_PAUSE}, /* whether there is such a day is asked when it is done */
        {"pause bis bald", 0, NULL, COMMAND_NONE},
        {"pause bis 40.4.", 0, NULL, COMMAND_NONE},
        {"täglich bis 10.4.", 0, "bis 10 4", COMMAND_DAILY}, /* a forum that there is not */
    };
    /* clang-format on */

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct command_line c;
        g_autofree char *text = g_strconcat("status\n", rows[i].text, NULL);
        command_parse(text, &c);
        g_test_message("%s", rows[i].text);
        const struct block_line *l = c.lines->pdata[1];
        g_assert_cmpint(l->command, ==, rows[i].command);
        if (l->command != COMMAND_NONE) {
            g_assert_cmpint(l->day, ==, rows[i].day);
            g_assert_cmpstr(l->name, ==, rows[i].forum);
        }
        command_clear(&c);
    }
}

static void test_day_ends(void)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
    gint64 now = 1774699200; /* 28 March 2026, 13:00 there: the night after, clocks go forward */

    g_assert_cmpint(when_day_ends(20260328, now, zone), ==, 1774738800);
    g_assert_cmpint(when_day_ends(20260329, now, zone), ==, 1774738800 + 23 * 3600);
    g_assert_cmpint(when_day_ends(328, now, zone), ==, 1774738800);
    g_assert_cmpint(when_day_ends(327, now, zone), ==, 1774652400 + 365 * 86400 - 3600 + 3600); /* over: next year's */
    g_assert_cmpint(when_day_ends(20260327, now, zone), ==, 0);
    g_assert_cmpint(when_day_ends(231, now, zone), ==, 0);
    g_assert_true(when_day_is_over(20260327, now, zone));
    g_assert_false(when_day_is_over(20260328, now, zone)); /* today counts, to its last second */
    g_assert_false(when_day_is_over(20260328, 1774738799, zone));
    g_assert_true(when_day_is_over(20260328, 1774738800, zone));
    g_assert_false(when_day_is_over(20260231, now, zone)); /* there is no such day */
    g_assert_false(when_day_is_over(327, now, zone));      /* next year's */
}

/* ---- each row in each language, in everything that people put around a word ---- */
static const struct {
    enum command command;
    const char *pattern;
} all_words[] = {
#define COMMAND(id, text, ...)
#define WORDS(id, text) {COMMAND_##id, text},
#include "forum/command.def"
#undef COMMAND
#undef WORDS
};

/* One sentence of a pattern: of each word the first alternative or the last, what may be missing said or not. */
static char *sentence_of(enum command command, const char *pattern, bool is_last, bool is_whole)
{
    const char *name = command == COMMAND_REJECT || command == COMMAND_REMOVE ? "werbung" : "mobilitaet";

    g_auto(GStrv) words = g_strsplit(pattern, " ", 0);
    GString *out = g_string_new(NULL);

    for (guint i = 0; words[i] != NULL; i++) {
        bool may_miss = g_str_has_suffix(words[i], "?");
        g_autofree char *word = g_strndup(words[i], strlen(words[i]) - may_miss);
        g_auto(GStrv) choices = g_strsplit(word, "|", 0);
        const char *chosen = choices[is_last ? g_strv_length(choices) - 1 : 0];
        if (*word == '\0' || (may_miss && !is_whole))
            continue;
        if (out->len > 0)
            g_string_append_c(out, ' ');
        g_string_append(out, *chosen == '%' || strcmp(chosen, "#") == 0 ? "17"
                             : strcmp(chosen, "#/") == 0                ? "17/2"
                             : strcmp(chosen, "##") == 0                ? "3, 7"
                             : strcmp(chosen, "*") == 0                 ? name
                                                                        : chosen);
    }
    return g_string_free(out, FALSE);
}

static char *full_width(const char *text)
{
    GString *out = g_string_new(NULL);

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        g_string_append_unichar(out, c > ' ' && c < 0x7f ? c + 0xfee0 : c);
    }
    return g_string_free(out, FALSE);
}

/* A zero-width space and a soft hyphen behind the first letter, a mark of direction in front. */
static char *with_unseen(const char *text)
{
    const char *next = g_utf8_next_char(text);

    return g_strdup_printf("\u200e%.*s\u200b\u00ad%s\ufeff", (int)(next - text), text, next);
}

static void expect_framed(enum command command, const char *sentence, guint *n_wrong)
{
    static const struct {
        const char *before, *behind;
    } frames[] = {
        {"", ""},
        {"", "."},
        {"", "!!"},
        {"„", "“"},
        {"„", ".“"},
        {"»", "«"},
        {"«", "»"},
        {"\"", "\""},
        {"'", "'"},
        {"*", "*"},
        {"", " 👍"},
        {"", "! 😊🙏🏽"},
        {"👍 ", ""},
        {"\n\n  ", "  \n\n"},
        {"Guten Tag,\n\n", ""},
        {"Sehr geehrte Damen und Herren,\n\n", "\n"},
        {"Hello,\n", ""},
        {"Merhaba,\n\n", ""},
        {"Dzień dobry,\n\n", ""},
        {"", "\n\nErika Beispiel"},
        {"", "\n\nMit freundlichen Grüßen\nErika Beispiel"},
        {"", "\n\nViele Grüße, Erika"},
        {"", "\n\nKind regards\nErika Beispiel\nTel. 0201 5556677"},
        {"Guten Tag,\n\n", "\n\nMfG\nE. Beispiel"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(frames); i++) {
        g_autofree char *text = g_strconcat(frames[i].before, sentence, frames[i].behind, NULL);
        enum command got = command_of(text);
        if (got != command) {
            g_test_message("%s became %s: %s", command_row(command)->name, command_row(got)->name, text);
            ++*n_wrong;
        }
    }
}

/* Whoever reads German or English can say all there is to say; what `command list` shows is made of the row's own words. */
static void test_languages(void)
{
    static const struct {
        const char *pattern, *language, *words;
    } rows[] = {
        {"hilfe|hilf|help|yardım|pomoc", "de", "hilfe|hilf"},
        {"hilfe|hilf|help|yardım|pomoc", "en", "help"},
        {"hilfe|hilf|help|yardım|pomoc", "tr", "yardım"},
        {"hilfe|hilf|help|yardım|pomoc", "pl", "pomoc"},
        {"zusammenführen|zusammenfuehren mit? idee? #", "en", NULL},
        {"merge into|with? idea? #", "en", "merge into|with? idea? #"},
        {"merge into|with? idea? #", "de", NULL},
        {"verlauf|thread|history|geçmiş|przebieg %%", "de", "verlauf|thread %%"},
        {"stand|state *", "en", "state *"},
        {"stand|state *", "pl", NULL},
    };
    bool has[N_COMMANDS][2] = {{false}};
    enum command c;

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *words = command_words_in(rows[i].pattern, rows[i].language);
        g_test_message("%s in %s", rows[i].pattern, rows[i].language);
        g_assert_cmpstr(words, ==, rows[i].words);
    }
    const char *pattern;
    for (guint n = 0; (pattern = command_words_row(n, &c)) != NULL; n++) {
        bool any = false;
        for (guint i = 0; command_languages[i] != NULL; i++) {
            g_autofree char *words = command_words_in(pattern, command_languages[i]);
            any |= words != NULL;
            if (i < 2)
                has[c][i] |= words != NULL;
        }
        g_test_message("%s: %s", command_row(c)->name, pattern);
        g_assert_true(any);
    }
    for (int i = COMMAND_NONE + 1; i < N_COMMANDS; i++) {
        g_test_message("%s", command_row((enum command)i)->name);
        g_assert_true(i == COMMAND_PROBE || has[i][0] == has[i][1]); /* "probe" is TEST's word, too */
    }
}

/* One of everybody's words is a mail of one line. */
static enum command as_mail(enum command c)
{
    if (c == COMMAND_END || c == COMMAND_PROBE)
        return COMMAND_NONE; /* say nothing alone */
    return command_row(c)->is_line ? COMMAND_BLOCK : c;
}

static void test_every_row_in_frames(void)
{
    guint n_wrong = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(all_words); i++)
        for (guint how = 0; how < 4; how++) {
            g_autofree char *sentence = sentence_of(all_words[i].command, all_words[i].pattern, how & 1, how & 2);
            g_autofree char *capitals = g_utf8_strup(sentence, -1), *wide = full_width(sentence), *unseen = with_unseen(sentence);
            const char *forms[] = {sentence, capitals, wide, unseen};
            for (gsize f = 0; f < G_N_ELEMENTS(forms); f++)
                expect_framed(as_mail(all_words[i].command), forms[f], &n_wrong);
        }
    g_test_message("%u rows", (guint)G_N_ELEMENTS(all_words));
    g_assert_cmpuint(n_wrong, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/command/words", test_words);
    g_test_add_func("/command/sentences", test_sentences);
    g_test_add_func("/command/text", test_text);
    g_test_add_func("/command/disguises", test_disguises);
    g_test_add_func("/command/tails", test_tails);
    g_test_add_func("/command/long", test_long);
    g_test_add_func("/command/block", test_block);
    g_test_add_func("/command/languages", test_languages);
    g_test_add_func("/command/orders", test_orders);
    g_test_add_func("/command/orders-kept", test_orders_kept);
    g_test_add_func("/command/pause", test_pause);
    g_test_add_func("/command/day-ends", test_day_ends);
    g_test_add_func("/command/block-loses-nothing", test_block_loses_nothing);
    g_test_add_func("/command/long-name", test_long_name);
    g_test_add_func("/command/rejection", test_rejection);
    g_test_add_func("/command/public-name", test_public_name);
    g_test_add_func("/command/every-row-in-frames", test_every_row_in_frames);
    return g_test_run();
}
