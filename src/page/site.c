/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a request to a page; see site.h. GET and HEAD work on a connection that cannot write, so they change nothing whatever
 * a page does; a POST is one transaction on another one, with a line in the journal or undone, as at the doors.
 */
#include "page/site.h"

#include "base/limits.h"
#include "flow/out/texts.h"
#include "page/finish.h"
#include "page/parts.h"
#include "page/shelf.h"
#include "page/route.h"
#include "text/colour.h"

#include <string.h>

struct site {
    const struct settings *settings;
    struct gateway *reader, *writer;
    struct templates *t;
    GBytes *style;
    struct shelf *shelf;
    struct parts *parts;
    struct numbers *numbers;
};

/* In the initiative's colours. */
static GBytes *read_style(const struct settings *settings, struct err *e)
{
    g_autoptr(GBytes) file = texts_file(NULL, "style.css", e);
    struct colours colours;
    gsize n;

    if (file == NULL)
        return NULL;
    const char *text = g_bytes_get_data(file, &n);
    g_autofree char *css = g_strndup(text != NULL ? text : "", n);
    colours_of(settings->page_accent, &colours);
    char *style = colours_style(css, &colours);
    return g_bytes_new_take(style, strlen(style));
}

struct site *site_open(const struct settings *settings, struct err *e)
{
    struct site *s = g_new0(struct site, 1);

    s->settings = settings;
    s->shelf = shelf_new();
    s->parts = parts_new();
    s->writer = gateway_open(settings, DB_WRITE, e);
    s->reader = s->writer != NULL ? gateway_open(settings, DB_READ, e) : NULL;
    if (s->reader == NULL || !site_reload(s, e)) {
        site_close(s);
        return NULL;
    }
    db_set_actor(s->writer->db, "page");
    db_set_busy_ms(s->writer->db, LIMIT_PAGE_BUSY_MS);
    db_set_busy_ms(s->reader->db, LIMIT_PAGE_BUSY_MS);
    return s;
}

void site_close(struct site *s)
{
    if (s == NULL)
        return;
    gateway_close(s->reader);
    gateway_close(s->writer);
    templates_free(s->t);
    g_clear_pointer(&s->style, g_bytes_unref);
    numbers_free(s->numbers);
    shelf_free(s->shelf);
    parts_free(s->parts);
    g_free(s);
}

bool site_reload(struct site *s, struct err *e)
{
    templates_auto t = texts_load_whole(NULL, s->settings->initiative_languages[0], e);
    g_autoptr(GBytes) style = t != NULL ? read_style(s->settings, e) : NULL;

    if (style == NULL)
        return false;
    templates_free(s->t);
    s->t = g_steal_pointer(&t);
    g_clear_pointer(&s->style, g_bytes_unref);
    s->style = g_steal_pointer(&style);
    shelf_forget(s->shelf);
    parts_forget(s->parts);
    return true;
}

/* ---- Transactions */
static bool read_page(const struct page_route *route, struct page *p, struct err *e)
{
    if (!db_begin_read(p->g->db, e))
        return false;
    bool ok = route->fn(p, e);
    db_rollback(p->g->db);
    return ok;
}

/* A change that left no line in the journal is a bug, and is not made. */
static bool change_page(const struct page_route *route, struct page *p, struct err *e)
{
    struct db *db = p->g->db;

    if (!db_begin(db, e))
        return false;
    bool ok = route->fn(p, e);
    if (ok && !db_is_journaled(db))
        ok = err_set(e, ERR_OURS, "nothing was changed, because the journal would not tell of it");
    ok = ok && db_commit(db, e);
    if (!ok)
        db_rollback(db);
    return ok;
}

/* ---- Refusals */
static bool allow(struct page *p, guint methods, struct err *e)
{
    http_response_add(p->r, "Allow", (methods & PAGE_POST) != 0 ? "GET, HEAD, POST" : "GET, HEAD");
    if (p->q->method == HTTP_OTHER && strcmp(p->path, "*") == 0)
        return true;
    return page_say(p, 405, "not-allowed", e);
}

static bool is_allowed(const struct page *p, guint methods)
{
    switch (p->q->method) {
    case HTTP_GET:
    case HTTP_HEAD:
        return (methods & PAGE_GET) != 0;
    case HTTP_POST:
        return (methods & PAGE_POST) != 0;
    case HTTP_OTHER:
        return false;
    }
    return false;
}

