/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks pages up and writes them down; see publish.h. A whole run asks as many sites as there are processors, each in a thread
 * with a connection of its own.
 */
#include "config.h"
#include "page/publish.h"

#include "base/hash.h"
#include "base/limits.h"
#include "flow/out/texts.h"
#include "page/finish.h"
#include "page/published.h"
#include "page/site.h"
#include "store/events.h"
#include "store/installation.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>

#define MOST_THREADS  4
#define WORTH_THREADS 500 /* pages: opening another site takes as long as a hundred of them */
#define LARGE_S       6   /* between two of the files that hold everything */
#define HEAP_BYTES    (8 * 1024 * 1024)
#define EVERY_S       60 /* a run although nobody committed: what closes by the clock */

struct publisher {
    const struct settings *settings;
    struct folder *folder;
    struct site *site;
    gint64 version; /* db_data_version() before the last run; -1 none */
    gint64 ran_at;
    bool is_large_due; /* what happened is in the pages, not in the files that hold everything */
    gint64 large_at;
};

struct publisher *publisher_open(const struct settings *settings, struct folder *folder, struct err *e)
{
    struct publisher *p = g_new0(struct publisher, 1);

    p->settings = settings;
    p->folder = folder;
    p->version = -1;
    /* As web.c: a compressor takes a quarter of a megabyte for each page. */
    mallopt(M_MMAP_THRESHOLD, HEAP_BYTES);
    mallopt(M_TRIM_THRESHOLD, HEAP_BYTES);
    p->site = site_open(settings, e);
    if (p->site == NULL)
        g_clear_pointer(&p, publisher_close);
    return p;
}

void publisher_close(struct publisher *p)
{
    if (p == NULL)
        return;
    site_close(p->site);
    g_free(p);
}

/* ---- One page */
struct work {
    struct publisher *p;
    const GPtrArray *paths; /* char *, with their language */
    gint64 now;
    bool is_all;
    gint next, n_written, n_removed, has_failed;
    GMutex lock; /* of E */
    struct err *e;
};

static bool take_away(struct work *w, const char *name, struct err *e)
{
    g_autofree char *small = g_strconcat(name, ".gz", NULL);
    bool removed;

    if (!folder_remove(w->p->folder, small, NULL, e) || !folder_remove(w->p->folder, name, &removed, e))
        return false;
    if (removed)
        g_atomic_int_inc(&w->n_removed);
    return true;
}

/* The .gz first: while it is newer than the file itself nobody can tell, and a run that is cut off there writes both again. So beside a
 * file that is as it should be its .gz is, too, if it is there. */
static bool put(struct work *w, const char *name, const struct http_response *r, struct err *e)
{
    struct folder *f = w->p->folder;
    g_autoptr(GBytes) none = g_bytes_new_static("", 0);
    GBytes *body = r->body != NULL ? r->body : none;
    g_autofree char *small_name = g_strconcat(name, ".gz", NULL);

    if (folder_is(f, name, body) && (!w->is_all || folder_has(f, small_name)))
        return true;
    g_autoptr(GBytes) small = finish_gzip(r);
    if (small == NULL && folder_is(f, name, body) && !folder_has(f, small_name))
        return true;
    g_atomic_int_inc(&w->n_written);
    return (small != NULL ? folder_put(f, small_name, small, e) : folder_remove(f, small_name, NULL, e)) &&
           folder_put(f, name, body, e);
}

static bool publish_one(struct work *w, struct site *site, const char *path, struct err *e)
{
    struct http_response r = {0};
    g_autofree char *file = published_file(path), *tombstone = published_tombstone(path);
    bool ok = site_look(site, path, w->now, &r, e);
    bool is_there = r.status == 200 || r.status == 301, is_gone = r.status == 410;

    ok = ok && (is_there ? put(w, file, &r, e) : take_away(w, file, e));
    ok = ok && (is_gone ? put(w, tombstone, &r, e) : take_away(w, tombstone, e));
    http_response_clear(&r);
    return ok;
}

/* What a web server shows where there is nothing: a page of ours. */
static bool publish_not_found(struct work *w, const char *prefix, struct err *e)
{
    struct http_response r = {0};
    g_autofree char *path = g_strconcat(prefix, "/404", NULL), *file = g_strconcat(path + 1, ".html", NULL);
    bool ok = site_look(w->p->site, path, w->now, &r, e) && put(w, file, &r, e);

    http_response_clear(&r);
    return ok;
}

/* ---- All of them */
static void fail(struct work *w, struct err *e)
{
    g_mutex_lock(&w->lock);
    err_set(w->e, e->kind, "%s", e->text);
    g_mutex_unlock(&w->lock);
    g_atomic_int_set(&w->has_failed, 1);
}

