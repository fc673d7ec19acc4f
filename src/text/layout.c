/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Template files to master text; see layout.h.
 */
#include "text/layout.h"

#include "text/lines.h"
#include "text/wrap.h"

#include <string.h>

#define COLUMNS 72

bool layout_take_subject(const char **source, char **subject_out)
{
    static const char field[] = "Subject: ";
    const char *newline = strchr(*source, '\n');

    if (!g_str_has_prefix(*source, field) || newline == NULL || newline[1] != '\n')
        return false;
    const char *text = *source + strlen(field);
    *subject_out = g_strstrip(g_strndup(text, (gsize)(newline - text)));
    *source = newline + 2;
    return true;
}

/* A tag of mustache that has the line for itself must keep it. */
static bool is_tag_line(const struct line *l)
{
    g_autofree char *line = g_strstrip(g_strndup(l->whole, l->n_whole));
    const char *close = strstr(line, "}}");

    return g_str_has_prefix(line, "{{") && line[2] != '\0' && strchr("#^/!>=", line[2]) != NULL && close != NULL &&
           close[2] == '\0';
}

static bool starts_with(const struct line *l, const char *prefix)
{
    return l->n_whole >= strlen(prefix) && memcmp(l->whole, prefix, strlen(prefix)) == 0;
}

/* "=> LABEL | ADDRESS | TEXT" and its kin. */
static bool put_fields(GString *out, const struct line *l)
{
    static const struct {
        const char *start;
        char mark;
    } kinds[] = {{"=> ", MARK_BUTTON}, {"-> ", MARK_QUIET}, {"~> ", MARK_LINK}};

    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (starts_with(l, kinds[i].start)) {
            g_autofree char *rest = g_strndup(l->whole + 3, l->n_whole - 3);
            g_auto(GStrv) fields = g_strsplit(rest, " | ", 3);
            g_autofree char *joined = g_strjoinv("\037", fields);
            g_string_append_c(out, kinds[i].mark);
            g_string_append(out, joined);
            return true;
        }
    return false;
}

/* "># TITLE" */
static bool put_strong(GString *out, const struct line *l)
{
    if (!starts_with(l, "># "))
        return false;
    g_string_append_printf(out, "> %c%.*s", MARK_STRONG, (int)(l->n_whole - 3), l->whole + 3);
    return true;
}

/* Puts a mark and the rest of the line if the line asks for one. */
static bool put_mark(GString *out, const struct line *l)
{
    gsize skip;
    char mark;

    if (put_fields(out, l) || put_strong(out, l))
        return true;
    if (starts_with(l, "! ")) {
        mark = MARK_WORD;
        skip = 2;
    } else if (starts_with(l, ">>>")) {
        mark = MARK_PEOPLE;
        skip = 3 + strspn(l->whole + 3, " ");
    } else if (l->n_whole == 3 && starts_with(l, "<<<")) {
        g_string_append_printf(out, "%cend", MARK_PEOPLE);
        return true;
    } else if (starts_with(l, "# ")) {
        mark = MARK_HEADING;
        skip = 2;
    } else if (starts_with(l, "## ")) {
        mark = MARK_SUBHEADING;
        skip = 3;
    } else if (starts_with(l, "##> ")) {
        mark = MARK_TOPIC;
        skip = 4;
    } else if (starts_with(l, "### ")) {
        mark = MARK_ENTRY;
        skip = 4;
    } else if (l->n_whole == 2 && starts_with(l, "--")) {
        mark = MARK_FOOTER;
        skip = 2;
    } else if (starts_with(l, "~")) {
        mark = MARK_LANGUAGE;
        skip = 1;
    } else {
        return false;
    }
    g_string_append_c(out, mark);
    g_string_append_len(out, l->whole + skip, (gssize)(l->n_whole - skip));
    return true;
}

static bool is_mark_line(const struct line *l)
{
    g_autoptr(GString) nowhere = g_string_new(NULL);

    return put_mark(nowhere, l);
}

static bool has_controls(const char *source)
{
    for (; *source != '\0'; source++)
        if (((guchar)*source < ' ' && *source != '\n' && *source != '\t') || *source == 0x7f)
            return true;
    return false;
}

char *layout_join(const char *name, const char *source, struct err *e)
{
    GString *out = g_string_new(NULL);
    struct line before = {.kind = LINE_BLANK};

    if (!g_utf8_validate(source, -1, NULL) || has_controls(source)) {
        err_set(e, ERR_CONFIG, "template %s: it must be UTF-8 with plain line ends and no control characters", name);
        g_string_free(out, TRUE);
        return NULL;
    }
    while (*source != '\0') {
        struct line l;
        source = line_read(source, &l);
        bool is_joined = !is_tag_line(&l) && !is_mark_line(&l) && line_is_soft_break(&before, &l, COLUMNS);
        if (is_joined)
            g_string_overwrite(out, out->len - 1, " "); /* over the line end */
        if (is_joined)
            g_string_append_len(out, l.text, (gssize)l.n_bytes);
        else if (!put_mark(out, &l))
            g_string_append_len(out, l.whole, (gssize)l.n_whole);
        else
            l.kind = LINE_HEADING; /* nothing is joined to a mark */
        g_string_append_c(out, '\n');
        if (l.kind == LINE_INDENTED && (before.kind == LINE_BULLET || before.kind == LINE_NUMBER))
            l.kind = before.kind;
        if (is_tag_line(&l))
            l.kind = LINE_BLANK;
        before = l;
    }
    return g_string_free(out, FALSE);
}
