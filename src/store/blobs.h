/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Raw mails too large for a row: files spool/blob/<sha256>, written and synced before the commit that names them.
 */
#pragma once

#include "base/err.h"
#include <glib.h>

/* Durable when it returns true: file and folder are synced. Writing the same bytes twice is one file. */
bool blobs_put(const char *spool, const char *sha256, const char *bytes, gsize n_bytes, struct err *e);
/* Is it there under its name, whole? */
bool blobs_has(const char *spool, const char *sha256, gsize n_bytes);
/* True also if there was none. */
bool blobs_remove(const char *spool, const char *sha256, struct err *e);
/* Names of what lies in the folder and was not touched since BEFORE: whole ones in *WHOLE_OUT, parts that were never
 * finished in *PARTS_OUT (char *; both owned by the caller, set only if true is returned). */
bool blobs_list(const char *spool, gint64 before, GPtrArray **whole_out, GPtrArray **parts_out, struct err *e);
bool blobs_remove_part(const char *spool, const char *name, struct err *e);
GBytes *blobs_get(const char *spool, const char *sha256, struct err *e);
