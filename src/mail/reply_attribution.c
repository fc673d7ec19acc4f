/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Attribution lines: the sentence that says who wrote what is quoted below, often wrapped over several lines,
 * even with an empty one in it. Only a line that ends with a colon can end one, so that the rest of the text
 * costs nothing; from there it is read upwards over a few lines. Called by reply_lines.c.
 */
#include "mail/reply_lines.h"

#include <string.h>

#include "base/limits.h"
#include "mail/reply_match.h"

#define MAX_LINES      6  /* lines that are not empty in one attribution */
#define MAX_EMPTY      2  /* empty lines among them */
#define MAX_LINES_GAP  3  /* lines of one whose row begins with a gap */
#define MAX_NAME_BYTES 60 /* of one that only says who wrote */

/* Marks of the writing direction, U+200E, U+200F, U+202A..U+202E, U+2066..U+2069: three bytes each. */
static bool ends_with_direction(const char *s, gsize n)
{
    return n >= 3 && (guchar)s[n - 3] == 0xe2 && ((guchar)s[n - 2] == 0x80 || (guchar)s[n - 2] == 0x81) &&
           strchr("\x8e\x8f\xaa\xab\xac\xad\xae\xa6\xa7\xa8\xa9", s[n - 1]);
}

/* Does the line end with a colon, or a colon and closing signs? */
static bool ends_sentence(const struct line *l)
{
    gsize n = l->n_bytes;
    for (bool is_more = true; is_more;) {
        is_more = true;
        if (n && strchr(" \t\r*_\"", l->at[n - 1]))
            n--;
        else if (ends_with_direction(l->at, n))
            n -= 3;
        else
            is_more = false;
    }
    if (n && l->at[n - 1] == ':')
        return true;
    return n >= 3 && !memcmp(l->at + n - 3, "：", 3);
}

/* A line that could be part of a wrapped sentence. "> wrote:" is one too: the sign closes an address. */
static bool may_be_part(const GArray *lines, guint i)
{
    const struct line *l = line_at(lines, i);
    if (l->n_bytes > LIMIT_REPLY_SENTENCE_BYTES)
        return false;
    if (l->class == LINE_TEXT)
        return true;
    return l->class == LINE_QUOTE && i > 0 && line_at(lines, i - 1)->class == LINE_TEXT && ends_sentence(l) &&
           l->n_bytes <= 40;
}

static void prepend(GString *sentence, const struct line *l)
{
    g_autofree char *folded = fold_line(l->at, l->n_bytes);
    gsize n = strlen(folded), from = strspn(folded, "*_");
    while (n > from && strchr("*_", folded[n - 1]))
        n--;
    if (sentence->len && *sentence->str != ':')
        g_string_prepend_c(sentence, ' ');
    g_string_prepend_len(sentence, folded + from, (gssize)(n - from));
}

struct found {
    guint from;
    bool is_exact, is_loose;
};

/* Reads upwards from line LAST. Rows that begin with a word are better than rows that begin with a gap. */
static bool find(const GArray *lines, guint last, struct found *found)
{
    g_autoptr(GString) sentence = g_string_new(NULL);
    guint n_lines = 0, n_empty = 0;
    bool has_gap = false;
    for (guint i = last + 1; i-- > 0 && n_lines < MAX_LINES && sentence->len <= LIMIT_REPLY_SENTENCE_BYTES;) {
        const struct line *l = line_at(lines, i);
        if (l->class == LINE_EMPTY && ++n_empty <= MAX_EMPTY)
            continue;
        if (!may_be_part(lines, i))
            break;
        prepend(sentence, l);
        n_lines++;
        bool is_exact = has_address(sentence->str, sentence->len);
        if (n_empty && !is_exact)
            continue;
        bool is_strict = words_attribution(sentence->str, sentence->len, false) == ATTRIBUTION_FULL;
        enum attribution by_gap = ATTRIBUTION_NONE;
        if (!is_strict && (!has_gap || found->is_loose) && !n_empty && n_lines <= MAX_LINES_GAP)
            by_gap = words_attribution(sentence->str, sentence->len, true);
        bool is_name = by_gap == ATTRIBUTION_NAME && n_lines == 1 && sentence->len <= MAX_NAME_BYTES;
        if (is_strict || by_gap == ATTRIBUTION_FULL || is_name) {
            *found = (struct found){.from = i, .is_exact = is_exact, .is_loose = is_name};
            has_gap = true;
        }
        if (is_strict)
            return true;
    }
    return has_gap;
}

void lines_mark_attributions(GArray *lines)
{
    guint n_tried = 0;
    for (guint i = 0; i < lines->len && n_tried < LIMIT_REPLY_SENTENCES; i++) {
        if (!may_be_part(lines, i) || !ends_sentence(line_at(lines, i)))
            continue;
        struct found found;
        n_tried++;
        if (!find(lines, i, &found))
            continue;
        for (guint j = found.from; j <= i; j++)
            line_at(lines, j)->class = LINE_ATTRIBUTION;
        line_at(lines, found.from)->span = i + 1 - found.from;
        line_at(lines, found.from)->is_exact = found.is_exact;
        line_at(lines, found.from)->is_loose = found.is_loose;
    }
}

bool line_quotes_attribution(const struct line *l)
{
    gsize n, value;
    const char *p = line_unquoted(l, &n);
    struct line inner = {.at = p, .n_bytes = (guint)n, .class = LINE_TEXT};
    if (n > LIMIT_REPLY_SENTENCE_BYTES)
        return false;
    if (head_role_of(&inner, &value) == ROLE_FROM && memchr(p, '@', n))
        return true;
    if (!ends_sentence(&inner))
        return false;
    g_autofree char *folded = fold_line(p, n);
    return words_attribution(folded, strlen(folded), false) == ATTRIBUTION_FULL ||
           words_attribution(folded, strlen(folded), true) == ATTRIBUTION_FULL;
}
