/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is left of an answer when our own words are gone, and that they are told once for many answers to one post.
 */
#include "world.h"

#include "base/limits.h"
#include "flow/facts.h"
#include "flow/in/foresee.h"
#include "flow/in/sent.h"
#include "flow/out/render.h"
#include "forum/memory.h"
#include "mail/read/read.h"
#include "text/templates.h"

#include <stdlib.h>
#include <string.h>

#define TEXT "Zwischen Hattingen und Essen fehlt ein Radweg, der auch im Winter geräumt wird."

struct answered {
    struct world w;
    struct idea idea;
    struct post post;
    struct looked_up l;
};

static void open_world(struct answered *a)
{
    *a = (struct answered){0};
    world_open(&a->w);
    fixture_exec(a->w.f.path,
                 "INSERT INTO person (id, language, created_at, confirmed_at) VALUES (7, 'de', 1, 1);"
                 "INSERT INTO idea (id, forum_id, author_id, title, state, ring, created_at, published_at, n_posts, last_number)"
                 " VALUES (9, 1, 7, 'Winterdienst', 'published', 'public', 1, 1, 1, 1);"
                 "INSERT INTO post (id, idea_id, forum_id, number, person_id, kind, state, at, published, text, language)"
                 " VALUES (11, 9, 1, 1, 7, 'idea', 'published', 1, 1, '" TEXT "', 'de')");
    a->idea = (struct idea){.id = 9, .forum_id = a->w.forum, .author_id = 7, .title = "Winterdienst", .ring = RING_PUBLIC};
    a->post = (struct post){.id = 11, .idea_id = 9, .person_id = 7, .kind = POST_IDEA, .text = TEXT};
    a->l = (struct looked_up){.idea = &a->idea, .parent = &a->post};
}

static void close_world(struct answered *a)
{
    g_clear_pointer(&a->w.g.memories, g_hash_table_unref);
    g_clear_pointer(&a->w.g.templates, templates_free);
    world_close(&a->w);
}

/* What is left of TEXT, written as an answer to the post. Caller frees. */
static char *left_of(struct answered *a, const char *text)
{
    g_autoptr(GBytes) bytes = world_mail("erika@example.org", "", text);
    message_auto m = world_read(bytes);

    return sent_new_words(&a->w.g, m, &a->l);
}

static guint n_kept(const struct answered *a)
{
    return a->w.g.memories != NULL ? g_hash_table_size(a->w.g.memories) : 0;
}

/* Quoted without a mark, which only the memory knows. */
#define UNMARKED "Ja, bitte bald.\r\n\r\n" TEXT "\r\nAntworten Sie einfach auf diese E-Mail. Ihre Antwort wird öffentlich.\r\n"

static void test_once(void)
{
    struct answered a;

    open_world(&a);
    for (int i = 0; i < 3; i++) {
        g_autofree char *left = left_of(&a, UNMARKED), *other = left_of(&a, "Etwas ganz anderes.");
        g_assert_cmpstr(left, ==, "Ja, bitte bald.");
        g_assert_cmpstr(other, ==, "Etwas ganz anderes.");
        g_assert_cmpuint(n_kept(&a), ==, 1);
    }
    const gsize n_once = a.w.g.n_memory_bytes;
    /* Its author was told in other words, and another text is another post. */
    struct person author = {.id = 7};
    a.l.person = &author;
    g_autofree char *own =
        left_of(&a,
                UNMARKED "Wer mitreden möchte, schreibt an die Idee selbst, und wir schreiben Ihnen, wenn jemand antwortet.\r\n");
    g_assert_nonnull(strstr(own, "Ja, bitte bald."));
    g_assert_cmpuint(n_kept(&a), ==, 2);
    a.post.text = "Kurz.";
    g_autofree char *changed = left_of(&a, UNMARKED);
    g_assert_cmpuint(n_kept(&a), ==, 3);
    g_assert_cmpuint(a.w.g.n_memory_bytes, >, 2 * n_once);
    close_world(&a);
}

