/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mustache sources to a flat list of pieces; see template.h. A section's piece knows where its inside ends, so
 * expanding (expand.c) is a walk without a tree. Tags that have a line of their own take the whole line with them.
 */
#include "text/template_private.h"

#include "base/limits.h"

#include <string.h>

struct parser {
    const char *name, *source;
    const char *at;      /* next character to read */
    const char *literal; /* start of text that is not yet a piece */
    char *open, *close;  /* the delimiters now */
    struct template *t;
    GArray *sections; /* guint: indices of the open sections' pieces */
    struct err *e;
};

struct tag {
    char sigil;              /* 0 for a plain variable, '{' for a triple one */
    const char *start, *end; /* of the whole tag in the source */
    char *name;              /* trimmed; of '=' what stands between the equals signs */
};

static void piece_clear(gpointer data)
{
    struct piece *p = data;

    g_free(p->text);
    g_strfreev(p->path);
}

static bool fail(struct parser *p, const char *where, const char *what, const char *name)
{
    guint line = 1;

    for (const char *c = p->source; c < where; c++)
        line += *c == '\n';
    return err_set(p->e, ERR_CONFIG, "template %s, line %u: %s%s%s", p->name, line, what, name != NULL ? " " : "",
                   name != NULL ? name : "");
}

static void add_literal(struct parser *p, const char *end)
{
    if (end > p->literal) {
        struct piece piece = {.kind = PIECE_TEXT,
                              .text = g_strndup(p->literal, (gsize)(end - p->literal)),
                              .n_bytes = (gsize)(end - p->literal)};
        g_array_append_val(p->t->pieces, piece);
    }
}

/* Finds the end of the tag that starts at p->at and cuts it into sigil and name. */
static bool read_tag(struct parser *p, struct tag *tag)
{
    const char *inside = p->at + strlen(p->open);
    const char *close = p->close;
    g_autofree char *own_close = NULL;

    tag->start = p->at;
    tag->sigil = 0;
    if (*inside != '\0' && strchr("#^/!>&={", *inside) != NULL)
        tag->sigil = *inside++;
    if (tag->sigil == '{' || tag->sigil == '=')
        close = own_close = g_strconcat(tag->sigil == '{' ? "}" : "=", p->close, NULL);
    const char *end = strstr(inside, close);
    if (end == NULL)
        return fail(p, tag->start, "a tag is not closed", NULL);
    tag->end = end + strlen(close);
    tag->name = g_strstrip(g_strndup(inside, (gsize)(end - inside)));
    return true;
}

/* A line of its own: only blanks around the tag. Gives where the line starts and where the next one does. */
static bool is_standalone(const struct parser *p, const struct tag *tag, const char **line_out, const char **next_out)
{
    const char *line = tag->start, *next = tag->end;

    while (line > p->source && (line[-1] == ' ' || line[-1] == '\t'))
        line--;
    if (line > p->source && line[-1] != '\n')
        return false;
    while (*next == ' ' || *next == '\t')
        next++;
    if (next[0] == '\r' && next[1] == '\n')
        next++;
    if (*next != '\n' && *next != '\0')
        return false;
    *line_out = line;
    *next_out = *next == '\n' ? next + 1 : next;
    return true;
}

static bool set_delimiters(struct parser *p, const struct tag *tag)
{
    g_auto(GStrv) words = g_strsplit_set(tag->name, " \t\r\n", -1);
    const char *pair[2] = {NULL, NULL};
    guint n = 0;

    for (guint i = 0; words[i] != NULL; i++) {
        if (*words[i] == '\0')
            continue;
        if (n == 2 || strchr(words[i], '=') != NULL)
            return fail(p, tag->start, "bad delimiters", tag->name);
        pair[n++] = words[i];
    }
    if (n != 2)
        return fail(p, tag->start, "bad delimiters", tag->name);
    g_free(p->open);
    g_free(p->close);
    p->open = g_strdup(pair[0]);
    p->close = g_strdup(pair[1]);
    return true;
}

/* "." has an empty path; "a.b" has two names. */
static bool split_name(struct parser *p, const struct tag *tag, GStrv *path_out)
{
    *path_out = NULL;
    if (strcmp(tag->name, ".") == 0) {
        *path_out = g_new0(char *, 1);
        return true;
    }
    for (const char *c = tag->name; *c != '\0'; c++)
        if (!g_ascii_isalnum(*c) && *c != '_' && *c != '-' && *c != '.')
            return fail(p, tag->start, "this is not a name:", tag->name);
    g_auto(GStrv) path = g_strsplit(tag->name, ".", -1);
    for (guint i = 0; path[i] != NULL; i++)
        if (*path[i] == '\0')
            return fail(p, tag->start, "this is not a name:", tag->name);
    if (path[0] == NULL)
        return fail(p, tag->start, "a tag without a name", NULL);
    *path_out = g_steal_pointer(&path);
    return true;
}

