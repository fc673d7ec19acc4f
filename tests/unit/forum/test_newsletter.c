/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Newsletters without a database: what the linter finds, times in words, and which rule decides about whose mail.
 */
#include "base/limits.h"
#include "forum/issue_files.h"
#include "forum/lint.h"
#include "forum/policy.h"
#include "forum/when.h"
#include "mail/message/message.h"

#include <string.h>

/* ---- Linter: each rule with a text that it finds, and one that it must let pass */
static void note(enum lint what, const char *where, void *user)
{
    g_assert_cmpint((int)strlen(where), >, 0);
    *(unsigned *)user |= 1U << what;
}

static unsigned look(const char *subject, const char *source, bool has_imprint, guint64 n_attached)
{
    struct markdown m;
    g_autoptr(GPtrArray) attachments = g_ptr_array_new();
    struct issue_file a = {.name = "karte.pdf", .type = "application/pdf", .n_bytes = (gint64)n_attached};
    unsigned found = 0;

    g_ptr_array_add(attachments, &a);
    markdown_read(source, &m);
    struct lint_issue i = {.subject = subject,
                           .source = source,
                           .markdown = &m,
                           .own_domain = "beteiligung.example.org",
                           .contact = "office@example.org",
                           .has_imprint = has_imprint,
                           .files = attachments};
    lint_look(&i, note, &found);
    markdown_clear(&m);
    return found;
}

/* L-24, among others */
static void test_lint(void)
{
    static const char long_sentence[] =
        "Das ist ein Satz, der immer weiter geht und weiter und weiter, bis niemand mehr weiß, wie er am Anfang "
        "begonnen hat und was er am Ende eigentlich noch sagen will.";
    static const struct {
        const char *source;
        unsigned expected; /* 1 << enum lint */
        /* clang-format off */
    } cases[] = {
        {"Guten Tag,\n\nalles gut. [Lesen](https://beteiligung.example.org/idee/1) Sie es.", 0},
        {"![Plan](https://example.org/plan.png)", 1U << LINT_REMOTE},
        {"![Logo](cid:logo)", 0},
        {"![](cid:logo)", 1U << LINT_NO_ALT},
        {"[hier](https://bit.ly/x)", 1U << LINT_REDIRECTOR},
        {"[hier](https://eur01.safelinks.protection.outlook.com/?url=x)", 1U << LINT_REDIRECTOR},
        {"[hier](https://example.org/?utm_source=nl)", 1U << LINT_REDIRECTOR},
        {"[hier](https://example.org/go?to=https%3A%2F%2Fa.example)", 1U << LINT_REDIRECTOR},
        {"[hier](https://notbit.ly/x)", 0},
        {"[www.example.org](https://www.boese.example/)", 1U << LINT_DISGUISED},
        {"[www.example.org](https://example.org/seite)", 0},
        {long_sentence, 1U << LINT_SENTENCE},
        {"Am 3. März, d. h. im Frühling, geht es los. Wir freuen uns sehr.", 0},
        {"WIR FREUEN UNS sehr.", 1U << LINT_CAPITALS},
        {"UMWELTMINISTERIUM fragt.", 1U << LINT_CAPITALS},
        {"Die IHK und der ADFC und das MAGS.", 0},
        {"Schreiben Sie erika.beispiel@kommune.example", 1U << LINT_PRIVATE},
        {"Schreiben Sie an: wolf77@gmx.de.", 1U << LINT_PRIVATE},
        {"Schreiben Sie an poststelle@stadt.example oder idee-1@beteiligung.example.org", 0},
        {"Hallo <b>Welt</b>", 1U << LINT_HTML},
        {"Hallo <https://example.org/>", 0},
        {"| A | B |\n|---|:-:|\n| 1 | 2 |", 1U << LINT_TABLE},
        {"A | B\n--|--\n1 | 2", 1U << LINT_TABLE},
        {"Bus | Bahn\n\n---\n\nText", 0},
    };
    /* clang-format on */

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].source);
        g_assert_cmpuint(look("Neues", cases[i].source, true, LINT_ATTACHMENT_BYTES), ==, cases[i].expected);
    }
    g_assert_cmpuint(look("Neues", "Text.", false, 0), ==, 1U << LINT_IMPRINT);
    g_assert_cmpuint(look("Neues", "Text.", true, LINT_ATTACHMENT_BYTES + 1), ==, 1U << LINT_ATTACHMENT);
    g_autofree char *subject = g_strnfill(LINT_SUBJECT_CHARS, 'a'), *longer = g_strnfill(LINT_SUBJECT_CHARS + 1, 'a');
    g_assert_cmpuint(look(subject, "Text.", true, 0), ==, 0);
    g_assert_cmpuint(look(longer, "Text.", true, 0), ==, 1U << LINT_SUBJECT);
    g_assert_cmpuint(look("Neues \xf0\x9f\x8c\xb7 im März", "Text.", true, 0), ==, 1U << LINT_SIGNS);
    g_assert_cmpuint(look("Neues – „im März“ · 3 €", "Text.", true, 0), ==, 0);
}