/* Nothing could be read: the page that says so, and if even that is broken, a line. */
static void say_broken(struct page *p, const struct err *e)
{
    bool is_later = e->kind == ERR_LATER || e->kind == ERR_RATE || e->kind == ERR_SPACE;
    guint status = is_later ? 503 : 500;
    err_auto struct err again = {0};

    http_response_clear(p->r);
    if (is_later)
        http_response_add(p->r, "Retry-After", "10");
    if (page_say(p, status, "unavailable", &again))
        return;
    http_response_clear(p->r);
    p->r->status = status;
}

static bool answer(struct site *s, const struct page_route *route, struct page *p, struct err *e)
{
    if (route == NULL)
        return page_say(p, 404, "not-found", e);
    if (!is_allowed(p, route->methods))
        return allow(p, route->methods, e);
    if (!page_is_post(p))
        return read_page(route, p, e);
    p->g = s->writer;
    return change_page(route, p, e);
}

/* Is there something in the query that makes the page another one? "?x=1" makes none. */
static bool reads_query(const struct page *p, const struct page_route *route)
{
    GHashTableIter iter;
    gpointer name;

    if (p->q->query == NULL)
        return false;
    g_hash_table_iter_init(&iter, p->q->query);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        if (route_reads_query(route, name))
            return true;
    return false;
}

/* Under what an answer is kept, NULL: it is not. A search is asked too seldom twice. */
static char *shelf_key(const struct page *p, const struct page_route *route)
{
    if (route == NULL || route->cache != CACHE_SHARED || reads_query(p, route) ||
        (p->q->method != HTTP_GET && p->q->method != HTTP_HEAD))
        return NULL;
    return g_strjoin(" ", p->language, p->q->takes_gzip ? "gzip" : "plain", p->q->path, NULL);
}

static void make_answer(struct site *s, const struct page_route *route, struct page *p, char **why_out)
{
    err_auto struct err e = {0};

    if (!answer(s, route, p, &e)) {
        say_broken(p, &e);
        if (why_out != NULL)
            *why_out = g_strdup(e.text != NULL ? e.text : "failed");
    }
    finish_answer(p->q, route != NULL ? route->cache : CACHE_NEVER, p->r);
}

/* P for PATH: its language, prefix and parts; *PREFIX_OUT is the caller's. */
static const struct page_route *begin(struct site *s, const char *path, const char *accept_language, struct page *p,
                                      char **prefix_out)
{
    char *const *languages = s->settings->initiative_languages;

    p->path = route_take_language(path, languages, &p->language, prefix_out);
    p->prefix = *prefix_out;
    if (p->language == NULL)
        p->language = route_choose_language(accept_language, languages);
    p->route = route_find_page(p->path, p->part);
    return p->route;
}

static void end(struct page *p)
{
    for (guint i = 0; i < PAGE_PARTS; i++)
        g_free(p->part[i]);
}

bool site_look(struct site *s, const char *path, gint64 now, struct http_response *r, struct err *e)
{
    const struct http_request q = {.method = HTTP_GET, .path = path};
    struct page p = {.g = s->reader,
                     .t = s->t,
                     .q = &q,
                     .parts = s->parts,
                     .style = s->style,
                     .now = now,
                     .numbers = &s->numbers,
                     .is_file = true,
                     .r = r};
    g_autofree char *prefix = NULL;
    const struct page_route *route = begin(s, path, NULL, &p, &prefix);
    bool ok = answer(s, route, &p, e);

    end(&p);
    if (!ok)
        http_response_clear(r);
    return ok;
}

struct gateway *site_gateway(struct site *s)
{
    return s->reader;
}

void site_answer(struct site *s, const struct http_request *q, gint64 now, struct http_response *r, char **why_out)
{
    struct page p =
        {.g = s->reader, .t = s->t, .q = q, .parts = s->parts, .style = s->style, .now = now, .numbers = &s->numbers, .r = r};
    struct http_request whole = *q; /* as it is kept: who has a copy is told so after it was looked up */
    g_autofree char *prefix = NULL;
    const struct page_route *route = begin(s, q->path, q->accept_language, &p, &prefix);
    g_autofree char *key = shelf_key(&p, route);
    gint64 version = key != NULL ? db_data_version(s->reader->db) : -1;

    if (key != NULL) {
        shelf_renew(s->shelf, version);
        whole.if_none_match = NULL;
        p.q = &whole;
    }
    if (key == NULL || !shelf_answer(s->shelf, key, now, r)) {
        make_answer(s, route, &p, why_out);
        if (key != NULL && r->status == 200)
            shelf_put(s->shelf, key, version, now, r);
    }
    finish_known(q, r);
    end(&p);
}
