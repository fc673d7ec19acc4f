/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See enriched.h.
 */
#include "mail/mime/enriched.h"

#include <glib.h>
#include <string.h>

#define COMMAND_BYTES 60 /* RFC 1896: at most that many in a command's name */
#define MOST_QUOTES   5

struct reader {
    GString *out;
    bool is_richtext;
    guint n_nofill, n_silent, n_excerpts; /* of that command open */
    guint n_newlines;                     /* that came together */
};

static bool is_at_line_start(const struct reader *r)
{
    return r->out->len == 0 || r->out->str[r->out->len - 1] == '\n';
}

static void put(struct reader *r, const char *text, gsize n)
{
    for (guint i = 0; is_at_line_start(r) && i < MIN(r->n_excerpts, MOST_QUOTES); i++)
        g_string_append(r->out, i + 1 == MIN(r->n_excerpts, MOST_QUOTES) ? "> " : ">");
    g_string_append_len(r->out, text, (gssize)n);
}

/* One line end is a blank, more of them are one less; in richtext each is a blank. */
static void put_newlines(struct reader *r)
{
    guint n = r->n_newlines;

    r->n_newlines = 0;
    if (n == 0)
        return;
    if ((n == 1 || r->is_richtext) && r->n_nofill == 0) {
        if (!is_at_line_start(r))
            g_string_append_c(r->out, ' ');
        return;
    }
    for (guint i = r->n_nofill > 0 ? 0 : 1; i < n; i++)
        g_string_append_c(r->out, '\n');
}

static void start_line(struct reader *r)
{
    if (!is_at_line_start(r))
        g_string_append_c(r->out, '\n');
}

static void count(guint *n, bool is_end)
{
    *n += is_end ? 0 : 1;
    *n -= is_end && *n > 0 ? 1 : 0;
}

static void obey(struct reader *r, const char *name, bool is_end)
{
    if (g_str_equal(name, "param") || g_str_equal(name, "comment"))
        count(&r->n_silent, is_end);
    else if (g_str_equal(name, "nofill") || g_str_equal(name, "verbatim"))
        count(&r->n_nofill, is_end);
    else if (g_str_equal(name, "lt"))
        put(r, "<", 1);
    else if (g_str_equal(name, "nl"))
        g_string_append_c(r->out, '\n');
    else if (g_str_equal(name, "excerpt")) {
        start_line(r);
        count(&r->n_excerpts, is_end);
    } else if (r->is_richtext && g_str_equal(name, "paragraph")) {
        start_line(r);
        g_string_append_c(r->out, '\n');
    }
}

/* AT is at "<". Behind the command, NULL if there is none. */
static const char *read_command(struct reader *r, const char *at)
{
    bool is_end = at[1] == '/';
    const char *name = at + (is_end ? 2 : 1);
    gsize n = 0;

    while (n < COMMAND_BYTES && (g_ascii_isalnum(name[n]) || name[n] == '-'))
        n++;
    if (n == 0 || name[n] != '>')
        return NULL;
    g_autofree char *lower = g_ascii_strdown(name, (gssize)n);
    put_newlines(r);
    obey(r, lower, is_end);
    return name + n + 1;
}

char *enriched_to_text(const char *text, bool is_richtext)
{
    struct reader r = {.out = g_string_sized_new(strlen(text)), .is_richtext = is_richtext};

    for (const char *at = text; *at != '\0';) {
        const char *behind = *at == '<' ? read_command(&r, at) : NULL;
        if (behind != NULL) {
            at = behind;
            continue;
        }
        gsize n = *at == '<' ? 1 : strcspn(at, "<\n");
        if (*at == '\n')
            r.n_newlines++;
        if (n > 0 && r.n_silent == 0) {
            put_newlines(&r);
            put(&r, at, n);
        }
        at += *at == '\n' ? 1 : n;
        at += *at == '<' && at[-1] == '<' && !is_richtext ? 1 : 0; /* "<<" is "<" */
    }
    return g_string_free(r.out, FALSE);
}
