/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The look of mails; see mail_style.h.
 */
#include "text/mail_style.h"

#include "text/template.h"

#define SANS  "-apple-system,'Segoe UI',Roboto,'Noto Sans','Helvetica Neue',Arial,sans-serif"
#define SERIF "'Iowan Old Style',Charter,'Noto Serif',Cambria,Georgia,serif"
#define ACCENT "#0b5563" /* on white 8.4:1 */
#define ACCENT_DARK "#8acbd8" /* on the dark ground 9.9:1 */
#define INK   "#1c1b19"
#define SOFT  "#56524a"

static const char *const looks[] = {
    [LOOK_PARAGRAPH] = " style=\"margin:0 0 14px\"",
    [LOOK_HEADING] = " style=\"font-size:27px;line-height:1.2;margin:22px 0 14px;font-weight:bold\"",
    [LOOK_SUBHEADING] = " style=\"font-size:21px;line-height:1.3;margin:34px 0 10px;font-weight:bold\"",
    [LOOK_ENTRY] = " style=\"font-size:18px;line-height:1.35;margin:22px 0 8px;font-weight:bold\"",
    [LOOK_LIST] = " style=\"margin:0 0 14px;padding-left:26px\"",
    [LOOK_ITEM] = " style=\"margin:0 0 5px\"",
    [LOOK_PEOPLE] = " class=\"q\" style=\"margin:0 0 16px;padding:12px 0 1px 18px;border-left:5px solid " ACCENT
                    ";font-family:" SERIF ";font-size:19px;line-height:1.6\"",
    [LOOK_PEOPLE_PARAGRAPH] = " style=\"margin:0 0 12px\"",
    [LOOK_OFFICIAL] = " class=\"off\" style=\"margin:0 0 16px;padding:14px 18px 1px;border:2px solid " ACCENT
                      ";border-top-width:8px\"",
    [LOOK_FOOT_PARAGRAPH] = " style=\"margin:0 0 8px\"",
    [LOOK_WORD] = " style=\"margin:0 0 14px;font-size:30px;line-height:1.2;font-weight:bold;letter-spacing:1px\"",
    [LOOK_BUTTON] = " class=\"b\" style=\"display:inline-block;padding:13px 22px;background:" ACCENT ";border:2px solid " ACCENT
                    ";border-radius:4px;color:#ffffff;font-size:18px;line-height:1.3;font-weight:bold;text-decoration:none\"",
    [LOOK_QUIET_BUTTON] = " class=\"b2\" style=\"display:inline-block;padding:13px 22px;border:2px solid " ACCENT
                          ";border-radius:4px;color:" ACCENT
                          ";font-size:18px;line-height:1.3;font-weight:bold;text-decoration:none\"",
    [LOOK_LINK] = " class=\"a\" style=\"color:" ACCENT ";text-decoration:underline\"",
};

const char *mail_style(enum look look)
{
    return looks[look];
}

const char *mail_style_button_begin(enum look look)
{
    static const char filled[] = "<div style=\"margin:0 0 10px\">\n<!--[if mso]><table role=\"presentation\" cellpadding=\"0\" "
                                 "cellspacing=\"0\"><tr><td bgcolor=\"" ACCENT "\" style=\"padding:13px 22px\"><![endif]-->\n";
    static const char edged[] = "<div style=\"margin:0 0 10px\">\n<!--[if mso]><table role=\"presentation\" cellpadding=\"0\" "
                                "cellspacing=\"0\"><tr><td style=\"padding:13px 22px;border:2px solid " ACCENT "\"><![endif]-->\n";

    return look == LOOK_BUTTON ? filled : edged;
}

const char *mail_style_button_end(void)
{
    return "\n<!--[if mso]></td></tr></table><![endif]-->\n</div>\n";
}

static const char head[] =
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<meta name=\"supported-color-schemes\" content=\"light dark\">\n";
static const char dark[] =
    "<style>\n"
    ":root{color-scheme:light dark}\n"
    "hr{border:0;border-top:1px solid #d9d4c9;margin:0}\n"
    "@media (prefers-color-scheme:dark){\n"
    "body,.bg{background:#181715!important;color:#ece8df!important}\n"
    ".head{border-color:" ACCENT_DARK " #3f3b35 #3f3b35!important}\n"
    ".a,.b2{color:" ACCENT_DARK "!important}\n"
    ".q,.off,.b2{border-color:" ACCENT_DARK "!important}\n"
    ".b{background:" ACCENT_DARK "!important;border-color:" ACCENT_DARK "!important;color:#141312!important}\n"
    ".foot{background:#23211e!important;color:#b8b2a6!important}\n"
    "hr{border-color:#3f3b35}\n"
    "}\n"
    "</style>\n";

void mail_style_begin(GString *out, const char *tag, const char *direction, const char *title, const char *brand)
{
    g_string_append_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\"%s>\n<head>\n<meta charset=\"utf-8\">\n%s<title>", tag,
                           direction, head);
    escape_append(out, title, ESCAPE_HTML);
    g_string_append(out, "</title>\n");
    g_string_append(out, dark);
    /* On a box of our own: webmail puts the body's content into its page and drops what the tag says. */
    g_string_append(out, "</head>\n<body>\n<div class=\"bg\" style=\"margin:0;padding:0;background:#ffffff;color:" INK ";font-family:" SANS
                         ";font-size:18px;line-height:1.55\">\n"
                         "<!--[if mso]><table role=\"presentation\" width=\"600\" align=\"center\" cellpadding=\"0\" "
                         "cellspacing=\"0\"><tr><td><![endif]-->\n"
                         "<div class=\"bg\" style=\"max-width:600px;margin:0 auto;overflow-wrap:break-word;word-break:break-word\">\n");
    if (brand != NULL) {
        g_string_append(out, "<header class=\"head\" style=\"padding:14px 20px;border-top:6px solid " ACCENT
                             ";border-bottom:1px solid #d9d4c9;font-size:16px;line-height:1.4\"><strong>");
        escape_append(out, brand, ESCAPE_HTML);
        g_string_append(out, "</strong></header>\n");
    }
    g_string_append(out, "<main style=\"padding:8px 20px 20px\">\n");
}

void mail_style_foot(GString *out)
{
    g_string_append(out, "</main>\n<hr>\n<footer class=\"foot\" style=\"padding:16px 20px 28px;background:#f5f3ee;color:" SOFT ";font-size:16px;line-height:1.5\">\n");
}

void mail_style_end(GString *out, gboolean has_foot)
{
    g_string_append(out, has_foot ? "</footer>\n" : "</main>\n");
    g_string_append(out, "</div>\n<!--[if mso]></td></tr></table><![endif]-->\n</div>\n</body>\n</html>\n");
}
