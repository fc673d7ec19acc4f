/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What clients write around a quote in the languages people write to us in: attribution lines (wrapped or
 * not), header blocks, markers of forwards, adverts. Each row is wrapped into a reply and must leave the
 * answer alone.
 */
#include "mail/reply/reply.h"
#include "mail/word/reply_match.h"
#include "mail/word/reply_words.h"

#include <string.h>

static void split(const char *body, const char *subject, struct reply *out)
{
    struct reply_context context = {.subject = subject};

    reply_split(body, &context, out);
}

/* Each is tried above a quote with marks, with answers around it; those with an address also above one
 * without. */
static const struct {
    const char *language, *line;
} attributions[] = {
    {"de", "Am 03.05.24 um 10:15 schrieb Forum Mobilität:"},
    {"de", "Am Fr., 3. Mai 2024 um 10:15 Uhr schrieb Forum Mobilität <\nmobilitaet@forum.example>:"},
    {"de", "Am 03.05.2024 um 10:15 schrieb Forum <mobilitaet@forum.example>:"},
    {"de", "Am 3. Mai 2024 10:15:20 MESZ schrieb \"Forum\" <mobilitaet@forum.example>:"},
    {"de", "Am Freitag, 3. Mai 2024 hat Forum <mobilitaet@forum.example> geschrieben:"},
    {"de", "Forum Mobilität schrieb am 03.05.2024 um 10:15:"},
    {"de", "Forum <mobilitaet@forum.example> hat am 03.05.2024 10:15 CEST\ngeschrieben:"},
    {"de", "Forum Mobilität <mobilitaet@forum.example> schrieb am Fr., 3. Mai\n2024, 10:15:"},
    {"de", "Zitat von Forum <mobilitaet@forum.example>:"},
    {"en", "On Fri, May 3, 2024 at 10:15 AM Forum <forum@forum.example> wrote:"},
    {"en", "On Fri, May 3, 2024 at 10:15 AM Forum for Mobility in the Ruhr\n<forum@forum.example> wrote:"},
    {"en", "On 03/05/2024 10:15, Forum wrote:"},
    {"en", "On 3 May 2024, at 10:15, Forum <forum@forum.example> wrote:"},
    {"en", "On Friday 3 May 2024 at 10:15:20 CEST, Forum\n<forum@forum.example> wrote: "},
    {"en", "On 5/3/24, 10:15 AM, \"Forum\" <forum@forum.example<mailto:forum@forum.example>> wrote:"},
    {"en", "At 2024-05-03 10:15:20, \"Forum\" <forum@forum.example> wrote:"},
    {"en", "Quoting Forum <forum@forum.example>:"},
    {"en", "In a message dated 5/3/2024 10:15:20 AM, forum@forum.example writes:"},
    {"fr", "Le ven. 3 mai 2024 à 10:15, Forum <forum@forum.example> a écrit :"},
    {"fr", "Le 03/05/2024 à 10:15, Forum a écrit\302\240:"},
    {"fr", "Le vendredi 3 mai 2024 à 10:15:20 UTC+2, Forum\n<forum@forum.example> a écrit :"},
    {"nl", "Op vr 3 mei 2024 om 10:15 schreef Forum <forum@forum.example>:"},
    {"nl", "Op 3 mei 2024 om 10:15 heeft Forum <forum@forum.example> het volgende geschreven:"},
    {"nl", "Op 03-05-2024 om 10:15 schreef Forum:"},
    {"it", "Il giorno ven 3 mag 2024 alle ore 10:15 Forum <\nforum@forum.example> ha scritto:"},
    {"it", "Il 03/05/2024 10:15, Forum ha scritto:"},
    {"it", "In data 3 maggio 2024 10:15:20 Forum <forum@forum.example> ha scritto:"},
    {"es", "El vie, 3 may 2024 a las 10:15, Forum (<forum@forum.example>) escribió:"},
    {"es", "El 3/5/24 a las 10:15, Forum escribió:"},
    {"es", "El viernes, 3 de mayo de 2024, 10:15:20 CEST, Forum\n<forum@forum.example> escribió:"},
    {"pt", "Em sex., 3 de mai. de 2024 às 10:15, Forum <forum@forum.example>\nescreveu:"},
    {"pt", "Em 03/05/2024 10:15, Forum escreveu:"},
    {"pt", "No dia 3 de mai. de 2024, às 10:15, Forum <forum@forum.example> escreveu:"},
    {"pl", "pt., 3 maj 2024 o 10:15 Forum <forum@forum.example> napisał(a):"},
    {"pl", "W dniu 3.05.2024 o 10:15, Forum pisze:"},
    {"pl", "Wiadomość napisana przez Forum <forum@forum.example> w dniu 3 maj 2024, o godz. 10:15:"},
    {"pl", "W dniu pt., 3.05.2024 o 10:15 Forum <forum@forum.example> napisał(a):"},
    {"tr", "Forum <forum@forum.example>, 3 May 2024 Cum, 10:15 tarihinde şunu yazdı:"},
    {"tr", "Forum <forum@forum.example> şunları yazdı (3 May 2024 10:15):"},
    {"tr", "3.05.2024 10:15 tarihinde Forum yazdı:"},
    {"tr", "3 May 2024 Cuma 10:15:20 GMT+3 tarihinde, Forum\n<forum@forum.example> şunları yazdı:"},
    {"ru", "пт, 3 мая 2024 г. в 10:15, Forum <forum@forum.example>:"},
    {"ru", "3 мая 2024 г., в 10:15, Forum <forum@forum.example> написал(а):"},
    {"ru", "03.05.2024 10:15, Forum пишет:"},
    {"ru", "Пятница, 3 мая 2024, 10:15 +03:00 от Forum <forum@forum.example>:"},
    {"ru", "03.05.2024, 10:15, \"Forum\" <forum@forum.example>:"},
    {"uk", "пт, 3 трав. 2024 р. о 10:15 Forum <forum@forum.example> пише:"},
    {"uk", "3 трав. 2024 р. о 10:15 Forum <forum@forum.example> написав(ла):"},
    {"uk", "03.05.24 10:15, Forum пише:"},
    {"sv", "Den fre 3 maj 2024 kl 10:15 skrev Forum <forum@forum.example>:"},
    {"sv", "3 maj 2024 kl. 10:15 skrev Forum <forum@forum.example>:"},
    {"sv", "Den 2024-05-03 kl. 10:15, skrev Forum:"},
    {"da", "Den fre. 3. maj 2024 kl. 10.15 skrev Forum <forum@forum.example>:"},
    {"da", "Den 03.05.2024 kl. 10.15 skrev Forum:"},
    {"no", "fre. 3. mai 2024 kl. 10:15 skrev Forum <forum@forum.example>:"},
    {"no", "På 3. mai 2024 kl. 10:15:20 skrev Forum (forum@forum.example\n<mailto:forum@forum.example>):"},
    {"cs", "pá 3. 5. 2024 v 10:15 odesílatel Forum <forum@forum.example> napsal:"},
    {"cs", "Dne 03. 05. 24 v 10:15 Forum napsal(a):"},
    {"cs", "Dne pá 3. 5. 2024 10:15 uživatel Forum <forum@forum.example> napsal:"},
    {"zh", "Forum <forum@forum.example> 于2024年5月3日周五 10:15写道："},
    {"zh", "Forum <forum@forum.example> 於 2024年5月3日 週五 上午10:15寫道："},
    {"zh", "在 2024/5/3 10:15, Forum 写道:"},
    {"zh", "在 2024年5月3日，10:15，Forum <forum@forum.example> 写道："},
    {"zh", "在2024年05月03日 10:15，Forum<forum@forum.example> 写道："},
    {"ja", "2024年5月3日(金) 10:15 Forum <forum@forum.example>:"},
    {"ja", "2024/05/03 10:15、Forum <forum@forum.example>のメール:"},
    {"ja", "On 2024/05/03 10:15, Forum wrote:"},
    {"ar", "في الجمعة، 3 مايو 2024 في 10:15 ص تمت كتابة ما يلي بواسطة Forum <\nforum@forum.example>:"},
    {"ar", "في ٣ مايو ٢٠٢٤، الساعة ١٠:١٥، كتب Forum <forum@forum.example>:"},
    {"he", "\342\200\253בתאריך יום ו׳, 3 במאי 2024 ב-10:15 מאת \342\200\252Forum\342\200\254\342\200\217 "
           "<\342\200\252"
           "forum@forum.example\342\200\254\342\200\217>:\342\200\254"},
    {"he", "ב-3 במאי 2024, בשעה 10:15, Forum <forum@forum.example> כתב/ה:"},
    {"", "2024-05-03 10:15 GMT+02:00 Forum <forum@forum.example>:"},
};

