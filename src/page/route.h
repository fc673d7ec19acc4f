/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which page a path means, and in which language: routes.def and Accept-Language. Pure.
 */
#pragma once

#include "page/page.h"

struct page_route {
    const char *name, *pattern;
    guint methods; /* enum page_method */
    enum page_who who;
    enum page_cache cache;
    page_fn *fn;
};

/* Route I, in the order of routes.def; NULL behind the last one. */
const struct page_route *route_at(gsize i);
/* The route of PATH (without the language's prefix), NULL none. PART_OUT: PAGE_PARTS strings, owned; NULL before. */
const struct page_route *route_find_page(const char *path, char **part_out);
/* Does page R read NAME of a query? A page that is kept says so in a table, or page_query() gives it nothing. */
bool route_reads_query(const struct page_route *r, const char *name);
/* "/en/x" -> "/x", *LANGUAGE_OUT "en", *PREFIX_OUT "/en"; without one of LANGUAGES in front PATH itself, NULL and "". */
const char *route_take_language(const char *path, char *const *languages, const char **language_out, char **prefix_out);
/* The one of LANGUAGES that HEADER (Accept-Language, RFC 9110 12.5.4; NULL none) likes best, else the first. */
const char *route_choose_language(const char *header, char *const *languages);
