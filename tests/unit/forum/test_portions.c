/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers to a digest: which words go to which entry, whatever program they were typed in; and what is asked about.
 */
#include "base/limits.h"
#include "forum/memory.h"
#include "forum/portions.h"

#include <string.h>

#define ONE   "Zwischen Essen und Bochum fehlt ein Radweg, der auch für Kinder sicher ist."
#define TWO   "Nach acht Uhr fährt kein Bus mehr in die Dörfer, und wer kein Auto hat, bleibt daheim."
#define TWO_B "Bei uns war das früher anders, da fuhr der letzte Bus um Mitternacht am Markt ab."
#define THREE "Im alten Bahnhof könnte ein Treffpunkt für alle entstehen, mit Werkstatt und Küche."
#define FOUR  "Ein Stellwerk als Museum wäre etwas, das es weit und breit noch nicht gibt."

static const struct portions_entry entries[] = {
    {1, 40, 101, "Radweg nach Bochum", ONE},    {2, 41, 102, "Mehr Busse am Abend", TWO},
    {2, 41, 107, "Mehr Busse am Abend", TWO_B}, {3, 42, 103, "Treffpunkt im Bahnhof", THREE},
    {4, 2, 104, "Altes Stellwerk", FOUR},
};

#define HEAD                                                                                                              \
    "Das ist neu in Ihren Foren\n\nGuten Tag,\n\nseit der letzten Übersicht sind 5 Beiträge zu 4 Ideen erschienen.\n\n" \
    "1. Radweg nach Bochum\n2. Mehr Busse am Abend\n3. Treffpunkt im Bahnhof\n4. Altes Stellwerk\n\n"                     \
    "So antworten Sie: Schreiben Sie Ihre Antwort unter den Text oder eine Nummer davor.\n\n"
#define ADDRESS(idea, post) "Antworten:\nidee-" #idea "+7-" #post "-mac0mac0mac0mac0@beteiligung.example.org\n\n"
#define S_ONE \
    "1. Radweg nach Bochum\n\nIdee 40 im Forum „Mobilität“\n\nOhne Namen, 3. März, 9 Uhr\n\n" ONE "\n\n" ADDRESS(40, 101)
#define S_TWO                                                                                       \
    "2. Mehr Busse am Abend\n\nIdee 41 im Forum „Mobilität“\n\nOhne Namen, 3. März, 10 Uhr\n\n" TWO \
    "\n\n" ADDRESS(41, 102) "Bernd B., 3. März, 11 Uhr\n\n" TWO_B "\n\n" ADDRESS(41, 107)
#define S_THREE \
    "3. Treffpunkt im Bahnhof\n\nIdee 42 im Forum „Mobilität“\n\nOhne Namen, 3. März, 12 Uhr\n\n" THREE "\n\n" ADDRESS(42, 103)
#define S_FOUR "4. Altes Stellwerk\n\nIdee 2 im Forum „Kultur“\n\nOhne Namen, 4. März, 9 Uhr\n\n" FOUR "\n\n" ADDRESS(2, 104)
#define END    "Das war alles.\n"
#define FOOT \
    "\n-- \nKeine Übersicht mehr? Antworten Sie mit dem Wort STOPP.\n\nRuhr-Konferenz\nHilfe: hilfe@beteiligung.example.org\n"
#define DIGEST HEAD S_ONE S_TWO S_THREE S_FOUR END FOOT

/* How programs put the digest below or around an answer. {D}: all of it with marks, {U}: without; {T}: with marks and without its
 * foot; {1} ... {4}, {E}, {H}: a section, the end, the head with marks, {u1} ... {uE}, {uH} without. */
static const struct section {
    const char *name, *text;
} sections[] = {
    {"D", DIGEST},   {"T", HEAD S_ONE S_TWO S_THREE S_FOUR END},
    {"H", HEAD},     {"1", S_ONE},
    {"2", S_TWO},    {"3", S_THREE},
    {"4", S_FOUR},   {"E", END},
    {"F", END FOOT},
};

