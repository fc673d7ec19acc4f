/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The doors: one function a subcommand, each in its own file, all in the one table of main.c.
 */
#pragma once

#include <glib.h>

struct cmd_context {
    const char *config_path; /* -c FILE or FORUMPOST_CONF, NULL if neither was given */
};

/* ARGV[0] is the subcommand's name; ARGV is NULL-terminated and may be changed by GOption. Returns the exit code. */
typedef int cmd_fn(const struct cmd_context *context, int argc, char **argv);
