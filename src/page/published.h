/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which pages are files, and what these are called: every page of routes.def that anybody may GET and that is the same for all.
 */
#pragma once

#include "page/news.h"
#include "page/route.h"

/* Is this route a file, or many? Forms, searches and what needs a link are the process's alone. */
bool published_is(const struct page_route *route);
/* Is its path made of something that published_paths() can list? False: it has a `*` that nobody knows. */
bool published_is_known(const struct page_route *route);
/* Paths (char *) without language of all published pages that C names, in the order of routes.def. ARE_LARGE: of those alone that hold
 * everything, which take longer than all others together; else of the others. NULL failure. */
GPtrArray *published_paths(struct gateway *g, const struct news *c, bool are_large, struct err *e);
/* "/idee/1" -> "idee/1.html", "/" -> "index.html", "/daten/" -> "daten/index.html", "/atom.xml" -> "atom.xml". Caller frees. */
char *published_file(const char *path);
/* What stands there instead when the page was taken back: "idee/1.gone.html". Caller frees. */
char *published_tombstone(const char *path);
/* Is FILE one that these two make, of whatever thing and in whatever language? A .gz is asked for by the name before it. */
bool published_is_file(const char *file);
