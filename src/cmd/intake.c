/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost intake: the process that takes mail by LMTP, in the foreground.
 */
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/in/intake.h"
#include "flow/notify.h"

static void on_ready(void *user)
{
    (void)user;
    notify_ready();
}

static bool run(struct door *d, struct err *e)
{
    return intake_run(&d->settings, on_ready, NULL, e);
}

static const struct door_verb verbs[] = {
    {"", "", "", DOOR_SETTINGS | DOOR_SERVES, run, "see forumpost-intake(8)"},
    {0},
};
static const struct door_spec spec = {"intake", "Takes mail by LMTP (RFC 2033) until SIGTERM.", verbs, NULL};

int cmd_intake(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
