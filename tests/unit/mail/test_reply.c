/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stays, what goes, and where it goes: answers between and below quotes, signatures, adverts, feet,
 * forwards, and what must never be cut. Languages and clients are in test_reply_languages.c.
 */
#include "base/limits.h"
#include "mail/reply/reply.h"

#include <string.h>
#include <time.h>

static void split(const char *body, const char *subject, struct reply *out)
{
    struct reply_context context = {.subject = subject, .is_answer = subject != NULL && g_str_has_prefix(subject, "AW: ")};

    reply_split(body, &context, out);
}

static const struct {
    const char *name, *subject, *body, *text, *signature, *elided;
} cases[] = {
    {"plain", "Idee", "Guten Tag,\n\nmein Vorschlag.\n", "Guten Tag,\n\nmein Vorschlag.", "", ""},
    {"empty", "Idee", "", "", "", ""},
    {"blank", "Idee", "\n  \n", "", "", ""},
    {"above", "AW: Idee", "Ja.\n\nAm 03.05.24 um 10:15 schrieb F:\n> Soll es sein?\n> Ja?\n", "Ja.", "",
     "Am 03.05.24 um 10:15 schrieb F:\n> Soll es sein?\n> Ja?"},
    {"below", "AW: Idee", "Am 03.05.24 um 10:15 schrieb F:\n> Soll es sein?\n\nJa.\n", "Ja.", "",
     "Am 03.05.24 um 10:15 schrieb F:\n> Soll es sein?"},
    {"between", "AW: Idee",
     "Hallo,\n\nAm 03.05.24 um 10:15 schrieb F:\n> Erstens?\nJa.\n\n> Zweitens?\n\nNein.\n> "
     "Drittens?\n\nGruß\nAnna\n",
     "Hallo,\n\nJa.\n\nNein.\n\nGruß\nAnna", "", "Am 03.05.24 um 10:15 schrieb F:\n> Erstens?\n\n> Zweitens?\n\n> Drittens?"},
    {"nested", "AW: Idee", "Ja.\n\n> > Soll es sein?\n> Weiß nicht.\n", "Ja.", "", "> > Soll es sein?\n> Weiß nicht."},
    {"reply subject makes quotes", "AW: Idee", "> Soll es?\n\nJa.", "Ja.", "", "> Soll es?"},
    {"new subject makes a list", "Idee", "> mehr Bäume\n\nJa.", "> mehr Bäume\n\nJa.", "", ""},
    {"only a name above the quote", "AW: Idee", "Ja.\n\nForum Weg schrieb:\n> Soll es?\n", "Ja.", "",
     "Forum Weg schrieb:\n> Soll es?"},
    {"who wrote what, in a new mail", "Idee", "Die Zeitung schrieb:\n> Der Weg kommt nicht.\n\nDas ist falsch.",
     "Die Zeitung schrieb:\n> Der Weg kommt nicht.\n\nDas ist falsch.", "", ""},
    {"a list with marks, above the program's quote", "AW: Idee",
     "Wir fordern:\n> Tempo 30\n> mehr Licht\nDanke.\n\nAm 03.05.24 um 10:15 schrieb F:\n> Soll es?\n",
     "Wir fordern:\n> Tempo 30\n> mehr Licht\nDanke.", "", "Am 03.05.24 um 10:15 schrieb F:\n> Soll es?"},
    {"cited from elsewhere, above the program's quote", "AW: Idee",
     "Im Protokoll steht:\n\n> TOP 3: Der Antrag auf Tempo 30 vor der Schule wird vertagt.\n\nSo war das.\n\nAm 03.05.24 um 10:15 schrieb F:\n> Soll es sein, und wenn ja, wann?\n",
     "Im Protokoll steht:\n\n> TOP 3: Der Antrag auf Tempo 30 vor der Schule wird vertagt.\n\nSo war das.", "",
     "Am 03.05.24 um 10:15 schrieb F:\n> Soll es sein, und wenn ja, wann?"},
    {"cited with its number, which looks like a date", "AW: Idee",
     "Aus der Ratsvorlage 14/2025:\n\n> Die Trasse ist im Plan gesichert.\n\nAlso los!\n\nAm 03.05.24 um 10:15 schrieb F <f@example.org>:\n> Soll es sein, und wenn ja, wann?\n",
     "Aus der Ratsvorlage 14/2025:\n\n> Die Trasse ist im Plan gesichert.\n\nAlso los!", "",
     "Am 03.05.24 um 10:15 schrieb F <f@example.org>:\n> Soll es sein, und wenn ja, wann?"},
    {"a company's foot", "Idee", "Mehr Licht.\n\nMuster Stahl GmbH\nSitz der Gesellschaft: Essen\nAmtsgericht Essen HRB 12345\n",
     "Mehr Licht.\n\nMuster Stahl GmbH", "Sitz der Gesellschaft: Essen\nAmtsgericht Essen HRB 12345", ""},
    {"a sentence about a company", "Idee",
     "Mehr Licht.\n\nDie Muster Stahl GmbH steht beim Amtsgericht Essen im Handelsregister und zahlt nichts.\n",
     "Mehr Licht.\n\nDie Muster Stahl GmbH steht beim Amtsgericht Essen im Handelsregister und zahlt nichts.", "", ""},
    {"a mail server's warning on top", "Idee",
     "[EXTERN] Diese E-Mail stammt von außerhalb. Seien Sie vorsichtig mit Links.\nMehr Licht.\n", "Mehr Licht.",
     "[EXTERN] Diese E-Mail stammt von außerhalb. Seien Sie vorsichtig mit Links.", ""},
    {"an author's warning", "Idee",
     "Achtung: externe Links in dieser E-Mail-Liste der Stadt führen ins Leere!\n\nBitte reparieren.\n",
     "Achtung: externe Links in dieser E-Mail-Liste der Stadt führen ins Leere!\n\nBitte reparieren.", "", ""},
    {"a warning that is the idea", "Idee",
     "Jeder Link in dieser Nachricht von außerhalb macht mir Angst, und ich bin nicht die einzige.\n\nBitte Briefe.\n",
     "Jeder Link in dieser Nachricht von außerhalb macht mir Angst, und ich bin nicht die einzige.\n\nBitte Briefe.", "", ""},
    {"answered between, and quoted whole below", "AW: Idee",
     "Hallo,\n\n> Soll es sein, und wenn ja,\n> wann?\n\nBald.\n\nAm 03.05.24 um 10:15 schrieb F:\n> Soll es sein, und wenn ja, wann?\n",
     "Hallo,\n\nBald.", "",
     "> Soll es sein, und wenn ja,\n> wann?\n\nAm 03.05.24 um 10:15 schrieb F:\n> Soll es sein, und wenn ja, wann?"},
    {"the author's line above a quote that says who wrote it", "AW: Idee",
     "Zwei Sätze dazu:\n\n> Am 03.05.24 um 10:15 schrieb F <f@example.org>:\n>\n> Soll es sein?\n\nJa.\n\n> Wann?\n\nBald.",
     "Zwei Sätze dazu:\n\nJa.\n\nBald.", "", "> Am 03.05.24 um 10:15 schrieb F <f@example.org>:\n>\n> Soll es sein?\n\n> Wann?"},
    {"a postscript below the signature", "Idee", "Mehr Licht.\n\n-- \nAnna Muster\n\nP.S. und Bänke\n",
     "Mehr Licht.\n\nP.S. und Bänke", "-- \nAnna Muster", ""},
    {"two dashes between sentences", "Idee", "Nun blüht der Ginster.\n\n-- \n\nSo wünsche ich mir das Ruhrgebiet.\n",
     "Nun blüht der Ginster.\n\n-- \n\nSo wünsche ich mir das Ruhrgebiet.", "", ""},
    {"two dashes right above a sentence", "Idee", "Mehr Licht.\n--\nUnd noch etwas: Die Schule braucht ein Dach.\n",
     "Mehr Licht.\n--\nUnd noch etwas: Die Schule braucht ein Dach.", "", ""},
    {"two dashes right above a motto", "Idee", "Mehr Licht.\n--\nDer Weg ist das Ziel.\n", "Mehr Licht.",
     "--\nDer Weg ist das Ziel.", ""},
    {"two dashes above a name, apart", "Idee", "Mehr Licht.\n\n-- \n\nAnna Muster\n", "Mehr Licht.", "-- \n\nAnna Muster", ""},
    {"small print without an end of the letter", "Idee",
     "Mehr Licht.\n\nDiese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, löschen Sie sie bitte.\n",
     "Mehr Licht.",
     "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, löschen Sie sie bitte.", ""},
    {"who asks to be handed on", "Idee",
     "Mehr Licht.\n\nSollten Sie nicht der richtige Empfänger sein, geben Sie diese E-Mail bitte an das zuständige Amt weiter.\n",
     "Mehr Licht.\n\nSollten Sie nicht der richtige Empfänger sein, geben Sie diese E-Mail bitte an das zuständige Amt weiter.",
     "", ""},
    {"a mail that its author got by mistake", "Idee",
     "Mehr Licht.\n\nIhre Antwort habe ich bekommen, aber diese E-Mail habe ich irrtümlich erhalten, sie ging an meinen Nachbarn.\n",
     "Mehr Licht.\n\nIhre Antwort habe ich bekommen, aber diese E-Mail habe ich irrtümlich erhalten, sie ging an meinen Nachbarn.",
     "", ""},
    {"between the lines, the program's words above", "AW: Idee",
     "Am 03.05.24 um 10:15 schrieb F:\n> Soll es?\nJa.\n> Wann?\nBald.\n", "Ja.\nBald.", "",
     "Am 03.05.24 um 10:15 schrieb F:\n> Soll es?\n> Wann?"},
    {"one sentence of small print", "Idee",
     "Mehr Licht.\n\nViele Grüße\nAnna\n\nDiese E-Mail ist nur für den Empfänger bestimmt.\n", "Mehr Licht.\n\nViele Grüße\nAnna",
     "Diese E-Mail ist nur für den Empfänger bestimmt.", ""},
    {"about data", "Idee", "Mehr Licht.\n\nViele Grüße\nAnna\n\nHinweise zum Datenschutz: www.example.org/datenschutz\n",
     "Mehr Licht.\n\nViele Grüße\nAnna", "Hinweise zum Datenschutz: www.example.org/datenschutz", ""},
    {"a sentence of its author's about this mail", "Idee",
     "Mehr Licht.\n\nViele Grüße\nAnna\n\nDiese E-Mail ist vertraulich, ich bin beim Amt.\n",
     "Mehr Licht.\n\nViele Grüße\nAnna\n\nDiese E-Mail ist vertraulich, ich bin beim Amt.", "", ""},
    {"angles around a link", "Idee", "Ja.\n\n>>> hier mehr <<<\n\n>> https://example.org\n\nDanke.",
     "Ja.\n\n>>> hier mehr <<<\n\n>> https://example.org\n\nDanke.", "", ""},
    {"one angle at each end", "AW: Idee", "Ja.\n\n> ironisch gemeint <\n\nDanke.", "Ja.\n\n> ironisch gemeint <\n\nDanke.", "",
     ""},
    {"an address broken at its angle", "AW: Idee", "Ja.\n\n> Anna <\n> a@b.example> sagt es\n", "Ja.", "",
     "> Anna <\n> a@b.example> sagt es"},
    {"line of a ticket system", "AW: Idee", "Ja.\n\n##- Bitte antworten Sie oberhalb dieser Zeile -##\n\nIhre Anfrage.", "Ja.",
     "", "##- Bitte antworten Sie oberhalb dieser Zeile -##\n\nIhre Anfrage."},
    {"a line above a head: quotation marks", "AW: Idee",
     "„Ja“\n\nVon: F <f@example.org>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: A\nBetreff: Idee\n\nSoll es?\n", "„Ja“", "",
     "Von: F <f@example.org>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: A\nBetreff: Idee\n\nSoll es?"},
    {"a line above a head: bold", "AW: Idee",
     "*Ja*\n\nVon: F <f@example.org>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: A\nBetreff: Idee\n\nSoll es?\n", "*Ja*", "",
     "Von: F <f@example.org>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: A\nBetreff: Idee\n\nSoll es?"},
    {"a line above a head: bold twice", "AW: Idee",
     "**Ja**\n\nVon: F <f@example.org>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: A\nBetreff: Idee\n\nSoll es?\n", "**Ja**", "",
     "Von: F <f@example.org>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: A\nBetreff: Idee\n\nSoll es?"},
    {"a line above a head: a cited sentence", "AW: Idee",
     "„Das finde ich gut“, sagte er.\n\nVon: F <f@example.org>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: A\nBetreff: Idee\n\nSoll es?\n",
     "„Das finde ich gut“, sagte er.", "",
     "Von: F <f@example.org>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: A\nBetreff: Idee\n\nSoll es?"},
    {"a line above a head: an emoji", "AW: Idee",
     "👍 ja!\n\nVon: F <f@example.org>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: A\nBetreff: Idee\n\nSoll es?\n", "👍 ja!", "",
     "Von: F <f@example.org>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: A\nBetreff: Idee\n\nSoll es?"},
    {"only a quote", "AW: Idee", "> Soll es?\n> Ja?\n", "", "", "> Soll es?\n> Ja?"},
    {"only a signature and a quote", "AW: Idee", "-- \nAnna\n\nAm 03.05.24 um 10:15 schrieb F:\n> Soll es?\n", "", "-- \nAnna",
     "Am 03.05.24 um 10:15 schrieb F:\n> Soll es?"},
    {"only an advert", "Schlagloch", "\n\nVon meinem iPhone gesendet\n", "", "Von meinem iPhone gesendet", ""},
    {"only a signature", "Schlagloch", "\n-- \nAnna\nTel. 0201 5550123\n", "", "-- \nAnna\nTel. 0201 5550123", ""},
    {"two dashes typed above an idea", "Idee", "--\nMehr Bäume\nan der Schule\n", "--\nMehr Bäume\nan der Schule", "", ""},
    {"a list and nothing else, in a new mail", "Idee", "> mehr Bäume\n> mehr Bänke\n", "> mehr Bäume\n> mehr Bänke", "", ""},
    {"a letter's own head and nothing else", "Idee", "Von: Anna\nAn: Rat\nBetreff: Weg\nDatum: 3.5.2024\n",
     "Von: Anna\nAn: Rat\nBetreff: Weg\nDatum: 3.5.2024", "", ""},
    {"answered below the head of what is answered", "AW: Idee",
     "Von: F <f@example.org>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: A\nBetreff: Idee\n\nIch bin dafür.\n", "Ich bin dafür.",
     "", "Von: F <f@example.org>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: A\nBetreff: Idee"},
    {"attribution, nothing marked, nothing above", "AW: Idee", "Am 03.05.24 um 10:15 schrieb F <f@example.org>:\n\nJa, gern.",
     "Ja, gern.", "", "Am 03.05.24 um 10:15 schrieb F <f@example.org>:"},
    {"signature", "Idee", "Ja.\n\n-- \nAnna Muster\nTel. 0201 12345\n", "Ja.", "-- \nAnna Muster\nTel. 0201 12345", ""},
    {"signature without its blank", "Idee", "Ja.\n--\nAnna Muster\n", "Ja.", "--\nAnna Muster", ""},
    {"signature above the quote, answer below", "AW: Idee",
     "Ja.\n-- \nAnna\n\nAm 03.05.24 um 10:15 schrieb F:\n> Soll es?\n\nUnd noch etwas.\n", "Ja.\n\nUnd noch etwas.", "-- \nAnna",
     "Am 03.05.24 um 10:15 schrieb F:\n> Soll es?"},
    {"author's own rule", "Idee",
     "Erstens.\n--\nZweitens ist ein langer Absatz, der weit über das hinausgeht, was in einer Signatur "
     "stünde, und "
     "deshalb bleibt.\n",
     "Erstens.\n--\nZweitens ist ein langer Absatz, der weit über das hinausgeht, was in einer Signatur "
     "stünde, und "
     "deshalb bleibt.",
     "", ""},
    {"rule at the end", "Idee", "Ja.\n\n______\n", "Ja.", "", "______"},
    {"foot of a list", "Idee",
     "Ja.\n\n_______________________________________________\nRat mailing list\nrat@example.org\n"
     "https://example.org/mailman/listinfo/rat\n",
     "Ja.",
     "_______________________________________________\nRat mailing list\nrat@example.org\n"
     "https://example.org/mailman/listinfo/rat",
     ""},
    {"advert between", "AW: Idee", "Ja.\n\nVon meinem iPhone gesendet\n\nUnd noch etwas.", "Ja.\n\nUnd noch etwas.",
     "Von meinem iPhone gesendet", ""},
    {"advert within a sentence", "Idee", "Das hat der Bürgermeister\nvon meinem Handy gesendet",
     "Das hat der Bürgermeister\nvon meinem Handy gesendet", "", ""},
    {"contact below the name", "Idee",
     "Ein Radweg fehlt.\n\nMit freundlichen Grüßen\nAnna Muster\n\nMusterstraße 1\n45127 Essen\nTel.: 0201 "
     "12345\n",
     "Ein Radweg fehlt.\n\nMit freundlichen Grüßen\nAnna Muster", "Musterstraße 1\n45127 Essen\nTel.: 0201 12345", ""},
    {"postscript below the name", "Idee",
     "Ein Radweg fehlt.\n\nMit freundlichen Grüßen\nAnna Muster\n\nPS: Rufen Sie gern an, Tel. 0201 12345\n",
     "Ein Radweg fehlt.\n\nMit freundlichen Grüßen\nAnna Muster\n\nPS: Rufen Sie gern an, Tel. 0201 12345", "", ""},
    {"text after the formula", "Idee",
     "Viele Grüße\nAnna\n\nNoch etwas zum Weg: er steht auf https://example.org, und dort fehlt die "
     "Brücke.\n",
     "Viele Grüße\nAnna\n\nNoch etwas zum Weg: er steht auf https://example.org, und dort fehlt die Brücke.", "", ""},
    {"Outlook, answered below marked quote", "AW: Idee",
     "-----Ursprüngliche Nachricht-----\nVon: F <f@example.org>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: "
     "A\n"
     "Betreff: Idee\n\n> Soll es?\n\nJa.\n",
     "Ja.", "",
     "-----Ursprüngliche Nachricht-----\nVon: F <f@example.org>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: "
     "A\n"
     "Betreff: Idee\n\n> Soll es?"},
    {"rule above a header block", "AW: Idee",
     "Ja.\n________________________________\nVon: F <f@example.org>\nDatum: 3.5.2024\n\nSoll es?", "Ja.", "",
     "________________________________\nVon: F <f@example.org>\nDatum: 3.5.2024\n\nSoll es?"},
    {"wide attribution over an empty line", "Re: Idea",
     "Yes.\n\nOn Fri, 3 May 2024 at 10:15 F\n\n<\nmailto:f@example.org\n> wrote:\n\n\nShall we?", "Yes.", "",
     "On Fri, 3 May 2024 at 10:15 F\n\n<\nmailto:f@example.org\n> wrote:\n\n\nShall we?"},
    {"initials", "Re: Idea", "Yes.\n\nAM> Shall we?\nAM> When?\n", "Yes.", "", "AM> Shall we?\nAM> When?"},
    {"a letter with its own head", "Idee", "Von: Anna\nAn: Ministerium\nBetreff: Weg\nDatum: 3.5.2024\n\nEin Radweg fehlt.",
     "Von: Anna\nAn: Ministerium\nBetreff: Weg\nDatum: 3.5.2024\n\nEin Radweg fehlt.", "", ""},
};

