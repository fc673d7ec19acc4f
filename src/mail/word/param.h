/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A field with parameters: Content-Type, Content-Disposition (RFC 2045 5.1, RFC 2231), read the way they
 * come: raw 8-bit or encoded words in values, missing quotes, numbered pieces in any order.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct param {
    char *name;  /* lower case, without "*" and numbers */
    char *value; /* decoded to clean UTF-8, one line */
};
struct param_field {
    char *value;       /* what stands before the first ";", lower case, no comments; "" if nothing */
    GPtrArray *params; /* struct param, first of a name counts */
};

/* RAW is an unfolded value; what follows LIMIT_PARAMETERS parameters is not read. Never NULL. */
struct param_field *param_parse(const char *raw);
/* Value of the parameter or NULL. */
const char *param_get(const struct param_field *f, const char *name);
/* RAW keeps to the grammar so plainly that every program reads it the same way. param_lint.c */
bool param_is_strict(const char *raw);
void param_field_free(struct param_field *f);

typedef struct param_field param_field_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(param_field_autoptr_t, param_field_free)
