/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Incoming mails as they came, and the verdict for each recipient.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

/* Row and raw bytes; larger ones than LIMIT_BLOB_INLINE_BYTES must lie in spool/blob already (blobs.h). */
bool messages_add(struct db *db, const struct stored_message *m, const char *bytes, gsize n_bytes, row_id *id_out, struct err *e);
struct stored_message *messages_by_id(struct db *db, row_id id, struct err *e);
struct stored_message *messages_by_key(struct db *db, const char *key, struct err *e);
/* message_id of a mail without one is "sha256:" and its content_sha256, so that a second delivery is known too.
 * An earlier mail with this Message-ID: of the same body and From if there is one (or deleted), else any. NULL none or MESSAGE_ID NULL. */
struct stored_message *messages_same(struct db *db, const char *message_id, const char *body_sha256, const char *from_address,
                                     struct err *e);
/* The bytes, from the row or from SPOOL/blob. */
GBytes *messages_raw(struct db *db, const char *spool, row_id id, struct err *e);
/* Why it is kept; KEEP_TEXT after messages_add(). */
bool messages_set_keep(struct db *db, row_id id, enum keep keep, struct err *e);
/* One line of forum/left_out.h; NULL nothing. */
bool messages_set_left_out(struct db *db, row_id id, const char *line, struct err *e);
char *messages_left_out(struct db *db, row_id id, struct err *e); /* NULL nothing, or failed */
/* KEEP_WAITING becomes KEEP_TEXT: the question was answered. */
bool messages_decided(struct db *db, row_id id, struct err *e);
/* Ids (row_id) of at most MOST mails kept for that reason that came at BEFORE or earlier, oldest first. */
GArray *messages_over(struct db *db, enum keep keep, gint64 before, gint64 most, struct err *e);
bool messages_count_over(struct db *db, enum keep keep, gint64 before, gint64 *n_out, struct err *e);
/* Ids of all mails that had to do with a question, or with a post: what it came with, answers, delivery reports. */
GArray *messages_of_hold(struct db *db, row_id hold, struct err *e);
GArray *messages_of_post(struct db *db, row_id post, struct err *e);
GPtrArray *messages_of_sender(struct db *db, const char *address, struct err *e); /* struct stored_message */
/* Another text, one that stands or waits, came with the same mail. */
bool messages_is_needed(struct db *db, row_id id, bool *needed_out, struct err *e);
/* Deletes the bytes, subject and sender, and what finished notices about it say of people; the verdicts stay.
 * KEEPS_ID false: its Message-ID, too; a second copy of it is known all the same. */
/* Of a mail just stored only BYTES are kept, its beginning. */
bool messages_cut(struct db *db, row_id id, const void *bytes, gsize n_bytes, gint64 now, struct err *e);
bool messages_forget(struct db *db, row_id id, bool keeps_id, gint64 now, struct err *e);
/* Do the bytes of any mail lie in the file of that name? */
bool messages_has_blob(struct db *db, const char *sha256, bool *has_out, struct err *e);
GPtrArray *messages_blobs(struct db *db, struct err *e); /* names (char *) of all files that hold the bytes of a mail */
/* How many mails, and how many bytes, came unproved from that sender in [SINCE, NOW]; counted up to MOST mails.
 * A sender is a mailbox (mail/word/canonical.h). */
bool messages_tally(struct db *db, const char *from_address, gint64 since, gint64 now, gint64 most, gint64 *n_out,
                    gint64 *n_bytes_out, struct err *e);
/* Bytes of all unproved senders in about [SINCE, NOW], by steps of LIMIT_QUOTA_SLOT_S; -1 failure. */
gint64 messages_unproved_bytes(struct db *db, gint64 since, gint64 now, struct err *e);
bool messages_forget_unproved(struct db *db, gint64 before, struct err *e);
/* Of at most MOST deleted mails that came at BEFORE or earlier, the verdicts go too. *N_OUT: of how many mails. */
bool verdicts_delete_over(struct db *db, gint64 before, gint64 most, gint64 *n_out, struct err *e);
bool verdicts_add(struct db *db, row_id message, const char *recipient, const struct verdict *v, struct err *e);
struct recipient_verdict {
    char *recipient;
    struct verdict verdict;
};
void recipient_verdict_free(struct recipient_verdict *v);
GPtrArray *verdicts_of(struct db *db, row_id message, struct err *e);