/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Delivery reports in words, one short mail for each way in which mail servers write them; no server has code
 * of its own, so each row is there to keep the one engine general. Addresses and hosts are made up.
 */
#include "mail/message/message.h"
#include "mail/read/read.h"

#include <string.h>

struct row {
    const char *from, *subject, *body; /* BODY may begin with header fields and an empty line: "+" stands before them */
    const char *kind;
    const char *recipients; /* "address status smtp reason permanent", joined by ", "; "-" for "" */
};

static const struct row rows[] = {
    /* qmail and its relatives */
    {"MAILER-DAEMON@a.example", "failure notice",
     "Hi. This is the deliver program at a.example.\nI'm afraid I wasn't able to deliver your message to the "
     "following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work "
     "out.\n\n<eva@b.example>:\n"
     "Sorry, no mailbox here by that name. vpopmail (#5.1.1)\n\n<otto@c.example>:\n192.0.2.9 does not like "
     "recipient.\nRemote host said: 552 5.2.2 quota\nGiving up on 192.0.2.9.\n\n--- Below this line is a "
     "copy of the "
     "message.\n\nReturn-Path: <me@a.example>\nMessage-ID: <m1@a.example>\nTo: eva@b.example\nSubject: "
     "Radweg\n",
     "bounce", "eva@b.example 5.1.1 - no_user yes, otto@c.example 5.2.2 552 mailbox_full no"},
    {"MAILER-DAEMON@a.example", "failure notice",
     "<eva@b.example>:\nConnected to 192.0.2.9 but greeting failed.\nRemote host said: 554 mx.b.example no\n", "bounce",
     "eva@b.example - 554 blocked no"},
    {"MAILER-DAEMON@a.example", "failure notice",
     "Unable to deliver message to the following address(es).\n\n<eva@b.example>:\nThis user doesn't have a "
     "b.example "
     "account (eva@b.example) [0]\n\n--- Original message follows.\n\nReceived: x\nTo: z@b.example\n",
     "bounce", "eva@b.example 5.1.1 - no_user yes"},
    /* Postfix without a report part; and with an expanded address */
    {"MAILER-DAEMON@a.example (Mail Delivery System)", "Undelivered Mail Returned to Sender",
     "This is the mail system at host a.example.\n\n<eva@b.example>: host mx.b.example[192.0.2.1] said: 550 "
     "5.7.1\n    "
     "Service unavailable; client host [192.0.2.7] blocked using bl.example (in\n    reply to RCPT TO "
     "command)\n",
     "bounce", "eva@b.example 5.7.1 550 blocked no"},
    {"MAILER-DAEMON@a.example (Mail Delivery System)", "Undelivered Mail Returned to Sender",
     "This is the mail system at host a.example.\n\n<eva@new.example> (expanded from <eva@b.example>): "
     "unknown user: "
     "\"eva\"\n",
     "bounce", "eva@b.example 5.1.1 - no_user yes"},
    {"MAILER-DAEMON@a.example (Mail Delivery System)", "Undelivered Mail Returned to Sender",
     "<eva@b.example>: host mx.b.example[192.0.2.1] refused to talk to me: 554 mx.b.example\n", "bounce",
     "eva@b.example - 554 blocked no"},
    {"MAILER-DAEMON@a.example (Mail Delivery System)", "Delayed Mail (still being retried)",
     "####\nTHIS IS A WARNING ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE.\n####\n\nYour message could not "
     "be "
     "delivered for more than 3 hour(s).\n\n<eva@b.example>: connect to mx.b.example[192.0.2.1]:25: "
     "Connection timed "
     "out\n",
     "delay", "eva@b.example 4.4.1 - host no"},
    /* Exim */
    {"Mail Delivery System <Mailer-Daemon@a.example>", "Mail delivery failed: returning message to sender",
     "+X-Failed-Recipients: eva@b.example, otto@c.example\n\nThis message was created automatically by mail "
     "delivery "
     "software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. The "
     "following "
     "addresses failed:\n\n  eva@b.example\n    Unrouteable address\n  otto@c.example\n    mailbox is "
     "full\n\n------ "
     "This is a copy of your message, including all the headers. ------\n\nReturn-path: "
     "<me@a.example>\nSubject: x\n",
     "bounce", "eva@b.example 5.1.2 - host yes, otto@c.example 5.2.2 - mailbox_full no"},
    {"Mail Delivery System <Mailer-Daemon@a.example>", "Warning: message 1abc-0001-00 delayed 24 hours",
     "This message was created automatically by mail delivery software.\nA message that you sent has not yet "
     "been "
     "delivered to one or more of its\nrecipients after more than 24 hours on the queue on a.example.\n\nThe "
     "address to "
     "which the message has not yet been delivered is:\n\n  eva@b.example\n    Delay reason: Connection "
     "refused\n\nNo "
     "action is required on your part.\n",
     "delay", "eva@b.example 4.4.1 - host no"},
    /* Sendmail, old and very old */
    {"Mail Delivery Subsystem <MAILER-DAEMON@a.example>", "Returned mail: see transcript for details",
     "   ----- The following addresses had permanent fatal errors -----\n<eva@b.example>\n    (reason: 550 "
     "5.1.1 User "
     "unknown)\n<otto@c.example>\n\n   ----- Transcript of session follows -----\n... while talking to "
     "mx.b.example.:\n>>> RCPT To:<eva@b.example>\n<<< 550 5.1.1 User unknown\n550 5.1.1 <eva@b.example>... "
     "User "
     "unknown\n>>> RCPT To:<otto@c.example>\n<<< 554 5.7.1 Relay access denied\n",
     "bounce", "eva@b.example 5.1.1 550 no_user yes, otto@c.example 5.7.1 554 policy no"},
    {"Mail Delivery Subsystem <MAILER-DAEMON@a.example>", "Returned mail: Host unknown",
     "   ----- Transcript of session follows -----\n501 <eva@nowhere.example>... 550 Host unknown (Name "
     "server)\n\n   "
     "----- Unsent message follows -----\nReceived: by a.example; (5.65)\nTo: eva@nowhere.example\n",
     "bounce", "eva@nowhere.example - 501 host yes"},
    /* Courier, and a filter that lists delivery problems */
    {"Mail Delivery System <MAILER-DAEMON@a.example>", "NOTICE: mail delivery status.",
     "This is a delivery status notification from a.example,\nrunning the Courier mail server, version "
     "0.65.2.\n\n"
     "                           UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be "
     "delivered:\n\n<eva@b.example>:\n    mx.b.example [192.0.2.4]:\n>>> RCPT TO:<eva@b.example>\n<<< 550 "
     "5.1.1 "
     "<eva@b.example>... User "
     "Unknown\n\n---------------------------------------------------------------------------\n"
     "If your message was also sent to additional recipients, their delivery\nstatus is not included.\n",
     "bounce", "eva@b.example 5.1.1 550 no_user yes"},
    {"postmaster@a.example", "Message could not be delivered",
     "--- The following addresses had delivery problems ---\n\n<eva@b.example>   (User unknown "
     "eva@b.example)\n\n",
     "bounce", "eva@b.example 5.1.1 - no_user yes"},
    {"\"biglobe\" <postmaster@a.example>", "Returned mail: Mailbox full",
     "   ----- The following addresses had delivery problems -----\neva@b.example\n\n   ----- Non-delivered "
     "information "
     "-----\nThe number of messages in recipient's mailbox exceeded the local limit: mailbox full.\n",
     "bounce", "eva@b.example 5.2.2 - mailbox_full no"},
    /* Domino, Notes */
    {"postmaster@a.example", "DELIVERY FAILURE: User eva (eva@b.example) not listed in Domino Directory",
     "Your message\n\n  Subject: Radweg\n\nwas not delivered to:\n\n  eva@b.example\n\nbecause:\n\n  User "
     "eva "
     "(eva@b.example) not listed in Domino Directory\n",
     "bounce", "eva@b.example 5.1.1 - no_user yes"},
    {"POSTMASTER@a.example", "Undeliverable message",
     "------- Failure Reasons  --------\n\nUser not listed in public Name & Address "
     "Book\neva@b.example\n\n\n------- "
     "Returned Message --------\n\nReceived: from x by y; 1 Jan 1999\nTo: eva@b.example\n",
     "bounce", "eva@b.example 5.1.1 - no_user yes"},
    /* Exchange, in English and German, old and new */
    {"System Administrator <postmaster@a.example>", "Undeliverable: Radweg",
     "Your message\n\n  To:      me@list.example\n  Subject: Radweg\n  Sent:    Thu, 29 Apr 2010 16:51:29 "
     "+0200\n\ndid "
     "not reach the following recipient(s):\n\neva@b.example on Thu, 29 Apr 2010 16:51:51 +0200\n    The "
     "recipient name "
     "is not recognized\n",
     "bounce", "eva@b.example 5.1.1 - no_user yes"},
    {"Systemadministrator <postmaster@a.example>", "Unzustellbar: Radweg",
     "Ihre Nachricht hat einige oder alle Empfänger nicht erreicht.\n\n      Betreff:\tRadweg\n      "
     "Gesendet am:\t"
     "29.04.2010 16:51\n\nFolgende(r) Empfänger konnte(n) nicht erreicht werden:\n\n      eva@b.example am "
     "29.04.2010 "
     "16:51\n            Der Empfängername wurde nicht erkannt.\n            <mx.b.example #5.1.1 smtp; 550 "
     "5.1.1 User "
     "unknown>\n",
     "bounce", "eva@b.example 5.1.1 550 no_user yes"},
    {"Microsoft Outlook <postmaster@a.example>", "Unzustellbar: Radweg",
     "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\neva@b.example "
     "(eva@b.example)<mailto:eva@b.example>\nDas Postfach des Empfängers ist voll und kann zurzeit keine "
     "Nachrichten "
     "annehmen.\n\nDiagnoseinformationen für Administratoren:\n\nGenerierender Server: "
     "a.example\n\neva@b.example\n"
     "Remote Server returned '554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException'\n\n"
     "Ursprüngliche Nachrichtenkopfzeilen:\n\nReceived: from x by y\nTo: eva@b.example\n",
     "bounce", "eva@b.example 5.2.2 554 mailbox_full no"},
    /* Google */
    {"Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Failure)",
     "Delivery to the following recipient failed permanently:\n\n     eva@b.example\n\nTechnical details of "
     "permanent "
     "failure: \nDNS Error: Domain name not found\n\n----- Original message -----\n\nReceived: by 10.0.0.1\n",
     "bounce", "eva@b.example 5.1.2 - host yes"},
    {"Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Failure)",
     "** Adresse nicht gefunden **\n\nIhre Nachricht wurde nicht an eva@b.example zugestellt, weil die "
     "Adresse nicht "
     "gefunden wurde oder keine E-Mails empfangen kann.\n\nDie Antwort lautete:\n550 5.1.1 The email account "
     "that you "
     "tried to reach does not exist.\n",
     "bounce", "eva@b.example 5.1.1 550 no_user yes"},
    /* GMX, WEB.DE, 1&1, T-Online */
    {"MAILER-DAEMON@gmx.example", "Mail delivery failed: returning message to sender",
     "This message was created automatically by mail delivery software.\n\nA message that you sent could not "
     "be "
     "delivered to one or more of\nits recipients. This is a permanent error. The following "
     "address\nfailed:\n\n"
     "\"eva@b.example\":\nSMTP error from remote server after RCPT command:\nhost: mx.b.example\n5.1.1 "
     "<eva@b.example>... User Unknown\n\n--- The header of the original message is following. "
     "---\n\nReceived: x\n",
     "bounce", "eva@b.example 5.1.1 - no_user yes"},
    {"mailer-daemon@web.example", "Mail delivery failed: returning message to sender",
     "Diese Nachricht wurde automatisch vom E-Mail-Server erstellt.\n\nEine Nachricht, die Sie versendet "
     "haben, konnte "
     "nicht zugestellt werden an:\n\neva@b.example:\nSMTP error from remote server for RCPT TO command, "
     "host: "
     "mx.b.example (192.0.2.3) reason: 550 unknown user\n",
     "bounce", "eva@b.example - 550 no_user yes"},
    {"Mail Delivery System <mailer-daemon@t-online.example>", "Undelivered Mail Returned to Sender",
     "|------------------------- Message log follows: -------------------------|\n no valid recipients were "
     "found for "
     "this message\n|------------------------- Failed addresses follow: ---------------------|\n "
     "<eva@t-online.example> "
     "... transport smtp: 554 IP=192.0.2.7 - None/bad reputation. Ask your postmaster "
     "(NOWL)\n|------------------------- "
     "Message text follows: ------------------------|\nReceived: x\nTo: eva@t-online.example\n",
     "bounce", "eva@t-online.example - 554 blocked no"},
    /* IMail, MDaemon, InterScan, MailMarshal, GroupWise and other Windows servers */
    {"\"Postmaster\" <postmaster@a.example>", "Undeliverable Mail",
     "Unknown user: eva@b.example\n\n\nOriginal message follows.\n\nReceived: x\nTo: other@b.example\n", "bounce",
     "eva@b.example 5.1.1 - no_user yes"},
    {"\"Postmaster\" <postmaster@a.example>", "Undeliverable Mail",
     "User mailbox exceeds allowed size: eva@b.example\n\nOriginal message follows.\n\nReceived: x\n", "bounce",
     "eva@b.example 5.2.2 - mailbox_full no"},
    {"MDaemon@a.example", "Permanent Delivery Failure",
     "The attached message had PERMANENT fatal delivery errors!\n\nThe following addresses did NOT receive a "
     "copy of "
     "your message: \n\n> eva@b.example\n\n--- Session Transcript ---\n Attempting SMTP connection to "
     "[192.0.2.4 : 25]\n "
     "220 b.example ESMTP ready\n RCPT To:<eva@b.example>\n 550 No such user here\n",
     "bounce", "eva@b.example - 550 no_user yes"},
    {"postmaster@a.example", "Undeliverable Mail: \"Radweg\"",
     "Your message:\n   From:    me@a.example\n   Subject: Radweg\n\nCould not be delivered because "
     "of\n\n550 5.1.1 "
     "User unknown\n\nThe following recipients were affected: \n    eva@b.example\n\nAdditional "
     "Information\n",
     "bounce", "eva@b.example 5.1.1 550 no_user yes"},
    {"\"Mail Delivery System\" <postmaster@a.example>", "Delivery failure",
     "We had trouble delivering your message. Full details follow:\n\nSubject: 'Radweg'\nDate: 'Thu, 29 Apr "
     "2010'\n\n1 "
     "error(s):\n\nSMTP Server <mx.b.example> rejected recipient <eva@b.example> \n  (Error following RCPT "
     "command). It "
     "responded as follows: [550 5.1.1 User unknown]\n\nMessage has been removed from the queue.\n",
     "bounce", "eva@b.example 5.1.1 550 no_user yes"},
    {"Mail Delivery System <mailadmin@a.example>", "Returned mail",
     "Undeliverable Address:  eva@b.example\n\nReason: mailbox unavailable\n\nOriginal message attached.\n", "bounce",
     "eva@b.example 5.1.1 - no_user yes"},
    {"MAILER-DAEMON@a.example", "Mail could not be delivered",
     "Your message\n\n   Subject: Radweg\n\ncould not be delivered to the following recipients:\n\n * "
     "eva@b.example: 550 "
     "5.7.1 Message rejected due to DMARC policy\n * otto@c.example: 450 4.2.0 greylisted\n",
     "bounce", "eva@b.example 5.7.1 550 policy no, otto@c.example 4.2.0 450 blocked no"},
    {"System Administrator <postmaster@a.example>", "Mail delivery failure",
     "The email below could not be delivered to the following user:\n\n<eva@b.example>\n\nOld "
     "message:\nHallo\n",
     "bounce", "eva@b.example 5.0.0 - other yes"},
    {"MAILER-DAEMON@a.example", "Undelivered mail",
     "Sorry, unable to deliver your message to eva@b.example for the following reason:\n\n552 Quota "
     "violation for "
     "eva@b.example\n\nA copy of the original message below this line:\n",
     "bounce", "eva@b.example - 552 mailbox_full no"},
    {"postmaster@a.example", "Delivery failure",
     "A message could not be delivered to:\n\n   eva@b.example\n\nSubject: Radweg\n\nReason: recipient not "
     "found\n",
     "bounce", "eva@b.example 5.1.1 - no_user yes"},
    {"postmaster@a.example", "Delivery problem",
     "Your message has encountered delivery problems\nto the following recipient(s):\n\nYour message "
     "addressed to "
     "eva@b.example\n550 5.1.1 unknown\n\nYour message reads (in part):\n",
     "bounce", "eva@b.example 5.1.1 550 no_user yes"},
    {"postmaster@a.example", "Could not deliver message",
     "Could not deliver message to the following recipient(s):\n\nFailed Recipient: eva@b.example\nReason: "
     "Remote host "
     "said: 550 no such user\n\n   -- The header and top 20 lines of the message follows --\n",
     "bounce", "eva@b.example - 550 no_user yes"},
    {"Mail Administrator <Postmaster@a.example>", "Mail System Error - Returned Mail",
     "This Message was undeliverable due to the following reason:\n\nThe following destination addresses "
     "were unknown "
     "(please check\nthe addresses and re-mail the message):\n\n  SMTP <eva@b.example>\n\nPlease reply to "
     "Postmaster@a.example\nif you feel this message to be in error.\n",
     "bounce", "eva@b.example 5.1.1 - no_user yes"},
    {"Mail Administrator <Postmaster@a.example>", "Mail System Error - Returned Mail",
     "This Message was undeliverable due to the following reason:\n\nEach of the following recipients was "
     "rejected by a "
     "remote mail server.\nThe reasons given by the server are included to help you determine why\neach "
     "recipient was "
     "rejected.\n\n    Recipient: <eva@b.example>\n    Reason:    5.1.1 <eva@b.example>... User unknown\n\n  "
     "  "
     "Recipient: <otto@c.example>\n    Reason:    Mailbox full\n",
     "bounce", "eva@b.example 5.1.1 - no_user yes, otto@c.example 5.2.2 - mailbox_full no"},
    {"Mail Delivery System <MAILER-DAEMON@a.example>", "Delivery reports about your e-mail",
     "Your message could not be sent.\nA transcript of the attempts to send the message follows.\nThe number "
     "of attempts "
     "made: 1\nAddressed To: eva@b.example\n\nThu 29 Apr 2010 23:34:45 +0900\nFailed to send to identified "
     "host,\neva@b.example: [192.0.2.5], 550 eva@b.example... No such user\n--- Message non-deliverable.\n",
     "bounce", "eva@b.example - 550 no_user yes"},
    {"postmaster@a.example", "Mail delivery failed: returning message to sender",
     "An Ihre Nachricht vom 29.04.2010: Zustellung nicht möglich.\n\nEmpfänger: eva@b.example\nGrund: Das "
     "Postfach ist "
     "voll.\n",
     "bounce", "eva@b.example 5.2.2 - mailbox_full no"},
    {"Zustelldienst <mailer-daemon@a.example>", "Zustellung verzögert",
     "Ihre Nachricht an eva@b.example konnte noch nicht zugestellt werden. Weitere Zustellversuche folgen.\n", "delay",
     "eva@b.example 4.0.0 - host no"},
    /* other languages */
    {"MAILER-DAEMON@a.example", "Échec de la remise",
     "Votre message n'a pas pu être remis aux destinataires suivants :\n\neva@b.example\n\nRaison : 550 "
     "5.1.1 Adresse "
     "d'au moins un destinataire invalide.\n",
     "bounce", "eva@b.example 5.1.1 550 no_user yes"},
    {"MAILER-DAEMON@a.example", "Ваше сообщение не доставлено. Mail failure.",
     "К сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\n\n  "
     "eva@b.example\n    SMTP "
     "error from remote mail server after RCPT TO:<eva@b.example>:\n    host mx.b.example [192.0.2.2]: 550 "
     "5.2.2 "
     "Mailbox Full\n",
     "bounce", "eva@b.example 5.2.2 550 mailbox_full no"},
    /* the sender is refused: nothing is said about the recipient */
    {"Mail Delivery System <Mailer-Daemon@a.example>", "Mail delivery failed: returning message to sender",
     "The following address(es) failed:\n\n  eva@b.example\n    SMTP error from remote mail server after "
     "MAIL "
     "FROM:<me@a.example>:\n    host mx.b.example [192.0.2.2]: 550 5.1.0 me@a.example does not exist\n",
     "bounce", "eva@b.example 5.1.0 550 policy no"},
    /* fields of a delivery status in the text */
    {"MAILER-DAEMON@a.example", "Delivery Status Notification (Failure)",
     "An error occurred while trying to deliver the mail to the following "
     "recipients:\neva@b.example\n\nTechnical "
     "report:\n\nReporting-MTA: dsn; a.example\n\nAction: failed\nFinal-Recipient: rfc822; eva@b.example\n"
     "Diagnostic-Code: smtp; 550 5.3.5 <eva@b.example>... Internal System Error\nStatus: 5.3.5\n",
     "bounce", "eva@b.example 5.3.5 550 other no"},
    /* nobody is named: the returned mail tells */
    {"sysadmin@a.example", "Undeliverable Message",
     "Message could not be delivered to mobile.\nError: No valid recipients for this MM\n\nOriginal "
     "Message:\nFrom: Me "
     "<me@a.example>\nTo: 0123456789@b.example\nSubject: Radweg\n",
     "bounce", "0123456789@b.example 5.1.1 - no_user yes"},
    /* people */
    {"Anna <anna@a.example>", "Mail kommt zurück",
     "Hallo,\n\nmeine Mail an eva@b.example konnte nicht zugestellt werden:\n\n<eva@b.example>: host "
     "mx.b.example said: "
     "550 5.1.1 User unknown\n\nKönnen Sie helfen?\n",
     "human", ""},
    {"Anna <anna@a.example>", "Fwd: Undelivered Mail Returned to Sender",
     "Siehe unten.\n\n---------- Forwarded message ---------\nFrom: Mail Delivery System "
     "<MAILER-DAEMON@a.example>\n"
     "Subject: Undelivered Mail Returned to Sender\n\nThis is the mail system at host "
     "a.example.\n\n<eva@b.example>: "
     "unknown user\n",
     "human", ""},
    {"Anna <anna@a.example>", "Delivery failed",
     "The delivery of my paper bin failed again. Please tell them: postmaster@a.example\n", "human", ""},
};

