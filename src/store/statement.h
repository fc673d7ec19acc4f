/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Statements of the catalogue on a connection: parameters and columns by name, structs in and out. For the row
 * families in this folder; nobody else speaks SQL.
 *
 *     stmt_auto struct stmt *s = stmt_use(db, SQL_POST_ADD, e);
 *     stmt_bind_row(s, post_fields, post);
 *     return stmt_run_insert(s, &post->id, e);
 *
 * A statement is prepared once per connection. stmt_auto resets it at the end of the scope, so nothing stays open
 * after an early return. A wrong name, an unbound parameter or a NULL statement (failed to prepare) makes the next
 * step fail with ERR_OURS; binding itself needs no checks. Bound text and bytes must live until the scope ends.
 * A name is a literal: it is known again by its address, so that no call compares texts.
 */
#pragma once

#include "store/catalogue.h"
#include "store/engine.h" /* enum step */

#include <stddef.h>

struct stmt;

/* How a field of a row's struct is kept in its column. */
enum field_kind {
    FIELD_INT,   /* gint64 */
    FIELD_REF,   /* gint64; 0 is NULL (no such row, never) */
    FIELD_SMALL, /* int, or an enum that is kept as its number */
    FIELD_BOOL,  /* bool; 0 or 1 */
    FIELD_TEXT,  /* char *, owned; NULL is NULL */
    FIELD_BYTES, /* GBytes *, owned; NULL is NULL */
    FIELD_WORD,  /* an enum, kept as the word that `words` has for it */
    FIELD_KNOWN, /* the same; a word that is none of them, of another program's making, is read as 0 */
};
struct field {
    const char *name; /* of the column, and of the parameter after ':' */
    enum field_kind kind;
    size_t offset;
    const char *const *words; /* FIELD_WORD, FIELD_KNOWN: by value, NULL at the end */
};
/* {"title", FIELD_TEXT, ...} is written FIELD(TEXT, struct idea, title). */
#define FIELD(kind, type, member)                           \
    {                                                       \
#member, FIELD_##kind, offsetof(type, member), NULL \
    }
#define ABOUT(type, thing)                                         \
    {                                                              \
#thing "_id", FIELD_REF, offsetof(type, about.thing), NULL \
    } /* of its struct about */
#define WORDS(words, type, member)                         \
    {                                                      \
#member, FIELD_WORD, offsetof(type, member), words \
    }
#define WORDS_KNOWN(words, type, member)                    \
    {                                                       \
#member, FIELD_KNOWN, offsetof(type, member), words \
    }
#define FIELD_END                \
    {                            \
        NULL, FIELD_INT, 0, NULL \
    }

struct stmt *stmt_use(struct db *db, enum sql id, struct err *e);
void stmt_bind_int(struct stmt *s, const char *name, gint64 value);
void stmt_bind_ref(struct stmt *s, const char *name, gint64 id);         /* 0: NULL */
void stmt_bind_text(struct stmt *s, const char *name, const char *text); /* NULL: NULL */
void stmt_bind_bytes(struct stmt *s, const char *name, const void *bytes, gsize n_bytes);
void stmt_bind_word(struct stmt *s, const char *name, const char *const *words, int value);
/* Every parameter that FIELDS (ended by FIELD_END) names; the others are bound one by one. */
void stmt_bind_row(struct stmt *s, const struct field *fields, const void *row);

enum step stmt_step(struct stmt *s, struct err *e);
/* To the end; rows are passed over. */
bool stmt_run(struct stmt *s, struct err *e);
/* To the end; the first column of the first row, 0 if there was none (or NULL). */
bool stmt_run_int(struct stmt *s, gint64 *value_out, struct err *e);
/* An INSERT without RETURNING (which costs a table of its own): the id of the row. */
bool stmt_run_insert(struct stmt *s, gint64 *id_out, struct err *e);
/* To the end; how many rows it changed, and whether any. */
bool stmt_run_count(struct stmt *s, gint64 *n_out, struct err *e);
bool stmt_run_change(struct stmt *s, bool *changed_out, struct err *e);
/* Rows changed by the statement that ran last on the connection. */
gint64 stmt_n_changed(const struct stmt *s);

/* After a failure: because other rows point to what should go. */
bool stmt_is_pointed_to(const struct stmt *s);

/* Of the row that stmt_step() stands on. */
gint64 stmt_first_int(struct stmt *s);                     /* of the first column */
gint64 stmt_int(struct stmt *s, const char *column);       /* NULL: 0 */
const char *stmt_text(struct stmt *s, const char *column); /* NULL: NULL; valid until the next step */
GBytes *stmt_bytes(struct stmt *s, const char *column);    /* NULL: NULL; a copy, caller unrefs */
/* Fills the fields that have a column; ROW's own texts there are overwritten, not freed. A column without a field is
 * an error at the next step. */
void stmt_read_row(struct stmt *s, const struct field *fields, void *row);
void stmt_reset(struct stmt *s);
static inline void stmt_cleanup(struct stmt **s)
{
    stmt_reset(*s);
}
#define stmt_auto __attribute__((cleanup(stmt_cleanup)))

void stmt_free(struct stmt *s); /* for db_close() */
