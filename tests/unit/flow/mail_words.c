/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of the parts of a mail; see mail_words.h.
 */
#include "mail_words.h"

#include <string.h>

/* Of HTML: without buttons, which plain text has not; "Antworten" with the address that plain text has below it. */
static char *links_written_out(const char *html)
{
    GString *out = g_string_new(NULL);

    for (const char *a; (a = strstr(html, "<a ")) != NULL;) {
        const char *inside = strchr(a, '>') + 1, *end = strstr(inside, "</a>");
        const char *address = g_strstr_len(a, inside - a, "mailto:");
        bool is_button = g_str_has_prefix(a, "<a class=\"b");
        g_string_append_len(out, html, a - html);
        if (!is_button)
            g_string_append_len(out, inside, end - inside);
        if (!is_button && address != NULL && memchr(inside, '@', (gsize)(end - inside)) == NULL)
            g_string_append_len(out, address + 7, (gssize)strcspn(address + 7, "?\""));
        html = end;
    }
    return g_string_free(g_string_append(out, html), FALSE);
}

/* Letters and digits only; of HTML what stands between the tags, from <body> on. */
char *words_of(const char *text, bool is_html)
{
    GString *out = g_string_new(NULL);
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    g_autofree char *written_out = is_html ? links_written_out(strstr(text, "<body")) : NULL;

    for (text = is_html ? written_out : text; *text != '\0'; text++) {
        if (is_html && *text == '<')
            text = strchr(text, '>');
        for (guint i = 0; is_html && i < G_N_ELEMENTS(entities); i++)
            if (g_str_has_prefix(text, entities[i]))
                text += strlen(entities[i]) - 1;
        if (g_ascii_isalpha(*text) || (guchar)*text >= 0x80)
            g_string_append_c(out, *text);
    }
    return g_string_free(out, FALSE);
}

guint count_of(const char *text, const char *part)
{
    guint n = 0;

    for (; (text = strstr(text, part)) != NULL; text++)
        n++;
    return n;
}
