/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One process per duty on one database: a lock file beside it (PATH.DUTY.lock, flock). The kernel lets go of it when
 * the holder ends, however it ends; the file itself stays and names the last holder. Children that exec do not keep it.
 */
#pragma once

#include "base/err.h"

struct lock;

/* What a duty that was started again waits for the one before it, which may still be finishing what was in flight. */
#define LOCK_PATIENCE_S 30

/* DUTY is "serve", "intake", ... WAIT_S: how long to wait for another holder. NULL with ERR_CONFIG and the holder's process id if another process has it. */
struct lock *lock_take(const char *db_path, const char *duty, guint wait_s, struct err *e);
void lock_free(struct lock *lock); /* lets go; NULL is fine */
