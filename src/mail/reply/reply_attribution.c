/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Attribution lines: the sentence that says who wrote what is quoted below, often wrapped over several lines, even
 * with an empty one in it. Two kinds of evidence: the wording (attributions.def), which needs nothing else; and for
 * languages that nobody listed the shape (reply_sentence.h), which counts only for a paragraph of its own in a mail
 * that answers one. Only a line that ends with a colon, stands right above a quote or holds an address can end such a
 * sentence, so that the rest of the text costs nothing; from there it is read upwards over a few lines. Called by
 * reply_lines.c.
 */
#include "mail/reply/reply_lines.h"

#include <string.h>

#include "base/limits.h"
#include "mail/word/reply_match.h"

#define MAX_LINES               6  /* lines that are not empty in one attribution */
#define MAX_EMPTY               2  /* empty lines among them */
#define MAX_LINES_GAP           3  /* lines of one whose row begins with a gap */
#define MIN_WRAPPED_BYTES       60 /* with the word below; a shorter line was not wrapped by a program */
#define MAX_BYTES_WITHOUT_COLON 160
#define MAX_NAME_BYTES          60 /* of one that only says who wrote */
#define MAX_INNER_LINES         4  /* of a quote, which may say in them who wrote it */

/* By shape alone: so many words may stand beside what makes it one. */
#define WORDS_WITH_ADDRESS_AND_DATE 8
#define WORDS_WITH_ADDRESS          4
#define WORDS_WITH_OURS             12
#define WORDS_WITH_NAME_AND_DATE    6
#define WORDS_WITHOUT_COLON         3
#define WORDS_WITH_NAME             3
#define WORDS_WITH_TIME             5
#define WORDS_ABOVE_FIRST_QUOTE     9

struct search {
    const GArray *lines;
    bool is_answer;
    const struct sentence_names *names;
    GString *sentence; /* folded, grows upwards */
    guint first_quote; /* the first line of the first quote with marks */
    bool says_itself;  /* who wrote it: its program's line or head stands in the quote */
};

/* A line that could be part of a wrapped sentence. "> wrote:" is one too: the sign closes an address. */
static bool may_be_part(const GArray *lines, guint i)
{
    const struct line *l = line_at(lines, i);
    if (l->n_bytes > LIMIT_REPLY_SENTENCE_BYTES)
        return false;
    if (l->class == LINE_TEXT)
        return true;
    return l->class == LINE_QUOTE && i > 0 && line_at(lines, i - 1)->class == LINE_TEXT && line_ends_with_colon(l) &&
           l->n_bytes <= 40;
}

static bool begins_paragraph(const GArray *lines, guint i)
{
    if (i == 0)
        return true;
    enum line_class above = line_at(lines, i - 1)->class;
    return above != LINE_TEXT && above != LINE_ATTRIBUTION;
}

static bool ends_paragraph(const GArray *lines, guint i)
{
    return i + 1 >= lines->len || line_at(lines, i + 1)->class != LINE_TEXT || line_at(lines, i)->is_broken;
}

static bool tells_of_whom(const struct search *s, const struct line *l)
{
    g_autofree char *folded = fold_line(l->at, l->n_bytes);
    struct sentence x;

    sentence_read(folded, strlen(folded), s->names, &x);
    return x.has_person && x.has_date;
}

/* Line I ends with a colon, is followed by a quote, or holds an address: it may end an attribution. */
static bool may_end(const struct search *s, guint i)
{
    const struct line *l = line_at(s->lines, i);
    if (!may_be_part(s->lines, i))
        return false;
    if (line_ends_with_colon(l))
        return true;
    guint below = lines_skip_empty(s->lines, i + 1);
    bool is_above_quote = below < s->lines->len && line_at(s->lines, below)->class == LINE_QUOTE;
    if (!s->is_answer || is_above_quote || has_address(l->at, l->n_bytes))
        return s->is_answer;
    bool goes_on = below < s->lines->len && *line_at(s->lines, below)->at == '<'; /* with the address */
    bool is_paragraph = begins_paragraph(s->lines, i) && ends_paragraph(s->lines, i) && !goes_on;
    return is_paragraph && l->n_bytes <= MAX_BYTES_WITHOUT_COLON && has_digit(l->at, l->n_bytes) && tells_of_whom(s, l);
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
    enum sureness sureness;
};

