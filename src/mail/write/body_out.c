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

static void put_code(GString *out, guchar c)
{
    static const char hex[] = "0123456789ABCDEF";
    char code[3] = {'=', hex[c >> 4], hex[c & 15]};

    g_string_append_len(out, code, 3);
}

/* A character that needs codes, all of them on one line. Returns its length in bytes. */
static gsize put_character(GString *out, const char *p, const char *end, gsize *column)
{
    gsize n = MIN((gsize)(g_utf8_next_char(p) - p), (gsize)(end - p));

    if (*column + 3 * n > QP_COLUMNS) {
        g_string_append_len(out, "=\r\n", 3);
        *column = 0;
    }
    for (gsize i = 0; i < n; i++)
        put_code(out, (guchar)p[i]);
    *column += 3 * n;
    return n;
}

static gsize put_safe_run(GString *out, const char *p, const char *end, gsize *column)
{
    gsize n = 0;

    if (*column >= QP_COLUMNS) { /* what comes next starts a line and must be looked at again */
        g_string_append_len(out, "=\r\n", 3);
        *column = 0;
        return 0;
    }
    gsize room = MIN(QP_COLUMNS - *column, (gsize)(end - p));
    while (n < room && is_safe((guchar)p[n]))
        n++;
    g_string_append_len(out, p, (gssize)n);
    *column += n;
    return n;
}

static void put_line(GString *out, const char *p, const char *end)
{
    const char *tail = end;
    gsize column = 0;

    if (tail > p && (tail[-1] == ' ' || tail[-1] == '\t')) /* only the last one must not stand bare */
        tail--;
    while (p < tail) {
        bool is_bad_start = column == 0 && starts_badly(p);
        if (is_safe((guchar)*p) && !is_bad_start)
            p += put_safe_run(out, p, tail, &column);
        else
            p += put_character(out, p, tail, &column);
    }
    if (tail < end)
        put_character(out, tail, end, &column);
    g_string_append_len(out, "\r\n", 2);
}

void body_out_quoted_printable(GString *out, const char *text)
{
    while (*text != '\0') {
        gsize n = strcspn(text, "\n");
        put_line(out, text, text + n);
        text += n;
        text += *text == '\n';
    }
}
