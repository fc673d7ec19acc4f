/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What programs write without any field or subject that says so, and what people write who sound like them: a person who is taken for a
 * machine loses their words, so the second table matters most.
 */
#include "mail/message/message.h"
#include "mail/read/read.h"

#include <string.h>

struct row {
    const char *subject, *text;
};
#define RE "Re: Neue Idee"

static const struct row machines[] = {
    /* clang-format off */
    {"Please confirm your message [confirm 9x8]", "Your message to p@example.net is being held. To deliver it, please click the link below to verify that you are a human: https://example.net/v/9x8"},
    {"Ihre E-Mail wartet auf Freigabe", "Ihre Nachricht wurde zurückgehalten, weil Sie mir zum ersten Mal schreiben. Bitte bestätigen Sie einmalig über diesen Link, dass Sie kein Spam-Versender sind: https://example.net/c/1"},
    {"[BOXBE] Your message was not delivered yet", "p@example.net uses Boxbe. Your message is in the waiting list. Click here to be approved."},
    {"Empfangsbestätigung", "Ihre E-Mail ist in unserem Posteingang eingegangen und wird an die zuständige Stelle weitergeleitet. Diese Nachricht wurde automatisch erzeugt."},
    {"AW: Neue Idee", "Frau Kolbe ist nicht mehr in unserem Hause tätig. Ihre Nachricht wird nicht gelesen. Bitte wenden Sie sich an info@example.net."},
    {"Neue E-Mail-Adresse", "Diese E-Mail-Adresse wird nicht mehr verwendet. Bitte nutzen Sie ab sofort info@example.net. Dies ist eine automatisch generierte Nachricht."},
    {RE, "Ich befinde mich bis zum 12.12. im Urlaub und lese meine E-Mails nicht. Ihre Nachricht wird nicht weitergeleitet."},
    {RE, "I am out of the office until 4 December with limited access to email."},
    {RE, "Thank you for your email. I am currently on annual leave and will return on 7 December. For urgent matters please contact the front desk."},
    {"On vacation Re: Neue Idee", "I'm on vacation until Dec 7 and will reply when I'm back. This is an automated response."},
    {RE, "Bedankt voor uw bericht. Ik ben met vakantie en lees mijn e-mail niet."},
    {"Gelesen: Neue Idee", "Ihre Nachricht\n\n   An: P\n   Betreff: Neue Idee\n   Gesendet: Samstag, 28. November 2026 14:03:11 (UTC+01:00)\n\nwurde am Samstag, 28. November 2026 15:01:00 (UTC+01:00) gelesen."},
    {"Read: Neue Idee", "Your message\n\n   To: P\n   Subject: Neue Idee\n   Sent: 28 November 2026 14:03\n\nwas read on 28 November 2026 15:01."},
    {"Ungelesen gelöscht: Neue Idee", "Ihre Nachricht\n\n An: P\n Betreff: Neue Idee\n\nwurde ungelesen gelöscht am Samstag, 28. November 2026 15:01."},
    {"Lesebestätigung (angezeigt) - Neue Idee", "Dies ist eine Eingangsbestätigung für eine Nachricht, die Sie an P geschickt haben.\n\nBeachte: Diese Eingangsbestätigung sagt nur aus, dass die Nachricht auf dem Computer des Empfängers angezeigt wurde."},
    {"Przeczytano: Neue Idee", "Wiadomość\n\nDo: P\nTemat: Neue Idee\n\nzostała przeczytana 28 listopada 2026 15:01."},
    {"Lu : Neue Idee", "Votre message\n\nÀ : P\nObjet : Neue Idee\nEnvoyé : samedi 28 novembre 2026 14:03\n\na été lu le samedi 28 novembre 2026 15:01."},
    {RE, "Sehr geehrte Damen und Herren,\n\nvielen Dank für Ihre Anfrage. Ihr Anliegen wurde unter der Ticketnummer 2026112810000345 erfasst."},
    {RE, "Your request (84311) has been received and is being reviewed by our support staff. To add additional comments, reply to this email."},
    {"Ihre Anfrage ist bei uns eingegangen", "Vielen Dank für Ihre Nachricht. Wir werden uns schnellstmöglich bei Ihnen melden. Bitte antworten Sie nicht auf diese automatisch erstellte E-Mail."},
    {"[JIRA] (HELP-311) Neue Idee", "Your request was created. View request. This message was sent by Atlassian Jira."},
    {RE, "Thank you for contacting us. A case has been opened."},
    {"Zgłoszenie #4481 zostało zarejestrowane", "Dziękujemy za kontakt. Wiadomość wygenerowana automatycznie, prosimy na nią nie odpowiadać."},
    {"Votre demande #1182 a bien été reçue", "Ceci est un message automatique, merci de ne pas y répondre."},
    {"Talebiniz alındı #5512", "Bu e-posta otomatik olarak gönderilmiştir, lütfen yanıtlamayınız."},
    {RE, "Guten Tag,\n\nvielen Dank für Ihre E-Mail. Ich bin vom 23.11. bis 04.12.2026 nicht im Haus. Ihre Mail wird nicht bearbeitet. Bei Rückfragen wenden Sie sich bitte an das Sekretariat, Tel. 0211 555-100.\n\nMit freundlichen Grüßen\nThomas Keller"},
    {"AW: Neue Idee", "Sehr geehrte Damen und Herren,\nich bin ab dem 7. Dezember wieder im Büro erreichbar. Bis dahin bin ich im Urlaub.\nFreundliche Grüße\nM. Stein"},
    {RE, "Hallo,\n\nich bin gerade in Elternzeit und lese meine Mails nur unregelmäßig. Meine Vertretung ist Jonas Reimer (jonas.reimer@example.net).\n\nViele Grüße\nSina"},
    {RE, "Hi, I am on holiday until the 7th and will get back to you when I return. Thanks, Joe"},
    {RE, "Guten Tag,\n\nzu Ihrer Anfrage wurde das Ticket 4711 angelegt. Bitte geben Sie diese Nummer bei Rückfragen an.\n\nIhr Service-Team"},
    {RE, "Wir haben Ihre Nachricht erhalten und bearbeiten sie so schnell wie möglich. Bitte haben Sie etwas Geduld."},
    {RE, "Bonjour,\n\nJe suis en congé jusqu'au 7 décembre inclus. Pour toute urgence, merci de contacter l'accueil.\n\nCordialement,\nLuc"},
    {RE, "Dzień dobry,\n\ndziękuję za wiadomość. Jestem na urlopie do 7.12. i odpowiem po powrocie.\n\nPozdrawiam\nEwa"},
    {RE, "Merhaba, 7 Aralık'a kadar izindeyim. Acil durumlarda lütfen ofisi arayın."},
    {RE, "Hallo, ik ben tot 7 december met vakantie. Voor dringende zaken kunt u contact opnemen met mijn collega."},
    {RE, "Hej, jag är på semester till den 7 december. Vid brådskande ärenden, kontakta växeln."},
    {RE, "Vielen Dank für Ihre Nachricht. Sie erreichen mich wieder ab Montag. Diese Antwort wurde automatisch erstellt."},
    {RE, "Sie haben an ein nicht überwachtes Postfach geschrieben. Ihre Nachricht wird nicht gelesen. Bitte wenden Sie sich an info@example.net."},
    {RE, "This inbox is no longer monitored. Please contact us through our website."},
    {RE, "Diese E-Mail-Adresse ist nicht mehr gültig. Bitte verwenden Sie künftig meine neue Adresse s.weber@example.com."},
    {"Read: Neue Idee", "Your message was read on Saturday, 28 November 2026 15:01:00."},
    {"Letta: Neue Idee", "Il messaggio\n\n  A: P\n  Oggetto: Neue Idee\n  Inviato: sabato 28 novembre 2026 14:03\n\nè stato letto in data sabato 28 novembre 2026 15:01."},
    {"Leesbevestiging: Neue Idee", "Uw bericht\n\n  Aan: P\n  Onderwerp: Neue Idee\n  Verzonden: zaterdag 28 november 2026 14:03\n\nis gelezen op zaterdag 28 november 2026 15:01."},
    {"Okundu: Neue Idee", "İletiniz\n\n  Kime: P\n  Konu: Neue Idee\n  Gönderildi: 28 Kasım 2026 Cumartesi 14:03\n\n28 Kasım 2026 Cumartesi 15:01 tarihinde okundu."},
    {"Message pending", "Hello, I am protecting myself from receiving junk mail. Please click the link below to complete the verification process. You have to do this only once. https://spamarrest.example/a2?1"},
    {"Bitte Absender bestätigen", "Hallo, meine Mailbox ist vor Spam geschützt. Ihre E-Mail wurde zurückgehalten. Klicken Sie hier, um sie zuzustellen: https://example.net/x"},
    {RE, "Pan Kowalski nie pracuje już w naszej firmie. Proszę o kontakt z biuro@example.net."},
    {RE, "Vielen Dank für Ihre Bewerbung. Wir haben Ihre Unterlagen erhalten und melden uns in Kürze. Dies ist eine automatische Eingangsbestätigung."},
    {"Danke!", "Danke für Ihre Anmeldung. Bitte antworten Sie nicht auf diese automatisch generierte E-Mail."},
    {RE, "Sorry, I'm currently out of the office with no access to email. For urgent matters call +44 20 7946 0123."},
    {RE, "Ich bin dienstlich unterwegs und kann E-Mails nur eingeschränkt beantworten. Ab dem 3.12. bin ich wieder da."},
    {RE, "Доброго дня! Я у відпустці до 7 грудня. Відповім після повернення."},
    {RE, "Hallo, danke für die Nachricht. Ich bin heute nicht im Büro und morgen wieder erreichbar."},
    {RE, "Guten Tag,\nich bin bis auf Weiteres erkrankt. Ihre Nachricht wird nicht weitergeleitet. Bitte wenden Sie sich an die Zentrale.\nMit freundlichen Grüßen\nKarin Otto"},
    {RE, "Sehr geehrte Bürgerin, sehr geehrter Bürger,\n\nIhre Nachricht ist bei uns eingegangen. Wir werden sie so bald wie möglich beantworten.\n\nIhre Stadtverwaltung"},
    {RE, "I am currently out of office attending a conference and will respond to your email on my return on 3 December."},
    {RE, "Thanks for your message! We'll get back to you as soon as possible. This is an automated response."},
    {RE, "Je suis en déplacement cette semaine avec un accès limité à mes mails. Je vous répondrai à mon retour."},
    {RE, "Obecnie przebywam na zwolnieniu lekarskim. W sprawach pilnych proszę o kontakt z p. Nowak, tel. 22 555 01 02."},
    {RE, "Şu anda ofis dışındayım. Mesajınıza en kısa sürede dönüş yapacağım."},
    {RE, "Attualmente sono fuori sede. Risponderò al mio rientro il 7 dicembre."},
    {RE, "Hello,\n\nYour ticket has been created with the reference INC-20931. Our team will review it shortly."},
    {"Bestätigung: Ihre Nachricht an uns", "Guten Tag,\n\nwir bestätigen den Eingang Ihrer E-Mail. Ihre Anfrage wird schnellstmöglich bearbeitet.\n\nDiese E-Mail wurde automatisch erzeugt. Bitte antworten Sie nicht darauf."},
    {RE, "Ich habe Urlaub vom 20.11. bis 6.12. und bin danach wieder für Sie da. Ihre Mails werden in dieser Zeit nicht gelesen."},
    {RE, "My email address has changed. Please update your records: new@example.com. This is an automatic message."},
    {"Lues: Neue Idee", "Votre message\n  À : P\n  Objet : Neue Idee\n\na été lu le 28/11/2026 15:01."},
    {"Not read: Neue Idee", "Your message\n\n  To: P\n  Subject: Neue Idee\n  Sent: 28 November 2026 14:03\n\nwas deleted without being read on 28 November 2026 15:01."},
    {RE, "Ich kehre am 07.12.2026 zurück.\n\nIch werde Ihre Nachricht nach meiner Rückkehr beantworten."},
    {RE, "Bedankt voor je mail! Ik ben er even niet tot 7 december. Ik lees mijn mail niet."},
    {"Verification required", "To prevent spam, I need to verify your email address before delivering your message. Please click here: https://example.net/v"},
    {RE, "Děkuji za Váš e-mail. Jsem na dovolené do 7. prosince."},
    {RE, "Благодарю за письмо. Я в отпуске до 7 декабря, отвечу по возвращении."},
    {RE, "Vielen Dank für Ihre E-Mail, die ich am 9.12. nach meinem Urlaub lesen werde."},
    {RE, "Moin, bin bis zum 5.12. im Urlaub. Wenn es brennt: 0171 555 0102. Gruß Ole"},
    {RE, "Hello! I'm away until Monday 7 December with no email. If it's urgent, please ring the office."},
    {RE, "Bonjour, merci pour votre message. Je suis absente du bureau jusqu'au 7/12 et vous répondrai dès mon retour."},
    {RE, "E-postanız için teşekkürler. 7 Aralık tarihine kadar ofis dışında olacağım."},
    {RE, "Gracias por su correo. Estaré de vacaciones hasta el 7 de diciembre."},
    {RE, "Dank voor uw mail. Ik ben afwezig t/m 6 december. Uw mail wordt niet doorgestuurd."},
    {RE, "Ich befinde mich im Mutterschutz. Meine Nachfolgerin ist Frau Kaya, kaya@example.net."},
    {RE, "Herr Otto hat unser Unternehmen verlassen. Bitte wenden Sie sich an vertrieb@example.net."},
    {"Lettura: Neue Idee", "Il messaggio\n\nA: P\nOggetto: Neue Idee\nInviato: 28/11/2026 14:03\n\nè stato letto il 28/11/2026 15:01"},
    {"Zugestellt: Neue Idee", "Ihre Nachricht\n\nAn: P\nBetreff: Neue Idee\n\nwurde am 28.11.2026 15:01 zugestellt."},
    {RE, "Thank you for writing to Councillor Hill. Due to the volume of mail we cannot answer each message individually. This is an automated acknowledgement."},
    {RE, "Hinweis: Dies ist eine automatische Antwort. Ich lese E-Mails nur dienstags."},
    {RE, "Jeg er på ferie til 7. december. Du kan kontakte mine kolleger i mellemtiden."},
    /* clang-format on */
};

