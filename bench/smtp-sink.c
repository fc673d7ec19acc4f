/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A relay that takes everything and counts, as quickly as it can: one thread, epoll, nothing kept. With -w it
 * waits that many milliseconds before each final answer, like a relay that syncs to a disk; other connections
 * go on.
 *
 *     smtp-sink -a inet:127.0.0.1:2525 [-w MS]
 *
 * Ends ten seconds after the last mail, or at SIGTERM, and prints one line. Time runs from the first MAIL to the
 * last dot.
 */
#include "meter.h"
#include "wire/bind.h"
#include "wire/dotted.h"

#include <glib-unix.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define IDLE_S 10

struct sink {
    GMainLoop *loop;
    gint wait_ms;
    guint n_connections, n_open, n_most_open, n_mails, n_recipients;
    gsize n_bytes;
    double first_at, last_at;
};

struct guest {
    struct sink *sink;
    int fd;
    guint read_id, wait_id;
    GString *in, *out;
    bool is_in_data, is_over;
    guint n_recipients;
    enum dotted_state dotted;
};

static gboolean on_readable(int fd, GIOCondition condition, gpointer data);

static void guest_free(struct guest *g)
{
    g_clear_handle_id(&g->read_id, g_source_remove);
    g_clear_handle_id(&g->wait_id, g_source_remove);
    close(g->fd);
    g->sink->n_open--;
    g_string_free(g->in, TRUE);
    g_string_free(g->out, TRUE);
    g_free(g);
}

static void flush(struct guest *g)
{
    gsize at = 0;

    while (at < g->out->len) {
        gssize n = send(g->fd, g->out->str + at, g->out->len - at, MSG_NOSIGNAL);

        if (n <= 0)
            break;
        at += (gsize)n;
    }
    g_string_truncate(g->out, 0);
}

static void obey(struct guest *g, const char *line)
{
    const char *reply = "250 2.0.0 Ok\r\n";

    if (g_str_has_prefix(line, "EHLO"))
        reply = "250-sink\r\n250-PIPELINING\r\n250-SIZE 0\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 "
                "ENHANCEDSTATUSCODES\r\n";
    if (g_str_has_prefix(line, "MAIL")) {
        g->n_recipients = 0;
        if (g->sink->first_at == 0)
            g->sink->first_at = meter_now();
    }
    if (g_str_has_prefix(line, "RCPT"))
        g->n_recipients++;
    if (g_str_has_prefix(line, "DATA")) {
        reply = "354 go on\r\n";
        g->is_in_data = true;
        g->dotted = DOTTED_LINE_START;
    }
    if (g_str_has_prefix(line, "QUIT")) {
        reply = "221 2.0.0 Bye\r\n";
        g->is_over = true;
    }
    g_string_append(g->out, reply);
}

static void end_mail(struct guest *g)
{
    struct sink *s = g->sink;

    g->is_in_data = false;
    s->n_mails++;
    s->n_recipients += g->n_recipients;
    s->last_at = meter_now();
    g_string_append(g->out, "250 2.0.0 Ok: counted\r\n");
}

/* Works on what has been read until nothing more can be made of it, or a final answer has to wait. */
static bool work(struct guest *g)
{
    gsize at = 0;
    bool must_wait = false;

    while (at < g->in->len && !g->is_over && !must_wait) {
        const char *bytes = g->in->str + at;
        gsize n = g->in->len - at;

        if (g->is_in_data) {
            gsize taken = dotted_take(&g->dotted, bytes, n, NULL);

            at += taken;
            g->sink->n_bytes += taken;
            if (g->dotted == DOTTED_END) {
                end_mail(g);
                must_wait = g->sink->wait_ms > 0;
            }
        } else {
            const char *end = memmem(bytes, n, "\r\n", 2);

            if (end == NULL)
                break;
            obey(g, bytes);
            at += (gsize)(end - bytes) + 2;
        }
    }
    g_string_erase(g->in, 0, (gssize)at);
    return must_wait;
}

