/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One page being answered: request and rows in, response out. A function of routes.def looks up rows (p->g), fills a tree of
 * values and names a template; it knows no socket, sets no header that others share, and decides no transaction: site.c opens
 * one that only reads for GET, and one that writes for POST, which is committed when the function returns true (what changes
 * rows must write an event as well). Templates are templates/LANGUAGE/page/NAME.html; there is no HTML in C.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/name.h"
#include "text/templates.h"
#include "wire/http.h"

enum page_method { PAGE_GET = 1, PAGE_POST = 2 };
enum page_who { WHO_ALL, WHO_LINK };
enum page_cache { CACHE_NEVER, CACHE_SHARED, CACHE_FILE };

#define PAGE_PARTS 2

struct page_route;

struct numbers;
void numbers_free(struct numbers *n); /* NULL is nothing */

struct page {
    const struct page_route *route; /* of routes.def; NULL none */
    struct gateway *g;
    const struct templates *t;
    const struct http_request *q;
    struct parts *parts;    /* kept for all pages; NULL none are */
    GBytes *style;          /* style.css */
    const char *language;   /* of the answer, one of [initiative] languages */
    const char *prefix;     /* "/en" if the path began so, else ""; goes before every link to a page of ours */
    const char *path;       /* without the prefix */
    char *part[PAGE_PARTS]; /* what stood for each *; owned by the dispatcher */
    gint64 now;
    struct numbers **numbers; /* what numbers.c counted last; owned by the site */
    bool is_file;             /* for a file, which nobody asks again in a moment: as it is now */
    struct http_response *r;  /* status 0 until something is answered */
};

/* Answers. False and E: something is broken (ERR_LATER: 503), nothing is committed. */
typedef bool page_fn(struct page *p, struct err *e);
#define PAGE(name, pattern, methods, who, cache, sentence) bool page_##name(struct page *p, struct err *e);
#include "page/routes.def"
#undef PAGE

bool page_is_post(const struct page *p);
/* A field of the form that was sent, or of the query; NULL: not there. What a kept page reads of a query stands in route.c. */
const char *page_field(const struct page *p, const char *name);
const char *page_query(const struct page *p, const char *name);

/* Answers with STATUS and the template NAME filled with DATA (taken over) and what every page has:
 *   lang, initiative, operator, help, base (the prefix), languages, is_noindex, style_url */
bool page_show(struct page *p, guint status, const char *name, struct value *data, struct err *e);
/* The same with one of our own short pages: not-found, gone, ...; no data. */
bool page_say(struct page *p, guint status, const char *name, struct err *e);
/* PATH: of ours, without prefix. 301 has a page as well, for who gets it as a file (publish.h): a web server that has only files
 * cannot know the status. */
bool page_redirect(struct page *p, guint status, const char *path, struct err *e);
void page_bytes(struct page *p, const char *type, GBytes *bytes); /* 200 */

/* ---- Values that templates use alike (templates/README says how) */
/* KEY: iso (for datetime=) and text, "2. März 2026" or with the time of day. */
void page_set_date(const struct page *p, struct value *data, const char *key, gint64 at);
void page_set_time(const struct page *p, struct value *data, const char *key, gint64 at);
/* What people call the idea or proposal whose discussion IDEA is, as in mails (flow/view/view.h), and thing_path; 0: nothing. */
void page_set_thing(const struct page *p, struct value *data, row_id idea);
/* KEY: mailto (what may stand behind "mailto:"), local, domain; as in the part _help. SUBJECT may be NULL. */
void page_set_address(struct value *data, const char *key, const char *address, const char *subject);
/* action_path and form_token, of a form on a page whose part[0] is a token. */
void page_set_form(const struct page *p, struct value *data);
/* is_name_wrong, and one of is_protected, is_taken, is_mixed, is_signs, is_address, is_long. */
void page_set_name_fault(struct value *data, enum name_fault fault);
/* A mail program's own button was pressed (RFC 8058). */
bool page_is_one_click(const struct page *p);
/* "z…r@e…e.net": its owner knows it again, nobody else. Caller frees. */
char *page_masked(const char *address);
/* KEY: what somebody wrote, as blocks for the part _words; links are links if MAY_LINK. */
void page_set_words(struct value *data, const char *key, const char *text, bool may_link);
/* The same of a master text, which an editor wrote: markdown_read() made it. An idea's address in it leads to its page. */
void page_set_master(const struct page *p, struct value *data, const char *key, const char *master);
