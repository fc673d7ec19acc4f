/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All duties under one roof: starts intake, dispatch, clock and, where there are pages, web as processes of their own, starts again what dies, and
 * stops them in order.
 */
#pragma once

#include "flow/settings.h"

/* Called once all duties have said that they are ready. */
typedef void serve_ready(void *user);

/* PROGRAM: path of this program, run once per duty as `PROGRAM -c CONFIG DUTY`. False if another one serves this
 * database, or a duty cannot be started at all. */
bool serve_run(const struct settings *settings, const char *program, serve_ready *ready, void *user, struct err *e);
