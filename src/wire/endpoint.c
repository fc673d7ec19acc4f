/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From an address of a socket (base/conf_endpoint.h) to what the system takes; see endpoint.h.
 */
#include "wire/endpoint.h"

#include "base/conf_endpoint.h"

#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

static bool take_path(const char *path, struct endpoint *endpoint_out, struct err *e)
{
    struct sockaddr_un *un = (struct sockaddr_un *)&endpoint_out->address;
    gsize n = strlen(path);

    if (*path != '/')
        return err_set(e, ERR_CONFIG, "unix:%s: the path must be absolute", path);
    if (n >= sizeof un->sun_path)
        return err_set(e, ERR_CONFIG, "unix:%s: the path has %" G_GSIZE_FORMAT " bytes, a socket's may have %d", path, n,
                       (int)sizeof un->sun_path - 1);
    un->sun_family = AF_UNIX;
    memcpy(un->sun_path, path, n + 1);
    endpoint_out->length = sizeof *un;
    return true;
}

static bool look_up(const char *text, const struct conf_endpoint *given, struct endpoint *endpoint_out, struct err *e)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_family = AF_UNSPEC, .ai_flags = AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    g_autofree char *service = g_strdup_printf("%u", given->port);
    int rc = getaddrinfo(given->host, service, &hints, &found);

    if (rc != 0)
        return err_set(e, rc == EAI_AGAIN ? ERR_LATER : ERR_CONFIG, "%s: %s", text, gai_strerror(rc));
    memcpy(&endpoint_out->address, found->ai_addr, found->ai_addrlen);
    endpoint_out->length = found->ai_addrlen;
    endpoint_out->port = given->port;
    freeaddrinfo(found);
    return true;
}

bool endpoint_parse(const char *text, struct endpoint *endpoint_out, struct err *e)
{
    conf_endpoint_auto struct conf_endpoint given = {0};
    err_auto struct err why = {0};

    *endpoint_out = (struct endpoint){0};
    if (!conf_endpoint_parse(text, &given, &why))
        return err_set(e, ERR_CONFIG, "%s", why.text);
    return given.path != NULL ? take_path(given.path, endpoint_out, e) : look_up(text, &given, endpoint_out, e);
}

bool endpoint_is_unix(const struct endpoint *endpoint)
{
    return endpoint->address.ss_family == AF_UNIX;
}
