/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost init: makes the database and the spool; twice is harmless.
 */
#include "base/clock.h"
#include "base/token.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/spool.h"
#include "store/installation.h"

#include <stdio.h>

static bool make_installation(struct db *db, struct err *e)
{
    struct installation *there = installation_get(db, e);

    if (there != NULL) {
        installation_free(there);
        return true;
    }
    if (e->kind != ERR_NONE)
        return false;
    g_autofree char *instance = token_random(16);
    struct installation fresh = {.instance = instance, .created_at = clock_now()};
    token_new_key(fresh.token_key);
    return db_begin(db, e) && installation_put(db, &fresh, e) && db_commit(db, e);
}

int cmd_init(const struct cmd_context *context, int argc, char **argv)
{
    settings_auto struct settings settings = {0};
    err_auto struct err e = {0};
    int code;

    if (!door_options(&argc, &argv, "", "Makes the database and the spool that forumpost.conf names; twice is harmless.",
                      NULL, &code))
        return code;
    if (!settings_load(context->config_path, &settings, &e))
        return door_fail("init", &e);
    if (!spool_init(settings.storage_spool, &e))
        return door_fail("init", &e);
    db_auto db = db_open(settings.storage_database, DB_CREATE, &e);
    if (db == NULL || !make_installation(db, &e))
        return door_fail("init", &e);
    printf("%s and %s are ready\n", settings.storage_database, settings.storage_spool);
    return 0;
}
