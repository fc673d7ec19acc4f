/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Single rows of hold, and what changes at them; see holds.h.
 */
#include "store/holds.h"

#include "store/rows.h"

static struct hold *find(struct db *db, enum sql statement, const char *param, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, statement, e);

    stmt_bind_int(s, param, id);
    return row_find(s, hold_fields, sizeof(struct hold), e);
}

struct hold *holds_by_id(struct db *db, row_id id, struct err *e)
{
    return find(db, SQL_HOLD_BY_ID, "id", id, e);
}

struct hold *holds_review_of_post(struct db *db, row_id post, struct err *e)
{
    return find(db, SQL_HOLD_REVIEW_OF_POST, "post_id", post, e);
}

struct hold *holds_open_of_post(struct db *db, row_id post, enum hold_kind kind, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_OPEN_OF_POST, e);

    stmt_bind_int(s, "post_id", post);
    stmt_bind_word(s, "kind", hold_kind_names, (int)kind);
    return row_find(s, hold_fields, sizeof(struct hold), e);
}

bool holds_reopen(struct db *db, const struct hold *h, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_REOPEN, e);

    stmt_bind_row(s, hold_fields, h);
    return stmt_run(s, e);
}

struct hold holds_to(const struct idea *idea, enum hold_kind kind, const char *address, gint64 now)
{
    return (struct hold){.kind = kind,
                         .state = HOLD_OPEN,
                         .about = {.forum = idea->forum_id, .idea = idea->id},
                         .ring = idea->ring,
                         .address = address,
                         .title = "",
                         .text = "",
                         .created_at = now};
}

bool holds_add(struct db *db, const struct hold *h, row_id *id_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_ADD, e);

    stmt_bind_row(s, hold_fields, h);
    return stmt_run_insert(s, id_out, e);
}

bool holds_decide(struct db *db, const struct hold *h, bool *changed_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_DECIDE, e);

    stmt_bind_row(s, hold_fields, h);
    return stmt_run_change(s, changed_out, e);
}

bool holds_keep_text(struct db *db, row_id id, const char *text, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_KEEP_TEXT, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_text(s, "text", text);
    return stmt_run(s, e);
}

bool holds_forget_kept(struct db *db, gint64 before, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_FORGET_KEPT, e);

    stmt_bind_int(s, "before", before);
    return stmt_run(s, e);
}

bool holds_forget_of_post(struct db *db, row_id post, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_FORGET_OF_POST, e);

    stmt_bind_int(s, "post_id", post);
    return stmt_run(s, e);
}

bool holds_is_redacted_since(struct db *db, row_id post, row_id after, bool *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_IS_REDACTED, e);
    gint64 found = 0;

    stmt_bind_int(s, "post_id", post);
    stmt_bind_int(s, "after", after);
    bool ok = stmt_run_int(s, &found, e);
    *out = ok && found != 0;
    return ok;
}

bool holds_is_redacted(struct db *db, row_id post, bool *out, struct err *e)
{
    return holds_is_redacted_since(db, post, 0, out, e);
}

bool holds_set_outcome(struct db *db, const struct hold *h, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_SET_OUTCOME, e);

    stmt_bind_int(s, "id", h->id);
    stmt_bind_ref(s, "decided_by", h->decided_by);
    stmt_bind_ref(s, "post_id", h->about.post);
    return stmt_run(s, e);
}

bool holds_set_place(struct db *db, const struct hold *h, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_SET_PLACE, e);

    stmt_bind_int(s, "id", h->id);
    stmt_bind_text(s, "ring", ring_name(h->ring));
    stmt_bind_int(s, "forum_id", h->about.forum);
    stmt_bind_ref(s, "idea_id", h->about.idea);
    return stmt_run(s, e);
}

bool holds_set_asked(struct db *db, row_id id, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_SET_ASKED, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

bool holds_set_waits(struct db *db, row_id id, enum wait why, gint64 ask_at, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_SET_WAITS, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_word(s, "waits", wait_names, (int)why);
    stmt_bind_ref(s, "ask_at", ask_at);
    return stmt_run(s, e);
}

struct hold *holds_open_support(struct db *db, gint64 mailbox, row_id idea, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_OPEN_SUPPORT, e);

    stmt_bind_int(s, "mailbox", mailbox);
    stmt_bind_int(s, "idea_id", idea);
    return row_find(s, hold_fields, sizeof(struct hold), e);
}

