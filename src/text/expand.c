/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fills a compiled template with values; see template.h. Names are looked up from the innermost context outwards.
 */
#include "text/template_private.h"
#include "text/value.h"
#include "text/wrap.h"

#include "base/limits.h"

#include <string.h>

struct expansion {
    enum escape where;
    template_finder *find;
    const void *finder_data;
    GString *out;
    gsize start;                                     /* length of OUT before us */
    const struct value *stack[LIMIT_TEMPLATE_DEPTH]; /* contexts, innermost last */
    guint n_stack;
    guint depth; /* calls inside each other */
    guint n_steps;
    struct err *e;
};

static bool expand_range(struct expansion *x, const struct template *t, guint from, guint to);

static const struct value *look_up(const struct expansion *x, const struct piece *p)
{
    const struct value *v = NULL;

    if (p->path[0] == NULL)
        return x->stack[x->n_stack - 1];
    for (guint i = x->n_stack; i > 0 && v == NULL; i--)
        if (x->stack[i - 1] != NULL)
            v = value_get(x->stack[i - 1], p->path[0]);
    for (guint i = 1; p->path[i] != NULL && v != NULL; i++)
        v = value_get(v, p->path[i]);
    return v;
}

/* Escaped when it was written, for HTML and nothing else. */
static void write_written(struct expansion *x, GBytes *written)
{
    gsize n;
    const char *bytes = g_bytes_get_data(written, &n);

    if (x->where == ESCAPE_HTML)
        g_string_append_len(x->out, bytes, (gssize)n);
}

static void write_value(struct expansion *x, const struct value *v, enum escape where)
{
    if (v == NULL)
        return;
    switch (v->kind) {
    case VALUE_STRING:
        escape_append(x->out, v->text, where);
        return;
    case VALUE_BOOL:
        g_string_append(x->out, v->is_true ? "true" : "false");
        return;
    case VALUE_WRITTEN:
        write_written(x, v->written);
        return;
    case VALUE_BLOCK:
    case VALUE_LIST:
    case VALUE_MAP:
        return;
    }
}

static bool expand_inside(struct expansion *x, const struct template *t, guint section, const struct value *context)
{
    const struct piece *p = &g_array_index(t->pieces, struct piece, section);

    if (x->n_stack >= LIMIT_TEMPLATE_DEPTH)
        return err_set(x->e, ERR_CONFIG, "template %s: more than %d contexts inside each other", t->name, LIMIT_TEMPLATE_DEPTH);
    x->stack[x->n_stack++] = context;
    bool is_ok = expand_range(x, t, section + 1, p->end);
    x->n_stack--;
    return is_ok;
}

static bool expand_section(struct expansion *x, const struct template *t, guint section)
{
    const struct value *v = look_up(x, &g_array_index(t->pieces, struct piece, section));

    if (!value_is_truthy(v))
        return true;
    if (v->kind != VALUE_LIST)
        return expand_inside(x, t, section, v);
    for (guint i = 0; i < v->items->len; i++)
        if (!expand_inside(x, t, section, g_ptr_array_index(v->items, i)))
            return false;
    return true;
}

/* A partial on an indented line is indented as source, so that values with line breaks in them are not. */
static struct template *indented(const struct template *t, const char *indent, struct err *e)
{
    g_autoptr(GString) source = g_string_new(NULL);

    for (const char *line = t->source; *line != '\0';) {
        const char *newline = strchr(line, '\n');
        const char *end = newline != NULL ? newline + 1 : line + strlen(line);
        g_string_append(source, indent);
        g_string_append_len(source, line, end - line);
        line = end;
    }
    return template_compile(t->name, source->str, e);
}

/* The block that stands where the part would, only where the innermost context itself says so; NULL none. */
static const struct value *block_of(const struct expansion *x, const struct piece *p)
{
    const struct value *top = x->stack[x->n_stack - 1];
    const struct value *v = top != NULL && x->where == ESCAPE_TEXT ? value_get(top, p->text) : NULL;

    return v != NULL && v->kind == VALUE_BLOCK ? v : NULL;
}