/* Above a quote without marks; all that follows is elided. */
static const struct {
    const char *language, *block;
} blocks[] = {
    {"de", "________________________________\nVon: Forum <f@forum.example>\nGesendet: Freitag, 3. Mai 2024 10:15\n"
           "An: Anna Muster <anna@example.net>\nBetreff: Radweg\n"},
    {"de", "Von: Forum [mailto:f@forum.example] \nGesendet: Freitag, 3. Mai 2024 10:15\nAn: anna@example.net; \n"
           "bernd@example.net\nCc: carla@example.net\nBetreff: Radweg\n"},
    {"de", "Gesendet: Freitag, 03. Mai 2024 um 10:15 Uhr\nVon: \"Forum\" <f@forum.example>\nAn: anna@example.net\n"
           "Betreff: Radweg\n"},
    {"de", "-----Original-Nachricht-----\nBetreff: Radweg\nDatum: 2024-05-03T10:15:20+0200\nVon: \"Forum\" "
           "<f@forum.example>\nAn: \"anna@example.net\" <anna@example.net>\n"},
    {"de", "-------- Ursprüngliche Nachricht --------\nVon: Forum <f@forum.example> \nDatum: 03.05.24  10:15  "
           "(GMT+01:00) \nAn: anna@example.net \nBetreff: Radweg \n"},
    {"de", "Von:    Forum/Ministerium/DE\nAn:     Anna Muster/DE@DE\nDatum:  03.05.2024 10:15\nBetreff:      "
           "  Radweg\n"},
    {"de", "Von: Forum <f@forum.example>\nDatum: Freitag, 3. Mai 2024 um 10:15\nAn: Anna <anna@example.net>\n"
           "Betreff: Radweg\n"},
    {"de", ">>> Forum <f@forum.example> 03.05.2024 10:15 >>>\n"},
    {"en", "-----Original Message-----\nFrom: Forum <f@forum.example>\nSent: Friday, May 3, 2024 10:15 AM\n"
           "To: Anna <anna@example.net>\nSubject: Cycle path\n"},
    {"en", "*From:* Forum <f@forum.example>\n*Sent:* 03 May 2024 10:15\n*To:* Anna\n*Subject:* Cycle path\n"},
    {"en", "-----Original Message-----\nFrom: Forum <f@forum.example>\nTo: anna <anna@example.net>\n"
           "Sent: Fri, May 3, 2024 10:15 am\nSubject: Cycle path\n"},
    {"en", "---- On Fri, 03 May 2024 10:15:20 +0200 Forum <f@forum.example> wrote ----\n"},
    {"fr", "De : Forum <f@forum.example>\nEnvoyé : vendredi 3 mai 2024 10:15\nÀ : Anna\nObjet : Piste\n"},
    {"fr", "-------- Message d'origine --------\nDe : Forum <f@forum.example>\nDate : 03/05/2024 10:15\nÀ : Anna\n"
           "Objet : Piste\n"},
    {"nl", "Van: Forum <f@forum.example>\nVerzonden: vrijdag 3 mei 2024 10:15\nAan: Anna\nOnderwerp: Fietspad\n"},
    {"it", "Da: Forum <f@forum.example>\nInviato: venerdì 3 maggio 2024 10:15\nA: Anna\nOggetto: Pista\n"},
    {"es", "De: Forum <f@forum.example>\nEnviado: viernes, 3 de mayo de 2024 10:15\nPara: Anna\nAsunto: Carril\n"},
    {"pt", "De: Forum <f@forum.example>\nEnviado: sexta-feira, 3 de maio de 2024 10:15\nPara: Anna\n"
           "Assunto: Ciclovia\n"},
    {"pl", "Od: Forum <f@forum.example>\nWysłano: piątek, 3 maja 2024 10:15\nDo: Anna\nTemat: Droga\n"},
    {"tr", "Kimden: Forum <f@forum.example>\nGönderildi: 3 Mayıs 2024 Cuma 10:15\nKime: Anna\nKonu: Yol\n"},
    {"ru", "От: Forum <f@forum.example>\nОтправлено: 3 мая 2024 г. 10:15\nКому: Anna\nТема: Дорожка\n"},
    {"uk", "Від: Forum <f@forum.example>\nНадіслано: 3 травня 2024 р. 10:15\nКому: Anna\nТема: Доріжка\n"},
    {"sv", "Från: Forum <f@forum.example>\nSkickat: den 3 maj 2024 10:15\nTill: Anna\nÄmne: Cykelväg\n"},
    {"da", "Fra: Forum <f@forum.example>\nSendt: 3. maj 2024 10:15\nTil: Anna\nEmne: Cykelsti\n"},
    {"no", "Fra: Forum <f@forum.example>\nSendt: fredag 3. mai 2024 10:15\nTil: Anna\nEmne: Sykkelvei\n"},
    {"cs", "Od: Forum <f@forum.example>\nOdesláno: pátek 3. května 2024 10:15\nKomu: Anna\nPředmět: Cesta\n"},
    {"zh", "发件人: Forum <f@forum.example>\n发送时间: 2024年5月3日 10:15\n收件人: Anna\n主题: 自行车道\n"},
    {"zh", "------------------ 原始邮件 ------------------\n发件人: \"Forum\" <f@forum.example>;\n发送时间: "
           "2024年5月3日"
           "(星期五) 上午10:15\n收件人: \"Anna\";\n主题: 自行车道\n"},
    {"zh", "寄件者：Forum <f@forum.example>\n寄件日期：2024年5月3日 上午 10:15\n收件者：Anna\n主旨：自行車道\n"},
    {"ja", "差出人: Forum <f@forum.example>\n送信日時: 2024年5月3日 10:15\n宛先: Anna\n件名: 自転車道\n"},
    {"ar", "من: Forum <f@forum.example>\nتم الإرسال: 03/مايو/2024 10:15\nإلى: Anna\nالموضوع: مسار\n"},
    {"he", "מאת: Forum <f@forum.example>\nנשלח: יום שישי 03 מאי 2024 10:15\nאל: Anna\nנושא: שביל\n"},
};

