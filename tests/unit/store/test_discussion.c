/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Forums, members, people, ideas, posts, messages, holds and blobs as rows: what goes in comes out, and the rules that
 * their headers promise.
 */
#include "fixture.h"

#include "base/limits.h"
#include "base/token.h"
#include "store/blobs.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/installation.h"
#include "store/messages.h"
#include "store/persons.h"
#include "store/posts.h"

#include <glib/gstdio.h>
#include <string.h>

static void test_installation(struct fixture *f)
{
    struct installation first = {.instance = "k3v9", .created_at = T0}, second = {.instance = "other"};

    g_assert_null(installation_get(f->db, &f->e));
    g_assert_cmpint(f->e.kind, ==, ERR_NONE);
    memset(first.token_key, 7, sizeof(first.token_key));
    OK(installation_put(f->db, &first, &f->e));
    OK(installation_put(f->db, &second, &f->e)); /* a second init keeps the key: old tokens stay good */
    struct installation *kept = installation_get(f->db, &f->e);
    g_assert_cmpstr(kept->instance, ==, "k3v9");
    g_assert_cmpmem(kept->token_key, 32, first.token_key, 32);
    installation_free(kept);
}

static void test_forums(struct fixture *f)
{
    struct forum in = {.name = "mobilitaet",
                       .title = "Neue Mobilität",
                       .ministry = "VM",
                       .language = "de",
                       .moderation = MODERATION_PRE};
    row_id id = 0, again = 0;

    OK(forums_put(f->db, &in, T0, &id, &f->e));
    in.title = "Mobil";
    in.ministry = NULL;
    in.closed_at = T0 + 1;
    OK(forums_put(f->db, &in, T0, &again, &f->e));
    g_assert_cmpint(id, ==, again);
    OK(forums_put_alias(f->db, "verkehr", id, &f->e));
    forum_auto out = forums_by_name(f->db, "verkehr", &f->e);
    g_assert_cmpstr(out->name, ==, "mobilitaet");
    g_assert_cmpstr(out->title, ==, "Mobil");
    g_assert_null(out->ministry);
    g_assert_cmpint(out->moderation, ==, MODERATION_PRE);
    g_assert_cmpint(out->closed_at, ==, T0 + 1);
    g_assert_null(forums_by_name(f->db, "nothing", &f->e));
    g_assert_cmpint(f->e.kind, ==, ERR_NONE);
    FAILS(forums_put_alias(f->db, "nowhere", 99, &f->e), ERR_OURS);
}

static void test_members(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a"), anna = fixture_person(f, "anna@example.net"),
           ben = fixture_person(f, "ben@example.net");
    bool found = false;

    fixture_member(f, forum, anna, ROLE_READER, DELIVERY_EACH);
    fixture_member(f, forum, anna, ROLE_LEAD, DELIVERY_DAILY); /* changed, not doubled */
    fixture_member(f, forum, ben, ROLE_MEMBER, DELIVERY_NONE);
    g_autofree struct member *m = members_find(f->db, forum, anna, &f->e);
    g_assert_cmpint(m->role, ==, ROLE_LEAD);
    g_assert_cmpint(m->delivery, ==, DELIVERY_DAILY);
    g_autoptr(GPtrArray) all = members_of_forum(f->db, forum, &f->e), of = members_of_person(f->db, ben, &f->e);
    g_autoptr(GArray) moderators = members_moderators(f->db, forum, &f->e);
    g_assert_cmpint(all->len, ==, 2);
    g_assert_cmpint(of->len, ==, 1);
    g_assert_cmpint(moderators->len, ==, 1);
    g_assert_cmpint(g_array_index(moderators, row_id, 0), ==, anna);
    OK(db_begin(f->db, &f->e) && members_remove(f->db, forum, ben, &found, &f->e));
    g_assert_true(found);
    OK(members_remove(f->db, forum, ben, &found, &f->e) && db_commit(f->db, &f->e));
    g_assert_false(found);
    g_assert_null(members_find(f->db, forum, ben, &f->e));
}

