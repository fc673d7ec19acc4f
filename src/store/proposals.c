/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of proposal and proposal_idea; see proposals.h.
 */
#include "store/proposals.h"

#include "store/rows.h"

bool proposals_add(struct db *db, row_id discussion, gint64 now, row_id *id_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PROPOSAL_ADD, e);

    stmt_bind_int(s, "idea_id", discussion);
    stmt_bind_int(s, "at", now);
    return stmt_run_insert(s, id_out, e);
}

bool proposals_add_idea(struct db *db, row_id proposal, row_id idea, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PROPOSAL_IDEA_ADD, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "proposal_id", proposal);
    return stmt_run(s, e);
}

bool proposals_publish(struct db *db, row_id proposal, row_id discussion, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PROPOSAL_PUBLISH, e);

    stmt_bind_int(s, "id", proposal);
    stmt_bind_int(s, "idea_id", discussion);
    return stmt_run(s, e);
}

bool proposals_rework(struct db *db, row_id proposal, row_id discussion, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PROPOSAL_REWORK, e);

    stmt_bind_int(s, "id", proposal);
    stmt_bind_int(s, "idea_id", discussion);
    return stmt_run(s, e);
}

bool proposals_drop_idea(struct db *db, row_id proposal, row_id idea, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PROPOSAL_IDEA_DROP, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "proposal_id", proposal);
    return stmt_run(s, e);
}

static bool find(struct db *db, enum sql what, row_id id, row_id *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, what, e);

    *out = 0;
    stmt_bind_int(s, "id", id);
    return stmt_run_int(s, out, e);
}

bool proposals_discussion(struct db *db, row_id proposal, row_id *out, struct err *e)
{
    return find(db, SQL_PROPOSAL_DISCUSSION, proposal, out, e);
}

bool proposals_of_idea(struct db *db, row_id idea, row_id *out, struct err *e)
{
    return find(db, SQL_PROPOSAL_OF_IDEA, idea, out, e);
}

GArray *proposals_all_of_idea(struct db *db, row_id idea, bool has_drafts, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PROPOSALS_OF_IDEA, e);

    stmt_bind_int(s, "id", idea);
    stmt_bind_int(s, "has_drafts", has_drafts);
    return row_ids(s, e);
}

bool proposals_has_idea(struct db *db, row_id proposal, row_id idea, bool *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PROPOSAL_HAS_IDEA, e);
    gint64 found = 0;

    stmt_bind_int(s, "id", proposal);
    stmt_bind_int(s, "idea_id", idea);
    if (!stmt_run_int(s, &found, e))
        return false;
    *out = found != 0;
    return true;
}

bool proposals_is_reworked(struct db *db, row_id idea, bool *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PROPOSAL_IS_REWORKED, e);
    gint64 found = 0;

    stmt_bind_int(s, "id", idea);
    if (!stmt_run_int(s, &found, e))
        return false;
    *out = found != 0;
    return true;
}

bool proposals_inner(struct db *db, row_id proposal, row_id *out, struct err *e)
{
    return find(db, SQL_PROPOSAL_INNER, proposal, out, e);
}

bool proposals_public(struct db *db, row_id proposal, row_id *out, struct err *e)
{
    return find(db, SQL_PROPOSAL_PUBLIC, proposal, out, e);
}

bool proposals_of_discussion(struct db *db, row_id idea, row_id *out, struct err *e)
{
    return find(db, SQL_PROPOSAL_OF_DISCUSSION, idea, out, e);
}

GArray *proposals_ideas(struct db *db, row_id proposal, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PROPOSAL_IDEAS, e);

    stmt_bind_int(s, "id", proposal);
    return row_ids(s, e);
}

GArray *proposals_all(struct db *db, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PROPOSAL_ALL, e);

    return row_ids(s, e);
}
