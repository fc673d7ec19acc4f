/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Raw mails too large for a row: files spool/blob/<sha256>, written and synced before the commit that names them.
 */
#pragma once

#include "base/err.h"
#include <glib.h>


/* Durable when it returns true: file and folder are synced. Writing the same bytes twice is one file. */
bool blobs_put(const char *spool, const char *sha256, const char *bytes, gsize n_bytes, struct err *e);
GBytes *blobs_get(const char *spool, const char *sha256, struct err *e);
