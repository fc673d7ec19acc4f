/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tree of libcmark, walked once; see markdown.h. A paragraph is collected in `line` and written when it ends.
 */
#include "text/markdown.h"

#include "text/template.h"
#include "text/wrap.h"

#include <cmark.h>
#include <string.h>

#define MOST_DEPTH 64 /* of lists and quotes in each other; deeper ones look like this one */

struct walk {
    struct markdown *out;
    GString *master, *line;
    GString *label;            /* of the link or picture that is open; NULL none */
    guint quotes, last_quotes; /* last: of the block before */
    guint depth;               /* of lists */
    int numbers[MOST_DEPTH];   /* of the next item, 0 of a list without numbers */
    bool is_item_begun;        /* its first paragraph is written */
    bool is_strong;
    bool has_block; /* anything was written */
    bool was_item;  /* the last thing written was an item: the next one follows without an empty line */
};

static void link_free(struct markdown_link *l)
{
    g_free(l->label);
    g_free(l->url);
    g_free(l);
}

/* Controls would be marks of the master text. */
static void add_clean(GString *out, const char *text)
{
    for (; text != NULL && *text != '\0'; text++)
        if ((guchar)*text >= ' ' && *text != 0x7f)
            g_string_append_c(out, *text);
}

static void add_text(struct walk *w, const char *text)
{
    add_clean(w->label != NULL ? w->label : w->line, text);
}

static bool is_web(const char *url)
{
    return g_ascii_strncasecmp(url, "https://", 8) == 0 || g_ascii_strncasecmp(url, "http://", 7) == 0;
}

/* A mail address stands for itself. */
static void add_link(struct walk *w, const char *url, const char *label)
{
    const char *address = g_str_has_prefix(url, "mailto:") ? url + 7 : url;

    if (strcmp(label, address) == 0 || w->quotes > 0 || (!is_web(url) && address == url))
        g_string_append(w->line, label);
    else if (address != url)
        g_string_append_printf(w->line, "%s %s", label, address);
    else
        g_string_append_printf(w->line, "%c%s%c%s%c", MARK_ANCHOR, label, MARK_FIELD, url, MARK_ANCHOR_END);
}

static void end_link(struct walk *w, cmark_node *node)
{
    g_autoptr(GString) url = g_string_new(NULL);
    g_autofree char *label = g_string_free(g_steal_pointer(&w->label), FALSE);
    bool is_picture = cmark_node_get_type(node) == CMARK_NODE_IMAGE;
    struct markdown_link *l = g_new0(struct markdown_link, 1);

    add_clean(url, cmark_node_get_url(node));
    if (is_picture)
        g_string_append(w->line, label);
    else
        add_link(w, url->str, label);
    l->label = g_steal_pointer(&label);
    l->url = g_strdup(url->str);
    g_ptr_array_add(is_picture ? w->out->pictures : w->out->links, l);
}

/* ---- Blocks */
static void begin_line(struct walk *w, bool is_close)
{
    if (w->has_block && !is_close) {
        for (guint i = 0; i < MIN(w->quotes, w->last_quotes); i++)
            g_string_append_c(w->master, '>');
        g_string_append_c(w->master, '\n');
    }
    w->last_quotes = w->quotes;
    for (guint i = 0; i < w->quotes; i++)
        g_string_append(w->master, "> ");
    w->has_block = true;
}

static void begin_paragraph(struct walk *w)
{
    bool is_first = w->depth > 0 && !w->is_item_begun;

    begin_line(w, is_first && w->was_item);
    w->was_item = w->depth > 0;
    if (w->depth == 0)
        return;
    int *number = &w->numbers[w->depth - 1];
    if (!is_first)
        g_string_append(w->master, "  ");
    else if (*number > 0)
        g_string_append_printf(w->master, "%d. ", (*number)++ % 100);
    else
        g_string_append(w->master, "- ");
    w->is_item_begun = true;
}

/* The label and address of a paragraph that is a bold link and nothing else; NULL it is not. */
static char *button_of(cmark_node *paragraph, const char *line)
{
    cmark_node *strong = cmark_node_first_child(paragraph);
    bool is_alone = strong != NULL && cmark_node_next(strong) == NULL && cmark_node_get_type(strong) == CMARK_NODE_STRONG;
    cmark_node *link = is_alone ? cmark_node_first_child(strong) : NULL;
    gsize n = strlen(line);

    if (link == NULL || cmark_node_next(link) != NULL || cmark_node_get_type(link) != CMARK_NODE_LINK)
        return NULL;
    bool is_marked = n > 4 && line[0] == MARK_BOLD && line[1] == MARK_ANCHOR && line[n - 1] == MARK_BOLD_END;
    return is_marked ? g_strndup(line + 2, n - 4) : NULL;
}

static void end_paragraph(struct walk *w, cmark_node *node)
{
    g_autofree char *button = w->quotes == 0 && w->depth == 0 ? button_of(node, w->line->str) : NULL;
    g_auto(GStrv) lines = g_strsplit(w->line->str, "\n", -1);

    g_string_truncate(w->line, 0);
    begin_paragraph(w);
    if (button != NULL) {
        g_string_append_printf(w->master, "%c%s\n", MARK_WAY, button);
        return;
    }
    for (char **l = lines; *l != NULL; l++) {
        if (l != lines)
            for (guint i = 0; i < w->quotes; i++)
                g_string_append(w->master, "> ");
        g_string_append_printf(w->master, "%s%s\n", l != lines && w->depth > 0 ? "  " : "", *l);
    }
}