static void test_persons(struct fixture *f)
{
    row_id id = fixture_person(f, "Jörg.Ä@Example.NET");
    person_auto p = persons_by_address(f->db, "jörg.ä@example.net", &f->e);

    OK(p != NULL);
    g_assert_cmpint(p->id, ==, id);
    g_assert_cmpstr(p->address, ==, "Jörg.Ä@Example.NET");
    g_assert_cmpint(p->digest_hour, ==, -1);
    g_assert_cmpint(p->digest_weekday, ==, 0);
    g_assert_null(p->public_name);
    p->public_name = g_strdup("Jörg Ä.");
    p->digest_hour = 0;
    p->digest_weekday = 7;
    OK(persons_update(f->db, p, &f->e));
    OK(persons_add_address(f->db, id, "second@example.org", &f->e));
    person_auto q = persons_by_address(f->db, "second@example.org", &f->e);
    g_assert_cmpint(q->id, ==, id);
    g_assert_cmpstr(q->address, ==, "Jörg.Ä@Example.NET"); /* where we write to */
    g_assert_cmpstr(q->public_name, ==, "Jörg Ä.");
    g_assert_cmpint(q->digest_hour, ==, 0);
    g_assert_cmpint(q->digest_weekday, ==, 7);
    g_autoptr(GPtrArray) all = persons_all(f->db, &f->e);
    g_assert_cmpint(all->len, ==, 1);
    p->digest_hour = 24;
    FAILS(persons_update(f->db, p, &f->e), ERR_OURS);
    FAILS(persons_add(f->db, p, T0, &id, &f->e), ERR_OURS); /* outside a transaction it could stay half */
}

static bool count_idea(const struct idea *idea, void *user)
{
    g_assert_cmpstr(idea->title, ==, "Mehr Räder");
    return ++*(int *)user < 3;
}

static void test_ideas(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a"), other = fixture_forum(f, "b"), eva = fixture_person(f, "eva@example.net");
    row_id first = fixture_idea(f, forum, eva, RING_MEMBERS);
    int n = 0;

    for (int i = 0; i < 4; i++)
        fixture_idea(f, other, eva, RING_PUBLIC);
    OK(ideas_set_state(f->db, first, IDEA_NOT_PURSUED, false, 0, &f->e));
    idea_auto idea = ideas_by_id(f->db, first, &f->e);
    g_assert_cmpint(idea->state, ==, IDEA_NOT_PURSUED);
    g_assert_cmpint(idea->ring, ==, RING_MEMBERS);
    g_assert_cmpint(idea->published_at, ==, T0);
    OK(ideas_each(f->db, 0, NULL, count_idea, &n, &f->e));
    g_assert_cmpint(n, ==, 3); /* stopped by the callback */
    n = -100;
    OK(ideas_each(f->db, other, NULL, count_idea, &n, &f->e));
    g_assert_cmpint(n, ==, -96);
    n = -100;
    OK(ideas_each(f->db, 0, "not_pursued", count_idea, &n, &f->e));
    g_assert_cmpint(n, ==, -99);
    g_assert_null(ideas_by_id(f->db, 999, &f->e));
    g_assert_cmpint(f->e.kind, ==, ERR_NONE);
}

static void test_posts(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a"), eva = fixture_person(f, "eva@example.net");
    row_id idea = fixture_idea(f, forum, eva, RING_PUBLIC), mail = fixture_message(f, "k1", "m1@example.net", "x");
    row_id first = fixture_post(f, idea, eva, "Grüne Fahrräder für Bottrop");
    struct post waiting = {.idea_id = idea,
                           .person_id = eva,
                           .parent_id = first,
                           .message_id = mail,
                           .kind = POST_REPLY,
                           .state = POST_IN_REVIEW,
                           .at = T0,
                           .text = "Einverstanden",
                           .language = "de"};

    OK(db_begin(f->db, &f->e));
    OK(posts_add(f->db, &waiting, &f->e));
    OK(db_commit(f->db, &f->e));
    g_assert_cmpint(waiting.number, ==, 2);
    post_auto found = posts_by_message_id(f->db, "m1@example.net", &f->e);
    g_assert_cmpint(found->id, ==, waiting.id);
    g_assert_cmpint(found->parent_id, ==, first);
    g_assert_cmpstr(found->language, ==, "de");
    g_assert_null(posts_by_message_id(f->db, "m2@example.net", &f->e));
    g_assert_null(posts_by_message_id(f->db, NULL, &f->e));
    post_auto second = posts_by_number(f->db, idea, 2, &f->e);
    g_assert_cmpint(second->id, ==, waiting.id);
    g_autoptr(GPtrArray) all = posts_of_idea(f->db, idea, false, &f->e), open = posts_of_idea(f->db, idea, true, &f->e);
    g_assert_cmpint(all->len, ==, 2);
    g_assert_cmpint(open->len, ==, 1);
    struct post nowhere = {.idea_id = 99, .person_id = eva, .text = ""};
    OK(db_begin(f->db, &f->e));
    FAILS(posts_add(f->db, &nowhere, &f->e), ERR_ABSENT);
    db_rollback(f->db);
    FAILS(posts_add(f->db, &waiting, &f->e), ERR_OURS); /* no transaction */
}