static const char *const adverts[] = {
    "Von meinem iPhone gesendet",
    "Gesendet von meinem Samsung Galaxy-Smartphone.",
    "Gesendet von Outlook für Android<https://aka.ms/x>",
    "Holen Sie sich Outlook für iOS<https://aka.ms/x>",
    "Gesendet mit der GMX Mail App",
    "Gesendet mit der WEB.DE Mail App",
    "Gesendet mit der Telekom Mail App <https://kommunikationsdienste.t-online.de>",
    "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
    "Diese Nachricht wurde von meinem Android-Mobiltelefon mit WEB.DE Mail\ngesendet.",
    "Von Samsung-Tablet gesendet",
    "Gesendet von Yahoo Mail für iPhone",
    "Gesendet mit Proton Mail E-Mail-Verschlüsselung.",
    "Sent from my iPad",
    "Sent from Outlook for iOS",
    "Get Outlook for Android",
    "Sent from my BlackBerry, please excuse brevity and typos",
    "Sent from Yahoo Mail on Android",
    "Sent with Proton Mail secure email.",
    "Envoyé de mon iPhone",
    "Télécharger Outlook pour iOS",
    "Verstuurd vanaf mijn iPad",
    "Inviato da iPhone",
    "Enviado desde mi iPhone",
    "Enviado do meu iPhone",
    "Wysłane z iPhone'a",
    "iPhone'umdan gönderildi",
    "Отправлено с iPhone",
    "Надіслано з iPhone",
    "Skickat från min iPhone",
    "Sendt fra min iPhone",
    "Odesláno z iPhonu",
    "发自我的 iPhone",
    "從我的 iPhone 傳送",
    "iPhoneから送信",
    "أرسلت من الـ iPhone",
    "נשלח מה-iPhone שלי",
    /* in a language or wording that no row knows: the program's link, or a name of a device or program */
    "Outlook für iOS beziehen<https://aka.ms/o0ukef>",
    "Xelo qarim Outlook iOS <https://aka.ms/o0ukef>",
    "Odoslané z mojej aplikácie Pošta pre Windows",
    "Xelo qarim maran Galaxy",
    "გამოგზავნილია Mailspring- ისგან, საუკეთესო უფასო ელფოსტის აპლიკაცია სამუშაოებისთვის",
    "-- Wysłane z urządzenia Android za pomocą K-9 Mail. Proszę wybaczyć moją zwięzłość.",
};

