/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost serve: intake, dispatch, clock and web under one roof, in the foreground.
 */
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/notify.h"
#include "flow/serve/serve.h"

#include <stdio.h>

static void on_ready(void *user)
{
    const struct settings *settings = user;
    g_autofree char *listen = conf_endpoint_text(&settings->intake_listen);

    printf("ready: takes mail for %s by LMTP on %s, sends through %s", settings->initiative_domain, listen,
           settings->dispatch_relay);
    if (conf_endpoint_is_set(&settings->web_listen)) {
        g_autofree char *web = conf_endpoint_text(&settings->web_listen);
        printf(", answers browsers on %s", web);
    }
    putchar('\n');
    fflush(stdout);
    notify_ready();
}

static bool run(struct door *d, struct err *e)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);

    if (program == NULL)
        return err_set(e, ERR_CONFIG, "/proc is not mounted, so the program cannot find itself");
    return serve_run(&d->settings, program, on_ready, &d->settings, e);
}

static const struct door_verb verbs[] = {
    {"", "", "", DOOR_SETTINGS | DOOR_SERVES, run, NULL},
    {0},
};
static const struct door_spec spec = {"serve",
                                      "Runs intake, dispatch, clock and, where [web] listen is set, web until SIGTERM or Ctrl-C.",
                                      verbs, NULL};

int cmd_serve(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}
