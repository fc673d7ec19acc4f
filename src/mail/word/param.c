/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fields with parameters. See param.h. Pieces (RFC 2231) are collected raw, sorted by number and only then
 * decoded.
 */
#include "mail/word/param.h"

#include "base/limits.h"
#include "mail/word/charset.h"
#include "mail/word/decode.h"

#include <stdbool.h>
#include <string.h>

struct piece {
    char *name;      /* lower case, bare */
    GString *raw;    /* value without quotes */
    gint64 number;   /* -1: not numbered */
    bool is_encoded; /* "*" at the end of the name: percent-encoded */
    guint order;     /* as met */
};

static void piece_free(struct piece *p)
{
    g_free(p->name);
    g_string_free(p->raw, TRUE);
    g_free(p);
}

static const char *skip_comment(const char *p)
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
    return p;
}

static const char *skip_space(const char *p)
{
    for (;;) {
        while (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')
            p++;
        if (*p != '(')
            return p;
        p = skip_comment(p);
    }
}

/* "title*1*" to title, 1, encoded */
static void piece_split_name(struct piece *p)
{
    char *star = strchr(p->name, '*');

    p->number = -1;
    if (star == NULL)
        return;
    p->is_encoded = star[strlen(star) - 1] == '*';
    if (g_ascii_isdigit(star[1]))
        p->number = (gint64)MIN(g_ascii_strtoull(star + 1, NULL, 10), 100000);
    *star = '\0';
}

/* In quotes: up to the closing one; a backslash escapes only a quote or itself, for Windows paths stand here
 * too. */
static const char *read_quoted(const char *p, GString *out)
{
    for (p++; *p != '\0' && *p != '"'; p++) {
        if (*p == '\\' && (p[1] == '"' || p[1] == '\\'))
            p++;
        g_string_append_c(out, *p);
    }
    return *p == '"' ? p + 1 : p;
}

/* Without quotes: up to ";". Blanks inside are kept: `name=my file.pdf` is a name with a blank. */
static const char *read_bare(const char *p, GString *out)
{
    const char *end = strchrnul(p, ';');
    const char *last = end;

    while (last > p && g_ascii_isspace(last[-1]))
        last--;
    if (last > p && last[-1] == ')') { /* charset=utf-8 (comment) */
        const char *open = memchr(p, '(', (gsize)(last - p));
        if (open > p && g_ascii_isspace(open[-1]))
            last = open;
        while (last > p && g_ascii_isspace(last[-1]))
            last--;
    }
    g_string_append_len(out, p, last - p);
    return end;
}

static struct piece *piece_read(const char **at)
{
    const char *p = skip_space(*at), *name = p;

    while (*p != '\0' && *p != '=' && *p != ';')
        p++;
    const char *name_end = p;
    while (name_end > name && g_ascii_isspace(name_end[-1]))
        name_end--;
    if (*p != '=' || name_end == name) {
        *at = p;
        return NULL;
    }
    struct piece *piece = g_new0(struct piece, 1);
    piece->name = g_ascii_strdown(name, name_end - name);
    piece->raw = g_string_new(NULL);
    piece_split_name(piece);
    p = skip_space(p + 1);
    if (*p == '"') {
        p = read_quoted(p, piece->raw);
        p = strchrnul(p, ';');
    } else {
        p = read_bare(p, piece->raw);
    }
    *at = p;
    return piece;
}

static int by_number(gconstpointer a, gconstpointer b)
{
    const struct piece *x = *(const struct piece *const *)a, *y = *(const struct piece *const *)b;

    return x->number != y->number ? (x->number < y->number ? -1 : 1) : (x->order < y->order ? -1 : 1);
}

static void percent_decode(GString *s)
{
    gsize to = 0;

    for (gsize i = 0; i < s->len; i++) {
        int high = s->str[i] == '%' && i + 2 < s->len ? g_ascii_xdigit_value(s->str[i + 1]) : -1;
        int low = high >= 0 ? g_ascii_xdigit_value(s->str[i + 2]) : -1;
        if (low >= 0) {
            s->str[to++] = (char)(high * 16 + low);
            i += 2;
        } else {
            s->str[to++] = s->str[i];
        }
    }
    g_string_truncate(s, to);
}

/* Numbered or encoded pieces of one name to its text. PIECES are sorted. */
static char *join_pieces(const GPtrArray *pieces)
{
    g_autoptr(GString) all = g_string_new(NULL);
    g_autofree char *charset = NULL;

    for (guint i = 0; i < pieces->len; i++) {
        const struct piece *p = g_ptr_array_index(pieces, i);
        g_autoptr(GString) raw = g_string_new_len(p->raw->str, (gssize)p->raw->len);
        if (i > 0 && p->number <= ((const struct piece *)g_ptr_array_index(pieces, i - 1))->number)
            continue;
        if (p->is_encoded && i == 0) {
            const char *one = strchr(raw->str, '\''), *two = one != NULL ? strchr(one + 1, '\'') : NULL;
            if (two != NULL) {
                charset = g_strndup(raw->str, (gsize)(one - raw->str));
                g_string_erase(raw, 0, two + 1 - raw->str);
            }
        }
        if (p->is_encoded)
            percent_decode(raw);
        g_string_append_len(all, raw->str, (gssize)raw->len);
    }
    if (charset == NULL && strstr(all->str, "=?") != NULL)
        return decode_words(all->str, all->len, NULL);
    char *text = charset_to_utf8(all->str, all->len, charset != NULL && *charset != '\0' ? charset : NULL, NULL);
    charset_clean_line(text);
    return text;
}

static char *decode_plain(const struct piece *p)
{
    return decode_words(p->raw->str, p->raw->len, NULL);
}

static void param_free(gpointer data)
{
    struct param *p = data;

    g_free(p->name);
    g_free(p->value);
    g_free(p);
}

static void add_param(struct param_field *f, const char *name, char *value)
{
    struct param *p = g_new(struct param, 1);

    p->name = g_strdup(name);
    p->value = value;
    g_ptr_array_add(f->params, p);
}

/* An extended value (RFC 2231) goes before the plain one of the same name (RFC 6266 4.3). */
static void add_extended(struct param_field *f, GPtrArray *pieces)
{
    for (guint i = 0; i < pieces->len; i++) {
        const struct piece *first = g_ptr_array_index(pieces, i);
        if ((first->number < 0 && !first->is_encoded) || param_get(f, first->name) != NULL)
            continue;
        g_autoptr(GPtrArray) same = g_ptr_array_new();
        for (guint j = i; j < pieces->len; j++) {
            struct piece *other = g_ptr_array_index(pieces, j);
            if ((other->number >= 0 || other->is_encoded) && strcmp(other->name, first->name) == 0)
                g_ptr_array_add(same, other);
        }
        g_ptr_array_sort(same, by_number);
        add_param(f, first->name, join_pieces(same));
    }
}

/* "text/plain", without blanks and comments; "text/plain charset=x" (a forgotten semicolon) ends at the
 * blank. */
static char *read_value(const char **at)
{
    GString *value = g_string_new(NULL);
    const char *p = skip_space(*at);

    while (*p != '\0' && *p != ';') {
        g_string_append_c(value, g_ascii_tolower(*p++));
        const char *rest = skip_space(p);
        bool is_joined = *rest == '/' || value->str[value->len - 1] == '/';
        if (rest > p && !is_joined) {
            p = rest;
            break;
        }
        p = rest;
    }
    *at = p;
    char *clean = charset_to_utf8(value->str, value->len, NULL, NULL);
    charset_clean_line(clean);
    g_string_free(value, TRUE);
    return clean;
}

struct param_field *param_parse(const char *raw)
{
    struct param_field *f = g_new0(struct param_field, 1);
    g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func((GDestroyNotify)piece_free);
    const char *at = raw;

    f->params = g_ptr_array_new_with_free_func(param_free);
    f->value = read_value(&at);
    while (*at != '\0' && pieces->len < LIMIT_PARAMETERS) {
        if (*at == ';')
            at++;
        const char *before = at;
        struct piece *p = piece_read(&at);
        if (p != NULL) {
            p->order = pieces->len;
            g_ptr_array_add(pieces, p);
        } else if (at == before && *at != ';' && *at != '\0') {
            at++; /* "=" without a name */
        }
    }
    add_extended(f, pieces);
    for (guint i = 0; i < pieces->len; i++) {
        const struct piece *p = g_ptr_array_index(pieces, i);
        if (p->number < 0 && !p->is_encoded)
            add_param(f, p->name, decode_plain(p));
    }
    return f;
}

const char *param_get(const struct param_field *f, const char *name)
{
    for (guint i = 0; i < f->params->len; i++) {
        const struct param *p = g_ptr_array_index(f->params, i);
        if (strcmp(p->name, name) == 0)
            return p->value;
    }
    return NULL;
}

void param_field_free(struct param_field *f)
{
    g_free(f->value);
    g_ptr_array_unref(f->params);
    g_free(f);
}
