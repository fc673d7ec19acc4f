/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Digests of many posts for many readers: what stands whole, what is shared, and how large a mail becomes.
 */
#include "../store/fixture.h"
#include "render_world.h"

#include "flow/out/blocks.h"
#include "forum/route.h"
#include "text/wrap.h"

#include <string.h>

/* Of many posts those that matter stand whole, a line tells of so many discussions, and of the rest the forum is counted. */
static void test_big_digest(void)
{
    struct world w;
    struct rendered mail = {0};
    row_id newest = 0;

    world_open(&w);
    for (int i = 0; i < LIMIT_DIGEST_LINES + LIMIT_DIGEST_WHOLE + 2; i++) {
        row_id idea = fixture_idea(&w.f, w.forum, w.ben, RING_PUBLIC);
        newest = add_post(&w, idea, 0, w.ben, POST_PUBLISHED, "Ein kurzer Text.", "de");
    }
    g_autofree char *update = g_strdup_printf("UPDATE digest SET from_post = 2, to_post = %" G_GINT64_FORMAT, newest);
    fixture_exec(w.f.path, update);
    struct notice n = {.id = 9, .purpose = PURPOSE_DIGEST_DAILY, .person_id = w.eva, .about.digest = w.digest};
    g_assert_cmpint(render_notice(w.r, &n, T0, &mail, &w.f.e), ==, RENDER_OK);
    g_auto(GStrv) shown = g_strsplit(mail.entries, " ", -1);
    g_assert_cmpuint(g_strv_length(shown), ==, LIMIT_DIGEST_WHOLE + LIMIT_DIGEST_LINES);
    g_autofree char *last = g_strdup_printf("\r\n- %d. ", LIMIT_DIGEST_WHOLE + LIMIT_DIGEST_LINES),
                    *behind = g_strdup_printf("\r\n- %d. ", LIMIT_DIGEST_WHOLE + LIMIT_DIGEST_LINES + 1);
    g_assert_nonnull(strstr(mail.bytes->str, last));
    g_assert_null(strstr(mail.bytes->str, behind));
    g_assert_nonnull(strstr(mail.bytes->str, ": 2 Beitr")); /* the rest of the forum */
    g_assert_cmpuint(mail.bytes->len, <, 60000);
    rendered_clear(&mail);
    world_close(&w);
}

/* How many posts the plain part says to be in a digest: whole ones, lines, the rest of each forum. */
static guint count_told(const char *plain, const char *entries)
{
    guint n = 0;

    for (const char *at = plain; (at = strstr(at, "\n- ")) != NULL; at++) {
        const char *number = strstr(at + 1, ": "), *end = strchr(at + 1, '\n');
        bool is_rest = number != NULL && number < end && g_ascii_isdigit(number[2]) && strstr(number, " Beitr") < end;
        n += is_rest && !g_ascii_isdigit(at[3]) ? (guint)g_ascii_strtoull(number + 2, NULL, 10) : 0;
    }
    g_auto(GStrv) shown = g_strsplit(entries, " ", -1);
    return n + g_strv_length(shown);
}

/* Fifty and two hundred entries stay under 60 kB whatever they are written in, with the longest titles, and nothing is left untold. */
static void test_size(void)
{
    static const char *const sentences[] = {"Wir möchten, dass die Busse im Ruhrgebiet öfter und länger fahren. ",
                                            "plain ASCII words, and nothing else in them. ",
                                            "Предлагаю построить велосипедную дорожку от Эссена до Бохума. ",
                                            "=======",
                                            "<b>&amp;\"</b> ",
                                            "Ja.\n\n",
                                            "公園にベンチを増やしてください。"};
    static const struct {
        guint n_entries, n_chars;
    } sizes[] = {{50, 1000}, {50, 6000}, {200, 300}, {20, 3000}, {3, 6000}};

    for (guint i = 0; i < G_N_ELEMENTS(sentences) * G_N_ELEMENTS(sizes); i++) {
        const char *sentence = sentences[i / G_N_ELEMENTS(sizes)];
        guint n_entries = sizes[i % G_N_ELEMENTS(sizes)].n_entries, n_chars = sizes[i % G_N_ELEMENTS(sizes)].n_chars;
        g_autoptr(GString) text = g_string_new(NULL);
        while (g_utf8_strlen(text->str, -1) < n_chars)
            g_string_append(text, sentence);
        struct world w;
        struct rendered mail = {0};
        row_id newest = 0;
        world_open(&w);
        w.settings.web_url = "https://beteiligung.example.org";
        for (guint k = 0; k < n_entries; k++) {
            row_id idea = fixture_idea(&w.f, w.forum, w.ben, RING_PUBLIC);
            newest = add_post(&w, idea, 0, w.ben, POST_PUBLISHED, text->str, "de");
        }
        g_autofree char *title = g_utf8_substring(text->str, 0, LIMIT_TITLE_CHARS);
        g_strdelimit(title, "\n", ' ');
        g_autofree char *update =
            g_strdup_printf("UPDATE digest SET from_post = 2, to_post = %" G_GINT64_FORMAT "; UPDATE idea SET title = '%s'",
                            newest, title);
        fixture_exec(w.f.path, update);
        struct notice n = {.id = 9, .purpose = PURPOSE_DIGEST_DAILY, .person_id = w.eva, .about.digest = w.digest};
        g_assert_cmpint(render_notice(w.r, &n, T0, &mail, &w.f.e), ==, RENDER_OK);
        g_test_message("%u entries of %u \"%s\": %" G_GSIZE_FORMAT " bytes", n_entries, n_chars, sentence, mail.bytes->len);
        g_assert_cmpuint(mail.bytes->len, <=, LIMIT_DIGEST_MAIL_BYTES);
        g_autofree char *html = NULL, *plain = render_words(w.r, &n, "de", T0, &html, &w.f.e);
        g_assert_cmpuint(count_told(plain, mail.entries), ==, n_entries);
        rendered_clear(&mail);
        world_close(&w);
    }
}

