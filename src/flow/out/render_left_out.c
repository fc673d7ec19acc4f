/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What of a mail its readers and its author do not see in the text, in words: "1 Bild und 2 Dateien".
 */
#include "flow/out/render_job.h"

#include "forum/left_out.h"
#include "store/forums.h"
#include "store/messages.h"

static void add_phrase(GString *out, const struct job *j, guint n, const char *one, const char *many)
{
    if (n == 0)
        return;
    if (out->len > 0)
        g_string_append_printf(out, " %s ", templates_word(j->r->t, j->v.language, "and"));
    g_string_append_printf(out, "%u %s", n, templates_word(j->r->t, j->v.language, n == 1 ? one : many));
}

static struct value *forums_value(struct job *j, char *const *names)
{
    struct value *list = value_list();

    for (; names != NULL && *names != NULL; names++) {
        forum_auto forum = forums_by_name(j->r->g->db, *names, j->e);
        if (forum == NULL)
            continue;
        struct value *entry = value_map();
        value_set_line(entry, "title", forum->title);
        value_set(entry, "address", value_take(route_forum_address(forum->name, j->r->g->domain)));
        value_append(list, entry);
    }
    return list;
}

void job_set_left_out(struct value *data, struct job *j, row_id message)
{
    g_autofree char *line = message != 0 ? messages_left_out(j->r->g->db, message, j->e) : NULL;
    g_autoptr(GString) phrase = g_string_new(NULL);
    struct left_out l;

    left_out_read(line, &l);
    add_phrase(phrase, j, l.n_pictures, "picture", "pictures");
    add_phrase(phrase, j, l.n_files, "file", "files");
    value_set_string(data, "left_out", phrase->str);
    value_set_bool(data, "has_contact_lines", l.n_contact_lines > 0);
    value_set_bool(data, "has_masked", l.n_masked > 0);
    value_set(data, "other_forums", forums_value(j, l.forums));
    left_out_clear(&l);
}