static void test_cases(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reply r;
        split(cases[i].body, cases[i].subject, &r);
        g_test_message("%s", cases[i].name);
        g_assert_cmpstr(r.text, ==, cases[i].text);
        g_assert_cmpstr(r.signature, ==, cases[i].signature);
        g_assert_cmpstr(r.elided, ==, cases[i].elided);
        reply_clear(&r);
    }
}

static const struct {
    const char *name, *subject, *body, *note, *from, *date, *original, *text;
} forwards[] = {
    {"Outlook", "WG: Radweg",
     "Bitte aufnehmen.\n\nVon: Bernd Beispiel [mailto:bernd@example.net]\nGesendet: Freitag, 3. Mai 2024 "
     "10:15\nAn: "
     "rathaus@example.org\nBetreff: Radweg\n\nEin Radweg fehlt.\n\nBernd",
     "Bitte aufnehmen.", "Bernd Beispiel <bernd@example.net>", "Freitag, 3. Mai 2024 10:15", "Radweg",
     "Ein Radweg fehlt.\n\nBernd"},
    {"Thunderbird", "Fwd: Radweg",
     "Zur Kenntnis.\n\n-------- Weitergeleitete Nachricht --------\nBetreff: \tRadweg\nDatum: \tFri, 3 May "
     "2024 10:15:20 "
     "+0200\nVon: \tBernd <bernd@example.net>\nAn: \trathaus@example.org\n\n\nEin Radweg fehlt.\n",
     "Zur Kenntnis.", "Bernd <bernd@example.net>", "Fri, 3 May 2024 10:15:20 +0200", "Radweg", "Ein Radweg fehlt."},
    {"Gmail, no note", "Fwd: Radweg",
     "---------- Forwarded message ---------\nVon: Bernd <bernd@example.net>\nDate: Fr., 3. Mai 2024 um "
     "10:15\nSubject: "
     "Radweg von Essen\nnach Bochum\nTo: <rathaus@example.org>\n\n\nEin Radweg fehlt.\n",
     "", "Bernd <bernd@example.net>", "Fr., 3. Mai 2024 um 10:15", "Radweg von Essen nach Bochum", "Ein Radweg fehlt."},
    {"Apple Mail", "Fwd: Radweg",
     "Siehe unten.\n\n> Anfang der weitergeleiteten Nachricht:\n> \n> Von: Bernd <bernd@example.net>\n> "
     "Betreff: Radweg\n"
     "> Datum: 3. Mai 2024 um 10:15:20 MESZ\n> An: rathaus@example.org\n> \n> Ein Radweg fehlt.\n> \n> "
     "Bernd\n",
     "Siehe unten.", "Bernd <bernd@example.net>", "3. Mai 2024 um 10:15:20 MESZ", "Radweg", "Ein Radweg fehlt.\n\nBernd"},
    {"Apple Mail, only the mail is quoted", "Fwd: Radweg",
     "Siehe unten.\n\nAnfang der weitergeleiteten Nachricht:\n\n> Von: Bernd <bernd@example.net>\n> Betreff: "
     "Radweg\n"
     "> Datum: 3. Mai 2024\n> \n> Ein Radweg fehlt.\n",
     "Siehe unten.", "Bernd <bernd@example.net>", "3. Mai 2024", "Radweg", "Ein Radweg fehlt."},
    {"French", "TR: Piste",
     "Pour info.\n\nDe : Bernd <bernd@example.net>\nEnvoyé : vendredi 3 mai 2024 10:15\nÀ : mairie\nObjet : "
     "Piste\n\nIl "
     "manque une piste.",
     "Pour info.", "Bernd <bernd@example.net>", "vendredi 3 mai 2024 10:15", "Piste", "Il manque une piste."},
    {"Spanish", "RV: Carril",
     "Para su conocimiento.\n\n-----Mensaje original-----\nDe: Bernd <bernd@example.net>\nEnviado el: "
     "viernes, 3 de mayo "
     "de 2024\nPara: x\nAsunto: Carril\n\nFalta un carril.",
     "Para su conocimiento.", "Bernd <bernd@example.net>", "viernes, 3 de mayo de 2024", "Carril", "Falta un carril."},
    {"Turkish", "İLT: Yol",
     "Bilginize.\n\nKimden: Bernd <bernd@example.net>\nGönderildi: 3 Mayıs 2024 Cuma 10:15\nKime: x\nKonu: "
     "Yol\n\nYol "
     "eksik.",
     "Bilginize.", "Bernd <bernd@example.net>", "3 Mayıs 2024 Cuma 10:15", "Yol", "Yol eksik."},
    {"the whole head", "Fwd: Radweg",
     "Siehe unten.\n\n-------- Forwarded Message --------\nReturn-Path: <bernd@example.net>\nMessage-ID: "
     "<1@example.net>\n"
     "Date: Fri, 3 May 2024 10:15:20 +0200\nMIME-Version: 1.0\nFrom: Bernd <bernd@example.net>\nSubject: "
     "Radweg\n"
     "X-Mailer: x\n\nEin Radweg fehlt.",
     "Siehe unten.", "Bernd <bernd@example.net>", "Fri, 3 May 2024 10:15:20 +0200", "Radweg", "Ein Radweg fehlt."},
    {"Outlook, no note", "WG: Radweg",
     "Von: Bernd <bernd@example.net>\nGesendet: Freitag, 3. Mai 2024 10:15\nAn: Anna\nBetreff: Radweg\n\nEin Radweg "
     "fehlt.\n\nBernd\n",
     "", "Bernd <bernd@example.net>", "Freitag, 3. Mai 2024 10:15", "Radweg", "Ein Radweg fehlt.\n\nBernd"},
    {"iPhone, its advert for a note", "Fwd: Radweg",
     "Von meinem iPhone gesendet\n\nAnfang der weitergeleiteten Nachricht:\n\n> Von: Bernd <bernd@example.net>\n> Betreff: "
     "Radweg\n"
     "> Datum: 3. Mai 2024\n> \n> Ein Radweg fehlt.\n",
     "", "Bernd <bernd@example.net>", "3. Mai 2024", "Radweg", "Ein Radweg fehlt."},
    {"a marker without a head", "Fwd: Radweg",
     "Siehe unten.\n\n-------- Weitergeleitete Nachricht --------\n\nEin Radweg "
     "fehlt.",
     "Siehe unten.", NULL, NULL, NULL, "Ein Radweg fehlt."},
};

