/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An address of a socket as the configuration writes it (base/conf_endpoint.h), read into what bind and connect take.
 * Used by the LMTP server and the SMTP client.
 */
#pragma once

#include "base/err.h"

#include <stdbool.h>
#include <sys/socket.h>

struct endpoint {
    struct sockaddr_storage address;
    socklen_t length;
    guint16 port; /* 0 for unix */
};

/* ADDRESS may be a name ("inet:localhost:10024") or numeric, IPv6 in brackets; a name is resolved here and
 * now. False with a sentence (ERR_CONFIG; ERR_LATER if a name cannot be resolved now). */
bool endpoint_parse(const char *text, struct endpoint *endpoint_out, struct err *e);
bool endpoint_is_unix(const struct endpoint *endpoint);
