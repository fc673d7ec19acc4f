/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The web process: pages behind a socket until SIGTERM.
 */
#pragma once

#include "flow/settings.h"

/* Called once requests are answered. */
typedef void web_ready(void *user);
/* `[web] listen` must be set. */
bool web_run(const struct settings *settings, web_ready *ready, void *user, struct err *e);
