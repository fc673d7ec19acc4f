/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Most people's signature has no "-- " above it: it follows "Mit freundlichen Grüßen" and the name, or nothing at all. Formula
 * and name stay, they are part of the letter; telephone number and address below them are nobody's business on a public
 * page. What is cut is a run of short lines with contact data among them; sentences end it, whoever wrote them. Called by
 * reply.c.
 */
#include "mail/reply/reply_contact.h"

#include <string.h>

#include "mail/contact/contact.h"
#include "mail/word/reply_match.h"

#define MAX_CLOSING_BYTES  60
#define MAX_CLOSING_WORDS  6
#define MAX_NAME_WORDS     5
#define MAX_CONTACT_LINES  12
#define MAX_CONTACT_BYTES  140
#define MAX_CLOSINGS       8 /* looked at, from the end */
#define MIN_SENTENCE_WORDS 6

static guint count_words(const char *folded)
{
    guint n = *folded != '\0';
    for (const char *p = folded; *p; p++)
        n += *p == ' ';
    return n;
}

/* "NAME: ..." is what the author asks us, whatever they wrote behind it. */
static bool is_contact(const struct line *l)
{
    bool is_wish = l->n_bytes >= 5 && g_ascii_strncasecmp(l->at, "name:", 5) == 0;
    return !is_wish && l->class == LINE_TEXT && l->n_bytes <= MAX_CONTACT_BYTES &&
           (contact_is_line(l->at, l->n_bytes) || contact_is_labelled(l->at, l->n_bytes));
}

/* Each word begins with a capital: "Erika Beispiel", not "Sehr gern" */
bool contact_names_somebody(const struct line *l)
{
    bool is_start = true;
    guint n = 0;

    if (l->n_bytes > MAX_CLOSING_BYTES || has_digit(l->at, l->n_bytes))
        return false;
    for (const char *p = l->at, *end = p + l->n_bytes; p < end; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (is_start && g_unichar_isalpha(c) && (!g_unichar_isupper(c) || ++n > MAX_NAME_WORDS))
            return false;
        is_start = c == ' ';
    }
    return n > 0;
}

/* A few words that begin with capitals, in scripts that have them; no number. */
static bool is_name(const struct line *l)
{
    bool is_start = true;
    guint n = 0;

    if (l->class != LINE_TEXT || l->n_bytes > MAX_CLOSING_BYTES || has_digit(l->at, l->n_bytes) ||
        memchr(l->at, ':', l->n_bytes) != NULL)
        return false;
    for (const char *p = l->at, *end = p + l->n_bytes; p < end; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (is_start && g_unichar_isalpha(c) && ++n > MAX_NAME_WORDS)
            return false;
        if (is_start && n == 1 && g_unichar_islower(c))
            return false;
        is_start = c == ' ';
    }
    return n > 0;
}

/* A formula that the table knows (*IS_SURE_OUT), or a short line of its own with a name or contact below it, in any language. */
static bool is_closing(const GArray *lines, guint i, bool *is_sure_out)
{
    const struct line *l = line_at(lines, i);
    *is_sure_out = false;
    if (l->class != LINE_TEXT || l->n_bytes > MAX_CLOSING_BYTES)
        return false;
    g_autofree char *folded = fold_line(l->at, l->n_bytes);
    *is_sure_out = words_are_closing(folded);
    if (*is_sure_out)
        return true;
    gsize n = strlen(folded);
    bool is_first = i > 0 && line_at(lines, i - 1)->class != LINE_TEXT; /* with nothing above it nothing was closed */
    if (!is_first || n == 0 || strchr(".:;?", folded[n - 1]) != NULL || count_words(folded) > MAX_CLOSING_WORDS ||
        has_digit(folded, n) || is_contact(l))
        return false;
    guint next = lines_skip_empty(lines, i + 1);
    return next < lines->len && (is_name(line_at(lines, next)) || is_contact(line_at(lines, next)));
}

bool contact_is_postscript(const struct line *l)
{
    static const char *const words[] = {"ps",  "p.s", "p. s", "pps", "p.p.s", "p.-s", "ps.", "p.d",
                                        "pd:", "п.с", "з.ы",  "υ.γ", "υγ",    "nb:",  "n.b"};
    g_autofree char *folded = fold_line(l->at, MIN(l->n_bytes, MAX_CONTACT_BYTES));

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_has_prefix(folded, words[i]) && !g_unichar_isalnum(g_utf8_get_char(folded + strlen(words[i]))))
            return true;
    return false;
}

