/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readable text, attachments, structure. See body.h.
 */
#include "mail/body/body.h"

#include "base/digest.h"
#include "base/limits.h"
#include "mail/body/body_pieces.h"
#include "mail/body/small_print.h"
#include "mail/html/html.h"
#include "mail/message/defect.h"
#include "mail/mime/pgp.h"

#include <string.h>

static bool is_type(const struct entity *e, const char *type)
{
    return strcmp(e->type, type) == 0;
}

static void append_piece(GString *out, const char *text)
{
    if (out->len > 0 && out->str[out->len - 1] != '\n')
        g_string_append_c(out, '\n');
    if (out->len + strlen(text) <= LIMIT_TEXT_BYTES)
        g_string_append(out, text);
}

/* WORDS_ONLY: without what stands in for images. Small print comes last, below the line that begins a signature. */
static char *join(const GPtrArray *pieces, bool words_only)
{
    GString *out = g_string_new(NULL);
    bool was_html = false;

    for (guint is_small_print = 0; is_small_print < 2; is_small_print++)
        for (guint i = 0; i < pieces->len; i++) {
            const struct piece *p = g_ptr_array_index(pieces, i);
            if (p->is_small_print != (is_small_print == 1))
                continue;
            if (p->is_small_print && !small_print_has_rule(p->text))
                append_piece(out, "-- \n");
            bool is_apart = out->len > 0 && (p->is_html || was_html); /* a paragraph */
            was_html = p->is_html;
            if (is_apart && !g_str_has_suffix(out->str, "\n\n"))
                append_piece(out, "\n");
            g_autofree char *words = words_only && p->is_html ? html_to_words(p->entity->text) : NULL;
            append_piece(out, words != NULL ? words : p->text);
        }
    return g_string_free(out, FALSE);
}

static void add_defects(struct message *m, const GPtrArray *pieces)
{
    for (guint i = 0; i < pieces->len; i++) {
        const struct piece *p = g_ptr_array_index(pieces, i);
        for (guint j = 0; p->defects != NULL && j < p->defects->len; j++)
            defect_add(m->defects, g_ptr_array_index(p->defects, j));
    }
}

/* Only what the author wrote may command: no word that stands in for an image does. */
static bool any_image(const GPtrArray *pieces)
{
    for (guint i = 0; i < pieces->len; i++) {
        const struct piece *p = g_ptr_array_index(pieces, i);
        if (p->is_html && strcasestr(p->entity->text, "alt") != NULL)
            return true;
    }
    return false;
}

/* The type of the longest piece. */
static const char *type_read(const GPtrArray *pieces)
{
    const struct piece *longest = NULL;

    for (guint i = 0; i < pieces->len; i++) {
        const struct piece *p = g_ptr_array_index(pieces, i);
        if (!p->is_small_print && (longest == NULL || strlen(p->text) > strlen(longest->text)))
            longest = p;
    }
    return longest == NULL ? NULL : longest->is_html ? "text/html" : "text/plain";
}

static void fill_body(struct message *m, const struct entity *root)
{
    bool is_from_file;
    g_autoptr(GPtrArray) pieces = body_pieces(root, &is_from_file, m->defects);

    add_defects(m, pieces);
    g_free(m->body);
    m->body = pgp_unwrap(join(pieces, false));
    m->body_from = g_strdup(type_read(pieces));
    m->command_text = is_from_file ? g_strdup("") : any_image(pieces) ? join(pieces, true) : NULL;
}

/* Hex. */
static char *sum_of(GBytes *content)
{
    gsize n;
    const void *data = g_bytes_get_data(content, &n);

    return digest_sha256_hex(data != NULL ? data : "", n);
}

static void add_part(struct message *m, const char *type, const char *charset, GBytes *content)
{
    struct part *p = g_new0(struct part, 1);

    p->type = g_strdup(type);
    p->charset = g_strdup(charset);
    p->n_bytes = g_bytes_get_size(content);
    p->sha256 = g_strdup("");
    g_ptr_array_add(m->parts, p);
}

