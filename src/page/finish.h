/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every answer has beside its text: headers that keep browsers from doing harm, caching, ETag and 304, gzip. Pure.
 */
#pragma once

#include "page/page.h"

void finish_answer(const struct http_request *q, enum page_cache cache, struct http_response *r);
