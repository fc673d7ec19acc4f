/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An editor's mail becomes a draft, with the files that came with it. The rule has looked whether all of it fits.
 */
#include "flow/deed/deed.h"

#include "flow/step/issue.h"
#include "forum/issue_files.h"
#include "mail/mime/attached.h"
#include "store/messages.h"

static struct issue_file *file_of(const struct attachment *a, GBytes *content)
{
    struct issue_file *f = g_new0(struct issue_file, 1);

    f->name = g_strdup(a->name != NULL && *a->name != '\0' ? a->name : a->type);
    f->type = g_strdup(a->type);
    f->n_bytes = (gint64)g_bytes_get_size(content);
    f->content = content;
    return f;
}

/* One that cannot be taken out of the mail is not there: the preview says so (render_issue.c). NULL: the database failed. */
static GPtrArray *take_files(struct deed *d, struct err *e)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func((GDestroyNotify)issue_file_free);
    g_autoptr(GBytes) raw = NULL;
    gsize n_bytes;

    for (guint i = 0; i < d->m->attachments->len; i++) {
        const struct attachment *a = d->m->attachments->pdata[i];
        if (!issue_file_goes_along(a))
            continue;
        if (raw == NULL && (raw = messages_raw(d->g->db, d->g->settings->storage_spool, d->message, e)) == NULL)
            return NULL;
        const char *bytes = g_bytes_get_data(raw, &n_bytes);
        GBytes *content = attached_content(bytes, n_bytes, a);
        if (content != NULL)
            g_ptr_array_add(files, file_of(a, content));
    }
    return g_steal_pointer(&files);
}

/* Names of what did not go along, to be told; NULL none. Caller frees. */
static char *names_left_out(const struct deed *d)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint i = 0; i < d->m->attachments->len; i++) {
        const struct attachment *a = d->m->attachments->pdata[i];
        if (issue_file_goes_along(a) || issue_file_is_decoration(a))
            continue;
        g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", a->name != NULL ? a->name : a->type);
    }
    return names->len > 0 ? g_string_free(g_steal_pointer(&names), FALSE) : NULL;
}

bool deed_draft(struct deed *d, struct err *e)
{
    g_autofree char *subject = policy_base_subject(d->m->subject, false), *left_out = names_left_out(d),
                    *words = issue_words(d->m);
    struct issue i = {.subject = *subject != '\0' ? subject : d->l->list->title,
                      .source = words,
                      .drafted_by = d->l->editor->id,
                      .message_id = d->message};
    g_autoptr(GPtrArray) files = take_files(d, e);
    const struct issue_enclosed with = {files, left_out};
    row_id id;

    return files != NULL && issue_draft(d->g, d->l->list, &i, &with, d->now, &id, e);
}
