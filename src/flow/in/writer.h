/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one writer of intake: a thread with the database, fed with understood mails. What has come in while it was
 * busy shares one transaction (group commit), each mail in a savepoint of its own; answers go back to the main loop
 * only after the commit. That is what 250 means.
 */
#pragma once

#include "flow/in/receive.h"

struct writer;

/* ERR_NONE: it is on the disk. VERDICTS: struct receive_verdict, for the log; NULL on failure. In the main loop. */
typedef void writer_done(enum err_kind outcome, const GPtrArray *verdicts, void *user);

/* Opens the database (which is migrated if need be) and starts the thread. SETTINGS outlive the writer. */
struct writer *writer_new(const struct settings *settings, struct err *e);
/* Takes over ENV, BYTES (a reference) and M; M NULL with FAILURE for a mail that no reader could read. */
void writer_put(struct writer *w, struct envelope *env, GBytes *bytes, struct message *m, const char *failure, writer_done *done,
                void *user);
/* Finishes what was put, ends the thread. Answers may still be pending in the main loop afterwards. */
void writer_free(struct writer *w);
