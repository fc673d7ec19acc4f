/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Master text to a block; see block.h.
 */
#include "text/block.h"

#include "text/lines.h"
#include "text/wrap.h"

#include <string.h>

static bool is_one_item(const char *master)
{
    struct line first, next;
    const char *rest = line_read(master, &first);

    if (first.kind != LINE_BULLET)
        return false;
    while (*rest != '\0') {
        rest = line_read(rest, &next);
        if (next.kind != LINE_BLANK)
            return false;
    }
    return true;
}

/* What is between the tags of the list. */
static void take_item(GString *html)
{
    static const char end[] = "</li>\n</ul>\n";
    const char *item = strstr(html->str, "<li");

    if (item == NULL || !g_str_has_suffix(html->str, end))
        return;
    g_string_truncate(html, html->len - strlen(end));
    g_string_erase(html, 0, item - html->str);
}

struct text_block *text_block_make(const char *master, const struct mail_look *look, char *const *holes)
{
    g_autoptr(GString) html = g_string_new(NULL);
    g_autofree char *plain = text_flowed(master, NULL);
    gsize n = strlen(master);
    const struct text_block_form form = {.starts_blank = *master == '\n',
                                         .ends_blank = n > 1 && strcmp(master + n - 2, "\n\n") == 0,
                                         .is_item = is_one_item(master)};

    text_html_mail_blocks(html, master, look);
    if (form.is_item)
        take_item(html);
    return text_block_new(plain, html->str, &form, holes);
}
