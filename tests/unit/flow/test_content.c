/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two writers on two connections decide about one text at the same time: each looked before the other acted. Whoever
 * comes second must change nothing, whatever it believed when it looked.
 */
#include "../store/fixture.h"

#include "base/digest.h"
#include "base/limits.h"
#include "flow/step/content.h"
#include "flow/in/receive.h"
#include "flow/clock/jobs.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/leftovers.h"

#include <glib/gstdio.h>

#define AUTHOR "erika@example.net"

struct world {
    struct fixture f;
    struct settings settings;
    struct installation installation;
    struct gateway one, other; /* of two processes */
    row_id forum, message;
};

static void world_open(struct world *w)
{
    *w = (struct world){0};
    fixture_open(&w->f);
    w->settings.initiative_domain = "beteiligung.example.org";
    w->settings.initiative_operator = w->settings.initiative_title = w->settings.initiative_protected_names = "";
    w->settings.initiative_contact = "office@example.org";
    w->settings.news_mastodon = w->settings.news_webhook = "";
    w->one = (struct gateway){.settings = &w->settings,
                              .db = w->f.db,
                              .installation = &w->installation,
                              .domain = w->settings.initiative_domain,
                              .key = w->installation.token_key};
    w->other = w->one;
    w->other.db = db_open(w->f.path, DB_WRITE, &w->f.e);
    fixture_ok(&w->f, w->other.db != NULL);
    w->forum = fixture_forum(&w->f, "mobilitaet");
    w->message = fixture_message(&w->f, "k1", "m1@example.net", "From: " AUTHOR "\r\n\r\nEine Bank.");
}

static void world_close(struct world *w)
{
    db_close(w->other.db);
    fixture_close(&w->f);
}

static struct hold *add_hold(struct world *w)
{
    struct hold h = {.kind = HOLD_CONFIRM,
                     .state = HOLD_OPEN,
                     .about.message = w->message,
                     .about.forum = w->forum,
                     .address = AUTHOR,
                     .title = "Eine Bank",
                     .text = "Eine Bank.",
                     .created_at = T0,
                     .expires_at = T0 + 86400,
                     .asked_at = T0};

    fixture_ok(&w->f, db_begin(w->f.db, &w->f.e) && holds_add(w->f.db, &h, &h.id, &w->f.e) && db_commit(w->f.db, &w->f.e));
    return holds_by_id(w->f.db, h.id, &w->f.e);
}

static enum access confirm(struct world *w, struct gateway *g, const struct hold *h, gint64 now)
{
    forum_auto forum = forums_by_id(g->db, w->forum, &w->f.e);
    enum access found = ACCESS_GRANTED;
    row_id post;

    fixture_ok(&w->f, db_begin(g->db, &w->f.e) && content_confirm(g, h, forum, "JA", AUTHOR, now, &post, &found, &w->f.e) &&
                          db_commit(g->db, &w->f.e));
    g_assert_true((post != 0) == (found == ACCESS_GRANTED));
    return found;
}

static void test_two_say_yes(void)
{
    struct world w;

    world_open(&w);
    hold_auto seen_by_one = add_hold(&w);
    hold_auto seen_by_other = holds_by_id(w.other.db, seen_by_one->id, &w.f.e);
    g_assert_cmpint(confirm(&w, &w.one, seen_by_one, T0 + 1), ==, ACCESS_GRANTED);
    g_assert_cmpint(confirm(&w, &w.other, seen_by_other, T0 + 2), ==, ACCESS_DECIDED);
    g_assert_cmpint(fixture_int(w.f.path, "SELECT count(*) FROM post"), ==, 1);
    g_assert_cmpint(fixture_int(w.f.path, "SELECT count(*) FROM idea"), ==, 1);
    g_assert_cmpint(fixture_int(w.f.path, "SELECT count(*) FROM notice WHERE purpose LIKE 'receipt%'"), ==, 1);
    g_assert_cmpint(fixture_int(w.f.path, "SELECT count(*) FROM event WHERE kind = 'hold.confirmed'"), ==, 1);
    g_assert_cmpint(fixture_int(w.f.path, "SELECT post_id FROM hold"), ==, 1);
    world_close(&w);
}

/* The clock has not swept yet: the deadline counts all the same. */
static void test_too_late(void)
{
    struct world w;

    world_open(&w);
    hold_auto h = add_hold(&w);
    g_assert_cmpint(confirm(&w, &w.one, h, T0 + 86400), ==, ACCESS_EXPIRED);
    g_assert_cmpint(fixture_int(w.f.path, "SELECT count(*) FROM post"), ==, 0);
    world_close(&w);
}

/* A text that waits for a moderator, as ONE and OTHER see it. */
static void add_review(struct world *w, struct hold **one_out, struct hold **other_out)
{
    fixture_exec(w->f.path, "UPDATE forum SET moderation = 'pre'");
    hold_auto h = add_hold(w);
    confirm(w, &w->one, h, T0 + 1);
    row_id review = fixture_int(w->f.path, "SELECT id FROM hold WHERE kind = 'review'");
    *one_out = holds_by_id(w->one.db, review, &w->f.e);
    *other_out = holds_by_id(w->other.db, review, &w->f.e);
}

