/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sessions on the GLib main loop; see listen.h. A session's socket is polled for one thing at a time: to
 * write while output is left over, for nothing while a message waits for its answers (a peer that hangs up is
 * noticed all the same), else to read. So a peer that sends without listening is slowed down, not buffered.
 * What it is polled for is a field of ours: GLib would wake the loop, that is us, through a pipe at each change.
 */
#include "wire/listen.h"

#include "base/limits.h"
#include "wire/bind.h"

#include <errno.h>
#include <glib-unix.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <unistd.h>

#define READ_BYTES     (64 * 1024)
#define ACCEPTS_A_TURN 64
#define SWEEP_S        1

struct session {
    GSource source; /* first: GLib allocates and casts */
    struct listener *listener;
    struct lmtp *lmtp;
    GPollFD poll;
    guint64 number;
    gint64 begun_at_us, heard_at_us; /* of the monotonic clock */
    gsize held_bytes;                /* this session's share of listener.held_bytes */
    bool is_broken;                  /* the connection has gone */
    bool is_inside;                  /* a callback may answer from within */
};

struct listener {
    const struct listener_callbacks *callbacks;
    void *user;
    struct listener_config config;
    char *name;
    struct bound bound;
    guint accept_id, sweep_id;
    GHashTable *sessions; /* &session.number -> session */
    guint64 last_number;
    gsize held_bytes;
    bool is_stopping;
    char *buffer; /* READ_BYTES, for whoever is reading */
};

static void report(struct listener *l, const char *event, const char *detail)
{
    if (l->callbacks->trouble != NULL)
        l->callbacks->trouble(l->user, event, detail);
}

/* ---- one session */

static char *session_rcpt(void *user, const char *sender, const char *address)
{
    struct session *s = user;

    return s->listener->callbacks->rcpt(s->listener->user, sender, address);
}

static void session_message(void *user, struct lmtp_message *m)
{
    struct session *s = user;

    s->listener->callbacks->message(s->listener->user, s->number, m);
}

static bool session_room(void *user, gsize bytes)
{
    struct session *s = user;
    struct listener *l = s->listener;

    l->held_bytes = l->held_bytes - s->held_bytes + bytes;
    s->held_bytes = bytes;
    return l->held_bytes <= l->config.held_bytes;
}

static const struct lmtp_callbacks session_callbacks = {
    .rcpt = session_rcpt,
    .message = session_message,
    .room = session_room,
};

static void session_end(struct session *s)
{
    struct listener *l = s->listener;

    (void)session_room(s, 0);
    lmtp_free(s->lmtp);
    g_hash_table_remove(l->sessions, &s->number);
    g_source_destroy(&s->source);
    close(s->poll.fd);
    g_source_unref(&s->source);
    if (l->is_stopping && g_hash_table_size(l->sessions) == 0 && l->callbacks->drained != NULL)
        l->callbacks->drained(l->user);
}

static void session_write(struct session *s)
{
    GString *out = lmtp_output(s->lmtp);
    gssize n;

    if (out->len == 0)
        return;
    n = send(s->poll.fd, out->str, out->len, MSG_NOSIGNAL);
    if (n > 0)
        g_string_erase(out, 0, n);
    else if (n < 0 && errno != EAGAIN && errno != EINTR)
        s->is_broken = true;
}

static gushort wanted(const struct session *s)
{
    if (lmtp_output(s->lmtp)->len > 0)
        return G_IO_OUT;
    return lmtp_is_waiting(s->lmtp) ? 0 : G_IO_IN;
}

/* Writes what is to be said, ends a session that is over, and asks the loop for what comes next. */
static void session_settle(struct session *s)
{
    if (s->listener->is_stopping && !lmtp_is_busy(s->lmtp))
        lmtp_close(s->lmtp, "421 4.3.2 Shutting down, please try again later");
    session_write(s);
    if (s->is_broken || (lmtp_is_closed(s->lmtp) && lmtp_output(s->lmtp)->len == 0))
        session_end(s);
    else
        s->poll.events = wanted(s);
}

static void session_read(struct session *s)
{
    gssize n = recv(s->poll.fd, s->listener->buffer, READ_BYTES, 0);

    if (n > 0) {
        s->heard_at_us = g_get_monotonic_time();
        s->is_inside = true;
        lmtp_feed(s->lmtp, s->listener->buffer, (gsize)n);
        s->is_inside = false;
    } else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
        s->is_broken = true;
    }
}

static gboolean session_check(GSource *source)
{
    return ((struct session *)source)->poll.revents != 0;
}

static gboolean session_dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
    struct session *s = (struct session *)source;
    gushort condition = s->poll.revents;

    (void)callback;
    (void)data;
    if (condition & G_IO_IN)
        session_read(s);
    else if (condition & (G_IO_HUP | G_IO_ERR | G_IO_NVAL))
        s->is_broken = true;
    session_settle(s);
    return G_SOURCE_CONTINUE;
}

static void session_begin(struct listener *l, int fd)
{
    static const GSourceFuncs funcs = {.check = session_check, .dispatch = session_dispatch};
    struct lmtp_config config = {.name = l->name};
    struct session *s = (struct session *)g_source_new((GSourceFuncs *)&funcs, sizeof *s); /* GLib only reads it */
    int on = 1;

    if (!endpoint_is_unix(&l->bound.endpoint))
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    s->listener = l;
    s->number = ++l->last_number;
    s->begun_at_us = s->heard_at_us = g_get_monotonic_time();
    s->lmtp = lmtp_new(&session_callbacks, s, &config);
    s->poll = (GPollFD){.fd = fd, .events = G_IO_IN};
    g_source_add_poll(&s->source, &s->poll);
    g_source_set_can_recurse(&s->source, TRUE); /* nobody does; else GLib takes it out of the poll, and the loop wakes itself */
    g_hash_table_insert(l->sessions, &s->number, s);
    g_source_attach(&s->source, NULL);
    session_settle(s);
}