#define GMAIL       "\n\nAm Di., 3. März 2026 um 07:00 Uhr schrieb Ruhr-Konferenz <\nhilfe@beteiligung.example.org>:\n\n"
#define THUNDERBIRD "Am 03.03.26 um 07:00 schrieb Ruhr-Konferenz:\n"
#define APPLE       "\n\nAm 03.03.2026 um 07:00 schrieb Ruhr-Konferenz <hilfe@beteiligung.example.org>:\n\n"
#define GMAIL_EN    "\n\nOn Tue, Mar 3, 2026 at 7:00 AM Ruhr-Konferenz <\nhilfe@beteiligung.example.org> wrote:\n\n"
#define OUTLOOK                                                                                          \
    "\n\nVon: Ruhr-Konferenz <hilfe@beteiligung.example.org>\nGesendet: Dienstag, 3. März 2026 07:00\n" \
    "An: Erika Beispiel <erika@example.org>\nBetreff: Ruhr: 5 neue Beiträge\n\n"
#define OUTLOOK_EN                                                                                     \
    "\n\nFrom: Ruhr-Konferenz <hilfe@beteiligung.example.org>\nSent: Tuesday, March 3, 2026 7:00 AM\n" \
    "To: Erika Beispiel <erika@example.org>\nSubject: Ruhr: 5 neue Beiträge\n\n"

