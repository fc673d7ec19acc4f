/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The newsletters that somebody edits, each with its issues, the newest first.
 */
#include "page/desk.h"

#include "flow/step/issue.h"
#include "page/public.h"
#include "store/issues.h"

#define ISSUES 20 /* of each newsletter */

static struct value *issue_value(const struct page *p, const struct list *list, const struct issue *i)
{
    struct value *one = value_map();
    enum issue_state state = issue_shown_state(i);

    value_set(one, "issue_path",
              value_take(g_strdup_printf("%s/schreibtisch/newsletter/%s/%" G_GINT64_FORMAT, p->prefix, list->name, i->number)));
    value_set_number(one, "issue_number", i->number);
    value_set_line(one, "issue_subject", i->subject);
    value_set_string(one, "state", templates_word(p->t, p->language, issue_state_name(state)));
    value_set_bool(one, "is_draft", state == ISSUE_DRAFT);
    value_set_number(one, "n_sent", i->n_sent);
    value_set_bool(one, "has_sent", i->n_sent > 0);
    page_set_time(p, one, "written", i->created_at);
    return one;
}

static struct value *list_value(const struct page *p, const struct list *list, struct err *e)
{
    g_autoptr(GPtrArray) issues = issues_of(p->g->db, list->id, e);
    struct value *one = value_map(), *all = value_list();

    value_set_line(one, "list_title", list->title);
    value_set_string(one, "list_name", list->name);
    for (guint i = issues != NULL ? issues->len : 0; i > 0 && value_length(all) < ISSUES; i--)
        value_append(all, issue_value(p, list, issues->pdata[i - 1]));
    value_set_bool(one, "has_issues", value_length(all) > 0);
    value_set(one, "issues", all);
    return one;
}

static bool show_lists(struct page *p, const struct session *s, const GPtrArray *lists, struct err *e)
{
    value_auto data = value_map();
    struct value *all = value_list();

    value_set(data, "lists", all);
    for (guint i = 0; i < lists->len && e->kind == ERR_NONE; i++) {
        const struct list *list = lists->pdata[i];
        g_autofree char *address = g_strdup_printf("%s@%s", list->name, p->g->domain);
        struct value *one = list_value(p, list, e);
        public_set_door(one, "list_door", address, NULL, NULL);
        value_append(all, one);
    }
    return e->kind == ERR_NONE && desk_show(p, s, DESK_LETTERS, 200, "desk-letters", g_steal_pointer(&data), e);
}

static bool at_letters(struct page *p, const struct session *s, struct err *e)
{
    struct session_work work;

    if (!session_work(p, s->person, s->address, &work, e))
        return false;
    bool ok = work.lists->len > 0 ? show_lists(p, s, work.lists, e) : desk_say_no_role(p, s, e);
    session_work_clear(&work);
    return ok;
}

bool page_desk_letters(struct page *p, struct err *e)
{
    return desk_open(p, at_letters, e);
}
