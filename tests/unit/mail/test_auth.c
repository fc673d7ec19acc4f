/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whom a mail speaks for: From fields that prove somebody and those that do not, results that count and those that do not,
 * and where they must stand.
 */
#include "mail/message/message.h"
#include "mail/read/read.h"
#include "mail/sender/auth_field.h"
#include "mail/word/address.h"

#include <string.h>

#define ID   "mx.example"
#define PASS "Authentication-Results: mx.example; dmarc=pass header.from=example.org\n"

static struct message *read_with(const char *mail, const char *id, guint hops)
{
    const struct read_options options = {.authserv_id = id, .authserv_hops = hops};

    return message_read(mail, strlen(mail), &options);
}

static bool is_proved(const char *mail, const char *id, guint hops)
{
    message_auto m = read_with(mail, id, hops);

    return m->authentication != NULL && m->authentication->is_dmarc_of_from;
}

/* Our mail server found dmarc=pass for header.from=example.org (NULL: it does not say for whom). */
static void test_from(void)
{
    static const struct {
        const char *from;
        bool with_domain, without_domain;
    } rows[] = {
        {"From: anna@example.org", true, true},
        {"From: <anna@example.org>", true, true},
        {"From: Anna Fach <anna@EXAMPLE.org>", true, true},
        {"From: =?utf-8?q?M=C3=BCller?= <anna@example.org>", true, true},
        {"From: \"Fach, Anna (VM)\" <anna@example.org> (privat)", true, true},
        {"From: J. R. \"x\" Fach\n <anna@example.org>", true, true},
        {"From: anna@example.org (Anna \\) (Fach))", true, true},
        {"From: anna@example.org <anna@Example.ORG>", true, true},
        {"From: \"anna fach\"@example.org", true, true},
        /* an encoded word is a name, whatever it says */
        {"From: =?utf-8?q?victim=40example=2Eorg?= <attacker@example.net>", false, true},
        {"From: =?utf-8?q?victim=40example=2Eorg?=", false, false},
        {"From: =?utf-8?q?victim=40example=2Eorg=2C?= attacker@example.net", false, false},
        {"From: <=?utf-8?q?victim=40example=2Eorg?=>", false, false},
        {"From: =?utf-8?q?=3Cvictim=40example=2Eorg=3E?= <attacker@example.net>", false, true},
        /* two mailboxes, in every disguise */
        {"From: victim@example.org, attacker@example.net", false, false},
        {"From: attacker@example.net, victim@example.org", false, false},
        {"From: victim@example.org, attacker@example.org", false, false},
        {"From: <victim@example.org> <attacker@example.net>", false, false},
        {"From: <attacker@example.net> <victim@example.org>", false, false},
        {"From: victim@example.org <attacker@example.net>", false, false},
        {"From: attacker@example.net <victim@example.org>", false, false},
        {"From: victim@example.org attacker@example.net", false, false},
        {"From: victim@example.org; attacker@example.net", false, false},
        {"From: attacker@example.net\nFrom: victim@example.org", false, false},
        {"From: victim@example.org\nfrom : attacker@example.net", false, false},
        {"From : victim@example.org", false, false},
        {"From: Gruppe: victim@example.org;", false, false},
        {"From: Gruppe:;, victim@example.org", false, false},
        {"From: <@example.net:victim@example.org>", false, false},
        {"From: <victim@example.org", false, false},
        {"From: victim@example.org>", false, false},
        {"From: <<victim@example.org>>", false, false},
        {"From: victim@example.org.", false, false},
        {"From: victim@[192.0.2.1]", false, false},
        {"From: victim@attacker@example.org", false, false},
        {"From: \"victim@example.org\"@example.net", false, true},
        {"From: \"victim\\\"@x\"@example.org", false, false},
        {"From: (victim@example.org) attacker@example.net", false, true},
        {"From: victim@example.org (attacker@example.net", false, false},
        {"From: victim(x)@example.org", false, false},
        {"From: victim@(x)example.org", false, false},
        {"From: victim @example.org", false, false},
        {"From: victim@example.org\\, x", false, false},
        {"From: victim@example.org\r.example.net", false, false},
        {"From: victim@example.net", false, true},
        {"From: victim@mail.example.org", false, true},
        {"From: victim", false, false},
        {"From:", false, false},
        {"Sender: victim@example.org", false, false},
        {"Oh\nFrom: victim@example.org", false, false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *with = g_strconcat(PASS "Subject: x\n", rows[i].from, "\n\nx\n", NULL);
        g_autofree char *without =
            g_strconcat("Authentication-Results: mx.example; dmarc=pass\nSubject: x\n", rows[i].from, "\n\nx\n", NULL);
        g_test_message("%s", rows[i].from);
        g_assert_cmpint(is_proved(with, ID, 0), ==, rows[i].with_domain);
        g_assert_cmpint(is_proved(without, ID, 0), ==, rows[i].without_domain);
    }
}

static void test_from_idn(void)
{
    static const char *const same[] = {"xn--bcher-kva.example", "XN--BCHER-KVA.Example", "b\u00fccher.example",
                                       "B\u00dcCHER.example"};

    for (gsize i = 0; i < G_N_ELEMENTS(same); i++)
        for (gsize j = 0; j < G_N_ELEMENTS(same); j++) {
            g_autofree char *mail = g_strdup_printf("Authentication-Results: mx.example; dmarc=pass header.from=%s\n"
                                                    "From: anna@%s\n\nx\n",
                                                    same[i], same[j]);
            g_test_message("%s", mail);
            g_assert_true(is_proved(mail, ID, 0));
        }
    /* IDNA 2008: these are two names */
    g_assert_false(is_proved("Authentication-Results: mx.example; dmarc=pass header.from=strasse.example\n"
                             "From: anna@stra\u00dfe.example\n\nx\n",
                             ID, 0));
}

/* The author is anna@example.org. Three flags: dmarc, spf, dkim speak for her domain. */
static void test_results(void)
{
    static const struct {
        const char *raw; /* of one field; "|" begins another */
        const char *dmarc, *dkim, *spf;
        const char *flags;
    } rows[] = {
        {ID "; dmarc=pass header.from=example.org; dkim=pass header.d=example.org; spf=fail", "pass", "pass", "fail", "m-k"},
        {"MX.example 1; dkim=fail (bad; dkim=pass) header.d=a.b; dkim=pass header.d=c.d", NULL, "pass", NULL, "---"},
        {"(x) \"mx.example\" (y(z)\\)) 1 (a); dmarc (b) / 1 = (c) pass (d) header (e) . from = example.org (f)", "pass", NULL,
         NULL, "m--"},
        {ID "; none", NULL, NULL, NULL, "---"},
        {ID "; (x) None (y)", NULL, NULL, NULL, "---"},
        {ID "; DMARC=Pass Header.From=EXAMPLE.org", "pass", NULL, NULL, "m--"},
        {ID "; dkim/1=pass reason=\"x; dmarc=pass\" header.i=@example.org", NULL, "pass", NULL, "--k"},
        {ID "; dkim/2=pass header.d=example.org", NULL, "permerror", NULL, "---"},
        /* whose */
        {ID "; dmarc=pass header.from=example.net", "pass", NULL, NULL, "---"},
        {ID "; dmarc=pass header.from=example.org header.from=example.net", "permerror", NULL, NULL, "---"},
        {ID "; dmarc=pass header.from=\"\"", "pass", NULL, NULL, "---"},
        {ID "; spf=pass smtp.mailfrom=anna@example.org", NULL, NULL, "pass", "-s-"},
        {ID "; spf=pass smtp.mailfrom=Example.ORG", NULL, NULL, "pass", "-s-"},
        {ID "; spf=pass smtp.mailfrom=x@example.net", NULL, NULL, "pass", "---"},
        {ID "; spf=pass smtp.mailfrom=x@mail.example.org", NULL, NULL, "pass", "---"},
        {ID "; spf=pass smtp.helo=example.org", NULL, NULL, "pass", "---"},
        {ID "; spf=pass", NULL, NULL, "pass", "---"},
        {ID "; spf=pass smtp.mailfrom=\"x smtp.mailfrom=example.org\"@example.net", NULL, NULL, "pass", "---"},
        {ID "; spf=pass smtp.mailfrom=\"x\\\"; dmarc=pass header.from=example.org; \\\"\"@example.net", NULL, NULL, "pass",
         "---"},
        {ID "; spf=pass smtp.mailfrom=\"x@example.org\"", NULL, NULL, "pass", "-s-"},
        {ID "; dkim=pass header.d=mail.example.org", NULL, "pass", NULL, "---"},
        {ID "; dkim=pass header.d=org", NULL, "pass", NULL, "---"},
        {ID "; dkim=pass header.d=example.net header.i=@example.org", NULL, "pass", NULL, "---"},
        /* the worst counts, of signatures From's */
        {ID "; dmarc=fail header.from=example.org; dmarc=pass header.from=example.org", "fail", NULL, NULL, "---"},
        {ID "; dmarc=pass header.from=example.org; dmarc=none", "none", NULL, NULL, "---"},
        {ID "; dmarc=pass header.from=example.org; dmarc=pass header.from=example.net", "pass", NULL, NULL, "---"},
        {ID "; dmarc=bestguesspass header.from=example.org", "bestguesspass", NULL, NULL, "---"},
        {ID "; spf=pass smtp.mailfrom=example.org; spf=softfail smtp.mailfrom=example.org", NULL, NULL, "softfail", "---"},
        {ID "; spf=pass smtp.mailfrom=example.org; spf=pass smtp.mailfrom=example.net", NULL, NULL, "pass", "---"},
        {ID "; dkim=pass header.d=example.net; dkim=fail header.d=example.org; dkim=pass header.d=example.org; dkim=pass "
            "header.d=a.b",
         NULL, "pass", NULL, "--k"},
        {ID "; dkim=pass header.d=example.net; dkim=fail header.d=example.org", NULL, "pass", NULL, "---"},
        /* several fields of ours; foreign ones beside them */
        {ID "; dmarc=pass header.from=example.org|" ID "; spf=pass smtp.mailfrom=example.org|" ID
            "; dkim=pass header.d=example.org",
         "pass", "pass", "pass", "msk"},
        {ID "; dmarc=pass header.from=example.org|" ID "; dmarc=fail header.from=example.org", "fail", NULL, NULL, "---"},
        {"other.example; dmarc=fail|" ID "; dmarc=pass header.from=example.org", "pass", NULL, NULL, "m--"},
        {ID "; dmarc=pass header.from=example.org|" ID "; spf=(", "pass", NULL, NULL, "m--"},
        /* real programs write values bare that the standard wants quoted */
        {ID "; dkim=pass header.d=example.org header.b=ab/c+d=; iprev=pass smtp.remote-ip=2001:db8::1", NULL, "pass", NULL,
         "--k"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(GStrv) fields = g_strsplit(rows[i].raw, "|", -1);
        g_autofree char *joined = g_strjoinv("\nAuthentication-Results: ", fields);
        g_autofree char *mail = g_strconcat("Authentication-Results: ", joined, "\nFrom: anna@example.org\n\nx\n", NULL);
        message_auto m = read_with(mail, ID, 0);
        const struct authentication *a = m->authentication;
        g_test_message("%s", rows[i].raw);
        g_assert_nonnull(a);
        char flags[] = {a->is_dmarc_of_from ? 'm' : '-', a->is_spf_of_from ? 's' : '-', a->is_dkim_of_from ? 'k' : '-', '\0'};
        g_assert_cmpstr(a->dmarc, ==, rows[i].dmarc);
        g_assert_cmpstr(a->dkim, ==, rows[i].dkim);
        g_assert_cmpstr(a->spf, ==, rows[i].spf);
        g_assert_cmpstr(flags, ==, rows[i].flags);
    }
}

/* A field that does not parse, or whose id is not ours, gives nothing at all. */
static void test_unreadable(void)
{
    static const char *const rows[] = {
        "\"\"; dmarc=pass header.from=example.org",
        "); dmarc=pass header.from=example.org",
        "() \"\"; dmarc=pass header.from=example.org",
        "() ; dmarc=pass header.from=example.org",
        "; dmarc=pass header.from=example.org",
        "",
        "other.example; dmarc=pass header.from=example.org",
        "mx.example.evil; dmarc=pass header.from=example.org",
        "mx.example evil; dmarc=pass header.from=example.org",
        "evil (mx.example); dmarc=pass header.from=example.org",
        "(mx.example; dmarc=pass header.from=example.org",
        "\"mx.example; dmarc=pass header.from=example.org",
        "\"m\\x.example\"; dmarc=pass header.from=example.org", /* a mail server that strips by looks does not see it */
        "mx.example/4Abc; dmarc=pass header.from=example.org",
        "mx.example@x; dmarc=pass header.from=example.org",
        "mx.example=; dmarc=pass header.from=example.org",
        "=?utf-8?q?mx.example?=; dmarc=pass header.from=example.org",
        ID,
        ID ";",
        ID "; ;",
        ID "; none; dmarc=pass header.from=example.org",
        ID " dmarc=pass header.from=example.org",
        ID " 2; dmarc=pass header.from=example.org",
        ID " 1x; dmarc=pass header.from=example.org",
        ID ", other; dmarc=pass header.from=example.org",
        ID "; dmarc=pass header.from=example.org;",
        ID "; dmarc=pass header.from=example.org; spf",
        ID "; dmarc=pass header.from=example.org; spf=",
        ID "; dmarc=pass header.from=example.org; spf=pass smtp.mailfrom",
        ID "; dmarc=pass header.from=example.org; spf=pass smtp.mailfrom=",
        ID "; dmarc=pass header.from=example.org; spf=pass smtp.mailfrom=a@b@c",
        ID "; dmarc=pass header.from=example.org; spf=pass smtp.mailfrom=\"a",
        ID "; dmarc=pass header.from=example.org; spf=pass smtp.mailfrom=\"a\"b",
        ID "; dmarc=pass header.from=example.org; spf=pass smtp.mailfrom=a\"b\"",
        ID "; dmarc=pass header.from=example.org (",
        ID "; dmarc=pass header.from=example.org)",
        ID "; dmarc=pass header.from=example.org, dkim=pass",
        ID "; dmarc=pass action=none header.from=example.org",
        ID "; dmarc:pass header.from=example.org",
        ID "; dmarc=\"pass\" header.from=example.org",
        ID "; dmarc=pass\"x\" header.from=example.org",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *mail = g_strconcat("Authentication-Results: ", rows[i], "\nFrom: anna@example.org\n\nx\n", NULL);
        g_test_message("%s", rows[i]);
        message_auto ours = read_with(mail, ID, 0), nobody = read_with(mail, "", 0), unset = read_with(mail, NULL, 0);
        g_assert_null(ours->authentication);
        g_assert_null(nobody->authentication);
        g_assert_null(unset->authentication);
    }
}

/* An empty or missing id is nobody's, whatever the field says. */
static void test_no_id(void)
{
    static const char *const mails[] = {
        PASS "From: anna@example.org\n\nx\n",
        "Authentication-Results: \"\"; dmarc=pass\nFrom: anna@example.org\n\nx\n",
        "Authentication-Results: ); dmarc=pass\nFrom: anna@example.org\n\nx\n",
        "Authentication-Results: () \"\"; dmarc=pass\nFrom: anna@example.org\n\nx\n",
        "Authentication-Results: ; dmarc=pass\nFrom: anna@example.org\n\nx\n",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(mails); i++) {
        g_assert_false(is_proved(mails[i], "", 20));
        g_assert_false(is_proved(mails[i], NULL, 20));
    }
}

/* Where our mail server writes: up to so many Received fields above. */
static void test_place(void)
{
#define RECEIVED "Received: from a by b\n"
    static const struct {
        const char *head;
        int least; /* hops from which on it is believed, -1 never */
    } rows[] = {
        {PASS RECEIVED, 0},
        {"Return-Path: <x@y.example>\n" PASS RECEIVED, 0},
        {RECEIVED PASS, 1},
        {"received : from a by b\n" PASS, 1},
        {RECEIVED RECEIVED PASS RECEIVED, 2},
        {"Authentication-Results: mx.example; dmarc=fail header.from=example.org\n" RECEIVED PASS, -1},
        {"Authentication-Results : mx.example; dmarc=pass header.from=example.org\n", -1},
        {"a line that is no field\n" PASS, -1},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        for (int hops = 0; hops <= 2; hops++) {
            g_autofree char *mail = g_strconcat(rows[i].head, "From: anna@example.org\n\nx\n", NULL);
            g_test_message("%d: %s", hops, rows[i].head);
            g_assert_cmpint(is_proved(mail, ID, (guint)hops), ==, rows[i].least >= 0 && hops >= rows[i].least);
        }
#undef RECEIVED
}

/* A header that is cut off may hold another From. */
static void test_damaged(void)
{
    GString *mail = g_string_new(PASS "From: anna@example.org\n");

    g_assert_true(is_proved(mail->str, ID, 0));
    for (int i = 0; i < 1100; i++)
        g_string_append(mail, "X-Filler: x\n");
    g_string_append(mail, "From: else@example.net\n\nx\n");
    g_assert_false(is_proved(mail->str, ID, 0));
    g_string_free(mail, TRUE);
}

/* What a sender can make OpenDKIM write is believed by OpenDMARC. */
static void test_signature(void)
{
    static const struct {
        const char *field;
        bool is_believed;
    } rows[] = {
        {"DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=s1; i=@example.org; h=From; bh=x; b=y", true},
        {"DKIM-Signature: v=1; a=rsa-sha256; d=example.org;\n\ti=a+b=3Dc@mail.example.org; s=2024-a_b.c; b=x y=\n z(", true},
        {"DKIM-Signature: v=1; d=x; s=y; z=From:=20a=3Bb|To:c; q=dns/txt", true},
        {"ARC-Seal: i=1; a=rsa-sha256; s=arc; d=example.net; cv=none; b=x", true},
        {"DKIM-Signature: d=x; i=x=3B=20dkim=3Dpass=20header.d=3Dexample.org@x", false},
        {"DKIM-Signature: d=x; i=x=20header.d=3Dexample.org@x", false},
        {"DKIM-Signature: d=x; i=x=09y@x", false},
        {"DKIM-Signature: d=x; i=x=28@x", false},
        {"DKIM-Signature: d=x; i=\"x\"@x", false},
        {"dkim-signature: d=x; I = x=3b@x", false},
        {"DKIM-Signature: d=x; s=s1 header.d=example.org x", false},
        {"DKIM-Signature: d=x (y; s=s1", false},
        {"DKIM-Signature: d=x; d=y; s=s1", false},
        {"DKIM-Signature: d=x; a=rsa-sha256\\", false},
        {"DKIM-Signature: d=x\nDKIM-Signature: d=x; i=a<b@x", false},
        {"ARC-Seal: i=1; s=a) b (; d=x", false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *mail = g_strconcat(PASS, rows[i].field, "\nFrom: anna@example.org\n\nx\n", NULL);
        g_test_message("%s", rows[i].field);
        g_assert_cmpint(is_proved(mail, ID, 0), ==, rows[i].is_believed);
    }
}

static void test_domain_ascii(void)
{
    static const char *const none[] = {"", ".", "a..b", "a b", "a_b.example", ".example", "example.", "-.-"};

    for (gsize i = 0; i < G_N_ELEMENTS(none); i++) {
        g_autofree char *ascii = address_domain_ascii(none[i]);
        g_test_message("%s", none[i]);
        g_assert_null(ascii);
    }
    /* What IDNA would leave alone is not asked about; what is on the edge is. */
    g_autofree char *label = g_strnfill(63, 'a'), *long_label = g_strnfill(64, 'a');
    const struct {
        const char *domain, *ascii;
    } rows[] = {
        {"example.org", "example.org"},
        {"a-b.c1", "a-b.c1"},
        {"x", "x"},
        {"Example.ORG", "example.org"},
        {"straße.de", "xn--strae-oqa.de"},
        {label, label},
        {long_label, NULL},
        {"ab--c.de", NULL},
        {"a-.de", NULL},
        {"xn--strae-oqa.de", "xn--strae-oqa.de"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *ascii = address_domain_ascii(rows[i].domain);
        g_test_message("%s", rows[i].domain);
        g_assert_cmpstr(ascii, ==, rows[i].ascii);
    }
}

/* Findings are added to what is there, and taken back if the field turns out not to parse. */
static void test_field(void)
{
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func((GDestroyNotify)auth_finding_free);
    g_autofree char *id = NULL;

    g_assert_true(auth_field_read("a; spf=pass smtp.mailfrom=\"\"; dkim=none", &id, findings));
    g_assert_cmpstr(id, ==, "a");
    g_assert_cmpuint(findings->len, ==, 2);
    g_assert_cmpstr(((struct auth_finding *)findings->pdata[0])->mailfrom, ==, "");
    g_clear_pointer(&id, g_free);
    g_assert_false(auth_field_read("a; spf=pass; dkim", &id, findings));
    g_assert_null(id);
    g_assert_cmpuint(findings->len, ==, 2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    mail_init();
    g_test_add_func("/auth/from", test_from);
    g_test_add_func("/auth/from-idn", test_from_idn);
    g_test_add_func("/auth/results", test_results);
    g_test_add_func("/auth/unreadable", test_unreadable);
    g_test_add_func("/auth/no-id", test_no_id);
    g_test_add_func("/auth/place", test_place);
    g_test_add_func("/auth/damaged", test_damaged);
    g_test_add_func("/auth/signature", test_signature);
    g_test_add_func("/auth/domain-ascii", test_domain_ascii);
    g_test_add_func("/auth/field", test_field);
    return g_test_run();
}
