/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What kind of mail it is and whether a machine may answer it: a table of headers and bodies. The rows with
 * "human" matter most; each stands for a way in which careless rules take a person for a machine.
 */
#include "mail/message/message.h"
#include "mail/read/read.h"

#include <string.h>

#define PART "Content-Type: multipart/report; report-type="
#define FROM "From: Anna <anna@a.example>\n"

struct row {
    const char *head; /* fields; Date, To and MIME-Version are added */
    const char *body;
    const char *kind;
    bool may_reply;
};

static const struct row rows[] = {
    {FROM "Subject: Radweg\n", "Bitte mehr Radwege.\n", "human", true},
    /* RFC 3834 and its elders */
    {FROM "Auto-Submitted: auto-replied\nSubject: Re: x\n", "weg\n", "auto-reply", false},
    {FROM "Auto-Submitted: auto-generated (cron)\nSubject: x\n", "weg\n", "auto-reply", false},
    {FROM "Auto-Submitted: no\nSubject: x\n", "da\n", "human", true},
    {FROM "X-Autoreply: yes\nSubject: x\n", "weg\n", "auto-reply", false},
    {FROM "X-Autoreply: no\nSubject: x\n", "da\n", "human", true},
    {FROM "X-Autorespond: x\nSubject: x\n", "weg\n", "auto-reply", false},
    /* nobody should answer automatically: that says nothing of who wrote */
    {FROM "X-Auto-Response-Suppress: All\nSubject: x\n", "da\n", "human", true},
    {FROM "X-Auto-Response-Suppress: OOF, AutoReply\nSubject: x\n", "da\n", "human", true},
    {FROM "Feedback-ID: i1:Fastmail\nSubject: Auto: zu teuer\n", "da\n", "human", true},
    {FROM "X-Auto-Response-Suppress: All\nSubject: Abwesenheit\n", "weg\n", "auto-reply", false},
    {FROM "Return-Path: <>\nSubject: Re: Radweg\n", "Bin nicht da.\n", "auto-reply", false},
    {FROM "Subject: Ich bin nicht im B\xc3\xbcro Radweg\n", "Bis 3. 1. weg.\n", "auto-reply", false},
    {FROM "Subject: Ich bin nicht im B\xc3\xbcro gefragt worden\n",
     "Am Radweg wird seit dem 3. 1. gebaut, und niemand hat mit uns gesprochen. Das muss anders werden, denn wir fahren dort "
     "jeden Tag, und die Umleitung ist drei Kilometer lang.\n",
     "human", true},
    {FROM "X-MS-Exchange-Inbox-Rules-Loop: anna@a.example\nSubject: x\n", "da\n", "human", true},
    {FROM "Precedence: auto_reply\nSubject: x\n", "weg\n", "auto-reply", false},
    /* Subjects, in eight languages and some more */
    {FROM "Subject: Automatische Antwort: Radweg\n", "weg\n", "auto-reply", false},
    {FROM "Subject: AUTOMATISCHE  ANTWORT: Radweg\n", "weg\n", "auto-reply", false},
    {FROM "Subject: Abwesenheitsnotiz\n", "weg\n", "auto-reply", false},
    {FROM "Subject: Out of Office: Radweg\n", "weg\n", "auto-reply", false},
    {FROM "Subject: Automatic reply: Radweg\n", "weg\n", "auto-reply", false},
    {FROM "Subject: [Auto-Reply] Radweg\n", "weg\n", "auto-reply", false},
    {FROM "Subject: =?utf-8?Q?R=C3=A9ponse_automatique_=3A_x?=\n", "weg\n", "auto-reply", false},
    {FROM "Subject: Automatisch antwoord: x\n", "weg\n", "auto-reply", false},
    {FROM "Subject: Risposta automatica: x\n", "weg\n", "auto-reply", false},
    {FROM "Subject: =?utf-8?Q?Respuesta_autom=C3=A1tica=3A_x?=\n", "weg\n", "auto-reply", false},
    {FROM "Subject: =?utf-8?Q?Odpowied=C5=BA_automatyczna=3A_x?=\n", "weg\n", "auto-reply", false},
    {FROM "Subject: =?utf-8?Q?Otomatik_Yan=C4=B1t=3A_x?=\n", "weg\n", "auto-reply", false},
    {FROM "Subject: =?utf-8?B?6Ieq5Yqo5Zue5aSNOiB4?=\n", "weg\n", "auto-reply", false},
    {FROM "Subject: AW: Automatische Antwort: Radweg\n", "Danke, ich warte.\n", "human", true},
    {FROM "Subject: Automatische Antworten der Stadt nerven\n", "Bitte abschalten.\n", "human", true},
    {FROM "Subject: Out of office space in Essen\n", "We need more.\n", "human", true},
    {FROM "Subject: Abwesenheit: wer vertritt die Moderation?\n", "Frage.\n", "human", true},
    {FROM "Return-Path: <>\nSubject: Abwesenheit: Radweg\n", "weg\n", "auto-reply", false},
    {FROM "Subject: Auto: weniger davon\n", "Mehr Bahn.\n", "human", true},
    /* Reports of programs */
    {"From: dmarc@a.example\nSubject: Report Domain: own.example; Submitter: a.example; Report-ID: 1\n", "x\n", "auto-reply",
     false},
    {"From: t@a.example\nTLS-Report-Domain: own.example\nSubject: x\n", "x\n", "auto-reply", false},
    {FROM "Subject: =?utf-8?Q?Report_=C3=BCber_den_Radweg?=\n", "x\n", "human", true},
    {"From: d@a.example\nSubject: x\nContent-Type: application/zip; "
     "name=\"a.example!own.example!1717200000!1717286400.zip\"\nContent-Transfer-Encoding: base64\n",
     "UEsDBA==\n", "auto-reply", false},
    {FROM "Subject: x\nContent-Type: application/zip; name=\"Wichtig!!!1.zip\"\nContent-Transfer-Encoding: "
          "base64\n",
     "UEsDBA==\n", "human", true},
    /* Lists and newsletters */
    {FROM "List-Id: <l.a.example>\nList-Post: <mailto:l@a.example>\nPrecedence: list\nSubject: Re: x\n", "da\n", "human", false},
    {FROM "List-Id: <l.a.example>\nPrecedence: list\nSubject: x\n", "da\n", "human", false},
    {FROM "Precedence: bulk\nIn-Reply-To: <1@a>\nSubject: Re: x\n", "da\n", "human", false},
    {FROM "Precedence: bulk\nSubject: Angebote\n", "Kauft!\n", "bulk", false},
    {FROM "List-Unsubscribe: <https://a.example/u>\nSubject: Angebote\n", "Kauft!\n", "bulk", false},
    {FROM "List-Unsubscribe: <https://a.example/u>\nList-Post: NO\nSubject: Angebote\n", "Kauft!\n", "bulk", false},
    /* Whom no machine answers */
    {"From: noreply@a.example\nSubject: x\n", "da\n", "human", false},
    {"From: l-request@a.example\nSubject: x\n", "da\n", "human", false},
    {FROM "Return-Path: <>\nSubject: x\n", "da\n", "human", false},
    {"Subject: x\n", "da\n", "human", false},
    {"From: reply@a.example\nSubject: x\n", "da\n", "human", true},
    /* Form mailers hand on what people wrote */
    {"From: noreply@stadt.example\nSubject: Kontaktformular: Zeitung nicht zugestellt\n",
     "Meine Zeitung wurde nicht zugestellt.\n\nE-Mail: anna@a.example\n", "human", false},
    {"Return-Path: <>\nFrom: Formular <web@stadt.example>\nSubject: Anfrage: Sperrmuell\n",
     "Der Termin konnte nicht zugestellt werden. Meine Adresse:\nanna@a.example\n", "human", false},
    {"From: noreply@a.example\nSubject: Mail\n",
     "Your mail could not be delivered to: <e@b.example>\nAs their mailbox is full.\n", "bounce", false},
    /* Reports in standard parts */
    {"From: MAILER-DAEMON@a.example\n" PART "delivery-status; boundary=b\nSubject: x\n",
     "--b\n\nno\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\nFinal-Recipient: "
     "rfc822;e@b.example\nAction: failed\nStatus: 5.1.1\n--b--\n",
     "bounce", false},
    {"From: MAILER-DAEMON@a.example\n" PART "delivery-status; boundary=b\nSubject: x\n",
     "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\nFinal-Recipient: "
     "rfc822;e@b.example\nAction: delayed\nStatus: 4.4.1\n--b--\n",
     "delay", false},
    {"From: MAILER-DAEMON@a.example\n" PART "delivery-status; boundary=b\nSubject: x\n",
     "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\nFinal-Recipient: "
     "rfc822;e@b.example\nAction: relayed\nStatus: 2.0.0\n--b--\n",
     "delivered", false},
    {FROM PART "disposition-notification; boundary=b\nSubject: Gelesen: x\n",
     "--b\n\nja\n--b\nContent-Type: message/disposition-notification\n\nDisposition: "
     "manual-action/MDN-sent-manually; "
     "displayed\n--b--\n",
     "receipt", false},
    {FROM PART "feedback-report; boundary=b\nSubject: x\n",
     "--b\n\nx\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nOriginal-Rcpt-To: "
     "<e@b.example>\n--b--\n",
     "complaint", false},
    {FROM "Subject: WG: Unzustellbar\nContent-Type: multipart/mixed; boundary=b\n",
     "--b\n\nWas heisst das?\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; "
     "a\n\nFinal-Recipient: "
     "rfc822;e@b.example\nAction: failed\nStatus: 5.1.1\n--b--\n",
     "human", true},
    {FROM "Subject: WG: Unzustellbar\nContent-Type: multipart/mixed; boundary=b\n",
     "--b\n\nWas heisst das?\n--b\nContent-Type: message/rfc822\n\nFrom: "
     "MAILER-DAEMON@a.example\nContent-Type: "
     "multipart/report; report-type=delivery-status; boundary=c\n\n--c\nContent-Type: "
     "message/delivery-status\n\n"
     "Final-Recipient: rfc822;e@b.example\nAction: failed\n--c--\n--b--\n",
     "human", true},
    /* Invitations */
    {FROM "Subject: Treffen\nContent-Type: multipart/alternative; boundary=b\n",
     "--b\n\nKommt!\n--b\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nMETHOD:REQUEST\n"
     "END:VCALENDAR\n--b--\n",
     "calendar", true},
    {FROM "Subject: Termine\nContent-Type: multipart/mixed; boundary=b\n",
     "--b\n\nAnbei.\n--b\nContent-Type: text/calendar\nContent-Disposition: attachment\n\nBEGIN:VCALENDAR\n"
     "METHOD:REQUEST\nEND:VCALENDAR\n--b--\n",
     "human", true},
    /* Commands, nothing, and what we cannot read */
    {FROM "Subject: Re: x\n", "UNSUBSCRIBE\n\n-- \nAnna\n", "command", true},
    {FROM "Subject: Re: x\n", "Abmelden!\n\n> Text\n> mehr\n", "command", true},
    {FROM "Subject: Hilfe\n", "\n", "command", true},
    {FROM "Subject: Hilfe\n", "Hilfe ist schwer zu finden.\n", "human", true},
    {FROM "Subject: x\n", "Help\nI need somebody\n", "human", true},
    {FROM "Subject: x\n", " \n\n", "empty", true},
    {FROM "Subject: x\n", "-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n", "encrypted", true},
    {FROM "Subject: unsubscribe\nAuto-Submitted: auto-replied\n", "sent by a mail program\n", "complaint", false},
};

