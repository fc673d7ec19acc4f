/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See channels.h.
 */
#include "store/channels.h"

#include "store/rows.h"

static const struct field channel_fields[] = {
    FIELD(TEXT, struct channel, name),  FIELD(INT, struct channel, event_id), FIELD(INT, struct channel, n_tries),
    FIELD(INT, struct channel, try_at), FIELD(TEXT, struct channel, said),    FIELD_END,
};

void channel_free(struct channel *x)
{
    if (x == NULL)
        return;
    row_text_free(x->name);
    row_text_free(x->said);
    g_free(x);
}

struct channel *channels_get(struct db *db, const char *name, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_CHANNEL_GET, e);

    stmt_bind_text(s, "name", name);
    return row_find(s, channel_fields, sizeof(struct channel), e);
}

bool channels_put(struct db *db, const struct channel *x, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_CHANNEL_PUT, e);

    stmt_bind_row(s, channel_fields, x);
    return stmt_run(s, e);
}