/* SHA256 is taken over. */
static struct attachment *add_attachment(struct message *m, const char *name, const char *type, gsize n, char *sha256)
{
    struct attachment *a = g_new0(struct attachment, 1);

    a->name = g_strdup(name);
    a->type = g_strdup(type);
    a->n_bytes = n;
    a->sha256 = sha256;
    g_ptr_array_add(m->attachments, a);
    return a;
}

/* "text/x-something" is read as text, but may as well be a file: it is both. */
static bool is_private(const struct entity *e)
{
    return g_str_has_prefix(e->type, "text/x-") && !is_type(e, "text/x-markdown");
}

/* A form of the text that we read or that says the same as one; any other one (text/rtf) is listed, so that nothing is out of
 * sight. */
static bool is_known_form(const struct entity *e)
{
    static const char *const known[] = {"text/calendar", "text/x-amp-html", "text/watch-html",
                                        "text/vnd.google.email-reaction+json"};

    for (guint i = 0; i < G_N_ELEMENTS(known); i++)
        if (is_type(e, known[i]))
            return true;
    return body_is_readable(e) && !is_private(e);
}

/* The machine's side of a report, and the other forms of a text that is shown */
static bool is_machinery(const struct entity *e)
{
    bool is_report = e->parent != NULL && is_type(e->parent, "multipart/report");
    bool is_form = e->parent != NULL && is_type(e->parent, "multipart/alternative") && is_known_form(e);

    bool is_status = g_str_has_prefix(e->type, "message/") ? !is_type(e, "message/rfc822") : is_type(e, "text/rfc822-headers");

    return e->name == NULL && ((is_report && is_status) || is_form);
}

static void attach(struct message *m, const struct entity *e)
{
    bool is_container = g_str_has_prefix(e->type, "multipart/");
    bool is_shown =
        is_machinery(e) || is_container || body_is_unpacked(e) || (body_is_readable(e) && !body_is_file(e) && !is_private(e));

    if (is_shown)
        return;
    struct attachment *a = add_attachment(m, e->name, e->type, g_bytes_get_size(e->content), sum_of(e->content));
    a->disposition = g_strdup(e->disposition);
    a->content_id = g_strdup(e->content_id);
    a->at = e->raw.at;
    a->n_raw = e->raw.n;
    a->transfer = e->raw.transfer;
}

static void attach_embedded(struct message *m, const struct entity *e)
{
    for (guint i = 0; e->embedded != NULL && i < e->embedded->len; i++) {
        const struct embedded *f = g_ptr_array_index(e->embedded, i);
        add_attachment(m, f->name, "application/octet-stream", g_bytes_get_size(f->content), sum_of(f->content));
    }
}

/* What is in an attached mail is part of that one attachment. INSIDE: the attached mail we are in, or NULL.
 */
static void list_parts(struct message *m, const struct entity *root)
{
    const struct entity *inside_end = root;
    bool is_inside = false;

    for (const struct entity *e = root; e != NULL; e = entity_next(root, e)) {
        if (is_inside && e == inside_end)
            is_inside = false;
        bool is_mail = e->children != NULL && e->content != NULL && g_str_has_prefix(e->type, "message/");
        if (e->children == NULL)
            add_part(m, e->type, e->charset, e->content);
        if (!is_inside && e->content != NULL && !(is_mail && e == root)) {
            attach(m, e);
            attach_embedded(m, e);
        }
        if (!is_inside && is_mail && e != root) {
            is_inside = true;
            inside_end = entity_skip(root, e);
        }
    }
}

void body_sum_parts(struct message *m, const struct entity *root)
{
    guint i = 0;

    for (const struct entity *e = root; e != NULL && i < m->parts->len; e = entity_next(root, e)) {
        if (e->children != NULL)
            continue;
        struct part *p = m->parts->pdata[i++];
        g_free(p->sha256);
        p->sha256 = sum_of(e->content);
    }
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
    list_parts(m, root);
    add_structure(structure, root);
    g_free(m->structure);
    m->structure = g_string_free(structure, FALSE);
}
