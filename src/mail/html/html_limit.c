/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See html_limit.h. One pass that understands just enough of tags to count attributes.
 */
#include "mail/html/html_limit.h"

#include "base/limits.h"
#include "mail/message/defect.h"

#include <stdbool.h>
#include <string.h>

/* AT is behind "<". The end of the tag (at ">" or the end of the text); counts what may be attributes, that
 * is pieces between blanks, quotes and slashes. */
static const char *tag_end(const char *at, guint *n_out)
{
    bool in_piece = true;

    for (*n_out = 0; *at != '\0' && *at != '>'; at++) {
        if (*at == '"' || *at == '\'') {
            const char *close = strchr(at + 1, *at);
            if (close == NULL)
                return at + strlen(at);
            at = close;
            in_piece = false;
        } else if (g_ascii_isspace(*at) || *at == '/') {
            in_piece = false;
        } else if (!in_piece) {
            in_piece = true;
            ++*n_out;
        }
    }
    return at;
}

static bool is_tag(const char *open)
{
    return g_ascii_isalpha(open[1]);
}

static bool has_crowded_tag(const char *html)
{
    guint n;

    for (const char *open = strchr(html, '<'); open != NULL; open = strchr(open + 1, '<')) {
        if (!is_tag(open))
            continue;
        open = tag_end(open + 1, &n);
        if (n > LIMIT_HTML_ATTRS)
            return true;
        if (*open == '\0')
            return false;
    }
    return false;
}

/* Tags with too many attributes lose all of them. */
static char *without_crowds(const char *html)
{
    GString *out = g_string_sized_new(strlen(html));
    guint n;

    while (*html != '\0') {
        const char *open = strchrnul(html, '<');
        g_string_append_len(out, html, open - html);
        if (*open == '\0')
            break;
        const char *end = is_tag(open) ? tag_end(open + 1, &n) : open;
        gsize n_kept = (gsize)(end - open);
        if (is_tag(open) && n > LIMIT_HTML_ATTRS)
            n_kept = 1 + strcspn(open + 1, " \t\r\n/\"'>");
        g_string_append_len(out, open, (gssize)n_kept);
        if (end == open) {
            g_string_append_c(out, '<');
            end++;
        }
        html = end;
    }
    return g_string_free(out, FALSE);
}

/* "<![if !supportLists]>", "<![endif]>": by HTML's rules a comment to the next ">", for libxml2 text. */
static bool is_odd_comment(const char *open)
{
    return open[1] == '!' && !g_str_has_prefix(open + 2, "--") && g_ascii_strncasecmp(open + 2, "doctype", 7) != 0;
}

static char *without_odd_comments(const char *html)
{
    GString *out = NULL;

    for (const char *open = strstr(html, "<!"), *from = html; from != NULL; open = strstr(open, "<!")) {
        if (open == NULL) {
            if (out != NULL)
                g_string_append(out, from);
            break;
        }
        if (g_str_has_prefix(open, "<!--")) { /* what is in a comment is none */
            const char *end = strstr(open, "-->");
            open = end != NULL ? end : open + strlen(open);
            continue;
        }
        const char *end = strchrnul(open, '>');
        if (is_odd_comment(open)) {
            out = out != NULL ? out : g_string_sized_new(strlen(html));
            g_string_append_len(out, from, open - from);
            from = end + (*end == '>');
        }
        open = end;
    }
    return out != NULL ? g_string_free(out, FALSE) : NULL;
}

static char *limited(const char *html, GPtrArray *defects)
{
    if (has_crowded_tag(html)) {
        defect_add(defects, "html-too-many-attributes");
        return without_crowds(html);
    }
    return NULL;
}

char *html_limit(const char *html, GPtrArray *defects)
{
    gsize n = strlen(html);
    g_autofree char *cut = NULL;

    if (n > LIMIT_HTML_BYTES) {
        const char *end = g_utf8_find_prev_char(html, html + LIMIT_HTML_BYTES);
        cut = g_strndup(html, (gsize)(end - html));
        defect_add(defects, "html-too-long");
    }
    char *plain = without_odd_comments(cut != NULL ? cut : html);
    if (plain != NULL) {
        g_free(cut);
        cut = plain;
    }
    char *few = limited(cut != NULL ? cut : html, defects);
    return few != NULL ? few : g_steal_pointer(&cut);
}
