/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The inside of the values of template.h, for the code that expands templates. Callers elsewhere only build trees.
 */
#pragma once

#include "text/template.h"

enum value_kind { VALUE_STRING, VALUE_BOOL, VALUE_LIST, VALUE_MAP, VALUE_WRITTEN, VALUE_BLOCK };

struct value {
    enum value_kind kind;
    char *text;       /* of a string, never NULL there */
    GBytes *written;  /* of a part that is written already */
    bool is_true;     /* of a bool */
    guint n;          /* of a block: which one */
    GPtrArray *items; /* struct value: of a list, or of a map beside its keys */
    GPtrArray *keys;  /* char * */
};

/* NULL if MAP is no map or has no such key. */
const struct value *value_get(const struct value *map, const char *key);
/* False for NULL, false, "" and the empty list. */
bool value_is_truthy(const struct value *v);