static void test_forwards(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(forwards); i++) {
        struct reply r;
        split(forwards[i].body, forwards[i].subject, &r);
        g_test_message("%s", forwards[i].name);
        g_assert_cmpstr(r.text, ==, forwards[i].note);
        g_assert_nonnull(r.forwarded);
        if (r.forwarded) {
            g_assert_cmpstr(r.forwarded->from, ==, forwards[i].from);
            g_assert_cmpstr(r.forwarded->date, ==, forwards[i].date);
            g_assert_cmpstr(r.forwarded->subject, ==, forwards[i].original);
            g_assert_cmpstr(r.forwarded->text, ==, forwards[i].text);
        }
        reply_clear(&r);
    }
}

static void test_reply_is_no_forward(void)
{
    struct reply r;
    split("Ja.\n\n-----Original Message-----\nFrom: F <f@example.org>\nSent: Friday\nTo: x\nSubject: y\n\nz", "RE: y", &r);
    g_assert_null(r.forwarded);
    g_assert_cmpstr(r.text, ==, "Ja.");
    reply_clear(&r);
    split("Ja.", NULL, &r);
    g_assert_cmpstr(r.text, ==, "Ja.");
    reply_clear(&r);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *sorted_words(const char *text)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \t\n\r", -1);
    guint n = g_strv_length(words);
    qsort(words, n, sizeof *words, by_text);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < n; i++)
        if (*words[i] && strcmp(words[i], "\302\240") != 0) /* a no-break space alone is no word */
            g_string_append_printf(out, "%s ", words[i]);
    return g_string_free(out, FALSE);
}

