/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Incoming mails as they came, and the verdict for each recipient.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

/* Row and raw bytes; larger ones than LIMIT_BLOB_INLINE_BYTES must lie in spool/blob already (blobs.h). */
bool messages_add(struct db *db, const struct stored_message *m, const char *bytes, gsize n_bytes, row_id *id_out,
                  struct err *e);
struct stored_message *messages_by_id(struct db *db, row_id id, struct err *e);
struct stored_message *messages_by_key(struct db *db, const char *key, struct err *e);
/* message_id of a mail without one is "sha256:" and its content_sha256, so that a second delivery is known too.
 * An earlier mail with this Message-ID: same body if there is one, else any. NULL none or MESSAGE_ID NULL. */
struct stored_message *messages_same(struct db *db, const char *message_id, const char *body_sha256, struct err *e);
/* The bytes, from the row or from SPOOL/blob. */
GBytes *messages_raw(struct db *db, const char *spool, row_id id, struct err *e);
gint64 messages_count_from(struct db *db, const char *from_address, gint64 since, struct err *e); /* -1 failure */
bool verdicts_add(struct db *db, row_id message, const char *recipient, const struct verdict *v, struct err *e);
struct recipient_verdict {
    char *recipient;
    struct verdict verdict;
};
void recipient_verdict_free(struct recipient_verdict *v);
GPtrArray *verdicts_of(struct db *db, row_id message, struct err *e); /* struct recipient_verdict */
bool verdicts_has(struct db *db, row_id message, const char *recipient, bool *has_out, struct err *e);
