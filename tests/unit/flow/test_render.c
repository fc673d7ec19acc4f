/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every notice of every purpose in both languages, rendered from a small database with the real templates: what each
 * mail must hold to (one recipient, nobody else's address, both parts with the same words, our headers), threading,
 * and which language is chosen.
 */
#include "../store/fixture.h"
#include "render_fields.h"
#include "render_purposes.h"
#include "render_world.h"
#include "mail_words.h"

#include "base/token.h"
#include "flow/out/render.h"
#include "flow/out/texts.h"
#include "forum/route.h"
#include "store/digests.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/persons.h"
#include "store/posts.h"
#include "text/wrap.h"

#include <gmime/gmime.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeMessage, g_object_unref)

/* ---- Reading back */
static char *part_text(GMimeMessage *m, int index)
{
    GMimeObject *root = g_mime_message_get_mime_part(m);

    g_assert_true(GMIME_IS_MULTIPART(root));
    if (GMIME_IS_MULTIPART(g_mime_multipart_get_part(GMIME_MULTIPART(root), 0)))
        root = g_mime_multipart_get_part(GMIME_MULTIPART(root), 0); /* what goes along stands behind the words */
    char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(g_mime_multipart_get_part(GMIME_MULTIPART(root), index)));
    g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
    g_free(text);
    return g_strjoinv("\n", lines);
}

static GMimeMessage *read_back(const GString *bytes)
{
    g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer(bytes->str, bytes->len);
    g_autoptr(GMimeParser) parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *m = g_mime_parser_construct_message(parser, NULL);

    g_assert_nonnull(m);
    return m;
}

static void assert_parts(GMimeMessage *m, const char *language)
{
    g_autofree char *plain = part_text(m, 0);
    g_autofree char *html = part_text(m, 1);
    g_autofree char *plain_words = words_of(plain, false);
    g_autofree char *html_words = words_of(html, true);
    g_autofree char *tag = g_strdup_printf("<html lang=\"%s\">", language);
    g_auto(GStrv) lines = g_strsplit(plain, "\n", -1);

    g_assert_cmpstr(plain_words, ==, html_words); /* A-01 */
    g_assert_nonnull(strstr(html, tag));
    g_assert_cmpuint(count_of(html, "<h1 "), ==, 1);
    g_assert_null(strstr(html, "<script"));
    g_assert_null(strstr(html, "<b>"));
    g_assert_null(strstr(plain, "{{"));
    g_assert_cmpuint(count_of(plain, "\n-- \n"), ==, 1);
    for (guint i = 0; lines[i] != NULL; i++)
        if (strpbrk(lines[i], "@/") == NULL) /* addresses are not broken */
            g_assert_cmpuint(text_width(lines[i], strlen(lines[i])), <=, 74);
}

/* L-09: nobody's address but the recipient's, ours and the operator's, in the header and in both decoded parts. */
static void assert_no_canary(const struct rendered *mail, GMimeMessage *m)
{
    g_autofree char *plain = part_text(m, 0);
    g_autofree char *html = part_text(m, 1);
    const char *const texts[] = {mail->bytes->str, plain, html};

    bool has_original = strstr(mail->bytes->str, "message/rfc822") != NULL; /* to who must answer; it names its writer */
    for (guint i = has_original; i < G_N_ELEMENTS(texts); i++)
        for (const char *at = texts[i]; (at = strstr(at, "canary-")) != NULL; at++)
            g_assert_true(g_str_has_prefix(at, mail->recipient));
    g_assert_cmpuint(count_of(mail->bytes->str, "canary-"), <=, 1 + has_original);
}