/* Text, signature and elided hold every word, whatever order the lines come in. */
static void test_no_word_is_lost(void)
{
    static const char *const lines[] = {
        "Ja.",
        "> Soll es?",
        ">> Wann?",
        "-- ",
        "--",
        "_______",
        "Von: F <f@example.org>",
        "An: A",
        "",
        "Betreff: x",
        "Datum: 3.5.2024 10:15",
        "Von meinem iPhone gesendet",
        "Am 3. Mai 2024 um 10:15 schrieb F <f@example.org>:",
        "-----Original Message-----",
        "\302\240",
        "Begin forwarded message:",
        "Mit freundlichen Grüßen",
        "Tel. 0201 12345",
        "wrote:",
        "C> x",
        "Rat mailing list",
        "> Am 3. Mai 2024 schrieb G:",
        "Gesendet: 3.5.2024",
        "ᐧ",
        "On 3 May 2024, F <f@example.org>",
        "***",
    };
    g_autoptr(GRand) rand = g_rand_new_with_seed(20240503);
    for (guint round = 0; round < 5000; round++) {
        g_autoptr(GString) body = g_string_new(NULL);
        for (gint i = g_rand_int_range(rand, 1, 14); i > 0; i--)
            g_string_append_printf(body, "%s\n", lines[g_rand_int_range(rand, 0, G_N_ELEMENTS(lines))]);
        struct reply r;
        split(body->str, round % 3 == 0 ? "WG: x" : round % 3 == 1 ? "AW: x" : "x", &r);
        g_autofree char *joined = g_strjoin("\n", r.text, r.signature, r.elided, NULL);
        g_autofree char *before = sorted_words(body->str), *after = sorted_words(joined);
        g_assert_cmpstr(before, ==, after);
        reply_clear(&r);
    }
}

