/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An HTTP/1.1 server (RFC 9110, 9112) on the default GLib main loop, for a place behind nginx, Caddy or Apache: a unix
 * socket or a loopback address, no TLS. It takes whole requests, bounded in size, time and number, and gives whole
 * answers; what a path means is the caller's. libmicrohttpd parses, and nobody but this file knows it.
 *
 * HEAD is answered like GET without the body. A request that is too large is answered 413, one that takes too long is
 * hung up on; when all connections are taken, those that have said nothing for a while are hung up on first.
 */
#pragma once

#include "base/err.h"

#include <glib.h>
#include <stdbool.h>

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OTHER };

struct http_request { /* borrowed, gone when the answer is there. Texts are valid UTF-8 without controls but line ends */
    enum http_method method;
    const char *path;  /* percent-encoding undone, without the query: "/c/12-3" */
    GHashTable *query; /* char * -> char *, percent-encoding undone; NULL none. Of a name given twice the last one */
    GHashTable *form;  /* the same of a POST, urlencoded or multipart (RFC 7578, no files); NULL: no form came */
    const char *accept_language, *if_none_match, *cookie; /* NULL: not said; all cookies as they came */
    bool takes_gzip;
};

struct http_response {  /* zero before; http_response_clear() */
    guint status;       /* 200 ... 599 */
    GPtrArray *headers; /* char *: name, value, name, value ...; NULL none */
    GBytes *body;       /* NULL none */
};
/* NAME and VALUE are copied; a line break in VALUE becomes a blank. */
void http_response_add(struct http_response *r, const char *name, const char *value);
void http_response_clear(struct http_response *r);

struct http_callbacks {
    /* Answers. R is zero before, and freed after. Synchronous: must be quick. */
    void (*answer)(void *user, const struct http_request *q, struct http_response *r);
    /* For the log: "http.timeout", "http.crowded", "http.full" and a detail. May be NULL. */
    void (*trouble)(void *user, const char *event, const char *detail);
};

/* Zero or NULL means the value of base/limits.h. */
struct http_config {
    const char *address; /* "unix:PATH" or "inet:ADDRESS:PORT" */
    guint mode;          /* of the unix socket; 0 means 0660 */
    guint n_connections; /* LIMIT_HTTP_CONNECTIONS */
    guint idle_s;        /* LIMIT_HTTP_IDLE_S without a byte */
    guint request_s;     /* LIMIT_HTTP_REQUEST_S from one answer to the next */
};

struct http_server;
/* NULL with a sentence in E. CALLBACKS must outlive the server; CONFIG is copied. */
struct http_server *http_server_new(const struct http_config *config, const struct http_callbacks *callbacks, void *user,
                                    struct err *e);
/* No new connections; what is being answered may be sent. */
void http_server_stop(struct http_server *s);
guint http_server_n_connections(const struct http_server *s);
guint16 http_server_port(const struct http_server *s); /* that was bound (for "inet:127.0.0.1:0" in tests), 0 unix */
/* Closes everything at once. NULL is nothing. */
void http_server_free(struct http_server *s);
