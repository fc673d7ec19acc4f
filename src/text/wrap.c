/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Master text to lines of 72 columns, format=flowed (RFC 3676); see wrap.h.
 */
#include "text/wrap.h"

#include "text/block.h"
#include "text/inline.h"
#include "text/lines.h"

#include <string.h>

#define COLUMNS 72

struct writer {
    GString *out;
    bool was_blank; /* the last line was empty, or there is none yet */
    bool is_people; /* somebody's words, quoted */
    const GArray *places;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Takes as many words as fit into ROOM columns, at least one. *LENGTH_OUT is their length without, the return value
 * with the blanks behind them. */
static gsize take_words(const char *s, gsize n, guint room, gsize *length_out)
{
    gsize taken = 0, at = 0;
    guint width = 0;

    while (at < n) {
        gsize word_end = at;
        while (word_end < n && is_blank(s[word_end]))
            word_end++;
        while (word_end < n && !is_blank(s[word_end]))
            word_end++;
        width += text_width(s + at, word_end - at);
        /* A chunk "--" alone would read as the start of the signature. */
        bool may_stop = taken > 0 && !(taken == 2 && memcmp(s, "--", 2) == 0);
        if (may_stop && width > room)
            break;
        at = taken = word_end;
    }
    *length_out = taken;
    while (taken < n && is_blank(s[taken]))
        taken++;
    return taken;
}

static bool needs_stuffing(const char *s, gsize n)
{
    return n > 0 && (*s == ' ' || *s == '>' || (n >= 5 && memcmp(s, "From ", 5) == 0));
}

/* One logical line in as many lines as it needs; each starts with PREFIX. */
static void put_wrapped(struct writer *w, const char *prefix, const char *s, gsize n)
{
    guint around = (guint)strlen(prefix);
    bool is_first = true;

    while (n > 0 || is_first) {
        gsize length, taken;
        taken = take_words(s, n, COLUMNS - MIN(COLUMNS / 2, around), &length);
        g_string_append(w->out, prefix);
        if (*prefix == '\0' && needs_stuffing(s, length))
            g_string_append_c(w->out, ' ');
        bool is_soft = taken < n;
        g_string_append_len(w->out, s, (gssize)(is_soft ? taken : length));
        g_string_append_c(w->out, '\n');
        s += taken;
        n -= taken;
        is_first = false;
    }
}

static void put_quote(struct writer *w, const struct line *l)
{
    char prefix[20] = ""; /* deeper quotes look like this deep */
    guint depth = MIN(l->depth + w->is_people, 16);

    memset(prefix, '>', depth);
    prefix[depth] = l->n_bytes > 0 ? ' ' : '\0';
    bool is_strong = l->n_bytes > 0 && *l->text == MARK_STRONG;
    put_wrapped(w, prefix, l->text + is_strong, l->n_bytes - is_strong);
}

/* Set in by four, which format=flowed stuffs with one more. */
static void put_word(struct writer *w, const struct line *l)
{
    g_string_append_printf(w->out, "     %.*s\n", (int)l->n_bytes, l->text);
}

static void put_link(struct writer *w, const struct line *l)
{
    g_autofree char *label = line_field(l, 0), *address = line_field(l, 1);

    g_string_append_printf(w->out, "%s:\n%s\n", label, address);
}

static void put_block(struct writer *w, const struct line *l)
{
    const struct text_place *p = text_places_at(w->places, l->text);
    if (p == NULL)
        return;
    const struct text_block_form *form = text_block_form(p->block);

    if (form->starts_blank && !w->was_blank)
        g_string_append_c(w->out, '\n');
    text_place_put_plain(w->out, p);
    if (form->ends_blank)
        g_string_append_c(w->out, '\n');
    w->was_blank = form->ends_blank;
}

/* One that stands in a frame is no part of the quote that the frame becomes. */
static void put_heading(struct writer *w, const struct line *l)
{
    put_wrapped(w, "", l->text, l->n_bytes);
    if (w->is_people)
        g_string_append_c(w->out, '\n');
    w->was_blank = w->is_people;
}

static void put_line(struct writer *w, const struct line *l)
{
    bool was_blank = w->was_blank;

    w->was_blank = l->kind == LINE_BLOCK && was_blank;
    switch (l->kind) {
    case LINE_BLANK:
        if (!was_blank)
            g_string_append(w->out, w->is_people ? ">\n" : "\n");
        w->was_blank = true;
        return;
    case LINE_FOOTER:
        w->is_people = false;
        g_string_append(w->out, "-- \n");
        return;
    case LINE_PEOPLE:
        w->is_people = l->n_bytes != 3 || memcmp(l->text, "end", 3) != 0;
        w->was_blank = was_blank;
        return;
    case LINE_LANGUAGE:
    case LINE_BUTTON:
    case LINE_QUIET:
        w->was_blank = was_blank;
        return;
    case LINE_WORD:
        put_word(w, l);
        return;
    case LINE_LINK:
    case LINE_WAY:
        put_link(w, l);
        return;
    case LINE_BLOCK:
        put_block(w, l);
        return;
    case LINE_QUOTE:
        put_quote(w, l);
        return;
    case LINE_HEADING:
    case LINE_SUBHEADING:
    case LINE_TOPIC:
    case LINE_ENTRY:
    case LINE_BRAND:
        put_heading(w, l);
        return;
    case LINE_BULLET:
    case LINE_NUMBER:
    case LINE_INDENTED:
    case LINE_TEXT:
        put_wrapped(w, w->is_people ? "> " : "", l->whole, l->n_whole);
        return;
    }
}

/* A line with links: its words, and below it the addresses. */
static void put_marked(struct writer *w, const struct line *l)
{
    g_autoptr(GPtrArray) urls = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *plain = inline_plain(l->whole, l->n_whole, urls);
    struct line words;

    line_read(plain, &words);
    put_line(w, &words);
    for (guint i = 0; i < urls->len; i++)
        put_wrapped(w, "", urls->pdata[i], strlen(urls->pdata[i]));
}

char *text_flowed(const char *master, const GArray *places)
{
    struct writer w = {.out = g_string_sized_new(strlen(master) + 256), .was_blank = true, .places = places};

    while (*master != '\0') {
        struct line l;
        master = line_read(master, &l);
        if (inline_has(l.whole, l.n_whole))
            put_marked(&w, &l);
        else
            put_line(&w, &l);
    }
    while (w.out->len > 1 && g_str_has_suffix(w.out->str, "\n\n"))
        g_string_truncate(w.out, w.out->len - 1);
    return g_string_free(w.out, FALSE);
}
