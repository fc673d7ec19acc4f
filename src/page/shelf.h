/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers that are the same for everybody, kept until a row changes, at most a minute and at most SHELF_BYTES of them. Pure: the
 * caller reads the clock and the database's version.
 */
#pragma once

#include "wire/http.h"

#define SHELF_BYTES (16 * 1024 * 1024)
#define SHELF_S     60 /* as `max-age` says: some pages tell of what ends at a time */

struct shelf;
struct shelf *shelf_new(void);
void shelf_free(struct shelf *k); /* NULL is nothing */
void shelf_forget(struct shelf *k);
/* Forgets everything unless VERSION (db_data_version()) is what it was. Below 0 (unknown): forgets. */
void shelf_renew(struct shelf *k, gint64 version);
/* Fills R with what is kept under KEY; false: nothing is. */
bool shelf_answer(struct shelf *k, const char *key, gint64 now, struct http_response *r);
/* Keeps a copy of R (its body is shared). VERSION: read before R was made. */
void shelf_put(struct shelf *k, const char *key, gint64 version, gint64 now, const struct http_response *r);
