/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What goes along with a mail. The files of an issue never change once it is drafted, so they are made entities once for all its
 * readers.
 */
#include "flow/out/render_job.h"

#include "mail/write/enclosed.h"
#include "store/issues.h"
#include "store/messages.h"
#include "store/reports.h"

static GPtrArray *read_files(struct job *j)
{
    struct db *db = j->r->g->db;
    g_autoptr(GPtrArray) files = issues_files(db, j->issue->id, j->e);
    g_autoptr(GPtrArray) entities = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);

    for (guint i = 0; files != NULL && i < files->len; i++) {
        const struct issue_file *f = files->pdata[i];
        g_autoptr(GBytes) content = issues_file_content(db, f->id, j->e);
        if (content == NULL)
            return NULL;
        g_ptr_array_add(entities, enclosed_file(f->name, f->type, content));
    }
    return files != NULL ? g_steal_pointer(&entities) : NULL;
}

static bool enclose_files(struct job *j, struct outgoing *o)
{
    struct renderer *r = j->r;

    if (r->enclosed_of != j->issue->id) {
        g_clear_pointer(&r->enclosed, g_ptr_array_unref);
        r->enclosed_of = 0;
        r->enclosed = read_files(j);
        if (r->enclosed == NULL)
            return false;
        r->enclosed_of = j->issue->id;
    }
    for (guint i = 0; i < r->enclosed->len; i++)
        outgoing_enclose(o, r->enclosed->pdata[i]);
    return true;
}

/* Whoever is to answer somebody reads what they wrote, letter by letter, attachments and all. It may have been deleted since; then
 * the words in the mail must do. *ROOM: bytes that may still go along. */
static bool enclose_original(struct job *j, struct outgoing *o, row_id message, const char *name, gsize *room)
{
    struct gateway *g = j->r->g;
    err_auto struct err e = {0};
    g_autoptr(GBytes) raw = messages_raw(g->db, g->settings->storage_spool, message, &e);
    bool is_8bit;

    if (raw == NULL && e.kind != ERR_ABSENT)
        return err_set(j->e, e.kind, "%s", e.text);
    if (raw == NULL || g_bytes_get_size(raw) > *room)
        return true;
    *room -= g_bytes_get_size(raw);
    g_autoptr(GBytes) entity = enclosed_mail(name, raw, &is_8bit);
    o->has_8bit = o->has_8bit || is_8bit;
    outgoing_enclose(o, entity);
    return true;
}

static bool enclose_originals(struct job *j, struct outgoing *o)
{
    gsize room = LIMIT_ORIGINAL_BYTES;

    if (j->message != NULL)
        return enclose_original(j, o, j->message->id, j->message->key, &room);
    g_autoptr(GPtrArray) reports = reports_of(j->r->g->db, j->n->id, LIMIT_REPORTS_SHOWN, j->e);
    for (guint i = 0; reports != NULL && i < reports->len; i++) {
        const struct report *r = reports->pdata[i];
        bool is_shown = r->message_id != 0 && (purpose_row(r->purpose)->shows & SHOW_ORIGINAL) != 0;
        if (is_shown && !enclose_original(j, o, r->message_id, r->message_key, &room))
            return false;
    }
    return reports != NULL;
}

static void enclose_own_data(struct job *j, struct outgoing *o)
{
    g_autoptr(GBytes) content = g_bytes_new(j->own_data->str, j->own_data->len);
    g_autoptr(GBytes) entity = enclosed_file(templates_word(j->r->t, j->v.language, "data_file"), "application/json", content);

    outgoing_enclose(o, entity);
}

bool job_enclose(struct job *j, struct outgoing *o)
{
    if (j->own_data != NULL)
        enclose_own_data(j, o);
    if (j->issue != NULL && (j->row->shows & SHOW_ISSUE) != 0)
        return enclose_files(j, o);
    return (j->row->shows & SHOW_ORIGINAL) == 0 || enclose_originals(j, o);
}
