/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Statements; see statement.h. Which parameter and column belongs to which field is found out once per prepared
 * statement and table of fields, then it is an index.
 */
#include "store/statement.h"

#include "store/db_private.h"

#include <string.h>

#define MAX_PARAMS 64 /* of one statement; the mask of the bound ones has that many bits */

/* Where a name was found; the text of a name never changes (statement.h), so its address tells it. */
struct place {
    const char *name; /* NULL: none yet */
    int at;
};

struct stmt {
    struct db *db;
    struct engine_stmt *handle;
    enum sql id;
    int n_params;
    guint64 bound;                         /* bit i: parameter i + 1 */
    const char *misuse;                    /* the first wrong name since the reset; NULL if none */
    struct place *params, *columns;        /* the names that were asked for, in their order: mostly it is the same each time */
    int n_columns, n_bindings, n_readings; /* names asked for since the reset; since the row */
    const struct field *bind_fields, *read_fields;
    const struct field **by_param, **by_column; /* NULL entries: no field of that name */
};

static void prepare(struct stmt *s, struct err *e)
{
    const struct sql_text *t = &sql_texts[s->id];

    s->handle = engine_prepare(s->db->engine, t->text, t->name, e);
    if (s->handle == NULL)
        return;
    s->n_params = engine_n_params(s->handle);
    g_assert(s->n_params < MAX_PARAMS);
    s->n_columns = engine_n_columns(s->handle);
    s->params = g_new0(struct place, s->n_params);
    s->columns = g_new0(struct place, s->n_columns);
}

struct stmt *stmt_use(struct db *db, enum sql id, struct err *e)
{
    struct stmt *s = db->statements[id];

    if (s == NULL) {
        s = g_new0(struct stmt, 1);
        s->db = db;
        s->id = id;
        prepare(s, e);
        if (s->handle == NULL) {
            stmt_free(s);
            return NULL;
        }
        db->statements[id] = s;
    }
    stmt_reset(s);
    return s;
}

void stmt_reset(struct stmt *s)
{
    if (s == NULL)
        return;
    engine_reset(s->handle, s->bound != 0);
    s->bound = 0;
    s->n_bindings = 0;
    s->misuse = NULL;
}

void stmt_free(struct stmt *s)
{
    if (s == NULL)
        return;
    engine_finalize(s->handle);
    g_free(s->params);
    g_free(s->columns);
    g_free(s->by_param);
    g_free(s->by_column);
    g_free(s);
}

/* Binding */

static int find_param(const struct stmt *s, const char *name)
{
    for (int i = 0; i < s->n_params; i++)
        if (strcmp(engine_param(s->handle, i), name) == 0)
            return i;
    return -1;
}

/* The number of the parameter, marked as bound; -1 if there is none, which is kept as a misuse. */
static int param(struct stmt *s, const char *name)
{
    if (s == NULL)
        return -1;
    struct place *known = s->n_bindings < s->n_params ? &s->params[s->n_bindings++] : NULL;
    int i = known != NULL && known->name == name ? known->at : find_param(s, name);
    if (i < 0) {
        s->misuse = name;
        return -1;
    }
    if (known != NULL)
        *known = (struct place){name, i};
    s->bound |= G_GUINT64_CONSTANT(1) << i;
    return i;
}

void stmt_bind_int(struct stmt *s, const char *name, gint64 value)
{
    int i = param(s, name);

    if (i >= 0)
        engine_bind_int(s->handle, i, value);
}

void stmt_bind_ref(struct stmt *s, const char *name, gint64 id)
{
    if (id != 0)
        stmt_bind_int(s, name, id);
    else
        param(s, name);
}

void stmt_bind_text(struct stmt *s, const char *name, const char *text)
{
    int i = param(s, name);

    if (i >= 0)
        engine_bind_text(s->handle, i, text);
}

void stmt_bind_bytes(struct stmt *s, const char *name, const void *bytes, gsize n_bytes)
{
    int i = param(s, name);

    if (i >= 0)
        engine_bind_bytes(s->handle, i, bytes, n_bytes);
}

