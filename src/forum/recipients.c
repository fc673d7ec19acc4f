/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See recipients.h.
 */
#include "forum/recipients.h"

#include <string.h>

/* The place of ADDRESS in To and Cc, from 3 on; one that stands in neither comes last. */
static guint place_of(const struct message *m, const char *address)
{
    const GPtrArray *const fields[] = {m->to, m->cc};
    guint place = 3;

    for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
        for (guint k = 0; k < fields[i]->len; k++, place++)
            if (g_ascii_strcasecmp(((const struct mailbox *)fields[i]->pdata[k])->address, address) == 0)
                return place;
    return place;
}

static guint turn_of(const struct message *m, const char *address)
{
    static const char *const discussions[] = {"idee-", "idea-", "vorschlag-", "proposal-"};

    if (strchr(address, '+') != NULL)
        return 0;
    for (guint i = 0; i < G_N_ELEMENTS(discussions); i++)
        if (g_str_has_prefix(address, discussions[i]))
            return 1;
    return m != NULL ? place_of(m, address) : 2;
}

static gint by_turn(gconstpointer a, gconstpointer b, gpointer user)
{
    guint x = turn_of(user, *(char *const *)a), y = turn_of(user, *(char *const *)b);

    return x < y ? -1 : x > y;
}

void recipients_sort(GPtrArray *recipients, const struct message *m)
{
    g_ptr_array_sort_with_data(recipients, by_turn, (gpointer)m);
}
