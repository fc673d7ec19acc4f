/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One POST to somebody else's web server, by libcurl. Certificates are verified, nothing is read from the environment, no redirect is
 * followed: whoever runs that server must not choose where we connect. So a name that leads to an address of a private network, or
 * of this machine, is refused as well, unless the URL itself says that address (or localhost).
 */
#pragma once

#include "base/err.h"

#include <glib.h>

struct web_post {
    const char *url;            /* http: or https: */
    const char *const *headers; /* "Name: value", ended by NULL */
    const char *body;           /* text */
    const char *ca_file;        /* certificates that are believed; "": the system's */
    guint timeout_s;            /* 0: LIMIT_NEWS_POST_S */
};

/* *STATUS_OUT: of the answer. False: ERR_LATER and half a sentence; no answer came. It may have got there all the same. */
bool web_post_send(const struct web_post *p, long *status_out, struct err *e);
/* May a connection go to ADDRESS (a struct sockaddr)? False: of a private network, of this machine, or of nobody's. Pure. */
bool web_post_is_public(const void *address);
