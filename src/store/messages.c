/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of message, message_raw and verdict; see messages.h.
 */
#include "store/messages.h"

#include "base/digest.h"
#include "base/limits.h"
#include "base/token.h"
#include "mail/word/canonical.h"
#include "store/blobs.h"
#include "store/leftovers.h"
#include "store/rows.h"

#include <string.h>

#define GONE "gone:"

/* A key begins with the second it came in, and 1,024ths of it (flow/in/envelope.h). */
#define KEY_TIME_CHARS 9
#define KEY_TIME_SHIFT 10

static bool add_raw(struct db *db, row_id id, const char *bytes, gsize n_bytes, struct err *e)
{
    bool is_inline = n_bytes <= LIMIT_BLOB_INLINE_BYTES;
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_RAW_ADD, e);

    stmt_bind_int(s, "message_id", id);
    /* NULL means "in spool/blob": an empty mail is bytes as well, none of them. */
    stmt_bind_bytes(s, "bytes", !is_inline ? NULL : n_bytes > 0 ? bytes : "", is_inline ? n_bytes : 0);
    return stmt_run(s, e);
}

static gint64 sender_hash(const char *from_address)
{
    g_autofree char *key = from_address != NULL ? canonical_address(from_address) : NULL;

    return text_hash(key);
}

static bool add_unproved(struct db *db, const struct stored_message *m, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_UNPROVED_ADD, e);

    stmt_bind_int(s, "slot", m->received_at / LIMIT_QUOTA_SLOT_S);
    stmt_bind_int(s, "n_bytes", m->n_bytes);
    return stmt_run(s, e);
}

bool messages_add(struct db *db, const struct stored_message *m, const char *bytes, gsize n_bytes, row_id *id_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_ADD, e);

    stmt_bind_row(s, message_fields, m);
    stmt_bind_int(s, "sender_hash", sender_hash(m->from_address));
    stmt_bind_int(s, "message_hash", text_hash(m->message_id));
    return row_needs_transaction(db, e) && stmt_run_insert(s, id_out, e) && add_raw(db, *id_out, bytes, n_bytes, e) &&
           (m->standing == STANDING_PROVED || add_unproved(db, m, e));
}

struct stored_message *messages_by_id(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_BY_ID, e);

    stmt_bind_int(s, "id", id);
    return row_find(s, message_fields, sizeof(struct stored_message), e);
}

struct stored_message *messages_by_key(struct db *db, const char *key, struct err *e)
{
    gint64 at = token_value(key, KEY_TIME_CHARS);
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_BY_KEY, e);

    stmt_bind_int(s, "received_at", at >> KEY_TIME_SHIFT);
    stmt_bind_text(s, "key", key);
    struct stored_message *m = row_find(s, message_fields, sizeof(struct stored_message), e);
    if (m != NULL || (e != NULL && e->kind != ERR_NONE))
        return m;
    stmt_auto struct stmt *any = stmt_use(db, SQL_MESSAGE_BY_OLD_KEY, e);
    stmt_bind_text(any, "key", key);
    return row_find(any, message_fields, sizeof(struct stored_message), e);
}

/* What stands for the Message-ID of a mail that was deleted. Caller frees. */
static char *gone_id(const char *message_id)
{
    g_autofree char *sum = digest_sha256_hex(message_id, strlen(message_id));

    return g_strconcat(GONE, sum, NULL);
}

struct stored_message *messages_same(struct db *db, const char *message_id, const char *body_sha256, const char *from_address,
                                     struct err *e)
{
    gint64 hash = text_hash(message_id);
    stored_message_auto found = NULL;
    enum step step;

    if (hash == 0)
        return NULL;
    g_autofree char *gone = gone_id(message_id);
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_SAME, e);
    stmt_bind_text(s, "gone", gone);
    stmt_bind_int(s, "message_hash", hash);
    stmt_bind_text(s, "message_id", message_id);
    stmt_bind_int(s, "most", LIMIT_SAME_MESSAGE_ID);
    while ((step = stmt_step(s, e)) == STEP_ROW) {
        stored_message_free(found);
        found = g_new0(struct stored_message, 1);
        stmt_read_row(s, message_fields, found);
        bool is_deleted = found->keep == KEEP_NOTHING || found->keep == KEEP_EMPTY;
        if (strcmp(found->body_sha256, body_sha256) == 0 && (is_deleted || g_strcmp0(found->from_address, from_address) == 0))
            return g_steal_pointer(&found);
    }
    return step == STEP_DONE ? g_steal_pointer(&found) : NULL;
}