static char *told(const struct message *m)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < m->recipients->len; i++) {
        const struct report_recipient *r = g_ptr_array_index(m->recipients, i);

        g_string_append_printf(out, "%s%s %s %s %s %s", i > 0 ? ", " : "", r->address, r->status[0] == '\0' ? "-" : r->status,
                               r->smtp[0] == '\0' ? "-" : r->smtp, r->reason, r->is_permanent ? "yes" : "no");
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static struct message *read_row(const struct row *row)
{
    bool has_fields = row->body[0] == '+';
    g_autofree char *mail =
        g_strdup_printf("From: %s\nTo: me@own.example\nSubject: %s\nDate: Mon, 3 Jun 2024 10:00:00 +0200\nMIME-Version: 1.0\n"
                        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n%s%s",
                        row->from, row->subject, has_fields ? "" : "\n", row->body + has_fields);

    return message_read(mail, strlen(mail), NULL);
}

static void test_words(gconstpointer data)
{
    const struct row *row = data;
    message_auto m = read_row(row);
    g_autofree char *got = told(m);

    g_assert_cmpstr(message_kind_name(m->kind), ==, row->kind);
    g_assert_cmpstr(got, ==, row->recipients);
    if (m->kind != KIND_HUMAN) {
        g_assert_cmpuint(m->why->len, >, 0);
        g_assert_false(m->may_reply);
    }
}

static void test_original(void)
{
    message_auto m = read_row(&rows[0]);

    g_assert_nonnull(m->original);
    g_assert_cmpstr(m->original->message_id, ==, "m1@a.example");
    g_assert_cmpstr(m->original->subject, ==, "Radweg");
    g_assert_cmpstr(m->original->to, ==, "eva@b.example");
    g_assert_null(m->original->from);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strdup_printf("/dsn/words/%02u", (guint)i);

        g_test_add_data_func(path, &rows[i], test_words);
    }
    g_test_add_func("/dsn/original", test_original);
    return g_test_run();
}