static bool close_section(struct parser *p, const struct tag *tag)
{
    if (p->sections->len == 0)
        return fail(p, tag->start, "this closes nothing:", tag->name);
    guint index = g_array_index(p->sections, guint, p->sections->len - 1);
    struct piece *section = &g_array_index(p->t->pieces, struct piece, index);
    if (strcmp(section->text, tag->name) != 0)
        return fail(p, tag->start, "another section is open here than", tag->name);
    section->end = p->t->pieces->len;
    g_array_set_size(p->sections, p->sections->len - 1);
    return true;
}

/* Adds what a variable, section or partial stands for. INDENT are the blanks before a partial on its own line. */
static bool add_piece(struct parser *p, const struct tag *tag, enum piece_kind kind, const char *indent, gsize n_indent)
{
    struct piece piece = {.kind = kind};

    if (kind == PIECE_PARTIAL) {
        if (*tag->name == '\0' || strpbrk(tag->name, " \t\n*/") != NULL)
            return fail(p, tag->start, "this is not the name of a file beside this one:", tag->name);
        piece.path = g_new0(char *, 2);
        piece.path[0] = g_strndup(indent, n_indent);
    } else if (!split_name(p, tag, &piece.path)) {
        return false;
    }
    piece.text = g_strdup(tag->name);
    guint index = p->t->pieces->len;
    g_array_append_val(p->t->pieces, piece);
    if (kind == PIECE_SECTION || kind == PIECE_INVERTED) {
        if (p->sections->len >= LIMIT_TEMPLATE_DEPTH)
            return fail(p, tag->start, "too many sections inside each other at", tag->name);
        g_array_append_val(p->sections, index);
    }
    return true;
}

static bool take_tag(struct parser *p, const struct tag *tag)
{
    const char *line = tag->start, *next = tag->end;

    if (strchr("#^/!>=", tag->sigil) != NULL && tag->sigil != 0)
        is_standalone(p, tag, &line, &next);
    add_literal(p, line);
    p->literal = p->at = next;
    switch (tag->sigil) {
    case '!':
        return true;
    case '=':
        return set_delimiters(p, tag);
    case '/':
        return close_section(p, tag);
    case '#':
        return add_piece(p, tag, PIECE_SECTION, NULL, 0);
    case '^':
        return add_piece(p, tag, PIECE_INVERTED, NULL, 0);
    case '>':
        return add_piece(p, tag, PIECE_PARTIAL, line, (gsize)(tag->start - line));
    case '&':
    case '{':
        return add_piece(p, tag, PIECE_RAW, NULL, 0);
    }
    return add_piece(p, tag, PIECE_VARIABLE, NULL, 0);
}

static bool parse(struct parser *p)
{
    p->at = p->literal = p->source;
    for (const char *tag_at; (tag_at = strstr(p->at, p->open)) != NULL;) {
        struct tag tag = {0};
        p->at = tag_at;
        bool is_ok = read_tag(p, &tag) && take_tag(p, &tag);
        g_free(tag.name);
        if (!is_ok)
            return false;
    }
    add_literal(p, p->literal + strlen(p->literal));
    if (p->sections->len > 0) {
        guint index = g_array_index(p->sections, guint, 0);
        return fail(p, p->source, "a section is never closed:", g_array_index(p->t->pieces, struct piece, index).text);
    }
    return true;
}

struct template *template_compile(const char *name, const char *source, struct err *e)
{
    struct parser p = {.name = name, .source = source, .e = e};

    if (strlen(source) > LIMIT_TEMPLATE_BYTES) {
        err_set(e, ERR_CONFIG, "template %s is longer than %d bytes", name, LIMIT_TEMPLATE_BYTES);
        return NULL;
    }
    g_autoptr(GArray) sections = g_array_new(FALSE, FALSE, sizeof(guint));
    template_auto t = g_new0(struct template, 1);
    t->name = g_strdup(name);
    t->source = g_strdup(source);
    t->pieces = g_array_new(FALSE, FALSE, sizeof(struct piece));
    g_array_set_clear_func(t->pieces, piece_clear);
    p.t = t;
    p.sections = sections;
    p.open = g_strdup("{{");
    p.close = g_strdup("}}");
    bool is_ok = parse(&p);
    g_free(p.open);
    g_free(p.close);
    return is_ok ? g_steal_pointer(&t) : NULL;
}

void template_each_name(const struct template *t, template_name_seen *seen, const void *user)
{
    for (guint i = 0; i < t->pieces->len; i++) {
        const struct piece *p = &g_array_index(t->pieces, struct piece, i);
        bool is_partial = p->kind == PIECE_PARTIAL;
        if (p->kind != PIECE_TEXT && (is_partial || p->path[0] != NULL))
            seen(t->name, is_partial ? p->text : p->path[0], is_partial, user);
    }
}

void template_free(struct template *t)
{
    if (t == NULL)
        return;
    g_clear_pointer(&t->pieces, g_array_unref);
    g_free(t->name);
    g_free(t->source);
    g_free(t);
}
