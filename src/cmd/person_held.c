/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One part of what is held, for people or as JSON; see person_held.h.
 */
#include "cmd/person_held.h"

#include <stdio.h>

void held_begin(struct held *h, const char *name, const char *heading)
{
    if (h->json == NULL) {
        printf("\n%s\n", heading);
        return;
    }
    json_builder_set_member_name(h->json, name);
    json_builder_begin_array(h->json);
}

void held_end(struct held *h)
{
    if (h->json != NULL)
        json_builder_end_array(h->json);
}

void held_begin_line(struct held *h)
{
    if (h->json != NULL)
        json_builder_begin_object(h->json);
    else
        printf(" ");
}

void held_end_line(struct held *h)
{
    if (h->json != NULL)
        json_builder_end_object(h->json);
    else
        printf("\n");
}

void held_put_text(struct held *h, const char *name, const char *text)
{
    if (h->json != NULL)
        json_text(h->json, name, text);
    else if (text != NULL && *text != '\0')
        printf(" %s", text);
}

void held_put_time(struct held *h, const char *name, gint64 at)
{
    if (h->json != NULL) {
        json_time(h->json, name, at, h->d);
    } else if (at != 0) {
        g_autofree char *text = door_time(h->d, at);
        printf(" %s", text);
    }
}

void held_put_id(struct held *h, const char *name, const char *before, row_id id)
{
    if (h->json != NULL)
        json_id(h->json, name, id);
    else if (id != 0)
        printf(" %s%" G_GINT64_FORMAT, before, id);
}

/* Several lines: below, for people. */
void held_put_words(struct held *h, const char *name, const char *text)
{
    if (h->json != NULL)
        json_text(h->json, name, text);
    else if (text != NULL && *text != '\0')
        printf("\n%s\n", text);
}
