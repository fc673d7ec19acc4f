/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The spool directory: large mails (blob/) and mails that could not be read (failed/). A mail set aside is two files
 * named by its id: ID.eml, the bytes as they came, and ID.info, the envelope and the reason as readable key = value.
 * What these functions say is kept has reached the disk: file and directory are synced before they return.
 */
#pragma once

#include "base/err.h"

/* Makes DIR with its folders and a README for people; twice is harmless. False: ERR_RIGHTS or ERR_LATER. */
bool spool_init(const char *dir, struct err *e);

struct spooled {
    char *id;          /* of the message */
    char *sender;      /* envelope, "" null path */
    char **recipients; /* envelope, NULL-terminated */
    char *reason;      /* a sentence without full stop: why it was set aside */
    gint64 received_at;
    GBytes *bytes; /* NULL in what spool_failed_list() gives */
};
void spooled_free(struct spooled *s);

/* Keeps S durably in failed/. An id that is there already is replaced as a whole. */
bool spool_failed_keep(const char *dir, const struct spooled *s, struct err *e);
/* All that is set aside, oldest first, without the bytes: struct spooled, or NULL. What cannot be read as such a pair
 * of files is left out. */
GPtrArray *spool_failed_list(const char *dir, struct err *e);
/* One with its bytes; ERR_ABSENT if there is none, ERR_INPUT if ID is not an id. */
struct spooled *spool_failed_load(const char *dir, const char *id, struct err *e);
bool spool_failed_has(const char *dir, const char *id);
/* Removes what a crash left in failed/ half written, and mails without their .info (they were never answered 250), if
 * nobody touched them since BEFORE. *N_REMOVED counts up. */
bool spool_failed_remove_parts(const char *dir, gint64 before, gint64 *n_removed, struct err *e);
/* Removes one after it went through; no failure if it is gone already. */
bool spool_failed_remove(const char *dir, const char *id, struct err *e);

typedef struct spooled spooled_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(spooled_autoptr_t, spooled_free)
#define spooled_auto g_autoptr(spooled_autoptr_t)
