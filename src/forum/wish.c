/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See wish.h.
 */
#include "forum/wish.h"

const char *const wish_kind_names[] = {"data", "erase", "address", "address-new", "order", "writer", NULL};

const char *wish_kind_name(enum wish_kind kind)
{
    return wish_kind_names[kind];
}

void wish_free(struct wish *w)
{
    if (w == NULL)
        return;
    row_text_free(w->address);
    row_text_free(w->written);
    row_text_free(w->other);
    row_text_free(w->told);
    row_text_free(w->language);
    g_free(w);
}
