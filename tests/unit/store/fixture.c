/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See fixture.h.
 */
#include "fixture.h"

#include "store/forums.h"
#include "store/ideas.h"
#include "store/messages.h"
#include "store/persons.h"
#include "store/posts.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

void fixture_ok(struct fixture *f, bool ok)
{
    if (!ok)
        g_test_message("failed: %s", f->e.text != NULL ? f->e.text : "without a text");
    g_assert_cmpstr(f->e.text, ==, NULL);
    g_assert_true(ok);
}

void fixture_failed(struct fixture *f, bool ok, enum err_kind kind)
{
    g_assert_false(ok);
    g_assert_cmpint(f->e.kind, ==, kind);
    g_assert_nonnull(f->e.text);
    err_clear(&f->e);
}

void fixture_open(struct fixture *f)
{
    *f = (struct fixture){0};
    f->folder = g_dir_make_tmp("forumpost-store-XXXXXX", NULL);
    f->path = g_build_filename(f->folder, "forum.db", NULL);
    f->db = db_open(f->path, DB_CREATE, &f->e);
    OK(f->db != NULL);
}

static void remove_folder(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);

    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            remove_folder(path);
        else
            g_unlink(path);
    }
    g_rmdir(folder);
}

void fixture_close(struct fixture *f)
{
    db_close(f->db);
    remove_folder(f->folder);
    g_free(f->path);
    g_free(f->folder);
    err_clear(&f->e);
}

row_id fixture_person(struct fixture *f, const char *address)
{
    struct person p = {.address = address, .digest_hour = -1, .confirmed_at = T0};
    row_id id = 0;
    bool is_alone = !db_is_in_transaction(f->db);

    if (is_alone)
        OK(db_begin(f->db, &f->e));
    OK(persons_add(f->db, &p, T0, &id, &f->e));
    if (is_alone)
        OK(db_commit(f->db, &f->e));
    return id;
}

row_id fixture_forum(struct fixture *f, const char *name)
{
    struct forum forum = {.name = name, .title = "Neue Mobilität", .language = "de"};
    row_id id = 0;

    OK(forums_put(f->db, &forum, T0, &id, &f->e));
    return id;
}

void fixture_member(struct fixture *f, row_id forum, row_id person, enum role role, enum delivery delivery)
{
    struct member m = {forum, person, role, delivery, T0};
    bool is_alone = !db_is_in_transaction(f->db);

    if (is_alone)
        OK(db_begin(f->db, &f->e));
    OK(members_put(f->db, &m, &f->e));
    if (is_alone)
        OK(db_commit(f->db, &f->e));
}

row_id fixture_idea(struct fixture *f, row_id forum, row_id author, enum ring ring)
{
    struct idea i = {.forum_id = forum,
                     .author_id = author,
                     .title = "Mehr Räder",
                     .ring = ring,
                     .state = IDEA_PUBLISHED,
                     .created_at = T0,
                     .published_at = T0};
    row_id id = 0;

    OK(ideas_add(f->db, &i, &id, &f->e));
    return id;
}

row_id fixture_post(struct fixture *f, row_id idea, row_id person, const char *text)
{
    struct post p = {.idea_id = idea, .person_id = person, .kind = POST_REPLY, .state = POST_PUBLISHED, .at = T0, .text = text};
    bool is_alone = !db_is_in_transaction(f->db);

    if (is_alone)
        OK(db_begin(f->db, &f->e));
    OK(posts_add(f->db, &p, &f->e));
    if (is_alone)
        OK(db_commit(f->db, &f->e));
    return p.id;
}

row_id fixture_message(struct fixture *f, const char *key, const char *message_id, const char *bytes)
{
    g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, bytes, -1);
    struct stored_message m = {.key = key,
                               .received_at = T0,
                               .envelope_from = "",
                               .from_address = "eva@example.net",
                               .message_id = message_id,
                               .content_sha256 = sha256,
                               .body_sha256 = sha256,
                               .subject = "Räder",
                               .kind = "human",
                               .n_bytes = (gint64)strlen(bytes)};
    bool is_alone = !db_is_in_transaction(f->db);
    row_id id = 0;

    if (is_alone)
        OK(db_begin(f->db, &f->e));
    OK(messages_add(f->db, &m, bytes, strlen(bytes), &id, &f->e));
    if (is_alone)
        OK(db_commit(f->db, &f->e));
    return id;
}

void fixture_exec(const char *path, const char *sql)
{
    sqlite3 *handle = NULL;

    g_assert_cmpint(sqlite3_open(path, &handle), ==, SQLITE_OK);
    if (sqlite3_exec(handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        g_error("%s: %s", sql, sqlite3_errmsg(handle));
    sqlite3_close(handle);
}

gint64 fixture_int(const char *path, const char *sql)
{
    sqlite3 *handle = NULL;
    sqlite3_stmt *s = NULL;

    g_assert_cmpint(sqlite3_open(path, &handle), ==, SQLITE_OK);
    if (sqlite3_prepare_v2(handle, sql, -1, &s, NULL) != SQLITE_OK)
        g_error("%s: %s", sql, sqlite3_errmsg(handle));
    gint64 value = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
    sqlite3_finalize(s);
    sqlite3_close(handle);
    return value;
}
