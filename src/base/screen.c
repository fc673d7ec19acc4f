/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See screen.h.
 */
#include "base/screen.h"

#include <sys/stat.h>
#include <unistd.h>

struct screen {
    FILE *real;
    GString *rest, *shown; /* what waits for its next byte; what is written now */
};

/* Controls but tab and line feed; marks, embeddings, overrides and isolates of UAX #9; what is invisible or ends a line elsewhere; tags. */
static bool is_hidden(gunichar c)
{
    static const struct {
        gunichar from, to;
    } ranges[] = {{0x00, 0x08},     {0x0b, 0x1f},     {0x7f, 0x9f},      {0xad, 0xad},     {0x61c, 0x61c},
                  {0x180e, 0x180e}, {0x200b, 0x200b}, {0x200e, 0x200f},  {0x2028, 0x202e}, {0x2060, 0x206f},
                  {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f}};
    bool found = false;

    for (gsize i = 0; i < G_N_ELEMENTS(ranges) && !found; i++)
        found = c >= ranges[i].from && c <= ranges[i].to;
    return found;
}

/* At the end of what came so far: may the next bytes make it whole? */
static bool is_begun(const char *text, gsize n)
{
    return g_utf8_get_char_validated(text, (gssize)n) == (gunichar)-2 || (n == 1 && *text == '\r');
}

gsize screen_append(GString *out, const char *text, gsize n, bool is_last)
{
    gsize i = 0;

    while (i < n) {
        gunichar c = text[i] == '\0' ? 0 : g_utf8_get_char_validated(text + i, (gssize)(n - i));
        if (!is_last && is_begun(text + i, n - i))
            return i;
        if (c == (gunichar)-1 || c == (gunichar)-2) {
            g_string_append_printf(out, "<%02X>", (guchar)text[i++]);
            continue;
        }
        bool is_end = c == '\r' && i + 1 < n && text[i + 1] == '\n';
        if (is_hidden(c) && !is_end)
            g_string_append_printf(out, "<U+%04X>", c);
        else
            g_string_append_unichar(out, c);
        i += c < 0x80 ? 1 : (gsize)g_unichar_to_utf8(c, NULL);
    }
    return i;
}

static bool show(struct screen *s, bool is_last)
{
    g_string_truncate(s->shown, 0);
    gsize n = screen_append(s->shown, s->rest->str, s->rest->len, is_last);
    g_string_erase(s->rest, 0, (gssize)n);
    return fwrite(s->shown->str, 1, s->shown->len, s->real) == s->shown->len && fflush(s->real) == 0;
}

static ssize_t write_to(void *cookie, const char *bytes, size_t n)
{
    struct screen *s = cookie;

    g_string_append_len(s->rest, bytes, (gssize)n);
    return show(s, false) ? (ssize_t)n : 0;
}

static int close_it(void *cookie)
{
    struct screen *s = cookie;
    bool ok = show(s, true);

    g_string_free(s->rest, TRUE);
    g_string_free(s->shown, TRUE);
    g_free(s);
    return ok ? 0 : EOF;
}

/* A confined process may not ask a pipe whether it is a terminal (base/confine.h). */
static bool is_terminal(FILE *f)
{
    struct stat st;

    return fstat(fileno(f), &st) == 0 && S_ISCHR(st.st_mode) && isatty(fileno(f)) != 0;
}

FILE *screen_on(FILE *real)
{
    struct screen *s = g_new0(struct screen, 1);

    s->real = real;
    s->rest = g_string_new("");
    s->shown = g_string_new("");
    FILE *f = fopencookie(s, "w", (cookie_io_functions_t){.write = write_to, .close = close_it});
    if (f == NULL)
        (void)close_it(s);
    else if (is_terminal(real))
        setvbuf(f, NULL, _IOLBF, BUFSIZ);
    return f;
}

bool screen_off(FILE *screen)
{
    bool had = ferror(screen) != 0;

    return fclose(screen) == 0 && !had;
}
