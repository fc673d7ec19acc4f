/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The misbehaving relay; see relay.h.
 */
#include "relay.h"

#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct guest {
    struct relay *relay;
    int fd;
    FILE *in;
    gboolean has_recipient, is_over;
    char *after_data; /* what the dot is answered with */
};

static void answer(struct guest *g, const char *text)
{
    for (gsize at = 0, n = strlen(text); at < n; at += g->relay->habits.trickles ? 1 : n) {
        gsize part = g->relay->habits.trickles ? 1 : n;

        if (send(g->fd, text + at, part, MSG_NOSIGNAL) < 0)
            g->is_over = TRUE;
        if (g->relay->habits.trickles)
            g_usleep(200);
    }
}

static void answer_code(struct guest *g, const char *code)
{
    g_autofree char *text = g_strdup_printf("%.3s-%c.1.1 first line\r\n%.3s %c.1.1 as asked\r\n", code, *code, code, *code);

    answer(g, text);
}

static void on_mail(struct guest *g, const char *sender)
{
    g->has_recipient = FALSE;
    g_free(g->after_data);
    g->after_data = NULL;
    if (g_str_has_prefix(sender, "mail"))
        answer_code(g, sender + 4);
    else
        answer(g, "250 2.1.0 Ok\r\n");
}

static void on_rcpt(struct guest *g, const char *recipient)
{
    if (g_str_has_prefix(recipient, "close-")) {
        g->is_over = TRUE;
    } else if (g_ascii_isdigit(*recipient)) {
        answer_code(g, recipient);
    } else {
        g->has_recipient = TRUE;
        if (g_str_has_prefix(recipient, "data"))
            g->after_data = g_strndup(recipient + 4, 3);
        else if (g_str_has_prefix(recipient, "closedata-"))
            g->after_data = g_strdup("");
        answer(g, "250 2.1.5 Ok\r\n");
    }
}

static void keep_waiting(struct guest *g)
{
    while (!g_atomic_int_get(&g->relay->is_over))
        g_usleep(1000);
    g->is_over = TRUE;
}

static void read_body(struct guest *g)
{
    char line[2000];
    GString *body = g_string_new(NULL);

    while (fgets(line, sizeof line, g->in) != NULL && strcmp(line, ".\r\n") != 0) {
        g_string_append(body, *line == '.' ? line + 1 : line);
        if (g->relay->habits.reads_slowly && body->len % 50000 < 80)
            g_usleep(1000);
    }
    if (g->has_recipient)
        g_ptr_array_add(g->relay->bodies, body);
    else
        g_string_free(body, TRUE);
}

static void on_data(struct guest *g)
{
    if (!g->has_recipient && !g->relay->habits.accepts_data_anyway) {
        answer(g, "554 5.5.1 no valid recipients\r\n");
        return;
    }
    answer(g, "354 go\r\n");
    if (g->relay->habits.stops_reading) {
        keep_waiting(g);
        return;
    }
    read_body(g);
    if (g->relay->habits.never_says_taken) {
        keep_waiting(g);
        return;
    }
    if (g->after_data == NULL)
        answer(g, g->has_recipient ? "250 2.0.0 Ok: queued\r\n" : "554 5.5.1 for nobody\r\n");
    else if (*g->after_data != '\0')
        answer_code(g, g->after_data);
    else
        g->is_over = TRUE;
}

static void on_ehlo(struct guest *g)
{
    const char *ehlo = g->relay->habits.ehlo;

    answer(g, ehlo != NULL ? ehlo
                           : "250-relay\r\n250-PIPELINING\r\n250-SIZE 1000000\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
                             "250 ENHANCEDSTATUSCODES\r\n");
}

static void obey(struct guest *g, const char *line)
{
    const char *hangs_at = g->relay->habits.hangs_at;

    if (hangs_at != NULL && g_str_has_prefix(line, hangs_at))
        keep_waiting(g);
    else if (g_str_has_prefix(line, "EHLO "))
        on_ehlo(g);
    else if (g_str_has_prefix(line, "MAIL FROM:<"))
        on_mail(g, line + 11);
    else if (g_str_has_prefix(line, "RCPT TO:<"))
        on_rcpt(g, line + 9);
    else if (g_str_has_prefix(line, "DATA"))
        on_data(g);
    else if (g_str_has_prefix(line, "QUIT"))
        answer(g, "221 2.0.0 Bye\r\n"), g->is_over = TRUE;
    else
        answer(g, "250 2.0.0 Ok\r\n");
}

static void greet_for_ever(struct guest *g)
{
    while (!g->is_over && !g_atomic_int_get(&g->relay->is_over)) {
        answer(g, "220-and another thing\r\n");
        g_usleep(50 * 1000);
    }
    g->is_over = TRUE;
}

static void serve(struct relay *r, int fd)
{
    struct guest g = {.relay = r, .fd = fd, .in = fdopen(fd, "r")};
    char line[2000];

    if (r->habits.greets_for_ever)
        greet_for_ever(&g);
    else
        answer(&g, r->habits.greeting != NULL ? r->habits.greeting : "220 relay ESMTP\r\n");
    while (!g.is_over && fgets(line, sizeof line, g.in) != NULL) {
        g_string_append(r->log, line);
        obey(&g, line);
    }
    fclose(g.in);
    g_free(g.after_data);
}

static gpointer run(gpointer data)
{
    struct relay *r = data;
    int fd;

    while ((fd = accept(r->fd, NULL, NULL)) >= 0) {
        r->n_connections++;
        serve(r, fd);
    }
    return NULL;
}

struct relay *relay_start(const struct relay_habits *habits)
{
    struct relay *r = g_new0(struct relay, 1);
    struct sockaddr_in *in = (struct sockaddr_in *)&r->endpoint.address;

    r->habits = *habits;
    r->fd = socket(AF_INET, SOCK_STREAM, 0);
    r->endpoint.length = sizeof *in;
    in->sin_family = AF_INET;
    in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    g_assert_cmpint(bind(r->fd, (struct sockaddr *)in, sizeof *in), ==, 0);
    g_assert_cmpint(listen(r->fd, 10), ==, 0);
    g_assert_cmpint(getsockname(r->fd, (struct sockaddr *)in, &r->endpoint.length), ==, 0);
    r->log = g_string_new(NULL);
    r->bodies = g_ptr_array_new();
    r->thread = g_thread_new("relay", run, r);
    return r;
}

void relay_stop(struct relay *r)
{
    g_atomic_int_set(&r->is_over, 1);
    shutdown(r->fd, SHUT_RDWR);
    g_thread_join(r->thread);
    close(r->fd);
}

void relay_free(struct relay *r)
{
    for (guint i = 0; i < r->bodies->len; i++)
        g_string_free(r->bodies->pdata[i], TRUE);
    g_ptr_array_unref(r->bodies);
    g_string_free(r->log, TRUE);
    g_free(r);
}