/* The wording is certain; how much may go below it depends on what else the sentence tells. */
static enum sureness sure_by_wording(const struct search *s, const struct sentence *x, bool tells_when)
{
    bool names_whom = ((x->has_person && (x->has_colon || x->has_date)) || (x->has_name && x->has_date)) && s->is_answer;

    if (x->has_address || names_whom || (s->is_answer && x->has_date && x->has_time))
        return SURE_STRONG;
    return tells_when ? SURE_MARKED : SURE_LOOSE;
}

/* Where a sentence stands. */
struct place {
    bool is_above_first_quote, says_itself; /* as in struct search */
    bool is_top;                            /* nothing stands above, or it has several lines: it may be the head of a letter */
};

/* False: the shape is none of an attribution. A sentence with small words of a language that the tables know would
 * be in them, so that only what no author writes makes it more than MARKED. */
static bool sure_by_shape(const struct search *s, const struct sentence *x, const struct place *at, enum sureness *out)
{
    bool is_whole = x->has_colon || (x->n_words <= WORDS_WITHOUT_COLON && !x->has_stop);

    *out = SURE_STRONG;
    if (x->is_ours && x->n_words <= WORDS_WITH_OURS)
        return true;
    if (!s->is_answer)
        return false;
    /* "Please ask a@b by 5.12.:" is somebody's sentence */
    bool is_by_program = x->has_address && (x->has_angles || x->n_known <= (x->has_date && x->has_time));
    if (is_by_program && is_whole && x->has_date && x->n_words <= WORDS_WITH_ADDRESS_AND_DATE)
        return true;
    if (is_by_program && x->has_colon && x->n_words <= WORDS_WITH_ADDRESS && (x->has_angles || x->n_words == 0 || x->has_date))
        return true;
    bool says_more = x->has_date || x->n_words > 0; /* a name with a colon is a heading, or calls somebody */
    if (x->has_person && says_more && x->n_known == 0 && x->has_colon &&
        x->n_words <= (x->has_date ? WORDS_WITH_NAME_AND_DATE : WORDS_WITH_NAME))
        return true;
    if (x->has_person && x->has_date && x->has_time && x->has_colon && x->n_words <= WORDS_WITH_NAME_AND_DATE)
        return true;
    bool is_short = x->has_person && x->has_date && !x->has_stop && x->n_known <= x->has_time && x->n_words <= WORDS_WITH_NAME;
    if (is_short && (x->has_colon || !at->is_top))
        return true;
    *out = SURE_MARKED;
    if ((x->has_person || x->has_name) && x->has_date && is_whole && x->n_words <= WORDS_WITH_NAME_AND_DATE)
        return true;
    if (x->has_colon && x->has_date && x->has_time && x->n_words <= WORDS_WITH_TIME)
        return true;
    /* Right above the first quote a program stood; without its sentence this is the author's own only if they took that
     * away, and wrote a heading in no language that we know. */
    bool says_when = x->has_date && !x->has_stop && x->n_known <= 1;
    if (at->is_above_first_quote && x->n_words <= WORDS_ABOVE_FIRST_QUOTE &&
        (says_when || (x->has_colon && (x->has_date || (x->n_known <= 1 && !at->says_itself)))))
        return true;
    return x->has_name && x->has_colon && x->n_words <= WORDS_WITH_NAME;
}

/* Some languages' programs end the sentence with no colon, or with a full stop: then it must tell when, or of whom. */
static bool holds_without_colon(const struct sentence *x, bool is_name)
{
    if (x->has_address || x->has_part)
        return true;
    return x->has_date && !x->has_stop && !is_name;
}

/* Of a row that only says who wrote, that begins with a gap and so fits easily, or with a word. */
enum fit { FIT_NONE, FIT_NAME, FIT_BY_GAP, FIT_STRICT };

static enum fit judge_wording(const struct search *s, guint n_lines, guint n_empty, enum sureness *out)
{
    g_autofree char *plain = sentence_plain(s->sentence->str, s->sentence->len);
    gsize n = strlen(plain);
    struct sentence x;
    enum attribution by_gap = ATTRIBUTION_NONE;
    enum attribution by_word = words_attribution(plain, n, false);
    bool is_strict = by_word == ATTRIBUTION_FULL;

