/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What making a backup and putting it back share.
 */
#pragma once

#include "flow/keep/backup.h"

#define BACKUP_FORMAT   1
#define BACKUP_MANIFEST "BACKUP"
#define BACKUP_DATABASE "forumpost.db"
#define BACKUP_SPOOL    "spool"

/* Copies the mails set aside that are in the spool FROM and not yet in TO, the .eml before its .info, which makes the pair
 * count. What goes away meanwhile is left out. */
bool backup_copy_failed(const char *from, const char *to, gint64 *n_out, struct err *e);
/* Copies the blobs NAMES (char *) that TO has not yet; what is there under its name is whole. *GONE_OUT: how many were not in
 * FROM. A blob whose bytes do not fit its name is ERR_CONFIG. */
bool backup_copy_blobs(const GPtrArray *names, const char *from, const char *to, guint *gone_out, struct err *e);
/* The sentences of db_check() as one failure, ERR_CONFIG. */
bool backup_check(struct db *db, const char *spool, struct err *e);
