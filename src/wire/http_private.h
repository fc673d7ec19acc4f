/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One request on its way in, between http.c (connections, answers) and http_body.c (what is read of it).
 */
#pragma once

#include "wire/http.h"

#include <microhttpd.h>

struct exchange {
    struct http_request request;
    char *path;
    struct MHD_PostProcessor *reader; /* NULL: no form */
    GHashTable *sizes;                /* name of a field -> GString of its value; while it is read */
    gsize n_body;                     /* bytes that came */
    gsize n_form;                     /* bytes of names and values kept */
    bool is_too_large, is_overfull;   /* more fields, or bytes of them, than are kept */
};

/* The head is there. NULL: what stands in it is no text. */
struct exchange *exchange_new(struct MHD_Connection *connection, const char *url, const char *method);
void exchange_free(struct exchange *x);
/* Takes N bytes of the body. False: too many. */
bool exchange_feed(struct exchange *x, const char *bytes, gsize n);
/* The body is complete. */
void exchange_end(struct exchange *x);