void stmt_bind_word(struct stmt *s, const char *name, const char *const *words, int value)
{
    stmt_bind_text(s, name, words[value]);
}

static void bind_field(struct stmt *s, int i, const struct field *f, const char *row)
{
    const void *at = row + f->offset;

    switch (f->kind) {
    case FIELD_INT:
        engine_bind_int(s->handle, i, *(const gint64 *)at);
        break;
    case FIELD_REF:
        if (*(const gint64 *)at != 0)
            engine_bind_int(s->handle, i, *(const gint64 *)at);
        break;
    case FIELD_SMALL:
        engine_bind_int(s->handle, i, *(const int *)at);
        break;
    case FIELD_BOOL:
        engine_bind_int(s->handle, i, *(const bool *)at);
        break;
    case FIELD_TEXT:
        engine_bind_text(s->handle, i, *(char *const *)at);
        break;
    case FIELD_BYTES:
        if (*(GBytes *const *)at != NULL) {
            gsize n = 0;
            const void *bytes = g_bytes_get_data(*(GBytes *const *)at, &n);
            engine_bind_bytes(s->handle, i, bytes != NULL ? bytes : "", n);
        }
        break;
    case FIELD_WORD:
    case FIELD_KNOWN:
        engine_bind_text(s->handle, i, f->words[*(const int *)at]);
        break;
    }
}

static const struct field *find_field(const struct field *fields, const char *name)
{
    for (; fields->name != NULL; fields++)
        if (strcmp(fields->name, name) == 0)
            return fields;
    return NULL;
}

static void resolve_params(struct stmt *s, const struct field *fields)
{
    s->by_param = g_renew(const struct field *, s->by_param, s->n_params);
    for (int i = 0; i < s->n_params; i++)
        s->by_param[i] = find_field(fields, engine_param(s->handle, i));
    s->bind_fields = fields;
}

void stmt_bind_row(struct stmt *s, const struct field *fields, const void *row)
{
    if (s == NULL)
        return;
    if (s->bind_fields != fields)
        resolve_params(s, fields);
    for (int i = 0; i < s->n_params; i++) {
        if (s->by_param[i] == NULL || (s->bound >> i & 1) != 0)
            continue;
        s->bound |= G_GUINT64_CONSTANT(1) << i;
        bind_field(s, i, s->by_param[i], row);
    }
}

/* Running */

static bool is_ready(struct stmt *s, struct err *e)
{
    const char *name = sql_texts[s->id].name;

    if (s->misuse != NULL)
        return err_set(e, ERR_OURS, "statement %s has no parameter or column %s", name, s->misuse);
    guint64 all = (G_GUINT64_CONSTANT(1) << s->n_params) - 1;
    if (s->bound == all)
        return true;
    guint missing = (guint)g_bit_nth_lsf((gulong)(all & ~s->bound), -1);
    return err_set(e, ERR_OURS, "statement %s: parameter %s is not bound", name, engine_param(s->handle, (int)missing));
}

enum step stmt_step(struct stmt *s, struct err *e)
{
    if (s == NULL) {
        err_set(e, ERR_OURS, "a statement could not be prepared");
        return STEP_FAILED;
    }
    if (!is_ready(s, e))
        return STEP_FAILED;
    if (sql_texts[s->id].changes_people)
        s->db->people_version++;
    s->n_readings = 0;
    return engine_step(s->handle, e);
}

bool stmt_run(struct stmt *s, struct err *e)
{
    enum step step;

    do
        step = stmt_step(s, e);
    while (step == STEP_ROW);
    return step == STEP_DONE;
}

bool stmt_run_int(struct stmt *s, gint64 *value_out, struct err *e)
{
    enum step step = stmt_step(s, e);

    *value_out = step == STEP_ROW ? engine_int(s->handle, 0) : 0;
    return step == STEP_ROW ? stmt_run(s, e) : step == STEP_DONE;
}

bool stmt_run_insert(struct stmt *s, gint64 *id_out, struct err *e)
{
    bool ok = stmt_run(s, e);

    *id_out = ok ? engine_insert_id(s->db->engine) : 0;
    return ok;
}

