/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A connected libetpan stream to an endpoint, TCP or unix.
 */
#pragma once

#include "base/err.h"
#include "wire/endpoint.h"

#include <libetpan/mailstream_types.h>

/* Waits for the connection, LIMIT_SMTP_TIMEOUT_S at most. NULL: ERR_LATER. The stream's reads and writes have
 * the same time limit each. */
mailstream *smtp_dial(const struct endpoint *endpoint, struct err *e);
/* Acknowledges at once what was read. A relay that writes its replies one by one under Nagle's algorithm
 * waits for that before it says the next, and the kernel would delay it by 40 ms. Linux forgets it, so it is
 * said after each read. */
void smtp_dial_acknowledge(int fd);
