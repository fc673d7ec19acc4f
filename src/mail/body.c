/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readable text, attachments, structure. See body.h.
 */
#include "mail/body.h"

#include "base/digest.h"
#include "base/limits.h"
#include "mail/defect.h"
#include "mail/html.h"
#include "mail/pgp.h"

#include <string.h>

/* The text leaves that make up what a person reads, after each multipart/alternative has been decided. */
struct chosen {
    GPtrArray *plain, *html; /* struct entity, not owned */
};

static bool is_type(const struct entity *e, const char *type)
{
    return strcmp(e->type, type) == 0;
}

static bool is_text(const struct entity *e)
{
    bool is_other =
        g_str_has_prefix(e->type, "text/") && !is_type(e, "text/plain") && !is_type(e, "text/html");

    return e->text != NULL && !is_other;
}

/* winmail.dat: what is in it counts, not itself. */
static bool is_unpacked(const struct entity *e)
{
    return g_str_has_prefix(e->type, "application/") && (e->text != NULL || e->embedded != NULL);
}

/* Meant as a file, not as what the person says: so named or so marked. */
static bool is_file(const struct entity *e)
{
    bool is_marked = e->disposition != NULL && strcmp(e->disposition, "attachment") == 0;

    return !is_unpacked(e) &&
           (is_marked || (e->name != NULL && e->parent != NULL && g_str_has_prefix(e->type, "text/")));
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

static bool any_words(const GPtrArray *parts)
{
    for (guint i = 0; i < parts->len; i++)
        if (has_words(((const struct entity *)g_ptr_array_index(parts, i))->text))
            return true;
    return false;
}

static void choose(const struct entity *e, bool with_files, struct chosen *c);

/* Of the forms of one text: the first plain one and the last (richest) HTML one that say something. */
static void choose_alternative(const struct entity *e, bool with_files, struct chosen *c)
{
    bool has_plain = false;
    g_autoptr(GPtrArray) html = g_ptr_array_new();

    for (guint i = 0; i < e->children->len; i++) {
        g_autoptr(GPtrArray) child_plain = g_ptr_array_new(), child_html = g_ptr_array_new();
        struct chosen child = {.plain = child_plain, .html = child_html};
        choose(g_ptr_array_index(e->children, i), with_files, &child);
        if (!has_plain && any_words(child_plain)) {
            g_ptr_array_extend(c->plain, child_plain, NULL, NULL);
            has_plain = true;
        }
        if (any_words(child_html)) {
            g_ptr_array_set_size(html, 0);
            g_ptr_array_extend(html, child_html, NULL, NULL);
        }
    }
    g_ptr_array_extend(c->html, html, NULL, NULL);
}

/* Text leaves below E, not those of an attached mail; WITH_FILES: also those that are files. */
static void choose(const struct entity *e, bool with_files, struct chosen *c)
{
    bool is_mail = g_str_has_prefix(e->type, "message/") && e->parent != NULL;

    if (is_text(e) && (with_files || !is_file(e)))
        g_ptr_array_add(is_type(e, "text/html") ? c->html : c->plain, (gpointer)e);
    if (e->children == NULL || is_mail)
        return;
    if (is_type(e, "multipart/alternative")) {
        choose_alternative(e, with_files, c);
        return;
    }
    for (guint i = 0; i < e->children->len; i++)
        choose(g_ptr_array_index(e->children, i), with_files, c);
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
    gsize n_left = LIMIT_HTML_ALL_BYTES;

    for (guint i = 0; i < parts->len; i++) {
        const char *html = ((const struct entity *)g_ptr_array_index(parts, i))->text;
        gsize n = strlen(html);
        if (n > n_left) {
            defect_add(defects, "html-too-long");
            break;
        }
        n_left -= n;
        g_autofree char *text = html_to_text(html, defects);
        append_piece(out, text);
    }
    return g_string_free(out, FALSE);
}

/* Only what the author wrote may command: no word that stands in for an image does. NULL: all of it is theirs. */
static char *words_of_html(const GPtrArray *parts)
{
    GString *out = g_string_new(NULL);
    bool any_image = false;

    for (guint i = 0; i < parts->len; i++) {
        const char *html = ((const struct entity *)g_ptr_array_index(parts, i))->text;
        g_autofree char *lower = g_ascii_strdown(html, -1);
        any_image |= strstr(lower, "alt") != NULL;
    }
    for (guint i = 0; any_image && i < parts->len; i++) {
        g_autofree char *words = html_to_words(((const struct entity *)g_ptr_array_index(parts, i))->text);
        append_piece(out, words);
    }
    return g_string_free(out, !any_image);
}

#define STUB_BYTES                                                                                           \
    300 /* "Your program cannot show this mail": so short, and so much less than the HTML beside it */
#define STUB_FACTOR 8
#define STUB_WORDS  50

static guint n_words(const char *text)
{
    guint n = 0;

    for (bool in_word = false; *text != '\0'; text++) {
        n += !in_word && !g_ascii_isspace(*text);
        in_word = !g_ascii_isspace(*text);
    }
    return n;
}

/* Worth a look at the HTML. */
static bool is_stub(const char *text, const GPtrArray *html)
{
    const struct entity *first = g_ptr_array_index(html, 0);

    return strlen(text) < STUB_BYTES && strlen(first->text) > STUB_FACTOR * MAX(strlen(text), STUB_BYTES);
}

static void fill_body(struct message *m, const struct entity *root)
{
    g_autoptr(GPtrArray) plain = g_ptr_array_new(), html = g_ptr_array_new();
    struct chosen c = {.plain = plain, .html = html};

    choose(root, false, &c);
    bool is_from_file = plain->len == 0 && html->len == 0;
    if (is_from_file)
        choose(root, true, &c);
    g_free(m->body);
    g_autofree char *text = plain->len > 0 ? join_plain(plain) : NULL;
    bool has_text = text != NULL && has_words(text),
         is_html = html->len > 0 && (!has_text || is_stub(text, html));
    g_autofree char *from_html = is_html ? join_html(html, m->defects) : NULL;
    is_html = is_html && (!has_text || n_words(from_html) > MAX(STUB_FACTOR * n_words(text), STUB_WORDS));
    m->body = g_strdup(is_html ? from_html : text != NULL ? text : "");
    m->body_from = is_html ? g_strdup("text/html") : text != NULL ? g_strdup("text/plain") : NULL;
    m->body = pgp_unwrap(m->body);
    m->command_text = is_from_file ? g_strdup("") : is_html ? words_of_html(html) : NULL;
}

static void add_part(struct message *m, const char *type, const char *charset, GBytes *content)
{
    struct part *p = g_new0(struct part, 1);
    gsize n;
    const void *data = g_bytes_get_data(content, &n);

    p->type = g_strdup(type);
    p->charset = g_strdup(charset);
    p->n_bytes = n;
    p->sha256 = digest_sha256_hex(data != NULL ? data : "", n);
    g_ptr_array_add(m->parts, p);
}

/* SHA256 is taken over. */
static struct attachment *add_attachment(struct message *m, const char *name, const char *type, gsize n,
                                         char *sha256)
{
    struct attachment *a = g_new0(struct attachment, 1);

    a->name = g_strdup(name);
    a->type = g_strdup(type);
    a->n_bytes = n;
    a->sha256 = sha256;
    g_ptr_array_add(m->attachments, a);
    return a;
}

/* A form of the text that we read or that says the same as one; any other one (text/enriched, text/rtf) is listed, so
 * that nothing is out of sight. */
static bool is_known_form(const char *type)
{
    static const char *const known[] = {"text/plain", "text/html", "text/calendar", "text/x-amp-html", "text/watch-html"};

    for (guint i = 0; i < G_N_ELEMENTS(known); i++)
        if (strcmp(type, known[i]) == 0)
            return true;
    return false;
}

/* The machine's side of a report, and the other forms of a text that is shown */
static bool is_machinery(const struct entity *e)
{
    bool is_report = e->parent != NULL && is_type(e->parent, "multipart/report");
    bool is_form = e->parent != NULL && is_type(e->parent, "multipart/alternative") &&
                   is_known_form(e->type);

    bool is_status = g_str_has_prefix(e->type, "message/") ? !is_type(e, "message/rfc822")
                                                           : is_type(e, "text/rfc822-headers");

    return e->name == NULL && ((is_report && is_status) || is_form);
}

/* HASH is the content's, NULL if not known yet. */
static void attach(struct message *m, const struct entity *e, const char *hash)
{
    gsize n;
    const void *data = g_bytes_get_data(e->content, &n);

    bool is_container = g_str_has_prefix(e->type, "multipart/");
    bool is_shown = is_machinery(e) || is_container || is_unpacked(e) || (is_text(e) && !is_file(e));

    if (is_shown)
        return;
    char *sha256 = hash != NULL ? g_strdup(hash) : digest_sha256_hex(data != NULL ? data : "", n);
    struct attachment *a = add_attachment(m, e->name, e->type, n, sha256);
    a->disposition = g_strdup(e->disposition);
    a->content_id = g_strdup(e->content_id);
}

static void attach_embedded(struct message *m, const struct entity *e)
{
    for (guint i = 0; e->embedded != NULL && i < e->embedded->len; i++) {
        const struct embedded *f = g_ptr_array_index(e->embedded, i);
        gsize n;
        const void *data = g_bytes_get_data(f->content, &n);
        add_attachment(m, f->name, "application/octet-stream", n,
                       digest_sha256_hex(data != NULL ? data : "", n));
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
            const struct part *last =
                e->children == NULL ? g_ptr_array_index(m->parts, m->parts->len - 1) : NULL;
            attach(m, e, last != NULL ? last->sha256 : NULL);
            attach_embedded(m, e);
        }
        if (!is_inside && is_mail && e != root) {
            is_inside = true;
            inside_end = entity_skip(root, e);
        }
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
