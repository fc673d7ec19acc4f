/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost init: makes the database and the spool; twice is harmless.
 */
#include "base/clock.h"
#include "base/token.h"
#include "cmd/actor.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/spool.h"
#include "store/events.h"
#include "store/installation.h"

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
    struct event ev = {.at = fresh.created_at, .kind = "installation.made"};
    token_new_key(fresh.token_key);
    return db_begin(db, e) && installation_put(db, &fresh, e) && events_add(db, &ev, e) && db_commit(db, e);
}

static bool init(struct door *d, struct err *e)
{
    const struct settings *s = &d->settings;
    g_autofree char *actor = actor_name();

    if (!spool_init(s->storage_spool, e))
        return false;
    db_auto db = db_open(s->storage_database, DB_CREATE, e);
    if (db == NULL)
        return false;
    db_set_actor(db, actor);
    if (!make_installation(db, e))
        return false;
    door_say(d, "%s and %s are ready", s->storage_database, s->storage_spool);
    return true;
}

static const struct door_verb verbs[] = {
    {"", "", "", DOOR_SETTINGS, init, "twice is harmless"},
    {0},
};
static const struct door_spec spec = {"init", "Makes the database and the spool that forumpost.conf names.", verbs, NULL};

int cmd_init(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