static char *repeated(const char *unit, gsize n)
{
    GString *out = g_string_sized_new(strlen(unit) * n + 1);
    for (gsize i = 0; i < n; i++)
        g_string_append(out, unit);
    return g_string_free(out, FALSE);
}

/* What a hostile sender could make expensive: 2 MiB of each; a quadratic step would take minutes. */
static void test_hostile(void)
{
    static const char *const units[] = {
        "\n",       "> ",       ">\n",           "-- \n",        "____\n",          "on 1 a@b:\n", "Von: x\n",      "Von: x\n\n",
        "a:\n",     "--\nx\n",  "on 1\n\n",      "x@y 1:1\n:\n", "----- x -----\n", "wrote: ",     "Von: 1\nAn:\n", "{date} ",
        "@ @@a@b ", "(http://", "Am 1 schrieb ", "LG\n1\n",      "C>\nD>\n",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        g_autofree char *body = repeated(units[i], LIMIT_TEXT_BYTES / strlen(units[i]));
        clock_t start = clock();
        struct reply r;
        split(body, "Re: x", &r);
        g_assert_cmpuint(strlen(r.text) + strlen(r.signature) + strlen(r.elided), <=, strlen(body) + 2);
        reply_clear(&r);
        guint ms = (guint)((clock() - start) * 1000 / CLOCKS_PER_SEC);
        g_test_message("%u: %u ms", (guint)i, ms);
    }
}

