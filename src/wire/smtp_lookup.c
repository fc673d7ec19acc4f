/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A thread that looks up one name; see smtp_lookup.h. Whoever lets go last frees what both know.
 */
#include "wire/smtp_lookup.h"

#include <glib.h>
#include <string.h>

struct smtp_lookup {
    gint n_owners; /* the caller, the thread */
    gint is_over;
    char *address;
    struct endpoint endpoint;
    struct err failure;
};

static void look_up(struct smtp_lookup *l)
{
    (void)endpoint_parse(l->address, &l->endpoint, &l->failure);
    g_atomic_int_set(&l->is_over, 1);
}

static gpointer run(gpointer data)
{
    look_up(data);
    smtp_lookup_free(data);
    return NULL;
}

static bool is_quick(const char *address)
{
    const char *host = g_str_has_prefix(address, "inet:") ? address + strlen("inet:") : NULL;
    const char *colon = host != NULL ? strrchr(host, ':') : NULL;
    g_autofree char *name = colon != NULL ? g_strndup(host, (gsize)(colon - host)) : NULL;

    return name == NULL || *name == '[' || g_hostname_is_ip_address(name);
}

struct smtp_lookup *smtp_lookup_start(const char *address)
{
    struct smtp_lookup *l = g_new0(struct smtp_lookup, 1);
    GThread *thread = NULL;

    l->n_owners = 2;
    l->address = g_strdup(address);
    if (!is_quick(address))
        thread = g_thread_try_new("fp-lookup", run, l, NULL);
    if (thread != NULL) {
        g_thread_unref(thread);
        return l;
    }
    l->n_owners = 1;
    look_up(l);
    return l;
}

bool smtp_lookup_is_over(struct smtp_lookup *l, struct endpoint *endpoint_out, struct err *e)
{
    if (!g_atomic_int_get(&l->is_over))
        return false;
    *endpoint_out = l->endpoint;
    if (l->failure.kind != ERR_NONE)
        err_set(e, l->failure.kind, "%s", l->failure.text);
    return true;
}

void smtp_lookup_free(struct smtp_lookup *l)
{
    if (l == NULL || !g_atomic_int_dec_and_test(&l->n_owners))
        return;
    err_clear(&l->failure);
    g_free(l->address);
    g_free(l);
}
