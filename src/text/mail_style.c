/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The look of mails; see mail_style.h.
 */
#include "text/mail_style.h"

#include "text/template.h"

#define SANS  "-apple-system,'Segoe UI',Roboto,'Noto Sans','Helvetica Neue',Arial,sans-serif"
#define SERIF "'Iowan Old Style',Charter,'Noto Serif',Cambria,Georgia,serif"
/* Stand in what follows for the initiative's colours, which mail_look_new() puts in. */
#define ACCENT      "@accent@"
#define ACCENT_DARK "@dark@"
#define INK         "#1c1b19"
#define SOFT        "#56524a"

static const char *const looks[] = {
    [LOOK_PARAGRAPH] = " style=\"margin:0 0 14px\"",
    [LOOK_HEADING] = " style=\"font-size:27px;line-height:1.2;margin:22px 0 14px;font-weight:bold\"",
    [LOOK_SUBHEADING] = " style=\"font-size:21px;line-height:1.3;margin:34px 0 10px;font-weight:bold\"",
    [LOOK_TOPIC] =
        " class=\"t\" style=\"font-family:" SERIF ";font-size:21px;line-height:1.3;margin:34px 0 10px;font-weight:bold;"
        "padding-top:18px;border-top:1px solid #767067\"",
    [LOOK_FRAMED_HEADING] = " style=\"font-size:18px;line-height:1.35;margin:0 0 8px;font-weight:bold\"",
    [LOOK_ENTRY] = " style=\"font-size:18px;line-height:1.35;margin:22px 0 8px;font-weight:bold\"",
    [LOOK_LIST] = " style=\"margin:0 0 14px;padding-left:26px\"",
    [LOOK_ITEM] = " style=\"margin:0 0 5px\"",
    [LOOK_PEOPLE] = " class=\"q\" style=\"margin:0 0 16px;padding:12px 0 1px 18px;border-left:5px solid " ACCENT
                    ";font-family:" SERIF ";font-size:19px;line-height:1.6\"",
    [LOOK_PEOPLE_PARAGRAPH] = " style=\"margin:0 0 12px\"",
    [LOOK_OFFICIAL] =
        " class=\"off\" style=\"margin:0 0 16px;padding:14px 18px 1px;border:2px solid " ACCENT ";border-top-width:8px\"",
    [LOOK_FOOT_PARAGRAPH] = " style=\"margin:0 0 8px\"",
    [LOOK_WORD] = " style=\"margin:0 0 14px;font-size:30px;line-height:1.2;font-weight:bold;letter-spacing:1px\"",
    [LOOK_BUTTON] = " class=\"b\" style=\"display:inline-block;padding:13px 22px;background:" ACCENT ";border:2px solid " ACCENT
                    ";border-radius:4px;color:#ffffff;font-size:18px;line-height:1.3;font-weight:bold;text-decoration:none\"",
    [LOOK_QUIET_BUTTON] =
        " class=\"b2\" style=\"display:inline-block;padding:13px 22px;border:2px solid " ACCENT ";border-radius:4px;color:" ACCENT
        ";font-size:18px;line-height:1.3;font-weight:bold;text-decoration:none\"",
    [LOOK_LINK] = " class=\"a\" style=\"color:" ACCENT ";text-decoration:underline\"",
};

static const char filled_button[] =
    "<div style=\"margin:0 0 10px\">\n<!--[if mso]><table role=\"presentation\" cellpadding=\"0\" "
    "cellspacing=\"0\"><tr><td bgcolor=\"" ACCENT "\" style=\"padding:13px 22px\"><![endif]-->\n";
static const char edged_button[] =
    "<div style=\"margin:0 0 10px\">\n<!--[if mso]><table role=\"presentation\" cellpadding=\"0\" "
    "cellspacing=\"0\"><tr><td style=\"padding:13px 22px;border:2px solid " ACCENT "\"><![endif]-->\n";

const char *mail_style_button_end(void)
{
    return "\n<!--[if mso]></td></tr></table><![endif]-->\n</div>\n";
}

static const char head[] = "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                           "<meta name=\"color-scheme\" content=\"light dark\">\n"
                           "<meta name=\"supported-color-schemes\" content=\"light dark\">\n";