    if (!is_strict && n_empty == 0 && n_lines <= MAX_LINES_GAP)
        by_gap = words_attribution(plain, n, true);
    bool is_name = MAX(by_gap, by_word) == ATTRIBUTION_NAME && n_lines == 1 && n <= MAX_NAME_BYTES;
    if (!is_strict && by_gap != ATTRIBUTION_FULL && !is_name)
        return FIT_NONE;
    sentence_read(s->sentence->str, s->sentence->len, s->names, &x);
    if ((n_empty > 0 && !x.has_address) || (!x.has_colon && !holds_without_colon(&x, is_name)))
        return FIT_NONE;
    *out = sure_by_wording(s, &x, !is_name);
    return is_strict ? FIT_STRICT : is_name ? FIT_NAME : FIT_BY_GAP;
}

/* Would the next word have been too long for L? */
static bool is_wrapped(const struct line *l)
{
    return l->n_bytes + strcspn(l->at + l->n_bytes + 1, " \n") >= MIN_WRAPPED_BYTES;
}

/* Above what is a sentence already only what was wrapped belongs to it, or says when or who. */
static bool may_go_on(const struct search *s, const struct line *l)
{
    bool breaks_address = *l->at == '<' || l->at[l->n_bytes + 1] == '<' || l->at[l->n_bytes + 1] == '\n';
    if (is_wrapped(l) || breaks_address)
        return true;
    g_autofree char *folded = fold_line(l->at, l->n_bytes);
    struct sentence x;

    sentence_read(folded, strlen(folded), s->names, &x);
    return x.has_date || x.has_address || x.has_person;
}

static bool are_wrapped(const GArray *lines, guint from, guint to)
{
    for (guint i = from; i < to; i++)
        if (!is_wrapped(line_at(lines, i)))
            return false;
    return true;
}

static bool judge_shape(const struct search *s, guint first, guint last, guint n_empty, enum sureness *out)
{
    struct sentence x;

    bool begins = begins_paragraph(s->lines, first) || !may_go_on(s, line_at(s->lines, first - 1));
    if (n_empty > 0 || !begins || !ends_paragraph(s->lines, last))
        return false;
    sentence_read(s->sentence->str, s->sentence->len, s->names, &x);
    if (!x.has_colon && !are_wrapped(s->lines, first, last))
        return false;
    struct place at = {.is_above_first_quote = lines_skip_empty(s->lines, last + 1) == s->first_quote,
                       .says_itself = s->says_itself,
                       .is_top = first != last || lines_skip_empty(s->lines, 0) == first};
    return sure_by_shape(s, &x, &at, out);
}

/* Above an empty line only the beginning of the sentence can stand, which is the longer part. */
static bool tells_when_or_who(const struct search *s, const struct line *l)
{
    g_autofree char *folded = fold_line(l->at, l->n_bytes);
    struct sentence x;

    sentence_read(folded, strlen(folded), s->names, &x);
    return x.has_date || x.has_time || x.has_address || x.has_person;
}

/* What the sentence from line I to LAST is worth, if that is more than what was FOUND before. What begins with a gap may
 * begin further up: the whole paragraph counts if it has the shape. */
static enum fit judge(const struct search *s, guint i, guint last, guint n_lines, guint n_empty, enum fit best,
                      struct found *found)
{
    enum sureness sureness = SURE_LOOSE, by_shape;
    bool has_colon = s->sentence->len > 0 && s->sentence->str[s->sentence->len - 1] == ':';
    bool is_paragraph = s->is_answer && n_empty == 0 && begins_paragraph(s->lines, i) && ends_paragraph(s->lines, last);
    enum fit fit = has_colon || is_paragraph ? judge_wording(s, n_lines, n_empty, &sureness) : FIT_NONE;
    bool has_shape = fit != FIT_STRICT && judge_shape(s, i, last, n_empty, &by_shape);

    if (!has_shape && fit <= best && best != FIT_NAME)
        return best;
    if (!has_shape && fit == FIT_NONE)
        return best;
    if (has_shape)
        sureness = MAX(sureness, MAX(by_shape, best != FIT_NONE ? found->sureness : SURE_LOOSE));
    fit = MAX(fit, has_shape ? FIT_BY_GAP : FIT_NONE);
    *found = (struct found){.from = i, .sureness = sureness};
    return fit;
}

