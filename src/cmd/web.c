/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost web: the process that answers browsers.
 */
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/notify.h"
#include "page/web.h"

static void on_ready(void *user)
{
    (void)user;
    notify_ready();
}

static bool run(struct door *d, struct err *e)
{
    return web_run(&d->settings, on_ready, NULL, e);
}

static const struct door_verb verbs[] = {
    {"", "", "", DOOR_SETTINGS | DOOR_SERVES, run, NULL},
    {0},
};
static const struct door_spec spec = {"web",
                                      "Answers browsers at [web] listen, until SIGTERM; a web server stands in front of it.",
                                      verbs, NULL};

int cmd_web(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
