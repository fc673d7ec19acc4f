/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost check, the part about the door: who can deliver here can write anything into Authentication-Results, so the
 * socket's rights and the address are as much a matter of trust as of function.
 */
#include "base/owner.h"
#include "cmd/check.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TIMEOUT_S 5

/* The first line that is said there, "" if none is; NULL and ERROR: nobody could be asked. Caller frees. */
static char *who_answers(GSocketConnectable *where, GError **error)
{
    g_autoptr(GSocketClient) client = g_socket_client_new();

    g_socket_client_set_timeout(client, TIMEOUT_S);
    g_autoptr(GSocketConnection) connection = g_socket_client_connect(client, where, NULL, error);
    if (connection == NULL)
        return NULL;
    g_autoptr(GDataInputStream) lines = g_data_input_stream_new(g_io_stream_get_input_stream(G_IO_STREAM(connection)));
    g_data_input_stream_set_newline_type(lines, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
    char *line = g_data_input_stream_read_line_utf8(lines, NULL, NULL, NULL);
    return line != NULL ? line : g_strdup("");
}

static void say_who_answers(struct check *c, const char *where, GSocketConnectable *address)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *line = who_answers(address, &error);
    g_autofree char *text = NULL;
    bool is_forbidden = g_error_matches(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);

    if (is_forbidden)
        text = g_strdup_printf("%s: the socket there is somebody else's; was `forumpost serve` started as root?", where);
    else if (line == NULL)
        text = g_strdup_printf("%s: nobody listens there now; the gateway is not running", where);
    else if (!g_str_has_prefix(line, "220"))
        text = g_strdup_printf("%s: somebody else listens there: \"%s\"", where, line);
    else
        text = g_strdup_printf("%s: %s", where, line);
    if (is_forbidden || (line != NULL && !g_str_has_prefix(line, "220")))
        check_bad(c, "listen", is_forbidden ? ERR_RIGHTS : ERR_CONFIG, text);
    else
        check_say(c, line != NULL ? OUTCOME_OK : OUTCOME_NOTE, "listen", text);
}

/* Who gets through the folder and may write the socket. */
static void check_deliverers(struct check *c, const char *folder)
{
    gint64 mode = c->settings.intake_socket_mode;
    struct stat st;

    if (stat(folder, &st) != 0)
        return;
    /* The set-group-id bit gives the socket the folder's group; without it the socket has the service's. */
    g_autofree char *group = owner_group_name((st.st_mode & S_ISGID) != 0 ? st.st_gid : getegid());
    if ((st.st_mode & 0001) != 0 && (mode & 0002) != 0)
        check_say(
            c, OUTCOME_NOTE, "deliverers",
            "every user of this machine can deliver, and say who wrote it; socket_mode = 0660 and a folder of mode 2750 leave "
            "it to the mail server");
    else if ((mode & 0020) == 0)
        check_say(c, OUTCOME_OK, "deliverers", "only the service's own user can deliver");
    else {
        g_autofree char *text = g_strdup_printf("the group %s can deliver; the mail server must be in it", group);
        check_say(c, OUTCOME_OK, "deliverers", text);
    }
}

static void check_unix(struct check *c, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *me = owner_user_name(geteuid());
    g_autofree char *where = conf_endpoint_text(&c->settings.intake_listen);

    if (!g_file_test(folder, G_FILE_TEST_IS_DIR) && errno != EACCES) {
        g_autofree char *text =
            g_strdup_printf("%s is not there; make it with `install -d -o %s -g GROUP -m 2750 %s`, GROUP being the "
                            "mail server's",
                            folder, me, folder);
        check_bad(c, "listen", ERR_CONFIG, text);
        return;
    }
    if (faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0) {
        g_autofree char *text =
            g_strdup_printf("%s may not make the socket in %s: %s; `chown %s %s`", me, folder, g_strerror(errno), me, folder);
        check_bad(c, "listen", ERR_RIGHTS, text);
        return;
    }
    g_autoptr(GSocketAddress) address = g_unix_socket_address_new(path);
    say_who_answers(c, where, G_SOCKET_CONNECTABLE(address));
    check_deliverers(c, folder);
}

/* Every address that the host's name stands for must be loopback. */
static bool is_loopback(const char *host)
{
    g_autoptr(GResolver) resolver = g_resolver_get_default();
    GList *addresses = g_resolver_lookup_by_name(resolver, host, NULL, NULL);
    bool is = addresses != NULL;

    for (GList *a = addresses; a != NULL; a = a->next)
        is = is && g_inet_address_get_is_loopback(a->data);
    g_resolver_free_addresses(addresses);
    return is;
}

static void check_inet(struct check *c, const struct conf_endpoint *listen)
{
    g_autofree char *where = conf_endpoint_text(listen);

    if (!is_loopback(listen->host)) {
        g_autofree char *text =
            g_strdup_printf("%s is open to other machines: who reaches it can deliver, and say who wrote it; take a "
                            "unix socket or 127.0.0.1",
                            where);
        check_bad(c, "listen", ERR_CONFIG, text);
        return;
    }
    g_autoptr(GSocketConnectable) address = g_network_address_new(listen->host, listen->port);
    say_who_answers(c, where, address);
    check_say(c, OUTCOME_NOTE, "deliverers",
              "every user of this machine can deliver, and say who wrote it; a unix socket keeps them out");
}

void check_listen(struct check *c)
{
    const struct conf_endpoint *listen = &c->settings.intake_listen;

    if (listen->path != NULL)
        check_unix(c, listen->path);
    else
        check_inet(c, listen);
}
