/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Transfer encodings of what we send; see body_out.h. Quoted-printable keeps whole characters on a line, and hides
 * blanks at line ends, a dot or "From " at line starts, and every control.
 */
#include "mail/write/body_out.h"

#include <string.h>

#define QP_COLUMNS   75 /* one less than RFC 2045 6.7 (5) allows, for the soft break */
#define BIT7_COLUMNS 78

static bool is_safe(guchar c)
{
    return (c >= ' ' && c < 0x7f && c != '=') || c == '\t';
}

static bool starts_badly(const char *line)
{
    return *line == '.' || strncmp(line, "From ", 5) == 0;
}

bool body_out_is_7bit(const char *text)
{
    gsize column = 0;

    for (const char *p = text; *p != '\0'; p++) {
        guchar c = (guchar)*p;
        if (c == '\n') {
            column = 0;
            continue;
        }
        if (column == 0 && starts_badly(p))
            return false;
        if ((!is_safe(c) && c != '=') || ++column > BIT7_COLUMNS)
            return false;
    }
    return true;
}

void body_out_7bit(GString *out, const char *text)
{
    while (*text != '\0') {
        gsize n = strcspn(text, "\n");
        g_string_append_len(out, text, (gssize)n);
        g_string_append_len(out, "\r\n", 2);
        text += n;
        text += *text == '\n';
    }
}

/* ---- Quoted-printable, written straight into the buffer: three bytes for each of the text's at most, and a soft break a line. */
struct qp {
    char *at;
    gsize column;
};

static void break_line(struct qp *q)
{
    memcpy(q->at, "=\r\n", 3);
    q->at += 3;
    q->column = 0;
}

static void put_code(struct qp *q, guchar c)
{
    static const char hex[] = "0123456789ABCDEF";

    q->at[0] = '=';
    q->at[1] = hex[c >> 4];
    q->at[2] = hex[c & 15];
    q->at += 3;
}

/* A character that needs codes, all of them on one line. Returns its length in bytes. */
static gsize put_character(struct qp *q, const char *p, const char *end)
{
    gsize n = (guchar)*p < 0x80 ? 1 : MIN((gsize)(g_utf8_next_char(p) - p), (gsize)(end - p));

    if (q->column + 3 * n > QP_COLUMNS)
        break_line(q);
    for (gsize i = 0; i < n; i++)
        put_code(q, (guchar)p[i]);
    q->column += 3 * n;
    return n;
}

/* Of eight bytes, the first in the lowest place: the top bit of the first that is a control, above ASCII or "=" (and of some behind it). */
static guint64 find_unsafe(guint64 bytes)
{
    const guint64 ones = 0x0101010101010101, tops = 0x8080808080808080;
    guint64 equals = bytes ^ ('=' * ones), deletes = bytes ^ (0x7f * ones);

    return (bytes | (bytes - ' ' * ones) | ((equals - ones) & ~equals) | ((deletes - ones) & ~deletes)) & tops;
}

/* Copies what is safe of the N bytes at P, eight at once. How much that is. */
static gsize put_safe_run(char *at, const char *p, gsize n)
{
    gsize done = 0;

    for (guint64 bytes; done + sizeof bytes <= n;) {
        memcpy(&bytes, p + done, sizeof bytes);
        memcpy(at + done, &bytes, sizeof bytes);
        guint64 unsafe = find_unsafe(GUINT64_FROM_LE(bytes));
        done += unsafe != 0 ? (gsize)__builtin_ctzll(unsafe) / 8 : sizeof bytes;
        if (unsafe != 0 && p[done++] != '\t')
            return done - 1;
    }
    for (; done < n && is_safe((guchar)p[done]); done++)
        at[done] = p[done];
    return done;
}

static void put_line(struct qp *q, const char *p, const char *end)
{
    const char *tail = end;

    q->column = 0;
    if (tail > p && (tail[-1] == ' ' || tail[-1] == '\t')) /* only the last one must not stand bare */
        tail--;
    while (p < tail) {
        bool is_bad_start = q->column == 0 && starts_badly(p);
        gsize n = is_bad_start ? 0 : put_safe_run(q->at, p, MIN(QP_COLUMNS - q->column, (gsize)(tail - p)));
        q->at += n;
        q->column += n;
        p += n;
        if (p < tail && is_safe((guchar)*p) && !is_bad_start)
            break_line(q); /* it was no code but the room that ended: what comes next starts a line and is looked at again */
        else if (p < tail)
            p += put_character(q, p, tail);
    }
    if (tail < end)
        put_character(q, tail, end);
    memcpy(q->at, "\r\n", 2);
    q->at += 2;
}

void body_out_quoted_printable(GString *out, const char *text)
{
    gsize start = out->len;

    while (*text != '\0') {
        gsize n = strcspn(text, "\n");
        /* A soft break comes after 19 bytes at the soonest: codes only, and a character of six bytes that finds no room. */
        g_string_set_size(out, start + 3 * n + (n / 17 + 2) * 3 + 2);
        struct qp q = {.at = out->str + start};
        put_line(&q, text, text + n);
        start = (gsize)(q.at - out->str);
        text += n;
        text += *text == '\n';
    }
    g_string_truncate(out, start);
}