/* Expected: "number/post=text", one a line break; "?" is asked about. */
static const struct row {
    const char *name, *body, *parts;
} rows[] = {
    /* Numbers */
    {"zu 3", "zu 3: Gern mit Dach.\n", "3/103=Gern mit Dach."},
    {"Gmail, all below", "zu 3: Gern mit Dach." GMAIL "{D}", "3/103=Gern mit Dach."},
    {"Thunderbird, all below, no foot", "zu 3: Gern mit Dach.\n\n" THUNDERBIRD "{T}", "3/103=Gern mit Dach."},
    {"Apple Mail", "Zu 3: Gern mit Dach." APPLE "{D}", "3/103=Gern mit Dach."},
    {"bars, no head", "zu 3: Gern mit Dach.\n\n{BD}", "3/103=Gern mit Dach."},
    {"bars, answers between", "{BH}{B1}Ja, gern.\n\n{B2}", "1/101=Ja, gern."},
    {"Outlook, no marks", "zu 3: Gern mit Dach." OUTLOOK "{UD}", "3/103=Gern mit Dach."},
    {"Outlook in English", "re 3: Fine, with a roof." OUTLOOK_EN "{UD}", "3/103=Fine, with a roof."},
    {"iPhone", "Zu 3: Gern mit Dach.\n\nVon meinem iPhone gesendet" APPLE "{D}", "3/103=Gern mit Dach."},
    {"Samsung, no marks",
     "zu 1: Ja.\n\nzu 3: Nein.\n\nVon meinem Galaxy gesendet\n\n-------- Ursprüngliche Nachricht --------" OUTLOOK "{UD}",
     "1/101=Ja.\n3/103=Nein."},
    {"re", "re 3: fine\n", "3/103=fine"},
    {"Re: 3", "Re: 3: fine\n", "3/103=fine"},
    {"to", "To 3: fine\n", "3/103=fine"},
    {"do", "do 3: dobrze\n", "3/103=dobrze"},
    {"fikir", "Fikir 3: evet\n", "3/103=evet"},
    {"sign", "#3 Gern mit Dach.\n", "3/103=Gern mit Dach."},
    {"sign and colon", "#3: Gern mit Dach.\n", "3/103=Gern mit Dach."},
    {"Zu Punkt 3", "Zu Punkt 3: Gern.\n", "3/103=Gern."},
    {"Antwort zu Nr. 3", "Antwort zu Nr. 3: Gern.\n", "3/103=Gern."},
    {"in bold", "*zu 3:* Gern.\n", "3/103=Gern."},
    {"in brackets", "[3] Gern.\n", "3/103=Gern."},
    {"dash", "zu 3 - gern mit Dach\n", "3/103=gern mit Dach"},
    {"alone in its line", "zu 3\n\nGern mit Dach.\n", "3/103=Gern mit Dach."},
    {"a bare number", "3: Gern.\n", "3/103=Gern."},
    {"a bare number, alone", "3\nGern mit Dach.\n", "3/103=Gern mit Dach."},
    {"a bare number with a point", "3. Gern mit Dach.\n\n1. Lieber nicht.\n", "3/103=Gern mit Dach.\n1/101=Lieber nicht."},
    {"the newest of a discussion", "zu 2: Um zehn wäre gut.\n", "2/107=Um zehn wäre gut."},
    {"three answers", "zu 1: Ja.\nzu 2: Nein, lieber\nspäter.\n\nzu 4: Museum? Gern!\n" GMAIL "{D}",
     "1/101=Ja.\n2/107=Nein, lieber\nspäter.\n4/104=Museum? Gern!"},
    {"one entry twice", "zu 1: Ja.\nzu 2: Nein.\nzu 1: Und breiter.\n", "1/101=Ja.\n\nUnd breiter.\n2/107=Nein."},
    {"two entries at once", "Zu 1 und 3: Beides ist gut.\n", "1/101=Beides ist gut.\n3/103=Beides ist gut."},
    {"from one to another", "zu 2-4: Weiter so.\n", "2/107=Weiter so.\n3/103=Weiter so.\n4/104=Weiter so."},
    {"and in words", "Zu 3 bis 4: Weiter so.\n", "3/103=Weiter so.\n4/104=Weiter so."},
    {"each with its word", "zu 1 und zu 3: Gut.\n", "1/101=Gut.\n3/103=Gut."},
    {"with a remark", "zu 3 (Bahnhof): Mit Dach.\n", "3/103=Mit Dach."},
    {"in a phrase", "Zu den Nummern 1 und 3: Gut.\n", "1/101=Gut.\n3/103=Gut."},
    {"a length between brackets", "zu 3 (von 5) Leuten sage ich ja\n", "?=zu 3 (von 5) Leuten sage ich ja"},
    {"from one to an unknown one", "zu 3-9: Weiter so.\n", "?=zu 3-9: Weiter so."},
    {"a length is no range", "zu 3-4 Meter sind zu wenig\n", "?=zu 3-4 Meter sind zu wenig"},
    {"praise is no greeting", "Sehr schöne Übersicht!\n\nzu 3: Gern.\n", "3/103=Gern.\n?=Sehr schöne Übersicht!"},
    {"praise between stays where it stands", "{1}Sehr gut!\n\n{2}{3}Lieber mit Dach.\n\n{4}{E}",
     "1/101=Sehr gut!\n3/103=Lieber mit Dach."},
    {"written into a quote that the program marks whole", THUNDERBIRD "{H}{1}> Nein.\n>\n{2}{3}{4}{E}", "1/101=Nein."},
    {"greeting and closing stay", "Guten Tag,\n\nzu 1: Ja.\n\nzu 3: Nein.\n\nViele Grüße\nErika\n",
     "1/101=Guten Tag,\n\nJa.\n3/103=Nein.\n\nViele Grüße\nErika"},
    {"thanks alone are no answer", "Danke.\n", ""},
    {"nor with a name", "Vielen Dank!\n\nErika B.\n", ""},
    {"what stands below thanks is an answer", "Danke.\nDas ist falsch.\n", "?=Danke.\nDas ist falsch."},
    {"short as it may be", "Danke.\nStimmt leider nicht\n", "?=Danke.\nStimmt leider nicht"},
    {"or one word", "Thanks.\nNonsense.\n", "?=Thanks.\nNonsense."},
    {"in another language", "Teşekkürler.\nBu yanlış.\n", "?=Teşekkürler.\nBu yanlış."},
    {"and one more", "Dziękuję.\nTo nieprawda.\n", "?=Dziękuję.\nTo nieprawda."},
    {"below a closing, too", "zu 1: Ja.\n\nViele Grüße\nund bitte bald\n" GMAIL "{D}",
     "1/101=Ja.\n\nViele Grüße\nund bitte bald"},
    {"words before the first are no one's", "Ich finde alles sehr gelungen.\n\nzu 3: Gern.\n",
     "3/103=Gern.\n?=Ich finde alles sehr gelungen."},
    {"an introduction stays with the first", "Guten Tag,\n\nhier meine Antworten:\n\nzu 1: Ja.\nzu 3: Nein.\n",
     "1/101=Guten Tag,\n\nhier meine Antworten:\n\nJa.\n3/103=Nein."},
    {"in a sentence", "Zu 3. möchte ich sagen, dass ich komme.\n", "3/103=Zu 3. möchte ich sagen, dass ich komme."},
    {"a list of arguments", "1. Es fehlt Licht.\n2. Es fehlt ein Dach.\n", "?=1. Es fehlt Licht.\n2. Es fehlt ein Dach."},
    {"a list below a name", "zu 3: Zweierlei:\n\n1. Es fehlt Licht.\n2. Es fehlt ein Dach.\n",
     "3/103=Zweierlei:\n\n1. Es fehlt Licht.\n2. Es fehlt ein Dach."},
    {"no such entry", "zu 9: Gern.\n", "?=zu 9: Gern."},
    {"no such entry beside one", "zu 9: Gern.\nzu 3: Ja.\n", "3/103=Ja.\n?=zu 9: Gern."},
    {"a slip", "zu3: Gern.\n", "3/103=Gern."},
    {"a slip in a sentence", "zu3 fahren wir gern\n", "?=zu3 fahren wir gern"},
    {"at", "@3 Gern.\n", "3/103=Gern."},
    {"a point and a colon", "Zu 1.:\nGern.\n", "1/101=Gern."},
    {"the noun behind it", "Zum 2. Punkt: Um zehn.\n", "2/107=Um zehn."},
    {"in words", "zu Nummer drei: Gern.\nzur vierten Idee: Nein.\n", "3/103=Gern.\n4/104=Nein."},
    {"in words of a sentence", "Zu drei Leuten fährt man besser.\n", "?=Zu drei Leuten fährt man besser."},
    {"in English", "Regarding no. 3: Fine.\n", "3/103=Fine."},
    {"in Polish", "Do punktu 3: Dobrze.\n", "3/103=Dobrze."},
    {"a sum is no number", "zu 3 Euro fährt niemand.\n", "?=zu 3 Euro fährt niemand."},
    {"a date is none", "3. März passt mir nicht.\n", "?=3. März passt mir nicht."},
    {"a time is none", "3:30 Uhr ist zu früh.\n", "?=3:30 Uhr ist zu früh."},
    {"a year is none", "2027: das ist spät.\n", "?=2027: das ist spät."},
    /* Names */
    {"Idee N", "Idee 42: Gern mit Dach.\n", "3/103=Gern mit Dach."},
    {"idee-N", "idee-40: Ja\n", "1/101=Ja"},
    {"[idee-N]", "[idee-42]\nGern mit Dach.\n", "3/103=Gern mit Dach."},
    {"an idea that is another's entry", "Idee 2: Gern.\n", "?=Idee 2: Gern."},
    {"the title", "Treffpunkt im Bahnhof: gern mit Dach.\n", "3/103=gern mit Dach."},
    {"the title alone", "Treffpunkt im Bahnhof\n\nGern mit Dach.\n", "3/103=Gern mit Dach."},
    {"the title in quotes", "Zu „Treffpunkt im Bahnhof“: gern\n", "3/103=gern"},
    /* Quotes */
    {"Thunderbird, below one", THUNDERBIRD "{H}{1}Ja, gern.\n\n{2}{3}{4}{E}", "1/101=Ja, gern."},
    {"Thunderbird, below two", THUNDERBIRD "{H}{1}Ja, gern.\n\n{2}{3}\nNein.\n\n{4}{E}", "1/101=Ja, gern.\n3/103=Nein."},
    {"Gmail, between", GMAIL "{H}{1}\nJa, gern.\n\n{2}\nUm zehn.\n\n{3}{4}{F}", "1/101=Ja, gern.\n2/107=Um zehn."},
    {"Outlook, between, no marks", OUTLOOK "{UH}{U1}Ja, gern.\n\n{U2}{U3}Nein, das ist zu weit weg.\n\n{U4}{UF}",
     "1/101=Ja, gern.\n3/103=Nein, das ist zu weit weg."},
    {"the first post of a discussion", "> " TWO "\nDas stimmt.\n\n> " TWO_B "\nSchön wäre es.\n",
     "2/102=Das stimmt.\n2/107=Schön wäre es."},
    {"one line left", "> Zwischen Essen und Bochum fehlt ein Radweg,\n\nJa, seit Jahren.\n", "1/101=Ja, seit Jahren."},
    {"the heading left", "> 3. Treffpunkt im Bahnhof\n\nJa, mit Dach.\n", "3/103=Ja, mit Dach."},
    {"only one quoted, below", "Ja, mit Dach.\n\n" THUNDERBIRD "{3}", "3/103=Ja, mit Dach."},
    {"its address above", "> Antworten:\n> idee-42+7-103-mac0mac0mac0mac0@beteiligung.example.org\n\nJa, mit Dach.\n",
     "3/103=Ja, mit Dach."},
    {"inline, and a list there", "{1}1. Licht\n2. Breite\n\n{2}{3}{4}{E}", "1/101=1. Licht\n2. Breite"},
    {"inline, closing at the end", "{H}{1}Ja.\n\n{2}{3}{4}{E}\nViele Grüße\nErika\n", "1/101=Ja.\n\nViele Grüße\nErika"},
    {"above the whole and between", "Gute Übersicht!\n\n" THUNDERBIRD "{H}{1}Ja.\n\n{2}{3}{4}{E}",
     "1/101=Ja.\n?=Gute Übersicht!"},
    {"a number in a quoted place wins", "{1}zu 3: Gern.\n\n{2}{3}{4}{E}", "3/103=Gern."},
    /* Asked */
    {"nothing says which", "Das finde ich alles sehr gut." GMAIL "{D}", "?=Das finde ich alles sehr gut."},
    {"below the whole digest", THUNDERBIRD "{T}\nDas finde ich sehr gut.\n", "?=Das finde ich sehr gut."},
    {"below the whole digest and its foot", GMAIL "{D}\nDas finde ich sehr gut.\n", "?=Das finde ich sehr gut."},
    {"Outlook, nothing says which", "Das finde ich sehr gut." OUTLOOK "{UD}", "?=Das finde ich sehr gut."},
    {"below the list at the top", "{H}Das finde ich sehr gut.\n\n{1}{2}{3}{4}{E}", "?=Das finde ich sehr gut."},
    /* Nothing */
    {"the digest alone", GMAIL "{D}", ""},
    {"the digest alone, no marks", OUTLOOK "{UD}", ""},
    {"the digest alone, no sign of a quote", "{UD}", ""},
    {"a signature alone", "\n-- \nErika Beispiel\n" GMAIL_EN "{D}", ""},
    {"empty", "", ""},
};

