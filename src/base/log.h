/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line an event on stderr: `TIME LEVEL ID EVENT key=value ...`. Only flow/ and cmd/ log. ID is the message's id,
 * or "-", EVENT is THING.WHAT in lower case ("notice.failed", "mail.set-aside"). Addresses are never logged in clear:
 * log_address() gives a short hash under a key of this installation, so that lines about one person can be found
 * without naming them, and nobody can try out addresses who has only the log.
 */
#pragma once

#include <glib.h>

enum log_level { LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARN, LOG_LEVEL_ERROR };

/* Process-wide, set once at start-up. */
void log_setup(enum log_level lowest, const char *process);
/* The level alone, while other threads may be logging. */
void log_set_level(enum log_level lowest);
/* INSTALLATION_KEY is the one that signs addresses (TOKEN_KEY_BYTES); what the hashes are made with is derived from it.
 * Called when the database is opened; the first key stays. */
void log_set_key(const guint8 *installation_key);
/* Pairs of key and printf-free value follow, ended by NULL; a value with blanks or controls is quoted. */
void log_event(enum log_level level, const char *id, const char *event, ...) G_GNUC_NULL_TERMINATED;
/* "a:" and 10 characters, the same for one address whatever its case; "a:-" as long as there is no key. Caller frees. */
char *log_address(const char *address);