/* Every line of the mails about a post is known, as text and as its HTML shows it, though of a long text only the ends were written. */
static void test_whole(void)
{
    static const char *const texts[] = {
        TEXT,
        TEXT
        " Wer morgens um sechs zur Schicht fährt, findet dort Schnee und Scherben; die Straße nebenan ist längst frei. Das wäre "
        "leicht zu ändern, denn der Bauhof liegt daneben.\n\n> Ein Zitat aus der Zeitung von gestern\n\n- erstens räumen\n- zweitens "
        "streuen\n\nUnd „gerade“ Kinder brauchen das, sagt auch meine Nachbarin immer wieder zu mir.",
        TEXT
        " Siehe https://example.org/winter?a=1 und die Karte dort, die sehr genau zeigt, wo überall noch Lücken sind und wer sie "
        "schließen könnte, wenn man nur wollte, denn Geld ist da und Leute gibt es auch genug, die es tun würden.",
    };
    static const enum purpose purposes[] = {PURPOSE_POST, PURPOSE_RECEIPT_PUBLISHED_IDEA};
    struct answered a;
    struct person author = {.id = 7};

    open_world(&a);
    a.l.person = &author;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        fixture_exec(a.w.f.path, "UPDATE post SET text = 'x' WHERE id = 11");
        a.post.text = (char *)texts[i];
        g_autofree char *left = left_of(&a, "Ja.");
        GHashTableIter iter;
        gpointer kept;
        g_hash_table_iter_init(&iter, a.w.g.memories);
        g_assert_true(g_hash_table_iter_next(&iter, NULL, &kept));
        GBytes *memory = kept;
        renderer_auto r = renderer_new(&a.w.g, a.w.g.templates);
        renderer_tell(r, 11, texts[i]);
        for (gsize k = 0; k < 2 * G_N_ELEMENTS(purposes); k++) {
            struct notice n = {.purpose = purposes[k / 2], .about.forum = a.w.forum, .about.idea = 9, .about.post = 11};
            g_autofree char *html = NULL, *text = render_words(r, &n, k % 2 == 0 ? "de" : "en", 0, &html, &a.w.f.e);
            fixture_ok(&a.w.f, text != NULL);
            g_autofree char *unknown = memory_cut(text, &memory, 1, NULL);
            g_test_message("text %zu, mail %zu", i, k);
            g_assert_cmpstr(g_strstrip(unknown), ==, "");
        }
        g_hash_table_remove_all(a.w.g.memories);
    }
    close_world(&a);
}

/* Another thread works it out before: used only where it was made from what is still there. */
static void test_foreseen(void)
{
    struct answered a;
    struct post other = {.id = 12, .idea_id = 9, .person_id = 7, .kind = POST_REPLY, .text = TEXT};

    open_world(&a);
    g_autofree char *id = route_post_message_id(11, a.w.g.domain, a.w.g.key),
                    *header = g_strdup_printf("In-Reply-To: <%s>\r\n", id);
    g_autoptr(GBytes) bytes = world_mail("erika@example.org", header, UNMARKED "Erika Beispiel\r\nTel. 0201 123456\r\n");
    message_auto m = world_read(bytes);
    struct envelope *env = world_envelope("erika@example.org", "Idee-9", T0);
    struct foreseen *f = foreseen_new(&a.w.g, env, m);
    struct looked_up l = {0};
    fixture_ok(&a.w.f, facts_find_place(&a.w.g, m, "erika@example.org", "idee-9@" WORLD_DOMAIN, &l, &a.w.f.e));
    g_autofree char *words = sent_new_words(&a.w.g, m, &l);
    g_assert_cmpint(l.parent->id, ==, 11);
    g_assert_cmpstr(foreseen_words(f, "idee-9@" WORLD_DOMAIN, &l), ==, words);
    g_assert_null(foreseen_words(f, "idee-8@" WORLD_DOMAIN, &l));
    g_assert_null(foreseen_words(NULL, "idee-9@" WORLD_DOMAIN, &l));
    const struct public_words *ready = foreseen_public(f, "idee-9@" WORLD_DOMAIN);
    public_words_auto made = public_words_new(&a.w.g, m, &l, words);
    g_assert_true(public_words_are_of(ready, &a.w.g, m, &l, words));
    g_assert_cmpstr(ready->text, ==, made->text);
    g_assert_null(strstr(made->text, "123456"));
    g_assert_false(public_words_are_of(ready, &a.w.g, m, &l, "Etwas anderes."));
    g_assert_null(ready->title);
    /* Among the members nothing is masked; behind another post other words are ours. */
    struct idea inner = a.idea;
    inner.ring = RING_MEMBERS;
    struct looked_up elsewhere = {.idea = &inner, .parent = &other};
    g_assert_false(public_words_are_of(ready, &a.w.g, m, &elsewhere, words));
    g_assert_null(foreseen_words(f, "idee-9@" WORLD_DOMAIN, &elsewhere));
    looked_up_clear(&l);
    foreseen_free(f);
    envelope_free(env);
    close_world(&a);
}

/* An idea's title is made ready, too, and does not serve as an answer's. */
static void test_foreseen_title(void)
{
    struct answered a;

    open_world(&a);
    static const char mail[] =
        "From: erika@example.org\r\nSubject: Bank gesucht, Tel. 0201 123456\r\n\r\nAm Haus fehlt eine.\r\n";
    g_autoptr(GBytes) bytes = g_bytes_new_static(mail, sizeof mail - 1);
    message_auto m = world_read(bytes);
    struct envelope *env = world_envelope("erika@example.org", "mobilitaet", T0);
    struct foreseen *f = foreseen_new(&a.w.g, env, m);
    struct looked_up l = {0}, answer = {.idea = &a.idea};
    const char *to = "mobilitaet@" WORLD_DOMAIN;
    fixture_ok(&a.w.f, facts_find_place(&a.w.g, m, "erika@example.org", to, &l, &a.w.f.e));
    const struct public_words *ready = foreseen_public(f, to);
    const char *words = foreseen_words(f, to, &l);
    g_assert_true(public_words_are_of(ready, &a.w.g, m, &l, words));
    g_assert_null(strstr(ready->title, "123456"));
    g_assert_nonnull(strstr(ready->title, "Bank gesucht"));
    g_assert_cmpuint(ready->n_title, ==, 1);
    g_assert_false(public_words_are_of(ready, &a.w.g, m, &answer, words));
    looked_up_clear(&l);
    foreseen_free(f);
    envelope_free(env);
    close_world(&a);
}

