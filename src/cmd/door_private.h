/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between door.c and door_words.c: reading the command line of a door that is a table.
 */
#pragma once

#include "cmd/door.h"

struct door_value {  /* of one option */
    gboolean is_set; /* DOOR_FLAG */
    char **texts;    /* all others; NULL: not given */
    gint64 number;
};

/* Fills verb, argv, as_json, values. False: the exit code is in *CODE_OUT and what is to say was said. ARGV is changed
 * and must live as long as D. */
bool door_read(struct door *d, int argc, char **argv, int *code_out);
void door_forget(struct door *d); /* the values */