GBytes *messages_raw(struct db *db, const char *spool, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_RAW, e);

    stmt_bind_int(s, "id", id);
    enum step step = stmt_step(s, e);
    if (step == STEP_DONE)
        err_set(e, ERR_ABSENT, "the bytes of message %" G_GINT64_FORMAT " are not kept", id);
    if (step != STEP_ROW)
        return NULL;
    GBytes *bytes = stmt_bytes(s, "bytes");
    return bytes != NULL ? bytes : blobs_get(spool, stmt_text(s, "content_sha256"), e);
}

bool messages_set_keep(struct db *db, row_id id, enum keep keep, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_SET_KEEP, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_word(s, "keep", keep_names, (int)keep);
    return stmt_run(s, e);
}

bool messages_set_left_out(struct db *db, row_id id, const char *line, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_SET_LEFT_OUT, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_text(s, "left_out", line);
    return stmt_run(s, e);
}

char *messages_left_out(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_LEFT_OUT, e);

    stmt_bind_int(s, "id", id);
    return stmt_step(s, e) == STEP_ROW ? g_strdup(stmt_text(s, "left_out")) : NULL;
}

bool messages_decided(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_DECIDED, e);

    stmt_bind_int(s, "id", id);
    return stmt_run(s, e);
}

GArray *messages_over(struct db *db, enum keep keep, gint64 before, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_OVER, e);

    stmt_bind_word(s, "keep", keep_names, (int)keep);
    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "most", most);
    return row_ids(s, e);
}

bool messages_count_over(struct db *db, enum keep keep, gint64 before, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_CHECK_OVER_MESSAGES, e);

    stmt_bind_word(s, "keep", keep_names, (int)keep);
    stmt_bind_int(s, "before", before);
    return stmt_run_int(s, n_out, e);
}

GArray *messages_of_hold(struct db *db, row_id hold, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_OF_HOLD, e);

    stmt_bind_int(s, "hold_id", hold);
    return row_ids(s, e);
}

GArray *messages_of_post(struct db *db, row_id post, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_OF_POST, e);

    stmt_bind_int(s, "post_id", post);
    return row_ids(s, e);
}

GPtrArray *messages_of_sender(struct db *db, const char *address, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_OF_SENDER, e);

    stmt_bind_text(s, "address", address);
    return row_list(s, message_fields, sizeof(struct stored_message), (GDestroyNotify)stored_message_free, e);
}

bool messages_is_needed(struct db *db, row_id id, bool *needed_out, struct err *e)
{
    gint64 needed = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_IS_NEEDED, e);

    stmt_bind_int(s, "id", id);
    bool ok = stmt_run_int(s, &needed, e);
    *needed_out = needed != 0;
    return ok;
}

/* The bytes of M, and if they lie in a file its name for whoever removes it after the commit. */
static bool forget_raw(struct db *db, const struct stored_message *m, gint64 now, struct err *e)
{
    gint64 is_in_file = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_RAW_FORGET, e);

    stmt_bind_int(s, "id", m->id);
    return stmt_run_int(s, &is_in_file, e) && (is_in_file == 0 || leftovers_add(db, LEFTOVER_BLOB, m->content_sha256, now, e)) &&
           leftovers_add(db, LEFTOVER_PAGES, "", now, e);
}

bool messages_cut(struct db *db, row_id id, const void *bytes, gsize n_bytes, gint64 now, struct err *e)
{
    stored_message_auto m = messages_by_id(db, id, e);
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_RAW_CUT, e);

    if (m == NULL || !row_needs_transaction(db, e))
        return false;
    stmt_bind_int(s, "id", id);
    stmt_bind_bytes(s, "bytes", bytes, n_bytes);
    return stmt_run(s, e) &&
           (m->n_bytes <= LIMIT_BLOB_INLINE_BYTES || leftovers_add(db, LEFTOVER_BLOB, m->content_sha256, now, e));
}

