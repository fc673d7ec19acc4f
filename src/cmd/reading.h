/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For doors that read mails of strangers once more: in a sandboxed reader, like the first time, since a mail may be
 * deadly.
 */
#pragma once

#include "flow/reader/reader.h"
#include "flow/settings.h"

/* One reader with the installation's options. Make it before the database is opened, see flow/reader/reader.h. */
struct reader_pool *reading_pool(const struct settings *settings, struct err *e);
/* Waits for one mail; NULL and E if no reader survives it. ID: for the log and the sentence. */
struct message *reading_one(struct reader_pool *pool, GBytes *bytes, const char *id, struct err *e);