static void assert_headers(const struct rendered *mail, GMimeMessage *m, const char *language)
{
    GMimeObject *o = GMIME_OBJECT(m);
    InternetAddressList *to = g_mime_message_get_addresses(m, GMIME_ADDRESS_TYPE_TO);
    InternetAddressList *from = g_mime_message_get_from(m);

    g_assert_cmpint(internet_address_list_length(to), ==, 1);
    g_assert_cmpint(internet_address_list_length(from), ==, 1);
    const char *sender = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(internet_address_list_get_address(from, 0)));
    g_assert_true(g_str_has_suffix(sender, "@" DOMAIN));
    g_assert_true(g_str_has_suffix(g_mime_message_get_message_id(m), "@" DOMAIN));
    g_assert_true(g_str_has_prefix(mail->envelope_from, "bounce"));
    g_autofree char *line = g_strdup_printf("\r\nContent-Language: %s\r\n", language);
    g_assert_nonnull(strstr(mail->bytes->str, line));
    g_assert_true(g_str_has_prefix(g_mime_object_get_header(o, "Auto-Submitted"), "auto-"));
    g_assert_cmpstr(g_mime_object_get_header(o, "X-Forumpost-Loop"), ==, "instance7");
    const char *subject = g_mime_message_get_subject(m);
    g_assert_cmpint(g_utf8_strlen(subject, -1), <=, 72);
    g_assert_cmpint(g_utf8_strlen(subject, -1), >=, 10);
    g_assert_null(strstr(subject, "{{"));
}

/* ---- Every purpose */
static void set_about(const struct world *w, enum subject about, struct notice *n)
{
    n->about.forum = about == IS_NOTHING ? 0 : w->forum;
    n->about.idea = about == IS_NOTHING || about == IS_CONFIRM_IDEA || about == IS_DIGEST || about == IS_TOGETHER ? 0 : w->idea;
    n->about.message = about == IS_DIGEST || about == IS_TOGETHER ? 0 : w->message;
    switch (about) {
    case IS_POST:
        n->about.post = w->first;
        break;
    case IS_REPLY:
        n->about.post = w->reply;
        break;
    case IS_HELD:
        n->about.post = w->held;
        break;
    case IS_CONFIRM_IDEA:
        n->about.hold = w->confirm_idea;
        break;
    case IS_CONFIRM_REPLY:
        n->about.hold = w->confirm_reply;
        break;
    case IS_REVIEW:
        n->about.hold = w->review;
        n->about.post = w->held;
        break;
    case IS_COMPLAINED:
        n->about.hold = w->complained;
        n->about.post = w->held;
        break;
    case IS_DIGEST:
        n->about.digest = w->digest;
        break;
    case IS_TOGETHER:
        n->about.digest = TOGETHER;
        break;
    case IS_OWN:
        n->about.post = w->first;
        n->about.hold = w->confirm_idea;
        break;
    case IS_LETTER:
        n->about.hold = w->letter;
        n->about.idea = w->idea;
        n->about.forum = w->forum;
        break;
    case IS_ENTRY:
        n->about.hold = w->entry;
        break;
    case IS_ISSUE:
    case IS_SUBSCRIPTION:
    case IS_ASKED:
        n->issue_id = about == IS_ISSUE;
        n->subscription_id = about == IS_ASKED ? 2 : 1;
        break;
    case IS_NOTHING:
    case IS_IDEA:
        break;
    }
}

static struct notice notice_of(const struct world *w, const struct purpose_case *c, const char *language)
{
    struct notice n = {.id = 77, .purpose = c->purpose, .language = language, .detail = c->detail};

    set_about(w, c->about, &n);
    if (purpose_row(c->purpose)->about == ABOUT_MESSAGE)
        n.about.message = w->message;
    if (c->to_person)
        n.person_id = c->about == IS_DIGEST || c->about == IS_TOGETHER ? w->eva
                      : purpose_row(c->purpose)->answer == ANSWER_MODERATOR || c->purpose == PURPOSE_WEEKLY_OFFICE ||
                              c->purpose == PURPOSE_LETTER_ANSWER || c->purpose == PURPOSE_MODERATE_LIST
                          ? w->mod
                          : w->ben;
    else
        n.address = (strstr(purpose_name(c->purpose), "moderat") != NULL ? "canary-mod@example.net" : "canary-new@example.net");
    return n;
}

