/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A libetpan stream to an endpoint, TCP or unix, of which nothing ever waits: its own reads and writes would, up to its
 * time limit, so they are called only when the socket is ready.
 */
#pragma once

#include "base/err.h"
#include "wire/endpoint.h"

#include <libetpan/mailstream_types.h>
#include <sys/types.h>

/* Begins to connect; the socket can be written to when that has ended, well or not. NULL: ERR_LATER. */
mailstream *smtp_dial(const struct endpoint *endpoint, struct err *e);
/* How it ended: 0 or an errno. */
int smtp_dial_result(int fd);
/* Which of EVENTS (poll(2)) can be done at once. A socket that has broken can be read from. */
short smtp_dial_ready(int fd, short events);
/* What comes and what goes, when smtp_dial_ready() has said so: bytes, 0 for none, -1 when the connection has ended. */
gssize smtp_dial_read(mailstream *stream, char *to, gsize n_room);
gssize smtp_dial_write(mailstream *stream, const char *from, gsize n);
/* Acknowledges at once what was read. A relay that writes its replies one by one under Nagle's algorithm
 * waits for that before it says the next, and the kernel would delay it by 40 ms. Linux forgets it, so it is
 * said after each read. */
void smtp_dial_acknowledge(int fd);