static void test_released_and_rejected(void)
{
    struct world w;
    struct hold *one, *other;
    enum access found;

    world_open(&w);
    add_review(&w, &one, &other);
    fixture_ok(&w.f, db_begin(w.one.db, &w.f.e) && content_reject(&w.one, one, 0, "Nein.", T0 + 2, &found, &w.f.e) &&
                         db_commit(w.one.db, &w.f.e));
    g_assert_cmpint(found, ==, ACCESS_GRANTED);
    fixture_ok(&w.f, db_begin(w.other.db, &w.f.e) && content_release(&w.other, other, 0, T0 + 3, &found, &w.f.e) &&
                         db_commit(w.other.db, &w.f.e));
    g_assert_cmpint(found, ==, ACCESS_DECIDED);
    g_assert_cmpint(fixture_int(w.f.path, "SELECT count(*) FROM post WHERE published IS NOT NULL"), ==, 0);
    hold_free(one);
    hold_free(other);
    world_close(&w);
}

/* Taken back or removed while it waited: neither frei nor ablehnen brings anything back. */
static void test_removed_meanwhile(void)
{
    struct world w;
    struct hold *one, *other;
    enum access found;

    world_open(&w);
    add_review(&w, &one, &other);
    fixture_exec(w.f.path, "UPDATE idea SET state = 'withdrawn'; UPDATE post SET state = 'removed'");
    fixture_ok(&w.f, db_begin(w.one.db, &w.f.e) && content_release(&w.one, one, 0, T0 + 2, &found, &w.f.e) &&
                         db_commit(w.one.db, &w.f.e));
    g_assert_cmpint(found, ==, ACCESS_IDEA_NOT_OPEN);
    fixture_ok(&w.f, db_begin(w.other.db, &w.f.e) && content_reject(&w.other, other, 0, "Nein.", T0 + 3, &found, &w.f.e) &&
                         db_commit(w.other.db, &w.f.e));
    g_assert_cmpint(fixture_int(w.f.path, "SELECT count(*) FROM idea WHERE state = 'withdrawn'"), ==, 1);
    g_assert_cmpint(fixture_int(w.f.path, "SELECT count(*) FROM post WHERE state = 'removed'"), ==, 1);
    hold_free(one);
    hold_free(other);
    world_close(&w);
}

/* A blob is written before the transaction that names it. If a sweep between the two took it away, the mail must come
 * again; once a row names it, no sweep takes it. */
static void test_swept_blob(void)
{
    struct world w;
    g_autofree char *text = g_strnfill(LIMIT_BLOB_INLINE_BYTES + 1, 'x');
    g_autoptr(GBytes) bytes = g_bytes_new(text, LIMIT_BLOB_INLINE_BYTES + 1);
    g_autofree char *sum = digest_sha256_hex(text, LIMIT_BLOB_INLINE_BYTES + 1);

    world_open(&w);
    w.settings.storage_spool = w.f.folder;
    w.settings.storage_database = w.f.path;
    w.settings.retention_raw_days = w.settings.retention_other_days = w.settings.retention_report_days = 14;
    w.settings.retention_removed_days = w.settings.retention_log_days = 365;
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    w.settings.zone = zone;
    g_autofree char *folder = g_build_filename(w.f.folder, "blob", NULL), *file = g_build_filename(folder, sum, NULL);
    g_assert_cmpint(g_mkdir(folder, 0700), ==, 0);
    struct envelope *env = envelope_new(AUTHOR, T0);
    g_ptr_array_add(env->recipients, g_strdup("mobilitaet@beteiligung.example.org"));
    fixture_ok(&w.f, receive_keep_bytes(&w.one, bytes, &w.f.e));
    g_assert_cmpint(g_unlink(file), ==, 0);
    fixture_ok(&w.f, db_begin(w.f.db, &w.f.e));
    g_assert_false(receive_message(&w.one, env, bytes, NULL, "unreadable", NULL, &w.f.e));
    g_assert_cmpint(w.f.e.kind, ==, ERR_LATER);
    err_clear(&w.f.e);
    db_rollback(w.f.db);
    fixture_ok(&w.f, receive_keep_bytes(&w.one, bytes, &w.f.e) && db_begin(w.f.db, &w.f.e) &&
                         receive_message(&w.one, env, bytes, NULL, "unreadable", NULL, &w.f.e) && db_commit(w.f.db, &w.f.e) &&
                         db_begin(w.f.db, &w.f.e) && leftovers_add(w.f.db, LEFTOVER_BLOB, sum, T0, &w.f.e) &&
                         db_commit(w.f.db, &w.f.e));
    struct jobs_state state = {0};
    g_autofree char *failed = g_build_filename(w.f.folder, "failed", NULL);
    g_assert_cmpint(g_mkdir(failed, 0700), ==, 0);
    fixture_ok(&w.f, jobs_run(&w.one, &state, T0, &w.f.e));
    g_assert_true(g_file_test(file, G_FILE_TEST_EXISTS));
    g_assert_cmpint(g_unlink(file) | g_rmdir(folder) | g_rmdir(failed), ==, 0);
    envelope_free(env);
    world_close(&w);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/content/two-say-yes", test_two_say_yes);
    g_test_add_func("/content/too-late", test_too_late);
    g_test_add_func("/content/released-and-rejected", test_released_and_rejected);
    g_test_add_func("/content/removed-meanwhile", test_removed_meanwhile);
    g_test_add_func("/content/swept-blob", test_swept_blob);
    return g_test_run();
}
