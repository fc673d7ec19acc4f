/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What somebody wrote, cut into what the part _words.html shows: blocks (paragraph, quote, list), in them lines, in them
 * pieces that are a link or not. The tags stand in the template; here is only where things begin and end.
 *
 *     [{is_quote|is_list|is_paragraph, lines: [{is_last, pieces: [{text, link_url}]}]}]
 */
#include "page/page.h"

#include "text/links.h"

#include <string.h>

struct words {
    struct value *blocks, *lines; /* LINES of the last block; NULL none open */
    char kind;                    /* of the open block: 'q', 'l', 'p' */
    struct value *last_line;
    bool may_link;
};

static void add_piece(const char *text, gsize n, const char *href, void *user)
{
    struct value *pieces = user, *piece = value_map();

    value_set(piece, "text", value_take(g_strndup(text, n)));
    value_set_string(piece, "link_url", href);
    value_append(pieces, piece);
}

static void open_block(struct words *w, char kind)
{
    struct value *block = value_map();

    w->kind = kind;
    w->lines = value_list();
    value_set_bool(block, kind == 'q' ? "is_quote" : kind == 'l' ? "is_list" : "is_paragraph", true);
    value_set(block, "lines", w->lines);
    value_append(w->blocks, block);
    w->last_line = NULL;
}

static void add_line(struct words *w, char kind, const char *text)
{
    struct value *line = value_map(), *pieces = value_list();

    if (w->lines == NULL || w->kind != kind)
        open_block(w, kind);
    if (w->last_line != NULL)
        value_set_bool(w->last_line, "has_next", true);
    if (w->may_link)
        links_each(text, add_piece, pieces);
    else
        add_piece(text, strlen(text), NULL, pieces);
    value_set(line, "pieces", pieces);
    value_append(w->lines, line);
    w->last_line = line;
}

void page_set_words(struct value *data, const char *key, const char *text, bool may_link)
{
    struct words w = {.blocks = value_list(), .may_link = may_link};
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **l = lines; *l != NULL; l++) {
        const char *line = g_strchomp(*l);
        if (*line == '\0')
            w.lines = NULL;
        else if (*line == '>')
            add_line(&w, 'q', line + 1 + strspn(line + 1, " "));
        else if (g_str_has_prefix(line, "- ") || g_str_has_prefix(line, "* ") || g_str_has_prefix(line, "• "))
            add_line(&w, 'l', strchr(line, ' ') + 1);
        else
            add_line(&w, 'p', line);
    }
    value_set(data, key, w.blocks);
}