/* What Outlook makes of links and pictures in its plain form. */
static void test_outlook(void)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"siehe eine Idee<https://example.org/idee/1>, bitte", "siehe eine [Idee](https://example.org/idee/1), bitte"},
        {"www.example.org<https://www.example.org/>", "[www.example.org](https://www.example.org/)"},
        {"(anna@amt.example<mailto:anna@amt.example>)", "([anna@amt.example](mailto:anna@amt.example))"},
        {"[cid:image001.png@01DB.1234]\n\nText", "\n\nText"},
        {"[Idee](<https://example.org/>) und <https://example.org/>",
         "[Idee](<https://example.org/>) und <https://example.org/>"},
        {"a<b und https://example.org/", "a<b und https://example.org/"},
    };
    struct message *m = message_new();

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_free(m->text);
        m->text = g_strdup(cases[i].text);
        g_autofree char *words = issue_words(m);
        g_assert_cmpstr(words, ==, cases[i].expected);
    }
    message_free(m);
}

/* ---- Times */
static void test_when(void)
{
    static const struct {
        const char *line, *expected; /* NULL: none */
        /* clang-format off */
    } cases[] = {
        {"am 3.3. um 7", "2026-03-03 07:00"},
        {"FREI am 3.3. um 7", "2026-03-03 07:00"},
        {"Bitte senden am 3. März 2027 um 7:30 Uhr", "2027-03-03 07:30"},
        {"3.1. um 8", "2027-01-03 08:00"}, /* is over: the next one */
        {"morgen um 9", "2026-02-11 09:00"},
        {"heute um 18.15 Uhr", "2026-02-10 18:15"},
        {"on 2026-03-03 at 07:00", "2026-03-03 07:00"},
        {"2026-03-03 07:00", "2026-03-03 07:00"},
        {"tomorrow at 7", "2026-02-11 07:00"},
        {"am 3.3.26 um 7 Uhr", "2026-03-03 07:00"},
        {"am Dienstag, 3.3., um 7", "2026-03-03 07:00"},
        {"FREI am Dienstag, dem 3. März 2026, um 7 Uhr 30", "2026-03-03 07:30"},
        {"Di 3.3. 7:30 Uhr", "2026-03-03 07:30"},
        {"am Montag um 7", "2026-02-16 07:00"}, /* now is Tuesday, at noon */
        {"Sonnabend, 9 Uhr", "2026-02-14 09:00"},
        {"Dienstag um 14 Uhr", "2026-02-10 14:00"},
        {"Dienstag um 9 Uhr", "2026-02-17 09:00"},
        {"next Friday at 9", "2026-02-13 09:00"},
        {"am 3.3.25 um 7", NULL}, /* is over, too */
        {"am Montag um 7 treffen wir uns", NULL},
        {"heute um 8", NULL}, /* is over */
        {"am 30.2. um 7", NULL},
        {"am 3.3. um 25", NULL},
        {"am 3.3. um 7 treffen wir uns", NULL},
        {"am 3. Tisch um 7", NULL},
        {"FREI", NULL},
    };
    /* clang-format on */
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
    g_autoptr(GDateTime) now = g_date_time_new(zone, 2026, 2, 10, 12, 0, 0);

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gint64 at = when_parse(cases[i].line, g_date_time_to_unix(now), zone);
        g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
        g_autoptr(GDateTime) t = g_date_time_to_timezone(utc, zone);
        g_autofree char *got = at != 0 ? g_date_time_format(t, "%Y-%m-%d %H:%M") : NULL;
        g_test_message("%s", cases[i].line);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
    g_assert_true(when_is("am 3.3. um 25")); /* meant as one: the editor hears that it is none */
    g_assert_false(when_is("am 3. Tisch um 7"));
}