/* For who wants to look at them: tests/stories/mails_browser.py. */
static void keep_html(GMimeMessage *m, enum purpose purpose, const char *language)
{
    const char *folder = g_getenv("FORUMPOST_TEST_MAILS");
    if (folder == NULL)
        return;
    g_autofree char *name = g_strdup_printf("%s.%s.html", purpose_name(purpose), language), *html = part_text(m, 1);
    g_autofree char *path = g_build_filename(folder, name, NULL);

    g_assert_true(g_file_set_contents(path, html, -1, NULL));
}

static void check_purpose(struct world *w, const struct purpose_case *c, const char *language)
{
    struct notice n = notice_of(w, c, language);
    struct rendered mail = {0}, again = {0};
    enum render_outcome outcome = render_notice(w->r, &n, T0, &mail, &w->f.e);
    g_test_message("%s %s %s", purpose_name(c->purpose), language, mail.reason != NULL ? mail.reason : "");
    fixture_ok(&w->f, outcome == RENDER_OK);
    g_autoptr(GMimeMessage) m = read_back(mail.bytes);
    assert_headers(&mail, m, language);
    assert_fields(&mail, c->purpose);
    assert_parts(m, language);
    keep_html(m, c->purpose, language);
    assert_no_canary(&mail, m);
    const char *reply_to = g_mime_object_get_header(GMIME_OBJECT(m), "Reply-To");
    if (c->reply_to != NULL)
        g_assert_true(g_str_has_prefix(reply_to, c->reply_to));
    else
        g_assert_null(reply_to);
    /* The same row gives the same mail: a repeated one is recognised by its Message-ID. */
    g_assert_cmpint(render_notice(w->r, &n, T0, &again, &w->f.e), ==, RENDER_OK);
    g_assert_cmpstr(mail.bytes->str, ==, again.bytes->str);
    rendered_clear(&mail);
    rendered_clear(&again);
}

static void test_every_purpose(void)
{
    struct world w;
    world_open(&w);
    for (guint i = 0; i < G_N_ELEMENTS(purposes); i++) {
        check_purpose(&w, &purposes[i], "de");
        check_purpose(&w, &purposes[i], "en");
    }
    world_close(&w);
}

/* The discussion of a proposal is an idea's row, whose number nobody knows: every mail says "Vorschlag 3", every command V3. */
static void check_called(struct world *w, const struct purpose_case *c, const char *language, GRegex *inner, guint *n_called)
{
    struct notice n = notice_of(w, c, language);
    struct rendered mail = {0};
    enum render_outcome outcome = render_notice(w->r, &n, T0, &mail, &w->f.e);
    fixture_ok(&w->f, outcome != RENDER_FAILED);
    if (outcome == RENDER_OK) {
        g_autoptr(GMimeMessage) m = read_back(mail.bytes);
        g_autofree char *plain = part_text(m, 0);
        g_autoptr(GMatchInfo) found = NULL;
        if (g_regex_match(inner, plain, 0, &found) || g_regex_match(inner, g_mime_message_get_subject(m), 0, NULL))
            g_error("%s %s: %s", purpose_name(c->purpose), language, plain);
        *n_called += strstr(plain, "Vorschlag 3") != NULL || strstr(plain, "roposal 3") != NULL;
    }
    rendered_clear(&mail);
}

static void test_called(void)
{
    struct world w;
    guint n_called = 0;
    g_autoptr(GRegex) inner =
        g_regex_new("(Idee|[Ii]dea|VERLAUF|THREAD|Nummer|number)[ -]1(?![0-9+@])|^- 1: ", G_REGEX_MULTILINE, 0, NULL);

    world_open(&w);
    fixture_exec(w.f.path,
                 "UPDATE idea SET state = 'adopted' WHERE id = 1; INSERT INTO proposal (id, idea_id, at) VALUES (3, 1, 1)");
    for (guint i = 0; i < G_N_ELEMENTS(purposes); i++) {
        check_called(&w, &purposes[i], "de", inner, &n_called);
        check_called(&w, &purposes[i], "en", inner, &n_called);
    }
    g_assert_cmpuint(n_called, >, 40);
    world_close(&w);
}

