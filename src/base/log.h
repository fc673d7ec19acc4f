/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line an event on stderr: `TIME LEVEL ID EVENT key=value ...`. Only flow/ and cmd/ log. ID is the message's id,
 * or "-". Addresses are never logged in clear: log_address() gives a short keyed hash that is stable within one
 * installation, so that lines about one person can be found without naming them.
 */
#pragma once

#include <glib.h>

enum log_level { LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARN, LOG_LEVEL_ERROR };

/* Process-wide, set once at start-up. KEY may be NULL (then hashes are unkeyed). */
void log_setup(enum log_level lowest, const char *process, const char *key);
/* Pairs of key and printf-free value follow, ended by NULL; a value with blanks or controls is quoted. */
void log_event(enum log_level level, const char *id, const char *event, ...) G_GNUC_NULL_TERMINATED;
/* "a:" and 10 hex digits. Caller frees. */
char *log_address(const char *address);
