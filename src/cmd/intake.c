/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost intake: the process that takes mail by LMTP, in the foreground.
 */
#include "base/log.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/intake.h"
#include "flow/notify.h"

static void on_ready(void *user)
{
    (void)user;
    notify_ready();
}

int cmd_intake(const struct cmd_context *context, int argc, char **argv)
{
    settings_auto struct settings settings = {0};
    err_auto struct err e = {0};
    int code;

    if (!door_options(&argc, &argv, "", "Takes mail by LMTP (RFC 2033) until SIGTERM; forumpost-intake(8).", NULL, &code))
        return code;
    if (!settings_load(context->config_path, &settings, &e))
        return door_fail("intake", &e);
    log_setup((enum log_level)settings.log_level, "intake");
    return intake_run(&settings, on_ready, NULL, &e) ? 0 : door_fail("intake", &e);
}