bool contact_is_only_sentence(const struct line *l, guint least)
{
    g_autofree char *folded = fold_line(l->at, l->n_bytes);

    return line_ends_sentence(l) && count_words(folded) >= least && !is_contact(l) && strstr(folded, "://") == NULL &&
           strstr(folded, "www.") == NULL && !has_address(l->at, l->n_bytes);
}

/* "P.S. ..." or a line that reads like a sentence: the author goes on. */
static bool is_sentence(const struct line *l)
{
    static const char *const subjects[] = {"idee",  "vorschlag", "anliegen", "frage",      "wunsch",         "thema",
                                           "bitte", "nachtrag",  "betreff",  "meine idee", "mein vorschlag", "mein anliegen",
                                           "text",  "idea",      "proposal", "question",   "subject",        "request",
                                           "fikir", "öneri",     "pomysł"};
    g_autofree char *folded = fold_line(l->at, l->n_bytes);
    char last = *folded ? folded[strlen(folded) - 1] : 0;
    const char *colon = strchr(folded, ':');
    for (gsize i = 0; colon != NULL && i < G_N_ELEMENTS(subjects); i++) /* what a form asks for */
        if (strlen(subjects[i]) == (gsize)(colon - folded) && strncmp(folded, subjects[i], (gsize)(colon - folded)) == 0)
            return true;
    return l->n_bytes > MAX_CONTACT_BYTES || contact_is_postscript(l) || last == '?' || last == '!' ||
           (count_words(folded) >= MIN_SENTENCE_WORDS && (last == '.' || last == ',' || !is_contact(l)));
}

/* From line FROM on: the end of the paragraph with the last contact before a sentence, FROM if there is no contact. */
static guint run_end(const GArray *lines, const guint8 *fates, guint from)
{
    guint end = from, n = 0;
    bool is_open = false;
    for (guint i = from; i < lines->len && n <= MAX_CONTACT_LINES; i++) {
        const struct line *l = line_at(lines, i);
        if (l->class == LINE_EMPTY) {
            is_open = false;
            continue;
        }
        if (fates[i] != FATE_TEXT || l->class != LINE_TEXT || is_sentence(l))
            break;
        n++;
        is_open |= is_contact(l);
        end = is_open ? i + 1 : end;
    }
    return end;
}

/* Is there a street or a place alone, or something that can only be contact? */
static bool has_sure_contact(const GArray *lines, guint from, guint to)
{
    for (guint i = from; i < to; i++) {
        const struct line *l = line_at(lines, i);
        g_autoptr(GArray) spans = contact_spans(l->at, l->n_bytes);
        for (guint j = 0; j < spans->len; j++)
            if (g_array_index(spans, struct contact, j).kind < N_CONTACT_MASKED)
                return true;
    }
    return false;
}

/* The last paragraph, of short lines with telephone or mail address among them, below the author's text. */
static bool find_bare(const GArray *lines, const guint8 *fates, guint *from_out, guint *to_out)
{
    guint to = lines->len, from, above;
    while (to > 0 && (fates[to - 1] != FATE_TEXT || line_at(lines, to - 1)->class != LINE_TEXT))
        to--;
    for (from = to; from > 0 && fates[from - 1] == FATE_TEXT && line_at(lines, from - 1)->class == LINE_TEXT; from--)
        if (to - from >= MAX_CONTACT_LINES)
            return false;
    for (above = from; above > 0 && line_at(lines, above - 1)->class == LINE_EMPTY; above--)
        ;
    const struct line *last = above > 0 ? line_at(lines, above - 1) : NULL;
    if (last == NULL || from >= to || (last->n_bytes > 0 && line_ends_with_colon(last)) || run_end(lines, fates, from) != to)
        return false;
    while (from < to && !is_contact(line_at(lines, from)))
        from++;
    *from_out = from;
    *to_out = to;
    return has_sure_contact(lines, from, to);
}

bool contact_find(const GArray *lines, const guint8 *fates, guint *from_out, guint *to_out)
{
    guint n_seen = 0;
    for (guint i = lines->len; i > 0 && n_seen < MAX_CLOSINGS; i--) {
        bool is_sure;
        if (fates[i - 1] != FATE_TEXT || !is_closing(lines, i - 1, &is_sure))
            continue;
        n_seen++;
        guint name = lines_skip_empty(lines, i);
        if (name >= lines->len || fates[name] != FATE_TEXT)
            continue;
        guint from = is_contact(line_at(lines, name)) ? name : name + 1, to = run_end(lines, fates, from);
        if (to <= from || (!is_sure && !has_sure_contact(lines, from, to)))
            continue;
        while (!is_sure && !is_contact(line_at(lines, from))) /* an office or a company may be the author's last word */
            from++;
        *from_out = from;
        *to_out = to;
        return true;
    }
    return find_bare(lines, fates, from_out, to_out);
}
