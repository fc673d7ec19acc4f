/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The operating system's word for who runs a door. It is as good as the rights on the machine: whoever may run
 * commands as the service's user could also write the database. It tells colleagues apart, it does not stop a thief.
 */
#include "cmd/actor.h"

#include "base/limits.h"

#include <glib.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

/* A login as it can stand in one line; NULL if it is none. */
static const char *usable(const char *login)
{
    if (login == NULL || *login == '\0' || strlen(login) > LIMIT_LOGIN_BYTES)
        return NULL;
    for (const char *p = login; *p != '\0'; p++)
        if (!g_ascii_isgraph(*p))
            return NULL;
    return login;
}

char *actor_name(void)
{
    static const char *const changed_by[] = {"SUDO_USER", "DOAS_USER"};
    const struct passwd *entry = getpwuid(geteuid());
    const char *login = NULL;
    g_autofree char *user =
        entry != NULL && usable(entry->pw_name) != NULL ? g_strdup(entry->pw_name) : g_strdup_printf("uid-%ld", (long)geteuid());

    for (gsize i = 0; login == NULL && i < G_N_ELEMENTS(changed_by); i++)
        login = usable(g_getenv(changed_by[i]));
    return login != NULL && strcmp(login, user) != 0 ? g_strdup_printf("operator %s as %s", login, user)
                                                     : g_strdup_printf("operator %s", user);
}
