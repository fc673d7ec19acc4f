/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The process that takes mail: LMTP in, readers, the writer, answers. Runs until SIGTERM or SIGINT, then finishes what
 * is in flight.
 */
#pragma once

#include "flow/settings.h"

/* Called once, when connections are taken. */
typedef void intake_ready(void *user);

/* Must be called before the process has threads. True after an orderly end. */
bool intake_run(const struct settings *settings, intake_ready *ready, void *user, struct err *e);
