/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of fields; see rows.h.
 */
#include "store/rows.h"

#include "base/digest.h"

#include <string.h>

const struct field forum_fields[] = {
    FIELD(INT, struct forum, id),
    FIELD(TEXT, struct forum, name),
    FIELD(TEXT, struct forum, title),
    FIELD(TEXT, struct forum, ministry),
    FIELD(TEXT, struct forum, language),
    WORDS(moderation_names, struct forum, moderation),
    FIELD(REF, struct forum, closed_at),
    WORDS(undecided_names, struct forum, undecided),
    FIELD_END,
};
const struct field member_fields[] = {
    FIELD(INT, struct member, forum_id),    FIELD(INT, struct member, person_id),
    WORDS(role_names, struct member, role), WORDS(delivery_names, struct member, delivery),
    FIELD(INT, struct member, joined_at),   FIELD_END,
};
const struct field person_fields[] = {
    FIELD(INT, struct person, id),
    FIELD(TEXT, struct person, public_name),
    FIELD(TEXT, struct person, language),
    FIELD(TEXT, struct person, address),
    FIELD(REF, struct person, confirmed_at),
    FIELD(BOOL, struct person, is_organisation),
    FIELD(BOOL, struct person, is_suspended),
    FIELD(BOOL, struct person, has_complained),
    FIELD(SMALL, struct person, digest_hour),
    FIELD(SMALL, struct person, digest_weekday),
    FIELD_END,
};
const struct field idea_fields[] = {
    FIELD(INT, struct idea, id),
    FIELD(INT, struct idea, forum_id),
    FIELD(INT, struct idea, author_id),
    FIELD(TEXT, struct idea, title),
    WORDS(idea_state_names, struct idea, state),
    WORDS(ring_names, struct idea, ring),
    FIELD(INT, struct idea, created_at),
    FIELD(REF, struct idea, published_at),
    FIELD(INT, struct idea, n_posts),
    WORDS_KNOWN(idea_state_names, struct idea, state_before),
    FIELD(REF, struct idea, merged_into),
    WORDS_KNOWN(idea_state_names, struct idea, merged_from),
    FIELD(REF, struct idea, deadline_at),
    FIELD(REF, struct idea, lead_id),
    FIELD_END,
};
const struct field stage_fields[] = {
    FIELD(INT, struct stage, id),
    FIELD(INT, struct stage, idea_id),
    FIELD(INT, struct stage, at),
    FIELD(TEXT, struct stage, from_state),
    FIELD(TEXT, struct stage, to_state),
    FIELD(TEXT, struct stage, by),
    FIELD(REF, struct stage, person_id),
    FIELD(REF, struct stage, message_id),
    FIELD(TEXT, struct stage, reason),
    FIELD(TEXT, struct stage, by_second),
    FIELD(REF, struct stage, proposal_id),
    FIELD(TEXT, struct stage, was),
    FIELD_END,
};
const struct field post_fields[] = {
    FIELD(INT, struct post, id),
    FIELD(INT, struct post, idea_id),
    FIELD(INT, struct post, number),
    FIELD(REF, struct post, parent_id),
    FIELD(INT, struct post, person_id),
    FIELD(REF, struct post, message_id),
    WORDS(post_kind_names, struct post, kind),
    WORDS(post_state_names, struct post, state),
    FIELD(INT, struct post, at),
    FIELD(TEXT, struct post, text),
    FIELD(TEXT, struct post, language),
    FIELD(REF, struct post, taken_at),
    WORDS(post_state_names, struct post, taken_from),
    FIELD(REF, struct post, taken_place),
    FIELD(TEXT, struct post, taken_reason),
    FIELD(REF, struct post, forgotten_at),
    FIELD(REF, struct post, edited_at),
    FIELD(BOOL, struct post, is_edit_shown),
    FIELD_END,
};
const struct field message_fields[] = {
    FIELD(INT, struct stored_message, id),
    FIELD(TEXT, struct stored_message, key),
    FIELD(INT, struct stored_message, received_at),
    FIELD(TEXT, struct stored_message, envelope_from),
    FIELD(TEXT, struct stored_message, from_address),
    FIELD(TEXT, struct stored_message, message_id),
    FIELD(TEXT, struct stored_message, content_sha256),
    FIELD(TEXT, struct stored_message, body_sha256),
    FIELD(TEXT, struct stored_message, subject),
    FIELD(TEXT, struct stored_message, kind),
    FIELD(INT, struct stored_message, n_bytes),
    FIELD(TEXT, struct stored_message, failed),
    WORDS(keep_names, struct stored_message, keep),
    FIELD(SMALL, struct stored_message, standing),
    FIELD_END,
};
const struct field verdict_fields[] = {
    WORDS(verdict_names, struct verdict, kind),
    FIELD(TEXT, struct verdict, reason),
    FIELD(REF, struct verdict, post_id),
    FIELD(REF, struct verdict, hold_id),
    FIELD_END,
};
const struct field hold_fields[] = {
    FIELD(INT, struct hold, id),
    WORDS(hold_kind_names, struct hold, kind),
    WORDS(hold_state_names, struct hold, state),
    ABOUT(struct hold, message),
    ABOUT(struct hold, forum),
    ABOUT(struct hold, idea),
    FIELD(REF, struct hold, parent_id),
    ABOUT(struct hold, post),
    WORDS(ring_names, struct hold, ring),
    FIELD(TEXT, struct hold, address),
    FIELD(TEXT, struct hold, title),
    FIELD(TEXT, struct hold, text),
    FIELD(TEXT, struct hold, language),
    FIELD(INT, struct hold, created_at),
    FIELD(REF, struct hold, expires_at),
    FIELD(REF, struct hold, asked_at),
    FIELD(REF, struct hold, decided_at),
    FIELD(REF, struct hold, decided_by),
    FIELD(TEXT, struct hold, reason),
    FIELD(INT, struct hold, mailbox),
    FIELD(BOOL, struct hold, is_proved),
    WORDS(wait_names, struct hold, waits),
    FIELD(REF, struct hold, ask_at),
    FIELD(REF, struct hold, shown_at),
    ABOUT(struct hold, digest),
    FIELD(TEXT, struct hold, code),
    WORDS(why_names, struct hold, why),
    FIELD(TEXT, struct hold, also),
    WORDS(next_names, struct hold, next),
    FIELD(REF, struct hold, next_at),
    FIELD(REF, struct hold, runs_at),
    FIELD(INT, struct hold, ran_s),
    WORDS(yes_names, struct hold, yes),
    FIELD_END,
};
const struct field notice_fields[] = {
    FIELD(INT, struct notice, id),
    FIELD(SMALL, struct notice, stream),
    WORDS_KNOWN(purpose_names, struct notice, purpose),
    FIELD(REF, struct notice, person_id),
    FIELD(TEXT, struct notice, address),
    FIELD(TEXT, struct notice, language),
    ABOUT(struct notice, forum),
    ABOUT(struct notice, idea),
    ABOUT(struct notice, post),
    ABOUT(struct notice, hold),
    ABOUT(struct notice, digest),
    ABOUT(struct notice, message),
    FIELD(TEXT, struct notice, detail),
    WORDS(notice_state_names, struct notice, state),
    FIELD(INT, struct notice, due_at),
    FIELD(REF, struct notice, sent_at),
    FIELD(REF, struct notice, claimed_at),
    FIELD(INT, struct notice, n_tries),
    FIELD(TEXT, struct notice, last_reply),
    FIELD(REF, struct notice, mailbox),
    FIELD(REF, struct notice, issue_id),
    FIELD(REF, struct notice, subscription_id),
    FIELD_END,
};
const struct field digest_fields[] = {
    FIELD(INT, struct digest, id),
    FIELD(INT, struct digest, person_id),
    FIELD(INT, struct digest, from_post),
    FIELD(INT, struct digest, to_post),
    FIELD(INT, struct digest, made_at),
    WORDS(delivery_names, struct digest, delivery),
    FIELD_END,
};
const struct field event_fields[] = {
    FIELD(INT, struct event, id),
    FIELD(INT, struct event, at),
    FIELD(TEXT, struct event, kind),
    ABOUT(struct event, message),
    ABOUT(struct event, person),
    ABOUT(struct event, forum),
    ABOUT(struct event, idea),
    ABOUT(struct event, post),
    ABOUT(struct event, hold),
    FIELD(REF, struct event, notice_id),
    FIELD(TEXT, struct event, detail),
    FIELD(TEXT, struct event, actor),
    FIELD_END,
};

