/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Base64, quoted-printable, encoded words, format=flowed. See decode.h. GMime's own lose text in each of
 * them.
 */
#include "mail/word/decode.h"

#include "mail/word/charset.h"

#include <string.h>

/* Value of a base64 digit, 0x40 '=', 0x80 junk, 0x81 white space */
/* clang-format off */
static const guint8 digits[256] = {
#define J 0x80
#define S 0x81
    J,  J,  J,  J,  J,  J,  J,  J,  J,  S,  S,  S,  S,  S,  J,  J,  /* 0x00 */
    J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  /* 0x10 */
    S,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  62, J,  J,  J,  63, /* 0x20 */
    52, 53, 54, 55, 56, 57, 58, 59, 60, 61, J,  J,  J,  0x40, J, J, /* 0x30 */
    J,  0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, /* 0x40 */
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, J,  J,  J,  J,  J,  /* 0x50 */
    J,  26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, /* 0x60 */
    41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, J,  J,  J,  J,  J,  /* 0x70 */
    J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J, J, J, J, J, J, J, J, J, J, J, J, J, J, J, J,
    J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J, J, J, J, J, J, J, J, J, J, J, J, J, J, J, J,
    J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J, J, J, J, J, J, J, J, J, J, J, J, J, J, J, J,
    J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J,  J, J, J, J, J, J, J, J, J, J, J, J, J, J, J, J,
#undef J
#undef S
};
/* clang-format on */

/* The bytes of an unfinished group of four: 2 digits are one byte, 3 are two. */
static guchar *flush_group(guchar *to, guint32 group, guint n_digits, bool *broken)
{
    if (n_digits == 2) {
        *to++ = (guchar)(group >> 4);
    } else if (n_digits == 3) {
        *to++ = (guchar)(group >> 10);
        *to++ = (guchar)(group >> 2);
    } else if (n_digits == 1) {
        *broken = true;
    }
    return to;
}

/* "--" at the start of a line: a boundary that belongs to nobody. */
static bool is_boundary(const guchar *at, const guchar *start, const guchar *end)
{
    return *at == '-' && at + 1 < end && at[1] == '-' && (at == start || at[-1] == '\n');
}

/* Groups of four digits without anything between them; returns where they end. */
static const guchar *whole_groups(const guchar *from, const guchar *end, guchar **to)
{
    guchar *out = *to;

    while (end - from >= 4) {
        guint8 a = digits[from[0]], b = digits[from[1]], c = digits[from[2]], d = digits[from[3]];
        if ((a | b | c | d) & 0xc0)
            break;
        *out++ = (guchar)(a << 2 | b >> 4);
        *out++ = (guchar)(b << 4 | c >> 2);
        *out++ = (guchar)(c << 6 | d);
        from += 4;
    }
    *to = out;
    return from;
}

static gsize base64_bytes(const char *in, gsize n, guchar *out, bool *broken)
{
    const guchar *from = (const guchar *)in, *end = from + n;
    guchar *to = out;
    guint32 group = 0;
    guint n_digits = 0;
    bool padded = false;
    guchar *padded_to = NULL; /* where the last padding ended */

    while (from < end) {
        if (n_digits == 0 && !padded)
            from = whole_groups(from, end, &to);
        if (from == end)
            break;
        guint8 d = digits[*from++];
        if (d < 0x40) {
            *broken |= padded; /* more after the padding: pieces encoded one by one */
            padded = false;
            group = group << 6 | d;
            if (++n_digits == 4) {
                *to++ = (guchar)(group >> 16);
                *to++ = (guchar)(group >> 8);
                *to++ = (guchar)group;
                group = n_digits = 0;
            }
        } else if (d == 0x40) {
            padded = true;
            to = padded_to = flush_group(to, group, n_digits, broken);
            group = n_digits = 0;
        } else if (d == 0x80) {
            *broken = true;
            if (is_boundary(from - 1, (const guchar *)in, end))
                break;
            if (padded_to != NULL)
                return (gsize)(padded_to - out); /* text behind the data: a damaged boundary, an advert */
        }
    }
    if (*broken && n_digits > 0)
        return (gsize)(to - out); /* there was junk, so what does not make a group may be some, too */
    *broken |= n_digits != 0;
    return (gsize)(flush_group(to, group, n_digits, broken) - out);
}

