/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libmicrohttpd without a thread of its own: its epoll descriptor is one more source of the main loop. See http.h.
 */
#include "wire/http_private.h"

#include "base/limits.h"
#include "wire/bind.h"

#include <string.h>
#include <sys/socket.h>

#define SWEEP_S 1
/* With more than this share of the connections taken, a slow one gets LIMIT_HTTP_CROWDED_S. */
#define CROWDED(n) ((n) - (n) / 4)

struct peer { /* one connection */
    struct http_server *server;
    int fd;
    gint64 since_us; /* begun, or last answered */
    GList link;
};

struct http_server {
    const struct http_callbacks *callbacks;
    void *user;
    struct http_config config;
    struct bound bound;
    struct MHD_Daemon *daemon;
    GSource *source;
    gpointer tag;
    guint sweep_id;
    GQueue peers; /* oldest first */
};

struct loop_source {
    GSource source; /* first: GLib allocates and casts */
    struct http_server *server;
};

void http_response_add(struct http_response *r, const char *name, const char *value)
{
    if (r->headers == NULL)
        r->headers = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(r->headers, g_strdup(name));
    g_ptr_array_add(r->headers, g_strdelimit(g_strdup(value), "\r\n", ' '));
}

void http_response_clear(struct http_response *r)
{
    g_clear_pointer(&r->headers, g_ptr_array_unref);
    g_clear_pointer(&r->body, g_bytes_unref);
    r->status = 0;
}

/* ---- Answers */
static void drop_bytes(void *bytes)
{
    g_bytes_unref(bytes);
}

static enum MHD_Result send_answer(struct MHD_Connection *connection, const struct http_response *r)
{
    gsize n = 0;
    GBytes *body = r->body != NULL ? g_bytes_ref(r->body) : g_bytes_new_static("", 0);
    const void *bytes = g_bytes_get_data(body, &n);
    struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls(n, (void *)bytes, drop_bytes, body);

    if (response == NULL) {
        g_bytes_unref(body);
        return MHD_NO;
    }
    for (guint i = 0; r->headers != NULL && i + 1 < r->headers->len; i += 2)
        MHD_add_response_header(response, r->headers->pdata[i], r->headers->pdata[i + 1]);
    enum MHD_Result queued = MHD_queue_response(connection, r->status, response);
    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result refuse_large(struct MHD_Connection *connection)
{
    struct http_response r = {.status = MHD_HTTP_CONTENT_TOO_LARGE};

    http_response_add(&r, MHD_HTTP_HEADER_CONNECTION, "close");
    enum MHD_Result queued = send_answer(connection, &r);
    http_response_clear(&r);
    return queued;
}

/* Called with the head, then with each piece of the body, then once more. */
static enum MHD_Result on_request(void *user, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *bytes, size_t *n_bytes, void **state)
{
    struct http_server *s = user;
    struct exchange *x = *state;

    (void)version;
    if (x == NULL) {
        x = *state = exchange_new(connection, url, method);
        return x->is_too_large ? refuse_large(connection) : MHD_YES;
    }
    if (*n_bytes > 0) {
        bool is_taken = exchange_feed(x, bytes, *n_bytes);
        *n_bytes = 0;
        return is_taken ? MHD_YES : MHD_NO; /* a body of unknown length that went on: hung up on */
    }
    struct http_response r = {0};
    exchange_end(x);
    s->callbacks->answer(s->user, &x->request, &r);
    enum MHD_Result queued = send_answer(connection, &r);
    http_response_clear(&r);
    return queued;
}

static void on_completed(void *user, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode why)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct peer *peer = info != NULL ? info->socket_context : NULL;

    (void)user;
    (void)why;
    exchange_free(*state);
    *state = NULL;
    if (peer == NULL)
        return;
    peer->since_us = g_get_monotonic_time();
    g_queue_unlink(&peer->server->peers, &peer->link); /* the youngest now */
    g_queue_push_tail_link(&peer->server->peers, &peer->link);
}

/* ---- Connections */
static void on_connection(void *user, struct MHD_Connection *connection, void **socket_context,
                          enum MHD_ConnectionNotificationCode what)
{
    struct http_server *s = user;
    struct peer *peer = *socket_context;

    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        peer = *socket_context = g_new0(struct peer, 1);
        peer->server = s;
        peer->link.data = peer;
        peer->since_us = g_get_monotonic_time();
        peer->fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        g_queue_push_tail_link(&s->peers, &peer->link);
    } else if (peer != NULL) {
        g_queue_unlink(&s->peers, &peer->link);
        g_free(peer);
        *socket_context = NULL;
    }
}

/* What the number of connections leaves to each, and what the log calls it. */
static guint patience_of(const struct http_server *s, const char **event_out)
{
    guint n = s->config.n_connections;
    bool is_full = s->peers.length >= n, is_crowded = s->peers.length > CROWDED(n);

    *event_out = is_full ? "http.full" : is_crowded ? "http.crowded" : "http.timeout";
    return MIN(s->config.request_s, is_full ? LIMIT_HTTP_FULL_S : is_crowded ? LIMIT_HTTP_CROWDED_S : s->config.request_s);
}

