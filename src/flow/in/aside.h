/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Setting a mail aside that no reader survived: kept in the spool with its envelope and the reason, so that it can be
 * answered 250 and put through again with `forumpost retry`.
 */
#pragma once

#include "flow/in/receive.h"
#include "flow/settings.h"

/* Durably. ENV's sender may be unknown (NULL). */
bool aside_keep(const struct settings *settings, const struct envelope *env, GBytes *bytes, const char *reason,
                struct err *e);