GBytes *decode_base64(const char *in, gsize n, bool *broken_out)
{
    guchar *out = g_malloc(n / 4 * 3 + 8);
    gsize n_out = base64_bytes(in, n, out, broken_out);

    return g_bytes_new_take(out, n_out);
}

static int hex_pair(const char *p)
{
    int high = g_ascii_xdigit_value(p[0]), low = g_ascii_xdigit_value(p[1]);

    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* After "=": length of a soft line break (blanks may stand before it), 0 if it is none. */
static gsize soft_break(const char *p, const char *end)
{
    const char *at = p;

    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    if (at == end)
        return (gsize)(at - p);
    if (*at == '\n')
        return (gsize)(at + 1 - p);
    if (*at == '\r' && at + 1 < end && at[1] == '\n')
        return (gsize)(at + 2 - p);
    return 0;
}

GBytes *decode_qp(const char *in, gsize n, bool *broken_out)
{
    char *out = g_malloc(n + 1), *to = out;
    const char *from = in, *end = in + n;

    while (from < end) {
        const char *eq = memchr(from, '=', (gsize)(end - from));
        gsize n_plain = (gsize)((eq != NULL ? eq : end) - from);
        memcpy(to, from, n_plain);
        to += n_plain;
        if (eq == NULL)
            break;
        from = eq + 1;
        int code = end - from >= 2 ? hex_pair(from) : -1;
        gsize n_break = code < 0 ? soft_break(from, end) : 0;
        if (code >= 0) {
            *to++ = (char)code;
            *broken_out |= g_ascii_islower(from[0]) || g_ascii_islower(from[1]); /* not by RFC 2045, and not read by all */
            from += 2;
        } else if (n_break > 0 || from == end) {
            from += n_break;
        } else {
            *to++ = '=';
            *broken_out = true;
        }
    }
    return g_bytes_new_take(out, (gsize)(to - out));
}

/* One "=?charset?B?text?=" at a position of a header */
struct word {
    const char *charset, *text, *end; /* END is behind "?=" */
    gsize n_charset, n_text;
    char encoding; /* 'B' or 'Q' */
};

static bool word_read(const char *at, const char *end, struct word *w)
{
    if (end - at < 8 || at[0] != '=' || at[1] != '?')
        return false;
    const char *charset = at + 2, *q = charset;
    while (q < end && (guchar)*q > 0x20 && *q != '?')
        q++;
    if (q == charset || end - q < 5 || q[0] != '?' || q[2] != '?' || q[1] == '\0' || strchr("BbQq", q[1]) == NULL)
        return false;
    w->charset = charset;
    w->n_charset = (gsize)(q - charset);
    w->encoding = g_ascii_toupper(q[1]);
    w->text = q + 3;
    const char *stop = w->text;
    while (stop + 1 < end && !(stop[0] == '?' && stop[1] == '='))
        stop++;
    if (stop + 1 >= end)
        return false;
    w->n_text = (gsize)(stop - w->text);
    w->end = stop + 2;
    const char *star = memchr(charset, '*', w->n_charset); /* RFC 2231 language */
    if (star != NULL)
        w->n_charset = (gsize)(star - charset);
    return true;
}

static void word_bytes(const struct word *w, GString *out, bool *broken)
{
    if (w->encoding == 'B') {
        g_autoptr(GBytes) bytes = decode_base64(w->text, w->n_text, broken);
        gsize n;
        const char *data = g_bytes_get_data(bytes, &n);
        g_string_append_len(out, data, (gssize)n);
        return;
    }
    for (gsize i = 0; i < w->n_text; i++) {
        int code = w->text[i] == '=' && i + 2 < w->n_text ? hex_pair(w->text + i + 1) : -1;
        if (code >= 0) {
            g_string_append_c(out, (char)code);
            i += 2;
        } else {
            g_string_append_c(out, w->text[i] == '_' ? ' ' : w->text[i]);
        }
    }
}

static void append_converted(GString *out, const char *bytes, gsize n, const char *charset, bool *broken)
{
    g_autofree char *text = charset_to_utf8(bytes, n, charset, broken);

    g_string_append(out, text);
}

static bool same_charset(const struct word *a, const struct word *b)
{
    return a->n_charset == b->n_charset && g_ascii_strncasecmp(a->charset, b->charset, a->n_charset) == 0;
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n'))
        at++;
    return at;
}

/* FIRST and the words behind it that belong together; returns where they end. */
static const char *decode_run(const struct word *first, const char *end, GString *out, bool *broken)
{
    g_autoptr(GString) bytes = g_string_new(NULL);
    struct word w = *first, next;
    const char *at = w.end;

    for (;;) {
        word_bytes(&w, bytes, broken);
        at = w.end;
        bool more = word_read(skip_blanks(at, end), end, &next);
        if (!more || !same_charset(&w, &next)) {
            g_autofree char *charset = g_strndup(w.charset, w.n_charset);
            append_converted(out, bytes->str, bytes->len, charset, broken);
            g_string_truncate(bytes, 0);
        }
        if (!more)
            return at;
        w = next;
    }
}

/* Behind the last "?=": no word ends later, so nothing looks for an end that is not there (linear time). */
static const char *last_word_end(const char *raw, gsize n)
{
    for (const char *p = raw + n; p - raw >= 2; p--)
        if (p[-2] == '?' && p[-1] == '=')
            return p;
    return raw;
}

char *decode_words(const char *raw, gsize n, bool *broken_out)
{
    bool unused = false, *broken = broken_out != NULL ? broken_out : &unused;
    GString *out = g_string_sized_new(n + 1);
    const char *at = raw, *plain = raw, *end = last_word_end(raw, n);
    struct word w;

    while (at < end) {
        const char *eq = memchr(at, '=', (gsize)(end - at));
        if (eq == NULL)
            break;
        if (!word_read(eq, end, &w)) {
            at = eq + 1;
            continue;
        }
        append_converted(out, plain, (gsize)(eq - plain), NULL, broken);
        at = plain = decode_run(&w, end, out, broken);
    }
    append_converted(out, plain, (gsize)(raw + n - plain), NULL, broken);
    charset_clean_line(out->str);
    return g_string_free(out, FALSE);
}

/* Quote depth of a line; *TEXT_OUT is behind the marks and the stuffed blank. */
static guint flowed_depth(const char *line, const char *end, const char **text_out)
{
    guint depth = 0;

    while (line < end && *line == '>') {
        depth++;
        line++;
    }
    if (line < end && *line == ' ')
        line++;
    *text_out = line;
    return depth;
}

static void append_marks(GString *out, guint depth)
{
    for (guint i = 0; i < depth; i++)
        g_string_append_c(out, '>');
    if (depth > 0)
        g_string_append_c(out, ' ');
}

char *decode_flowed(const char *text, bool is_delsp)
{
    GString *out = g_string_sized_new(strlen(text) + 1);
    bool is_open = false; /* the line before was flowed */
    guint open_depth = 0;

    for (const char *line = text; *line != '\0';) {
        const char *end = strchrnul(line, '\n'), *at;
        guint depth = flowed_depth(line, end, &at);
        bool is_signature = end - at == 3 && strncmp(at, "-- ", 3) == 0;
        bool is_flowed = end > at && end[-1] == ' ' && !is_signature;
        if (is_open && (depth != open_depth || is_signature)) {
            g_string_append_c(out, '\n'); /* a broken paragraph ends with its depth */
            is_open = false;
        }
        if (!is_open)
            append_marks(out, depth);
        g_string_append_len(out, at, end - at - (is_flowed && is_delsp ? 1 : 0));
        if (!is_flowed && *end == '\n')
            g_string_append_c(out, '\n');
        is_open = is_flowed;
        open_depth = depth;
        line = *end == '\n' ? end + 1 : end;
    }
    return g_string_free(out, FALSE);
}