/* Hangs up on those who take too long; the library sees the end of the connection and cleans up. */
static gboolean on_sweep(gpointer user)
{
    struct http_server *s = user;
    gint64 now_us = g_get_monotonic_time();
    const char *event;
    guint patience_s = patience_of(s, &event), n = 0;

    for (GList *l = s->peers.head; l != NULL; l = l->next) {
        struct peer *peer = l->data;
        if (now_us - peer->since_us <= patience_s * G_USEC_PER_SEC)
            break;
        shutdown(peer->fd, SHUT_RDWR);
        n++;
    }
    if (n > 0 && s->callbacks->trouble != NULL) {
        g_autofree char *detail = g_strdup_printf("%u", n);
        s->callbacks->trouble(s->user, event, detail);
    }
    return G_SOURCE_CONTINUE;
}

/* ---- The main loop */
static gboolean source_prepare(GSource *source, gint *timeout_out)
{
    struct http_server *s = ((struct loop_source *)source)->server;
    unsigned long long ms = 0;

    *timeout_out = MHD_get_timeout(s->daemon, &ms) == MHD_YES ? (gint)MIN(ms, G_MAXINT) : -1;
    return *timeout_out == 0;
}

static gboolean source_check(GSource *source)
{
    struct http_server *s = ((struct loop_source *)source)->server;
    unsigned long long ms = 0;

    return g_source_query_unix_fd(source, s->tag) != 0 || (MHD_get_timeout(s->daemon, &ms) == MHD_YES && ms == 0);
}

static gboolean source_dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
    (void)callback;
    (void)data;
    struct http_server *s = ((struct loop_source *)source)->server;
    bool was_full = s->peers.length >= s->config.n_connections;

    MHD_run(s->daemon);
    if (was_full) /* the library listens again at the beginning of a turn, and room was made at the end of this one */
        MHD_run(s->daemon);
    return G_SOURCE_CONTINUE;
}

static void attach(struct http_server *s)
{
    static const GSourceFuncs funcs = {.prepare = source_prepare, .check = source_check, .dispatch = source_dispatch};
    int fd = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;

    s->source = g_source_new((GSourceFuncs *)&funcs, sizeof(struct loop_source)); /* GLib only reads it */
    ((struct loop_source *)s->source)->server = s;
    s->tag = g_source_add_unix_fd(s->source, fd, G_IO_IN);
    g_source_attach(s->source, NULL);
    s->sweep_id = g_timeout_add_seconds(SWEEP_S, on_sweep, s);
}

static void fill_in(struct http_config *c)
{
    c->n_connections = c->n_connections != 0 ? c->n_connections : LIMIT_HTTP_CONNECTIONS;
    c->idle_s = c->idle_s != 0 ? c->idle_s : LIMIT_HTTP_IDLE_S;
    c->request_s = c->request_s != 0 ? c->request_s : LIMIT_HTTP_REQUEST_S;
    c->address = NULL; /* the caller's string may go */
}

struct http_server *http_server_new(const struct http_config *config, const struct http_callbacks *callbacks, void *user,
                                    struct err *e)
{
    struct http_server *s;
    struct bound bound;

    if (!bound_open(config->address, config->mode != 0 ? config->mode : 0660, &bound, e))
        return NULL;
    s = g_new0(struct http_server, 1);
    s->callbacks = callbacks;
    s->user = user;
    s->bound = bound;
    s->config = *config;
    fill_in(&s->config);
    bound_raise_files(s->config.n_connections);
    s->daemon = MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, on_request, s, MHD_OPTION_LISTEN_SOCKET, bound.fd,
                                 MHD_OPTION_CONNECTION_LIMIT, s->config.n_connections, MHD_OPTION_CONNECTION_TIMEOUT,
                                 s->config.idle_s, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)LIMIT_HTTP_CONNECTION_BYTES,
                                 MHD_OPTION_NOTIFY_COMPLETED, on_completed, s, MHD_OPTION_NOTIFY_CONNECTION, on_connection, s,
                                 MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (s->daemon == NULL) {
        err_set(e, ERR_LATER, "the HTTP server could not be started");
        bound_close(&s->bound);
        g_free(s);
        return NULL;
    }
    attach(s);
    return s;
}

void http_server_stop(struct http_server *s)
{
    if (s->bound.fd < 0)
        return;
    MHD_quiesce_daemon(s->daemon);
    bound_close(&s->bound);
    s->bound.fd = -1;
}

guint http_server_n_connections(const struct http_server *s)
{
    return s->peers.length;
}

guint16 http_server_port(const struct http_server *s)
{
    return s->bound.port;
}

void http_server_free(struct http_server *s)
{
    if (s == NULL)
        return;
    http_server_stop(s);
    g_source_destroy(s->source);
    g_source_unref(s->source);
    g_source_remove(s->sweep_id);
    MHD_stop_daemon(s->daemon);
    g_free(s);
}