static void append_section(GString *out, const char *name, gsize n)
{
    bool is_plain = n > 1 && name[0] == 'U', has_bars = n > 1 && name[0] == 'B';
    gsize n_mark = is_plain || has_bars;

    for (gsize i = 0; i < G_N_ELEMENTS(sections); i++) {
        if (strlen(sections[i].name) != n - n_mark || strncmp(sections[i].name, name + n_mark, n - n_mark) != 0)
            continue;
        g_auto(GStrv) lines = g_strsplit(sections[i].text, "\n", -1);
        for (char **l = lines; *l != NULL && (l[1] != NULL || **l != '\0'); l++)
            g_string_append_printf(out, "%s%s\n", is_plain ? "" : has_bars ? "| " : **l != '\0' ? "> " : ">", *l);
        return;
    }
    g_error("no section %.*s", (int)n, name);
}

static char *filled(const char *body)
{
    GString *out = g_string_new(NULL);

    for (const char *p = body; *p != '\0';) {
        const char *open = strchr(p, '{'), *close = open != NULL ? strchr(open, '}') : NULL;
        if (close == NULL) {
            g_string_append(out, p);
            break;
        }
        g_string_append_len(out, p, open - p);
        append_section(out, open + 1, (gsize)(close - open - 1));
        p = close + 1;
    }
    return g_string_free(out, FALSE);
}

