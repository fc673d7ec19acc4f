/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The full-text index asked; see search.h.
 */
#include "store/search.h"

#include "store/rows.h"

void found_free(struct found *f)
{
    if (f == NULL)
        return;
    row_text_free(f->title);
    row_text_free(f->passage);
    g_free(f);
}

static const struct field found_fields[] = {
    FIELD(INT, struct found, post_id),          FIELD(INT, struct found, idea_id),
    FIELD(REF, struct found, proposal_id),      FIELD(REF, struct found, person_id),
    FIELD(INT, struct found, number),           FIELD(INT, struct found, at),
    WORDS(post_kind_names, struct found, kind), FIELD(TEXT, struct found, title),
    FIELD(TEXT, struct found, passage),         FIELD_END,
};

static void bind_within(struct stmt *s, const struct search_within *within)
{
    stmt_bind_int(s, "forum_id", within->forum);
    stmt_bind_text(s, "state", within->state);
    stmt_bind_int(s, "since", within->since);
    stmt_bind_int(s, "until", within->until);
}

GPtrArray *search_posts(struct db *db, const char *expression, const struct search_within *within, row_id before, gint64 most,
                        struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SEARCH_POSTS, e);
    static const char begin[] = {FOUND_BEGIN, '\0'}, end[] = {FOUND_END, '\0'};

    stmt_bind_text(s, "expression", expression);
    stmt_bind_text(s, "begin", begin);
    stmt_bind_text(s, "end", end);
    bind_within(s, within);
    stmt_bind_text(s, "language", within->language);
    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "most", most);
    return row_list(s, found_fields, sizeof(struct found), (GDestroyNotify)found_free, e);
}

GArray *search_newest(struct db *db, const char *expression, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SEARCH_NEWEST, e);

    stmt_bind_text(s, "expression", expression);
    stmt_bind_int(s, "most", most);
    return row_ids(s, e);
}

bool search_is_public(struct db *db, row_id idea, bool *public_out, struct err *e)
{
    gint64 found = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_SEARCH_IDEA_IS_PUBLIC, e);

    stmt_bind_int(s, "id", idea);
    bool ok = stmt_run_int(s, &found, e);
    *public_out = found != 0;
    return ok;
}

GPtrArray *search_titles(struct db *db, const char *expression, const struct search_within *within, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SEARCH_TITLES, e);

    stmt_bind_text(s, "expression", expression);
    bind_within(s, within);
    stmt_bind_int(s, "most", most);
    return row_list(s, idea_fields, sizeof(struct idea), (GDestroyNotify)idea_free, e);
}