#define ANSWER "Ja, das wäre gut.\n\nAuch für Kinder."

static void expect(const char *body, const char *text, const char *what)
{
    struct reply r;
    split(body, "AW: Radweg", &r);
    if (strcmp(r.text, text) != 0)
        g_test_message("in: %s\n%s", what, body);
    g_assert_cmpstr(r.text, ==, text);
    reply_clear(&r);
}

static void test_attributions(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(attributions); i++) {
        const char *line = attributions[i].line;
        g_autofree char *above = g_strconcat(ANSWER "\n\n", line, "\n\n> Soll der Weg gebaut werden?\n> Wann?\n", NULL);
        expect(above, ANSWER, line);
        g_autofree char *below = g_strconcat(line, "\n> Soll der Weg gebaut werden?\n\n" ANSWER "\n", NULL);
        expect(below, ANSWER, line);
        if (!strchr(line, '@'))
            continue;
        g_autofree char *bare = g_strconcat(ANSWER "\n\n", line, "\n\nSoll der Weg gebaut werden?\n\nWann?\n", NULL);
        expect(bare, ANSWER, line);
    }
}

static void test_blocks(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(blocks); i++) {
        g_autofree char *body = g_strconcat(ANSWER "\n\n", blocks[i].block, "\nSoll der Weg gebaut werden?\n", NULL);
        expect(body, ANSWER, blocks[i].block);
    }
}

