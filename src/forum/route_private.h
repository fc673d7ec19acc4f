/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the parts of route.h share: route.c reads addresses (route_idea.c those of ideas), route_address.c makes them, both of what is in
 * route_name.c.
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

/* Reads digits as people copy them (o for 0, l and i for 1) up to STOP, which is skipped, or the end; -1 if there is anything else. */
gint64 route_parse_id(const char **p, char stop);
/* What stands in TEXT behind WORD; NULL: it does not begin with it. */
const char *route_skip_word(const char *text, const char *word);
/* LOCAL is a word that every domain has, or that is ours to help: OUT's kind is set. */
bool route_parse_role(const char *local, struct route *out);

/* REST stands behind "idee-" or "vorschlag-"; OUT's kind stays as it is where that is no address. */
void route_parse_idea(const char *rest, const guint8 *key, struct route *out);
void route_parse_proposal(const char *rest, struct route *out);
