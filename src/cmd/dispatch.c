/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost dispatch: the process that sends what is owed; --once sends what is due and ends.
 */
#include "base/log.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/dispatch.h"
#include "flow/notify.h"

#include <stdio.h>

static void on_ready(void *user)
{
    (void)user;
    notify_ready();
}

int cmd_dispatch(const struct cmd_context *context, int argc, char **argv)
{
    gboolean once = FALSE;
    const GOptionEntry entries[] = {{"once", 0, 0, G_OPTION_ARG_NONE, &once, "send what is due, then end", NULL},
                                    G_OPTION_ENTRY_NULL};
    settings_auto struct settings settings = {0};
    err_auto struct err e = {0};
    gint64 n_sent = 0;
    int code;

    if (!door_options(&argc, &argv, "", "Sends the mails we owe through the relay, until SIGTERM.", entries, &code))
        return code;
    if (!settings_load(context->config_path, &settings, &e))
        return door_fail("dispatch", &e);
    log_setup((enum log_level)settings.log_level, "dispatch");
    bool ok = dispatch_run(&settings, once ? DISPATCH_ONCE : DISPATCH_SERVE, on_ready, NULL, &n_sent, &e);
    if (once)
        printf("%" G_GINT64_FORMAT " sent\n", n_sent);
    return ok ? 0 : door_fail("dispatch", &e);
}
