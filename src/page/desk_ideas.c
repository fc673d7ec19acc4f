/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ideas of the forums where somebody is staff, the newest first, and the way to one by its number.
 */
#include "page/desk.h"

#include "forum/access.h"
#include "forum/life.h"
#include "page/public.h"

#define IDEAS 30

static bool show_ideas(struct page *p, const struct session *s, guint status, struct err *e)
{
    row_id before = desk_number(page_query(p, "vor"));
    g_autoptr(GPtrArray) ideas = ideas_for_staff(p->g->db, s->person, before != 0 ? before : G_MAXINT64, IDEAS + 1, e);
    value_auto data = value_map();
    struct value *list = value_list();
    const char *number = page_query(p, "nummer");

    value_set(data, "ideas", list);
    for (guint i = 0; ideas != NULL && i < MIN(ideas->len, IDEAS); i++) {
        const struct idea *idea = ideas->pdata[i];
        struct value *one = public_idea(p, idea, e);
        if (one == NULL)
            return false;
        value_set(one, "idea_path", value_take(g_strdup_printf("%s/schreibtisch/idee/%" G_GINT64_FORMAT, p->prefix, idea->id)));
        value_append(list, one);
    }
    if (ideas != NULL && ideas->len > IDEAS)
        value_set(data, "older_path",
                  value_take(g_strdup_printf("%s/schreibtisch/ideen?vor=%" G_GINT64_FORMAT, p->prefix,
                                             ((const struct idea *)ideas->pdata[IDEAS - 1])->id)));
    value_set_bool(data, "has_ideas", value_length(list) > 0);
    value_set_bool(data, "is_unknown", status == 404);
    value_set_line(data, "typed_number", number != NULL ? number : "");
    return ideas != NULL && desk_show(p, s, DESK_IDEAS, status, "desk-ideas", g_steal_pointer(&data), e);
}

static bool at_ideas(struct page *p, const struct session *s, struct err *e)
{
    const char *typed = page_query(p, "nummer");
    row_id number = desk_idea_number(p, typed);
    idea_auto idea = number != 0 ? ideas_by_id(p->g->db, number, e) : NULL;
    enum role role = idea != NULL ? desk_role(p, s, idea->forum_id, e) : ROLE_NONE;
    struct session_work work;

    if (e->kind != ERR_NONE || !session_work(p, s->person, s->address, &work, e))
        return false;
    bool is_staff = work.members->len > 0;
    session_work_clear(&work);
    if (!is_staff)
        return desk_say_no_role(p, s, e);
    if (idea != NULL && who_of_role(role, &(enum who){WHO_AUTHOR}) && access_may_read(idea, role, false)) {
        g_autofree char *path = g_strdup_printf("/schreibtisch/idee/%" G_GINT64_FORMAT, number);
        return page_redirect(p, 303, path, e);
    }
    return show_ideas(p, s, typed != NULL && *typed != '\0' ? 404 : 200, e);
}

bool page_desk_ideas(struct page *p, struct err *e)
{
    return desk_open(p, at_ideas, e);
}
