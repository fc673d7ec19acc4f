/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The least that can be done with a mail, in one thread: GMime parses it and decodes its plain text, the mail that it answers is looked
 * up, row, bytes and words are stored, BATCH a commit, as durably as we do. What a figure of intake is to be read against.
 *
 *     bare [-b BATCH] FOLDER DATABASE
 *
 * Prints one line; the database is made.
 */
#include <gmime/gmime.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

struct bare {
    sqlite3 *db;
    sqlite3_stmt *find, *mail, *raw, *words;
    GString *text;
};

static void must(struct bare *b, int rc)
{
    if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
        return;
    fprintf(stderr, "bare: %s\n", sqlite3_errmsg(b->db));
    exit(1);
}

static void run(struct bare *b, const char *sql)
{
    must(b, sqlite3_exec(b->db, sql, NULL, NULL, NULL));
}

static void take_text(GMimeObject *parent, GMimeObject *part, gpointer user)
{
    (void)parent;
    if (GMIME_IS_TEXT_PART(part) && g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text", "plain")) {
        g_autofree char *text = g_mime_text_part_get_text((GMimeTextPart *)part);
        g_string_append(user, text != NULL ? text : "");
    }
}

static gint64 find(struct bare *b, const char *message_id)
{
    gint64 row = 0;

    sqlite3_bind_text(b->find, 1, message_id, -1, SQLITE_STATIC);
    if (sqlite3_step(b->find) == SQLITE_ROW)
        row = sqlite3_column_int64(b->find, 0);
    must(b, sqlite3_reset(b->find));
    return row;
}

static void step(struct bare *b, sqlite3_stmt *s)
{
    must(b, sqlite3_step(s));
    must(b, sqlite3_reset(s));
}

static void take(struct bare *b, const char *bytes, gsize n)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, n);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *m = g_mime_parser_construct_message(parser, NULL);
    const char *answers = m != NULL ? g_mime_object_get_header(GMIME_OBJECT(m), "In-Reply-To") : NULL;
    GMimeReferences *above = answers != NULL ? g_mime_references_parse(NULL, answers) : NULL;

    g_string_truncate(b->text, 0);
    if (m != NULL)
        g_mime_message_foreach(m, take_text, b->text);
    sqlite3_bind_text(b->mail, 1, m != NULL ? g_mime_message_get_message_id(m) : NULL, -1, SQLITE_STATIC);
    sqlite3_bind_text(b->mail, 2, m != NULL ? g_mime_message_get_subject(m) : NULL, -1, SQLITE_STATIC);
    sqlite3_bind_int64(b->mail, 3,
                       above != NULL && g_mime_references_length(above) > 0 ? find(b, g_mime_references_get_message_id(above, 0))
                                                                            : 0);
    sqlite3_bind_text(b->mail, 4, b->text->str, (int)b->text->len, SQLITE_STATIC);
    step(b, b->mail);
    sqlite3_bind_int64(b->raw, 1, sqlite3_last_insert_rowid(b->db));
    sqlite3_bind_blob(b->raw, 2, bytes, (int)n, SQLITE_STATIC);
    sqlite3_bind_int64(b->words, 1, sqlite3_last_insert_rowid(b->db));
    sqlite3_bind_text(b->words, 2, b->text->str, (int)b->text->len, SQLITE_STATIC);
    step(b, b->raw);
    step(b, b->words);
    if (above != NULL)
        g_mime_references_free(above);
    if (m != NULL)
        g_object_unref(m);
    g_object_unref(parser);
    g_object_unref(stream);
}

static void prepare(struct bare *b, sqlite3_stmt **s_out, const char *sql)
{
    must(b, sqlite3_prepare_v2(b->db, sql, -1, s_out, NULL));
}

static void open_at(struct bare *b, const char *path)
{
    must(b, sqlite3_open(path, &b->db));
    run(b, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
           "CREATE TABLE mail (id INTEGER PRIMARY KEY, message_id TEXT, subject TEXT, answers INTEGER, text TEXT);"
           "CREATE INDEX mail_by_id ON mail (message_id);"
           "CREATE TABLE raw (mail INTEGER PRIMARY KEY, bytes BLOB);"
           "CREATE VIRTUAL TABLE words USING fts5 (text, content = '')");
    prepare(b, &b->find, "SELECT id FROM mail WHERE message_id = ?");
    prepare(b, &b->mail, "INSERT INTO mail (message_id, subject, answers, text) VALUES (?, ?, ?, ?)");
    prepare(b, &b->raw, "INSERT INTO raw (mail, bytes) VALUES (?, ?)");
    prepare(b, &b->words, "INSERT INTO words (rowid, text) VALUES (?, ?)");
}

static double cpu_ms(void)
{
    struct rusage r;

    getrusage(RUSAGE_SELF, &r);
    return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1e3 + (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e3;
}

static void take_all(struct bare *b, const char *folder, guint batch)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    guint n = 0;
    gint64 begun = g_get_monotonic_time();
    double cpu = cpu_ms();

    for (const char *name; dir != NULL && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL), *bytes = NULL;
        gsize size;
        if (!g_file_get_contents(path, &bytes, &size, NULL))
            continue;
        if (n % batch == 0)
            run(b, "BEGIN IMMEDIATE");
        take(b, bytes, size);
        if (++n % batch == 0)
            run(b, "COMMIT");
    }
    if (n % batch != 0)
        run(b, "COMMIT");
    printf("bare mails=%u batch=%u per_second=%.1f cpu_ms=%.3f\n", n, batch,
           n / ((double)(g_get_monotonic_time() - begun) / G_USEC_PER_SEC), (cpu_ms() - cpu) / MAX(n, 1));
}

int main(int argc, char **argv)
{
    gint batch = 10;
    const GOptionEntry entries[] = {{"batch", 'b', 0, G_OPTION_ARG_INT, &batch, "mails in a commit", "N"}, {0}};
    g_autoptr(GOptionContext) context = g_option_context_new("FOLDER DATABASE");
    struct bare b = {0};

    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, NULL) || argc != 3 || batch <= 0) {
        fputs("usage: bare [-b BATCH] FOLDER DATABASE\n", stderr);
        return 64;
    }
    g_mime_init();
    b.text = g_string_new(NULL);
    open_at(&b, argv[2]);
    take_all(&b, argv[1], (guint)batch);
    return 0;
}