static const struct row people[] = {
    /* clang-format off */
    {RE, "Diese E-Mail wurde automatisch übersetzt. Die Schule braucht neue Fenster."},
    {RE, "Diese Antwort wurde automatisch von meinem Telefon gesendet, ich bin unterwegs. Mehr Radwege bitte!"},
    {RE, "This is an automated message? I want to talk to a human about the bus line."},
    {RE, "Dies ist eine automatische Nachricht, oder? Ich habe keine Antwort bekommen."},
    {RE, "Diese Nachricht wurde automatisch signiert.\n\nDer Bahnhof ist zu dunkel. Ich habe Angst."},
    {RE, "Wir bitten um Geduld. Diese E-Mail wird automatisch verschlüsselt.\nDas Rathaus hat nur bis Mittag auf, das ist zu wenig."},
    {RE, "Diese E-Mail wurde automatisch verschlüsselt.\n\nBitte bauen."},
    {RE, "Mehr Bäume!\nDiese Nachricht wurde automatisch erstellt von meiner Tochter."},
    {RE, "Es ist zu laut in der Nacht. Diese Nachricht wurde automatisch geprüft."},
    {RE, "Ich finde die Idee mit dem Radweg gut.\n\nDiese E-Mail wurde automatisch auf Viren geprüft."},
    {RE, "Wir brauchen mehr Bäume in der Stadt, sonst wird es zu heiß.\n\nDiese Nachricht wurde automatisch übersetzt."},
    {RE, "This message was automatically translated from Arabic.\n\nWe need more language courses near the station."},
    {RE, "Diese Nachricht wurde automatisch weitergeleitet.\n\nIch bin gegen die Schließung des Bades, weil es das letzte ist."},
    {RE, "Diese E-Mail wird automatisch nach 30 Tagen gelöscht, steht in Ihrer Antwort. Das finde ich falsch. Bitte bewahren Sie sie auf."},
    {RE, "Das ist eine automatische Antwort, die mir nicht reicht. Ich möchte von einem Menschen hören."},
    {RE, "Mehr Busse am Abend.\n\nDies ist eine automatisch erstellte Signatur."},
    {RE, "Bitte mehr Bänke im Park.\n\nDiese Nachricht wurde automatisch per Spracherkennung erstellt."},
    {"Unsubscribe", "This message was automatically generated by Gmail."}, /* its user pressed a button */
    {"Urlaub von der Autobahn", "Ich bin derzeit im Urlaub an der See und merke, wie schön Ruhe ist. Warum nicht auch bei uns Tempo 30?"},
    {RE, "Je suis absent la semaine prochaine, mais je voulais dire que l'idée du banc est bonne."},
    {"AW: Neue Idee", "Jestem na urlopie, ale piszę, bo sprawa jest ważna: chodnik przy szkole jest dziurawy."},
    {"Out of order: lift at the station", "The lift has been out of order for weeks. Please have it repaired."},
    {"Antwort der Stadt", "Der automatische Anrufbeantworter der Stadt sagt: Ich bin nicht erreichbar. Das hilft niemandem. Richten Sie bitte eine Hotline ein."},
    {RE, "Danke für Ihre Nachricht. Ich bin dafür."},
    {"Abwesenheit der Fahrer", "Wegen Abwesenheit der Fahrer fällt jeder zweite Bus aus. Was tut die Stadt?"},
    {"Nicht mehr zuständig", "Frau Kolbe ist nicht mehr im Amt, seitdem kümmert sich keiner um unseren Spielplatz. Bitte benennen Sie jemanden."},
    {RE, "Yıllık izindeyim ama yine de yazıyorum: parka bank konulmasını destekliyorum."},
    {"Ticket", "Das Deutschlandticket ist mir zu teuer, ich bekomme 900 Euro Rente."},
    {RE, "Ich bin bis Freitag nicht im Büro, aber schon mal meine Meinung: Der Radweg muss kommen."},
    {"Automatische Türen im Rathaus", "Die Türen im Rathaus sollten automatisch öffnen. Menschen im Rollstuhl kommen sonst nicht hinein."},
    {RE, "Mein Ticket 2026 kostet 58 Euro, das ist zu viel. Vielen Dank für Ihre Nachricht, ich finde die Idee gut."},
    {"Unzustellbar: Pakete in unserer Straße", "Ständig sind Pakete unzustellbar, weil die Hausnummern fehlen. Bitte Schilder aufstellen."},
    {"Gelesen: Ihr Plan zum Kanal", "Ich habe Ihren Plan zum Kanal gelesen und habe drei Fragen dazu. Wo bleibt der Radweg? Wer zahlt? Wann geht es los?"},
    {"Eingangsbestätigung fehlt immer", "Wer bei der Stadt einen Antrag stellt, bekommt keine Eingangsbestätigung. Das sollte sich ändern."},
    {"Bitte nicht antworten", "Auf E-Mails der Stadt steht immer: Bitte antworten Sie nicht auf diese E-Mail. Ich wünsche mir echte Ansprechpartner."},
    {"Zugesagt, nie gebaut", "Die Rampe am Bahnhof wurde 2019 zugesagt. Gebaut wurde nichts."},
    {RE, "Ich bin im Urlaub, aber das ist mir wichtig: bauen Sie den Radweg."},
    {RE, "Vielen Dank für Ihre Nachricht. Ich bin im Urlaub, finde den Vorschlag aber gut."},
    {RE, "Danke für die Antwort. Wann ist das Büro wieder besetzt? Ich war heute da und niemand war im Haus."},
    {"Urlaubssperre", "Im Urlaub nicht erreichbar sein dürfen: das sollte für alle Beschäftigten der Stadt gelten."},
    {"Bürgerbüro", "Das Bürgerbüro ist nicht erreichbar. Ich habe fünfmal angerufen. Bitte mehr Personal."},
    {RE, "Ihre Anfrage ist mir nicht klar. Was wollen Sie von mir wissen?"},
    {"Meldeportal", "Ihre Anfrage ist eingegangen, heißt es immer. Danach passiert nichts. Ich wünsche mir eine Frist von 14 Tagen."},
    {"Automaten", "Diese Fahrkartenautomaten sind automatisch immer kaputt. Tauscht sie aus!"},
    {RE, "Wir haben Ihre Nachricht erhalten und sind begeistert! Unsere Klasse 7b schlägt eine Rutsche vor."},
    {RE, "We have received your letter. As residents we support the crossing but want a speed limit too."},
    {"Bus", "I am on leave from work and take the bus every day. It is never on time. Please fix."},
    {RE, "Mein Kollege ist in Elternzeit, deshalb antworte ich. Wir sind für den Zebrastreifen."},
    {"Mails der Stadt", "Dies ist eine automatisch schließende Tür, steht am Rathaus. Sie klemmt aber. Bitte reparieren."},
    {RE, "Jestem na urlopie, więc mam czas napisać: potrzebujemy ścieżki rowerowej przy szkole."},
    {RE, "Danke für Ihre Nachricht, ich melde mich so schnell wie möglich."},
    {RE, "Je suis absent le soir du conseil. Je vote pour le projet de parc."},
    {"Terminvergabe", "Betreff: Termin\nOrt: Rathaus\nZeit: 8 Uhr\nSo einen Zettel bekommt man, und dann wartet man drei Stunden."},
    {"Gelesen: Plan", "Ihr Plan\n\nOrt: Kanal\nThema: Plan\n\nGut so, aber bitte mit Licht am Weg und mit Bänken."},
    {RE, "Bin gerade nicht im Büro. Daumen hoch für den Radweg!"},
    {RE, "Ich bin ab Montag wieder da und komme gern zum Runden Tisch."},
    {RE, "Bitte klicken Sie hier: https://example.net/petition und unterschreiben Sie für den Park."},
    {"Spielplatz", "Der Spielplatz wurde zurückgehalten, bis Geld da ist? Siehe https://example.net/artikel"},
    {RE, "Thank you for your email. I am out of office most days, working on site. The noise there is terrible; please act."},
    {RE, "Yıllık izindeyim, köydeyim; ama mahallemdeki parkın ışıkları hâlâ yanmıyor."},
    {"Außer Haus", "Außer Haus gibt es für Jugendliche hier nichts. Ein Jugendtreff fehlt."},
    {RE, "Danke für Ihre Nachricht! Ich bin gerade im Urlaub. Den Radweg fände ich super."},
    {RE, "Bin krank, melde mich später. Nur so viel: Die Ampel muss bleiben."},
    {RE, "Ich bin wieder da! Gibt es Neues zum Radweg?"},
    {"Mehr Urlaub", "Ich habe Urlaub und bin danach wieder für Sie da, sagt der Pförtner. So geht Service nicht."},
    {RE, "Wir bestätigen gern: die Schule macht mit."},
    {"Bürgermeister", "Der Bürgermeister ist im Urlaub und seine Vertretung nicht erreichbar. Wer entscheidet?"},
    {RE, "Ihre Nachricht ist bei uns angekommen, und der Elternrat stimmt zu."},
    {RE, "I am on leave, so I have time to read the plan. Page 3 is wrong."},
    {RE, "Please click here to see my photos of the broken bridge: https://example.net/p"},
    {RE, "Thank you for your message. We have received your plan and we object to it."},
    {"Bus", "Wegen Urlaub fahren die Busse nur eingeschränkt. Das ist für Schüler nicht hinnehmbar."},
    {RE, "Jestem na urlopie w domu i słyszę hałas od rana. Proszę o ekrany."},
    {RE, "Vielen Dank. Ich bin bis 7.12. nicht da, stimme aber dafür."},
    {RE, "Ich bin bis Montag im Urlaub. Bitte warten Sie mit der Entscheidung."},
    {RE, "Je suis en vacances mais je soutiens le projet."},
    {"Ticket", "Ihre Anfrage wurde unter der Ticketnummer 4711 erfasst - das höre ich seit einem Jahr. Niemand repariert die Lampe."},
    {"Automatische Ansage", "Diese Nachricht hört man im Aufzug: Bitte Türen frei machen. Sie ist viel zu laut."},
    {RE, "Das Büro ist nicht besetzt, die Nummer nicht erreichbar. Danke für nichts."},
    {RE, "Bitte kontaktieren Sie mich, ich bin im Büro."},
    {RE, "Nicht im Büro, sondern vor Ort sollte die Verwaltung entscheiden."},
    {RE, "Ich bin leider krank und kann zur Begehung nicht kommen. Bitte notieren Sie: der Weg ist zu schmal."},
    {RE, "Vielen Dank für Ihre Nachricht. Im Urlaub habe ich so einen Radweg in Dänemark gesehen."},
    {RE, "Wir haben Ihre Nachricht erhalten. Leider ist der Termin ungünstig."},
    {RE, "Der Bus ist eingestellt, das Büro geschlossen, keiner erreichbar. Bitte helfen Sie."},
    {RE, "Hello, thank you for your message. I'm away until Monday but yes, plant the trees."},
    {RE, "Wir haben Ihre E-Mail erhalten und sind einverstanden."},
    {"Ferien", "In den Ferien und im Urlaub ist das Schwimmbad geschlossen. Bitte öffnen."},
    {"Mutterschutz", "Ich bin in Mutterschutz. Die Elterngeldstelle ist nicht erreichbar."},
    {"Krank", "Ich bin krank. Meine Praxis ist nicht erreichbar und die Vertretung im Urlaub."},
    {RE, "Merci pour votre message. Je suis en congé parental et le parc me manque."},
    {RE, "Danke für Ihre Nachricht. Meine Kollegin und ich sind im Urlaub gewesen und haben überall Trinkbrunnen gesehen."},
    {RE, "We have received your email and will be there on Monday."},
    {RE, "Bitte wenden Sie sich an die Schule, nicht an mich."},
    {"Elternzeit", "In Elternzeit bekommt man keinen Kitaplatz. Ihr Amt antwortet nicht."},
    {RE, "Ja, ich bin wieder im Büro. Danke für die Erinnerung!"},
    {"Amt", "Ihr Amt ist nicht erreichbar. Ihre Nummer nicht besetzt. Ihre E-Mails werden nicht gelesen."},
    {RE, "Dziękuję za wiadomość. Na urlopie widziałam takie ławki w Gdańsku."},
    {"Ansage", "Vielen Dank für Ihren Anruf, wir sind derzeit nicht erreichbar. Das sagt die Hotline der Stadt seit Wochen."},
    {RE, "Je suis absente du quartier en semaine mais le week-end le bruit est insupportable."},
    {RE, "Gracias por su mensaje. De vacaciones vi fuentes de agua en todas partes."},
    /* clang-format on */
};