static void work(struct work *w, struct site *site)
{
    while (g_atomic_int_get(&w->has_failed) == 0) {
        err_auto struct err e = {0};
        guint i = (guint)g_atomic_int_add(&w->next, 1);
        if (i >= w->paths->len)
            return;
        if (!publish_one(w, site, w->paths->pdata[i], &e)) {
            err_prefix(&e, "%s", (const char *)w->paths->pdata[i]);
            fail(w, &e);
        }
    }
}

static gpointer work_beside(gpointer user)
{
    struct work *w = user;
    err_auto struct err e = {0};
    struct site *site = site_open(w->p->settings, &e);

    if (site != NULL)
        work(w, site);
    else
        fail(w, &e);
    site_close(site);
    return NULL;
}

static void work_all(struct work *w)
{
    guint n = w->paths->len < WORTH_THREADS ? 1 : MIN(g_get_num_processors(), MOST_THREADS);
    g_autoptr(GPtrArray) threads = g_ptr_array_new();

    for (guint i = 1; i < n; i++)
        g_ptr_array_add(threads, g_thread_new("publish", work_beside, w));
    work(w, w->p->site);
    for (guint i = 0; i < threads->len; i++)
        g_thread_join(threads->pdata[i]);
}

/* PATHS in each language, and in the first one without its name, page by page: so readers of one soon find it in all. */
static GPtrArray *in_languages(const struct settings *s, const GPtrArray *paths)
{
    char *const *languages = s->initiative_languages;
    GPtrArray *all = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < paths->len; i++) {
        const char *path = paths->pdata[i];
        g_ptr_array_add(all, g_strdup(path));
        for (guint k = 0; languages[1] != NULL && languages[k] != NULL; k++)
            g_ptr_array_add(all, g_strconcat("/", languages[k], path, NULL));
    }
    return all;
}

static bool write_pages(struct publisher *p, const struct news *c, bool are_large, gint64 now, struct publish_report *out,
                        struct err *e)
{
    g_autoptr(GPtrArray) plain = published_paths(site_gateway(p->site), c, are_large, e);
    g_autoptr(GPtrArray) paths = plain != NULL ? in_languages(p->settings, plain) : NULL;
    struct work w = {.p = p, .paths = paths, .now = now, .is_all = c->is_all, .e = e};

    if (paths == NULL)
        return false;
    g_mutex_init(&w.lock);
    work_all(&w);
    g_mutex_clear(&w.lock);
    bool ok = e->kind == ERR_NONE, is_frame = c->is_all && !are_large;
    ok = ok && (!is_frame || publish_not_found(&w, "", e));
    for (char *const *l = p->settings->initiative_languages; is_frame && ok && *l != NULL; l++) {
        g_autofree char *prefix = g_strconcat("/", *l, NULL);
        ok = publish_not_found(&w, prefix, e);
    }
    out->n_pages += paths->len;
    out->n_written += (guint)w.n_written;
    out->n_removed += (guint)w.n_removed;
    return ok;
}

/* ---- What nothing leads to any more */
static bool add_files(struct publisher *p, const struct news *c, bool are_large, GHashTable *files, struct err *e)
{
    g_autoptr(GPtrArray) plain = published_paths(site_gateway(p->site), c, are_large, e);
    g_autoptr(GPtrArray) paths = plain != NULL ? in_languages(p->settings, plain) : NULL;

    for (guint i = 0; paths != NULL && i < paths->len; i++) {
        g_hash_table_add(files, published_file(paths->pdata[i]));
        g_hash_table_add(files, published_tombstone(paths->pdata[i]));
    }
    return paths != NULL;
}

/* A language that the initiative gave up, a thing that a restored database does not know: nobody asks for these pages again, and what is
 * taken back would stand there for ever. */
static bool sweep(struct publisher *p, const struct news *c, struct publish_report *out, struct err *e)
{
    g_autoptr(GHashTable) files = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) names = NULL;

    if (!add_files(p, c, false, files, e) || !add_files(p, c, true, files, e) || (names = folder_names(p->folder, e)) == NULL)
        return false;
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        g_autofree char *plain = g_strndup(name, strlen(name) - (g_str_has_suffix(name, ".gz") ? strlen(".gz") : 0));
        bool removed = false;
        if (g_hash_table_contains(files, plain) || !published_is_file(plain))
            continue;
        if (!folder_remove(p->folder, name, &removed, e))
            return false;
        out->n_removed += removed && strcmp(name, plain) == 0;
    }
    return true;
}

