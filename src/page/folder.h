/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A folder of files that a web server hands out while we write into it: each is whole or not there. Written under another name
 * in DIR/.forumpost, which only we may enter, then renamed; what stands there already is not touched, so its time says since when it
 * is like that. One process writes into one folder. The functions below folder_open() may be called by several threads at once.
 */
#pragma once

#include "base/err.h"

struct folder;
/* Makes PATH. One that is there must be empty or have been made here (ERR_RULE): we delete in it. Waits WAIT_S seconds for another
 * process that writes into it (ERR_CONFIG). NULL on failure. */
struct folder *folder_open(const char *path, guint wait_s, struct err *e);
void folder_close(struct folder *f); /* NULL is nothing */

/* NAME is relative, "idee/1.html", of parts that are no "..". */
bool folder_has(const struct folder *f, const char *name);
/* Is NAME there with just these bytes? */
bool folder_is(const struct folder *f, const char *name, GBytes *bytes);
bool folder_put(struct folder *f, const char *name, GBytes *bytes, struct err *e);
/* *REMOVED_OUT (may be NULL): it was there. */
bool folder_remove(struct folder *f, const char *name, bool *removed_out, struct err *e);
/* The name of every file, also of those that somebody else put there; but for what we keep for ourselves. NULL and E if a folder
 * cannot be read. */
GPtrArray *folder_names(const struct folder *f, struct err *e);

/* What the owner of the files remembers about them, a text. NULL: nothing yet. Caller frees. */
char *folder_note(const struct folder *f);
bool folder_set_note(struct folder *f, const char *text, struct err *e);
