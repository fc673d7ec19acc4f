/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole files and folders, durably: what these functions say is there has reached the disk.
 */
#pragma once

#include "base/err.h"

#include <glib.h>
#include <sys/types.h>

/* Copies FROM to TO, which must not exist (mode 0600), and syncs it. *SHA256_OUT (may be NULL): hex of the bytes that were
 * read; caller frees. ERR_ABSENT: FROM is not there. On failure TO is not there. */
bool file_copy(const char *from, const char *to, char **sha256_out, struct err *e);
/* Hex of the bytes of PATH; caller frees. */
char *file_sha256(const char *path, struct err *e);
/* A new file with TEXT, the same way. */
bool file_put(const char *path, const char *text, struct err *e);
/* PATH with these bytes, whatever was there: written and synced under another name, PATH.XXXXXX, then renamed, so that what has
 * its own name is whole. The name is durable after file_sync_folder(). On failure PATH is as it was. */
bool file_replace(const char *path, mode_t mode, const void *bytes, gsize n_bytes, struct err *e);
/* Is NAME one that file_replace() gives to a file until it is whole? */
bool file_is_part(const char *name);
/* Makes PATH, empty (mode 0600), if it is not there. */
bool file_make(const char *path, struct err *e);
/* What somebody else wrote there. */
bool file_sync(const char *path, struct err *e);
/* After files in it were made, renamed or removed. */
bool file_sync_folder(const char *folder, struct err *e);
/* Gives FROM the name TO in the same file system and syncs the folder; what is at TO already stays, and that is a failure
 * (ERR_RULE). */
bool file_rename_new(const char *from, const char *to, struct err *e);
/* PATH and everything below it; never follows a link. Failing is silent: there is nothing to be done about it. */
void file_remove_tree(const char *path);
/* The one table of what a failed call means: not permitted ERR_RIGHTS, not there ERR_ABSENT, no name that can be used ERR_VALUE,
 * already there ERR_RULE; else (full, broken, too many open) ERR_LATER. */
enum err_kind file_kind(int error);
/* E from errno: "PATH: cannot WHAT: ...". Returns false. */
bool file_fail(const char *path, const char *what, struct err *e);