bool messages_forget(struct db *db, row_id id, bool keeps_id, gint64 now, struct err *e)
{
    stored_message_auto m = messages_by_id(db, id, e);

    if (m == NULL || !row_needs_transaction(db, e))
        return e->kind == ERR_NONE;
    bool is_gone = m->keep == KEEP_NOTHING || m->keep == KEEP_EMPTY;
    bool has_id = m->message_id != NULL && !g_str_has_prefix(m->message_id, GONE);
    if (is_gone && (keeps_id || !has_id))
        return true;
    g_autofree char *gone = !keeps_id && has_id ? gone_id(m->message_id) : NULL;
    stmt_auto struct stmt *notices = stmt_use(db, SQL_MESSAGE_NOTICES_FORGET, e);
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_FORGET, e);
    stmt_auto struct stmt *reports = stmt_use(db, SQL_REPORT_FORGET_MESSAGE, e);
    stmt_bind_int(notices, "id", id);
    stmt_bind_int(reports, "id", id);
    stmt_bind_int(s, "id", id);
    stmt_bind_text(s, "gone", gone);
    return forget_raw(db, m, now, e) && stmt_run(notices, e) && stmt_run(reports, e) && stmt_run(s, e);
}

bool messages_has_blob(struct db *db, const char *sha256, bool *has_out, struct err *e)
{
    gint64 found = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_HAS_BLOB, e);

    stmt_bind_text(s, "content_sha256", sha256);
    bool ok = stmt_run_int(s, &found, e);
    *has_out = found != 0;
    return ok;
}

GPtrArray *messages_blobs(struct db *db, struct err *e)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_BLOBS, e);
    enum step step;

    while ((step = stmt_step(s, e)) == STEP_ROW)
        g_ptr_array_add(names, g_strdup(stmt_text(s, "content_sha256")));
    return step == STEP_DONE ? g_steal_pointer(&names) : NULL;
}

bool messages_tally(struct db *db, const char *from_address, gint64 since, gint64 now, gint64 most, gint64 *n_out,
                    gint64 *n_bytes_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MESSAGE_TALLY, e);

    stmt_bind_int(s, "sender_hash", sender_hash(from_address));
    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "most", most);
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    *n_out = stmt_int(s, "n");
    *n_bytes_out = stmt_int(s, "n_bytes");
    return stmt_run(s, e);
}

gint64 messages_unproved_bytes(struct db *db, gint64 since, gint64 now, struct err *e)
{
    gint64 n = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_UNPROVED_BYTES, e);

    stmt_bind_int(s, "first", since / LIMIT_QUOTA_SLOT_S + 1);
    stmt_bind_int(s, "last", now / LIMIT_QUOTA_SLOT_S);
    return stmt_run_int(s, &n, e) ? n : -1;
}

bool messages_forget_unproved(struct db *db, gint64 before, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_UNPROVED_FORGET, e);

    stmt_bind_int(s, "before", before / LIMIT_QUOTA_SLOT_S);
    return stmt_run(s, e);
}

bool verdicts_delete_over(struct db *db, gint64 before, gint64 most, gint64 *n_out, struct err *e)
{
    static const enum sql steps[] = {SQL_VERDICT_DELETE_OVER, SQL_MESSAGE_EMPTY_OVER};

    for (guint i = 0; i < G_N_ELEMENTS(steps); i++) {
        stmt_auto struct stmt *s = stmt_use(db, steps[i], e);
        stmt_bind_int(s, "before", before);
        stmt_bind_int(s, "most", most);
        if (!stmt_run(s, e))
            return false;
        *n_out = stmt_n_changed(s);
    }
    return true;
}

bool verdicts_add(struct db *db, row_id message, const char *recipient, const struct verdict *v, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_VERDICT_ADD, e);

    stmt_bind_int(s, "message_id", message);
    stmt_bind_text(s, "recipient", recipient);
    stmt_bind_row(s, verdict_fields, v);
    return stmt_run(s, e);
}

static const struct field recipient_verdict_fields[] = {
    FIELD(TEXT, struct recipient_verdict, recipient),
    {"kind", FIELD_WORD, offsetof(struct recipient_verdict, verdict.kind), verdict_names},
    {"reason", FIELD_TEXT, offsetof(struct recipient_verdict, verdict.reason), NULL},
    {"post_id", FIELD_REF, offsetof(struct recipient_verdict, verdict.post_id), NULL},
    {"hold_id", FIELD_REF, offsetof(struct recipient_verdict, verdict.hold_id), NULL},
    FIELD_END,
};

void recipient_verdict_free(struct recipient_verdict *v)
{
    if (v == NULL)
        return;
    verdict_clear(&v->verdict);
    g_free(v->recipient);
    g_free(v);
}

GPtrArray *verdicts_of(struct db *db, row_id message, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_VERDICT_OF, e);

    stmt_bind_int(s, "message_id", message);
    return row_list(s, recipient_verdict_fields, sizeof(struct recipient_verdict), (GDestroyNotify)recipient_verdict_free, e);
}
