/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All pages as one function from request to response: finds the route, the language and the transaction, and adds what every
 * answer has (security headers, caching, ETag, gzip). Knows no socket, so a test or a file of static pages asks the same.
 */
#pragma once

#include "flow/settings.h"
#include "wire/http.h"

struct site;
/* Opens the database and reads the templates. NULL and E as gateway_open() and texts_load(). */
struct site *site_open(const struct settings *settings, struct err *e);
void site_close(struct site *s); /* NULL is nothing */
/* Reads the templates again; false and E: the old ones stay. */
bool site_reload(struct site *s, struct err *e);
/* Never fails: what is broken is 500, what is away for a moment 503. WHY_OUT (may be NULL): what the log shall say, owned. */
/* The page of PATH as everybody gets it who says nothing of himself, without what finish.c adds; status 0 if it is broken, and then
 * E. PATH may begin with a language. */
bool site_look(struct site *s, const char *path, gint64 now, struct http_response *r, struct err *e);
struct gateway *site_gateway(struct site *s); /* that only reads */
void site_answer(struct site *s, const struct http_request *q, gint64 now, struct http_response *r, char **why_out);
