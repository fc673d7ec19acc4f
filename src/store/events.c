/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of event; see events.h. hash = SHA-256(hash of the row before || this row's fields), the first row's "hash
 * before" being 32 zero bytes. The fields are written one after the other, numbers in decimal, texts with their
 * length before them, so that no two different rows give the same bytes (an actor only where there is one, at the end). The end
 * of the chain is read once a transaction: ONE WRITER AT A TIME (engine.h), so nobody else can add to it meanwhile.
 */
#include "store/events.h"

#include "base/digest.h"
#include "base/limits.h"
#include "store/db_private.h"
#include "store/rows.h"

#include <string.h>

static void add_text(GString *out, const char *text)
{
    if (text == NULL)
        g_string_append_c(out, '-');
    else
        g_string_append_printf(out, "%" G_GSIZE_FORMAT ":%s", strlen(text), text);
}

#define NUMBER "%" G_GINT64_FORMAT " "

static void hash_event(const guint8 *before, const struct event *ev, guint8 *hash_out)
{
    g_autoptr(GString) row = g_string_sized_new(256);

    g_string_append_len(row, (const char *)before, DIGEST_BYTES);
    g_string_append_printf(row, NUMBER NUMBER NUMBER NUMBER NUMBER NUMBER NUMBER NUMBER NUMBER, ev->id, ev->at, ev->about.message,
                           ev->about.person, ev->about.forum, ev->about.idea, ev->about.post, ev->about.hold, ev->notice_id);
    add_text(row, ev->kind);
    add_text(row, ev->detail);
    if (ev->actor != NULL) /* lines without one have the hash they had before there were actors */
        add_text(row, ev->actor);
    digest_sha256(row->str, row->len, hash_out);
}

static bool find_end(struct db *db, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_EVENT_LAST, e);
    enum step step = stmt_step(s, e);

    db->chain_id = 0;
    memset(db->chain, 0, DIGEST_BYTES);
    if (step == STEP_ROW) {
        g_autoptr(GBytes) hash = stmt_bytes(s, "hash");
        if (hash == NULL || g_bytes_get_size(hash) != DIGEST_BYTES)
            return err_set(e, ERR_CONFIG, "%s: the journal's last hash is damaged", db_path(db));
        memcpy(db->chain, g_bytes_get_data(hash, NULL), DIGEST_BYTES);
        db->chain_id = stmt_int(s, "id");
    }
    db->is_chain_known = step != STEP_FAILED;
    return db->is_chain_known;
}

/* A line can never be changed, so it must not hold what may have to be deleted: no address, no sentence of anybody's. */
static bool is_impersonal(const char *detail)
{
    return detail == NULL || (strlen(detail) <= LIMIT_EVENT_DETAIL_BYTES && strpbrk(detail, "@\n") == NULL);
}

bool events_add(struct db *db, const struct event *ev, struct err *e)
{
    struct event row = *ev; /* borrows ev's texts */
    guint8 hash[DIGEST_BYTES];

    if (!row_needs_transaction(db, e) || (!db->is_chain_known && !find_end(db, e)))
        return false;
    row.id = db->chain_id + 1;
    row.actor = row.actor != NULL ? row.actor : db->actor;
    if (!is_impersonal(row.detail))
        row.detail = "(not kept here)";
    hash_event(db->chain, &row, hash);
    stmt_auto struct stmt *s = stmt_use(db, SQL_EVENT_ADD, e);
    stmt_bind_row(s, event_fields, &row);
    stmt_bind_bytes(s, "hash", hash, sizeof(hash));
    if (!stmt_run(s, e))
        return false;
    memcpy(db->chain, hash, sizeof(hash));
    db->chain_id = row.id;
    return true;
}

