/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the doors share: options, opening, failing with a sentence, one JSON object a line.
 */
#pragma once

#include "cmd/cmd.h"
#include "flow/gateway.h"

#include <json-glib/json-glib.h>

struct door {
    struct settings settings;
    struct gateway *gateway;
};

/* Reads options (strict POSIX: they stand before the arguments or behind them, `--` ends them). USAGE: what follows
 * the command's name. False: *CODE_OUT is the exit code (0 after --help). */
bool door_options(int *argc, char ***argv, const char *usage, const char *summary, const GOptionEntry *entries,
                  int *code_out);
/* Settings and gateway; on failure prints and returns false with the exit code. */
bool door_open(const struct cmd_context *context, enum db_mode mode, struct door *out, int *code_out);
void door_close(struct door *d);
/* Prints "forumpost COMMAND: text" and returns the exit code of the kind. */
int door_fail(const char *command, const struct err *e);
int door_usage(const char *command, const char *sentence); /* EX_USAGE */

/* One JSON object: begin, add members, print it as a line. NULL and 0-id become null. */
JsonBuilder *json_begin(void);
void json_text(JsonBuilder *b, const char *name, const char *value);
void json_number(JsonBuilder *b, const char *name, gint64 value);
void json_id(JsonBuilder *b, const char *name, row_id id);
void json_time(JsonBuilder *b, const char *name, gint64 at, const struct door *d);
void json_print(JsonBuilder *b); /* ends the object, prints it, frees B */
/* TIME as people read it in the initiative's zone, "-" for 0. Caller frees. */
char *door_time(const struct door *d, gint64 at);
