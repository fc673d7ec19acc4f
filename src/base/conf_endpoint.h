/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one grammar of socket addresses: "unix:PATH", "inet:ADDRESS:PORT", an IPv6 address in brackets. Looks nothing up.
 */
#pragma once

#include "base/err.h"

struct conf_endpoint {
    char *path; /* of a unix socket; NULL: inet */
    char *host; /* IPv4, IPv6 (without brackets) or a host's name; NULL: unix */
    guint16 port;
};

/* PATH may be relative, PORT 0 (the system chooses). False and ERR_INPUT, with what to write instead. */
bool conf_endpoint_parse(const char *text, struct conf_endpoint *endpoint_out, struct err *e);
void conf_endpoint_clear(struct conf_endpoint *endpoint);
bool conf_endpoint_is_set(const struct conf_endpoint *endpoint);
/* As it would be written in the file, "" of none. Caller frees. */
char *conf_endpoint_text(const struct conf_endpoint *endpoint);

/* `conf_endpoint_auto struct conf_endpoint a = {0};` */
#define conf_endpoint_auto __attribute__((cleanup(conf_endpoint_clear)))
