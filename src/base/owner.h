/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whose files are they? An administrator types commands as root; what they make must not be root's afterwards, or the
 * service could not open it. So it is given to whoever owns the folder, as SQLite does with the files beside a database.
 */
#pragma once

#include "base/err.h"

#include <sys/types.h>

/* Gives the file or folder FD, just made at PATH, to the owner and group of the folder it lies in. Does nothing unless
 * we are root, it is root's and nobody else has a name for it. Failing is no failure: it stays root's. */
void owner_give(int fd, const char *path);
/* g_mkdir_with_parents() and owner_give() for each folder that was made. False: errno. */
bool owner_make_folders(const char *path, mode_t mode);

/* The user that serves this database: the system user NAME if it lies in their home; else the owner of the folder that it
 * lies in (or shall lie in), since they must be able to write there; if that is root, the owner of the file. */
uid_t owner_of_service(const char *database, const char *name);
/* This process, if it is root's, becomes UID with their groups, for good. False and ERR_RIGHTS. */
bool owner_become(uid_t uid, struct err *e);
/* Name of a user or group, or its number. Caller frees. */
char *owner_user_name(uid_t uid);
char *owner_group_name(gid_t gid);
