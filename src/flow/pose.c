/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See pose.h.
 */
#include "flow/pose.h"

#include "forum/mark.h"
#include "forum/name.h"
#include "store/forums.h"
#include "store/persons.h"

static void add_name(GPtrArray *names, const char *name)
{
    g_autofree char *copy = g_strstrip(g_strdup(name != NULL ? name : ""));

    if (*copy != '\0')
        g_ptr_array_add(names, g_steal_pointer(&copy));
}

GPtrArray *pose_protected_names(struct gateway *g, struct err *e)
{
    const struct settings *s = g->settings;
    g_auto(GStrv) more = g_strsplit(s->initiative_protected_names, ",", -1);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) forums = forums_all(g->db, e);

    for (char **m = more; *m != NULL; m++)
        add_name(names, *m);
    add_name(names, s->initiative_operator);
    add_name(names, s->initiative_title);
    for (guint i = 0; forums != NULL && i < forums->len; i++) {
        const struct forum *f = forums->pdata[i];
        add_name(names, f->title);
        add_name(names, f->name);
        add_name(names, f->ministry);
    }
    g_ptr_array_add(names, NULL);
    return forums != NULL ? g_steal_pointer(&names) : NULL;
}

/* Is PERSON one of the staff? Else: is somebody of them called like NAME? */
static bool is_of_staff(struct gateway *g, const char *name, row_id person, bool *is_staff_out, bool *is_like_out, struct err *e)
{
    g_autoptr(GPtrArray) staff = persons_staff(g->db, e);

    *is_staff_out = *is_like_out = false;
    for (guint i = 0; staff != NULL && i < staff->len; i++) {
        const struct person *p = staff->pdata[i];
        *is_staff_out |= p->id == person && person != 0;
        *is_like_out |= p->public_name != NULL && name_is_like(name, p->public_name);
    }
    return staff != NULL;
}

static bool is_called_like_office(struct gateway *g, const char *name, row_id person, bool is_proved, bool *out, struct err *e)
{
    bool is_staff, is_like;

    *out = false;
    if (!is_of_staff(g, name, person, &is_staff, &is_like, e))
        return false;
    if (is_staff && is_proved)
        return true;
    g_autoptr(GPtrArray) names = pose_protected_names(g, e);
    *out = names != NULL && (is_like || name_turns(name) || name_is_protected(name, (const char *const *)names->pdata));
    return names != NULL;
}

bool pose_find(struct gateway *g, const struct message *m, const char *text, row_id person, bool is_proved, enum why *why_out,
               struct err *e)
{
    const struct mailbox *from = m->from->len > 0 ? m->from->pdata[0] : NULL;
    bool is_like = false;

    *why_out = mark_is_imitated(m->subject) || mark_is_imitated(text) ? WHY_IMPOSTOR : WHY_FORUM;
    if (*why_out != WHY_FORUM || from == NULL || from->name == NULL || *from->name == '\0')
        return true;
    if (!is_called_like_office(g, from->name, person, is_proved, &is_like, e))
        return false;
    *why_out = is_like ? WHY_NAME : WHY_FORUM;
    return true;
}
