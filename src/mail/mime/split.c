/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See split.h.
 */
#include "mail/mime/split.h"

#include "mail/message/defect.h"

#include <stdbool.h>
#include <string.h>

enum delimiter { DELIMITER_NONE, DELIMITER_OPEN, DELIMITER_CLOSE };

struct scan {
    const char *from, *to;
    const char *boundary;
    gsize n_boundary;
    struct budget *budget;
    GPtrArray *defects;
};

static const char *line_end(const char *at, const char *to)
{
    const char *lf = memchr(at, '\n', (gsize)(to - at));

    return lf != NULL ? lf + 1 : to;
}

/* What stands behind "--boundary" up to the end of the line: nothing but blanks, or a blank and junk, or more
 * of a longer boundary. */
static bool ends_boundary(const struct scan *s, const char *at)
{
    const char *end = line_end(at, s->to), *p = at;

    while (p < end && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n'))
        p++;
    if (p == end)
        return true;
    if (p == at)
        return false;
    defect_add(s->defects, "bad-boundary");
    return true;
}

static enum delimiter delimiter_at(const struct scan *s, const char *at)
{
    gsize left = (gsize)(s->to - at);

    if (left < s->n_boundary + 2 || at[0] != '-' || at[1] != '-' || memcmp(at + 2, s->boundary, s->n_boundary) != 0)
        return DELIMITER_NONE;
    at += 2 + s->n_boundary;
    if (s->to - at >= 2 && at[0] == '-' && at[1] == '-' && ends_boundary(s, at + 2))
        return DELIMITER_CLOSE;
    return ends_boundary(s, at) ? DELIMITER_OPEN : DELIMITER_NONE;
}

/* One line more to look at; false if there were too many already. */
static bool may_look(struct budget *b)
{
    if (b->n_delimiters > 0) {
        b->n_delimiters--;
        return true;
    }
    defect_add(b->defects, "too-many-parts");
    return false;
}

/* The next line behind that at AT which begins with "--"; NULL if none does. memchr() does nearly all of it. */
static const char *next_dashes(const char *at, const char *to)
{
    while ((at = memchr(at, '\n', (gsize)(to - at))) != NULL) {
        at++;
        if (to - at >= 2 && at[0] == '-' && at[1] == '-')
            return at;
    }
    return NULL;
}

/* The next line from AT on that is a delimiter, or TO. AT is at the start of a line. */
static const char *next_delimiter(const struct scan *s, const char *at, enum delimiter *kind_out)
{
    while (at < s->to && may_look(s->budget)) {
        *kind_out = delimiter_at(s, at);
        if (*kind_out != DELIMITER_NONE)
            return at;
        at = next_dashes(at, s->to);
        if (at == NULL)
            break;
    }
    *kind_out = DELIMITER_NONE;
    return s->to;
}

/* Without the line end that belongs to the delimiter. */
static const char *without_break(const char *from, const char *at)
{
    if (at > from && at[-1] == '\n')
        at--;
    if (at > from && at[-1] == '\r')
        at--;
    return at;
}

/* A preamble is for programs without MIME; fields in it are for those that read it all the same. */
static void check_preamble(const struct scan *s, const char *to)
{
    for (const char *at = s->from; at < to; at = line_end(at, to))
        if (to - at > 8 && g_ascii_strncasecmp(at, "content-", 8) == 0)
            defect_add(s->defects, "mime-in-preamble");
}

GArray *split_parts(const char *from, const char *to, const char *boundary, struct budget *budget)
{
    struct scan s = {.from = from,
                     .to = to,
                     .boundary = boundary,
                     .n_boundary = strlen(boundary),
                     .budget = budget,
                     .defects = budget->defects};
    GArray *parts = g_array_new(FALSE, FALSE, sizeof(struct split_part));
    enum delimiter kind, next;
    bool is_closed = false;
    const char *at = next_delimiter(&s, from, &kind);

    if (kind != DELIMITER_NONE)
        check_preamble(&s, at);
    for (; kind != DELIMITER_NONE; kind = next) {
        const char *start = line_end(at, to), *end = next_delimiter(&s, start, &next);
        if (kind == DELIMITER_CLOSE) {
            is_closed = true;
        } else if (parts->len >= budget->n_parts) {
            defect_add(s.defects, "too-many-parts");
            return parts;
        } else {
            struct split_part part = {start, next == DELIMITER_NONE ? end : MAX(start, without_break(start, end))};
            if (is_closed)
                defect_add(s.defects, "parts-after-end");
            g_array_append_val(parts, part);
        }
        at = end;
    }
    if (parts->len > 0 && !is_closed)
        defect_add(s.defects, "no-closing-boundary");
    return parts;
}

#define GUESS_BYTES 200 /* of a line that may be a boundary; the standard's ceiling is 70 */

char *split_guess_boundary(const char *from, const char *to, struct budget *budget)
{
    for (const char *at = from; at < to && may_look(budget); at = line_end(at, to)) {
        const char *end = line_end(at, to);
        if (end - at < 4 || at[0] != '-' || at[1] != '-' || end - at > GUESS_BYTES || to - end < 8)
            continue;
        if (g_ascii_strncasecmp(end, "content-", 8) != 0)
            continue;
        const char *last = end;
        while (last > at && g_ascii_isspace(last[-1]))
            last--;
        if (last > at + 2)
            return g_strndup(at + 2, (gsize)(last - at - 2));
    }
    return NULL;
}
