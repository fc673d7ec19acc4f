/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See lex.h.
 */
#include "mail/word/lex.h"

#include <string.h>

static bool is_control(char c)
{
    return ((guchar)c < 0x20 && c != '\t') || c == 0x7f;
}

/* Behind the comment that opens at P, NULL if it has no end. */
static const char *comment_end(const char *p)
{
    guint depth = 0;

    for (; *p != '\0'; p++) {
        if (*p == '\\' && p[1] != '\0')
            p++;
        else if (*p == '(')
            depth++;
        else if (*p == ')' && --depth == 0)
            return p + 1;
    }
    return NULL;
}

bool lex_cfws(const char **at)
{
    const char *p = *at;

    for (;;) {
        p += strspn(p, " \t");
        if (*p != '(')
            break;
        p = comment_end(p);
        if (p == NULL)
            return false;
    }
    *at = p;
    return true;
}

/* All up to one of STOPS, a blank or a control. */
static gsize run_length(const char *p, const char *stops)
{
    gsize n = 0;

    while (p[n] != '\0' && p[n] != ' ' && p[n] != '\t' && !is_control(p[n]) && strchr(stops, p[n]) == NULL)
        n++;
    return n;
}

static char *take(const char **at, gsize n)
{
    char *word = g_strndup(*at, n);

    *at += n;
    return word;
}

char *lex_token(const char **at)
{
    gsize n = run_length(*at, "()<>@,;:\\\"/[]?=");

    return n > 0 ? take(at, n) : NULL;
}

char *lex_run(const char **at)
{
    return take(at, run_length(*at, "()<>,;\\\""));
}

char *lex_atom(const char **at)
{
    gsize n = run_length(*at, "()<>[]:;@\\,\"");

    return n > 0 ? take(at, n) : NULL;
}

char *lex_quoted(const char **at, bool *has_pairs_out)
{
    const char *p = *at;
    bool has_pairs = false;

    if (*p != '"')
        return NULL;
    GString *text = g_string_new(NULL);
    for (p++; *p != '\0' && *p != '"' && !is_control(*p); p++) {
        if (*p == '\\' && p[1] != '\0') {
            has_pairs = true;
            p++;
        }
        g_string_append_c(text, *p);
    }
    if (has_pairs_out != NULL)
        *has_pairs_out = has_pairs;
    if (*p == '"')
        *at = p + 1;
    return g_string_free(text, *p != '"');
}

bool lex_char(const char **at, char c)
{
    if (**at != c)
        return false;
    ++*at;
    return true;
}
