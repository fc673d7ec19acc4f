/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See html.h. libxml2 says which elements open and close, as events: no tree is built, and a stack of what
 * the open elements mean for their text is all there is to keep.
 */
#include "mail/html/html.h"

#include "base/limits.h"
#include "mail/html/html_element.h"
#include "mail/html/html_limit.h"
#include "mail/html/html_out.h"
#include "mail/html/html_style.h"
#include "mail/message/defect.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define MAX_INDENT 16 /* blanks before a nested list item */

/* What an open element means for the text in it */
struct frame {
    enum element element;
    gint32 colour, background;
    enum html_font font;
    bool is_hidden, is_silent, is_preformatted;
    bool is_cite;     /* a quote that was counted */
    bool is_ordered;  /* list */
    bool is_indented; /* list within a list */
    guint n_items;    /* list */
    char *href;       /* link, NULL if it shows none */
    gsize text_from;  /* link: where its text begins */
};

struct walk {
    struct html_out *out;
    GArray *frames; /* struct frame */
    bool found_hidden;
    htmlParserCtxtPtr parser;
    guint n_steps; /* that libxml2 took in vain */
    bool leaves_images;
};

static struct frame *top(struct walk *w)
{
    return &g_array_index(w->frames, struct frame, w->frames->len - 1);
}

/* An address worth showing: what a person can open. */
static char *shown_href(const char *const *attrs)
{
    const char *href = html_attr(attrs, "href");

    if (href == NULL)
        return NULL;
    href += strspn(href, " \t\r\n");
    bool is_web = g_ascii_strncasecmp(href, "http://", 7) == 0 || g_ascii_strncasecmp(href, "https://", 8) == 0;
    if (!is_web && g_ascii_strncasecmp(href, "mailto:", 7) != 0)
        return NULL;
    char *copy = g_strdup(href);
    copy[strcspn(copy, " \t\r\n<>\"")] = '\0';
    return copy;
}

/* Blockquotes without any border are what editors indent with. */
static bool is_cite(const char *const *attrs, const struct html_style *style)
{
    const char *type = html_attr(attrs, "type");

    if ((type != NULL && g_ascii_strcasecmp(type, "cite") == 0) || html_has_class(attrs, "gmail_quote"))
        return true;
    return !style->has_no_border;
}

static bool starts_old_mail(const char *const *attrs, const struct html_style *style)
{
    const char *id = html_attr(attrs, "id");

    return style->has_rule_above || (id != NULL && (strcmp(id, "divRplyFwdMsg") == 0 || strcmp(id, "appendonsend") == 0 ||
                                                    g_str_has_prefix(id, "x_divRplyFwdMsg")));
}

/* Signatures that the mail program marks as such: Gmail, Thunderbird, Proton, Outlook on the web. */
static bool is_signature(const char *const *attrs)
{
    const char *id = html_attr(attrs, "id");

    return html_has_class(attrs, "gmail_signature") || html_has_class(attrs, "moz-signature") ||
           html_has_class(attrs, "protonmail_signature_block") ||
           (id != NULL && (strcmp(id, "Signature") == 0 || strcmp(id, "x_Signature") == 0));
}

static void write_rule(struct html_out *o)
{
    bool unused = false;
    gsize n = strlen(HTML_RULE);

    html_out_break(o, 1);
    if (o->text->len > n && strcmp(o->text->str + o->text->len - n, HTML_RULE) == 0)
        return; /* <hr> and then the div */
    html_out_words(o, HTML_RULE, n, &unused);
    html_out_break(o, 1);
    o->is_tight = true;
}

static void open_list(struct walk *w, struct frame *f, const struct frame *around)
{
    f->is_indented =
        around != NULL && (around->element == ELEMENT_ITEM || around->element == ELEMENT_LIST) && w->out->indent < MAX_INDENT;
    html_out_break(w->out, f->is_indented ? 1 : 2);
    w->out->indent += f->is_indented ? 2 : 0;
}

static void open_item(struct walk *w, struct frame *list)
{
    struct html_out *o = w->out;
    char number[24];
    bool unused = false;

    html_out_break(o, 1);
    if (list != NULL && list->element == ELEMENT_LIST && list->is_ordered)
        g_snprintf(number, sizeof number, "%u. ", ++list->n_items);
    else
        g_strlcpy(number, "* ", sizeof number);
    html_out_words(o, number, strlen(number), &unused);
}