/* ---- Rules */
struct world {
    struct message *m;
    struct command_line command;
    struct route route;
    struct list list;
    struct editor editor;
    struct issue issue;
    struct subscription subscription;
    struct facts f;
};

static void world_open(struct world *w, const char *text, bool is_proved)
{
    *w = (struct world){.m = message_new(),
                        .list = {.id = 1, .name = "neues", .n_release = 2},
                        .issue = {.id = 1, .list_id = 1},
                        .editor = {.id = 1, .list_id = 1, .address = "anna@amt.example"},
                        .subscription = {.id = 1,
                                         .list_id = 1,
                                         .address = "erika@example.net",
                                         .state = SUBSCRIPTION_ASKED,
                                         .asked_at = 1000,
                                         .changed_at = 1000}};
    g_free(w->m->text);
    w->m->text = g_strdup(text);
    w->m->kind = KIND_HUMAN;
    w->m->may_reply = true;
    if (is_proved) {
        w->m->authentication = g_new0(struct authentication, 1);
        w->m->authentication->is_dmarc_of_from = true;
    }
    command_parse(text, &w->command);
    w->f = (struct facts){.message = w->m,
                          .command = &w->command,
                          .envelope_from = "x@example.net",
                          .from_address = "erika@example.net",
                          .own_domain = "d.example",
                          .route = &w->route,
                          .list = &w->list,
                          .reads_authentication = true,
                          .is_addressed = true,
                          .now = 2000};
}

static void expect(struct world *w, enum action action, enum purpose answer)
{
    struct decision d;

    policy_decide(&w->f, &d);
    g_test_message("%s", d.rule);
    g_assert_cmpint(d.action, ==, action);
    g_assert_cmpint(d.answer, ==, answer);
    decision_clear(&d);
    command_clear(&w->command);
    message_free(w->m);
}

static void at_list(const char *text, enum list_word word, bool is_editor, bool is_proved, bool is_subscriber, enum action action,
                    enum purpose answer)
{
    struct world w;

    world_open(&w, text, is_proved);
    w.route = (struct route){.kind = ROUTE_LIST, .word = word};
    w.f.editor = is_editor ? &w.editor : NULL;
    w.subscription.state = SUBSCRIPTION_ACTIVE;
    w.f.subscription = is_subscriber ? &w.subscription : NULL;
    expect(&w, action, answer);
}

static void test_list(void)
{
    at_list("irgendwas", LIST_WORD_SUBSCRIBE, false, false, false, ACTION_SUBSCRIBE, PURPOSE_NONE);
    at_list("", LIST_WORD_SUBSCRIBE, false, false, false, ACTION_SUBSCRIBE, PURPOSE_NONE);
    at_list("irgendwas", LIST_WORD_UNSUBSCRIBE, false, false, true, ACTION_UNSUBSCRIBE, PURPOSE_NONE);
    at_list("irgendwas", LIST_WORD_UNSUBSCRIBE, false, true, false, ACTION_NOTHING, PURPOSE_ERROR_STOP_NOTHING);
    at_list("STOPP", LIST_WORD_NONE, false, false, true, ACTION_UNSUBSCRIBE, PURPOSE_NONE);
    at_list("HILFE", LIST_WORD_NONE, false, true, true, ACTION_NOTHING, PURPOSE_HELP);
    at_list("Danke für den Newsletter, ich finde das gut.", LIST_WORD_NONE, false, true, true, ACTION_PASS_ON, PURPOSE_NONE);
    at_list("# Neues\n\nGuten Tag.", LIST_WORD_NONE, true, true, false, ACTION_DRAFT, PURPOSE_NONE);
    at_list("# Neues\n\nGuten Tag.", LIST_WORD_NONE, true, false, false, ACTION_NOTHING,
            PURPOSE_NONE); /* not proved, not answered */
    at_list("", LIST_WORD_NONE, true, true, false, ACTION_NOTHING, PURPOSE_ERROR_EMPTY);
}

/* A draft with N files of N_BYTES each, of which the first may be of some other kind. */
static void draft(const char *text, guint n, guint64 n_bytes, const struct attachment *first, enum action action,
                  enum purpose expected)
{
    struct world w;