/* Reads upwards from line LAST. Rows that begin with a word are better than rows that begin with a gap. */
static bool find(struct search *s, guint last, struct found *found)
{
    guint n_lines = 0, n_empty = 0;
    enum fit best = FIT_NONE;

    g_string_truncate(s->sentence, 0);
    for (guint i = last + 1; i-- > 0 && n_lines < MAX_LINES && s->sentence->len <= LIMIT_REPLY_SENTENCE_BYTES;) {
        const struct line *l = line_at(s->lines, i);
        if (l->class == LINE_EMPTY && ++n_empty <= MAX_EMPTY)
            continue;
        if (!may_be_part(s->lines, i))
            break;
        if (n_empty > 0 && !tells_when_or_who(s, l))
            break; /* the author's last words, a line above */
        if (best == FIT_BY_GAP && i < last && !may_go_on(s, l))
            break;
        prepend(s->sentence, l);
        best = judge(s, i, last, ++n_lines, n_empty, best, found);
        if (best == FIT_STRICT)
            break;
    }
    return best != FIT_NONE;
}

/* "> Am 3. März schrieb Karl:" as Apple Mail writes it, "> Gesendet: ... / > Von: ..." as GMX does. */
static bool quote_says_itself(const GArray *lines, guint first)
{
    for (guint i = first, end = first + MAX_INNER_LINES; i < lines->len && i < end && line_at(lines, i)->class == LINE_QUOTE; i++)
        if (line_quotes_attribution(line_at(lines, i)))
            return true;
    return false;
}

/* "| ", ": ", "» ": so some programs mark what they quote. A row of a table ends with its sign as well. */
static gsize bar_at(const struct line *l)
{
    static const char *const bars[] = {"| ", "|> ", ": ", "» ", "} ", "│ ", "┃ "};

    for (gsize i = 0; l->class == LINE_TEXT && i < G_N_ELEMENTS(bars); i++) {
        gsize n = strlen(bars[i]);
        if (l->n_bytes > n && !memcmp(l->at, bars[i], n) && strchr("|:", l->at[l->n_bytes - 1]) == NULL)
            return n;
    }
    return 0;
}

/* All lines that stand right below an attribution that ends at LAST, if they have one mark. */
static void mark_bars(GArray *lines, guint last)
{
    guint from = lines_skip_empty(lines, last + 1);
    gsize n = from < lines->len && line_ends_with_colon(line_at(lines, last)) ? bar_at(line_at(lines, from)) : 0;
    const char *bar = n > 0 ? line_at(lines, from)->at : NULL;

    for (guint i = from; n > 0 && i < lines->len; i++) {
        struct line *l = line_at(lines, i);
        bool is_bare = l->class == LINE_TEXT && l->n_bytes == n - 1;
        if (l->class != LINE_TEXT || memcmp(l->at, bar, is_bare ? n - 1 : MIN(n, l->n_bytes)) != 0)
            break;
        l->class = LINE_QUOTE;
    }
}

void lines_mark_attributions(GArray *lines, bool is_answer, const struct sentence_names *names)
{
    g_autoptr(GString) sentence = g_string_new(NULL);
    struct search s = {.lines = lines, .is_answer = is_answer, .sentence = sentence, .names = names};
    guint n_tried = 0;

    while (s.first_quote < lines->len && line_at(lines, s.first_quote)->class != LINE_QUOTE)
        s.first_quote++;
    s.says_itself = quote_says_itself(lines, s.first_quote);
    for (guint i = 0; i < lines->len && n_tried < LIMIT_REPLY_SENTENCES; i++) {
        struct found found = {0};
        if (!may_end(&s, i))
            continue;
        n_tried++;
        if (!find(&s, i, &found))
            continue;
        for (guint j = found.from; j <= i; j++)
            line_at(lines, j)->class = LINE_ATTRIBUTION;
        line_at(lines, found.from)->span = i + 1 - found.from;
        line_at(lines, found.from)->sureness = (guint8)found.sureness;
        if (is_answer)
            mark_bars(lines, i);
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
    if (!line_ends_with_colon(&inner))
        return false;
    g_autofree char *folded = fold_line(p, n);
    g_autofree char *plain = sentence_plain(folded, strlen(folded));
    return words_attribution(plain, strlen(plain), false) == ATTRIBUTION_FULL ||
           words_attribution(plain, strlen(plain), true) == ATTRIBUTION_FULL;
}