/* ---- all of them */

static void refuse(struct listener *l, int fd)
{
    static const char busy[] = "421 4.3.2 Too many sessions, please try again later\r\n";

    (void)!send(fd, busy, sizeof busy - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    close(fd);
    report(l, "session.refused", "too many sessions");
}

static gboolean on_accept(int fd, GIOCondition condition, gpointer data)
{
    struct listener *l = data;

    (void)condition;
    for (int i = 0; i < ACCEPTS_A_TURN; i++) {
        int peer = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

        if (peer >= 0 && g_hash_table_size(l->sessions) >= l->config.n_sessions) {
            refuse(l, peer);
        } else if (peer >= 0) {
            session_begin(l, peer);
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            report(l, "session.not-accepted", g_strerror(errno));
            l->accept_id = 0; /* the sweep tries again: polling now would only spin */
            return G_SOURCE_REMOVE;
        } else if (errno != ECONNABORTED && errno != EINTR) {
            break;
        }
    }
    return G_SOURCE_CONTINUE;
}

static void session_sweep(struct session *s, gint64 now_us)
{
    const struct listener_config *config = &s->listener->config;
    bool is_idle = now_us - s->heard_at_us > config->idle_s * G_USEC_PER_SEC;
    bool is_old = now_us - s->begun_at_us > config->total_s * G_USEC_PER_SEC;

    if (lmtp_is_waiting(s->lmtp) || !(is_idle || is_old))
        return;
    report(s->listener, "session.timeout", is_idle ? "idle" : "total");
    lmtp_close(s->lmtp, "421 4.4.2 Timed out");
    session_write(s);
    session_end(s); /* whoever does not listen for so long gets no second chance to */
}

static gboolean on_sweep(gpointer data)
{
    struct listener *l = data;
    gint64 now_us = g_get_monotonic_time();
    g_autoptr(GList) sessions = g_hash_table_get_values(l->sessions);

    for (GList *i = sessions; i != NULL; i = i->next)
        session_sweep(i->data, now_us);
    if (l->accept_id == 0 && !l->is_stopping)
        l->accept_id = g_unix_fd_add(l->bound.fd, G_IO_IN, on_accept, l);
    return G_SOURCE_CONTINUE;
}

bool listener_answer(struct listener *l, guint64 session, guint index, const char *reply)
{
    struct session *s = g_hash_table_lookup(l->sessions, &session);

    bool was_inside, is_last;

    if (s == NULL || !lmtp_is_waiting(s->lmtp))
        return false;
    was_inside = s->is_inside;
    s->is_inside = true;
    is_last = lmtp_answer(s->lmtp, index, reply);
    s->is_inside = was_inside;
    if (is_last && !was_inside)
        session_settle(s); /* all replies in one write */
    return true;
}

static void fill_in(struct listener *l, const struct listener_config *config)
{
    l->config = *config;
    l->name = g_strdup(config->name);
    l->config.name = l->config.address = NULL; /* the caller's strings may go */
    if (l->config.n_sessions == 0)
        l->config.n_sessions = LIMIT_LMTP_SESSIONS;
    if (l->config.idle_s == 0)
        l->config.idle_s = LIMIT_LMTP_IDLE_S;
    if (l->config.total_s == 0)
        l->config.total_s = LIMIT_LMTP_TOTAL_S;
    if (l->config.held_bytes == 0)
        l->config.held_bytes = LIMIT_LMTP_HELD_BYTES;
}

struct listener *listener_new(const struct listener_config *config, const struct listener_callbacks *callbacks, void *user,
                              struct err *e)
{
    struct bound bound;
    struct listener *l;

    if (!bound_open(config->address, config->mode != 0 ? config->mode : 0660, &bound, e))
        return NULL;
    l = g_new0(struct listener, 1);
    fill_in(l, config);
    l->callbacks = callbacks;
    l->user = user;
    l->bound = bound;
    l->buffer = g_malloc(READ_BYTES);
    l->sessions = g_hash_table_new(g_int64_hash, g_int64_equal);
    bound_raise_files(l->config.n_sessions);
    l->accept_id = g_unix_fd_add(bound.fd, G_IO_IN, on_accept, l);
    l->sweep_id = g_timeout_add_seconds(SWEEP_S, on_sweep, l);
    return l;
}

void listener_stop(struct listener *l)
{
    g_autoptr(GList) sessions = g_hash_table_get_values(l->sessions);

    if (l->is_stopping)
        return;
    l->is_stopping = true;
    g_clear_handle_id(&l->accept_id, g_source_remove);
    bound_close(&l->bound);
    if (sessions == NULL && l->callbacks->drained != NULL)
        l->callbacks->drained(l->user);
    for (GList *i = sessions; i != NULL; i = i->next)
        session_settle(i->data);
}

guint listener_n_sessions(const struct listener *l)
{
    return g_hash_table_size(l->sessions);
}

guint16 listener_port(const struct listener *l)
{
    return l->bound.port;
}

void listener_free(struct listener *l)
{
    if (l == NULL)
        return;
    g_autoptr(GList) sessions = g_hash_table_get_values(l->sessions);

    l->is_stopping = false; /* nobody is to hear of `drained` any more */
    for (GList *i = sessions; i != NULL; i = i->next)
        session_end(i->data);
    g_clear_handle_id(&l->accept_id, g_source_remove);
    g_clear_handle_id(&l->sweep_id, g_source_remove);
    bound_close(&l->bound);
    g_hash_table_unref(l->sessions);
    g_free(l->buffer);
    g_free(l->name);
    g_free(l);
}
