/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of bounce, trouble and destination, and what an address has of them; see bounces.h.
 */
#include "store/bounces.h"

#include "base/limits.h"
#include "store/rows.h"

#define FAR 20 /* other mails between those of a run: so many times as many are looked at */

static const struct field bounce_fields[] = {
    FIELD(INT, struct bounce, id),
    FIELD(INT, struct bounce, at),
    WORDS(bounce_kind_names, struct bounce, kind),
    WORDS(bounce_deed_names, struct bounce, deed),
    FIELD(SMALL, struct bounce, stream),
    FIELD(INT, struct bounce, notice_id),
    FIELD(REF, struct bounce, person_id),
    FIELD(TEXT, struct bounce, address),
    FIELD(TEXT, struct bounce, domain),
    FIELD(REF, struct bounce, message_id),
    FIELD(TEXT, struct bounce, status),
    FIELD(TEXT, struct bounce, said),
    FIELD(REF, struct bounce, undone_at),
    FIELD_END,
};
static const struct field state_fields[] = {
    FIELD(INT, struct bounce_state, points),
    FIELD(REF, struct bounce_state, bounced_at),
    FIELD(REF, struct bounce_state, suspended_at),
    FIELD(REF, struct bounce_state, probe_at),
    FIELD(REF, struct bounce_state, probed_at),
    FIELD(REF, struct bounce_state, complained_at),
    FIELD_END,
};
static const struct field probe_fields[] = {
    FIELD(TEXT, struct probe, address),
    FIELD(TEXT, struct probe, written),
    FIELD(REF, struct probe, person_id),
    {"points", FIELD_INT, offsetof(struct probe, state.points), NULL},
    {"bounced_at", FIELD_REF, offsetof(struct probe, state.bounced_at), NULL},
    {"suspended_at", FIELD_REF, offsetof(struct probe, state.suspended_at), NULL},
    {"probe_at", FIELD_REF, offsetof(struct probe, state.probe_at), NULL},
    {"probed_at", FIELD_REF, offsetof(struct probe, state.probed_at), NULL},
    {"complained_at", FIELD_REF, offsetof(struct probe, state.complained_at), NULL},
    FIELD_END,
};
static const struct field destination_fields[] = {
    FIELD(TEXT, struct destination, domain),      FIELD(INT, struct destination, paused_at),
    FIELD(INT, struct destination, paused_until), FIELD(INT, struct destination, n_pauses),
    FIELD(TEXT, struct destination, said),        FIELD_END,
};

void bounce_free(struct bounce *b)
{
    if (b == NULL)
        return;
    row_text_free(b->address);
    row_text_free(b->domain);
    row_text_free(b->status);
    row_text_free(b->said);
    g_free(b);
}

void probe_free(struct probe *p)
{
    if (p == NULL)
        return;
    row_text_free(p->address);
    row_text_free(p->written);
    g_free(p);
}

void destination_free(struct destination *d)
{
    if (d == NULL)
        return;
    row_text_free(d->domain);
    row_text_free(d->said);
    g_free(d);
}

bool bounces_add(struct db *db, const struct bounce *b, row_id *id_out, struct err *e)
{
    row_id id = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_BOUNCE_ADD, e);

    stmt_bind_row(s, bounce_fields, b);
    bool ok = stmt_run_insert(s, &id, e);
    if (id_out != NULL)
        *id_out = id;
    return ok;
}

struct bounce *bounces_by_id(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_BOUNCE_BY_ID, e);

    stmt_bind_int(s, "id", id);
    return row_find(s, bounce_fields, sizeof(struct bounce), e);
}

bool bounces_each(struct db *db, bounces_each_fn *each, void *user, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_BOUNCE_ALL, e);

    return row_each(s, bounce_fields, sizeof(struct bounce), (GDestroyNotify)bounce_free, (row_each_fn *)each, user, e);
}

GPtrArray *bounces_of(struct db *db, const char *address, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_BOUNCE_OF_ADDRESS, e);

    stmt_bind_text(s, "address", address);
    return row_list(s, bounce_fields, sizeof(struct bounce), (GDestroyNotify)bounce_free, e);
}

static gint64 count(struct stmt *s, const char *domain, gint64 since, gint64 most, struct err *e)
{
    gint64 n = 0;

    stmt_bind_text(s, "domain", domain);
    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "most", most);
    return stmt_run_int(s, &n, e) ? n : -1;
}

gint64 bounces_count_deed(struct db *db, const char *domain, enum bounce_deed deed, gint64 since, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_BOUNCE_COUNT_DEED, e);

    stmt_bind_word(s, "deed", bounce_deed_names, (int)deed);
    return count(s, domain, since, LIMIT_BOUNCE_DOMAIN_DAY, e);
}

