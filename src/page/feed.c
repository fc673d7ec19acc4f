/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What programs read: Atom (RFC 4287) of everything, of a forum and of an idea, the discussion as mbox (RFC 4155), robots.txt
 * and sitemap.xml. Addresses of people are in none of them; ids are tag: URIs (RFC 4151) and stay when the pages move.
 */
#include "page/public.h"

#include "base/clock.h"
#include "base/limits.h"
#include "forum/route.h"
#include "page/encoded.h"
#include "page/feed.h"
#include "page/newsletter.h"
#include "store/lists.h"
#include "store/proposals.h"

#include <string.h>

#define ENTRIES    50
#define MOST_IDEAS 45000 /* a sitemap has at most 50,000 addresses */

bool feed_show(struct page *p, const char *type, const char *name, struct value *data, struct err *e)
{
    value_auto whole = data;
    g_autoptr(GString) out = g_string_sized_new(8192);

    value_set_string(whole, "lang", p->language);
    value_set_line(whole, "initiative", p->g->settings->initiative_title);
    value_set_string(whole, "domain", p->g->domain);
    value_set(whole, "self_url", value_take(g_strconcat(p->g->settings->web_url, p->prefix, p->path, NULL)));
    if (!templates_write_page(p->t, p->language, name, whole, out, e))
        return false;
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(g_steal_pointer(&out));
    page_bytes(p, type, bytes);
    return true;
}

/* ---- Atom */
char *feed_text(const char *text)
{
    GString *out = g_string_new(NULL);

    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar u = g_utf8_get_char(c);
        g_string_append_unichar(out, u == 0xFFFE || u == 0xFFFF ? 0xFFFD : u);
    }
    return g_string_free(out, FALSE);
}

/* PATH: of the page where it stands, NULL its idea's. */
static struct value *entry(const struct page *p, const struct post *post, const char *path, struct err *e)
{
    idea_auto idea = ideas_by_id(p->g->db, post->idea_id, e);
    g_autofree char *name = public_name(p, post->person_id, e);
    g_autofree char *title = idea != NULL ? feed_text(idea->title) : NULL;
    struct value *one = value_map();

    value_set_number(one, "number", post->idea_id);
    value_set_number(one, "post_number", post->number);
    g_autofree char *own_path = path == NULL ? g_strdup_printf("/idee/%" G_GINT64_FORMAT, post->idea_id) : g_strdup(path);
    value_set(one, "post_url",
              value_take(
                  g_strdup_printf("%s%s%s#post-%" G_GINT64_FORMAT, p->g->settings->web_url, p->prefix, own_path, post->number)));
    value_set_bool(one, "is_idea", post->kind == POST_IDEA);
    value_set_bool(one, "is_official", post->kind == POST_OFFICIAL);
    public_set_maybe(one, "title", title);
    public_set_maybe(one, "author", name);
    public_set_maybe(one, "text_language", post->language);
    page_set_time(p, one, "written", post->at);
    value_set(one, "text", value_take(feed_text(post->text)));
    return one;
}

/* POSTS, newest first, as the feed ID (behind the tag's colon) of ABOUT (NULL: the initiative), whose page is PATH. */
static bool show_feed(struct page *p, const GPtrArray *posts, const char *id, const char *about, const char *path, struct err *e)
{
    value_auto data = value_map();
    struct value *list = value_list();

    value_set(data, "entries", list);
    gsize n_bytes = 0;
    for (guint i = 0; posts != NULL && i < posts->len && e->kind == ERR_NONE; i++) {
        const struct post *post = posts->pdata[i];
        gsize n = strlen(post->text);
        if (n_bytes + n > LIMIT_FEED_WORDS_BYTES) /* who reads it fetches often; what is left out is on the pages */
            continue;
        n_bytes += n;
        value_append(list, entry(p, post, g_str_has_prefix(path, "/vorschlag/") ? path : NULL, e));
    }
    page_set_time(p, data, "updated", posts != NULL && posts->len > 0 ? ((struct post *)posts->pdata[0])->at : 0);
    value_set_string(data, "feed_id", id);
    value_set_line(data, "about", about);
    value_set(data, "page_url", value_take(g_strconcat(p->g->settings->web_url, p->prefix, path, NULL)));
    return posts != NULL && e->kind == ERR_NONE && feed_show(p, FEED_ATOM, "atom", g_steal_pointer(&data), e);
}

bool page_atom(struct page *p, struct err *e)
{
    g_autoptr(GPtrArray) posts = posts_newest(p->g->db, 0, ENTRIES, e);

    return show_feed(p, posts, "alles", NULL, "/", e);
}

bool page_forum_atom(struct page *p, struct err *e)
{
    forum_auto forum = forums_by_name(p->g->db, p->part[0], e);
    g_autoptr(GPtrArray) posts = forum != NULL ? posts_newest(p->g->db, forum->id, ENTRIES, e) : NULL;

    if (posts == NULL)
        return e->kind != ERR_NONE ? false : page_say(p, 404, "not-found", e);
    g_autofree char *path = g_strconcat("/forum/", forum->name, NULL), *id = g_strconcat("forum/", forum->name, NULL);
    return show_feed(p, posts, id, forum->title, path, e);
}