static bool expand_partial(struct expansion *x, const struct piece *p)
{
    const struct value *block = block_of(x, p);
    if (block != NULL) {
        g_string_append_printf(x->out, "%c%u\n", MARK_BLOCK, block->n);
        return true;
    }
    const struct template *t = x->find != NULL ? x->find(p->text, x->finder_data) : NULL;
    template_auto moved = NULL;

    if (t == NULL)
        return true;
    if (*p->path[0] != '\0') {
        moved = indented(t, p->path[0], x->e);
        if (moved == NULL)
            return false;
        t = moved;
    }
    return expand_range(x, t, 0, t->pieces->len);
}

static bool expand_piece(struct expansion *x, const struct template *t, guint i)
{
    const struct piece *p = &g_array_index(t->pieces, struct piece, i);

    switch (p->kind) {
    case PIECE_TEXT:
        g_string_append_len(x->out, p->text, (gssize)p->n_bytes);
        return true;
    case PIECE_VARIABLE:
        write_value(x, look_up(x, p), x->where);
        return true;
    case PIECE_RAW:
        write_value(x, look_up(x, p), ESCAPE_NONE);
        return true;
    case PIECE_SECTION:
        return expand_section(x, t, i);
    case PIECE_INVERTED:
        return value_is_truthy(look_up(x, p)) || expand_range(x, t, i + 1, p->end);
    case PIECE_PARTIAL:
        return expand_partial(x, p);
    }
    return true;
}

static bool expand_range(struct expansion *x, const struct template *t, guint from, guint to)
{
    if (x->depth >= 2 * LIMIT_TEMPLATE_DEPTH)
        return err_set(x->e, ERR_CONFIG, "template %s: partials inside each other without end", t->name);
    x->depth++;
    for (guint i = from; i < to;) {
        const struct piece *p = &g_array_index(t->pieces, struct piece, i);
        if (++x->n_steps > LIMIT_TEMPLATE_STEPS || x->out->len - x->start > LIMIT_TEMPLATE_OUTPUT_BYTES)
            return err_set(x->e, ERR_CONFIG, "template %s: the text becomes too long", t->name);
        if (!expand_piece(x, t, i))
            return false;
        i = p->kind == PIECE_SECTION || p->kind == PIECE_INVERTED ? p->end : i + 1;
    }
    x->depth--;
    return true;
}

static bool uses(const struct template *t, const char *name, template_finder *find, const void *finder_data, guint depth)
{
    for (guint i = 0; i < t->pieces->len; i++) {
        const struct piece *p = &g_array_index(t->pieces, struct piece, i);
        if (p->kind == PIECE_PARTIAL) {
            const struct template *part = find != NULL ? find(p->text, finder_data) : NULL;
            if (part != NULL && (depth == 0 || uses(part, name, find, finder_data, depth - 1)))
                return true;
        } else if (p->kind != PIECE_TEXT && p->path[0] != NULL && strcmp(p->path[0], name) == 0) {
            return true;
        }
    }
    return false;
}

bool template_uses(const struct template *t, const char *name, template_finder *find, const void *finder_data)
{
    return uses(t, name, find, finder_data, 4); /* deeper than that: assume it does */
}

bool template_uses_part(const struct template *t, const char *name)
{
    for (guint i = 0; i < t->pieces->len; i++) {
        const struct piece *p = &g_array_index(t->pieces, struct piece, i);
        if (p->kind == PIECE_PARTIAL && strcmp(p->text, name) == 0)
            return true;
    }
    return false;
}

bool template_expand(const struct template *t, const struct value *data, enum escape where, template_finder *find,
                     const void *finder_data, GString *out, struct err *e)
{
    struct expansion x = {.where = where,
                          .find = find,
                          .finder_data = finder_data,
                          .out = out,
                          .start = out->len,
                          .stack = {data},
                          .n_stack = 1,
                          .e = e};

    return expand_range(&x, t, 0, t->pieces->len);
}
