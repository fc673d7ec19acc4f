/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Joins the socket (wire/http.h) and the pages (site.h) on the main loop; see web.h. Paths are never logged: some are keys.
 */
#include "page/web.h"

#include "base/clock.h"
#include "base/confine_serve.h"
#include "base/log.h"
#include "flow/out/texts.h"
#include "flow/reload.h"
#include "page/site.h"
#include "store/lock.h"
#include "wire/http.h"

#include <glib-unix.h>
#include <malloc.h>

#define STOP_MS    500 /* for answers that are on their way */
#define HEAP_BYTES (8 * 1024 * 1024)

struct web {
    struct site *site;
    struct http_server *server;
    GMainLoop *loop;
};

static void on_request(void *user, const struct http_request *q, struct http_response *r)
{
    struct web *w = user;
    g_autofree char *why = NULL;

    site_answer(w->site, q, clock_now(), r, &why);
    if (why != NULL)
        log_event(r->status == 503 ? LOG_LEVEL_WARN : LOG_LEVEL_ERROR, NULL, "page.failed", "why", why, NULL);
}

static void on_trouble(void *user, const char *event, const char *detail)
{
    (void)user;
    log_event(LOG_LEVEL_INFO, NULL, event, "connections", detail, NULL);
}

static gboolean on_patience_over(gpointer user)
{
    struct web *w = user;

    g_main_loop_quit(w->loop);
    return G_SOURCE_REMOVE;
}

static gboolean on_stop_signal(gpointer user)
{
    struct web *w = user;

    http_server_stop(w->server);
    g_timeout_add(http_server_n_connections(w->server) > 0 ? STOP_MS : 0, on_patience_over, w);
    return G_SOURCE_REMOVE;
}

static bool on_hangup(void *user, struct err *e)
{
    struct web *w = user;

    return site_reload(w->site, e);
}

/* What the pages read and write, and nothing else in the file system: where the kernel can say so. */
static bool confine_files_of(const struct settings *s, struct err *e)
{
    const char *socket = s->web_listen.path;
    g_autofree char *database = g_path_get_dirname(s->storage_database),
                    *folder = socket != NULL ? g_path_get_dirname(socket) : NULL;
    const char *const readable[] = {s->path, texts_folder(), "/usr/share/zoneinfo", "/etc/localtime", s->initiative_logo, NULL};
    const char *const writable[] = {database, s->storage_spool, NULL}, *const removable[] = {folder, NULL};
    const struct confine_paths paths = {readable, writable, removable};
    bool is_confined;

    if (!confine_files_to(&paths, &is_confined, e))
        return false;
    if (!is_confined)
        log_event(LOG_LEVEL_INFO, NULL, "web.no-landlock", NULL);
    return true;
}

static bool serve(struct web *w, const struct settings *settings, web_ready *ready, void *user, struct err *e)
{
    static const struct http_callbacks callbacks = {on_request, on_trouble};
    g_autofree char *address = conf_endpoint_text(&settings->web_listen);
    struct http_config config = {.address = address, .mode = (guint)settings->web_socket_mode};
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);

    w->loop = loop;
    w->server = http_server_new(&config, &callbacks, w, e);
    if (w->server == NULL || !confine_files_of(settings, e))
        return false;
    g_unix_signal_add(SIGTERM, on_stop_signal, w);
    g_unix_signal_add(SIGINT, on_stop_signal, w);
    struct reload *reload = reload_listen(settings, on_hangup, w);
    log_event(LOG_LEVEL_INFO, NULL, "web.ready", "listen", address, NULL);
    if (ready != NULL)
        ready(user);
    bool ok = confine_calls_to_serving(e); /* last: being ready is told over a socket of its own */
    if (ok)
        g_main_loop_run(loop);
    reload_stop(reload);
    http_server_free(w->server);
    return ok;
}

bool web_run(const struct settings *settings, web_ready *ready, void *user, struct err *e)
{
    struct web w = {0};

    if (!conf_endpoint_is_set(&settings->web_listen))
        return err_set(e, ERR_CONFIG, "%s: [web] listen is empty, so there are no pages", settings->path);
    /* A compressor takes a quarter of a megabyte for each page: from the system and back that costs more than compressing. */
    mallopt(M_MMAP_THRESHOLD, HEAP_BYTES);
    mallopt(M_TRIM_THRESHOLD, HEAP_BYTES);
    struct lock *lock = lock_take(settings->storage_database, "web", LOCK_PATIENCE_S, e);
    if (lock == NULL)
        return false;
    w.site = site_open(settings, e);
    bool ok = w.site != NULL && serve(&w, settings, ready, user, e);
    site_close(w.site);
    lock_free(lock);
    return ok;
}