gint64 bounces_count_refused(struct db *db, const char *domain, enum bounce_kind kind, gint64 since, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_BOUNCE_COUNT_REFUSED, e);

    stmt_bind_word(s, "kind", bounce_kind_names, (int)kind);
    return count(s, domain, since, LIMIT_DOMAIN_REFUSALS, e);
}

bool bounces_unknown(struct db *db, row_id issue, row_id notice, gint64 most, gint64 *n_last_out, gint64 *n_unknown_out,
                     struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_BOUNCE_UNKNOWN, e);

    stmt_bind_int(s, "issue_id", issue);
    stmt_bind_int(s, "notice_id", notice);
    stmt_bind_int(s, "most", most);
    stmt_bind_int(s, "far", FAR * most);
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    *n_last_out = stmt_int(s, "n_last");
    *n_unknown_out = stmt_int(s, "n_unknown");
    return stmt_run(s, e);
}

bool bounces_undo(struct db *db, const char *address, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_BOUNCE_UNDO, e);

    stmt_bind_text(s, "address", address);
    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

bool bounces_erase(struct db *db, row_id person, const char *address, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_BOUNCE_ERASE, e);
    stmt_auto struct stmt *trouble = stmt_use(db, SQL_TROUBLE_OVER, e);

    stmt_bind_int(s, "person_id", person);
    stmt_bind_text(s, "address", address);
    stmt_bind_text(trouble, "address", address);
    return stmt_run(s, e) && stmt_run(trouble, e);
}

bool bounces_forget(struct db *db, gint64 before, gint64 most, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_BOUNCE_FORGET, e);

    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "most", most);
    return stmt_run_count(s, n_out, e);
}

bool bounces_is_known(struct db *db, const char *address, bool *is_out, struct err *e)
{
    gint64 is = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_TROUBLE_IS_KNOWN, e);

    stmt_bind_text(s, "address", address);
    bool ok = stmt_run_int(s, &is, e);
    *is_out = is != 0;
    return ok;
}

bool bounces_state(struct db *db, const char *address, struct bounce_state *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_TROUBLE_BY_ADDRESS, e);

    *out = (struct bounce_state){0};
    stmt_bind_text(s, "address", address);
    enum step step = stmt_step(s, e);
    if (step == STEP_ROW)
        stmt_read_row(s, state_fields, out);
    return step != STEP_FAILED && stmt_run(s, e);
}

static bool put_state(struct db *db, const char *address, const struct bounce_state *state, struct err *e)
{
    bool is_over = state->points == 0 && state->suspended_at == 0 && state->complained_at == 0;
    stmt_auto struct stmt *s = stmt_use(db, is_over ? SQL_TROUBLE_OVER : SQL_TROUBLE_PUT, e);

    stmt_bind_text(s, "address", address);
    if (!is_over)
        stmt_bind_row(s, state_fields, state);
    return stmt_run(s, e);
}

bool bounces_set_state(struct db *db, const char *address, const struct bounce_state *state, struct err *e)
{
    stmt_auto struct stmt *mirror = stmt_use(db, SQL_TROUBLE_MIRROR, e);

    stmt_bind_text(mirror, "address", address);
    stmt_bind_ref(mirror, "suspended_at", state->suspended_at);
    stmt_bind_ref(mirror, "complained_at", state->complained_at);
    return put_state(db, address, state, e) && stmt_run(mirror, e);
}

GPtrArray *bounces_probes(struct db *db, gint64 now, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_TROUBLE_PROBES, e);

    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "most", most);
    return row_list(s, probe_fields, sizeof(struct probe), (GDestroyNotify)probe_free, e);
}

struct destination *destinations_by_domain(struct db *db, const char *domain, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DESTINATION_BY_DOMAIN, e);

    stmt_bind_text(s, "domain", domain);
    return row_find(s, destination_fields, sizeof(struct destination), e);
}

bool destinations_put(struct db *db, const struct destination *d, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DESTINATION_PUT, e);

    stmt_bind_row(s, destination_fields, d);
    return stmt_run(s, e);
}

GPtrArray *destinations_paused(struct db *db, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DESTINATION_PAUSED, e);

    stmt_bind_int(s, "now", now);
    return row_list(s, destination_fields, sizeof(struct destination), (GDestroyNotify)destination_free, e);
}

bool destinations_forget(struct db *db, gint64 before, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DESTINATION_FORGET, e);

    stmt_bind_int(s, "before", before);
    return stmt_run(s, e);
}
