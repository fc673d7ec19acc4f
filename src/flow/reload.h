/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SIGHUP: a process reads again what may change while it works: the log level, and what its duty adds (dispatch its
 * templates, serve tells its duties). What is broken changes nothing and is said in the log.
 */
#pragma once

#include "flow/settings.h"

/* What the duty does besides. False and E: it goes on with what it had. */
typedef bool reload_more(void *user, struct err *e);

struct reload;
/* From now on, in the default main context; frees nothing of SETTINGS and changes nothing in it. MORE may be NULL.
 * Starts GLib's worker thread, so a process that forks calls it after that. */
struct reload *reload_listen(const struct settings *settings, reload_more *more, void *user);
/* SIGHUP is ignored from then on. NULL is nothing. */
void reload_stop(struct reload *r);