bool events_each(struct db *db, row_id message, row_id idea, events_each_fn *each, void *user, struct err *e)
{
    enum sql id = message != 0 ? SQL_EVENT_OF_MESSAGE : idea != 0 ? SQL_EVENT_OF_IDEA : SQL_EVENT_ALL;
    stmt_auto struct stmt *s = stmt_use(db, id, e);

    if (message != 0)
        stmt_bind_int(s, "message_id", message);
    else if (idea != 0)
        stmt_bind_int(s, "idea_id", idea);
    return row_each(s, event_fields, sizeof(struct event), (GDestroyNotify)event_free, (row_each_fn *)each, user, e);
}

bool events_has_earlier(struct db *db, const struct event *ev, bool *has_out, struct err *e)
{
    gint64 found = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_EVENT_EARLIER, e);

    stmt_bind_int(s, "idea_id", ev->about.idea);
    stmt_bind_text(s, "kind", ev->kind);
    stmt_bind_int(s, "id", ev->id);
    bool ok = stmt_run_int(s, &found, e);
    *has_out = found != 0;
    return ok;
}

bool events_after(struct db *db, row_id after, events_each_fn *each, void *user, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_EVENT_AFTER, e);

    stmt_bind_int(s, "id", after);
    return row_each(s, event_fields, sizeof(struct event), (GDestroyNotify)event_free, (row_each_fn *)each, user, e);
}

row_id events_last(struct db *db, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_EVENT_LAST, e);
    enum step step = stmt_step(s, e);

    return step == STEP_FAILED ? -1 : step == STEP_ROW ? stmt_int(s, "id") : 0;
}

char *events_hash(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_EVENT_HASH, e);

    stmt_bind_int(s, "id", id);
    if (stmt_step(s, e) != STEP_ROW)
        return NULL;
    g_autoptr(GBytes) hash = stmt_bytes(s, "hash");
    GString *hex = g_string_new(NULL);
    for (gsize i = 0; hash != NULL && i < g_bytes_get_size(hash); i++)
        g_string_append_printf(hex, "%02x", ((const guint8 *)g_bytes_get_data(hash, NULL))[i]);
    return g_string_free(hex, FALSE);
}

struct link { /* an event and its hash, as stored */
    struct event event;
    GBytes *hash;
};

static void read_link(struct stmt *s, struct link *l)
{
    l->event = (struct event){
        .id = stmt_int(s, "id"),
        .at = stmt_int(s, "at"),
        .kind = g_strdup(stmt_text(s, "kind")),
        .about.message = stmt_int(s, "message_id"),
        .about.person = stmt_int(s, "person_id"),
        .about.forum = stmt_int(s, "forum_id"),
        .about.idea = stmt_int(s, "idea_id"),
        .about.post = stmt_int(s, "post_id"),
        .about.hold = stmt_int(s, "hold_id"),
        .notice_id = stmt_int(s, "notice_id"),
        .detail = g_strdup(stmt_text(s, "detail")),
        .actor = g_strdup(stmt_text(s, "actor")),
    };
    l->hash = stmt_bytes(s, "hash");
}

static bool fits(const struct link *l, gint64 id, guint8 *chain)
{
    guint8 hash[DIGEST_BYTES];

    hash_event(chain, &l->event, hash);
    memcpy(chain, hash, sizeof(hash));
    return l->event.id == id && l->hash != NULL && g_bytes_get_size(l->hash) == sizeof(hash) &&
           memcmp(g_bytes_get_data(l->hash, NULL), hash, sizeof(hash)) == 0;
}

bool events_verify(struct db *db, row_id *broken_out, struct err *e)
{
    guint8 chain[DIGEST_BYTES] = {0};
    stmt_auto struct stmt *s = stmt_use(db, SQL_EVENT_CHAIN, e);
    enum step step;

    *broken_out = 0;
    for (gint64 id = 1; (step = stmt_step(s, e)) == STEP_ROW; id++) {
        struct link l;
        read_link(s, &l);
        bool ok = fits(&l, id, chain);
        if (!ok)
            *broken_out = l.event.id;
        row_text_free(l.event.kind);
        row_text_free(l.event.detail);
        row_text_free(l.event.actor);
        g_clear_pointer(&l.hash, g_bytes_unref);
        if (!ok)
            return true;
    }
    return step == STEP_DONE;
}
