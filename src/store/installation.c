/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The row of installation; see installation.h.
 */
#include "store/installation.h"

#include "store/rows.h"

#include <string.h>

struct installation *installation_get(struct db *db, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_INSTALLATION_GET, e);

    if (stmt_step(s, e) != STEP_ROW)
        return NULL;
    struct installation *i = g_new0(struct installation, 1);
    g_autoptr(GBytes) key = stmt_bytes(s, "token_key");
    if (key != NULL && g_bytes_get_size(key) == sizeof(i->token_key))
        memcpy(i->token_key, g_bytes_get_data(key, NULL), sizeof(i->token_key));
    i->instance = g_strdup(stmt_text(s, "instance"));
    i->created_at = stmt_int(s, "created_at");
    return i;
}

bool installation_put(struct db *db, const struct installation *i, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_INSTALLATION_PUT, e);

    stmt_bind_bytes(s, "token_key", i->token_key, sizeof(i->token_key));
    stmt_bind_text(s, "instance", i->instance);
    stmt_bind_int(s, "created_at", i->created_at);
    return stmt_run(s, e);
}

void installation_free(struct installation *i)
{
    if (i == NULL)
        return;
    row_text_free(i->instance);
    g_free(i);
}
