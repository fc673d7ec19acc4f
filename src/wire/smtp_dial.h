/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A connected libetpan stream to an endpoint, TCP or unix.
 */
#pragma once

#include "base/err.h"
#include "wire/endpoint.h"

#include <libetpan/mailstream_types.h>

/* Waits for the connection, LIMIT_SMTP_TIMEOUT_S at most. NULL: ERR_LATER. The stream's reads and writes have the same
 * time limit each. */
mailstream *smtp_dial(const struct endpoint *endpoint, struct err *e);