static char *written(const GPtrArray *parts)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < parts->len; i++) {
        const struct portion *p = parts->pdata[i];
        g_string_append(out, i > 0 ? "\n" : "");
        if (p->by == PORTION_UNCLEAR)
            g_string_append_printf(out, "?=%s", p->text);
        else
            g_string_append_printf(out, "%u/%" G_GINT64_FORMAT "=%s", entries[p->entry].number, entries[p->entry].post, p->text);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static GPtrArray *split(const char *body, guint n_entries, gint given)
{
    g_autoptr(GBytes) sent = memory_of(DIGEST);
    struct reply_context context = {.subject = "AW: Ruhr: 5 neue Beiträge",
                                    .is_answer = true,
                                    .own_domain = "beteiligung.example.org"};
    struct portions_mail mail = {.body = body,
                                 .context = &context,
                                 .entries = entries,
                                 .n_entries = n_entries,
                                 .sent = &sent,
                                 .n_sent = 1,
                                 .given = given};

    return portions_split(&mail);
}

static void test_split(void)
{
    guint n_wrong = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *body = filled(rows[i].body);
        g_autoptr(GPtrArray) parts = split(body, G_N_ELEMENTS(entries), -1);
        g_autofree char *got = written(parts);
        if (strcmp(got, rows[i].parts) == 0)
            continue;
        n_wrong++;
        g_test_message("%s: got \"%s\", expected \"%s\"", rows[i].name, got, rows[i].parts);
    }
    g_assert_cmpuint(n_wrong, ==, 0);
}

