/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost check, the part about the pages: does somebody answer at [web] listen, may only this machine ask there, and do the
 * two settings fit together. Says nothing where there are no pages.
 */
#include "cmd/check.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>

#define TIMEOUT_S 5

/* The first line of the answer to GET /healthz, "" if none comes; NULL: nobody listens. Caller frees. */
static char *ask(GSocketConnectable *where)
{
    static const char request[] = "GET /healthz HTTP/1.1\r\nHost: check\r\nConnection: close\r\n\r\n";
    g_autoptr(GSocketClient) client = g_socket_client_new();

    g_socket_client_set_timeout(client, TIMEOUT_S);
    g_autoptr(GSocketConnection) connection = g_socket_client_connect(client, where, NULL, NULL);
    if (connection == NULL)
        return NULL;
    g_autoptr(GDataInputStream) lines = g_data_input_stream_new(g_io_stream_get_input_stream(G_IO_STREAM(connection)));
    g_data_input_stream_set_newline_type(lines, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
    g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(connection)), request, strlen(request), NULL, NULL, NULL);
    char *line = g_data_input_stream_read_line_utf8(lines, NULL, NULL, NULL);
    return line != NULL ? line : g_strdup("");
}

static void say_answer(struct check *c, const char *where, GSocketConnectable *address)
{
    g_autofree char *line = ask(address);
    g_autofree char *text = line == NULL ? g_strdup_printf("%s: nobody listens there now; the web process is not running", where)
                                         : g_strdup_printf("%s: %s", where, *line != '\0' ? line : "no answer");

    if (line != NULL && !g_str_has_prefix(line, "HTTP/1.1 200"))
        check_bad(c, "web", ERR_CONFIG, text);
    else
        check_say(c, line != NULL ? OUTCOME_OK : OUTCOME_NOTE, "web", text);
}

/* Plain HTTP is for the web server beside us. */
static bool is_loopback(const char *host)
{
    g_autoptr(GInetAddress) address = g_inet_address_new_from_string(host);

    return strcmp(host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback(address));
}

static void check_address(struct check *c)
{
    const struct conf_endpoint *listen = &c->settings.web_listen;
    g_autofree char *where = conf_endpoint_text(listen);

    if (listen->path != NULL) {
        g_autoptr(GSocketAddress) address = g_unix_socket_address_new(listen->path);
        say_answer(c, where, G_SOCKET_CONNECTABLE(address));
    } else if (!is_loopback(listen->host)) {
        g_autofree char *text =
            g_strdup_printf("%s is open to other machines without encryption: links to one person's pages could be "
                            "read on the way; take a unix socket or 127.0.0.1 and a web server in front",
                            where);
        check_bad(c, "web", ERR_CONFIG, text);
    } else {
        g_autoptr(GSocketConnectable) address = g_network_address_new(listen->host, listen->port);
        say_answer(c, where, address);
    }
}

void check_web(struct check *c)
{
    bool has_listen = conf_endpoint_is_set(&c->settings.web_listen), has_url = *c->settings.web_url != '\0';

    if (has_listen)
        check_address(c);
    if (has_listen && !has_url)
        check_say(c, OUTCOME_NOTE, "web", "[web] url is empty: no mail has a link to a page");
    if (has_url && !has_listen)
        check_bad(c, "web", ERR_CONFIG, "[web] url is set and listen is not: links in mails lead to nobody");
}