/* The idea of part[0], which the world may read; false: the answer is there, or E. */
static bool find_idea(struct page *p, struct idea **idea_out, struct err *e)
{
    gint64 id;
    bool is_number = g_ascii_string_to_signed(p->part[0], 10, 1, G_MAXINT64, &id, NULL);
    idea_auto idea = is_number ? ideas_by_id(p->g->db, id, e) : NULL;

    row_id proposal = 0;

    if (e->kind != ERR_NONE || (idea != NULL && !proposals_of_discussion(p->g->db, id, &proposal, e)))
        return false;
    idea_auto discussion = proposal != 0 ? public_proposal(p, proposal, e) : NULL;
    if (e->kind == ERR_NONE && proposal == 0 && idea != NULL && public_is_gone(idea)) {
        public_say_gone(p, idea, e);
        return false;
    }
    if (idea == NULL || !public_may_read(idea) || (proposal != 0 && discussion == NULL)) {
        if (e->kind == ERR_NONE)
            page_say(p, 404, "not-found", e);
        return false;
    }
    *idea_out = g_steal_pointer(&idea);
    return true;
}

static bool show_discussion(struct page *p, const struct idea *idea, const char *path, struct err *e)
{
    g_autoptr(GPtrArray) newest = posts_shown_newest(p->g->db, idea->id, ENTRIES, true, e);
    g_autofree char *title = feed_text(idea->title);

    return show_feed(p, newest, path + 1, title, path, e);
}

bool page_idea_atom(struct page *p, struct err *e)
{
    idea_auto idea = NULL;

    if (!find_idea(p, &idea, e))
        return e->kind == ERR_NONE;
    g_autofree char *path = g_strdup_printf("/idee/%" G_GINT64_FORMAT, idea->id);
    return show_discussion(p, idea, path, e);
}

bool page_proposal_atom(struct page *p, struct err *e)
{
    gint64 id;
    bool is_number = g_ascii_string_to_signed(p->part[0], 10, 1, G_MAXINT64, &id, NULL);
    idea_auto discussion = is_number ? public_proposal(p, id, e) : NULL;

    if (discussion == NULL)
        return e->kind == ERR_NONE && page_say(p, 404, "not-found", e);
    g_autofree char *path = g_strdup_printf("/vorschlag/%" G_GINT64_FORMAT, id);
    return show_discussion(p, discussion, path, e);
}

/* ---- mbox */
/* mboxrd: a line that begins with any number of ">" and "From " gets one more. */
static void append_quoted(GString *out, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **l = lines; *l != NULL; l++)
        g_string_append_printf(out, "%s%s\n", g_str_has_prefix(*l + strspn(*l, ">"), "From ") ? ">" : "", *l);
}

static void append_mail(GString *out, const struct page *p, const struct idea *idea, const struct post *post, const char *name,
                        gint64 parent)
{
    g_autoptr(GDateTime) at = g_date_time_new_from_unix_utc(post->at);
    g_autofree char *from = g_date_time_format(at, "%a %b %e %H:%M:%S %Y"),
                    *date = g_date_time_format(at, "%a, %d %b %Y %H:%M:%S +0000");
    g_autofree char *address = route_idea_address(idea->id, p->g->domain);
    g_autofree char *subject = g_strconcat(post->kind == POST_IDEA ? "" : "Re: ", idea->title, NULL);

    g_string_append_printf(out, "From %s %s\nFrom: ", address, from);
    encoded_append(out, name != NULL ? name : templates_word(p->t, p->language, "nameless"));
    g_string_append_printf(out, " <%s>\nDate: %s\nSubject: ", address, date);
    encoded_append(out, subject);
    g_string_append_printf(out, "\nMessage-ID: <idee-%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT "@%s>\n", idea->id, post->number,
                           p->g->domain);
    if (parent != 0)
        g_string_append_printf(out, "In-Reply-To: <idee-%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT "@%s>\n", idea->id, parent,
                               p->g->domain);
    g_string_append(out, "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n");
    append_quoted(out, post->text);
    if (post->edited_at != 0 && post->is_edit_shown) {
        g_autofree char *day = templates_date(p->t, p->language, post->edited_at, p->g->settings->zone);
        g_string_append_printf(out, "\n[%s %s]\n", templates_word(p->t, p->language, "edited_on"), day);
    }
    g_string_append_c(out, '\n');
}

static gint64 number_of(const GPtrArray *posts, row_id id)
{
    for (guint i = 0; id != 0 && i < posts->len; i++)
        if (((struct post *)posts->pdata[i])->id == id)
            return ((struct post *)posts->pdata[i])->number;
    return 0;
}

/* Those of POSTS that stand. */
static void leave_public(GPtrArray *posts)
{
    for (guint i = 0; posts != NULL && i < posts->len;)
        if (((struct post *)posts->pdata[i])->state == POST_PUBLISHED)
            i++;
        else
            g_ptr_array_remove_index(posts, i);
}

