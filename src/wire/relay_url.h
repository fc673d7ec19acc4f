/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A relay that is reached through TLS, as the configuration writes it: smtps://HOST (TLS at once, port 465) or
 * smtp://HOST (STARTTLS, port 587), with USER@ and :PORT where they are wanted. A user's name may itself hold an @ and
 * bytes written as %40. No password: that stands in a file of its own.
 */
#pragma once

#include "base/err.h"

struct relay_url {
    bool is_tls_at_once; /* smtps; else STARTTLS, without which nothing is said */
    char *user;          /* NULL: nobody logs in */
    char *host;          /* without brackets */
    guint16 port;
};

/* Is TEXT meant to be one? Else it is "unix:PATH" or "inet:ADDRESS:PORT". */
bool relay_url_is(const char *text);
/* False with a sentence (ERR_CONFIG); *OUT is empty then. */
bool relay_url_parse(const char *text, struct relay_url *out, struct err *e);
void relay_url_clear(struct relay_url *u);