#define N_LISTED (G_N_ELEMENTS(adverts) - 6) /* the last are known by where they stand */

static void test_adverts(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(adverts); i++) {
        g_autofree char *body = g_strconcat(ANSWER "\n\n", adverts[i], "\n", NULL);
        expect(body, ANSWER, adverts[i]);
        g_autofree char *quoted =
            g_strconcat(ANSWER "\n\n", adverts[i], "\n\n> Am 03.05.24 um 10:15 schrieb X <x@y.example>:\n>\n> Wann?\n", NULL);
        expect(quoted, ANSWER, adverts[i]);
        g_autofree char *headed =
            g_strconcat(ANSWER "\n\n", adverts[i],
                        "\n\nVon: X <x@y.example>\nGesendet: 3. Mai 2024 10:15\nAn: Z\nBetreff: Weg\n\nAlt.\n", NULL);
        expect(headed, ANSWER, adverts[i]);
        g_autofree char *named = g_strconcat(ANSWER "\n\nMit Gruß\nErika Beispiel\n", adverts[i], "\n", NULL);
        if (memchr(adverts[i], '\n', strlen(adverts[i])) == NULL && i < N_LISTED)
            expect(named, ANSWER "\n\nMit Gruß\nErika Beispiel", adverts[i]);
    }
}