bool page_idea_mbox(struct page *p, struct err *e)
{
    idea_auto idea = NULL;
    g_autoptr(GString) out = g_string_new(NULL);

    if (!find_idea(p, &idea, e))
        return e->kind == ERR_NONE;
    g_autoptr(GPtrArray) posts = posts_of_idea(p->g->db, idea->id, true, e);
    leave_public(posts);
    for (guint i = 0; posts != NULL && i < posts->len && e->kind == ERR_NONE; i++) {
        const struct post *post = posts->pdata[i];
        g_autofree char *name = public_name(p, post->person_id, e);
        append_mail(out, p, idea, post, name, number_of(posts, post->parent_id));
    }
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(g_steal_pointer(&out));
    page_bytes(p, "application/mbox", bytes);
    return e->kind == ERR_NONE;
}

/* ---- For search engines */
/* What is one person's, or endless. */
static void append_refused(GString *out, const char *prefix)
{
    static const char *const paths[] = {"/c/", "/p/", "/s/", "/u/", "/abo/", "/mitmachen/schreiben", "/schreibtisch", "/suche"};

    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++)
        g_string_append_printf(out, "Disallow: %s%s\n", prefix, paths[i]);
}

bool page_robots(struct page *p, struct err *e)
{
    g_autoptr(GString) out = g_string_new("User-agent: *\n");

    (void)e;
    append_refused(out, "");
    for (char *const *l = p->g->settings->initiative_languages; *l != NULL; l++) {
        g_autofree char *prefix = g_strconcat("/", *l, NULL);
        append_refused(out, prefix);
    }
    if (*p->g->settings->web_url != '\0')
        g_string_append_printf(out, "Sitemap: %s/sitemap.xml\n", p->g->settings->web_url);
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(g_steal_pointer(&out));
    page_bytes(p, "text/plain; charset=utf-8", bytes);
    return true;
}

static void add_path(struct value *list, const struct page *p, char *path)
{
    struct value *one = value_map();

    value_set(one, "page_url", value_take(g_strconcat(p->g->settings->web_url, path, NULL)));
    value_append(list, one);
    g_free(path);
}

static bool add_proposals(struct value *list, const struct page *p, struct err *e)
{
    g_autoptr(GArray) all = proposals_all(p->g->db, e);

    for (guint i = 0; all != NULL && i < all->len && e->kind == ERR_NONE; i++) {
        row_id id = g_array_index(all, row_id, i);
        idea_auto discussion = public_proposal(p, id, e);
        if (discussion != NULL)
            add_path(list, p, g_strdup_printf("/vorschlag/%" G_GINT64_FORMAT, id));
    }
    return e->kind == ERR_NONE;
}

static bool add_letters(struct value *list, const struct page *p, struct err *e)
{
    g_autoptr(GPtrArray) all = lists_all(p->g->db, e);

    for (guint i = 0; all != NULL && i < all->len && e->kind == ERR_NONE; i++) {
        const struct list *l = all->pdata[i];
        g_autoptr(GPtrArray) issues = newsletter_issues(p->g, l, e);
        if (newsletter_is_public(l))
            add_path(list, p, g_strconcat("/newsletter/", l->name, NULL));
        for (guint k = 0; issues != NULL && k < issues->len; k++)
            add_path(list, p,
                     g_strdup_printf("/newsletter/%s/%" G_GINT64_FORMAT, l->name, ((struct issue *)issues->pdata[k])->number));
    }
    return all != NULL && e->kind == ERR_NONE;
}

/* Every page in the first language; the others are linked from it. */
bool page_sitemap(struct page *p, struct err *e)
{
    static const char *const fixed[] = {"/", "/mitmachen", "/auswertung", "/impressum", "/datenschutz", "/barrierefreiheit"};
    value_auto data = value_map();
    struct value *list = value_list();
    g_autoptr(GPtrArray) forums = forums_all(p->g->db, e);
    g_autoptr(GPtrArray) ideas = forums != NULL ? ideas_public(p->g->db, 0, G_MAXINT64, MOST_IDEAS, e) : NULL;

    value_set(data, "pages", list);
    if (ideas == NULL || *p->g->settings->web_url == '\0') /* addresses in it are absolute */
        return e->kind != ERR_NONE ? false : page_say(p, 404, "not-found", e);
    for (guint i = 0; i < G_N_ELEMENTS(fixed); i++)
        add_path(list, p, g_strdup(fixed[i]));
    for (guint i = 0; i < forums->len; i++)
        add_path(list, p, g_strconcat("/forum/", ((struct forum *)forums->pdata[i])->name, NULL));
    for (guint i = 0; i < ideas->len; i++)
        add_path(list, p, g_strdup_printf("/idee/%" G_GINT64_FORMAT, ((struct idea *)ideas->pdata[i])->id));
    return add_proposals(list, p, e) && add_letters(list, p, e) &&
           feed_show(p, "application/xml; charset=utf-8", "sitemap", g_steal_pointer(&data), e);
}
