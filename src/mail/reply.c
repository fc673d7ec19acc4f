/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See reply.h.
 */
#include "mail/reply.h"

void reply_split(const char *body, const char *subject, struct reply *out)
{
    (void)subject;
    *out = (struct reply){.text = g_strdup(body), .signature = g_strdup(""), .elided = g_strdup("")};
}

void reply_clear(struct reply *r)
{
    g_free(r->text);
    g_free(r->signature);
    g_free(r->elided);
    *r = (struct reply){0};
}