static gint64 n_hits(struct fixture *f, const char *word)
{
    g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM post_fts WHERE post_fts MATCH '%s'", word);

    return fixture_int(f->path, sql);
}

static void set_state(struct fixture *f, row_id post, enum post_state state)
{
    OK(db_begin(f->db, &f->e));
    if (state == POST_PUBLISHED)
        OK(posts_publish(f->db, post, &f->e));
    else
        OK(posts_take(f->db, post, state, NULL, T0, &f->e));
    OK(db_commit(f->db, &f->e));
}

/* What can be found, counted and put into digests is exactly what is public. */
static void test_publication(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a"), eva = fixture_person(f, "eva@example.net");
    row_id idea = fixture_idea(f, forum, eva, RING_PUBLIC);
    struct post p =
        {.idea_id = idea, .person_id = eva, .kind = POST_IDEA, .state = POST_IN_REVIEW, .at = T0, .text = "Mehr Fahrräder"};

    OK(db_begin(f->db, &f->e));
    OK(posts_add(f->db, &p, &f->e));
    OK(db_commit(f->db, &f->e));
    g_assert_cmpint(n_hits(f, "fahrrader"), ==, 0);
    g_assert_cmpint(posts_last_publication(f->db, &f->e), ==, 0);
    set_state(f, p.id, POST_PUBLISHED);
    set_state(f, p.id, POST_PUBLISHED); /* twice does no harm */
    fixture_post(f, idea, eva, "Auch Roller");
    g_assert_cmpint(n_hits(f, "fahrrader"), ==, 1);
    g_assert_cmpint(posts_last_publication(f->db, &f->e), ==, 2);
    idea_auto two = ideas_by_id(f->db, idea, &f->e);
    g_assert_cmpint(two->n_posts, ==, 2);
    set_state(f, p.id, POST_REMOVED);
    set_state(f, p.id, POST_REMOVED);
    set_state(f, p.id, POST_PUBLISHED); /* it does not wait for review: stays removed */
    g_assert_cmpint(n_hits(f, "fahrrader"), ==, 0);
    g_assert_cmpint(n_hits(f, "roller"), ==, 1);
    idea_auto one = ideas_by_id(f->db, idea, &f->e);
    g_assert_cmpint(one->n_posts, ==, 1);
    OK(db_begin(f->db, &f->e));
    FAILS(posts_take(f->db, p.id, POST_PUBLISHED, NULL, T0, &f->e), ERR_OURS);
    FAILS(posts_publish(f->db, 99, &f->e), ERR_ABSENT);
    db_rollback(f->db);
}

