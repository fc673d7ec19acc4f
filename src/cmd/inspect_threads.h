/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `forumpost inspect --threads FILE.mbox`: one JSON line a message, who answers whom. Called from inspect.c.
 */
#pragma once

/* PATH may be "-". Reads headers only, streaming; returns the exit code and has said on stderr what was
 * wrong. */
int inspect_threads(const char *path);