static void open_image(struct walk *w, const char *const *attrs)
{
    const char *alt = html_attr(attrs, "alt");
    const char *dot = alt != NULL ? strrchr(alt, '.') : NULL;
    bool is_file = dot != NULL && strlen(dot) <= 5 && strchr(dot, ' ') == NULL && dot[1] != '\0';

    if (alt != NULL && !is_file && !w->leaves_images)
        html_out_words(w->out, alt, strlen(alt), &w->found_hidden);
}

static void open_block(struct walk *w, const char *const *attrs, const struct html_style *style)
{
    html_out_break(w->out, 1);
    if (html_has_class(attrs, "gmail_attr") || html_has_class(attrs, "moz-cite-prefix"))
        html_out_attribution(w->out);
    else if (is_signature(attrs))
        html_out_preformatted(w->out, "-- \n", 4);
    else if (starts_old_mail(attrs, style))
        write_rule(w->out);
}

/* What opening an element writes. F is the new frame, LIST the one around it. */
static void open_visible(struct walk *w, struct frame *f, struct frame *around, const char *const *attrs,
                         const struct html_style *style)
{
    switch (f->element) {
    case ELEMENT_INLINE:
    case ELEMENT_SILENT:
        break;
    case ELEMENT_BLOCK:
        open_block(w, attrs, style);
        break;
    case ELEMENT_PARAGRAPH:
    case ELEMENT_PRE:
        html_out_break(w->out, 2);
        if (is_signature(attrs))
            html_out_preformatted(w->out, "-- \n", 4);
        break;
    case ELEMENT_QUOTE:
        f->is_cite = is_cite(attrs, style);
        if (f->is_cite)
            html_out_quote(w->out);
        else
            html_out_break(w->out, 2);
        break;
    case ELEMENT_LIST:
        open_list(w, f, around);
        break;
    case ELEMENT_ITEM:
        open_item(w, around);
        break;
    case ELEMENT_ROW:
        html_out_break(w->out, 1);
        break;
    case ELEMENT_CELL:
        html_out_cell(w->out);
        break;
    case ELEMENT_LINK:
        f->href = shown_href(attrs);
        f->text_from = w->out->text->len;
        break;
    case ELEMENT_IMAGE:
        open_image(w, attrs);
        break;
    case ELEMENT_BREAK:
        html_out_newline(w->out);
        break;
    case ELEMENT_RULE:
        write_rule(w->out);
        break;
    }
}

static void on_start(void *user, const xmlChar *name, const xmlChar **sax_attrs)
{
    struct walk *w = user;
    const char *const *attrs = (const char *const *)sax_attrs;
    struct frame f = {.element = html_element_of((const char *)name), .colour = COLOUR_NONE, .background = COLOUR_NONE};
    struct html_style style;

    html_style_read(attrs, &style);
    if (w->frames->len > 0) {
        f.colour = top(w)->colour;
        f.background = top(w)->background;
        f.font = top(w)->font;
        f.is_hidden = top(w)->is_hidden;
        f.is_silent = top(w)->is_silent;
        f.is_preformatted = top(w)->is_preformatted;
    }
    if (style.colour != COLOUR_NONE)
        f.colour = style.colour;
    if (style.background != COLOUR_NONE)
        f.background = style.background;
    if (style.font != HTML_FONT_UNSAID)
        f.font = style.font;
    f.is_hidden |= style.is_hidden;
    f.is_silent |= f.element == ELEMENT_SILENT;
    f.is_preformatted = style.is_preformatted || f.is_preformatted || f.element == ELEMENT_PRE;
    f.is_ordered = strcmp((const char *)name, "ol") == 0;
    g_array_append_val(w->frames, f);
    struct frame *around = w->frames->len > 1 ? top(w) - 1 : NULL;
    if (!f.is_hidden && !f.is_silent)
        open_visible(w, top(w), around, attrs, &style);
}

#define LINK_TEXT_BYTES 4096 /* of a link's text, looked at for its address */

/* "Text <address>", but not where the text is the address already. */
static void close_link(struct walk *w, const struct frame *f)
{
    GString *t = w->out->text;
    bool is_mail = f->href != NULL && g_ascii_strncasecmp(f->href, "mailto:", 7) == 0, unused = false;

    if (f->href == NULL || f->text_from >= t->len)
        return;
    const char *address = is_mail ? f->href + 7 : f->href;
    gsize n = is_mail ? strcspn(address, "?") : strlen(address);
    const char *bare = is_mail ? address : strstr(address, "://") + 3;
    gsize n_bare = n - (gsize)(bare - address);
    while (n_bare > 0 && bare[n_bare - 1] == '/')
        n_bare--;
    g_autofree char *needle = g_strndup(bare, n_bare);
    if (g_strstr_len(t->str + f->text_from, LINK_TEXT_BYTES, needle) != NULL)
        return;
    g_autofree char *shown = g_strdup_printf(" <%.*s>", (int)n, address);
    html_out_words(w->out, shown, strlen(shown), &unused);
}