/* Written once for two readers, a digest is the same as if it were written for each: with their own addresses and no other. */
static void test_shared_digest(void)
{
    struct world w;
    struct rendered mail = {0};

    world_open(&w);
    row_id uwe = fixture_person(&w.f, "canary-uwe@example.net");
    fixture_member(&w.f, w.forum, uwe, ROLE_MEMBER, DELIVERY_DAILY);
    w.settings.web_url = "https://forum.example.org";
    fixture_exec(
        w.f.path,
        "INSERT INTO digest (id, person_id, delivery, from_post, to_post, made_at) VALUES (9, (SELECT max(id) FROM person),"
        " 'daily', 0, 2, 1000)");
    struct notice of_eva = {.id = 9, .purpose = PURPOSE_DIGEST_DAILY, .person_id = w.eva, .about.digest = w.digest},
                  of_uwe = of_eva;
    of_uwe.person_id = uwe;
    of_uwe.about.digest = 9;
    g_assert_cmpint(render_notice(w.r, &of_uwe, T0, &mail, &w.f.e), ==, RENDER_OK);
    g_autofree char *alone = g_strdup(mail.bytes->str), *entries = g_strdup(mail.entries);
    renderer_forget(w.r);
    g_assert_cmpint(render_notice(w.r, &of_eva, T0, &mail, &w.f.e), ==, RENDER_OK);
    g_assert_cmpstr(mail.bytes->str, !=, alone);
    g_assert_cmpint(render_notice(w.r, &of_uwe, T0, &mail, &w.f.e), ==, RENDER_OK);
    g_assert_cmpstr(mail.bytes->str, ==, alone);
    g_assert_cmpstr(mail.entries, ==, entries);
    g_autofree char *address = route_reply_address(w.idea, RING_PUBLIC, uwe, w.first, DOMAIN, w.g.key);
    g_assert_nonnull(strstr(mail.bytes->str, address));
    rendered_clear(&mail);
    world_close(&w);
}

/* What is kept of digests has a ceiling: beyond it what is not used comes back when it is. */
static void test_blocks_ceiling(void)
{
    static char *const none[] = {NULL};
    const struct text_block_form form = {0};
    struct blocks *x = blocks_new(2000);

    for (int i = 0; i < 20; i++) {
        g_autofree char *key = g_strdup_printf("%d", i), *text = g_strnfill(300, 'x');
        struct text_block *b = text_block_new(text, text, &form, none);
        blocks_keep(x, key, b);
        text_block_unref(b);
    }
    struct text_block *newest = blocks_find(x, "19");
    g_assert_nonnull(newest);
    g_assert_null(blocks_find(x, "0"));
    text_block_unref(newest);
    g_autofree char *large = g_strnfill(3000, 'x');
    struct text_block *b = text_block_new(large, large, &form, none);
    blocks_keep(x, "large", b);
    g_assert_null(blocks_find(x, "large"));
    text_block_unref(b);
    blocks_free(x);
}

/* Templates that know nothing of parts write the same mail. */
static void test_digest_without_parts(void)
{
    struct world w;
    struct rendered mail = {0};

    world_open(&w);
    struct notice n = {.id = 9, .purpose = PURPOSE_DIGEST_DAILY, .person_id = w.eva, .about.digest = w.digest};
    g_assert_cmpint(render_notice(w.r, &n, T0, &mail, &w.f.e), ==, RENDER_OK);
    g_autofree char *with = g_strdup(mail.bytes->str);
    g_autofree char *path = g_build_filename(texts_folder(), "de", "digest.txt", NULL), *source = NULL;
    g_assert_true(g_file_get_contents(path, &source, NULL, NULL));
    g_autoptr(GString) whole = g_string_new(source);
    static const char *const parts[] = {"_digest_idea", "_digest_line"};
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *tag = g_strdup_printf("{{>%s}}\n", parts[i]), *name = g_strconcat(parts[i], ".txt", NULL);
        g_autofree char *part = g_build_filename(texts_folder(), "de", name, NULL), *text = NULL;
        g_assert_true(g_file_get_contents(part, &text, NULL, NULL));
        g_assert_cmpuint(g_string_replace(whole, tag, text, 0), ==, 1);
    }
    fixture_ok(&w.f, templates_add(w.t, "de", "digest", whole->str, &w.f.e));
    renderer_forget(w.r);
    g_assert_cmpint(render_notice(w.r, &n, T0, &mail, &w.f.e), ==, RENDER_OK);
    g_assert_cmpstr(mail.bytes->str, ==, with);
    rendered_clear(&mail);
    world_close(&w);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/render-digest/big", test_big_digest);
    g_test_add_func("/render-digest/size", test_size);
    g_test_add_func("/render-digest/shared", test_shared_digest);
    g_test_add_func("/render-digest/blocks-ceiling", test_blocks_ceiling);
    g_test_add_func("/render-digest/without-parts", test_digest_without_parts);
    return g_test_run();
}
