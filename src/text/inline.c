/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Marks inside a line; see inline.h.
 */
#include "text/inline.h"

#include "text/wrap.h"

#include <string.h>

bool inline_has(const char *line, gsize n_bytes)
{
    return memchr(line, MARK_ANCHOR, n_bytes) != NULL || memchr(line, MARK_BOLD, n_bytes) != NULL;
}

void inline_each(const char *line, gsize n_bytes, inline_piece *piece, void *user)
{
    static const char marks[] = {MARK_ANCHOR, MARK_ANCHOR_END, MARK_BOLD, MARK_BOLD_END, '\0'};
    g_autofree char *text = g_strndup(line, n_bytes);
    bool is_bold = false;

    for (char *p = text; *p != '\0';) {
        gsize n = strcspn(p, marks);
        char mark = p[n];
        p[n] = '\0';
        if (n > 0)
            piece(p, NULL, is_bold, user);
        p += n + (mark != '\0');
        if (mark == MARK_BOLD || mark == MARK_BOLD_END)
            is_bold = mark == MARK_BOLD;
        if (mark != MARK_ANCHOR)
            continue;
        char *field = strchr(p, MARK_FIELD), *end = field != NULL ? strchr(field, MARK_ANCHOR_END) : NULL;
        if (end == NULL)
            continue;
        *field = *end = '\0';
        piece(p, field + 1, is_bold, user);
        p = end + 1;
    }
}

struct plain {
    GString *out;
    GPtrArray *urls;
    bool ends_with_link;
};

static void add_plain(const char *text, const char *url, bool is_bold, void *user)
{
    struct plain *p = user;

    (void)is_bold;
    g_string_append(p->out, text);
    if (url != NULL)
        g_ptr_array_add(p->urls, g_strdup(url));
    p->ends_with_link = url != NULL;
}

char *inline_plain(const char *line, gsize n_bytes, GPtrArray *urls)
{
    struct plain p = {.out = g_string_sized_new(n_bytes), .urls = urls};

    inline_each(line, n_bytes, add_plain, &p);
    if (p.ends_with_link && urls->len == 1)
        g_string_append_c(p.out, ':');
    return g_string_free(p.out, FALSE);
}
