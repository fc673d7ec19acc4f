/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is no page: the stylesheet, and the answer to whoever watches over the process.
 */
#include "page/page.h"

#include "store/forums.h"

bool page_style(struct page *p, struct err *e)
{
    (void)e;
    page_bytes(p, "text/css; charset=utf-8", p->style);
    return true;
}

/* 200 and "ok" once the database was read; else the dispatcher says 503. */
bool page_healthz(struct page *p, struct err *e)
{
    g_autoptr(GPtrArray) all = forums_all(p->g->db, e);
    g_autoptr(GBytes) ok = g_bytes_new_static("ok\n", 3);

    if (all == NULL)
        return false;
    page_bytes(p, "text/plain; charset=utf-8", ok);
    return true;
}