bool stmt_run_count(struct stmt *s, gint64 *n_out, struct err *e)
{
    bool ok = stmt_run(s, e);

    *n_out = ok ? stmt_n_changed(s) : 0;
    return ok;
}

bool stmt_run_change(struct stmt *s, bool *changed_out, struct err *e)
{
    gint64 n;
    bool ok = stmt_run_count(s, &n, e);

    *changed_out = n > 0;
    return ok;
}

gint64 stmt_n_changed(const struct stmt *s)
{
    return engine_n_changed(s->db->engine);
}

bool stmt_is_pointed_to(const struct stmt *s)
{
    return engine_is_pointed_to(s->db->engine);
}

/* Reading */

gint64 stmt_first_int(struct stmt *s)
{
    return engine_int(s->handle, 0);
}

static int find_column(const struct stmt *s, const char *name)
{
    for (int i = 0; i < s->n_columns; i++)
        if (strcmp(engine_column(s->handle, i), name) == 0)
            return i;
    return -1;
}

static int column(struct stmt *s, const char *name)
{
    struct place *known = s->n_readings < s->n_columns ? &s->columns[s->n_readings++] : NULL;
    int i = known != NULL && known->name == name ? known->at : find_column(s, name);

    if (i < 0)
        s->misuse = name;
    else if (known != NULL)
        *known = (struct place){name, i};
    return i;
}

gint64 stmt_int(struct stmt *s, const char *name)
{
    int i = column(s, name);

    return i < 0 ? 0 : engine_int(s->handle, i);
}

const char *stmt_text(struct stmt *s, const char *name)
{
    int i = column(s, name);

    return i < 0 ? NULL : engine_text(s->handle, i);
}

static GBytes *column_bytes(struct stmt *s, int i)
{
    gsize n_bytes;
    const void *bytes = engine_bytes(s->handle, i, &n_bytes);

    return bytes != NULL ? g_bytes_new(bytes, n_bytes) : NULL;
}

GBytes *stmt_bytes(struct stmt *s, const char *name)
{
    int i = column(s, name);

    return i < 0 ? NULL : column_bytes(s, i);
}

static int find_word(struct stmt *s, const struct field *f, const char *word)
{
    for (int i = 0; f->words[i] != NULL; i++)
        if (word != NULL && strcmp(f->words[i], word) == 0)
            return i;
    if (f->kind == FIELD_WORD)
        s->misuse = f->name; /* the schema's CHECK and the enum's words differ */
    return 0;
}

static void read_field(struct stmt *s, int i, const struct field *f, char *row)
{
    void *at = row + f->offset;

    switch (f->kind) {
    case FIELD_INT:
    case FIELD_REF:
        *(gint64 *)at = engine_int(s->handle, i);
        break;
    case FIELD_SMALL:
        *(int *)at = (int)engine_int(s->handle, i);
        break;
    case FIELD_BOOL:
        *(bool *)at = engine_int(s->handle, i) != 0;
        break;
    case FIELD_TEXT:
        *(char **)at = g_strdup(engine_text(s->handle, i));
        break;
    case FIELD_BYTES:
        *(GBytes **)at = column_bytes(s, i);
        break;
    case FIELD_WORD:
    case FIELD_KNOWN:
        *(int *)at = find_word(s, f, engine_text(s->handle, i));
        break;
    }
}

static void resolve_columns(struct stmt *s, const struct field *fields)
{
    s->by_column = g_renew(const struct field *, s->by_column, s->n_columns);
    for (int i = 0; i < s->n_columns; i++) {
        s->by_column[i] = find_field(fields, engine_column(s->handle, i));
        if (s->by_column[i] == NULL)
            s->misuse = engine_column(s->handle, i);
    }
    s->read_fields = fields;
}

void stmt_read_row(struct stmt *s, const struct field *fields, void *row)
{
    if (s->read_fields != fields)
        resolve_columns(s, fields);
    for (int i = 0; i < s->n_columns; i++)
        if (s->by_column[i] != NULL)
            read_field(s, i, s->by_column[i], row);
}
