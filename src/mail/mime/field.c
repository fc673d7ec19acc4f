/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading header blocks. See field.h.
 */
#include "mail/mime/field.h"

#include "base/limits.h"
#include "mail/message/defect.h"
#include "mail/word/charset.h"
#include "mail/word/decode.h"

#include <string.h>

void header_free(struct header *h)
{
    if (h->value != h->raw)
        g_free(h->value);
    g_free(h->name);
    g_free(h->raw);
    g_free(h);
}

/* Behind the line that starts at AT. */
static const char *next_line(const char *at, const char *to)
{
    const char *lf = memchr(at, '\n', (gsize)(to - at));

    return lf != NULL ? lf + 1 : to;
}

static bool is_empty_line(const char *at, const char *to)
{
    return at < to && (*at == '\n' || (*at == '\r' && at + 1 < to && at[1] == '\n'));
}

static bool is_folded(const char *at, const char *to)
{
    return at < to && (*at == ' ' || *at == '\t') && !is_empty_line(at, to);
}

/* Length of the field's name at AT, 0 if there is none. RFC 5322 allows printable ASCII without blanks; 8-bit
 * bytes and blanks before the colon are met. */
static gsize name_length(const char *at, const char *to, const char **colon_out)
{
    const char *p = at;

    while (p < to && (guchar)*p > 0x20 && *p != ':' && *p != 0x7f)
        p++;
    gsize n = (gsize)(p - at);
    while (p < to && (*p == ' ' || *p == '\t'))
        p++;
    *colon_out = p;
    return p < to && *p == ':' ? n : 0;
}

/* One line, without the blanks around it and without NUL. */
static char *unfold(const char *from, const char *to, GPtrArray *defects)
{
    while (from < to && g_ascii_isspace(*from))
        from++;
    while (to > from && g_ascii_isspace(to[-1]))
        to--;
    char *line = g_malloc((gsize)(to - from) + 1), *out = line;
    for (; from < to; from++) {
        if (*from == '\0' || (*from == '\r' && from[1] != '\n'))
            defect_add(defects, "control-in-header");
        else if (*from != '\r' && *from != '\n')
            *out++ = *from;
    }
    *out = '\0';
    return line;
}

/* Most fields are plain ASCII without encoded words: their value is their raw text. */
static bool is_plain(const char *raw)
{
    for (const guchar *p = (const guchar *)raw; *p != '\0'; p++)
        if (*p < 0x20 || *p >= 0x7f || (*p == '=' && p[1] == '?'))
            return false;
    return true;
}

#define CHARSET_SEARCH_BYTES (64 * 1024)

/* The charset of raw 8-bit text in the header: that which the mail names first for anything. */
static const char *fallback_charset(struct field_budget *b)
{
    const char *at = b->bytes, *stop = at + MIN(b->n_bytes, CHARSET_SEARCH_BYTES);

    while (!b->has_fallback && (at = memmem(at, (gsize)(stop - at), "harset=", 7)) != NULL) {
        at += 7;
        while (at < stop && (*at == '"' || *at == ' '))
            at++;
        gsize n = 0;
        while (at + n < stop && (g_ascii_isalnum(at[n]) || at[n] == '-' || at[n] == '_' || at[n] == '.'))
            n++;
        bool says_nothing = n < 4 || g_ascii_strncasecmp(at, "utf", 3) == 0 || g_ascii_strncasecmp(at, "us-", 3) == 0;
        if (!says_nothing) {
            b->fallback_charset = g_strndup(at, n);
            b->has_fallback = true;
        }
    }
    b->has_fallback = true;
    return b->fallback_charset;
}

static void add_header(GPtrArray *headers, const char *name, gsize n_name, char *raw, bool is_loose, struct field_budget *budget)
{
    struct header *h = g_new0(struct header, 1);
    bool unused = false, broken = false;

    h->name = g_strndup(name, n_name);
    h->raw = h->value = raw;
    h->is_loose = is_loose;
    if (!is_plain(raw)) {
        if (!g_utf8_validate(raw, -1, NULL)) {
            h->raw = charset_to_utf8(raw, strlen(raw), fallback_charset(budget), &unused);
            g_free(raw);
            defect_add(budget->defects, "8bit-header");
        }
        h->value = decode_words(h->raw, strlen(h->raw), &broken);
        if (broken)
            defect_add(budget->defects, "charset-mismatch");
    }
    if (!g_str_is_ascii(h->name)) {
        g_autofree char *bytes = h->name;
        h->name = g_utf8_make_valid(bytes, -1);
        defect_add(budget->defects, "bad-header-line");
    }
    g_ptr_array_add(headers, h);
}

/* A line without a colon belongs to the body, unless the block goes on behind it. */
static bool is_junk_line(const char *after, const char *to)
{
    const char *colon;

    return is_empty_line(after, to) || is_folded(after, to) || name_length(after, to, &colon) > 0;
}

static bool is_mbox_line(const char *at, const char *to)
{
    return (to - at > 5 && strncmp(at, "From ", 5) == 0) || (to - at > 6 && strncmp(at, ">From ", 6) == 0);
}

/* The end of the field at AT with its folded lines; *N_LINES_OUT counts them. */
static const char *field_end(const char *at, const char *to, guint *n_lines_out)
{
    *n_lines_out = 0;
    do {
        at = next_line(at, to);
        ++*n_lines_out;
    } while (is_folded(at, to));
    return at;
}

const char *field_read_block(const char *from, const char *to, GPtrArray *headers, struct field_budget *budget)
{
    const char *at = from, *colon;
    guint n_block = 0, n_lines;
    bool is_behind_junk = false;

    while (at < to) {
        if (is_empty_line(at, to))
            return next_line(at, to);
        const char *end = field_end(at, to, &n_lines);
        gsize n_name = name_length(at, to, &colon);
        n_block += n_lines;
        if (n_block > LIMIT_HEADER_LINES || (gsize)(end - from) > LIMIT_HEADER_BYTES || n_lines > budget->n_lines ||
            (gsize)(end - at) > budget->n_left_bytes) {
            defect_add(budget->defects, "header-too-large"); /* the rest of the block is passed over */
        } else if (n_name > 0) {
            add_header(headers, at, n_name, unfold(colon + 1, end, budget->defects), is_behind_junk || at[n_name] != ':', budget);
            if (at[n_name] != ':')
                defect_add(budget->defects, "bad-header-line");
        } else if (!(at == from && is_mbox_line(at, to))) {
            if ((to - at >= 2 && at[0] == '-' && at[1] == '-') || !is_junk_line(end, to)) {
                defect_add(budget->defects, headers->len == 0 ? "no-header" : "no-header-end");
                return at;
            }
            defect_add(budget->defects, "bad-header-line");
            is_behind_junk = true;
        }
        budget->n_lines -= MIN(n_lines, budget->n_lines);
        budget->n_left_bytes -= MIN((gsize)(end - at), budget->n_left_bytes);
        at = end;
    }
    return to;
}