gint64 text_hash(const char *text)
{
    guint8 digest[DIGEST_BYTES];
    gint64 hash;

    if (text == NULL || *text == '\0')
        return 0;
    digest_sha256(text, strlen(text), digest);
    memcpy(&hash, digest, sizeof(hash));
    hash = GINT64_FROM_BE(hash);
    return hash != 0 ? hash : 1;
}

void *row_find(struct stmt *s, const struct field *fields, gsize n_bytes, struct err *e)
{
    void *row = NULL;

    if (stmt_step(s, e) != STEP_ROW)
        return NULL;
    row = g_malloc0(n_bytes);
    stmt_read_row(s, fields, row);
    stmt_run(s, e);
    return row;
}

GPtrArray *row_list(struct stmt *s, const struct field *fields, gsize n_bytes, GDestroyNotify free_row, struct err *e)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(free_row);
    enum step step;

    while ((step = stmt_step(s, e)) == STEP_ROW) {
        void *row = g_malloc0(n_bytes);
        stmt_read_row(s, fields, row);
        g_ptr_array_add(rows, row);
    }
    return step == STEP_DONE ? g_steal_pointer(&rows) : NULL;
}

bool row_each(struct stmt *s, const struct field *fields, gsize n_bytes, GDestroyNotify free_row, row_each_fn *each, void *user,
              struct err *e)
{
    enum step step;

    while ((step = stmt_step(s, e)) == STEP_ROW) {
        void *row = g_malloc0(n_bytes);
        stmt_read_row(s, fields, row);
        bool more = each(row, user);
        free_row(row);
        if (!more)
            return true;
    }
    return step == STEP_DONE;
}

GArray *row_ids(struct stmt *s, struct err *e)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(row_id));
    enum step step;

    while ((step = stmt_step(s, e)) == STEP_ROW) {
        row_id id = stmt_first_int(s);
        g_array_append_val(ids, id);
    }
    return step == STEP_DONE ? g_steal_pointer(&ids) : NULL;
}

bool row_needs_transaction(struct db *db, struct err *e)
{
    return db_is_in_transaction(db) || err_set(e, ERR_OURS, "%s: this write needs a transaction", db_path(db));
}