/* Sent to an entry's own address, or there is only one: no number is needed, and a number still counts. */
static void test_given(void)
{
    g_autoptr(GPtrArray) given = split("Gern mit Dach.\n", G_N_ELEMENTS(entries), 3);
    g_autofree char *to_given = written(given);
    g_assert_cmpstr(to_given, ==, "3/103=Gern mit Dach.");
    g_autoptr(GPtrArray) named = split("Gern mit Dach.\n\nzu 1: Ja.\n", G_N_ELEMENTS(entries), 3);
    g_autofree char *to_named = written(named);
    g_assert_cmpstr(to_named, ==, "3/103=Gern mit Dach.\n1/101=Ja.");
    g_autoptr(GPtrArray) only = split("Gern breiter.\n", 1, -1);
    g_autofree char *to_only = written(only);
    g_assert_cmpstr(to_only, ==, "1/101=Gern breiter.");
}

static const struct {
    const char *text;
    enum chosen chosen;
    guint entries[4]; /* 1 more than the index, 0 ends them */
    const char *beside;
} choices[] = {
    {"3", CHOSEN_ENTRIES, {4}, NULL},
    {"  3.\n", CHOSEN_ENTRIES, {4}, NULL},
    {"zu 3", CHOSEN_ENTRIES, {4}, NULL},
    {"#3", CHOSEN_ENTRIES, {4}, NULL},
    {"Nr. 3\n\nViele Grüße", CHOSEN_ENTRIES, {4}, NULL},
    {"3\n\nViele Grüße\nDora", CHOSEN_ENTRIES, {4}, NULL},
    {"3\n\nUnd bitte auch Licht.", CHOSEN_ENTRIES, {4}, "Und bitte auch Licht."},
    {"zu 1, 3\nDanke!\nEs eilt, denn bald ist es zu spät.", CHOSEN_ENTRIES, {1, 4}, "Danke!\nEs eilt, denn bald ist es zu spät."},
    {"Zu 3:\nLieber so.", CHOSEN_NOTHING, {0}, NULL},
    {"1 3", CHOSEN_ENTRIES, {1, 4}, NULL},
    {"1, 3 und 2", CHOSEN_ENTRIES, {1, 4, 3}, NULL},
    {"3 und 3", CHOSEN_ENTRIES, {4}, NULL},
    {"Idee 42", CHOSEN_ENTRIES, {4}, NULL},
    {"9", CHOSEN_NOTHING, {0}, NULL},
    {"1 9", CHOSEN_NOTHING, {0}, NULL},
    {"alle", CHOSEN_NOTHING, {0}, NULL},
    {"3 finde ich gut", CHOSEN_NOTHING, {0}, NULL},
    {"3: gern", CHOSEN_NOTHING, {0}, NULL},
    {"", CHOSEN_NOTHING, {0}, NULL},
    {"keine", CHOSEN_NONE, {0}, NULL},
    {"KEINE\n\nViele Grüße\nAnna", CHOSEN_NONE, {0}, NULL},
    {"KEINE\n\nAber in Bottrop fehlt ein Radweg.", CHOSEN_NOTHING, {0}, NULL},
    {"Keine!", CHOSEN_NONE, {0}, NULL},
    {"none", CHOSEN_NONE, {0}, NULL},
    {"gar keine davon, danke", CHOSEN_NONE, {0}, NULL},
    {"Die dritte", CHOSEN_ENTRIES, {4}, NULL},
    {"drei", CHOSEN_ENTRIES, {4}, NULL},
    {"Ich meine Nummer 4.", CHOSEN_ENTRIES, {5}, NULL},
    {"1 und 3, danke", CHOSEN_ENTRIES, {1, 4}, NULL},
    {"I meant number 3, thanks", CHOSEN_ENTRIES, {4}, NULL},
    {"Das war für die 3 gedacht", CHOSEN_ENTRIES, {4}, NULL},
    {"die letzte", CHOSEN_ENTRIES, {5}, NULL},
    {"trzecia", CHOSEN_ENTRIES, {4}, NULL},
    {"Guten Tag,\n\n3\n\nViele Grüße\nDora", CHOSEN_ENTRIES, {4}, NULL},
    {"2-4", CHOSEN_ENTRIES, {3, 4, 5}, NULL},
    {"beide: 1 und 3", CHOSEN_ENTRIES, {1, 4}, NULL},
    {"Treffpunkt im Bahnhof", CHOSEN_ENTRIES, {4}, NULL},
    {"nicht die 3", CHOSEN_NOTHING, {0}, NULL},
    {"3 oder 4", CHOSEN_NOTHING, {0}, NULL},
    {"die neunte", CHOSEN_NOTHING, {0}, NULL},
    {"Danke.", CHOSEN_NOTHING, {0}, NULL},
};