static const char dark[] =
    "<style>\n"
    ":root{color-scheme:light dark}\n"
    "body{margin:0;padding:0}\n"
    "hr{border:0;border-top:1px solid #d9d4c9;margin:0}\n"
    "@media (prefers-color-scheme:dark){\n"
    "body,.bg{background:#181715!important;color:#ece8df!important}\n"
    ".head{border-color:" ACCENT_DARK " #3f3b35 #3f3b35!important}\n"
    ".a,.b2{color:" ACCENT_DARK "!important}\n"
    ".q,.off,.b2{border-color:" ACCENT_DARK "!important}\n"
    ".b{background:" ACCENT_DARK "!important;border-color:" ACCENT_DARK "!important;color:#141312!important}\n"
    ".foot{background:#23211e!important;color:#b8b2a6!important}\n"
    "hr{border-color:#3f3b35}\n"
    ".t{border-color:#8d867a!important}\n"
    "}\n"
    "</style>\n";

static const char box[] = "<header class=\"head\" style=\"padding:14px 20px;border-top:6px solid " ACCENT
                          ";border-bottom:1px solid #d9d4c9;font-size:16px;line-height:1.4\">";

struct mail_look {
    char *looks[N_LOOKS];
    char *filled, *edged, *dark, *box;
};

static char *in_colours(const char *style, const struct colours *c)
{
    GString *out = g_string_new(style);

    g_string_replace(out, ACCENT, c->accent, 0);
    g_string_replace(out, ACCENT_DARK, c->dark, 0);
    return g_string_free(out, FALSE);
}

struct mail_look *mail_look_new(const struct colours *c)
{
    struct mail_look *m = g_new0(struct mail_look, 1);

    for (guint i = 0; i < N_LOOKS; i++)
        m->looks[i] = in_colours(looks[i], c);
    m->filled = in_colours(filled_button, c);
    m->edged = in_colours(edged_button, c);
    m->dark = in_colours(dark, c);
    m->box = in_colours(box, c);
    return m;
}

void mail_look_free(struct mail_look *m)
{
    if (m == NULL)
        return;
    for (guint i = 0; i < N_LOOKS; i++)
        g_free(m->looks[i]);
    g_free(m->filled);
    g_free(m->edged);
    g_free(m->dark);
    g_free(m->box);
    g_free(m);
}

const char *mail_style(const struct mail_look *m, enum look look)
{
    return m->looks[look];
}

const char *mail_style_button_begin(const struct mail_look *m, enum look look)
{
    return look == LOOK_BUTTON ? m->filled : m->edged;
}

/* Height and width stand in attributes, too: Word's engine reads nothing else. */
static void put_picture(GString *out, const struct mail_picture *p)
{
    g_string_append(out, "<img src=\"cid:");
    escape_append(out, p->id, ESCAPE_HTML);
    g_string_append(out, "\" alt=\"");
    escape_append(out, p->text, ESCAPE_HTML);
    g_string_append_printf(out, "\" width=\"%u\" height=\"%u\" style=\"vertical-align:middle;border:0;margin-right:12px\">",
                           p->width, p->height);
}

void mail_style_begin(GString *out, const struct mail_look *m, const struct mail_head *h)
{
    g_string_append_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\"%s>\n<head>\n<meta charset=\"utf-8\">\n%s<title>", h->tag,
                           h->direction, head);
    escape_append(out, h->title, ESCAPE_HTML);
    g_string_append(out, "</title>\n");
    g_string_append(out, m->dark);
    /* On a box of our own: webmail puts the body's content into its page and drops what the tag says. */
    g_string_append(
        out, "</head>\n<body>\n<div class=\"bg\" style=\"margin:0;padding:0;background:#ffffff;color:" INK ";font-family:" SANS
             ";font-size:18px;line-height:1.55\">\n"
             "<!--[if mso]><table role=\"presentation\" width=\"600\" align=\"center\" cellpadding=\"0\" "
             "cellspacing=\"0\"><tr><td><![endif]-->\n"
             "<div class=\"bg\" style=\"max-width:600px;margin:0 auto;overflow-wrap:break-word;word-break:break-word\">\n");
    if (h->brand != NULL) {
        g_string_append(out, m->box);
        if (h->picture != NULL)
            put_picture(out, h->picture);
        g_string_append(out, "<strong>");
        escape_append(out, h->brand, ESCAPE_HTML);
        g_string_append(out, "</strong></header>\n");
    }
    g_string_append(out, "<main style=\"padding:8px 20px 20px\">\n");
}

void mail_style_foot(GString *out)
{
    g_string_append(out, "</main>\n<hr>\n<footer class=\"foot\" style=\"padding:16px 20px 28px;background:#f5f3ee;color:" SOFT
                         ";font-size:16px;line-height:1.5\">\n");
}

void mail_style_end(GString *out, gboolean has_foot)
{
    g_string_append(out, has_foot ? "</footer>\n" : "</main>\n");
    g_string_append(out, "</div>\n<!--[if mso]></td></tr></table><![endif]-->\n</div>\n</body>\n</html>\n");
}