/* Does the notice of the case name what the row of its purpose says it is about? */
static bool names_it(const struct notice *n)
{
    switch (purpose_row(n->purpose)->about) {
    case ABOUT_MESSAGE:
        return n->about.message != 0;
    case ABOUT_FORUM:
        return n->about.forum != 0;
    case ABOUT_IDEA:
        return n->about.idea != 0;
    case ABOUT_POST:
        return n->about.post != 0;
    case ABOUT_HOLD:
        return n->about.hold != 0;
    case ABOUT_DIGEST:
        return n->about.digest != 0;
    case ABOUT_PERSON:
        return n->person_id != 0;
    case ABOUT_ISSUE:
    case ABOUT_SUBSCRIPTION:
        return n->subscription_id != 0;
    case ABOUT_NOTHING:
        return true;
    }
    return false;
}

/* A row of purpose.def without a case above, or about something else than its case, is a complaint. */
static void test_whole_table(void)
{
    struct world w;
    bool seen[N_PURPOSES] = {[PURPOSE_NONE] = true};
    world_open(&w);
    for (guint i = 0; i < G_N_ELEMENTS(purposes); i++) {
        struct notice n = notice_of(&w, &purposes[i], "de");
        g_test_message("%s", purpose_name(n.purpose));
        g_assert_true(names_it(&n));
        seen[purposes[i].purpose] = true;
    }
    for (enum purpose p = 0; p < N_PURPOSES; p++)
        if (!seen[p])
            g_error("%s has no case", purpose_name(p));
    world_close(&w);
}

/* ---- Threading */
static void assert_threading(struct world *w, row_id person, row_id post, const char *in_reply_to)
{
    struct notice n = {.id = 5,
                       .purpose = PURPOSE_POST,
                       .person_id = person,
                       .about.forum = w->forum,
                       .about.idea = w->idea,
                       .about.post = post};
    struct rendered mail = {0};
    fixture_ok(&w->f, render_notice(w->r, &n, T0, &mail, &w->f.e) == RENDER_OK);
    g_autoptr(GMimeMessage) m = read_back(mail.bytes);
    g_autofree char *id = route_post_message_id(post, DOMAIN, w->g.key);
    g_assert_cmpstr(g_mime_message_get_message_id(m), ==, id);
    const char *got = g_mime_object_get_header(GMIME_OBJECT(m), "In-Reply-To");
    if (in_reply_to == NULL) {
        g_assert_null(got);
    } else {
        g_autofree char *angle = g_strdup_printf("<%s>", in_reply_to);
        g_assert_cmpstr(got, ==, angle);
        g_assert_true(g_str_has_suffix(g_mime_object_get_header(GMIME_OBJECT(m), "References"), angle));
    }
    rendered_clear(&mail);
}

static void test_threading(void)
{
    struct world w;
    world_open(&w);
    g_autofree char *first = route_post_message_id(w.first, DOMAIN, w.g.key);
    assert_threading(&w, w.ben, w.first, NULL);
    assert_threading(&w, w.ben, w.reply, first);
    assert_threading(&w, w.anna, w.reply, "anna-1@mail.example"); /* her own mail, which only she has */
    world_close(&w);
}

/* ---- What is asked */
/* A question lists so many discussions and no more, and of one only once. */
static void test_asked_entries(void)
{
    struct world w;
    struct rendered mail = {0};
    g_autoptr(GString) update = g_string_new("UPDATE digest SET entries = '1:1 1:2");

    world_open(&w);
    for (int i = 2; i <= LIMIT_DIGEST_ASKED + 1; i++)
        g_string_append_printf(update, " %d:1", i);
    g_string_append(update, "'");
    fixture_exec(w.f.path, update->str);
    struct notice n = {.id = 8,
                       .purpose = PURPOSE_ASK_ENTRY,
                       .address = "canary-new@example.net",
                       .about = {.forum = w.forum, .hold = w.entry}};
    g_assert_cmpint(render_notice(w.r, &n, T0, &mail, &w.f.e), ==, RENDER_OK);
    g_autofree char *last = g_strdup_printf("\r\n%d. ", LIMIT_DIGEST_ASKED),
                    *behind = g_strdup_printf("\r\n%d. ", LIMIT_DIGEST_ASKED + 1);
    g_assert_nonnull(strstr(mail.bytes->str, last));
    g_assert_null(strstr(mail.bytes->str, behind));
    const char *first = strstr(mail.bytes->str, "\r\n1. ");
    g_assert_nonnull(first);
    g_assert_null(strstr(first + 1, "\r\n1. "));
    rendered_clear(&mail);
    world_close(&w);
}