    world_open(&w, text, true);
    w.route = (struct route){.kind = ROUTE_LIST, .word = LIST_WORD_NONE};
    w.f.editor = &w.editor;
    for (guint i = 0; i < n; i++) {
        struct attachment *a = g_new0(struct attachment, 1);
        const struct attachment like =
            i == 0 && first != NULL ? *first : (struct attachment){.type = "application/pdf", .n_raw = 1};
        *a = (struct attachment){.name = g_strdup("x"),
                                 .type = g_strdup(like.type),
                                 .content_id = g_strdup(like.content_id),
                                 .disposition = g_strdup(like.disposition),
                                 .n_raw = like.n_raw,
                                 .n_bytes = n_bytes};
        g_ptr_array_add(w.m->attachments, a);
    }
    expect(&w, action, expected);
}

static void test_draft(void)
{
    static const char text[] = "# Neues\n\nGuten Tag.";
    static const struct attachment logo = {.type = "image/png", .content_id = "1@x", .n_raw = 1},
                                   picture = {.type = "image/png", .content_id = "1@x", .disposition = "attachment", .n_raw = 1},
                                   signature = {.type = "application/pkcs7-signature", .n_raw = 1},
                                   wrapped = {.type = "application/octet-stream"};
    g_autofree char *fits = g_strnfill(LIMIT_ISSUE_BYTES, 'a'), *larger = g_strnfill(LIMIT_ISSUE_BYTES + 1, 'a');

    draft(fits, 0, 0, NULL, ACTION_DRAFT, PURPOSE_NONE);
    draft(larger, 0, 0, NULL, ACTION_NOTHING, PURPOSE_ERROR_DRAFT_LARGE);
    draft(text, LIMIT_ISSUE_FILES, LIMIT_ISSUE_FILES_BYTES / LIMIT_ISSUE_FILES, NULL, ACTION_DRAFT, PURPOSE_NONE);
    draft(text, LIMIT_ISSUE_FILES, LIMIT_ISSUE_FILES_BYTES / LIMIT_ISSUE_FILES + 1, NULL, ACTION_NOTHING,
          PURPOSE_ERROR_DRAFT_LARGE);
    draft(text, LIMIT_ISSUE_FILES + 1, 1, NULL, ACTION_NOTHING, PURPOSE_ERROR_DRAFT_LARGE);
    draft(text, LIMIT_ISSUE_FILES + 1, 1, &logo, ACTION_DRAFT, PURPOSE_NONE); /* what does not go along needs no room */
    draft(text, LIMIT_ISSUE_FILES + 1, 1, &signature, ACTION_DRAFT, PURPOSE_NONE);
    draft(text, LIMIT_ISSUE_FILES + 1, 1, &wrapped, ACTION_DRAFT, PURPOSE_NONE);
    draft(text, LIMIT_ISSUE_FILES + 1, 1, &picture, ACTION_NOTHING, PURPOSE_ERROR_DRAFT_LARGE);
    draft(text, 1, G_MAXUINT64, NULL, ACTION_NOTHING, PURPOSE_ERROR_DRAFT_LARGE);
    draft("FREI", 0, 0, NULL, ACTION_NOTHING, PURPOSE_ERROR_DRAFT_WORD);
    draft("\nSTOPP\n\n", 0, 0, NULL, ACTION_NOTHING, PURPOSE_ERROR_DRAFT_WORD);
    draft("am 3.3. um 7", 0, 0, NULL, ACTION_NOTHING, PURPOSE_ERROR_DRAFT_WORD);
    draft("Am 3.3. um 7 Uhr geht es los.\n\nKommen Sie alle!", 0, 0, NULL, ACTION_DRAFT, PURPOSE_NONE);
    draft("Weiter so!", 0, 0, NULL, ACTION_DRAFT, PURPOSE_NONE);
}

static void test_machines(void)
{
    struct world w;

    world_open(&w, "JA", true);
    w.m->kind = KIND_AUTO_REPLY;
    w.route = (struct route){.kind = ROUTE_SUBSCRIPTION, .reader = READER_CONFIRM, .has_token = true};
    w.f.subscription = &w.subscription;
    expect(&w, ACTION_NOTHING, PURPOSE_NONE);
    world_open(&w, "x", true);
    w.m->kind = KIND_AUTO_REPLY;
    w.route = (struct route){.kind = ROUTE_LIST, .word = LIST_WORD_SUBSCRIBE};
    expect(&w, ACTION_NOTHING, PURPOSE_NONE);
    world_open(&w, "x", false); /* a mail program's own button */
    w.m->kind = KIND_BULK;
    w.route = (struct route){.kind = ROUTE_SUBSCRIPTION, .reader = READER_STOP, .has_token = true};
    w.f.subscription = &w.subscription;
    expect(&w, ACTION_UNSUBSCRIBE, PURPOSE_NONE);
}

