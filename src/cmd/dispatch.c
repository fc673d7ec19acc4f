/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost dispatch: the process that sends what is owed; --once sends what is due and ends.
 */
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/out/dispatch.h"
#include "flow/notify.h"

#include <stdio.h>

static void on_ready(void *user)
{
    (void)user;
    notify_ready();
}

static bool run(struct door *d, struct err *e)
{
    bool once = door_has(d, "once");
    gint64 n_sent = 0;

    if (!dispatch_run(&d->settings, once ? DISPATCH_ONCE : DISPATCH_SERVE, on_ready, NULL, &n_sent, e))
        return false;
    if (once)
        printf("%" G_GINT64_FORMAT " sent\n", n_sent);
    return true;
}

static const struct door_option options[] = {
    {"once", DOOR_FLAG, NULL, "send what is due, then end", 0, 0, 0},
    {0},
};
static const struct door_verb verbs[] = {
    {"", "", "once", DOOR_SETTINGS | DOOR_SERVES, run, NULL},
    {0},
};
static const struct door_spec spec = {"dispatch", "Sends the mails we owe through the relay, until SIGTERM.", verbs, options};

int cmd_dispatch(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
