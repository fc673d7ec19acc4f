/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A mail that was forwarded as an attachment, as most mail programs can: who wrote it, when, under which
 * subject, and its text. Called by read/read.c where the body holds no forwarded mail.
 */
#include "mail/body/body.h"
#include "mail/kind/kind.h"
#include "mail/reply/reply_forward.h"

#include <string.h>

static bool is_in_machine_mail(const struct entity *e)
{
    for (const struct entity *p = e->parent; p; p = p->parent)
        if (!strcmp(p->type, "multipart/report") || !strcmp(p->type, "multipart/digest"))
            return true;
    return false;
}

static const struct entity *find_attached(const struct entity *root)
{
    for (const struct entity *e = root; e; e = entity_next(root, e))
        if (!strcmp(e->type, "message/rfc822") && e->children && e->children->len > 0 && !is_in_machine_mail(e))
            return g_ptr_array_index(e->children, 0);
    return NULL;
}

static char *text_of(const struct entity *mail)
{
    message_auto m = message_new();
    body_choose(m, mail);
    return g_strstrip(g_strdup(m->body));
}

struct forwarded *forward_attached(const struct entity *root)
{
    const struct entity *mail = find_attached(root);
    if (!mail)
        return NULL;
    struct forwarded *f = g_new0(struct forwarded, 1);
    f->from = g_strdup(entity_value(mail, "From"));
    f->date = g_strdup(entity_value(mail, "Date"));
    f->subject = g_strdup(entity_value(mail, "Subject"));
    f->text = text_of(mail);
    f->is_of_program = kind_is_sent_by_program(mail);
    return f;
}