/* Taken back, hidden, brought back, deleted: the place in the order of publication stays its own. */
static void test_taking(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a"), eva = fixture_person(f, "eva@example.net");
    row_id idea = fixture_idea(f, forum, eva, RING_PUBLIC), first = fixture_post(f, idea, eva, "Erster");
    row_id last = fixture_post(f, idea, eva, "Zweiter");

    set_state(f, last, POST_HIDDEN);
    OK(db_begin(f->db, &f->e));
    OK(posts_take(f->db, last, POST_REMOVED, "Beleidigung", T0 + 5, &f->e));
    OK(db_commit(f->db, &f->e));
    g_assert_cmpint(posts_last_publication(f->db, &f->e), ==, 2);
    row_id third = fixture_post(f, idea, eva, "Dritter"); /* not at the place of the second */
    g_assert_cmpint(posts_last_publication(f->db, &f->e), ==, 3);
    post_auto taken = posts_by_id(f->db, last, &f->e);
    g_assert_cmpint(taken->taken_from, ==, POST_PUBLISHED);
    g_assert_cmpint(taken->taken_place, ==, 2);
    g_assert_cmpint(taken->taken_at, ==, T0 + 5);
    g_assert_cmpstr(taken->taken_reason, ==, "Beleidigung");
    OK(db_begin(f->db, &f->e));
    FAILS(posts_restore(f->db, third, 2000, &f->e), ERR_INPUT);
    OK(posts_restore(f->db, last, 2000, &f->e));
    OK(db_commit(f->db, &f->e));
    g_assert_cmpint(n_hits(f, "zweiter"), ==, 1);
    post_auto back = posts_by_id(f->db, last, &f->e);
    g_assert_cmpint(back->state, ==, POST_PUBLISHED);
    g_assert_cmpint(back->taken_at, ==, 0);
    set_state(f, first, POST_WITHDRAWN);
    g_autoptr(GArray) young = posts_over(f->db, POST_WITHDRAWN, T0 - 1, 10, &f->e);
    g_autoptr(GArray) over = posts_over(f->db, POST_WITHDRAWN, T0, 10, &f->e);
    g_assert_cmpint(young->len, ==, 0);
    g_assert_cmpint(over->len, ==, 1);
    OK(db_begin(f->db, &f->e));
    OK(posts_forget(f->db, third, T0, &f->e)); /* public: nothing happens */
    OK(posts_forget(f->db, first, T0 + 9, &f->e));
    FAILS(posts_restore(f->db, first, 2000, &f->e), ERR_INPUT);
    OK(db_commit(f->db, &f->e));
    post_auto gone = posts_by_id(f->db, first, &f->e), public = posts_by_id(f->db, third, &f->e);
    g_assert_cmpstr(gone->text, ==, "");
    g_assert_cmpint(gone->forgotten_at, ==, T0 + 9);
    g_assert_cmpstr(public->text, ==, "Dritter");
}

/* Words wait for the commit; what was undone, taken back or given up meanwhile never gets into the index. */
static void test_words(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a"), eva = fixture_person(f, "eva@example.net");
    row_id idea = fixture_idea(f, forum, eva, RING_PUBLIC);

    OK(db_begin(f->db, &f->e));
    fixture_post(f, idea, eva, "bleibt");
    OK(db_savepoint(f->db, &f->e));
    fixture_post(f, idea, eva, "verworfen");
    db_savepoint_undo(f->db);
    OK(db_savepoint(f->db, &f->e));
    row_id removed = fixture_post(f, idea, eva, "entfernt");
    OK(posts_take(f->db, removed, POST_REMOVED, NULL, T0, &f->e));
    fixture_post(f, idea, eva, "auch");
    OK(db_savepoint_keep(f->db, &f->e));
    OK(db_commit(f->db, &f->e));
    OK(db_begin(f->db, &f->e));
    fixture_post(f, idea, eva, "aufgegeben");
    db_rollback(f->db);
    fixture_post(f, idea, eva, "danach");
    g_assert_cmpint(n_hits(f, "bleibt"), ==, 1);
    g_assert_cmpint(n_hits(f, "auch"), ==, 1);
    g_assert_cmpint(n_hits(f, "danach"), ==, 1);
    g_assert_cmpint(n_hits(f, "verworfen"), ==, 0);
    g_assert_cmpint(n_hits(f, "entfernt"), ==, 0);
    g_assert_cmpint(n_hits(f, "aufgegeben"), ==, 0);
    fixture_exec(f->path, "INSERT INTO post_fts (post_fts, rank) VALUES ('integrity-check', 1)");
    fixture_exec(f->path, "INSERT INTO post_fts (post_fts) VALUES ('rebuild')");
    g_assert_cmpint(n_hits(f, "entfernt"), ==, 0); /* a rebuild takes only what is public */
    g_assert_cmpint(n_hits(f, "bleibt"), ==, 1);
}

static gint64 mails_of(struct fixture *f, const char *from, gint64 since, gint64 now)
{
    gint64 n = 0, n_bytes = 0;

    OK(messages_tally(f->db, from, since, now, LIMIT_COUNTED, &n, &n_bytes, &f->e));
    g_assert_true(n == 0 ? n_bytes == 0 : n_bytes > 0);
    return n;
}