static gboolean on_waited(gpointer data);

static void turn(struct guest *g)
{
    if (work(g)) {
        g_clear_handle_id(&g->read_id, g_source_remove);
        g->wait_id = g_timeout_add((guint)g->sink->wait_ms, on_waited, g);
        return;
    }
    flush(g);
    if (g->read_id == 0)
        g->read_id = g_unix_fd_add(g->fd, G_IO_IN | G_IO_HUP, on_readable, g);
}

static gboolean on_waited(gpointer data)
{
    struct guest *g = data;

    g->wait_id = 0;
    flush(g);
    turn(g);
    return G_SOURCE_REMOVE;
}

static gboolean on_readable(int fd, GIOCondition condition, gpointer data)
{
    struct guest *g = data;
    char buffer[65536];
    gssize n = recv(fd, buffer, sizeof buffer, 0);

    (void)condition;
    if (n > 0) {
        g_string_append_len(g->in, buffer, n);
        turn(g);
    }
    if (n > 0 && !g->is_over)
        return G_SOURCE_CONTINUE;
    guest_free(g);
    return G_SOURCE_CONTINUE; /* its source went with it */
}

static gboolean on_accept(int fd, GIOCondition condition, gpointer data)
{
    struct sink *s = data;
    int peer = accept(fd, NULL, NULL), on = 1;
    struct guest *g;

    (void)condition;
    if (peer < 0)
        return G_SOURCE_CONTINUE;
    setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    g = g_new0(struct guest, 1);
    g->sink = s;
    g->fd = peer;
    g->in = g_string_new(NULL);
    g->out = g_string_new("220 sink ESMTP\r\n");
    s->n_connections++;
    s->n_open++;
    s->n_most_open = MAX(s->n_most_open, s->n_open);
    turn(g);
    return G_SOURCE_CONTINUE;
}

static gboolean on_tick(gpointer data)
{
    struct sink *s = data;

    if (s->n_mails > 0 && meter_now() - s->last_at > IDLE_S)
        g_main_loop_quit(s->loop);
    return G_SOURCE_CONTINUE;
}

static gboolean on_signal(gpointer data)
{
    g_main_loop_quit(((struct sink *)data)->loop);
    return G_SOURCE_CONTINUE;
}

int main(int argc, char **argv)
{
    g_autofree char *address = NULL;
    struct sink s = {.loop = g_main_loop_new(NULL, FALSE)};
    const GOptionEntry entries[] = {
        {"address", 'a', 0, G_OPTION_ARG_STRING, &address, "unix:PATH or inet:ADDRESS:PORT", "ADDRESS"},
        {"wait", 'w', 0, G_OPTION_ARG_INT, &s.wait_ms, "before each final answer (0)", "MS"},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) options = g_option_context_new("");
    err_auto struct err e = {0};
    struct bound bound;
    double took;

    g_option_context_add_main_entries(options, entries, NULL);
    if (!g_option_context_parse(options, &argc, &argv, NULL) || address == NULL)
        g_error("usage: smtp-sink -a ADDRESS [-w MS]");
    if (!bound_open(address, 0600, &bound, &e))
        g_error("%s", e.text);
    g_unix_fd_add(bound.fd, G_IO_IN, on_accept, &s);
    g_timeout_add(100, on_tick, &s);
    g_unix_signal_add(SIGTERM, on_signal, &s);
    g_main_loop_run(s.loop);
    bound_close(&bound);
    took = s.last_at - s.first_at;
    printf("smtp-sink connections=%u at_once=%u mails=%u recipients=%u kb_each=%.1f seconds=%.3f "
           "per_second=%.0f "
           "own_cpu_us=%.0f\n",
           s.n_connections, s.n_most_open, s.n_mails, s.n_recipients, s.n_mails > 0 ? (double)s.n_bytes / s.n_mails / 1000 : 0,
           took, took > 0 ? s.n_mails / took : 0, s.n_mails > 0 ? meter_cpu() / s.n_mails * 1e6 : 0);
    return 0;
}