/* ---- Inner discussions */
static void test_inner_address(void)
{
    struct world w;
    struct rendered mail = {0};

    world_open(&w);
    fixture_member(&w.f, w.inner_forum, w.ben, ROLE_MEMBER, DELIVERY_EACH);
    struct notice n = {.id = 6, .purpose = PURPOSE_POST, .person_id = w.ben, .about.forum = w.inner_forum, .about.idea = w.inner};
    n.about.post = add_post(&w, w.inner, 0, w.anna, POST_PUBLISHED, "nur für uns", NULL);
    fixture_ok(&w.f, render_notice(w.r, &n, T0, &mail, &w.f.e) == RENDER_OK);
    g_autofree char *plain = route_idea_address(w.inner, DOMAIN),
                    *own = route_reply_address(w.inner, RING_MEMBERS, w.ben, n.about.post, DOMAIN, w.g.key);
    g_assert_null(strstr(mail.bytes->str, plain)); /* the world refuses mail to it */
    g_assert_nonnull(strstr(mail.bytes->str, own));
    rendered_clear(&mail);
    world_close(&w);
}

/* ---- International addresses */
static void assert_envelope(struct world *w, const char *address, const char *recipient, bool needs_utf8)
{
    struct notice n = {.id = 8, .purpose = PURPOSE_ERROR_EMPTY, .address = address, .about.forum = w->forum};
    struct rendered mail = {0};

    fixture_ok(&w->f, render_notice(w->r, &n, T0, &mail, &w->f.e) == RENDER_OK);
    g_assert_cmpstr(mail.recipient, ==, recipient);
    g_assert_cmpint(mail.needs_utf8, ==, needs_utf8);
    rendered_clear(&mail);
}

static void test_envelopes(void)
{
    struct world w;
    world_open(&w);
    assert_envelope(&w, "anna@example.net", "anna@example.net", false);
    assert_envelope(&w, "anna@m\u00fcnchen.example", "anna@xn--mnchen-3ya.example", false);
    assert_envelope(&w, "j\u00fcrgen@ex\u00e4mple.net", "j\u00fcrgen@ex\u00e4mple.net", true);
    world_close(&w);
}

/* ---- Language */
static void assert_language(struct world *w, const char *of_notice, const char *of_person, const char *expected)
{
    struct notice n = {.id = 4,
                       .purpose = PURPOSE_ERROR_EMPTY,
                       .person_id = w->ben,
                       .about.forum = w->forum,
                       .language = of_notice};
    struct rendered mail = {0};
    person_auto p = persons_by_id(w->f.db, w->ben, &w->f.e);

    row_text_set(&p->language, NULL);
    p->language = g_strdup(of_person);
    fixture_ok(&w->f, db_begin(w->f.db, &w->f.e) && persons_update(w->f.db, p, &w->f.e) && db_commit(w->f.db, &w->f.e));
    renderer_forget(w->r);
    fixture_ok(&w->f, render_notice(w->r, &n, T0, &mail, &w->f.e) == RENDER_OK);
    g_autofree char *line = g_strdup_printf("\r\nContent-Language: %s\r\n", expected);
    g_assert_nonnull(strstr(mail.bytes->str, line));
    rendered_clear(&mail);
}

static void test_language(void)
{
    struct world w;
    world_open(&w);
    assert_language(&w, "en", "de", "en");
    assert_language(&w, NULL, "en", "en");
    assert_language(&w, "tr", "en-GB", "en"); /* not written here, so the person's */
    assert_language(&w, NULL, NULL, "de");
    assert_language(&w, "tr", "pl", "de");
    w.languages[1] = NULL; /* the operator wants German only */
    assert_language(&w, "en", "en", "de");
    world_close(&w);
}