static void test_messages(struct fixture *f)
{
    row_id id = fixture_message(f, "key1", "m1@example.net", "Bytes as they came");
    g_autoptr(GBytes) raw = messages_raw(f->db, f->folder, id, &f->e);
    stored_message_auto by_key = messages_by_key(f->db, "key1", &f->e), by_id = messages_by_id(f->db, id, &f->e);

    g_assert_cmpmem(g_bytes_get_data(raw, NULL), (int)g_bytes_get_size(raw), "Bytes as they came", 18);
    g_assert_cmpint(by_key->id, ==, id);
    g_assert_cmpstr(by_id->subject, ==, "Räder");
    g_assert_null(by_id->failed);
    g_assert_cmpint(mails_of(f, "eva@example.net", T0, T0 + 9), ==, 1);
    g_assert_cmpint(mails_of(f, "eva@example.net", T0 + 1, T0 + 9), ==, 0);
    g_assert_cmpint(mails_of(f, "Eva+forum@example.net", T0, T0 + 9), ==, 1); /* one mailbox */
    g_assert_cmpint(mails_of(f, "eva@example.net", T0 - 9, T0 - 1), ==, 0);   /* the clock went back */
    g_assert_cmpint(messages_unproved_bytes(f->db, T0 - 3600, T0, &f->e), >, 0);
    g_assert_cmpint(messages_unproved_bytes(f->db, T0 + LIMIT_QUOTA_SLOT_S, T0 + 3600, &f->e), ==, 0);
    g_assert_cmpint(messages_unproved_bytes(f->db, T0 - 9999, T0 - LIMIT_QUOTA_SLOT_S, &f->e), ==, 0);
    g_assert_null(messages_by_key(f->db, "no", &f->e));
    g_assert_null(messages_raw(f->db, f->folder, 99, &f->e));
    FAILS(false, ERR_ABSENT);
    struct verdict v = {.kind = VERDICT_SET_ASIDE, .reason = "reader crashed"};
    OK(verdicts_add(f->db, id, "a@forum.example", &v, &f->e));
    FAILS(verdicts_add(f->db, id, "a@forum.example", &v, &f->e), ERR_OURS); /* exactly one verdict each */
    g_autoptr(GPtrArray) all = verdicts_of(f->db, id, &f->e);
    struct recipient_verdict *rv = g_ptr_array_index(all, 0);
    g_assert_cmpstr(rv->recipient, ==, "a@forum.example");
    g_assert_cmpint(rv->verdict.kind, ==, VERDICT_SET_ASIDE);
    g_assert_cmpstr(rv->verdict.reason, ==, "reader crashed");
}

static void test_counting(struct fixture *f)
{
    OK(db_begin(f->db, &f->e));
    for (int i = 0; i < LIMIT_COUNTED + 5; i++) {
        g_autofree char *key = g_strdup_printf("k%d", i);
        fixture_message(f, key, NULL, "x");
    }
    OK(db_commit(f->db, &f->e));
    g_assert_cmpint(mails_of(f, "eva@example.net", T0, T0 + 9), ==, LIMIT_COUNTED);
    g_assert_cmpint(mails_of(f, "ben@example.net", T0, T0 + 9), ==, 0);
}

static void test_same_message(struct fixture *f)
{
    row_id first = fixture_message(f, "k1", "m1@example.net", "one"), other = fixture_message(f, "k2", "m1@example.net", "two");
    g_autofree char *two = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "two", -1);
    stored_message_auto same = messages_same(f->db, "m1@example.net", two, "eva@example.net", &f->e);
    stored_message_auto any = messages_same(f->db, "m1@example.net", "content that never came", "eva@example.net", &f->e);

    g_assert_cmpint(same->id, ==, other);
    g_assert_cmpint(any->id, ==, first);
    g_assert_null(messages_same(f->db, "m2@example.net", two, "eva@example.net", &f->e));
    for (int i = 0; i < LIMIT_SAME_MESSAGE_ID; i++) { /* a flood of one Message-ID costs no more than that many rows */
        g_autofree char *key = g_strdup_printf("flood%d", i);
        fixture_message(f, key, "m1@example.net", key);
    }
    stored_message_auto one_of_flood = messages_same(f->db, "m1@example.net", two, "eva@example.net", &f->e);
    g_assert_true(g_str_has_prefix(one_of_flood->key, "flood"));
    g_assert_null(messages_same(f->db, NULL, two, "eva@example.net", &f->e));
}

