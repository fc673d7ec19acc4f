/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readable text, attachments, structure. See body.h.
 */
#include "mail/body.h"

#include "base/digest.h"
#include "base/limits.h"
#include "mail/defect.h"
#include "mail/html.h"

#include <string.h>

/* The text leaves that make up what a person reads, after each multipart/alternative has been decided. */
struct chosen {
    GPtrArray *plain, *html; /* struct entity, not owned */
};

static bool is_text(const struct entity *e)
{
    return e->text != NULL && (strcmp(e->type, "text/plain") == 0 || strcmp(e->type, "text/html") == 0);
}

static bool is_attached(const struct entity *e)
{
    if (e->disposition != NULL && strcmp(e->disposition, "attachment") == 0)
        return true;
    return e->name != NULL && e->disposition == NULL && e->parent != NULL && e->parent->children->len > 1 &&
           strcmp(e->parent->type, "multipart/alternative") != 0;
}

static bool has_words(const char *text)
{
    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        gunichar c = g_utf8_get_char(text);
        if (!g_unichar_isspace(c) && c != 0xfeff && c != 0x200b && c != 0x200c && c != 0x200d && c != 0x2060)
            return true;
    }
    return false;
}

static void choose(const struct entity *e, struct chosen *c);

/* multipart/related: the root is the first part, or the one that `start` names; the others are its pictures. */
static void choose_children(const struct entity *e, struct chosen *c)
{
    for (guint i = 0; i < e->children->len; i++)
        choose(g_ptr_array_index(e->children, i), c);
}

static void choose(const struct entity *e, struct chosen *c)
{
    if (e->children != NULL) {
        if (g_str_has_prefix(e->type, "multipart/"))
            choose_children(e, c);
        return;
    }
    if (!is_text(e) || is_attached(e))
        return;
    g_ptr_array_add(strcmp(e->type, "text/html") == 0 ? c->html : c->plain, (gpointer)e);
}

static bool any_words(const GPtrArray *parts)
{
    for (guint i = 0; i < parts->len; i++)
        if (has_words(((const struct entity *)g_ptr_array_index(parts, i))->text))
            return true;
    return false;
}

static void append_piece(GString *out, const char *text)
{
    if (!has_words(text))
        return;
    if (out->len > 0 && out->str[out->len - 1] != '\n')
        g_string_append_c(out, '\n');
    if (out->len + strlen(text) <= LIMIT_TEXT_BYTES)
        g_string_append(out, text);
}

static char *join_plain(const GPtrArray *parts)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < parts->len; i++)
        append_piece(out, ((const struct entity *)g_ptr_array_index(parts, i))->text);
    return g_string_free(out, FALSE);
}

static char *join_html(const GPtrArray *parts, GPtrArray *defects)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < parts->len; i++) {
        g_autofree char *text = html_to_text(((const struct entity *)g_ptr_array_index(parts, i))->text, defects);
        append_piece(out, text);
    }
    return g_string_free(out, FALSE);
}

static void fill_body(struct message *m, const struct entity *root)
{
    g_autoptr(GPtrArray) plain = g_ptr_array_new(), html = g_ptr_array_new();
    struct chosen c = {.plain = plain, .html = html};

    choose(root, &c);
    g_free(m->body);
    if (plain->len > 0 && (any_words(plain) || !any_words(html))) {
        m->body = join_plain(plain);
        m->body_from = g_strdup("text/plain");
    } else if (html->len > 0) {
        m->body = join_html(html, m->defects);
        m->body_from = g_strdup("text/html");
    } else {
        m->body = g_strdup("");
    }
}

static void add_attachment(struct message *m, const struct entity *e, const struct part *p)
{
    struct attachment *a = g_new0(struct attachment, 1);

    a->name = g_strdup(e->name);
    a->type = g_strdup(e->type);
    a->disposition = g_strdup(e->disposition);
    a->content_id = g_strdup(e->content_id);
    a->n_bytes = p->n_bytes;
    a->sha256 = g_strdup(p->sha256);
    g_ptr_array_add(m->attachments, a);
}

static bool is_readable(const struct entity *e)
{
    return is_text(e) && !is_attached(e);
}

static void add_leaf(struct message *m, const struct entity *e)
{
    struct part *p = g_new0(struct part, 1);
    gsize n;
    const void *data = g_bytes_get_data(e->content, &n);

    p->type = g_strdup(e->type);
    p->charset = g_strdup(e->charset);
    p->n_bytes = n;
    p->sha256 = digest_sha256_hex(data != NULL ? data : "", n);
    g_ptr_array_add(m->parts, p);
    if (!is_readable(e))
        add_attachment(m, e, p);
}

static void add_structure(GString *out, const struct entity *e)
{
    if (e->children == NULL) {
        g_string_append_printf(out, "\"%s\"", e->type);
        return;
    }
    g_string_append_printf(out, "[\"%s\"", e->type);
    for (guint i = 0; i < e->children->len; i++) {
        g_string_append_c(out, ',');
        add_structure(out, g_ptr_array_index(e->children, i));
    }
    g_string_append_c(out, ']');
}

void body_choose(struct message *m, const struct entity *root)
{
    GString *structure = g_string_new(NULL);

    fill_body(m, root);
    for (const struct entity *e = root; e != NULL; e = entity_next(root, e))
        if (e->content != NULL)
            add_leaf(m, e);
    add_structure(structure, root);
    g_free(m->structure);
    m->structure = g_string_free(structure, FALSE);
}