static enum message_kind kind_of(const struct row *row)
{
    bool is_answer = g_str_has_prefix(row->subject, "Re:") || g_str_has_prefix(row->subject, "AW:");
    g_autofree char *mail = g_strdup_printf("From: Anna <anna@a.example>\nTo: me@own.example\nSubject: %s\nMIME-Version: 1.0\n"
                                            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n%s\n%s\n",
                                            row->subject, is_answer ? "In-Reply-To: <o1@own.example>\n" : "", row->text);
    message_auto m = message_read(mail, strlen(mail), NULL);

    if (m->kind == KIND_AUTO_REPLY) {
        g_assert_false(m->may_reply);
        g_assert_cmpuint(m->why->len, >, 0);
    }
    return m->kind;
}

static void test_machines(void)
{
    guint n_wrong = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(machines); i++)
        if (kind_of(&machines[i]) != KIND_AUTO_REPLY) {
            n_wrong++;
            g_test_message("a person's: %s", machines[i].text);
        }
    g_assert_cmpuint(n_wrong, ==, 0);
}

static void test_people(void)
{
    guint n_wrong = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(people); i++)
        if (kind_of(&people[i]) != KIND_HUMAN) {
            n_wrong++;
            g_test_message("a machine's: %s", people[i].text);
        }
    g_assert_cmpuint(n_wrong, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/kind-note/machines", test_machines);
    g_test_add_func("/kind-note/people", test_people);
    return g_test_run();
}
