/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of topic and proposal_topic; see topics.h.
 */
#include "store/topics.h"

#include "store/rows.h"

#include <string.h>

static const char *const kinds[] = {"field", "goal", "phase"};
static const struct field fields[] = {
    FIELD(TEXT, struct topic, name),   FIELD(TEXT, struct topic, language),   FIELD(TEXT, struct topic, title),
    FIELD(INT, struct topic, n_ideas), FIELD(INT, struct topic, n_proposals), FIELD_END,
};

void topic_free(struct topic *t)
{
    g_free(t->name);
    g_free(t->language);
    g_free(t->title);
    g_free(t);
}

bool topics_put(struct db *db, enum topic_kind kind, const char *name, const char *language, const char *title, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_TOPIC_PUT, e);

    stmt_bind_text(s, "kind", kinds[kind]);
    stmt_bind_text(s, "name", name);
    stmt_bind_text(s, "language", language);
    stmt_bind_text(s, "title", title);
    return stmt_run(s, e);
}

GPtrArray *topics_all(struct db *db, enum topic_kind kind, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_TOPIC_ALL, e);

    stmt_bind_text(s, "kind", kinds[kind]);
    return row_list(s, fields, sizeof(struct topic), (GDestroyNotify)topic_free, e);
}

bool topics_has(struct db *db, enum topic_kind kind, const char *name, bool *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_TOPIC_EXISTS, e);
    gint64 found = 0;

    stmt_bind_text(s, "kind", kinds[kind]);
    stmt_bind_text(s, "name", name);
    bool ok = stmt_run_int(s, &found, e);
    *out = found != 0;
    return ok;
}

bool topics_serve(struct db *db, row_id proposal, enum topic_kind kind, const char *name, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_TOPIC_SERVE, e);

    stmt_bind_int(s, "proposal_id", proposal);
    stmt_bind_text(s, "kind", kinds[kind]);
    stmt_bind_text(s, "name", name);
    return stmt_run(s, e);
}

GPtrArray *topics_of_proposal(struct db *db, row_id proposal, enum topic_kind kind, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_TOPIC_OF_PROPOSAL, e);

    stmt_bind_int(s, "proposal_id", proposal);
    stmt_bind_text(s, "kind", kinds[kind]);
    return row_list(s, fields, sizeof(struct topic), (GDestroyNotify)topic_free, e);
}

const char *topic_title(const GPtrArray *topics, const char *name, const char *language)
{
    const char *any = NULL;

    for (guint i = 0; i < topics->len; i++) {
        const struct topic *t = topics->pdata[i];
        if (strcmp(t->name, name) != 0)
            continue;
        if (strcmp(t->language, language) == 0)
            return t->title;
        any = any != NULL ? any : t->title;
    }
    return any;
}
