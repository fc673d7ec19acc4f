/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every answer has beside its text: headers that keep browsers from doing harm, caching, ETag and 304, gzip. Pure.
 */
#pragma once

#include "page/page.h"

/* What R's body is in gzip; NULL: it is not sent like that. Caller unrefs. */
GBytes *finish_gzip(const struct http_response *r);
void finish_answer(const struct http_request *q, enum page_cache cache, struct http_response *r);
/* Who has this very answer already (If-None-Match) gets 304 in its place. Does nothing to one that has no ETag. */
void finish_known(const struct http_request *q, struct http_response *r);
