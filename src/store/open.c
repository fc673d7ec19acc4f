/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening the database: made when there is none, brought along when it is older; see db.h.
 */
#include "store/db_private.h"

#include "store/migrate.h"

struct db *db_open(const char *path, enum db_mode mode, struct err *e)
{
    db_auto db = g_new0(struct db, 1);

    db->path = g_strdup(path);
    db->unindexed = g_array_new(FALSE, FALSE, sizeof(gint64));
    db->unindexed_marks = g_array_new(FALSE, FALSE, sizeof(guint));
    db->engine = engine_open(path, mode, e);
    if (db->engine == NULL || !migrate(db, &schema_ours, mode != DB_READ, e))
        return NULL;
    return g_steal_pointer(&db);
}