/* What is kept for the next person who is told of the same post must not become somebody else's mail. */
static void test_kept_text(void)
{
    struct world w;
    struct rendered mail = {0};
    static const char *const languages[] = {"de", "en", "en", "de"};

    world_open(&w);
    fixture_exec(w.f.path, "INSERT INTO follow (idea_id, person_id) VALUES (1, 3)");
    for (guint i = 0; i < G_N_ELEMENTS(languages); i++) {
        for (int other = 0; other < 2; other++) {
            struct notice n = {.id = 10 + i,
                               .purpose = PURPOSE_POST,
                               .person_id = w.ben,
                               .about.forum = w.forum,
                               .about.idea = w.idea,
                               .about.post = other ? w.reply : w.first,
                               .language = languages[i]};
            fixture_ok(&w.f, render_notice(w.r, &n, T0, &mail, &w.f.e) == RENDER_OK);
            g_autoptr(GMimeMessage) m = read_back(mail.bytes);
            g_autofree char *plain = part_text(m, 0);
            g_assert_nonnull(strstr(plain, other ? "Herkes" : "Fahrschein"));
            g_assert_nonnull(strstr(plain, *languages[i] == 'd' ? "schreibt:" : "writes:"));
        }
    }
    rendered_clear(&mail);
    world_close(&w);
}

/* Who is asked again and has a public name is told that it will stand there. */
static void test_known_person_is_asked(void)
{
    struct world w;
    struct rendered mail = {0};

    world_open(&w);
    row_id hold = add_hold(&w, HOLD_CONFIRM, 0, 0, "canary-mod@example.net");
    struct notice n = {.id = 9,
                       .purpose = PURPOSE_CONFIRM_IDEA,
                       .address = "canary-mod@example.net",
                       .about.forum = w.forum,
                       .about.hold = hold};
    fixture_ok(&w.f, render_notice(w.r, &n, T0, &mail, &w.f.e) == RENDER_OK);
    g_autoptr(GMimeMessage) m = read_back(mail.bytes);
    g_autofree char *plain = part_text(m, 0);
    g_assert_nonnull(strstr(plain, "öffentlicher Name: Mo Derator"));
    rendered_clear(&mail);
    world_close(&w);
}

static void test_speed(void)
{
    struct world w;

    world_open(&w);
    g_autoptr(GString) text = g_string_new(NULL);
    while (text->len < 1500)
        g_string_append(text, "Wir möchten, dass alle Busse und Bahnen im Ruhrgebiet öfter fahren. ");
    row_id post = add_post(&w, w.idea, w.first, w.anna, POST_PUBLISHED, text->str, "de");
    struct rendered mail = {0};
    g_test_timer_start();
    for (guint i = 0; i < 2000; i++) {
        struct notice n = {.id = i + 1,
                           .purpose = PURPOSE_POST,
                           .person_id = w.ben,
                           .about.forum = w.forum,
                           .about.idea = w.idea,
                           .about.post = post};
        if (i % 200 == 0)
            renderer_forget(w.r);
        g_assert_cmpint(render_notice(w.r, &n, T0, &mail, &w.f.e), ==, RENDER_OK);
    }
    g_test_message("%.0f notices/s of %zu bytes", 2000 / g_test_timer_elapsed(), mail.bytes->len);
    rendered_clear(&mail);
    world_close(&w);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_mime_init();
    g_test_add_func("/render/every-purpose", test_every_purpose);
    g_test_add_func("/render/whole-table", test_whole_table);
    g_test_add_func("/render/called", test_called);
    g_test_add_func("/render/asked-entries", test_asked_entries);
    g_test_add_func("/render/inner-address", test_inner_address);
    g_test_add_func("/render/envelopes", test_envelopes);
    g_test_add_func("/render/threading", test_threading);
    g_test_add_func("/render/language", test_language);
    g_test_add_func("/render/kept-text", test_kept_text);
    g_test_add_func("/render/known-person", test_known_person_is_asked);
    g_test_add_func("/render/speed", test_speed);
    return g_test_run();
}
