/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Statements of SQLite; see engine.h. Its parameters count from 1, and a name has a colon before it.
 */
#include "store/sqlite/private.h"

#include <string.h>

struct engine_stmt {
    struct engine *engine;
    sqlite3_stmt *handle;
    const char *name;
};

struct engine_stmt *engine_prepare(struct engine *en, const char *sql, const char *name, struct err *e)
{
    sqlite3_stmt *handle = NULL;
    int rc = sqlite3_prepare_v3(en->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);

    if (rc != SQLITE_OK) {
        engine_fail(en, rc, name, e);
        return NULL;
    }
    struct engine_stmt *s = g_new(struct engine_stmt, 1);
    *s = (struct engine_stmt){en, handle, name};
    return s;
}

void engine_finalize(struct engine_stmt *s)
{
    if (s == NULL)
        return;
    sqlite3_finalize(s->handle);
    g_free(s);
}

int engine_n_params(const struct engine_stmt *s)
{
    return sqlite3_bind_parameter_count(s->handle);
}

const char *engine_param(const struct engine_stmt *s, int i)
{
    return sqlite3_bind_parameter_name(s->handle, i + 1) + 1;
}

void engine_bind_int(struct engine_stmt *s, int i, gint64 value)
{
    sqlite3_bind_int64(s->handle, i + 1, value);
}

void engine_bind_text(struct engine_stmt *s, int i, const char *text)
{
    sqlite3_bind_text64(s->handle, i + 1, text, text != NULL ? strlen(text) : 0, SQLITE_STATIC, SQLITE_UTF8);
}

void engine_bind_bytes(struct engine_stmt *s, int i, const void *bytes, gsize n_bytes)
{
    sqlite3_bind_blob64(s->handle, i + 1, bytes, n_bytes, SQLITE_STATIC);
}

enum step engine_step(struct engine_stmt *s, struct err *e)
{
    int rc = sqlite3_step(s->handle);

    if (rc == SQLITE_ROW)
        return STEP_ROW;
    if (rc == SQLITE_DONE)
        return STEP_DONE;
    engine_fail(s->engine, rc, s->name, e);
    return STEP_FAILED;
}

void engine_reset(struct engine_stmt *s, bool is_bound)
{
    sqlite3_reset(s->handle);
    if (is_bound)
        sqlite3_clear_bindings(s->handle);
}

int engine_n_columns(const struct engine_stmt *s)
{
    return sqlite3_column_count(s->handle);
}

const char *engine_column(const struct engine_stmt *s, int i)
{
    return sqlite3_column_name(s->handle, i);
}

gint64 engine_int(struct engine_stmt *s, int i)
{
    return sqlite3_column_int64(s->handle, i);
}

const char *engine_text(struct engine_stmt *s, int i)
{
    return (const char *)sqlite3_column_text(s->handle, i);
}

const void *engine_bytes(struct engine_stmt *s, int i, gsize *n_bytes_out)
{
    const void *bytes;

    *n_bytes_out = 0;
    if (sqlite3_column_type(s->handle, i) == SQLITE_NULL)
        return NULL;
    bytes = sqlite3_column_blob(s->handle, i);
    *n_bytes_out = (gsize)sqlite3_column_bytes(s->handle, i);
    return bytes != NULL ? bytes : "";
}