bool holds_has_same(struct db *db, gint64 mailbox, const struct post *parent, const char *text, bool *found_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_SAME, e);
    gint64 found = 0;

    stmt_bind_int(s, "mailbox", mailbox);
    stmt_bind_int(s, "idea_id", parent->idea_id);
    stmt_bind_int(s, "parent_id", parent->id);
    stmt_bind_text(s, "text", text);
    bool ok = stmt_run_int(s, &found, e);
    *found_out = found != 0;
    return ok;
}

bool holds_forwarded(struct db *db, gint64 mailbox, row_id forum, const char *text, row_id *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_FORWARDED, e);

    stmt_bind_int(s, "mailbox", mailbox);
    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_text(s, "text", text);
    *out = 0;
    return stmt_run_int(s, out, e);
}

bool holds_set_late(struct db *db, row_id id, enum wait why, gint64 expires_at, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_SET_LATE, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_word(s, "waits", wait_names, (int)why);
    stmt_bind_int(s, "expires_at", expires_at);
    return stmt_run(s, e);
}

bool holds_set_next(struct db *db, row_id id, enum next next, gint64 next_at, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_SET_NEXT, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_word(s, "next", next_names, (int)next);
    stmt_bind_ref(s, "next_at", next_at);
    return stmt_run(s, e);
}

bool holds_set_clock(struct db *db, row_id id, enum next next, gint64 next_at, gint64 runs_at, gint64 ran_s, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_SET_CLOCK, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_word(s, "next", next_names, (int)next);
    stmt_bind_ref(s, "next_at", next_at);
    stmt_bind_ref(s, "runs_at", runs_at);
    stmt_bind_int(s, "ran_s", ran_s);
    return stmt_run(s, e);
}

bool holds_clamp_next(struct db *db, gint64 latest, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_CLAMP_NEXT, e);

    stmt_bind_int(s, "latest", latest);
    return stmt_run(s, e);
}

bool holds_move(struct db *db, row_id id, row_id forum, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_MOVE, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_int(s, "forum_id", forum);
    return stmt_run(s, e);
}

bool holds_move_of_idea(struct db *db, row_id idea, row_id forum, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_MOVE_OF_IDEA, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

bool holds_set_proved(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_SET_PROVED, e);

    stmt_bind_int(s, "id", id);
    return stmt_run(s, e);
}

bool holds_set_shown(struct db *db, row_id id, gint64 now, bool *changed_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_SET_SHOWN, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_int(s, "now", now);
    return stmt_run_change(s, changed_out, e);
}

struct hold *holds_next_unasked(struct db *db, gint64 mailbox, struct err *e)
{
    return find(db, SQL_HOLD_NEXT_UNASKED, "mailbox", mailbox, e);
}

bool holds_set_mailbox(struct db *db, row_id id, gint64 mailbox, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_SET_MAILBOX, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_int(s, "mailbox", mailbox);
    return stmt_run(s, e);
}

bool holds_clamp_ask(struct db *db, enum hold_kind kind, bool is_proved, gint64 latest, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_CLAMP_ASK, e);

    stmt_bind_word(s, "kind", hold_kind_names, (int)kind);
    stmt_bind_int(s, "is_proved", is_proved);
    stmt_bind_int(s, "latest", latest);
    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

bool holds_clamp_expiry(struct db *db, gint64 latest, gint64 late, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_CLAMP_EXPIRY, e);

    stmt_bind_int(s, "latest", latest);
    stmt_bind_int(s, "late", late);
    return stmt_run(s, e);
}

bool holds_revise(struct db *db, row_id id, const char *text, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_REVISE, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_text(s, "text", text);
    stmt_bind_ref(s, "decided_by", person);
    return stmt_run(s, e);
}

bool holds_set_expiry(struct db *db, row_id id, gint64 expires_at, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_SET_EXPIRY, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_ref(s, "expires_at", expires_at);
    return stmt_run(s, e);
}

bool holds_forget(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *notices = stmt_use(db, SQL_HOLD_NOTICES_FORGET, e);
    stmt_auto struct stmt *hold = stmt_use(db, SQL_HOLD_FORGET, e);
    stmt_auto struct stmt *remarks = stmt_use(db, SQL_REMARK_FORGET, e);

    stmt_bind_int(notices, "id", id);
    stmt_bind_int(hold, "id", id);
    stmt_bind_int(remarks, "hold_id", id);
    return row_needs_transaction(db, e) && stmt_run(notices, e) && stmt_run(remarks, e) && stmt_run(hold, e);
}