static void test_large_message(struct fixture *f)
{
    gsize n = LIMIT_BLOB_INLINE_BYTES + 1;
    g_autofree char *bytes = g_strnfill(n, 'x'), *folder = g_build_filename(f->folder, "blob", NULL);
    g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, bytes, -1);

    g_mkdir(folder, 0700);
    OK(blobs_put(f->folder, sha256, bytes, n, &f->e));
    OK(blobs_put(f->folder, sha256, bytes, n, &f->e)); /* the same bytes are one file */
    row_id id = fixture_message(f, "k1", NULL, bytes);
    g_autoptr(GBytes) raw = messages_raw(f->db, f->folder, id, &f->e);
    g_assert_cmpint(g_bytes_get_size(raw), ==, n);
    g_assert_cmpint(fixture_int(f->path, "SELECT count(*) FROM message_raw WHERE bytes IS NULL"), ==, 1);
    bytes[LIMIT_BLOB_INLINE_BYTES] = '\0';
    row_id small = fixture_message(f, "k2", NULL, bytes); /* exactly the limit: a row */
    g_assert_cmpint(small, >, id);
    g_assert_cmpint(fixture_int(f->path, "SELECT count(*) FROM message_raw WHERE bytes IS NULL"), ==, 1);
}

static void test_blobs(struct fixture *f)
{
    g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "abc", -1);
    g_autofree char *folder = g_build_filename(f->folder, "blob", NULL), *path = g_build_filename(folder, sha256, NULL);

    FAILS(blobs_put(f->folder, sha256, "abc", 3, &f->e), ERR_ABSENT); /* no spool/blob */
    g_mkdir(folder, 0700);
    g_assert_true(g_file_set_contents(path, "ab", 2, NULL)); /* what no crash of ours leaves, but a copy may */
    OK(blobs_put(f->folder, sha256, "abc", 3, &f->e));
    g_autoptr(GBytes) bytes = blobs_get(f->folder, sha256, &f->e);
    g_assert_cmpmem(g_bytes_get_data(bytes, NULL), (int)g_bytes_get_size(bytes), "abc", 3);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    guint n_files = 0;
    while (g_dir_read_name(dir) != NULL)
        n_files++;
    g_assert_cmpint(n_files, ==, 1); /* nothing half is left */
    FAILS(blobs_put(f->folder, "../../etc/passwd", "abc", 3, &f->e), ERR_OURS);
    FAILS(blobs_get(f->folder, "ABC", &f->e) != NULL, ERR_OURS);
    g_unlink(path);
    FAILS(blobs_get(f->folder, sha256, &f->e) != NULL, ERR_ABSENT);
}

#define MAILBOX 4711 /* of eva@example.net */

static row_id add_hold(struct fixture *f, row_id mail, row_id forum, gint64 expires_at)
{
    struct hold h = {.kind = HOLD_CONFIRM,
                     .about.message = mail,
                     .about.forum = forum,
                     .address = "eva@example.net",
                     .title = "Titel",
                     .text = "Text",
                     .created_at = T0,
                     .expires_at = expires_at,
                     .mailbox = MAILBOX};
    row_id id = 0;

    OK(holds_add(f->db, &h, &id, &f->e));
    return id;
}