static void close_visible(struct walk *w, const struct frame *f)
{
    switch (f->element) {
    case ELEMENT_INLINE:
    case ELEMENT_SILENT:
    case ELEMENT_IMAGE:
    case ELEMENT_BREAK:
    case ELEMENT_RULE:
    case ELEMENT_CELL:
        break;
    case ELEMENT_BLOCK:
    case ELEMENT_ITEM:
    case ELEMENT_ROW:
        html_out_break(w->out, 1);
        break;
    case ELEMENT_PARAGRAPH:
    case ELEMENT_PRE:
        html_out_break(w->out, 2);
        break;
    case ELEMENT_LIST:
        html_out_break(w->out, f->is_indented ? 1 : 2);
        w->out->indent -= f->is_indented ? 2 : 0;
        break;
    case ELEMENT_QUOTE:
        if (f->is_cite)
            html_out_unquote(w->out);
        else
            html_out_break(w->out, 2);
        break;
    case ELEMENT_LINK:
        close_link(w, f);
        break;
    }
}

static void on_end(void *user, const xmlChar *name)
{
    struct walk *w = user;

    (void)name;
    if (w->frames->len == 0)
        return;
    struct frame *f = top(w);
    if (!f->is_hidden && !f->is_silent)
        close_visible(w, f);
    g_free(f->href);
    g_array_set_size(w->frames, w->frames->len - 1);
}

static bool is_invisible(const struct frame *f)
{
    gint32 background = f->background == COLOUR_NONE ? 0xffffff : f->background;

    return f->font == HTML_FONT_TINY || (f->colour == background && f->colour != COLOUR_NONE);
}

static bool has_text(const char *s, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (g_ascii_isalnum(s[i]) || (guchar)s[i] >= 0xc3)
            return true;
    return false;
}

static void on_text(void *user, const xmlChar *s, int n)
{
    struct walk *w = user;
    const char *text = (const char *)s;
    const struct frame *f = w->frames->len > 0 ? top(w) : NULL;

    if (f != NULL && f->is_silent)
        return;
    if (f != NULL && (f->is_hidden || is_invisible(f)))
        w->found_hidden |= has_text(text, (gsize)n);
    else if (f != NULL && f->is_preformatted)
        html_out_preformatted(w->out, text, (gsize)n);
    else
        html_out_words(w->out, text, (gsize)n, &w->found_hidden);
}

/* An end tag that fits no open element: libxml2 has looked at all of them, and does so each time. */
static void on_error(void *user, xmlErrorPtr error)
{
    struct walk *w = user;

    (void)error;
    w->n_steps += (guint)w->parser->nameNr;
    if (w->n_steps > LIMIT_HTML_STEPS)
        xmlStopParser(w->parser);
}

static void walk(struct walk *w, const char *html)
{
    htmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                          .serror = on_error,
                          .startElement = on_start,
                          .endElement = on_end,
                          .characters = on_text,
                          .ignorableWhitespace = on_text};
    htmlParserCtxtPtr parser = htmlNewParserCtxt();

    if (parser == NULL)
        return;
    htmlSAXHandler *own = parser->sax;
    parser->sax = &sax;
    parser->userData = w;
    w->parser = parser;
    htmlCtxtReadMemory(parser, html, (int)strlen(html), NULL, "UTF-8",
                       HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    parser->sax = own;
    htmlFreeParserCtxt(parser);
}

static char *to_text(const char *html, bool leaves_images, GPtrArray *defects)
{
    g_autofree char *limited = html_limit(html, defects);
    g_autoptr(GArray) frames = g_array_new(FALSE, FALSE, sizeof(struct frame));
    const char *input = limited != NULL ? limited : html;
    struct walk w = {.out = html_out_new(strlen(input)), .frames = frames, .leaves_images = leaves_images};

    if (*input != '\0')
        walk(&w, input);
    for (guint i = 0; i < frames->len; i++)
        g_free(g_array_index(frames, struct frame, i).href);
    if (w.n_steps > LIMIT_HTML_STEPS)
        defect_add(defects, "html-too-tangled");
    if (w.found_hidden)
        defect_add(defects, "hidden-text");
    return html_out_finish(w.out);
}

char *html_to_text(const char *html, GPtrArray *defects)
{
    return to_text(html, false, defects);
}

char *html_to_words(const char *html)
{
    g_autoptr(GPtrArray) unreported = g_ptr_array_new_with_free_func(g_free);

    return to_text(html, true, unreported);
}