/* Sentences that resemble what clients write, and are the author's. */
static void test_not(void)
{
    static const char *const texts[] = {
        "Am 3. Mai 2024 um 10:15 Uhr schrieb die Stadt in der Zeitung:\n\nDer Weg wird gebaut. Das stimmt "
        "nicht.",
        "Sent from my desk, this is easier than by telephone.",
        "Von: Duisburg\nNach: Essen\n\nDa fehlt ein Radweg.",
        "Es geht um diese Fahrt:\n\nDatum: 3. Mai 2024\nVon: Essen Hbf\nAn: Bochum\nThema: Anschluss\n\nDer "
        "Bus wartet nicht.",
        "Fahrt 1\n-----\nVon: Essen\nDatum: 3.5.2024\n-----\n\nDer Bus wartet nicht.",
        "Mein Vorschlag:\n> mehr Bäume\n> weniger Autos\n\nDanke!",
        "> 100 Autos in der Stunde sind zu viel.",
        "Gesendet habe ich das schon im Mai.",
        "Das ist gut.\n\nDie App geht auf meinem iPhone nicht",
        "Das ist gut.\n\nGibt es das auch für Android?",
        "Das ist gut.\n\nIch schicke es mit https://proton.me weiter",
        "Diesen Text habe ich\nvon meinem iPhone gesendet",
        "Galaxy Straße",
        "Der Antrag wurde gestern\nvon meinem Nachbarn gesendet",
        "Punkt 1\n-----\nPunkt 2\n-----\nPunkt 3",
        "Was ich sagen wollte --\ndas war es.",
        "Hat er geschrieben: nein.\n\nDoch.",
        "Von: Anna Muster\nAn: Ministerium für Verkehr\nBetreff: Radweg\n\nSehr geehrte Damen und "
        "Herren,\n\nich bitte darum.",
        "Wir treffen uns am 3.5. um 10:15.\nMeldung an: anna@example.net:\n\nBitte bald.",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        struct reply r;
        split(texts[i], "Radweg", &r);
        g_assert_cmpstr(r.text, ==, texts[i]);
        g_assert_cmpstr(r.elided, ==, "");
        g_assert_cmpstr(r.signature, ==, "");
        reply_clear(&r);
    }
}

/* Each row of the tables is written as folding would write it, else it could never fit. */
static void test_rows_are_folded(void)
{
    gsize n = 0;
    for (const char *row; (row = words_row(n)) != NULL; n++) {
        g_autofree char *folded = fold_line(row, strlen(row));
        g_assert_cmpstr(row, ==, folded);
    }
    g_assert_cmpuint(n, >, 500);
}

/* What is sorted is found again, and stands there once. */
static void test_attributions_are_ordered(void)
{
    static const char *const rows[] = {
#define ATTRIBUTION(languages, pattern) pattern,
#include "mail/word/attributions.def"
    };
    for (gsize i = 1; i < G_N_ELEMENTS(rows); i++)
        if (strcmp(rows[i - 1], rows[i]) >= 0)
            g_test_message("%s / %s", rows[i - 1], rows[i]), g_test_fail();
}

struct answer { /* of Erika to Karl Beispiel <karl@example.com>, or to our forum "Neue Mobilität" */
    bool is_answer;
    const char *body, *text;
};

