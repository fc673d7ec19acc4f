/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads "unix:PATH" and "inet:ADDRESS:PORT"; see endpoint.h.
 */
#include "wire/endpoint.h"

#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

static bool parse_unix(const char *path, struct endpoint *endpoint_out, struct err *e)
{
    struct sockaddr_un *un = (struct sockaddr_un *)&endpoint_out->address;
    gsize n = strlen(path);

    if (n == 0 || *path != '/')
        return err_set(e, ERR_CONFIG, "unix:%s: the path must be absolute", path);
    if (n >= sizeof un->sun_path)
        return err_set(e, ERR_CONFIG,
                       "unix:%s: the path has %" G_GSIZE_FORMAT " bytes, a socket's may have %d", path, n,
                       (int)sizeof un->sun_path - 1);
    un->sun_family = AF_UNIX;
    memcpy(un->sun_path, path, n + 1);
    endpoint_out->length = sizeof *un;
    return true;
}

/* Splits "ADDRESS:PORT" at its last colon and takes brackets off. */
static bool split(const char *text, char **host_out, guint16 *port_out)
{
    const char *colon = strrchr(text, ':');
    guint64 port;
    gsize n;

    if (colon == NULL || !g_ascii_string_to_unsigned(colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
        return false;
    n = (gsize)(colon - text);
    if (n >= 2 && text[0] == '[' && colon[-1] == ']') {
        text++;
        n -= 2;
    } else if (memchr(text, ':', n) != NULL) {
        return false;
    }
    if (n == 0)
        return false;
    *host_out = g_strndup(text, n);
    *port_out = (guint16)port;
    return true;
}

static bool parse_inet(const char *text, struct endpoint *endpoint_out, struct err *e)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_family = AF_UNSPEC, .ai_flags = AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    g_autofree char *host = NULL, *service = NULL;
    int rc;

    if (!split(text, &host, &endpoint_out->port))
        return err_set(e, ERR_CONFIG, "inet:%s: write inet:ADDRESS:PORT, an IPv6 address in brackets", text);
    service = g_strdup_printf("%u", endpoint_out->port);
    rc = getaddrinfo(host, service, &hints, &found);
    if (rc != 0)
        return err_set(e, rc == EAI_AGAIN ? ERR_LATER : ERR_CONFIG, "inet:%s: %s", text, gai_strerror(rc));
    memcpy(&endpoint_out->address, found->ai_addr, found->ai_addrlen);
    endpoint_out->length = found->ai_addrlen;
    freeaddrinfo(found);
    return true;
}

bool endpoint_parse(const char *text, struct endpoint *endpoint_out, struct err *e)
{
    *endpoint_out = (struct endpoint){0};
    if (g_str_has_prefix(text, "unix:"))
        return parse_unix(text + strlen("unix:"), endpoint_out, e);
    if (g_str_has_prefix(text, "inet:"))
        return parse_inet(text + strlen("inet:"), endpoint_out, e);
    return err_set(e, ERR_CONFIG, "%s: an address begins with unix: or inet:", text);
}

bool endpoint_is_unix(const struct endpoint *endpoint)
{
    return endpoint->address.ss_family == AF_UNIX;
}