static void test_choose(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(choices); i++) {
        g_autoptr(GArray) found = NULL;
        g_autofree char *beside = NULL;
        g_test_message("%s", choices[i].text);
        g_assert_cmpint(portions_choose(choices[i].text, entries, G_N_ELEMENTS(entries), &found, &beside), ==, choices[i].chosen);
        g_assert_cmpstr(beside, ==, choices[i].beside);
        guint n = 0;
        while (n < 4 && choices[i].entries[n] != 0)
            n++;
        g_assert_cmpuint(found->len, ==, n);
        for (guint k = 0; k < n; k++)
            g_assert_cmpuint(g_array_index(found, guint, k) + 1, ==, choices[i].entries[k]);
    }
}

/* More entries than anybody answers in one mail: all of it is asked about. */
/* The only discussion of a digest, 1, is idea 42. */
static void test_only(void)
{
    static const struct {
        const char *text, *left;
    } only[] = {
        {"zu 1: Gern mit Dach.", "Gern mit Dach."},
        {"Guten Tag,\n\nzu 1:\nGern mit Dach.", "Guten Tag,\n\nGern mit Dach."},
        {"#1 Gern.", "Gern."},
        {"Idee 42: nein", "nein"},
        {"Zu 1. möchte ich etwas sagen.", "Zu 1. möchte ich etwas sagen."},
        {"zu 1 Euro kommt noch etwas.", "zu 1 Euro kommt noch etwas."},
        {"zu 2: Gern.", "zu 2: Gern."},
        {"zu 1: Ja.\n\nzu 2: Nein.", "zu 1: Ja.\n\nzu 2: Nein."},
        {"Gern.\n\nzu 1: Ja.", "Gern.\n\nzu 1: Ja."},
        {"1. Die Ampel\n2. Der Weg", "1. Die Ampel\n2. Der Weg"},
        {"zu 1:", "zu 1:"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(only); i++) {
        g_autofree char *left = portions_without_name(only[i].text, 1, 42);
        g_assert_cmpstr(left, ==, only[i].left);
    }
}

static void test_many(void)
{
    struct portions_entry many[LIMIT_DIGEST_ANSWERS + 1];
    g_autoptr(GString) body = g_string_new(NULL);
    struct reply_context context = {.is_answer = true};
    struct portions_mail mail = {.body = NULL,
                                 .context = &context,
                                 .entries = many,
                                 .n_entries = G_N_ELEMENTS(many),
                                 .given = -1};

    for (guint i = 0; i < G_N_ELEMENTS(many); i++) {
        many[i] = (struct portions_entry){i + 1, 100 + i, 200 + i, "", ""};
        g_string_append_printf(body, "zu %u: Antwort %u\n", i + 1, i + 1);
    }
    mail.body = body->str;
    mail.n_entries = LIMIT_DIGEST_ANSWERS;
    g_autoptr(GPtrArray) most = portions_split(&mail);
    g_assert_cmpuint(most->len, ==, LIMIT_DIGEST_ANSWERS + 1); /* the last number is none */
    mail.n_entries = G_N_ELEMENTS(many);
    g_autoptr(GPtrArray) parts = portions_split(&mail);
    g_assert_cmpuint(parts->len, ==, 1);
    const struct portion *p = parts->pdata[0];
    g_assert_cmpint(p->by, ==, PORTION_UNCLEAR);
    g_assert_nonnull(strstr(p->text, "Antwort 21"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/portions/split", test_split);
    g_test_add_func("/portions/given", test_given);
    g_test_add_func("/portions/choose", test_choose);
    g_test_add_func("/portions/only", test_only);
    g_test_add_func("/portions/many", test_many);
    return g_test_run();
}