static void test_holds(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a"), mail = fixture_message(f, "k1", NULL, "x");
    row_id first = add_hold(f, mail, forum, T0 + 100), second = add_hold(f, mail, forum, T0 + 200);
    bool changed = false, waiting = false;

    OK(holds_set_asked(f->db, first, T0 + 5, &f->e));
    g_assert_cmpint(holds_count_open(f->db, MAILBOX, false, 9, &f->e), ==, 2);
    g_assert_cmpint(holds_count_open(f->db, MAILBOX, false, 1, &f->e), ==, 1); /* no further than asked */
    g_assert_cmpint(holds_count_open(f->db, MAILBOX, true, 9, &f->e), ==, 0);
    g_assert_cmpint(holds_count_open(f->db, MAILBOX + 1, false, 9, &f->e), ==, 0);
    hold_auto next = holds_next_unasked(f->db, MAILBOX, &f->e);
    g_assert_cmpint(next->id, ==, second);
    OK(holds_set_waits(f->db, second, WAIT_CEILING, T0 + 7, &f->e));
    OK(holds_queue(f->db, T0 + 6, &waiting, &f->e));
    g_assert_false(waiting);
    OK(holds_queue(f->db, T0 + 7, &waiting, &f->e));
    g_assert_true(waiting);
    g_autoptr(GPtrArray) early = holds_to_ask(f->db, HOLD_CONFIRM, false, T0 + 6, 9, &f->e);
    g_autoptr(GPtrArray) due = holds_to_ask(f->db, HOLD_CONFIRM, false, T0 + 7, 9, &f->e);
    g_assert_cmpint(early->len, ==, 0);
    g_assert_cmpint(due->len, ==, 1);
    g_assert_cmpint(((struct hold *)due->pdata[0])->waits, ==, WAIT_CEILING);
    OK(holds_set_waits(f->db, second, WAIT_TURN, T0 + 1000, &f->e)); /* by a clock that was ahead */
    OK(holds_clamp_ask(f->db, HOLD_CONFIRM, false, T0 + 999, T0, &f->e));
    g_autoptr(GPtrArray) clamped = holds_to_ask(f->db, HOLD_CONFIRM, false, T0, 9, &f->e);
    g_assert_cmpint(clamped->len, ==, 1);
    OK(holds_set_proved(f->db, second, &f->e));
    g_assert_cmpint(holds_count_open(f->db, MAILBOX, true, 9, &f->e), ==, 1);
    OK(holds_set_shown(f->db, second, T0, &changed, &f->e));
    g_assert_true(changed);
    OK(holds_set_shown(f->db, second, T0, &changed, &f->e));
    g_assert_false(changed);
    next->state = HOLD_CONFIRMED;
    next->decided_at = T0 + 9;
    OK(holds_decide(f->db, next, &changed, &f->e));
    g_assert_true(changed);
    next->state = HOLD_REJECTED;
    OK(holds_decide(f->db, next, &changed, &f->e));
    g_assert_false(changed);
    hold_auto decided = holds_by_id(f->db, second, &f->e);
    g_assert_cmpint(decided->state, ==, HOLD_CONFIRMED);
    g_assert_null(holds_next_unasked(f->db, MAILBOX, &f->e));
    g_assert_cmpstr(decided->text, ==, ""); /* the post has it */
    g_autoptr(GPtrArray) none = holds_over(f->db, T0 + 99, 10, &f->e), one = holds_over(f->db, T0 + 300, 10, &f->e);
    g_assert_cmpint(none->len, ==, 0);
    g_assert_cmpint(one->len, ==, 1);
    struct hold *over = one->pdata[0];
    g_assert_cmpint(over->id, ==, first);
    over->state = HOLD_EXPIRED;
    OK(db_begin(f->db, &f->e));
    OK(holds_decide(f->db, over, &changed, &f->e));
    OK(holds_forget(f->db, first, &f->e));
    OK(db_commit(f->db, &f->e));
    hold_auto expired = holds_by_id(f->db, first, &f->e);
    g_assert_cmpint(expired->state, ==, HOLD_EXPIRED);
    g_assert_cmpstr(expired->text, ==, "");
    g_assert_cmpstr(expired->address, ==, "");
    g_autoptr(GPtrArray) open = holds_open(f->db, &f->e);
    g_assert_cmpint(open->len, ==, 0);
}

