/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost serve: intake, dispatch and clock under one roof, in the foreground.
 */
#include "base/log.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/notify.h"
#include "flow/serve.h"

#include <stdio.h>

static void on_ready(void *user)
{
    const struct settings *settings = user;
    g_autofree char *listen = conf_endpoint_text(&settings->intake_listen);
    g_autofree char *relay = conf_endpoint_text(&settings->dispatch_relay);

    printf("ready: takes mail for %s by LMTP on %s, sends through %s\n", settings->initiative_domain, listen, relay);
    fflush(stdout);
    notify_ready();
}

int cmd_serve(const struct cmd_context *context, int argc, char **argv)
{
    settings_auto struct settings settings = {0};
    err_auto struct err e = {0};
    g_autoptr(GError) error = NULL;
    int code;

    if (!door_options(&argc, &argv, "", "Runs intake, dispatch and clock until SIGTERM or Ctrl-C.", NULL, &code))
        return code;
    if (!settings_load(context->config_path, &settings, &e))
        return door_fail("serve", &e);
    log_setup((enum log_level)settings.log_level, "serve");
    g_autofree char *program = g_file_read_link("/proc/self/exe", &error);
    if (program == NULL)
        return door_usage("serve", "/proc is not mounted, so the program cannot find itself");
    return serve_run(&settings, program, on_ready, &settings, &e) ? 0 : door_fail("serve", &e);
}