/* LIMIT_REPLY_LINES: what is beyond is one line, so it stays as it is. LIMIT_REPLY_SENTENCES, ..._BYTES:
 * beyond them a line is text. */
static void test_limits(void)
{
    struct reply r;
    g_autofree char *many = repeated("x\n", LIMIT_REPLY_LINES);
    g_autofree char *body = g_strconcat(many, "> a\n>> b\n> c", NULL);
    split(body, "Re: x", &r);
    g_assert_true(g_str_has_suffix(r.text, "> a\n>> b\n> c"));
    reply_clear(&r);

    g_autofree char *colons = repeated("x:\n", LIMIT_REPLY_SENTENCES);
    g_autofree char *late = g_strconcat(colons, "On 3 May 2024 a <a@b.example> wrote:\ny", NULL);
    split(late, "Re: x", &r);
    g_assert_true(g_str_has_suffix(r.text, "wrote:\ny"));
    reply_clear(&r);

    g_autofree char *name = repeated("Anna ", LIMIT_REPLY_SENTENCE_BYTES / 5);
    g_autofree char *wide = g_strconcat("Ja.\n\nOn 3 May 2024 ", name, "<a@b.example> wrote:\ny", NULL);
    split(wide, "Re: x", &r);
    g_assert_true(g_str_has_suffix(r.text, "wrote:\ny"));
    reply_clear(&r);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/reply/cases", test_cases);
    g_test_add_func("/reply/forwards", test_forwards);
    g_test_add_func("/reply/no-forward", test_reply_is_no_forward);
    g_test_add_func("/reply/no-word-is-lost", test_no_word_is_lost);
    g_test_add_func("/reply/hostile", test_hostile);
    g_test_add_func("/reply/limits", test_limits);
    return g_test_run();
}
