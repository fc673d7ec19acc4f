/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads smtps://USER@HOST:PORT; see relay_url.h.
 */
#include "wire/relay_url.h"

#include <string.h>

#define PORT_TLS      465 /* RFC 8314 */
#define PORT_STARTTLS 587

bool relay_url_is(const char *text)
{
    return strstr(text, "://") != NULL;
}

void relay_url_clear(struct relay_url *u)
{
    g_clear_pointer(&u->user, g_free);
    g_clear_pointer(&u->host, g_free);
}

/* "HOST", "HOST:PORT", "[IPV6]:PORT" */
static bool take_host(const char *text, struct relay_url *u)
{
    const char *end = *text == '[' ? strchr(text, ']') : NULL;
    const char *colon = end != NULL ? (end[1] == ':' ? end + 1 : NULL) : strchr(text, ':');
    guint64 port = u->port;

    if ((*text == '[' && end == NULL) || (end != NULL && end[1] != '\0' && end[1] != ':'))
        return false;
    if (colon != NULL && !g_ascii_string_to_unsigned(colon + 1, 10, 1, G_MAXUINT16, &port, NULL))
        return false;
    u->port = (guint16)port;
    g_autofree char *host = end != NULL     ? g_strndup(text + 1, (gsize)(end - text - 1))
                            : colon != NULL ? g_strndup(text, (gsize)(colon - text))
                                            : g_strdup(text);
    g_autofree char *ascii = end != NULL ? g_strdup(host) : g_hostname_to_ascii(host);
    if (ascii == NULL || *ascii == '\0' || strpbrk(ascii, "/?#@%\\ \t\"<>") != NULL)
        return false;
    if (end != NULL && !g_hostname_is_ip_address(ascii))
        return false;
    u->host = g_steal_pointer(&ascii);
    return true;
}

static bool take(const char *text, struct relay_url *u, struct err *e)
{
    const char *rest = strstr(text, "://") + 3;
    const char *at = strrchr(rest, '@');
    g_autofree char *scheme = g_ascii_strdown(text, rest - text - 3);
    g_autofree char *where = g_strdup(at != NULL ? at + 1 : rest);
    g_autofree char *user = at != NULL ? g_uri_unescape_segment(rest, at, NULL) : NULL;

    if (strcmp(scheme, "smtps") != 0 && strcmp(scheme, "smtp") != 0)
        return err_set(e, ERR_CONFIG, "%s:// is no way to a relay; write smtps://HOST or smtp://HOST", scheme);
    if (at != NULL && memchr(rest, ':', (gsize)(at - rest)) != NULL)
        return err_set(e, ERR_CONFIG,
                       "a password does not belong here, where every mail of a mistake would show it; write it into a file");
    if (at != NULL && (user == NULL || *user == '\0' || strpbrk(user, "\r\n") != NULL))
        return err_set(e, ERR_CONFIG, "the user's name before the @ cannot be read");
    u->is_tls_at_once = strcmp(scheme, "smtps") == 0;
    u->port = u->is_tls_at_once ? PORT_TLS : PORT_STARTTLS;
    if (g_str_has_suffix(where, "/"))
        where[strlen(where) - 1] = '\0';
    u->user = g_steal_pointer(&user);
    return take_host(where, u) || err_set(e, ERR_CONFIG, "write smtps://USER@HOST or smtp://HOST:587, and nothing behind it");
}

bool relay_url_parse(const char *text, struct relay_url *out, struct err *e)
{
    *out = (struct relay_url){0};
    if (relay_url_is(text) && take(text, out, e))
        return true;
    relay_url_clear(out);
    return relay_url_is(text) ? false : err_set(e, ERR_CONFIG, "%s is no URL", text);
}
