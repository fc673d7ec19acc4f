/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See uu.h.
 */
#include "mail/mime/uu.h"

#include "mail/message/entity.h"
#include "mail/word/filename.h"

#include <string.h>

/* The line at AT without its end; *NEXT_OUT is behind it. */
static gsize line_at(const char *at, const char *to, const char **next_out)
{
    const char *lf = memchr(at, '\n', (gsize)(to - at)), *end = lf != NULL ? lf : to;

    *next_out = lf != NULL ? lf + 1 : to;
    while (end > at && end[-1] == '\r')
        end--;
    return (gsize)(end - at);
}

static bool has_prefix(const char *at, gsize n, const char *word)
{
    gsize n_word = strlen(word);

    return n >= n_word && memcmp(at, word, n_word) == 0;
}

/* "begin 644 name": where the name begins, NULL if it is no such line. */
static const char *begin_name(const char *at, gsize n)
{
    const char *p = at + 6, *end = at + n;

    if (!has_prefix(at, n, "begin "))
        return NULL;
    while (p < end && *p >= '0' && *p <= '7')
        p++;
    if (p - at < 9 || p - at > 10 || p >= end || *p != ' ')
        return NULL;
    return p + 1 < end ? p + 1 : NULL;
}

static guint uu_digit(char c)
{
    return (guint)(c - 0x20) & 0x3f;
}

/* One line of data to OUT; false if it cannot be one. Trailing blanks may have been cut, so a line may be
 * short. */
static bool uu_line(const char *line, gsize n, GByteArray *out)
{
    if (n == 0 || line[0] < 0x20 || line[0] > 0x60)
        return false;
    guint n_bytes = uu_digit(line[0]), n_need = (n_bytes + 2) / 3 * 4;
    if (n > 1 + n_need + 2)
        return false;
    for (guint i = 0; i < n_need; i += 4) {
        guint32 group = 0;
        for (guint j = 0; j < 4; j++) {
            char c = 1 + i + j < n ? line[1 + i + j] : ' ';
            if (c < 0x20 || c > 0x60)
                return false;
            group = group << 6 | uu_digit(c);
        }
        guint8 bytes[3] = {(guint8)(group >> 16), (guint8)(group >> 8), (guint8)group};
        g_byte_array_append(out, bytes, MIN(3, n_bytes - i / 4 * 3));
    }
    return true;
}

GBytes *uu_decode(const char *in, gsize n, bool *broken_out)
{
    const char *at = in, *to = in + n, *next;
    GByteArray *out = g_byte_array_sized_new((guint)MIN(n, G_MAXUINT / 2));

    for (; at < to; at = next) {
        gsize n_line = line_at(at, to, &next);
        if (begin_name(at, n_line) != NULL)
            g_byte_array_set_size(out, 0);
        else if (n_line == 3 && memcmp(at, "end", 3) == 0)
            break;
        else if (n_line > 0 && !uu_line(at, n_line, out))
            *broken_out = true;
    }
    return g_byte_array_free_to_bytes(out);
}

static void add_file(GPtrArray *files, const char *name, gsize n_name, GByteArray *data)
{
    struct embedded *f = g_new0(struct embedded, 1);
    g_autofree char *raw = g_strndup(name, n_name);

    f->name = filename_clean(raw);
    f->content = g_byte_array_free_to_bytes(data);
    g_ptr_array_add(files, f);
}

/* AT is the "begin" line. The end of the file in the text, NULL if it is none: it must have a line of data
 * and, unless the text ends (a mail program cut it), an "end". */
static const char *read_uu(const char *at, const char *to, GPtrArray *files)
{
    const char *next;
    gsize n_line = line_at(at, to, &next);
    const char *name = begin_name(at, n_line);
    gsize n_name = name != NULL ? (gsize)(at + n_line - name) : 0;
    GByteArray *data = g_byte_array_new();

    while (name != NULL && next < to) {
        const char *line = next;
        n_line = line_at(line, to, &next);
        if (n_line == 3 && memcmp(line, "end", 3) == 0) {
            add_file(files, name, n_name, data);
            return next;
        }
        if (n_line > 0 && !uu_line(line, n_line, data))
            break;
    }
    if (name != NULL && next == to && data->len > 0) {
        add_file(files, name, n_name, data);
        return to;
    }
    g_byte_array_unref(data);
    return NULL;
}

static void yenc_line(const char *line, gsize n, GByteArray *out)
{
    for (gsize i = 0; i < n; i++) {
        guint8 c = (guint8)line[i];
        if (c == '=' && i + 1 < n)
            c = (guint8)(line[++i] - 64);
        c = (guint8)(c - 42);
        g_byte_array_append(out, &c, 1);
    }
}

/* AT is the "=ybegin" line. */
static const char *read_yenc(const char *at, const char *to, GPtrArray *files)
{
    const char *next;
    gsize n_line = line_at(at, to, &next);
    const char *name = g_strstr_len(at, (gssize)n_line, " name=");

    /* Looked for first: a hostile text has many beginnings, and none of them shall be decoded in vain. */
    if (memmem(next, (gsize)(to - next), "=yend", 5) == NULL)
        return NULL;
    GByteArray *data = g_byte_array_new();
    while (name != NULL && next < to) {
        const char *line = next;
        gsize n = line_at(line, to, &next);
        if (has_prefix(line, n, "=yend")) {
            add_file(files, name + 6, (gsize)(at + n_line - name - 6), data);
            return next;
        }
        if (!has_prefix(line, n, "=ypart"))
            yenc_line(line, n, data);
    }
    g_byte_array_unref(data);
    return NULL;
}

GBytes *uu_extract(const char *text, gsize n, guint n_max, GPtrArray *files, bool *is_cut_out)
{
    const char *at = text, *to = text + n, *next, *kept = text;
    guint n_before = files->len, n_failed = 0;

    if (memmem(text, n, "begin ", 6) == NULL)
        return NULL;
    GByteArray *rest = g_byte_array_new();
    for (; at < to && n_failed < 10; at = next) { /* a hostile text has many beginnings without an end */
        gsize n_line = line_at(at, to, &next);
        const char *end = NULL;
        bool is_begin = begin_name(at, n_line) != NULL, is_yenc = has_prefix(at, n_line, "=ybegin ");
        if ((is_begin || is_yenc) && files->len - n_before >= n_max) {
            *is_cut_out = true;
            break;
        }
        if (is_begin)
            end = read_uu(at, to, files);
        else if (is_yenc)
            end = read_yenc(at, to, files);
        n_failed += (is_begin || is_yenc) && end == NULL;
        if (end != NULL) {
            g_byte_array_append(rest, (const guint8 *)kept, (guint)(at - kept));
            next = kept = end;
        }
    }
    g_byte_array_append(rest, (const guint8 *)kept, (guint)(to - kept));
    GBytes *bytes = g_byte_array_free_to_bytes(rest);
    if (files->len == n_before)
        g_clear_pointer(&bytes, g_bytes_unref);
    return bytes;
}
