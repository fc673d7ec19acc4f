/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Most people's signature has no "-- " above it: it follows "Mit freundlichen Grüßen" and the name. Both
 * stay, they are part of the letter; the telephone number and address below them are nobody's business on a
 * public page. Cut only if all of it looks like that. Called by reply.c.
 */
#include "mail/reply_contact.h"

#include <string.h>

#include "mail/reply_match.h"

#define MAX_CLOSING_BYTES  60
#define MAX_CONTACT_LINES  12
#define MAX_CONTACT_BYTES  90
#define MIN_SENTENCE_WORDS 6

static bool is_closing(const struct line *l)
{
    if (l->class != LINE_TEXT || l->n_bytes > MAX_CLOSING_BYTES)
        return false;
    g_autofree char *folded = fold_line(l->at, l->n_bytes);
    return words_are_closing(folded);
}

/* "P.S. ..." or a line that reads like a sentence: the author goes on. */
static bool is_sentence(const char *folded)
{
    guint n_words = 1;
    for (const char *p = folded; *p; p++)
        n_words += *p == ' ';
    char last = *folded ? folded[strlen(folded) - 1] : 0;
    return starts_with_word(folded, "ps") || g_str_has_prefix(folded, "p.s") || last == '?' || last == '!' ||
           (n_words >= MIN_SENTENCE_WORDS && (last == '.' || last == ','));
}

static bool is_contact(const GArray *lines, guint from, guint to)
{
    guint n = 0;
    bool has_contact = false;
    for (guint i = from; i < to; i++) {
        const struct line *l = line_at(lines, i);
        if (l->class == LINE_EMPTY)
            continue;
        if (++n > MAX_CONTACT_LINES || l->n_bytes > MAX_CONTACT_BYTES)
            return false;
        g_autofree char *folded = fold_line(l->at, l->n_bytes);
        if (is_sentence(folded))
            return false;
        has_contact |= words_have_contact(folded);
    }
    return has_contact;
}

static guint last_closing(const GArray *lines, const guint8 *fates)
{
    for (guint i = lines->len; i > 0; i--)
        if (fates[i - 1] == FATE_TEXT && is_closing(line_at(lines, i - 1)))
            return i - 1;
    return lines->len;
}

bool contact_find(const GArray *lines, const guint8 *fates, guint *from_out, guint *to_out)
{
    guint closing = last_closing(lines, fates);
    if (closing >= lines->len)
        return false;
    guint name = lines_skip_empty(lines, closing + 1);
    guint from = name < lines->len ? name + 1 : name, to = from;
    while (to < lines->len && (fates[to] == FATE_TEXT || line_at(lines, to)->class == LINE_EMPTY))
        to++;
    *from_out = from;
    *to_out = to;
    return from < to && fates[name] == FATE_TEXT && is_contact(lines, from, to);
}
