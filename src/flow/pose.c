/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See pose.h.
 */
#include "flow/pose.h"

#include "forum/mark.h"
#include "forum/name.h"
#include "store/forums.h"
#include "store/persons.h"

#include <string.h>

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

struct staff_name {
    row_id person;
    char *run; /* name_run(); "" without a name */
};

struct pose {
    gint64 version; /* db_people_version() when it was read */
    struct name_list *names;
    GArray *staff; /* struct staff_name */
};

static void staff_name_clear(gpointer data)
{
    g_free(((struct staff_name *)data)->run);
}

void pose_free(struct pose *p)
{
    if (p == NULL)
        return;
    name_list_free(p->names);
    g_array_unref(p->staff);
    g_free(p);
}

static struct pose *pose_read(struct gateway *g, gint64 version, struct err *e)
{
    g_autoptr(GPtrArray) names = pose_protected_names(g, e);
    g_autoptr(GPtrArray) staff = names != NULL ? persons_staff(g->db, e) : NULL;

    if (staff == NULL)
        return NULL;
    struct pose *p = g_new0(struct pose, 1);
    p->version = version;
    p->names = name_list_new();
    p->staff = g_array_new(FALSE, FALSE, sizeof(struct staff_name));
    g_array_set_clear_func(p->staff, staff_name_clear);
    for (guint i = 0; i + 1 < names->len; i++)
        name_list_add(p->names, names->pdata[i]);
    for (guint i = 0; i < staff->len; i++) {
        const struct person *one = staff->pdata[i];
        struct staff_name s = {.person = one->id, .run = name_run(one->public_name != NULL ? one->public_name : "")};
        g_array_append_val(p->staff, s);
    }
    return p;
}

/* Read again only when it may have changed: every mail asks. NULL: the database failed. */
static const struct pose *pose_of(struct gateway *g, struct err *e)
{
    gint64 version = db_people_version(g->db);

    if (g->pose == NULL || g->pose->version != version) {
        pose_free(g->pose);
        g->pose = pose_read(g, version, e);
    }
    return g->pose;
}

static bool is_called_like_office(const struct pose *p, const char *name, row_id person, bool is_proved)
{
    g_autofree char *run = name_run(name);
    bool is_staff = false, is_like = false;

    for (guint i = 0; i < p->staff->len; i++) {
        const struct staff_name *s = &g_array_index(p->staff, struct staff_name, i);
        is_staff |= s->person == person && person != 0;
        is_like |= *run != '\0' && strcmp(run, s->run) == 0;
    }
    return !(is_staff && is_proved) && (is_like || name_turns(name) || name_list_protects(p->names, name));
}

bool pose_find_name(struct gateway *g, const char *name, row_id person, bool is_proved, enum why *why_out, struct err *e)
{
    *why_out = WHY_FORUM;
    if (*name == '\0')
        return true;
    const struct pose *p = pose_of(g, e);
    if (p != NULL && is_called_like_office(p, name, person, is_proved))
        *why_out = WHY_NAME;
    return p != NULL;
}

bool pose_find(struct gateway *g, const struct message *m, const char *text, row_id person, bool is_proved, enum why *why_out,
               struct err *e)
{
    const struct mailbox *from = m->from->len > 0 ? m->from->pdata[0] : NULL;

    *why_out = mark_is_imitated(m->subject) || mark_is_imitated(text) ? WHY_IMPOSTOR : WHY_FORUM;
    if (*why_out != WHY_FORUM || from == NULL || from->name == NULL)
        return true;
    return pose_find_name(g, from->name, person, is_proved, why_out, e);
}