static void test_row(gconstpointer data)
{
    const struct row *row = data;
    g_autofree char *mail = g_strdup_printf("%sTo: me@own.example\nDate: Mon, 3 Jun 2024 10:00:00 +0200\nMIME-Version: 1.0\n\n%s",
                                            row->head, row->body);
    message_auto m = message_read(mail, strlen(mail), NULL);

    g_assert_cmpstr(message_kind_name(m->kind), ==, row->kind);
    g_assert_cmpint(m->may_reply, ==, row->may_reply);
    g_assert_true(m->kind == KIND_HUMAN || m->why->len > 0);
}

/* From fields, and whether it is one author's word: of several nobody commands. */
static const struct {
    const char *from;
    bool is_spread;
} authors[] = {
    {"From: Anna <anna@a.example>\n", false},
    {"From: Muster, Anna <anna@a.example>\n", false}, /* a name whose quotes are missing is no author */
    {"From: anna@a.example, bert@b.example\n", true},
    {"From: Anna <anna@a.example>\nFrom: Bert <bert@b.example>\n", true},
    {"From: Wir: anna@a.example, bert@b.example;\n", true},
    {"From: Anna <anna@a.example>\nSender: bert@b.example\n", false},
    {"From: Anna <anna@a.example>\nList-Id: <l.a.example>\nPrecedence: list\n", true},
};

