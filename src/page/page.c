/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What all pages share: the frame's values, answers, dates and addresses; see page.h.
 */
#include "page/page.h"

#include "base/clock.h"
#include "flow/view/view.h"
#include "forum/link.h"
#include "page/route.h"

#include <string.h>

bool page_is_post(const struct page *p)
{
    return p->q->method == HTTP_POST;
}

const char *page_field(const struct page *p, const char *name)
{
    return p->q->form != NULL ? g_hash_table_lookup(p->q->form, name) : NULL;
}

const char *page_query(const struct page *p, const char *name)
{
    bool may = p->q->query != NULL && (p->route == NULL || route_reads_query(p->route, name));

    return may ? g_hash_table_lookup(p->q->query, name) : NULL;
}

/* ---- Values */
static void set_when(const struct page *p, struct value *data, const char *key, char *text, gint64 at, bool has_time)
{
    struct value *when = value_map();
    g_autofree char *iso = clock_format(at, p->g->settings->zone);

    if (!has_time)
        iso[strcspn(iso, "T")] = '\0';
    value_set_string(when, "iso", iso);
    value_set(when, "text", value_take(text));
    value_set(data, key, when);
}

void page_set_date(const struct page *p, struct value *data, const char *key, gint64 at)
{
    set_when(p, data, key, templates_date(p->t, p->language, at, p->g->settings->zone), at, false);
}

void page_set_time(const struct page *p, struct value *data, const char *key, gint64 at)
{
    set_when(p, data, key, templates_date_time(p->t, p->language, at, p->g->settings->zone), at, true);
}

void page_set_thing(const struct page *p, struct value *data, row_id idea)
{
    const struct view v = {.g = p->g, .t = p->t, .language = p->language, .now = p->now};
    row_id proposal = idea != 0 ? view_set_thing_of(data, &v, idea) : 0;

    if (idea != 0)
        value_set(data, "thing_path",
                  value_take(g_strdup_printf("%s/%s/%" G_GINT64_FORMAT, p->prefix, proposal != 0 ? "vorschlag" : "idee",
                                             proposal != 0 ? proposal : idea)));
}

void page_set_address(struct value *data, const char *key, const char *address, const char *subject)
{
    const char *at = strrchr(address, '@');
    struct value *map = value_map();
    g_autofree char *escaped = g_uri_escape_string(address, "@+", FALSE);
    g_autofree char *escaped_subject = subject != NULL ? g_uri_escape_string(subject, NULL, FALSE) : NULL;

    if (at == NULL) {
        value_free(map);
        return;
    }
    value_set(map, "local", value_take(g_strndup(address, (gsize)(at - address))));
    value_set_string(map, "domain", at + 1);
    value_set(map, "mailto",
              value_take(subject != NULL ? g_strconcat(escaped, "?subject=", escaped_subject, NULL) : g_strdup(escaped)));
    value_set(data, key, map);
}

bool page_is_one_click(const struct page *p)
{
    return g_strcmp0(page_field(p, "List-Unsubscribe"), "One-Click") == 0;
}

void page_set_form(const struct page *p, struct value *data)
{
    value_set(data, "action_path", value_take(g_strconcat(p->prefix, p->path, NULL)));
    value_set(data, "form_token", value_take(link_form_token(p->part[0], p->g->key)));
}

void page_set_name_fault(struct value *data, enum name_fault fault)
{
    value_set_bool(data, "is_name_wrong", fault != NAME_FINE);
    value_set_bool(data, "is_protected", fault == NAME_PROTECTED);
    value_set_bool(data, "is_taken", fault == NAME_TAKEN);
    value_set_bool(data, "is_mixed", fault == NAME_MIXED);
    value_set_bool(data, "is_signs", fault == NAME_SIGNS);
    value_set_bool(data, "is_address", fault == NAME_ADDRESS);
    value_set_bool(data, "is_long", fault == NAME_LONG);
}

/* The first and the last letter of TEXT (N bytes). */
static void append_ends(GString *out, const char *text, gsize n)
{
    const char *last = g_utf8_find_prev_char(text, text + n);

    g_string_append_unichar(out, g_utf8_get_char(text));
    g_string_append(out, "…");
    if (last != NULL && last > text)
        g_string_append_unichar(out, g_utf8_get_char(last));
}

char *page_masked(const char *address)
{
    const char *at = strrchr(address, '@'), *dot = strrchr(address, '.');
    GString *out = g_string_new(NULL);

    if (at != NULL && at > address) {
        append_ends(out, address, (gsize)(at - address));
        g_string_append_c(out, '@');
        gsize n_name = dot != NULL && dot > at + 1 ? (gsize)(dot - at) - 1 : strlen(at + 1);
        if (n_name > 0)
            append_ends(out, at + 1, n_name);
        if (dot != NULL && dot > at)
            g_string_append(out, dot);
    }
    return g_string_free(out, FALSE);
}

/* The same page in the other languages. */
static struct value *other_languages(const struct page *p)
{
    struct value *list = value_list();
    char *const *tags = p->g->settings->initiative_languages;

    for (guint i = 0; tags[i] != NULL; i++) {
        if (strcmp(tags[i], p->language) == 0)
            continue;
        struct value *one = value_map();
        value_set_string(one, "tag", tags[i]);
        value_set_string(one, "name", templates_word(p->t, tags[i], "language_name"));
        value_set(one, "path", value_take(g_strdup_printf("/%s%s", tags[i], p->path)));
        value_append(list, one);
    }
    return list;
}

static void set_frame(const struct page *p, struct value *data)
{
    const struct settings *s = p->g->settings;
    g_autofree char *help = g_strdup_printf("hilfe@%s", s->initiative_domain);

    value_set_string(data, "lang", p->language);
    value_set_line(data, "initiative", s->initiative_title);
    value_set_line(data, "operator", s->initiative_operator);
    value_set_string(data, "base", p->prefix);
    value_set(data, "home_path", value_take(g_strconcat(p->prefix, "/", NULL)));
    page_set_address(data, "help", help, NULL);
    value_set(data, "languages", other_languages(p));
}

/* ---- Answers */
bool page_show(struct page *p, guint status, const char *name, struct value *data, struct err *e)
{
    value_auto whole = data;
    g_autoptr(GString) out = g_string_sized_new(8192);

    set_frame(p, whole);
    if (!templates_write_page(p->t, p->language, name, whole, out, e))
        return false;
    p->r->status = status;
    http_response_add(p->r, "Content-Type", "text/html; charset=utf-8");
    http_response_add(p->r, "Content-Language", p->language);
    g_clear_pointer(&p->r->body, g_bytes_unref);
    p->r->body = g_string_free_to_bytes(g_steal_pointer(&out));
    return true;
}

bool page_say(struct page *p, guint status, const char *name, struct err *e)
{
    return page_show(p, status, name, value_map(), e);
}

bool page_redirect(struct page *p, guint status, const char *path, struct err *e)
{
    g_autofree char *where = g_strconcat(p->prefix, path, NULL);

    http_response_add(p->r, "Location", where);
    if (status == 301) {
        struct value *data = value_map();
        value_set_string(data, "moved_path", where);
        return page_show(p, status, "moved", data, e);
    }
    p->r->status = status;
    return true;
}

void page_bytes(struct page *p, const char *type, GBytes *bytes)
{
    p->r->status = 200;
    http_response_add(p->r, "Content-Type", type);
    g_clear_pointer(&p->r->body, g_bytes_unref);
    p->r->body = g_bytes_ref(bytes);
}
