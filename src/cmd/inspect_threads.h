/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `forumpost inspect --threads FILE.mbox`: one JSON line a message, who answers whom. Called from inspect.c.
 */
#pragma once

#include <stdio.h>

/* Reads headers only, streaming; returns the exit code and has said on stderr what was wrong with PATH. USER: the
 * guint64 for threads_new(). */
int inspect_threads(void *user, FILE *in, FILE *out, const char *path);
