/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What of a mail its readers and its author do not see in the text, in words: "1 Bild und 2 Dateien".
 */
#include "flow/out/render_job.h"

#include "flow/step/incomplete.h"
#include "forum/left_out.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/messages.h"

static void add_phrase(GString *out, const struct job *j, guint n, const char *one, const char *many)
{
    if (n == 0)
        return;
    if (out->len > 0)
        g_string_append_printf(out, " %s ", templates_word(j->r->t, j->v.language, "and"));
    g_string_append_printf(out, "%u %s", n, templates_word(j->r->t, j->v.language, n == 1 ? one : many));
}

/* Where a text stands that is nobody's idea yet, beside its own forum. */
static GArray *will_stand_in(struct job *j, const char *line)
{
    const struct forum *home = job_forum(j, j->n->about.forum);
    g_autoptr(GPtrArray) also = home != NULL ? incomplete_also(j->r->g, home, line, j->v.now, j->e) : NULL;
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(row_id));

    for (guint i = 0; also != NULL && i < also->len; i++)
        g_array_append_val(ids, ((struct forum *)also->pdata[i])->id);
    return ids;
}

static bool is_among(const GArray *ids, row_id id)
{
    for (guint i = 0; i < ids->len; i++)
        if (g_array_index(ids, row_id, i) == id)
            return true;
    return false;
}

/* The other forums that the mail went to: those where its idea stands, too, and those where it does not. */
static void set_forums(struct value *data, struct job *j, const char *line, char *const *names)
{
    struct value *also = value_list(), *other = value_list();
    g_autoptr(GArray) places = names == NULL     ? NULL
                               : j->idea != NULL ? ideas_forums(j->r->g->db, j->idea->id, j->e)
                                                 : will_stand_in(j, line);

    for (; places != NULL && *names != NULL; names++) {
        forum_auto forum = forums_by_name(j->r->g->db, *names, j->e);
        if (forum == NULL)
            continue;
        struct value *entry = value_map();
        value_set_line(entry, "title", forum->title);
        value_set(entry, "address", value_take(route_forum_address(forum->name, j->r->g->domain)));
        value_append(is_among(places, forum->id) ? also : other, entry);
    }
    value_set(data, "also_forums", also);
    value_set(data, "other_forums", other);
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
    value_set_bool(data, "is_led", l.is_led);
    value_set_bool(data, "word_stop", g_strcmp0(l.word, "stop") == 0);
    value_set_bool(data, "word_delete", g_strcmp0(l.word, "delete") == 0);
    value_set_bool(data, "word_support", g_strcmp0(l.word, "support") == 0);
    value_set_bool(data, "word_answer", g_strcmp0(l.word, "answer") == 0);
    value_set_bool(data, "word_note", g_strcmp0(l.word, "note") == 0);
    value_set_bool(data, "word_correct", g_strcmp0(l.word, "correct") == 0);
    set_forums(data, j, line, l.forums);
    left_out_clear(&l);
}