#define UNTIL 700000

static void answer(const char *text, const char *from, enum subscription_state state, gint64 now, enum action action,
                   enum purpose expected)
{
    struct world w;

    world_open(&w, text, true);
    w.route = (struct route){.kind = ROUTE_SUBSCRIPTION, .reader = READER_CONFIRM, .has_token = true};
    w.subscription.state = state;
    w.f.subscription = &w.subscription;
    w.f.subscription_until = UNTIL;
    w.f.from_address = from;
    w.f.now = now;
    expect(&w, action, expected);
}

static void test_confirm(void)
{
    const char *erika = "erika@example.net";

    answer("JA", erika, SUBSCRIPTION_ASKED, 2000, ACTION_SUBSCRIBED, PURPOSE_NONE);
    answer("JA", "bert@example.net", SUBSCRIPTION_ASKED, 2000, ACTION_NOTHING, PURPOSE_ERROR_OTHER_ADDRESS);
    answer("JA", erika, SUBSCRIPTION_ASKED, UNTIL - 1, ACTION_SUBSCRIBED, PURPOSE_NONE);
    answer("JA", erika, SUBSCRIPTION_ASKED, UNTIL, ACTION_NOTHING, PURPOSE_ERROR_SUBSCRIBE_EXPIRED);
    answer("JA", erika, SUBSCRIPTION_ACTIVE, 2000, ACTION_NOTHING, PURPOSE_NONE);
    answer("JA", erika, SUBSCRIPTION_UNSUBSCRIBED, 2000, ACTION_SUBSCRIBED, PURPOSE_NONE);
    answer("JA", erika, SUBSCRIPTION_SUSPENDED, 2000, ACTION_NOTHING, PURPOSE_ERROR_SUBSCRIBE_EXPIRED);
    answer("NEIN", erika, SUBSCRIPTION_ASKED, 2000, ACTION_UNSUBSCRIBE, PURPOSE_NONE);
    answer("vielleicht ja, wer weiß das schon", erika, SUBSCRIPTION_ASKED, 2000, ACTION_NOTHING, PURPOSE_ERROR_SUBSCRIBE);
}

static void preview(const char *text, const char *from, bool is_editor, bool is_proved, enum action action, enum purpose expected)
{
    struct world w;

    world_open(&w, text, is_proved);
    w.route = (struct route){.kind = ROUTE_ISSUE, .issue = 1, .editor = 1, .has_token = true};
    w.f.issue = &w.issue;
    w.f.editor = is_editor ? &w.editor : NULL;
    w.f.from_address = from;
    expect(&w, action, expected);
}

static void test_preview(void)
{
    const char *anna = "anna@amt.example";

    preview("FREI", anna, true, true, ACTION_ISSUE, PURPOSE_NONE);
    preview("am 3.3. um 7", anna, true, true, ACTION_ISSUE, PURPOSE_NONE);
    preview("TEST", anna, true, true, ACTION_ISSUE, PURPOSE_NONE);
    preview("STOPP", anna, true, true, ACTION_ISSUE, PURPOSE_NONE);
    preview("WEITER", anna, true, true, ACTION_ISSUE, PURPOSE_NONE);
    preview("FREI", anna, true, false, ACTION_NOTHING, PURPOSE_NONE);
    preview("FREI", "bert@amt.example", true, true, ACTION_NOTHING, PURPOSE_ERROR_NOT_EDITOR);
    preview("FREI", anna, false, true, ACTION_NOTHING, PURPOSE_ERROR_NOT_EDITOR); /* removed since */
    preview("sieht gut aus, oder was meint ihr denn dazu", anna, true, true, ACTION_NOTHING, PURPOSE_ERROR_ISSUE_UNCLEAR);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/forum/newsletter/lint", test_lint);
    g_test_add_func("/forum/newsletter/when", test_when);
    g_test_add_func("/newsletter/outlook", test_outlook);
    g_test_add_func("/forum/newsletter/list", test_list);
    g_test_add_func("/forum/newsletter/draft", test_draft);
    g_test_add_func("/forum/newsletter/machines", test_machines);
    g_test_add_func("/forum/newsletter/confirm", test_confirm);
    g_test_add_func("/forum/newsletter/preview", test_preview);
    return g_test_run();
}
