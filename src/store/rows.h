/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the rows of model.h are kept in columns: one table of fields a family, and the few helpers that families share.
 * For the .c files of this folder.
 */
#pragma once

#include "forum/model.h"
#include "store/statement.h"

extern const struct field forum_fields[], member_fields[], person_fields[], idea_fields[], stage_fields[], post_fields[],
    message_fields[], verdict_fields[], hold_fields[], notice_fields[], digest_fields[], event_fields[];

/* 64 bits of a text for a small index; 0 for NULL and "". Equal texts have equal hashes; the text is compared too. */
gint64 text_hash(const char *text);
/* Runs S and returns its one row, made with N_BYTES and FIELDS; NULL if there is none or E is set. */
void *row_find(struct stmt *s, const struct field *fields, gsize n_bytes, struct err *e);
/* Runs S and returns all rows; NULL if E is set. */
GPtrArray *row_list(struct stmt *s, const struct field *fields, gsize n_bytes, GDestroyNotify free_row, struct err *e);
/* Row by row to EACH, freed after it; EACH returns false to stop. */
typedef bool row_each_fn(const void *row, void *user);
bool row_each(struct stmt *s, const struct field *fields, gsize n_bytes, GDestroyNotify free_row, row_each_fn *each, void *user,
              struct err *e);
/* First column of all rows as row_id; NULL if E is set. */
GArray *row_ids(struct stmt *s, struct err *e);
/* ERR_OURS outside a transaction: for functions whose several statements belong together. */
bool row_needs_transaction(struct db *db, struct err *e);
