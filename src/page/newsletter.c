/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /newsletter/NAME: its issues and how to order it; /newsletter/NAME/N: an issue, as its readers got it, with lists of ideas as they
 * are now; /newsletter/NAME/atom.xml.
 */
#include "page/newsletter.h"

#include "flow/step/issue.h"
#include "forum/route.h"
#include "page/feed.h"
#include "page/public.h"
#include "store/lists.h"

/* The list of part[0] and its issues; false: the answer is there, or E. */
static bool find(struct page *p, struct list **list_out, GPtrArray **issues_out, struct err *e)
{
    list_auto l = lists_by_name(p->g->db, p->part[0], e);

    if (l == NULL || !newsletter_is_public(l)) {
        if (e->kind == ERR_NONE)
            page_say(p, 404, "not-found", e);
        return false;
    }
    *issues_out = newsletter_issues(p->g, l, e);
    *list_out = g_steal_pointer(&l);
    return *issues_out != NULL;
}

/* What an issue's first heading says, else its subject. */
static char *title_of(const struct issue *i)
{
    struct markdown m;

    markdown_read(i->source, &m);
    char *title = g_strdup(m.title != NULL && *m.title != '\0' ? m.title : i->subject);
    markdown_clear(&m);
    return title;
}

static char *path_of(const struct page *p, const struct list *l, const struct issue *i)
{
    return g_strdup_printf("%s/newsletter/%s/%" G_GINT64_FORMAT, p->prefix, l->name, i->number);
}

static void set_issue(const struct page *p, struct value *data, const struct list *l, const struct issue *i)
{
    g_autofree char *title = title_of(i), *clean = feed_text(title);

    value_set_number(data, "issue_number", i->number);
    value_set_line(data, "issue_title", clean);
    value_set(data, "issue_path", value_take(path_of(p, l, i)));
    page_set_date(p, data, "sent", i->started_at);
    page_set_time(p, data, "sent_at", i->started_at);
}

static void set_list(const struct page *p, struct value *data, const struct list *l, const char *path)
{
    g_autofree char *order = route_list_address(l->name, LIST_WORD_SUBSCRIBE, p->g->domain);
    g_autofree char *feed = g_strconcat("/newsletter/", l->name, "/atom.xml", NULL);

    value_set_line(data, "list_title", l->title);
    value_set_string(data, "list_name", l->name);
    value_set(data, "list_path", value_take(g_strconcat(p->prefix, "/newsletter/", l->name, NULL)));
    value_set(data, "order_path", value_take(g_strconcat(p->prefix, "/abo/", l->name, NULL)));
    public_set_door(data, "order_door", order, NULL, NULL);
    public_set_head(p, data, path, feed);
}

static void set_issues(const struct page *p, struct value *data, const struct list *l, const GPtrArray *issues)
{
    struct value *list = value_list();

    value_set(data, "issues", list);
    value_set_bool(data, "has_issues", issues->len > 0);
    for (guint i = issues->len; i > 0; i--) {
        struct value *one = value_map();
        set_issue(p, one, l, issues->pdata[i - 1]);
        value_append(list, one);
    }
}

bool page_newsletter(struct page *p, struct err *e)
{
    list_auto l = NULL;
    g_autoptr(GPtrArray) issues = NULL;

    if (!find(p, &l, &issues, e))
        return e->kind == ERR_NONE;
    struct value *data = value_map();
    set_list(p, data, l, p->path);
    set_issues(p, data, l, issues);
    return page_show(p, 200, "newsletter", data, e);
}

static void set_neighbour(const struct page *p, struct value *data, const char *which, const struct list *l,
                          const struct issue *i)
{
    g_autofree char *path = g_strconcat(which, "_path", NULL), *number = g_strconcat(which, "_number", NULL);

    value_set(data, path, value_take(path_of(p, l, i)));
    value_set_number(data, number, i->number);
}

static bool show_issue(struct page *p, const struct list *l, const GPtrArray *issues, guint at, struct err *e)
{
    const struct issue *i = issues->pdata[at];
    const char *language = i->language != NULL ? i->language : l->language;
    g_autofree char *source = issue_source(p->g, l, i, language, e);
    struct markdown m;

    if (source == NULL)
        return false;
    struct value *data = value_map();
    set_list(p, data, l, p->path);
    set_issue(p, data, l, i);
    public_set_maybe(data, "text_language", strcmp(language, p->language) != 0 ? language : NULL);
    value_set_bool(data, "is_live", strcmp(source, i->source) != 0);
    markdown_read(source, &m);
    page_set_master(p, data, "letter", m.master);
    markdown_clear(&m);
    if (at > 0)
        set_neighbour(p, data, "previous", l, issues->pdata[at - 1]);
    if (at + 1 < issues->len)
        set_neighbour(p, data, "next", l, issues->pdata[at + 1]);
    return page_show(p, 200, "newsletter-issue", data, e);
}

bool page_newsletter_issue(struct page *p, struct err *e)
{
    list_auto l = NULL;
    g_autoptr(GPtrArray) issues = NULL;
    gint64 number;

    if (!find(p, &l, &issues, e))
        return e->kind == ERR_NONE;
    bool is_number = g_ascii_string_to_signed(p->part[1], 10, 1, G_MAXINT64, &number, NULL);
    for (guint i = 0; is_number && i < issues->len; i++)
        if (((struct issue *)issues->pdata[i])->number == number)
            return show_issue(p, l, issues, i, e);
    return page_say(p, 404, "not-found", e);
}

bool page_newsletter_atom(struct page *p, struct err *e)
{
    list_auto l = NULL;
    g_autoptr(GPtrArray) issues = NULL;

    if (!find(p, &l, &issues, e))
        return e->kind == ERR_NONE;
    struct value *data = value_map();
    set_list(p, data, l, p->path);
    set_issues(p, data, l, issues);
    const char *url = p->g->settings->web_url;
    value_set(data, "page_url", value_take(g_strconcat(url, p->prefix, "/newsletter/", l->name, NULL)));
    value_set_string(data, "site_url", url);
    page_set_time(p, data, "updated", issues->len > 0 ? ((struct issue *)issues->pdata[issues->len - 1])->started_at : 0);
    return feed_show(p, FEED_ATOM, "newsletter-atom", data, e);
}

bool newsletter_set_all(struct page *p, struct value *data, struct err *e)
{
    g_autoptr(GPtrArray) all = lists_all(p->g->db, e);
    struct value *list = value_list();

    value_set(data, "newsletters", list);
    for (guint i = 0; all != NULL && i < all->len && e->kind == ERR_NONE; i++) {
        const struct list *l = all->pdata[i];
        g_autoptr(GPtrArray) issues = newsletter_is_public(l) ? newsletter_issues(p->g, l, e) : NULL;
        if (issues == NULL)
            continue;
        struct value *one = value_map();
        value_append(list, one);
        value_set_line(one, "list_title", l->title);
        value_set(one, "list_path", value_take(g_strconcat(p->prefix, "/newsletter/", l->name, NULL)));
        const struct issue *last = issues->len > 0 ? issues->pdata[issues->len - 1] : NULL;
        g_autofree char *title = last != NULL ? title_of(last) : NULL;
        value_set(one, "last_path", last != NULL ? value_take(path_of(p, l, last)) : value_bool(false));
        value_set_number(one, "last_number", last != NULL ? last->number : 0);
        public_set_maybe(one, "last_title", title);
    }
    value_set_bool(data, "has_newsletters", value_length(list) > 0);
    return all != NULL && e->kind == ERR_NONE;
}