static void test_review(struct fixture *f)
{
    row_id forum = fixture_forum(f, "a"), mail = fixture_message(f, "k1", NULL, "x"), eva = fixture_person(f, "eva@example.net");
    row_id idea = fixture_idea(f, forum, eva, RING_PUBLIC), post = fixture_post(f, idea, eva, "x");
    struct hold h = {.kind = HOLD_REVIEW,
                     .about.message = mail,
                     .about.forum = forum,
                     .about.idea = idea,
                     .about.post = post,
                     .ring = RING_MEMBERS,
                     .address = "eva@example.net",
                     .title = "",
                     .text = "x",
                     .created_at = T0};
    row_id id = 0;

    OK(holds_add(f->db, &h, &id, &f->e));
    hold_auto found = holds_review_of_post(f->db, post, &f->e);
    g_assert_cmpint(found->id, ==, id);
    g_assert_cmpint(found->ring, ==, RING_MEMBERS);
    g_assert_cmpint(found->parent_id, ==, 0);
    g_assert_cmpint(found->expires_at, ==, 0);
    g_autoptr(GPtrArray) never = holds_over(f->db, T0 + 1000000, 10, &f->e);
    g_assert_cmpint(never->len, ==, 0);
}

/* A mail is found by its key through the second that this begins with; also one of another making, or whose time was changed. */
static void test_keys(struct fixture *f)
{
    static const char *const keys[] = {"1mt9bc000abcdefg", "1mt9bc001abcdefg", "made-by-hand", "x"};

    g_assert_cmpint(token_value(keys[0], 9) >> 10, ==, T0);
    g_assert_cmpint(token_value(keys[2], 9), ==, -1);
    g_assert_cmpint(token_value(keys[3], 9), ==, -1);
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        row_id id = fixture_message(f, keys[i], NULL, keys[i]);
        stored_message_auto m = messages_by_key(f->db, keys[i], &f->e);
        OK(m != NULL);
        g_assert_cmpint(m->id, ==, id);
    }
    g_assert_null(messages_by_key(f->db, "1mt9bc000abcdefh", &f->e));
    OK(f->e.kind == ERR_NONE);
    fixture_exec(f->path, "UPDATE message SET received_at = received_at - 86400");
    stored_message_auto aged = messages_by_key(f->db, keys[1], &f->e);
    OK(aged != NULL);
}

/* All mails that have to do with a post: the one it came with, and every other that names it. */
static void test_messages_of_post(struct fixture *f)
{
    row_id author = fixture_person(f, "eva@example.net"), forum = fixture_forum(f, "mobilitaet");
    row_id idea = fixture_idea(f, forum, author, RING_PUBLIC), post = fixture_post(f, idea, author, "x"), mails[4];
    static const enum verdict_kind kinds[] = {VERDICT_POST, VERDICT_ACCEPTED, VERDICT_DUPLICATE, VERDICT_REVIEW};

    OK(db_begin(f->db, &f->e));
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *key = g_strdup_printf("k%u", i);
        struct verdict v = {.kind = kinds[i], .reason = "x", .post_id = post};
        mails[i] = fixture_message(f, key, NULL, key);
        OK(verdicts_add(f->db, mails[i], "a@forum.example", &v, &f->e));
    }
    OK(db_commit(f->db, &f->e));
    g_autofree char *own = g_strdup_printf("UPDATE post SET message_id = %d WHERE id = %d", (int)mails[0], (int)post);
    fixture_exec(f->path, own);
    g_autoptr(GArray) found = messages_of_post(f->db, post, &f->e);
    g_assert_cmpuint(found->len, ==, G_N_ELEMENTS(mails));
    for (guint i = 0; i < found->len; i++)
        g_assert_cmpint(g_array_index(found, row_id, i), ==, mails[i]);
}

typedef void test_fn(struct fixture *f);

static void run(gconstpointer data)
{
    struct fixture f;

    fixture_open(&f);
    ((test_fn *)data)(&f);
    fixture_close(&f);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        test_fn *fn;
        /* clang-format off */
    } tests[] = {
        {"installation", test_installation}, {"forums", test_forums},
        {"members", test_members}, {"persons", test_persons},
        {"ideas", test_ideas},
        {"posts", test_posts}, {"publication", test_publication}, {"taking", test_taking}, {"words", test_words},
        {"messages", test_messages}, {"same-message", test_same_message}, {"counting", test_counting},
        {"keys", test_keys}, {"messages-of-post", test_messages_of_post}, {"large-message", test_large_message}, {"blobs", test_blobs},
        {"holds", test_holds}, {"review", test_review},
    };
    /* clang-format on */
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *name = g_strconcat("/store/discussion/", tests[i].name, NULL);
        g_test_add_data_func(name, (gconstpointer)tests[i].fn, run);
    }
    return g_test_run();
}
