/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a post said before its author corrected it. Kept as evidence, shown to nobody but who decides about the correction.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

void version_free(struct version *v); /* NULL is nothing */
bool versions_add(struct db *db, const struct version *v, struct err *e);
GPtrArray *versions_of_post(struct db *db, row_id post, struct err *e); /* struct version, oldest first */
/* A passage was taken out of it. */
bool versions_set_text(struct db *db, row_id id, const char *text, struct err *e);
