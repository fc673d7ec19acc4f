/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A listening socket from "unix:PATH" or "inet:ADDRESS:PORT": the file's mode, the stale file, the port that
 * must not be.
 */
#pragma once

#include "base/err.h"
#include "wire/endpoint.h"

#include <stdbool.h>

struct bound {
    int fd; /* non-blocking, listening, close-on-exec */
    struct endpoint endpoint;
    guint16 port;  /* that was really bound; 0 for unix */
    guint64 inode; /* of the socket's file, to know it again; 0 for inet */
};

/* False with a sentence in E. MODE is for unix. A unix socket's file that nobody answers on is replaced; a
 * file of another kind, or a socket that answers, is left alone and refused. */
bool bound_open(const char *address, guint mode, struct bound *bound_out, struct err *e);
/* Allows N_CONNECTIONS open files, and some beside them, as far as the system lets us: the default is 1,024. */
void bound_raise_files(guint n_connections);
/* Closes, and removes the file if it is still ours. Harmless on a zeroed one with fd -1. */
void bound_close(struct bound *bound);