/* How a digest reads that is answered is told beforehand, and the answers to its entries are the same then; it serves for that digest. */
static void test_foreseen_digest(void)
{
    struct answered a;

    open_world(&a);
    fixture_exec(
        a.w.f.path,
        "INSERT INTO idea (id, forum_id, author_id, title, state, ring, created_at, published_at, n_posts, last_number)"
        " VALUES (10, 1, 7, 'Mehr Bänke', 'published', 'public', 1, 1, 1, 1);"
        "INSERT INTO post (id, idea_id, forum_id, number, person_id, kind, state, at, published, text, language)"
        " VALUES (12, 10, 1, 1, 7, 'idea', 'published', 1, 2, 'Am Haus der Stadt fehlen Bänke mit Lehnen für alte Leute.', 'de');"
        "INSERT INTO address (address, person_id, written, is_primary) VALUES ('sieben@example.org', 7, 'sieben@example.org', 1);"
        "INSERT INTO member (forum_id, person_id, role, delivery, joined_at, told_since) VALUES (1, 7, 'member', 'daily', 1, 0);"
        "INSERT INTO digest (id, person_id, delivery, from_post, to_post, made_at, entries) VALUES (5, 7, 'daily', 0, 2, 1, '1:11 2:12');"
        "INSERT INTO notice (id, stream, purpose, person_id, digest_id, due_at, state) VALUES (6, 1, 'digest-daily', 7, 5, 1, 'sent'),"
        " (8, 1, 'digest-daily', 7, 5, 1, 'sent')");
    g_autofree char *to = route_digest_address(6, a.w.g.domain, a.w.g.key), *local = g_strndup(to, strcspn(to, "@"));
    g_autoptr(GBytes) bytes =
        world_mail("erika@example.org", "In-Reply-To: <x@y>\r\n", "1: Ja, bitte bald.\r\n\r\n2: Mit Lehnen.\r\n");
    message_auto m = world_read(bytes);
    struct envelope *env = world_envelope("erika@example.org", local, T0);
    struct foreseen *f = foreseen_new(&a.w.g, env, m);
    struct looked_up l = {0}, again = {0};
    struct notice other = {.id = 8};
    struct looked_up elsewhere = {.notice = &other};
    fixture_ok(&a.w.f, facts_find_place(&a.w.g, m, "erika@example.org", to, &l, &a.w.f.e) &&
                           facts_find_place(&a.w.g, m, "erika@example.org", to, &again, &a.w.f.e));
    GBytes *digest = foreseen_digest(f, to, &l);
    g_assert_nonnull(digest);
    g_assert_cmpuint(g_bytes_get_size(digest), >, 0);
    g_assert_null(foreseen_digest(f, to, &elsewhere));
    g_assert_null(foreseen_digest(NULL, to, &l));
    g_assert_null(foreseen_words(f, to, &l));
    g_autofree char *ready = sent_portions(&a.w.g, m, &l, digest), *made = sent_portions(&a.w.g, m, &again, NULL);
    g_assert_cmpstr(ready, ==, made);
    g_assert_cmpstr(ready, ==, "Ja, bitte bald.\n\nMit Lehnen.");
    g_assert_cmpuint(l.portions->len, ==, 2);
    looked_up_clear(&l);
    looked_up_clear(&again);
    foreseen_free(f);
    envelope_free(env);
    close_world(&a);
}

/* What is kept stays below its limit, whatever is answered. */
static void test_limit(void)
{
    g_autoptr(GString) words = g_string_new(NULL);
    struct answered a;

    open_world(&a);
    for (guint i = 0; i < LIMIT_MEMORIES_BYTES / 8 / 4; i++)
        g_string_append_printf(words, "w%u ", i);
    a.post.text = words->str;
    for (a.post.id = 100; a.post.id < 110; a.post.id++) {
        g_autofree char *left = left_of(&a, "Ja.");
        g_assert_cmpstr(left, ==, "Ja.");
        g_assert_cmpuint(a.w.g.n_memory_bytes, <=, LIMIT_MEMORIES_BYTES);
        g_assert_cmpuint(n_kept(&a), >=, 1);
    }
    g_assert_cmpuint(n_kept(&a), <, 10);
    close_world(&a);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    mail_init();
    g_test_add_func("/sent/once", test_once);
    g_test_add_func("/sent/whole", test_whole);
    g_test_add_func("/sent/foreseen", test_foreseen);
    g_test_add_func("/sent/foreseen-title", test_foreseen_title);
    g_test_add_func("/sent/foreseen-digest", test_foreseen_digest);
    g_test_add_func("/sent/limit", test_limit);
    return g_test_run();
}