static void test_authors(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(authors); i++) {
        g_autofree char *mail = g_strdup_printf("%sTo: me@own.example\nSubject: x\n\n+1\n", authors[i].from);
        message_auto m = message_read(mail, strlen(mail), NULL);
        g_test_message("%s", authors[i].from);
        g_assert_cmpint(m->is_spread, ==, authors[i].is_spread);
    }
}

/* RFC 3464's groups as the world writes them: run together, in any order, with the types and escapes of RFC
 * 6533. */
static void test_groups(void)
{
    static const char *const mail =
        "From: MAILER-DAEMON@a.example\nMIME-Version: 1.0\n" PART "delivery-status; boundary=b\n\n--b\nContent-Type: "
        "message/global-delivery-status\n\nReporting-MTA: dns; a\n\nAction: failed "
        "(bounced)\nFinal-Recipient: "
        "utf-8;j\\x{f6}rg@b.example\nOriginal-Recipient: rfc822; j\\x{f6}rg@b.example\nStatus: 5.0.0 "
        "(permanent)\n"
        "Diagnostic-Code: smtp; 550-5.7.1 no\n 550 5.7.1 really\nFinal-Recipient: RFC822; "
        "<otto@c.example>\nAction: "
        "delayed\nStatus: 4.4.1\n\n\n\nOriginal-Recipient: rfc822;list@d.example\nFinal-Recipient: X400; "
        "/S=eva/OU=d/C=de/\nAction: failed\nStatus: 5.2.2\n--b--\n";
    message_auto m = message_read(mail, strlen(mail), NULL);
    const struct report_recipient *r;

    g_assert_cmpint(m->kind, ==, KIND_BOUNCE);
    g_assert_cmpuint(m->recipients->len, ==, 3);
    r = m->recipients->pdata[0];
    g_assert_cmpstr(r->address, ==, "jörg@b.example");
    g_assert_cmpstr(r->status, ==, "5.7.1");
    g_assert_cmpstr(r->smtp, ==, "550");
    g_assert_false(r->is_permanent);
    r = m->recipients->pdata[1];
    g_assert_cmpstr(r->address, ==, "otto@c.example");
    g_assert_cmpstr(r->action, ==, "delayed");
    g_assert_false(r->is_permanent);
    r = m->recipients->pdata[2];
    g_assert_cmpstr(r->address, ==, "list@d.example");
    g_assert_cmpstr(r->reason, ==, "mailbox_full");
    g_assert_false(r->is_permanent);
}

