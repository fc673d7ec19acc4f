/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See html_style.h.
 */
#include "mail/html/html_style.h"

#include <math.h>
#include <string.h>

const char *html_attr(const char *const *attrs, const char *name)
{
    for (; attrs != NULL && *attrs != NULL; attrs += 2)
        if (g_ascii_strcasecmp(attrs[0], name) == 0)
            return attrs[1];
    return NULL;
}

bool html_has_class(const char *const *attrs, const char *class)
{
    const char *list = html_attr(attrs, "class");
    gsize n_class = strlen(class);

    while (list != NULL && *list != '\0') {
        list += strspn(list, " \t\r\n\f");
        gsize n = strcspn(list, " \t\r\n\f");
        if (n == n_class && strncmp(list, class, n) == 0)
            return true;
        list += n;
    }
    return false;
}

static gint32 hex_colour(const char *digits)
{
    gsize n = strspn(digits, "0123456789abcdefABCDEF");
    guint value = 0;

    if (n != 3 && n != 6 && n != 8)
        return COLOUR_NONE;
    for (gsize i = 0; i < MIN(n, 6); i++) {
        guint digit = (guint)g_ascii_xdigit_value(digits[i]);
        value = n == 3 ? value << 8 | digit << 4 | digit : value << 4 | digit;
    }
    return (gint32)value;
}

/* "rgb(255, 255, 255)"; percentages and transparency are not read */
static gint32 rgb_colour(const char *text)
{
    guint value = 0;

    for (int i = 0; i < 3; i++) {
        text += strspn(text, " ,");
        char *end;
        guint64 part = g_ascii_strtoull(text, &end, 10);
        if (end == text || *end == '%')
            return COLOUR_NONE;
        value = value << 8 | (guint)MIN(part, 255);
        text = end;
    }
    return (gint32)value;
}

static gint32 read_colour(const char *text)
{
    static const struct {
        const char *name;
        gint32 value;
    } names[] = {{"white", 0xffffff},  {"black", 0},       {"red", 0xff0000},   {"blue", 0x0000ff},
                 {"green", 0x008000},  {"gray", 0x808080}, {"grey", 0x808080},  {"navy", 0x000080},
                 {"silver", 0xc0c0c0}, {"snow", 0xfffafa}, {"ivory", 0xfffff0}, {"whitesmoke", 0xf5f5f5}};

    text += strspn(text, " \t\r\n");
    if (*text == '#')
        return hex_colour(text + 1);
    if (g_ascii_strncasecmp(text, "rgb(", 4) == 0)
        return rgb_colour(text + 4);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_ascii_strncasecmp(text, names[i].name, strlen(names[i].name)) == 0)
            return names[i].value;
    return hex_colour(text); /* <font color=FFFFFF> */
}

/* "0", "0px", "0.0pt", "1px" for a font: nobody reads that */
static bool is_nothing(const char *value, double most)
{
    char *end;
    double size = g_ascii_strtod(value, &end);

    if (end == value || isnan(size))
        return false;
    return size <= 0.0 || (size <= most && (g_ascii_strncasecmp(end, "px", 2) == 0 || g_ascii_strncasecmp(end, "pt", 2) == 0));
}

static bool starts(const char *value, const char *word)
{
    return g_ascii_strncasecmp(value, word, strlen(word)) == 0;
}

struct box { /* declarations that hide only together */
    bool is_flat, is_clipped;
};

static void read_declaration(const char *name, const char *value, struct html_style *s, struct box *box)
{
    if (strcmp(name, "color") == 0)
        s->colour = read_colour(value);
    else if (strcmp(name, "background-color") == 0 || strcmp(name, "background") == 0)
        s->background = read_colour(value);
    else if (strcmp(name, "display") == 0)
        s->is_hidden |= starts(value, "none");
    else if (strcmp(name, "visibility") == 0)
        s->is_hidden |= starts(value, "hidden") || starts(value, "collapse");
    else if (strcmp(name, "mso-hide") == 0)
        s->is_hidden |= starts(value, "all");
    else if (strcmp(name, "font-size") == 0)
        s->font = is_nothing(value, 1.0) ? HTML_FONT_TINY : HTML_FONT_READABLE;
    else if (strcmp(name, "opacity") == 0)
        s->is_hidden |= is_nothing(value, 0.0);
    else if (strcmp(name, "max-height") == 0 || strcmp(name, "height") == 0 || strcmp(name, "width") == 0 ||
             strcmp(name, "max-width") == 0)
        box->is_flat |= is_nothing(value, 0.0);
    else if (strcmp(name, "overflow") == 0)
        box->is_clipped |= starts(value, "hidden");
    else if (strcmp(name, "text-indent") == 0 || strcmp(name, "left") == 0)
        s->is_hidden |= g_ascii_strtod(value, NULL) <= -999.0;
    else if (strcmp(name, "white-space") == 0)
        s->is_preformatted = starts(value, "pre") && !starts(value, "pre-line");
    else if (strcmp(name, "border-top") == 0)
        s->has_rule_above |= starts(value, "solid") || strstr(value, " solid") != NULL;
    else if (strcmp(name, "border") == 0)
        s->has_no_border |= starts(value, "none") || starts(value, "0");
}

/* "name: value; name: value" */
static void read_css(const char *css, struct html_style *s)
{
    struct box box = {0};
    char name[32];

    while (*css != '\0') {
        css += strspn(css, " \t\r\n;");
        gsize n_name = strcspn(css, ":;"), n_word = strcspn(css, ":; \t\r\n");
        if (css[n_name] != ':') {
            css += n_name;
            continue;
        }
        const char *value = css + n_name + 1;
        gsize n_value = strcspn(value, ";");
        g_autofree char *copy = g_strstrip(g_strndup(value, MIN(n_value, 200)));
        if (n_word < sizeof name) {
            for (gsize i = 0; i < n_word; i++)
                name[i] = g_ascii_tolower(css[i]);
            name[n_word] = '\0';
            read_declaration(name, copy, s, &box);
        }
        css = value + n_value;
    }
    s->is_hidden |= box.is_flat && box.is_clipped;
}

void html_style_read(const char *const *attrs, struct html_style *style_out)
{
    *style_out = (struct html_style){.colour = COLOUR_NONE, .background = COLOUR_NONE};
    for (; attrs != NULL && *attrs != NULL; attrs += 2) {
        const char *value = attrs[1] != NULL ? attrs[1] : "";
        if (g_ascii_strcasecmp(attrs[0], "style") == 0)
            read_css(value, style_out);
        else if (g_ascii_strcasecmp(attrs[0], "hidden") == 0)
            style_out->is_hidden = true;
        else if (g_ascii_strcasecmp(attrs[0], "bgcolor") == 0)
            style_out->background = read_colour(value);
        else if (g_ascii_strcasecmp(attrs[0], "background") == 0)
            style_out->background = 0x808080; /* a picture behind the text: white may be meant */
        else if (g_ascii_strcasecmp(attrs[0], "color") == 0)
            style_out->colour = read_colour(value);
    }
}