/* Nobody listed these words; and what an author writes is not taken for them. */
static void test_shapes(void)
{
    static const struct answer answers[] = {
        {true, "Ja.\n\nXa 27.11.2026 09:01 qelo Karl Beispiel:\n\nAlt.", "Ja."},
        {true, "Ja.\n\nXa 27.11.2026 qelo Erwin Anders van Hove:\n\n> Alt.", "Ja."},
        {true, "Ja.\n\nXa 27.11.2026 qelo\nErwin Anders <erwin@example.com\n> :\n\n> Alt.\n> Neu.", "Ja."},
        {true, "Ja.\n\n٢٧.١١.٢٠٢٦، Karl Beispiel <karl@example.com> qelo\n\nAlt.", "Ja."},
        {true, "Ja.\n\nqelo idee-7+3-9-k2m4@forum.example:\n\nAlt.", "Ja."},
        {false, "Ja.\n\nqelo idee-7+3-9-k2m4@forum.example:\n\nAlt.", "Ja."},
        /* without a colon, as some programs write it; a name that is longer than the one in To */
        {true, "Ja.\n\nXa 27.11.2026, qo Karl Beispiel\n\nAlt.", "Ja."},
        {true, "Ja.\n\nXa 27.11.2026, qo Erwin Anders van Hove\n> Alt.", "Ja."},
        {true, "Ja.\n\nAm 27.11.2026, von Karl Friedrich von Beispielhausen-Musterstadt\n> Alt.", "Ja."},
        {true, "Ja.\n\nKarl Beispiel-ը գրել է 27.11.2026 09:01 -ին\n\nAlt.", "Ja."},
        {true, "Ja.\n\nZitat von Karl Friedrich von Beispielhausen:\n> Alt.", "Ja."},
        {true, "Ja.\n\n\"Erwin Anders van Hove\" erwin@example.com – 27.11.2026\n\nAlt.", "Ja."},
        /* a program wrote on in the same line */
        {true, "Ja.\n\nXa 27.11.2026 09:01, Erwin Anders<erwin@example.com> qelo:   Alt.\nNeu.", "Ja."},
        {true,
         "Ja.Enviado desde mi Galaxy\n-------- Mensaje original --------De: Karl <karl@example.com> Fecha: 27/11/26  Asunto: X "
         "\nAlt.",
         "Ja."},
        {true,
         "Ja.\n\nKarl Beispiel ---27.11.2026 09:01:22---Alt und\n\nFrom:\tKarl <karl@example.com>\nDate:\t27.11.2026 "
         "09:01\nSubject:\tX\n\nAlt.",
         "Ja."},
        {true, "Ja.\n\n   Karl> Alt\n   Karl> und neu", "Ja."},
        {true, "Ja.\n\nKarl Beispiel schrieb:\n| Alt und\n|\n| neu.\n\nNein.", "Ja.\n\nNein."},
        {true, "Hallo Anna, siehe unten:\n\nVon: Karl <karl@example.com>\nGesendet: 27.11.2026 09:01\nBetreff: X\n\nAlt.",
         "Hallo Anna, siehe unten:"},
        {true, "Ja.\n\n----- Erwin Anders wrote -----\n\nAlt.", "Ja."},
        /* a small word each of two languages is none of a third */
        {true, "Ja.\n\nOp 27.11.2026 om 09:01 skryf Karl Beispiel:\n\nAlt.", "Ja."},
        /* not these */
        {true, "Ich war dort.\n\nAm 27.11.2026 mit Karl Beispiel besprochen:\n\nEs bleibt so.", NULL},
        {true, "Ich war dort.\n\nTreffen mit Karl Beispiel am 27.11.2026\n\nEs bleibt so.", NULL},
        {true, "Ich war dort.\n\nAm 27.11.2026 kommt Karl Beispiel.\n\nEs bleibt so.", NULL},
        {true, "Ich war dort.\n\nFragen bitte an karl@example.com bis 5.12.2026:\n\nWer zahlt?", NULL},
        {true, "Ich war dort.\n\nFragen an karl@example.com:\n\nWer zahlt?", NULL},
        {true, "Gut.\n\nViele Grüße\nErika\n\nDiese Nachricht habe ich vertraulich auch der Stadt geschickt.", NULL},
        {true,
         "Gut.\n\nDiese E-Mail der Stadt enthält vertrauliche Zahlen, die mir jemand in den Briefkasten geworfen hat, sagt er.",
         NULL},
        {true,
         "Gut.\n\nViele Grüße\nErika\n\nDiese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat "
         "sind,\n"
         "informieren Sie bitte den Absender und vernichten Sie diese Mail.",
         "Gut.\n\nViele Grüße\nErika"},
        {true,
         "Zgoda.\n\nTa wiadomość jest poufna i przeznaczona dla adresata. Jeżeli nie są Państwo adresatem, prosimy o usunięcie.",
         "Zgoda."},
        {true, "Evet.\n\nBu e-posta ve ekleri gizlidir. Eğer bu e-postanın muhatabı değilseniz lütfen siliniz.", "Evet."},
        {true, "Karl Beispiel\nEssen, 27.11.2026\n\nEs bleibt so.", NULL},
        {true, "Fahrplan:\n\n7:15 Altendorf\n7:45 Essen\nKarl Beispiel <karl@example.com> xela (2026. 11. 27., 9:01):\n\nAlt.",
         "Fahrplan:\n\n7:15 Altendorf\n7:45 Essen"},
        {true, "Fahrplan:\n\n7:15 Altendorf\n7:45 Essen\n\n> Alt.", "Fahrplan:\n\n7:15 Altendorf\n7:45 Essen"},
        {false, "Xa 27.11.2026 09:01 qelo Karl Beispiel:\n\nAlt.", NULL},
        {true, "Ich war dort.\n\nDie Sitzung am 3.5.2026 um 18:00 im Rathaus hat beschlossen:\n\nEs bleibt so.", NULL},
        {true, "Ich war dort.\n\nMeine Idee für Neue Mobilität:\n\nMehr Busse.", NULL},
        {true, "Ich war dort.\n\nMeine Idee für Neue Mobilität vom 3.5.2026:\n\nMehr Busse.", NULL},
        {true, "Ich war dort.\n\nTermin 3.5.2026, 18:00:\n\nMehr Busse.", NULL},
        {true, "Ich war dort.\n\nSchreiben Sie an karl@example.com, der weiß es und hilft gern weiter:\n\nMehr.", NULL},
    };
    struct mailbox karl = {.name = "Karl Beispiel", .address = "karl@example.com"};
    struct mailbox forum = {.name = "Neue Mobilität", .address = "idee-7@forum.example"};
    g_autoptr(GPtrArray) to = g_ptr_array_new();

    g_ptr_array_add(to, &karl);
    g_ptr_array_add(to, &forum);
    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
        struct reply_context context = {.is_answer = answers[i].is_answer, .to = to, .own_domain = "forum.example"};
        struct reply r;
        reply_split(answers[i].body, &context, &r);
        g_assert_cmpstr(r.text, ==, answers[i].text != NULL ? answers[i].text : answers[i].body);
        reply_clear(&r);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/reply/languages/attributions", test_attributions);
    g_test_add_func("/reply/languages/blocks", test_blocks);
    g_test_add_func("/reply/languages/adverts", test_adverts);
    g_test_add_func("/reply/languages/not-theirs", test_not);
    g_test_add_func("/reply/languages/rows-are-folded", test_rows_are_folded);
    g_test_add_func("/reply/languages/attributions-are-ordered", test_attributions_are_ordered);
    g_test_add_func("/reply/languages/shapes", test_shapes);
    return g_test_run();
}