/* ---- What the folder remembers */
/* Of all that pages are made from but rows. */
static char *mark(const struct publisher *p, struct err *e)
{
    g_autofree char *texts = texts_mark(NULL, e), *settings = NULL, *boot = NULL;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    if (texts == NULL)
        return NULL;
    g_file_get_contents(p->settings->path, &settings, NULL, NULL);
    g_file_get_contents("/proc/sys/kernel/random/boot_id", &boot, NULL, NULL);
    const char *const parts[] = {PACKAGE_VERSION, texts, settings != NULL ? settings : "", boot != NULL ? boot : "",
                                 site_gateway(p->site)->installation->instance};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        g_checksum_update(sum, (const guchar *)parts[i], (gssize)strlen(parts[i]) + 1);
    return g_strdup(g_checksum_get_string(sum));
}

/* *AFTER_OUT, *AT_OUT: up to which line, and when, the folder is true; false: nobody knows. */
static bool recall(const struct publisher *p, const char *mark_now, gint64 *after_out, gint64 *at_out)
{
    g_autofree char *note = folder_note(p->folder), *hash = NULL;
    err_auto struct err e = {0};
    gint64 after, at;
    char mark_then[65], hash_then[65];

    if (note == NULL || sscanf(note, "event %" G_GINT64_FORMAT " %64s\nat %" G_GINT64_FORMAT "\nmark %64s", &after, hash_then,
                               &at, mark_then) != 4)
        return false;
    hash = events_hash(site_gateway(p->site)->db, after, &e);
    *after_out = after;
    *at_out = at;
    return strcmp(mark_then, mark_now) == 0 && strcmp(hash != NULL ? hash : "-", hash_then) == 0;
}

static bool remember(struct publisher *p, const char *mark_now, gint64 last, gint64 now, struct err *e)
{
    g_autofree char *hash = events_hash(site_gateway(p->site)->db, last, e);
    g_autofree char *note = g_strdup_printf("event %" G_GINT64_FORMAT " %s\nat %" G_GINT64_FORMAT "\nmark %s\n", last,
                                            hash != NULL ? hash : "-", now, mark_now);

    return e->kind == ERR_NONE && folder_set_note(p->folder, note, e);
}

/* ---- A run */
/* What happened since the folder was true. */
static bool look_back(struct publisher *p, bool is_all, const char *mark_now, row_id last, gint64 now, struct news *out,
                      struct err *e)
{
    gint64 after = last, at = now;
    bool is_known = !is_all && recall(p, mark_now, &after, &at);

    if (!news_read(site_gateway(p->site), is_known ? after : last, is_known ? at : now, now, out, e))
        return false;
    out->is_all |= !is_known;
    return true;
}

static bool write_all(struct publisher *p, const struct news *c, bool is_whole, gint64 now, struct publish_report *out,
                      struct err *e)
{
    struct news large = {.is_any = true, .is_all = c->is_all};

    if (!write_pages(p, c, false, now, out, e))
        return false;
    p->is_large_due |= c->is_any || c->is_all;
    if (!p->is_large_due || !(is_whole || c->is_all || now < p->large_at || now - p->large_at >= LARGE_S))
        return true;
    if (!write_pages(p, &large, true, now, out, e) || (c->is_all && !sweep(p, &large, out, e)))
        return false;
    p->is_large_due = false;
    p->large_at = now;
    return true;
}

bool publisher_run(struct publisher *p, bool is_all, bool is_whole, gint64 now, struct publish_report *out, struct err *e)
{
    struct gateway *g = site_gateway(p->site);
    struct news c = {0};
    gint64 version = db_data_version(g->db);
    g_autofree char *mark_now = mark(p, e);
    row_id last = mark_now != NULL ? events_last(g->db, e) : -1;

    memset(out, 0, sizeof *out);
    if (last < 0)
        return false;
    bool ok = look_back(p, is_all, mark_now, last, now, &c, e) && write_all(p, &c, is_whole, now, out, e);
    /* Where large files wait the folder is not true yet: a process that takes over must look again. */
    ok = ok && (p->is_large_due || remember(p, mark_now, last, now, e));
    out->is_all = c.is_all;
    news_clear(&c);
    if (ok) {
        p->version = version;
        p->ran_at = now;
    }
    return ok;
}

bool publisher_is_due(struct publisher *p, gint64 now)
{
    gint64 version = db_data_version(site_gateway(p->site)->db);
    bool is_large = p->is_large_due && now - p->large_at >= LARGE_S;

    return version < 0 || version != p->version || is_large || now < p->ran_at || now - p->ran_at >= EVERY_S;
}

bool publisher_reload(struct publisher *p, struct err *e)
{
    p->version = -1;
    return site_reload(p->site, e);
}