static void end_heading(struct walk *w, cmark_node *node)
{
    int level = cmark_node_get_heading_level(node);
    g_autofree char *text = g_strdup(w->line->str);

    g_string_truncate(w->line, 0);
    if (level == 1 && !w->has_block && w->out->title == NULL) {
        w->out->title = g_steal_pointer(&text);
        return;
    }
    begin_line(w, false);
    w->was_item = false;
    if (w->quotes > 0 || w->depth > 0)
        g_string_append_printf(w->master, "%s\n", text);
    else
        g_string_append_printf(w->master, "%c%s\n", level <= 2 ? MARK_SUBHEADING : MARK_ENTRY, text);
}

static void put_code(struct walk *w, const char *code)
{
    g_auto(GStrv) lines = g_strsplit(code, "\n", -1);

    begin_line(w, false);
    w->was_item = false;
    for (char **l = lines; *l != NULL; l++) {
        add_clean(w->master, *l);
        if (l[1] != NULL)
            g_string_append_c(w->master, '\n');
    }
}

static void enter_list(struct walk *w, cmark_node *node)
{
    bool is_numbered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;

    if (w->depth < MOST_DEPTH)
        w->depth++;
    w->numbers[w->depth - 1] = is_numbered ? MAX(cmark_node_get_list_start(node), 1) : 0;
    if (w->depth == 1)
        w->was_item = false;
}

static void set_strong(struct walk *w, bool is_strong)
{
    if (w->label == NULL && w->quotes == 0 && w->is_strong != is_strong) {
        g_string_append_c(w->line, is_strong ? MARK_BOLD : MARK_BOLD_END);
        w->is_strong = is_strong;
    }
}

static void enter(struct walk *w, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
        add_text(w, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_SOFTBREAK:
        g_string_append_c(w->label != NULL ? w->label : w->line, ' ');
        break;
    case CMARK_NODE_LINEBREAK:
        g_string_append_c(w->label != NULL ? w->label : w->line, w->label != NULL ? ' ' : '\n');
        break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        if (w->label == NULL)
            w->label = g_string_new(NULL);
        break;
    case CMARK_NODE_STRONG:
        set_strong(w, true);
        break;
    case CMARK_NODE_LIST:
        enter_list(w, node);
        break;
    case CMARK_NODE_ITEM:
        w->is_item_begun = false;
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        w->quotes += w->quotes < 8;
        break;
    case CMARK_NODE_CODE_BLOCK:
        put_code(w, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_HTML_INLINE:
        w->out->has_html = true;
        break;
    default: /* what only holds others */
        break;
    }
}

static void leave(struct walk *w, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
        end_paragraph(w, node);
        break;
    case CMARK_NODE_HEADING:
        end_heading(w, node);
        break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        if (w->label != NULL) /* a picture inside a link is its text */
            end_link(w, node);
        break;
    case CMARK_NODE_STRONG:
        set_strong(w, false);
        break;
    case CMARK_NODE_LIST:
        w->depth -= w->depth > 0;
        w->is_item_begun = true;
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        w->quotes -= w->quotes > 0;
        break;
    default:
        break;
    }
}

void markdown_read(const char *source, struct markdown *out)
{
    *out = (struct markdown){.links = g_ptr_array_new_with_free_func((GDestroyNotify)link_free),
                             .pictures = g_ptr_array_new_with_free_func((GDestroyNotify)link_free)};
    struct walk w = {.out = out, .master = g_string_new(NULL), .line = g_string_new(NULL)};
    cmark_node *root = cmark_parse_document(source, strlen(source), CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_SMART);
    cmark_iter *iter = cmark_iter_new(root);

    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_ENTER)
            enter(&w, node);
        else
            leave(&w, node);
    }
    cmark_iter_free(iter);
    cmark_node_free(root);
    if (w.label != NULL)
        g_string_free(w.label, TRUE);
    g_string_free(w.line, TRUE);
    out->master = g_string_free(w.master, FALSE);
}

void markdown_clear(struct markdown *m)
{
    g_clear_pointer(&m->master, g_free);
    g_clear_pointer(&m->title, g_free);
    g_clear_pointer(&m->links, g_ptr_array_unref);
    g_clear_pointer(&m->pictures, g_ptr_array_unref);
}

char *markdown_escape(const char *text)
{
    g_autoptr(GString) line = g_string_new(NULL);
    GString *out = g_string_new(NULL);

    escape_append(line, text, ESCAPE_LINE);
    for (const char *p = line->str; *p != '\0'; p++) {
        bool is_sign = strchr("\\`*_{}[]<>()#+!|~&", *p) != NULL;
        bool starts_block = (*p == '-' || *p == '=') && p == line->str;
        bool ends_number = (*p == '.' || *p == ')') && p > line->str && g_ascii_isdigit(p[-1]);
        if (is_sign || starts_block || ends_number)
            g_string_append_c(out, '\\');
        g_string_append_c(out, *p);
    }
    return g_string_free(out, FALSE);
}
