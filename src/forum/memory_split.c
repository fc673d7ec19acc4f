/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Memory first, rules second: what is ours goes, then reply_split() reads what is left. Where it must cut all
 * below a header block, because a quote without marks has no end, the memory knows better: what is not ours
 * there was written between our lines. Called by flow/ for each reply.
 */
#include "forum/memory.h"

#include <string.h>

#include "mail/word/reply_match.h"

#define MAX_LINE_ABOVE    300 /* bytes */
#define MIN_DATE_AND_TIME 4   /* numbers: "Nov 28, 2026, 8:22" */

static gsize count_words(const char *text)
{
    gsize n = 0;
    for (const char *p = text; *p; p++)
        n += !g_ascii_isspace(*p) && (!p[1] || g_ascii_isspace(p[1]));
    return n;
}

static char *append(char *text, const char *more)
{
    if (!*more)
        return text;
    char *joined = *text ? g_strconcat(text, "\n\n", more, NULL) : g_strdup(more);
    g_free(text);
    return joined;
}

/* What the author wrote into ELIDED, of which OURS is already gone: the attribution or header block at its
 * top goes too, the rest is theirs if more of the quote was ours than is left. */
static void take_answers(struct reply *out, const struct reply_context *context, const char *ours)
{
    struct reply inner;
    reply_split(out->elided, context, &inner);
    bool is_theirs = *inner.elided && *inner.text && count_words(ours) > count_words(inner.text);
    if (is_theirs) {
        out->text = append(out->text, inner.text);
        out->signature = append(out->signature, inner.signature);
        g_free(out->elided);
        out->elided = g_steal_pointer(&inner.elided);
    }
    reply_clear(&inner);
}

/* The rules cut right: what they cut is ours but for the line above it that says who wrote when. Without our words below it
 * that line would say too little to be known. */
static bool is_cut_well(const char *elided, GBytes *const *memories, gsize n_memories)
{
    g_autofree char *ours = NULL;
    g_autofree char *left = memory_cut(elided, memories, n_memories, &ours);
    const char *start = elided + strspn(elided, " \t\r\n");

    g_strstrip(left);
    return *ours != '\0' && *left != '\0' && g_str_has_prefix(start, left) && count_words(left) < count_words(ours);
}

/* What the rules alone say of BODY, if memory agrees; else OUT is not filled. */
static bool split_by_rules(const char *body, const struct reply_context *context, GBytes *const *memories, gsize n_memories,
                           struct reply *out)
{
    struct reply plain;
    g_autofree char *ours = NULL;

    reply_split(body, context, &plain);
    if (plain.forwarded || !is_cut_well(plain.elided, memories, n_memories)) {
        reply_clear(&plain);
        return false;
    }
    *out = plain;
    out->text = memory_cut(plain.text, memories, n_memories, &ours);
    out->elided = append(out->elided, ours);
    g_free(plain.text);
    return true;
}

/* How many numbers stand in TEXT, in digits of any script. */
static guint count_numbers(const char *text)
{
    bool is_within = false;
    guint n = 0;

    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        bool is_digit = g_unichar_isdigit(g_utf8_get_char(text));
        n += is_digit && !is_within;
        is_within = is_digit;
    }
    return n;
}

/* What TEXT ends with is one short paragraph that says a date and a time and leads on, right above what is ours: a program wrote it, in a
 * language that nobody listed. */
static void drop_line_above(struct reply *out, const char *body)
{
    char *text = out->text;
    gsize n = strlen(text);
    char *gap = g_strrstr(text, "\n\n"), *last = gap != NULL ? gap + 2 : text;
    const char *colon = g_utf8_find_prev_char(text, text + n), *there = n > 0 ? g_strrstr(body, last) : NULL;

    if (there == NULL || strlen(last) > MAX_LINE_ABOVE || !is_colon(g_utf8_get_char(colon)) ||
        count_numbers(last) < MIN_DATE_AND_TIME)
        return;
    const char *below = there + strlen(last);
    if (*below != '\n' || below[strspn(below, " \t\r\n>|")] == '\0')
        return;
    g_autofree char *elided = out->elided;
    out->elided = append(g_strdup(last), elided);
    *(gap != NULL ? gap : text) = '\0';
}

bool memory_split(const char *body, const struct reply_context *context, GBytes *const *memories, gsize n_memories,
                  struct reply *out)
{
    g_autofree char *ours = NULL;
    g_autofree char *left = memory_cut(body, memories, n_memories, &ours);

    if (*ours == '\0')
        return false;
    if (split_by_rules(body, context, memories, n_memories, out)) {
        drop_line_above(out, body);
        return true;
    }
    reply_split(left, context, out);
    if (*out->elided && !out->forwarded)
        take_answers(out, context, ours);
    out->elided = append(out->elided, ours);
    drop_line_above(out, body);
    return true;
}
