/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads and writes addresses of sockets; see conf_endpoint.h.
 */
#include "base/conf_endpoint.h"

#include <string.h>

/* Splits "ADDRESS:PORT" at its last colon and takes brackets off. */
static bool split(const char *text, char **host_out, guint16 *port_out)
{
    const char *colon = strrchr(text, ':');
    guint64 port;

    if (colon == NULL || !g_ascii_string_to_unsigned(colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
        return false;
    gsize n = (gsize)(colon - text);
    if (n >= 2 && text[0] == '[' && colon[-1] == ']') {
        text++;
        n -= 2;
    } else if (memchr(text, ':', n) != NULL) {
        return false; /* where would the address end? */
    }
    if (n == 0)
        return false;
    *host_out = g_strndup(text, n);
    *port_out = (guint16)port;
    return true;
}

bool conf_endpoint_parse(const char *text, struct conf_endpoint *endpoint_out, struct err *e)
{
    *endpoint_out = (struct conf_endpoint){0};
    if (g_str_has_prefix(text, "unix:") && text[5] != '\0') {
        endpoint_out->path = g_strdup(text + 5);
        return true;
    }
    if (g_str_has_prefix(text, "inet:") && split(text + 5, &endpoint_out->host, &endpoint_out->port))
        return true;
    return err_set(e, ERR_INPUT, "\"%s\" is neither unix:PATH nor inet:ADDRESS:PORT, an IPv6 address in brackets", text);
}

void conf_endpoint_clear(struct conf_endpoint *endpoint)
{
    g_free(endpoint->path);
    g_free(endpoint->host);
    *endpoint = (struct conf_endpoint){0};
}

bool conf_endpoint_is_set(const struct conf_endpoint *endpoint)
{
    return endpoint->path != NULL || endpoint->host != NULL;
}

char *conf_endpoint_text(const struct conf_endpoint *endpoint)
{
    if (!conf_endpoint_is_set(endpoint))
        return g_strdup("");
    if (endpoint->path != NULL)
        return g_strconcat("unix:", endpoint->path, NULL);
    return g_strdup_printf(strchr(endpoint->host, ':') != NULL ? "inet:[%s]:%u" : "inet:%s:%u", endpoint->host, endpoint->port);
}
