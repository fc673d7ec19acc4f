/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See whys.h.
 */
#include "forum/whys.h"

#include <string.h>

/* What a moderator must know first. */
static const enum why order[] = {WHY_CORRECTED, WHY_REPORTED, WHY_REMOVED, WHY_REDACTED, WHY_IMPOSTOR, WHY_NAME,
                                 WHY_RING,      WHY_PERSONAL, WHY_LINKS,   WHY_RATE,     WHY_LATE,     WHY_FORUM};

enum why whys_first(guint whys)
{
    for (gsize i = 0; i < G_N_ELEMENTS(order); i++)
        if ((whys & WHYS(order[i])) != 0)
            return order[i];
    return WHY_FORUM;
}

char *whys_words(guint whys, guint except, const char *separator)
{
    g_autoptr(GString) words = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(order); i++)
        if ((whys & ~except & WHYS(order[i])) != 0)
            g_string_append_printf(words, "%s%s", words->len > 0 ? separator : "", why_name(order[i]));
    return words->len > 0 ? g_strdup(words->str) : NULL;
}

guint whys_parse(const char *words)
{
    g_auto(GStrv) all = g_strsplit(words != NULL ? words : "", " ", -1);
    guint whys = 0;

    for (char **w = all; *w != NULL; w++)
        for (guint i = 0; why_names[i] != NULL; i++)
            whys |= strcmp(*w, why_names[i]) == 0 ? WHYS(i) : 0;
    return whys;
}

guint whys_of(const struct hold *h)
{
    return WHYS(h->why) | whys_parse(h->also);
}
