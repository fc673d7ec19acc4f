/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `inspect` reads what strangers wrote, with the rights of whoever typed it: so each file is read in a process of its own
 * that has given up all of them, as the readers of intake have, and whose output is passed on.
 */
#pragma once

#include <glib.h>
#include <stdio.h>

struct inspect_work {
    /* Reads IN and writes to OUT; its exit code. Runs in the child. */
    int (*run)(void *user, FILE *in, FILE *out, const char *path);
    void *user;
    gint64 memory_bytes, cpu_s;
};

/* Does WORK on the file at PATH ("-": standard input). What was written goes to our standard output; an exit code, with a
 * sentence on standard error if the file cannot be opened or the child dies of it. */
int inspect_child(const struct inspect_work *work, const char *path);
