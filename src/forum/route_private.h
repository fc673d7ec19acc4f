/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What both directions of route.h must say alike: route.c reads addresses, route_address.c makes them.
 */
#pragma once

#include "forum/route.h"

/* The words before the + of an address with a subscription's token, by what it is for. */
extern const char *const route_reader_words[];
/* A stream is known by its envelope sender: what providers think of newsletters shall not cling to questions. */
extern const char *const route_bounce_words[];
/* What the MAC covers; callers free. */
char *route_issue_subject(row_id issue, row_id editor);
char *route_leave_subject(row_id person, enum leave what, row_id id);