/* Hostile sizes: each of these is one mail of some megabytes, and takes about a second in all; the time is printed. */
static void test_large(void)
{
    static const char *const lines[] = {
        "a@b.example a@b.example: 550 5.1.1 no <c@d.example>\n",
        "To: x@y.example\nSubject: x\n",
        "550 5.1.1 550 5.1.1 user user unknown@@@@@@@@ ",
        "Final-Recipient: rfc822;e@b.example\nAction: failed\nStatus: 5.1.1\n\n",
        "original message follows\n\n",
        "<<<<<<<<@>>>>>>>>@@@....@",
        "{\"bouncedRecipients\":[{\"emailAddress\":\"",
    };
    gint64 start = g_get_monotonic_time();

    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autoptr(GString) mail = g_string_new("From: MAILER-DAEMON@a.example\nSubject: failure notice\n\n");

        while (mail->len < 3000000)
            g_string_append(mail, lines[i]);
        message_auto m = message_read(mail->str, mail->len, NULL);
        g_assert_cmpint(m->kind, !=, KIND_HUMAN);
    }
    g_test_message("%.2f s", (double)(g_get_monotonic_time() - start) / 1e6);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strdup_printf("/kind/%02u", (guint)i);

        g_test_add_data_func(path, &rows[i], test_row);
    }
    g_test_add_func("/kind/authors", test_authors);
    g_test_add_func("/kind/groups", test_groups);
    g_test_add_func("/kind/large", test_large);
    return g_test_run();
}
