/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost check, the part about the way out: does the mail server answer, would it take our mail for somebody elsewhere
 * (mynetworks), and does it know that our domain's mail comes to us (mydestination)? Asked by RCPT; no mail is sent.
 */
#include "cmd/check.h"
#include "wire/curl_probe.h"
#include "wire/relay_url.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>

#define TIMEOUT_S   5
#define REPLY_LINES 50

struct talk {
    GSocketConnection *connection;
    GDataInputStream *lines;
};

static bool begin(struct talk *t, const struct conf_endpoint *relay, GError **error)
{
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_autoptr(GSocketConnectable) where = relay->path != NULL ? G_SOCKET_CONNECTABLE(g_unix_socket_address_new(relay->path))
                                                              : g_network_address_new(relay->host, relay->port);

    g_socket_client_set_timeout(client, TIMEOUT_S);
    t->connection = g_socket_client_connect(client, where, NULL, error);
    if (t->connection == NULL)
        return false;
    t->lines = g_data_input_stream_new(g_io_stream_get_input_stream(G_IO_STREAM(t->connection)));
    g_data_input_stream_set_newline_type(t->lines, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
    return true;
}

static void end(struct talk *t)
{
    g_clear_object(&t->lines);
    g_clear_object(&t->connection);
}

/* The last line of a reply, made UTF-8; NULL if none comes. Caller frees. */
static char *hear(struct talk *t)
{
    for (int i = 0; i < REPLY_LINES; i++) {
        g_autofree char *line = g_data_input_stream_read_line(t->lines, NULL, NULL, NULL);
        if (line == NULL)
            return NULL;
        if (strlen(line) < 4 || line[3] != '-')
            return g_utf8_make_valid(line, -1);
    }
    return NULL;
}

/* What is answered to a line; "" if nothing is. Caller frees. */
static char *ask(struct talk *t, const char *format, const char *argument)
{
    g_autofree char *line = g_strdup_printf("%s%s\r\n", format, argument);
    GOutputStream *out = g_io_stream_get_output_stream(G_IO_STREAM(t->connection));
    char *reply = g_output_stream_write_all(out, line, strlen(line), NULL, NULL, NULL) ? hear(t) : NULL;

    return reply != NULL ? reply : g_strdup("");
}

/* A-labels, so that no server needs SMTPUTF8 for the question; NULL: the part before the @ needs it. */
static char *in_ascii(const char *address)
{
    const char *at = strrchr(address, '@');
    g_autofree char *local = g_strndup(address, (gsize)(at - address));
    g_autofree char *domain = g_hostname_to_ascii(at + 1);

    return domain != NULL && g_str_is_ascii(local) ? g_strconcat("<", local, "@", domain, ">", NULL) : NULL;
}

/* A 4xx can be greylisting or a slow probe: said, no fault. */
static void judge(struct check *c, const char *address, const char *reply, const char *remedy)
{
    g_autofree char *text = g_strdup_printf("for %s it says: %s%s%s", address, *reply != '\0' ? reply : "nothing",
                                            *reply == '2' ? "" : "; ", *reply == '2' ? "" : remedy);

    if (*reply == '5')
        check_bad(c, "relay", ERR_CONFIG, text);
    else
        check_say(c, *reply == '2' ? OUTCOME_OK : OUTCOME_NOTE, "relay", text);
}

static void try_recipient(struct check *c, struct talk *t, const char *address, const char *remedy)
{
    g_autofree char *path = in_ascii(address);

    if (path == NULL)
        return;
    g_autofree char *from = ask(t, "MAIL FROM:<>", "");
    g_autofree char *reply = *from == '2' ? ask(t, "RCPT TO:", path) : g_strdup(from);
    g_autofree char *reset = ask(t, "RSET", "");
    judge(c, address, reply, remedy);
}

static void try_recipients(struct check *c, struct talk *t)
{
    const struct settings *s = &c->settings;
    g_autofree char *hello = ask(t, "EHLO ", s->dispatch_hello);
    g_autofree char *own = g_strdup_printf("hilfe@%s", s->initiative_domain);

    if (!settings_is_own_address(s, s->initiative_contact))
        try_recipient(c, t, s->initiative_contact, "does it relay for us (Postfix: mynetworks)?");
    try_recipient(c, t, own,
                  "does it know that our domain's mail comes to the gateway (Postfix: relay_domains, and not mydestination)?");
    g_autofree char *bye = ask(t, "QUIT", "");
}

/* Our own mail server, spoken to in the clear. */
static void check_plain(struct check *c)
{
    const char *where = c->settings.dispatch_relay;
    struct conf_endpoint endpoint = {0};
    g_autoptr(GError) error = NULL;
    struct talk t = {0};
    g_autofree char *line = conf_endpoint_parse(where, &endpoint, NULL) && begin(&t, &endpoint, &error) ? hear(&t) : NULL;
    g_autofree char *text = g_strdup_printf("%s: %s", where,
                                            line != NULL    ? line
                                            : error != NULL ? error->message
                                                            : "it hangs up without a word");

    if (line != NULL && g_str_has_prefix(line, "220")) {
        check_say(c, OUTCOME_OK, "relay", text);
        c->relay_name = g_strndup(line + 4, strlen(line) > 4 ? strcspn(line + 4, " ") : 0);
        try_recipients(c, &t);
    } else {
        check_bad(c, "relay", ERR_LATER, text);
    }
    end(&t);
    conf_endpoint_clear(&endpoint);
}

/* A provider's: TLS, certificate and login are tried, no mail is. */
static void check_secured(struct check *c)
{
    const struct settings *s = &c->settings;
    const struct way_out_spec spec = settings_way_out(s, s->dispatch_relay);
    err_auto struct err e = {0};
    g_autofree char *said = curl_probe(&spec, &e);
    g_autofree char *text = g_strdup_printf("%s: %s", s->dispatch_relay, said != NULL ? said : e.text);

    if (said != NULL)
        check_say(c, OUTCOME_OK, "relay", text);
    else
        check_bad(c, "relay", e.kind, text);
}

void check_relay(struct check *c)
{
    if (relay_url_is(c->settings.dispatch_relay))
        check_secured(c);
    else
        check_plain(c);
}
